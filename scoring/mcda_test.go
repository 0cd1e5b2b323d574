package scoring

import (
	"math"
	"slices"
	"testing"
)

// The figures of these cases are those that the named suites publish in their
// tests.

// kracka holds the data of Kracka, Brauers and Zavadskas 2010, Ranking heating
// losses in a building by applying the MULTIMOORA.
func kracka(t *testing.T) (*Matrix, []int) {
	t.Helper()
	x, err := FromRows([][]float64{
		{33.95, 23.78, 11.45, 39.97, 29.44, 167.10, 3.852},
		{38.9, 4.17, 6.32, 0.01, 4.29, 132.52, 25.184},
		{37.59, 9.36, 8.23, 4.35, 10.22, 136.71, 10.845},
		{30.44, 37.59, 13.91, 74.08, 45.10, 198.34, 2.186},
		{36.21, 14.79, 9.17, 17.77, 17.06, 148.3, 6.610},
		{37.8, 8.55, 7.97, 2.35, 9.25, 134.83, 11.935},
	})
	if err != nil {
		t.Fatal(err)
	}
	return x, []int{-1, -1, -1, -1, 1, -1, 1}
}

func ones(n int) []float64 {
	w := make([]float64, n)
	for k := range w {
		w[k] = 1
	}
	return w
}

// normaliseAll normalises every criterion, all as benefits for nil types.
func normaliseAll(t *testing.T, x *Matrix, types []int, n CriterionNorm) {
	t.Helper()
	for j := range x.Cols {
		kind := 1
		if types != nil {
			kind = types[j]
		}
		if _, err := NormaliseCriterion(x.Col(j), x.Col(j), kind, n); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWeightedSumOfKracka2010(t *testing.T) { // scikit-criteria
	x, types := kracka(t)
	if err := InvertCosts(x, types); err != nil {
		t.Fatal(err)
	}
	normaliseAll(t, x, nil, CritSum)
	w := make([]float64, 7)
	for k := range w {
		w[k] = 1.0 / 7
	}
	score := WeightedSum(x, nil, w)
	if want := []float64{0.12040426, 0.3458235, 0.13838192, 0.12841246, 0.12346084, 0.14351701}; !near(score, want, 1e-8) {
		t.Errorf("scores %v, published %v", score, want)
	}
	if want := []int{6, 1, 3, 4, 5, 2}; !slices.Equal(Rank(nil, score, DefaultTolerance), want) {
		t.Errorf("ranks of %v, published %v", score, want)
	}
}

func TestRatioSystemAndReferencePointOfKracka2010(t *testing.T) { // scikit-criteria
	x, types := kracka(t)
	normaliseAll(t, x, nil, CritVector)
	ratio := WeightedSum(x, types, ones(7))
	if want := []float64{-1.62447867, -0.25233889, -0.84635037, -2.23363519, -1.18698242, -0.77456208}; !near(ratio, want, 1e-8) {
		t.Errorf("ratios %v, published %v", ratio, want)
	}
	score, ref := ReferencePoint(x, types, ones(7))
	if want := []float64{0.68934931, 0.69986697, 0.59817104, 0.85955696, 0.6002238, 0.61480595}; !near(score, want, 1e-8) {
		t.Errorf("distances %v, published %v", score, want)
	}
	if want := []float64{0.34587742, 0.08556044, 0.26245184, 0.00011605, 0.77343790, 0.34960423, 0.81382773}; !near(ref, want, 1e-8) {
		t.Errorf("reference point %v, published %v", ref, want)
	}
}

func TestTopsis(t *testing.T) {
	// Tzeng and Huang 2011, Multiple attribute decision making, to 4 decimals.
	x, _ := FromRows([][]float64{{5, 8, 4}, {7, 6, 8}, {8, 8, 6}, {7, 4, 6}})
	normaliseAll(t, x, nil, CritVector)
	if got, want := TopsisScores(x, nil, []float64{0.3, 0.4, 0.3}, Euclidean).Score, []float64{0.5037, 0.6581, 0.7482, 0.3340}; !near(got, want, 6e-5) {
		t.Errorf("closeness %v, published %v", got, want)
	}
	// scikit-criteria, without normalisation.
	x, _ = FromRows([][]float64{{1, 0, 3}, {0, 5, 6}})
	c := TopsisScores(x, nil, ones(3), Euclidean)
	if want := []float64{0.14639248, 0.85360752}; !near(c.Score, want, 1e-8) {
		t.Errorf("closeness %v, published %v", c.Score, want)
	}
	if !slices.Equal(c.Ideal, []float64{1, 5, 6}) || !slices.Equal(c.AntiIdeal, []float64{0, 0, 3}) {
		t.Errorf("ideal %v and anti-ideal %v, published 1 5 6 and 0 0 3", c.Ideal, c.AntiIdeal)
	}
	// A cost turned by its normalisation is the same as a cost of the ideal.
	y, types := kracka(t)
	normaliseAll(t, y, nil, CritVector)
	z, _ := kracka(t)
	normaliseAll(t, z, types, CritVector)
	if a, b := TopsisScores(y, types, ones(7), Euclidean).Score, TopsisScores(z, nil, ones(7), Euclidean).Score; !near(a, b, 1e-12) {
		t.Errorf("closeness %v with costs in the ideal, %v with costs turned", a, b)
	}
	for _, m := range []struct {
		metric Metric
		want   float64
	}{{Cityblock, 1.0 / 9}, {Chebyshev, 1.0 / 6}} {
		if got := TopsisScores(x, nil, ones(3), m.metric).Score[0]; math.Abs(got-m.want) > 1e-15 {
			t.Errorf("metric %d: closeness %v, want %v", m.metric, got, m.want)
		}
	}
	same, _ := FromRows([][]float64{{1, 2}, {1, 2}})
	if got := TopsisScores(same, nil, ones(2), Euclidean).Score; !slices.Equal(got, []float64{0.5, 0.5}) {
		t.Errorf("alternatives that are the same have closeness %v, want 0.5 each", got)
	}
}

func TestWeightedProduct(t *testing.T) { // scikit-criteria, after Wikipedia
	x, _ := FromRows([][]float64{{25, 20, 15, 30}, {10, 30, 20, 30}, {30, 10, 30, 10}})
	normaliseAll(t, x, nil, CritSum)
	ln, err := WeightedProductLn(x, nil, []float64{0.20, 0.15, 0.40, 0.25})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{-0.50128589, -0.50448471, -0.52947246} {
		if got := ln[i] / math.Ln10; math.Abs(got-want) > 1e-8 {
			t.Errorf("log10 of product %d is %v, published %v", i+1, got, want)
		}
	}
	zero, _ := FromRows([][]float64{{1, 2}, {4, 0}})
	_, err = WeightedProductLn(zero, nil, ones(2))
	fails(t, "a zero", err, "indicator #2", "unit #2", "above zero")
}

func TestNormaliseCriterion(t *testing.T) {
	// The first three are pymcdm's published figures, the others follow from
	// the definition for the costs and benefits of 2, 4, 8.
	published := []float64{66, 61, 65, 95, 63, 74}
	x := []float64{2, 4, 8}
	for _, tt := range []struct {
		name string
		x    []float64
		kind int
		n    CriterionNorm
		want []float64
	}{
		{"min-max cost", published, -1, CritMinMax, []float64{0.85294118, 1, 0.88235294, 0, 0.94117647, 0.61764706}},
		{"max cost", published, -1, CritMax, []float64{0.30526316, 0.35789474, 0.31578947, 0, 0.33684211, 0.22105263}},
		{"vector cost", published, -1, CritVector, []float64{0.62375904, 0.65226214, 0.62945966, 0.45844104, 0.6408609, 0.57815408}},
		{"none", x, -1, CritNone, x},
		{"min-max of a constant", []float64{3, 3}, 1, CritMinMax, []float64{1, 1}},
		{"sum", x, 1, CritSum, []float64{2.0 / 14, 4.0 / 14, 8.0 / 14}},
		{"sum cost", x, -1, CritSum, []float64{4.0 / 7, 2.0 / 7, 1.0 / 7}},
		{"logarithmic", x, 1, CritLog, []float64{1.0 / 6, 2.0 / 6, 3.0 / 6}},
		{"logarithmic cost", x, -1, CritLog, []float64{5.0 / 12, 4.0 / 12, 3.0 / 12}},
		{"linear", x, 1, CritLinear, []float64{0.25, 0.5, 1}},
		{"linear cost", x, -1, CritLinear, []float64{1, 0.5, 0.25}},
		{"nonlinear", x, 1, CritNonlinear, []float64{0.0625, 0.25, 1}},
		{"nonlinear cost", x, -1, CritNonlinear, []float64{1, 0.125, 1.0 / 64}},
		{"enhanced accuracy", x, 1, CritEnhanced, []float64{0.4, 0.6, 1}},
		{"enhanced accuracy cost", x, -1, CritEnhanced, []float64{1, 0.75, 0.25}},
		{"Zavadskas-Turskis", x, 1, CritZavadskasTurskis, []float64{0.25, 0.5, 1}},
		{"Zavadskas-Turskis cost", x, -1, CritZavadskasTurskis, []float64{1, 0, -2}},
	} {
		got, err := NormaliseCriterion(nil, tt.x, tt.kind, tt.n)
		if err != nil || !near(got, tt.want, 1e-8) {
			t.Errorf("%s: %v, %v, want %v", tt.name, got, err, tt.want)
		}
	}
	for _, tt := range []struct {
		name string
		x    []float64
		kind int
		n    CriterionNorm
		word string
	}{
		{"zero in a logarithm", []float64{1, 0}, 1, CritLog, "unit #2"},
		{"zero as a cost of a sum", []float64{1, 0}, -1, CritSum, "unit #2"},
		{"zero as a cost of a ratio", []float64{1, 0}, -1, CritLinear, "unit #2"},
		{"a sum of zero", []float64{1, -1}, 1, CritSum, "divided by zero"},
		{"a constant in enhanced accuracy", []float64{1, 1}, 1, CritEnhanced, "divided by zero"},
		{"a missing value", []float64{1, Missing}, 1, CritMax, "unit #2"},
		{"a type of neither", []float64{1}, 2, CritMax, "benefit"},
		{"unknown", []float64{1}, 1, 99, "unknown normalisation"},
	} {
		_, err := NormaliseCriterion(nil, tt.x, tt.kind, tt.n)
		fails(t, tt.name, err, tt.word)
	}
}

func TestOutranking(t *testing.T) { // COINr
	x, _ := FromRows([][]float64{{1, 3, 2}, {2, 2, 3}, {3, 1, 1}, {4, 5, 4}})
	o := Outranking(x, nil, ones(3))
	for _, c := range []struct {
		i, k int
		want float64
	}{{1, 0, 2.0 / 3}, {2, 0, 1.0 / 3}, {3, 0, 1}, {0, 0, 0}, {0, 1, 1.0 / 3}} {
		if got := o.At(c.i, c.k); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("share of %d over %d is %v, published %v", c.i+1, c.k+1, got, c.want)
		}
	}
	if pairs, share := Dominant(o); pairs != 3 || share != 0.5 {
		t.Errorf("%d dominant pairs, %v of all, published 3 and 0.5", pairs, share)
	}
	if got := CopelandScores(o); !slices.Equal(got, []float64{-1, 1, -3, 3}) {
		t.Errorf("Copeland scores %v, want -1 1 -3 3", got)
	}
	if got, err := AggregateColumns(nil, x, nil, Aggregation{Kind: Copeland}, 0, nil, nil); err != nil || !slices.Equal(got, CopelandScores(o)) {
		t.Errorf("as an aggregation they are %v, %v", got, err)
	}
	// Equal units draw, and a cost counts the other way round.
	y, _ := FromRows([][]float64{{1, 2}, {2, 1}})
	if o := Outranking(y, nil, ones(2)); o.At(0, 1) != 0.5 || o.At(1, 0) != 0.5 {
		t.Errorf("a draw is %v and %v, want one half each", o.At(0, 1), o.At(1, 0))
	}
	if o := Outranking(y, []int{-1, 1}, ones(2)); o.At(0, 1) != 1 {
		t.Errorf("better in a cost and a benefit is %v, want 1", o.At(0, 1))
	}
}
