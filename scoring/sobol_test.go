package scoring

import (
	"math"
	"testing"
)

// The estimators on the Ishigami function, whose indices are known: with a = 7
// and b = 0.1, S = (0.3139, 0.4424, 0) and T = (0.5576, 0.4424, 0.2437)
// (Ishigami and Homma 1990; figures as in Saltelli et al. 2008, Global
// Sensitivity Analysis: The Primer).
func TestJansenEstimatorsOnTheIshigamiFunction(t *testing.T) {
	const n = 20000
	f := func(u []float64) float64 {
		x := [3]float64{}
		for k := range x {
			x[k] = math.Pi * (2*u[k] - 1)
		}
		return math.Sin(x[0]) + 7*math.Pow(math.Sin(x[1]), 2) + 0.1*math.Pow(x[2], 4)*math.Sin(x[0])
	}
	s := &Sensitivity{seed: 1, rows: n, varying: make([]Factor, 3), done: 5 * n}
	for i := range n {
		r := newStream(2, uint64(i))
		var a, b [3]float64
		for k := range 3 {
			a[k], b[k] = r.uniform(), r.uniform()
		}
		s.output = append(s.output, f(a[:]), f(b[:]))
		for k := range 3 {
			ab := a
			ab[k] = b[k]
			s.output = append(s.output, f(ab[:]))
		}
	}
	got := s.Result(200)
	for k, want := range []struct{ first, total float64 }{{0.3139, 0.5576}, {0.4424, 0.4424}, {0, 0.2437}} {
		x := got.Indices[k]
		if math.Abs(x.First.Value-want.first) > 0.035 || math.Abs(x.Total.Value-want.total) > 0.035 {
			t.Errorf("factor %d: first %v, total %v, want %v", k, x.First.Value, x.Total.Value, want)
		}
		for _, e := range []Estimate{x.First, x.Total} {
			if e.Low > e.Value || e.High < e.Value || e.High-e.Low > 0.1 || e.High == e.Low {
				t.Errorf("factor %d: interval %+v", k, e)
			}
		}
	}
	if math.Abs(got.Variance-13.84) > 0.3 || math.Abs(got.Mean-3.5) > 0.05 {
		t.Errorf("mean %v and variance %v, want 3.5 and 13.84", got.Mean, got.Variance)
	}
}

func TestSensitivityDoesNotDependOnSlicing(t *testing.T) {
	m := randomModel(t, 2, 20, 12, 4, 0.1)
	run := func(slice int) SensitivityResult {
		s, err := NewSensitivity(m, everyAssumption(m), 3, 40*9+5)
		if err != nil {
			t.Fatal(err)
		}
		for {
			if err := s.Step(slice); err != nil {
				t.Fatal(err)
			}
			if done, all := s.Done(); done == all {
				return s.Result(50)
			}
		}
	}
	a, b := run(1<<20), run(7)
	if len(a.Indices) != int(factors) || a.Rows != 40 {
		t.Fatalf("%d indices from %d rows, want all %d from 40", len(a.Indices), a.Rows, factors)
	}
	for k := range a.Indices {
		if a.Indices[k] != b.Indices[k] {
			t.Errorf("%v: %+v and %+v", a.Indices[k].Factor, a.Indices[k], b.Indices[k])
		}
	}
}

// What does not vary is not analysed; a factor whose alternatives are all the
// same explains nothing; the only one that varies explains everything.
func TestSensitivityOfOneFactor(t *testing.T) {
	m := randomModel(t, 2, 30, 12, 4, 0)
	s, err := NewSensitivity(m, Assumptions{Concentration: 50, Aggregations: [][]Aggregation{{{}}}}, 3, 1200)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Step(1 << 20); err != nil {
		t.Fatal(err)
	}
	got := s.Result(100)
	if len(got.Indices) != 2 || got.Indices[0].Factor != FactorWeights || got.Indices[1].Factor != FactorAggregation {
		t.Fatalf("indices %+v", got.Indices)
	}
	weights, same := got.Indices[0], got.Indices[1]
	if same.Total.Value != 0 || math.Abs(same.First.Value) > 0.15 {
		t.Errorf("an alternative that is the same explains %+v", same)
	}
	if weights.First.Value != 1 || math.Abs(weights.Total.Value-1) > 0.15 {
		t.Errorf("the only factor explains %+v", weights)
	}
	if _, err := NewSensitivity(m, Assumptions{}, 1, 10); err == nil {
		t.Error("nothing varies: no error")
	}
	if _, err := NewSensitivity(m, everyAssumption(m), 1, 17); err == nil {
		t.Error("fewer runs than two rows: no error")
	}
}

func TestMeanShift(t *testing.T) {
	if got := meanShift([]int{1, 2, 3, 0, 5}, []int{3, 2, 1, 4, 0}); got != 4.0/3 {
		t.Errorf("got %v, want 4/3", got)
	}
}

func BenchmarkSensitivity(b *testing.B) {
	m := randomModel(b, 1, 51, 49, 8, 0.02)
	a := Assumptions{
		Concentration: DefaultConcentration, Treatments: []Treatment{{}},
		Normalisations: []Normalisation{{Kind: ZScore}, {Kind: PercentileRank, Scale: 100}},
		Aggregations:   [][]Aggregation{{{Kind: Geometric}}}, Missing: []MissingPolicy{FillMedian}, DropIndicator: 0.5,
	}
	b.Run("51x49/600runs", func(b *testing.B) {
		for range b.N {
			s, err := NewSensitivity(m, a, 1, 600)
			if err != nil {
				b.Fatal(err)
			}
			if err := s.Step(600); err != nil {
				b.Fatal(err)
			}
			s.Result(200)
		}
	})
}
