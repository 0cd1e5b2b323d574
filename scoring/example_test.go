package scoring_test

import (
	"fmt"
	"math"

	"aicities/scoring"
)

// Four cities by papers, laboratories and network speed, the first two of them
// in one pillar.
func ExampleCompile() {
	raw, err := scoring.FromRows([][]float64{
		{900, 12, 80},
		{300, 40, 120},
		{40, 3, scoring.Missing},
		{0, 1, 60},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	h, err := scoring.TwoLevels([]string{"papers", "labs", "speed"}, []string{"research", "network"}, []int{0, 0, 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	model, err := scoring.Compile(scoring.Spec{
		Hierarchy: h,
		Indicators: []scoring.Indicator{
			{Code: "papers", Direction: 1, Treatment: scoring.LogCounts},
			{Code: "labs", Direction: 1, Treatment: scoring.LogCounts},
			{Code: "speed", Direction: 1},
		},
	}, raw)
	if err != nil {
		fmt.Println(err)
		return
	}
	result := model.NewResult()
	for _, research := range []float64{1, 4} {
		weights := []float64{1, 1, 1, research, 1, 1} // indicators, pillars, index
		if err := model.Aggregate(result, weights, nil); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%v %.1f\n", result.Rank, result.Score)
	}
	// Output:
	// [2 1 3 4] [57.2 96.0 38.8 0.0]
	// [2 1 3 4] [71.5 93.6 38.8 0.0]
}

func ExampleBuild() {
	gdp := []float64{400, 50, 900}
	raw, _ := scoring.FromRows([][]float64{
		{40, 7},
		{10, scoring.Missing},
		{45, 3},
	})
	h, _ := scoring.NewHierarchy(
		[]string{"trade", "tariff"}, []string{"Open", "Open"}, // indicators and their parents
		[]string{"Open"}, []string{""}, nil) // aggregates and theirs
	built, err := scoring.Build(scoring.Recipe{
		Spec: scoring.Spec{Hierarchy: h, Units: []string{"AUT", "BGR", "ITA"}, Indicators: []scoring.Indicator{
			{Code: "trade", Direction: 1}, {Code: "tariff", Direction: -1},
		}},
		Denominators: []scoring.Denominator{{By: gdp}, {}},
		Impute:       scoring.ImputeMean,
	}, raw)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.1f %v\n", built.Score, built.Rank)
	// Output: [16.7 75.0 50.0] [3 1 2]
}

func ExampleTreat() {
	x := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100}
	treated, done, err := scoring.Treat(nil, x, scoring.WinsoriseThenLog)
	fmt.Println(treated, done.Winsorised, err)
	// Output: [1 2 3 4 5 6 7 8 9 10 30 30] 1 <nil>
}

func ExampleNormalise() {
	x := []float64{2, 4, scoring.Missing, 10}
	minmax, _ := scoring.Normalise(nil, x, 1, scoring.Normalisation{})
	lessIsBetter, _ := scoring.Normalise(nil, x, -1, scoring.Normalisation{})
	posts, _ := scoring.Normalise(nil, x, 1, scoring.Normalisation{Kind: scoring.Goalposts, A: 0, B: 8, Scale: 100})
	fmt.Println(minmax, lessIsBetter, posts)
	_, err := scoring.Normalise(nil, []float64{3, 3}, 1, scoring.Normalisation{})
	fmt.Println(err)
	// Output:
	// [0 25 NaN 100] [100 75 NaN 0] [25 50 NaN 100]
	// normalise: every value is 3: a constant indicator cannot be normalised this way; leave it out or use goalposts
}

func ExampleImpute() {
	x := []float64{1, scoring.Missing, 10, scoring.Missing}
	filled, _ := scoring.Impute(nil, x, scoring.ImputeGroupMean, []string{"Europe", "Europe", "Asia", "Asia"})
	fmt.Println(filled)
	// Output: [1 1 10 10]
}

func ExampleAggregateColumns() {
	x, _ := scoring.FromRows([][]float64{{1, 4, 16}, {2, scoring.Missing, 8}})
	for _, a := range []scoring.Aggregation{{}, {Kind: scoring.Geometric}, {Kind: scoring.Median}, {Kind: scoring.PowerMean, P: -1}} {
		score, err := scoring.AggregateColumns(nil, x, nil, a, 0, nil, nil)
		fmt.Printf("%v: %.3g %v\n", a, score, err)
	}
	// Output:
	// arithmetic mean: [7 5] <nil>
	// geometric mean: [4 4] <nil>
	// median: [4 5] <nil>
	// power mean: [2.29 3.2] <nil>
}

func ExampleRank() {
	fmt.Println(scoring.Rank(nil, []float64{7, 9, scoring.Missing, 7, 1}, scoring.DefaultTolerance))
	// Output: [2 1 0 2 4]
}

func ExampleTopsisScores() {
	x, _ := scoring.FromRows([][]float64{{5, 8, 4}, {7, 6, 8}, {8, 8, 6}, {7, 4, 6}})
	for j := range x.Cols {
		if _, err := scoring.NormaliseCriterion(x.Col(j), x.Col(j), 1, scoring.CritVector); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Printf("%.4f\n", scoring.TopsisScores(x, nil, []float64{0.3, 0.4, 0.3}, scoring.Euclidean).Score)
	// Output: [0.5037 0.6581 0.7482 0.3340]
}

func ExampleEffectiveWeights() {
	h, _ := scoring.TwoLevels([]string{"a", "b", "c"}, []string{"P", "Q"}, []int{0, 0, 1})
	fmt.Println(scoring.EffectiveWeights(h, []float64{1, 3, 1, 1, 1, 1}))
	// Output: [0.125 0.375 0.5 0.5 0.5 1]
}

func ExampleCorrelation() {
	x, y := []float64{1, 2, 3, 4}, []float64{1, 4, 9, 16}
	fmt.Printf("%.3f %.0f\n", scoring.Correlation(x, y, scoring.Pearson), scoring.Correlation(x, y, scoring.Spearman))
	// Output: 0.984 1
}

func ExampleResult_Contributions() {
	raw, _ := scoring.FromRows([][]float64{{0, 10}, {5, 30}, {10, 20}})
	h, _ := scoring.TwoLevels([]string{"a", "b"}, []string{"P", "Q"}, []int{0, 1})
	model, _ := scoring.Compile(scoring.Spec{Hierarchy: h, Indicators: []scoring.Indicator{{Code: "a", Direction: 1}, {Code: "b", Direction: 1}}}, raw)
	result := model.NewResult()
	if err := model.Aggregate(result, []float64{1, 1, 3, 1, 1}, nil); err != nil {
		fmt.Println(err)
	}
	parts := result.Contributions(nil)
	for i, score := range result.Score {
		fmt.Printf("%.1f = %.1f + %.1f, %v\n", score, parts.At(i, 0), parts.At(i, 1), math.Abs(parts.At(i, 0)+parts.At(i, 1)-score) < 1e-12)
	}
	// Output:
	// 0.0 = 0.0 + 0.0, true
	// 62.5 = 37.5 + 25.0, true
	// 87.5 = 75.0 + 12.5, true
}
