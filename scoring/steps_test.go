package scoring

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// near compares two columns, missing with missing.
func near(got, want []float64, tol float64) bool {
	return slices.EqualFunc(got, want, func(a, b float64) bool {
		return IsMissing(a) && IsMissing(b) || math.Abs(a-b) <= tol*max(1, math.Abs(b))
	})
}

// fails checks that err is an Error that says each of words.
func fails(t *testing.T, name string, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: no error", name)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%s: error %q does not say %q", name, err, w)
		}
	}
}

func TestDenominate(t *testing.T) {
	na := Missing
	got, err := Denominate(nil, []float64{10, na, 9, 4}, []float64{5, 2, na, 0.5}, 100)
	if err != nil || !near(got, []float64{200, na, na, 800}, 1e-15) {
		t.Errorf("Denominate = %v, %v", got, err)
	}
	_, err = Denominate(nil, []float64{1, 2}, []float64{1, 0}, 1)
	fails(t, "zero denominator", err, "denominate", "unit #2", "0")
	_, err = Denominate(nil, []float64{1, 2}, []float64{1}, 1)
	fails(t, "too few denominators", err, "1 denominators for 2 values")
	if got, err := Denominate(nil, []float64{na}, []float64{0}, 1); err != nil || !IsMissing(got[0]) {
		t.Errorf("a missing value over zero = %v, %v, want missing", got, err)
	}
}

func TestImpute(t *testing.T) {
	na := Missing
	x := []float64{1, na, 4, 10, na, 6, na}
	groups := []string{"a", "a", "a", "b", "b", "b", ""}
	for _, tt := range []struct {
		name string
		kind ImputeKind
		want []float64
	}{
		{"none", NoImputation, x},
		{"mean", ImputeMean, []float64{1, 5.25, 4, 10, 5.25, 6, 5.25}},
		{"median", ImputeMedian, []float64{1, 5, 4, 10, 5, 6, 5}},
		{"group mean leaves a unit without a group", ImputeGroupMean, []float64{1, 2.5, 4, 10, 8, 6, na}},
		{"group median leaves a unit without a group", ImputeGroupMedian, []float64{1, 2.5, 4, 10, 8, 6, na}},
	} {
		got, err := Impute(nil, x, tt.kind, groups)
		if err != nil || !near(got, tt.want, 1e-15) {
			t.Errorf("%s: %v, %v, want %v", tt.name, got, err, tt.want)
		}
	}
	got, err := Impute(nil, []float64{na, na}, ImputeMean, nil)
	if err != nil || !near(got, []float64{na, na}, 0) {
		t.Errorf("an indicator without a value = %v, %v, want it to stay missing", got, err)
	}
	_, err = Impute(nil, x, ImputeGroupMean, groups[:2])
	fails(t, "too few groups", err, "impute", "7 units, not 2")
	_, err = Impute(nil, x, 99, nil)
	fails(t, "unknown kind", err, "unknown method")
}

func TestScreen(t *testing.T) {
	na := Missing
	x, err := FromRows([][]float64{{1, 2, 3, 4}, {1, na, 3, 4}, {na, na, 0, 0}, {0, 0, 0, 0}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		s    Screening
		want []int
	}{
		{"the zero value keeps all", Screening{}, []int{0, 1, 2, 3}},
		{"a share that is just met is enough", Screening{MinAvailable: 0.75}, []int{0, 1, 3}},
		{"zeros", Screening{MinNonZero: 0.5}, []int{0, 1}},
		{"both", Screening{MinAvailable: 0.9, MinNonZero: 0.5}, []int{0}},
		{"force", Screening{MinAvailable: 0.9, Force: map[int]bool{0: false, 2: true}}, []int{2, 3}},
	} {
		if got := Screen(x, tt.s); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestTreat(t *testing.T) {
	na := Missing
	oneHigh := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100}
	longTail := append(make([]float64, 17), 1, 100, 1e4)
	for _, tt := range []struct {
		name string
		x    []float64
		t    Treatment
		want []float64
		done Treated
	}{
		{"the zero value does nothing", oneHigh, Treatment{}, oneHigh, Treated{}},
		{"what passes is left alone", []float64{1, 2, 3, 4, 5}, WinsoriseThenLog, []float64{1, 2, 3, 4, 5}, Treated{}},
		{"an outlier is set to the next value", oneHigh,
			WinsoriseThenLog, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 30}, Treated{First: true, Winsorised: 1}},
		{"two of them to the third", longTail,
			Treatment{First: Winsorise}, append(make([]float64, 17), 1, 1, 1), Treated{First: true, Winsorised: 2}},
		{"where that is not enough, the logarithm of the untreated values", longTail,
			Treatment{First: Winsorise, Second: LogCTOrig, WinMax: 1}, append(make([]float64, 17), math.Log(2), math.Log(101), math.Log(1e4+1)),
			Treated{First: true, Second: true, Winsorised: 1}},
		{"or of the treated ones", longTail,
			Treatment{First: Winsorise, Second: LogCTOrig, WinMax: 1, Combine: true}, append(make([]float64, 17), math.Log(2), math.Log(101), math.Log(101)),
			Treated{First: true, Second: true, Winsorised: 1}},
		{"a count", []float64{0, math.E - 1, na}, LogCounts, []float64{0, 1, na}, Treated{First: true}},
		{"log_CT", []float64{0, 100}, Treatment{First: LogCT, Always: true}, []float64{math.Log(1), math.Log(101)}, Treated{First: true}},
		{"log_CT_orig", []float64{-3, 0}, Treatment{First: LogCTOrig, Always: true}, []float64{0, math.Log(4)}, Treated{First: true}},
		{"log_CT_plus of a high tail", []float64{0, 0, 0, 100}, Treatment{First: LogCTPlus, Always: true}, []float64{0, 0, 0, math.Log(101)}, Treated{First: true}},
		{"log_CT_plus of a low tail", []float64{0, 100, 100, 100}, Treatment{First: LogCTPlus, Always: true}, []float64{-math.Log(101), 0, 0, 0}, Treated{First: true}},
		{"log_GII", []float64{1, 5, 9}, Treatment{First: LogGII, Always: true}, []float64{0, math.Log(5), math.Log(9)}, Treated{First: true}},
		{"Box-Cox", []float64{0, 3}, Treatment{First: BoxCox, Lambda: 2, Always: true}, []float64{0, 7.5}, Treated{First: true}},
		{"Box-Cox of zero is the logarithm", []float64{0, 3}, Treatment{First: BoxCox, Always: true}, []float64{0, math.Log(4)}, Treated{First: true}},
		{"a constant has no skewness", []float64{2, 2, 2, 2, 2}, WinsoriseThenLog, []float64{2, 2, 2, 2, 2}, Treated{}},
		{"what winsorising would make constant is left", []float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7}, WinsoriseThenLog,
			[]float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7}, Treated{}},
		{"three values are too few", []float64{0, 0, 1e6}, WinsoriseThenLog, []float64{0, 0, 1e6}, Treated{}},
		{"nothing at all", []float64{na, na}, WinsoriseThenLog, []float64{na, na}, Treated{}},
		{"Identity as Second gives up on First", longTail,
			Treatment{First: Winsorise, Second: Identity, WinMax: 1}, longTail, Treated{First: true, Second: true, Winsorised: 1}},
	} {
		got, done, err := Treat(nil, tt.x, tt.t)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		done.Check = [3]SkewKurt{}
		if !near(got, tt.want, 1e-14) || done != tt.done {
			t.Errorf("%s: %v %+v, want %v %+v", tt.name, got, done, tt.want, tt.done)
		}
		inPlace := slices.Clone(tt.x)
		if _, _, err := Treat(inPlace, inPlace, tt.t); err != nil || !near(inPlace, got, 0) {
			t.Errorf("%s: in place it is %v, %v", tt.name, inPlace, err)
		}
	}
	_, _, err := Treat(nil, []float64{3, -1}, LogCounts)
	fails(t, "logarithm of zero", err, "treat", "unit #2", "-1", "no logarithm")
	_, _, err = Treat(nil, []float64{3, 1}, Treatment{First: 99, Always: true})
	fails(t, "unknown transform", err, "unknown transform")
}

func TestWinsoriseStopsAtItsLimit(t *testing.T) {
	x := append(make([]float64, 60), 2, 10, 100, 1e4, 1e6)
	for _, limit := range []int{1, 2, 3} {
		_, done, err := Treat(nil, x, Treatment{First: Winsorise, WinMax: limit})
		if err != nil || done.Winsorised != limit {
			t.Errorf("at most %d: %d points, %v", limit, done.Winsorised, err)
		}
	}
}

func TestNormalise(t *testing.T) {
	na := Missing
	x := []float64{2, 4, na, 10, 4}
	for _, tt := range []struct {
		name string
		x    []float64
		dir  int
		n    Normalisation
		want []float64
	}{
		{"min-max", x, 1, Normalisation{}, []float64{0, 25, na, 100, 25}},
		{"min-max, less is better", x, -1, Normalisation{}, []float64{100, 75, na, 0, 75}},
		{"min-max 1 to 10", x, 1, Normalisation{A: 1, B: 10}, []float64{1, 3.25, na, 10, 3.25}},
		{"z-score", []float64{1, 3, na, 5}, 1, Normalisation{Kind: ZScore}, []float64{-1, 0, na, 1}},
		{"z-score around 50", []float64{1, 3, na, 5}, -1, Normalisation{Kind: ZScore, A: 50, B: 10}, []float64{60, 50, na, 40}},
		{"rank", x, 1, Normalisation{Kind: RankNorm}, []float64{1, 2, na, 4, 2}},
		{"Borda", x, 1, Normalisation{Kind: Borda}, []float64{0, 1, na, 3, 1}},
		{"Borda, less is better", x, -1, Normalisation{Kind: Borda}, []float64{3, 1, na, 0, 1}},
		{"percentile rank", x, 1, Normalisation{Kind: PercentileRank}, []float64{0, 1.0 / 3, na, 1, 1.0 / 3}},
		{"percentile rank 0 to 100", x, 1, Normalisation{Kind: PercentileRank, Scale: 100}, []float64{0, 100.0 / 3, na, 100, 100.0 / 3}},
		{"distance to the best", x, 1, Normalisation{Kind: DistMax}, []float64{0, 0.25, na, 1, 0.25}},
		{"fraction of the largest", x, 1, Normalisation{Kind: FracMax}, []float64{0.2, 0.4, na, 1, 0.4}},
		{"distance to a reference", x, 1, Normalisation{Kind: DistRef, Unit: 1}, []float64{0, 1, na, 4, 1}},
		{"distance to a reference, cut", x, 1, Normalisation{Kind: DistRef, Unit: 1, Cap: true}, []float64{0, 1, na, 1, 1}},
		{"distance to a target", x, 1, Normalisation{Kind: DistTarget, A: 6}, []float64{0, 0.5, na, 2, 0.5}},
		{"distance to a low target", x, -1, Normalisation{Kind: DistTarget, A: 5}, []float64{1.6, 1.2, na, 0, 1.2}},
		{"distance to a low target, cut", x, -1, Normalisation{Kind: DistTarget, A: 5, Cap: true}, []float64{1, 1, na, 0, 1}},
		{"scaled", x, 1, Normalisation{Kind: Scaled, A: 0, B: 20}, []float64{10, 20, na, 50, 20}},
		{"goalposts", x, 1, Normalisation{Kind: Goalposts, A: 3, B: 8, Scale: 100}, []float64{0, 20, na, 100, 20}},
		{"goalposts, less is better", x, -1, Normalisation{Kind: Goalposts, A: 3, B: 8, Scale: 100}, []float64{100, 80, na, 0, 80}},
		{"open goalposts", x, 1, Normalisation{Kind: Goalposts, A: 3, B: 8, Open: true}, []float64{-0.2, 0.2, na, 1.4, 0.2}},
		{"quartile classes", []float64{1, 2, 3, 4, 5, 6, 7, 8}, 1, Normalisation{Kind: Categories, Bins: 4}, []float64{0, 0, 100.0 / 3, 100.0 / 3, 200.0 / 3, 200.0 / 3, 100, 100}},
		{"ties share a class", []float64{1, 1, 1, 9}, 1, Normalisation{Kind: Categories, Bins: 2}, []float64{0, 0, 0, 100}},
		{"none", x, -1, Normalisation{Kind: NoNorm}, []float64{-2, -4, na, -10, -4}},
		{"all missing", []float64{na, na}, 1, Normalisation{}, []float64{na, na}},
		{"a constant between goalposts", []float64{4, 4}, 1, Normalisation{Kind: Goalposts, A: 0, B: 8}, []float64{0.5, 0.5}},
		{"a constant has rank 1", []float64{4, 4}, 1, Normalisation{Kind: RankNorm}, []float64{1, 1}},
	} {
		got, err := Normalise(nil, tt.x, tt.dir, tt.n)
		if err != nil || !near(got, tt.want, 1e-14) {
			t.Errorf("%s: %v, %v, want %v", tt.name, got, err, tt.want)
		}
		inPlace := slices.Clone(tt.x)
		if _, err := Normalise(inPlace, inPlace, tt.dir, tt.n); err != nil || !near(inPlace, tt.want, 1e-14) {
			t.Errorf("%s: in place it is %v, %v", tt.name, inPlace, err)
		}
	}
}

func TestNormaliseRefusesWhatItCannotTake(t *testing.T) {
	na := Missing
	constant := []float64{3, 3, na}
	for _, tt := range []struct {
		name  string
		x     []float64
		dir   int
		n     Normalisation
		words string
	}{
		{"constant in min-max", constant, 1, Normalisation{}, "every value is 3"},
		{"constant in z-score", constant, -1, Normalisation{Kind: ZScore}, "every value is 3"},
		{"constant in percentile rank", constant, 1, Normalisation{Kind: PercentileRank}, "every value is 3"},
		{"constant in distance to the best", constant, 1, Normalisation{Kind: DistMax}, "every value is 3"},
		{"one value in z-score", []float64{1}, 1, Normalisation{Kind: ZScore}, "every value"},
		{"one value in percentile rank", []float64{1}, 1, Normalisation{Kind: PercentileRank}, "one value alone"},
		{"largest is zero", []float64{-1, 0}, 1, Normalisation{Kind: FracMax}, "largest value is 0"},
		{"reference is missing", constant, 1, Normalisation{Kind: DistRef, Unit: 2}, "no value"},
		{"reference is not there", constant, 1, Normalisation{Kind: DistRef, Unit: 3}, "not in the data"},
		{"reference is worst", []float64{1, 2}, 1, Normalisation{Kind: DistRef}, "worst value"},
		{"target is worst", []float64{1, 2}, 1, Normalisation{Kind: DistTarget, A: 1}, "worst value"},
		{"target is missing", []float64{1, 2}, 1, Normalisation{Kind: DistTarget, A: na}, "no target"},
		{"goalposts coincide", []float64{1, 2}, 1, Normalisation{Kind: Goalposts, A: 1, B: 1}, "must differ"},
		{"scale is empty", []float64{1, 2}, 1, Normalisation{Kind: Scaled, A: 1, B: 1}, "must differ"},
		{"one class", []float64{1, 2}, 1, Normalisation{Kind: Categories, Bins: 1}, "at least 2 bins"},
		{"infinity", []float64{1, math.Inf(1)}, 1, Normalisation{}, "unit #2: the value is infinite"},
		{"direction", []float64{1, 2}, 0, Normalisation{}, "direction must be 1 or -1"},
		{"unknown", []float64{1, 2}, 1, Normalisation{Kind: 99}, "unknown method"},
	} {
		_, err := Normalise(nil, tt.x, tt.dir, tt.n)
		fails(t, tt.name, err, tt.words)
	}
}

func TestAggregateColumns(t *testing.T) {
	na := Missing
	x, _ := FromRows([][]float64{{1, 4, 16}, {2, na, 8}, {na, na, na}, {9, 9, 9}})
	w := []float64{1, 1, 2}
	for _, tt := range []struct {
		name     string
		a        Aggregation
		minShare float64
		want     []float64
	}{
		{"arithmetic", Aggregation{}, 0, []float64{9.25, 6, na, 9}},
		{"geometric", Aggregation{Kind: Geometric}, 0, []float64{math.Pow(4*256, 0.25), math.Pow(128, 1.0/3), na, 9}},
		{"harmonic", Aggregation{Kind: Harmonic}, 0, []float64{4 / (1 + 0.25 + 0.125), 3 / (0.5 + 0.25), na, 9}},
		{"quadratic", Aggregation{Kind: PowerMean, P: 2}, 0, []float64{math.Sqrt((1 + 16 + 512) / 4.0), math.Sqrt((4 + 128) / 3.0), na, 9}},
		{"power −1 is harmonic", Aggregation{Kind: PowerMean, P: -1}, 0, []float64{4 / (1 + 0.25 + 0.125), 4, na, 9}},
		{"median: half of the weight on either side", Aggregation{Kind: Median}, 0, []float64{10, 8, na, 9}},
		{"minimum", Aggregation{Kind: Minimum}, 0, []float64{1, 2, na, 9}},
		{"a share of values that is asked for", Aggregation{}, 0.7, []float64{9.25, na, na, 9}},
		{"Copeland", Aggregation{Kind: Copeland}, 0, []float64{1, -2, na, 1}},
	} {
		got, err := AggregateColumns(nil, x, w, tt.a, tt.minShare, nil, nil)
		if err != nil || !near(got, tt.want, 1e-13) {
			t.Errorf("%s: %v, %v, want %v", tt.name, got, err, tt.want)
		}
	}
}

func TestAggregateRefusesWhatItCannotTake(t *testing.T) {
	x, _ := FromRows([][]float64{{1, 4}, {2, 0}})
	neg, _ := FromRows([][]float64{{1, 4}, {2, -3}})
	units, columns := []string{"AUT", "BEL"}, []string{"LPI", "Ship"}
	for _, tt := range []struct {
		name  string
		x     *Matrix
		w     []float64
		a     Aggregation
		words []string
	}{
		{"zero in a geometric mean", x, nil, Aggregation{Kind: Geometric}, []string{"indicator Ship", "unit BEL", "geometric", "0"}},
		{"zero in a harmonic mean", x, nil, Aggregation{Kind: Harmonic}, []string{"indicator Ship", "unit BEL", "harmonic"}},
		{"zero in a power mean of negative order", x, nil, Aggregation{Kind: PowerMean, P: -2}, []string{"indicator Ship", "unit BEL"}},
		{"below zero in a power mean of broken order", neg, nil, Aggregation{Kind: PowerMean, P: 0.5}, []string{"indicator Ship", "unit BEL", "-3"}},
		{"power mean of order zero", x, nil, Aggregation{Kind: PowerMean}, []string{"geometric mean"}},
		{"power mean of order infinity", x, nil, Aggregation{Kind: PowerMean, P: math.Inf(1)}, []string{"must be a number"}},
		{"all weights zero", x, []float64{0, 0}, Aggregation{}, []string{"all weights are zero"}},
		{"a weight below zero", x, []float64{1, -1}, Aggregation{}, []string{"Ship", "-1"}},
		{"a missing weight", x, []float64{1, Missing}, Aggregation{}, []string{"Ship", "NaN"}},
		{"an infinite weight", x, []float64{math.Inf(1), 1}, Aggregation{}, []string{"LPI", "Inf"}},
		{"too few weights", x, []float64{1}, Aggregation{}, []string{"1 weights for 2 columns"}},
		{"unknown", x, nil, Aggregation{Kind: 99}, []string{"unknown method"}},
	} {
		_, err := AggregateColumns(nil, tt.x, tt.w, tt.a, 0, units, columns)
		fails(t, tt.name, err, tt.words...)
	}
}

func TestMedianOfEqualWeightsIsTheMedian(t *testing.T) {
	for _, row := range [][]float64{{3, 1, 2}, {4, 1, 3, 2}, {5}, {2, 2, 9, 1, 7, 3}} {
		x, _ := FromRows([][]float64{row})
		got, err := AggregateColumns(nil, x, nil, Aggregation{Kind: Median}, 0, nil, nil)
		if err != nil || got[0] != MedianOf(row) {
			t.Errorf("median of %v = %v, %v, want %v", row, got, err, MedianOf(row))
		}
	}
}

func TestNewHierarchy(t *testing.T) {
	h, err := NewHierarchy([]string{"a", "b", "c"}, []string{"P", "Q", "P"}, []string{"I", "P", "Q"}, []string{"", "I", "I"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(h.Codes, " "); got != "a b c P Q I" {
		t.Errorf("codes are %s", got)
	}
	if h.Depth() != 3 || h.Aggregates() != 3 || !slices.Equal(h.Parent, []int{3, 4, 3, 5, 5, -1}) || !slices.Equal(h.LeavesOf(h.Root()), []int{0, 2, 1}) {
		t.Errorf("hierarchy is %+v", h)
	}
	for _, tt := range []struct {
		name           string
		ind, par       []string
		agg, aggParent []string
		levels         map[string]int
		words          []string
	}{
		{"no index", []string{"a"}, []string{"P"}, []string{"P"}, []string{"P"}, nil, []string{"no index"}},
		{"two of them", []string{"a"}, []string{"P"}, []string{"P", "Q"}, []string{"", ""}, nil, []string{"Q", "neither has P"}},
		{"an unknown parent", []string{"a"}, []string{"X"}, []string{"P"}, []string{""}, nil, []string{"indicator a", "X"}},
		{"an unknown parent of an aggregate", []string{"a"}, []string{"P"}, []string{"I", "P"}, []string{"", "X"}, nil, []string{"P", "X"}},
		{"a circle", []string{"a"}, []string{"P"}, []string{"I", "P", "Q"}, []string{"", "Q", "P"}, nil, []string{"own ancestor"}},
		{"an empty aggregate", []string{"a"}, []string{"I"}, []string{"I", "P"}, []string{"", "I"}, nil, []string{"P", "below it"}},
		{"a code twice", []string{"a", "a"}, []string{"I", "I"}, []string{"I"}, []string{""}, nil, []string{"indicator a", "twice"}},
		{"an aggregate twice", []string{"a"}, []string{"I"}, []string{"I", "I"}, []string{"", ""}, nil, []string{"I", "twice"}},
		{"levels upside down", []string{"a"}, []string{"I"}, []string{"I"}, []string{""}, map[string]int{"a": 1, "I": 1}, []string{"level 1", "not below"}},
		{"no indicator", nil, nil, []string{"I"}, []string{""}, nil, []string{"at least one indicator"}},
	} {
		_, err := NewHierarchy(tt.ind, tt.par, tt.agg, tt.aggParent, tt.levels)
		fails(t, tt.name, err, tt.words...)
	}
	_, err = TwoLevels(nil, []string{"P", "Q"}, []int{0, 0})
	fails(t, "an empty pillar", err, "Q", "below it")
	_, err = TwoLevels([]string{"a"}, []string{"P"}, []int{3})
	fails(t, "a pillar that is not there", err, "indicator a", "pillar 3")
}

func TestCorrelation(t *testing.T) {
	na := Missing
	for _, tt := range []struct {
		name string
		x, y []float64
		kind CorrKind
		want float64
	}{
		{"a line", []float64{1, 2, 3, na}, []float64{2, 4, 6, 1}, Pearson, 1},
		{"a falling line", []float64{1, 2, 3}, []float64{3, 2, 1}, Pearson, -1},
		{"ranks of a curve", []float64{1, 2, 3, 4}, []float64{1, 8, 27, 640}, Spearman, 1},
		{"ranks with a tie", []float64{1, 2, 2, 3}, []float64{1, 2, 3, 4}, Spearman, 4.5 / math.Sqrt(4.5*5)},
		{"pairs", []float64{1, 2, 3, 4}, []float64{1, 3, 2, 4}, Kendall, 4.0 / 6},
		{"pairs with a tie", []float64{1, 2, 2, 3}, []float64{1, 2, 3, 4}, Kendall, 5 / math.Sqrt(5*6)},
		{"a constant", []float64{1, 1, 1}, []float64{1, 2, 3}, Pearson, na},
		{"one common unit", []float64{1, na, 3}, []float64{1, 2, na}, Pearson, na},
	} {
		if got := Correlation(tt.x, tt.y, tt.kind); !near([]float64{got}, []float64{tt.want}, 1e-14) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestCronbachAlpha(t *testing.T) {
	same, _ := FromRows([][]float64{{1, 1, 1}, {2, 2, 2}, {5, 5, 5}, {Missing, 9, 9}})
	if got := CronbachAlpha(same); math.Abs(got-1) > 1e-14 {
		t.Errorf("columns that are the same: %v, want 1", got)
	}
	// Variances 1 and 1, variance of the sum 3: 2·(1 − 2/3).
	x, _ := FromRows([][]float64{{1, 1}, {2, 3}, {3, 2}})
	if got := CronbachAlpha(x); math.Abs(got-2.0/3) > 1e-14 {
		t.Errorf("α = %v, want 2/3", got)
	}
	one, _ := FromRows([][]float64{{1}, {2}})
	if got := CronbachAlpha(one); !IsMissing(got) {
		t.Errorf("one column: %v, want missing", got)
	}
}

func TestDescribe(t *testing.T) {
	// As COINr's get_stats describes them: Tariff of ASEM has 48 of 51 values,
	// of which 28 are the same.
	r, raw := asem(t)
	s := Describe(raw.Col(r.Hierarchy.Find("Tariff")))
	if s.N != 48 || s.NonZero != 46 || s.Unique != 20 || s.Same != 28 || !s.LowUnique || s.LowAvailable || s.LowNonZero || !s.Outliers ||
		math.Abs(s.Kurt-5.4109188225818396) > 1e-9 {
		t.Errorf("Tariff is %+v", s)
	}
	if s := Describe([]float64{Missing}); s.N != 0 || !IsMissing(s.Min) || !IsMissing(s.Mean) || !s.LowAvailable || s.Outliers {
		t.Errorf("nothing is %+v", s)
	}
}

func TestCheckFlagsCollinearSiblings(t *testing.T) {
	raw, _ := FromRows([][]float64{{1, 1, 9}, {2, 2.1, 7}, {3, 2.9, 5}, {4, 4, 3}, {9, 8, 1}})
	h, _ := TwoLevels([]string{"a", "b", "c"}, []string{"P"}, []int{0, 0, 0})
	m, err := Compile(Spec{Hierarchy: h, Indicators: []Indicator{{Code: "a", Direction: 1}, {Code: "b", Direction: 1}, {Code: "c", Direction: 1}}}, raw)
	if err != nil {
		t.Fatal(err)
	}
	r := m.NewResult()
	if err := m.Aggregate(r, nil, nil); err != nil {
		t.Fatal(err)
	}
	c := r.Check(Pearson, 0.9, -0.4)[0]
	if len(c.Collinear) != 1 || c.Collinear[0].A != 0 || c.Collinear[0].B != 1 || len(c.Opposed) != 2 {
		t.Errorf("P has collinear %v and opposed %v", c.Collinear, c.Opposed)
	}
}

func TestCompileAndAggregateRefuseWhatTheyCannotTake(t *testing.T) {
	h, err := TwoLevels([]string{"a", "b"}, []string{"P", "Q"}, []int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	units := []string{"AUT", "BEL"}
	spec := func(change func(*Spec)) Spec {
		s := Spec{Hierarchy: h, Units: units, Indicators: []Indicator{{Code: "a", Direction: 1}, {Code: "b", Direction: -1}}}
		change(&s)
		return s
	}
	good := [][]float64{{1, 2}, {3, 4}}
	for _, tt := range []struct {
		name   string
		rows   [][]float64
		change func(*Spec)
		words  []string
	}{
		{"an infinite value", [][]float64{{1, 2}, {math.Inf(-1), 4}}, func(*Spec) {}, []string{"indicator a", "unit BEL", "infinite"}},
		{"a constant indicator", [][]float64{{1, 2}, {3, 2}}, func(*Spec) {}, []string{"indicator b", "every value is 2"}},
		{"a logarithm of zero", [][]float64{{1, 2}, {0, 4}}, func(s *Spec) { s.Indicators[0].Treatment = Treatment{First: Log, Always: true} }, []string{"treat", "indicator a", "unit BEL"}},
		{"values that overflow", [][]float64{{-math.MaxFloat64, 2}, {math.MaxFloat64, 4}}, func(*Spec) {}, []string{"indicator a", "too large"}},
		{"too many weights", good, func(s *Spec) { s.Weights = make([]float64, 9) }, []string{"9 weights for 5 nodes"}},
		{"all weights zero", good, func(s *Spec) { s.Weights = make([]float64, 5) }, []string{"all weights are zero"}},
		{"a weight below zero", good, func(s *Spec) { s.Weights = []float64{1, 1, 1, -1, 1} }, []string{"indicator Q", "-1"}},
		{"too many methods", good, func(s *Spec) { s.Aggregation = make([]Aggregation, 3) }, []string{"3 methods for 2 levels"}},
		{"a threshold above one", good, func(s *Spec) { s.MinShare = []float64{2} }, []string{"from 0 to 1"}},
		{"too many thresholds", good, func(s *Spec) { s.MinShare = make([]float64, 3) }, []string{"3 data thresholds"}},
		{"too few indicators", good, func(s *Spec) { s.Indicators = s.Indicators[:1] }, []string{"2 columns"}},
		{"a direction of neither", good, func(s *Spec) { s.Indicators[1].Direction = 0 }, []string{"indicator b", "direction"}},
	} {
		raw, err := FromRows(tt.rows)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Compile(spec(tt.change), raw)
		fails(t, tt.name, err, tt.words...)
	}
	raw, _ := FromRows(good)
	m, err := Compile(spec(func(*Spec) {}), raw)
	if err != nil {
		t.Fatal(err)
	}
	r := m.NewResult()
	fails(t, "weights of the pillars zero", m.Aggregate(r, []float64{1, 1, 0, 0, 1}, nil), "index", "all weights are zero")
	fails(t, "a missing weight", m.Aggregate(r, []float64{1, 1, Missing, 1, 1}, nil), "indicator P", "NaN")
	fails(t, "a zero in a geometric mean", m.Aggregate(r, nil, []Aggregation{{Kind: Geometric}}), "indicator a", "unit AUT", "geometric")
	if err := m.Aggregate(r, []float64{0, 1, 1, 1, 1}, nil); err != nil || !slices.Equal(r.Score, []float64{100, 0}) {
		t.Errorf("a pillar without a weight inside: scores %v, %v, want that of the other pillar alone", r.Score, err)
	}
}

func TestMissingValues(t *testing.T) {
	na := Missing
	raw, _ := FromRows([][]float64{{0, 10}, {na, 20}, {8, 40}, {4, na}, {na, na}})
	h, _ := TwoLevels([]string{"a", "b"}, []string{"P"}, []int{0, 0})
	for _, tt := range []struct {
		name   string
		policy MissingPolicy
		share  float64
		want   []float64
		rank   []int
	}{
		{"left out", LeaveOut, 0, []float64{0, 100.0 / 3, 100, 50, na}, []int{4, 3, 1, 2, 0}},
		{"a unit below the share is unranked", LeaveOut, 1, []float64{0, na, 100, na, na}, []int{2, 0, 1, 0, 0}},
		{"as the worst", WorstValue, 0, []float64{0, 100.0 / 6, 100, 25, 0}, []int{4, 3, 1, 2, 4}},
		{"median", FillMedian, 0, []float64{0, (50 + 100.0/3) / 2, 100, (50 + 100.0/3) / 2, (50 + 100.0/3) / 2}, []int{5, 2, 1, 2, 2}},
		{"median of the group, left out where it has none", FillGroupMedian, 0, []float64{0, 50.0 / 3, 100, 75, na}, []int{4, 3, 1, 2, 0}},
	} {
		m, err := Compile(Spec{Hierarchy: h, Indicators: []Indicator{{Code: "a", Direction: 1}, {Code: "b", Direction: 1}},
			Missing: tt.policy, MinShare: []float64{tt.share, 0}, Groups: []string{"x", "x", "y", "y", "z"}}, raw)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		r := m.NewResult()
		if err := m.Aggregate(r, nil, nil); err != nil || !near(r.Score, tt.want, 1e-13) || !slices.Equal(r.Rank, tt.rank) {
			t.Errorf("%s: scores %v ranks %v, %v, want %v and %v", tt.name, r.Score, r.Rank, err, tt.want, tt.rank)
		}
	}
}

func TestConstantIndicatorIsLeftOutWhereAsked(t *testing.T) {
	raw, _ := FromRows([][]float64{{5, 1}, {5, 2}, {5, 3}})
	h, _ := TwoLevels([]string{"a", "b"}, []string{"P", "Q"}, []int{0, 1})
	m, err := Compile(Spec{Hierarchy: h, DropConstant: true, Indicators: []Indicator{{Code: "a", Direction: 1}, {Code: "b", Direction: 1}}}, raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, share := range []float64{0, 1} {
		m.MinShare = []float64{share}
		r := m.NewResult()
		if err := m.Aggregate(r, nil, nil); err != nil || !m.NoValue[0] || !slices.Equal(r.Score, []float64{0, 50, 100}) {
			t.Errorf("asked for a share of %v: scores %v, left out %v, %v", share, r.Score, m.NoValue, err)
		}
	}
}
