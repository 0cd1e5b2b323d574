package scoring

import (
	"math"
	"math/rand/v2"
	"testing"
)

// randomModel returns a model of units × indicators in pillars with random
// positive values of which the given share is missing.
func randomModel(tb testing.TB, seed uint64, units, indicators, pillars int, missing float64, aggs ...Aggregation) *Model {
	tb.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	raw := NewMatrix(units, indicators)
	for k := range raw.Data {
		raw.Data[k] = math.Exp(2 * rng.NormFloat64())
		if rng.Float64() < missing {
			raw.Data[k] = Missing
		}
	}
	names := make([]string, pillars)
	pillarOf := make([]int, indicators)
	inds := make([]Indicator, indicators)
	for p := range names {
		names[p] = "p" + itoa(p)
	}
	for j := range inds {
		pillarOf[j] = j % pillars
		inds[j] = Indicator{Code: "i" + itoa(j), Direction: 1 - 2*(j%5/4), Treatment: WinsoriseThenLog, Normalisation: Normalisation{A: 1, B: 100}}
	}
	h, err := TwoLevels(nil, names, pillarOf)
	if err != nil {
		tb.Fatal(err)
	}
	m, err := Compile(Spec{Hierarchy: h, Indicators: inds, Aggregation: aggs, KeepAboveZero: true}, raw)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func TestAggregateDoesNotAllocate(t *testing.T) {
	for _, a := range []Aggregation{{}, {Kind: Geometric}, {Kind: Harmonic}, {Kind: PowerMean, P: 2}, {Kind: Median}, {Kind: TOPSIS}, {Kind: Copeland}, {Kind: Minimum}} {
		m := randomModel(t, 1, 50, 24, 6, 0.05, a)
		r := m.NewResult()
		w := m.Weights()
		aggs := []Aggregation{a}
		if err := m.Aggregate(r, w, aggs); err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(20, func() { _ = m.Aggregate(r, w, aggs) }); n != 0 {
			t.Errorf("%v: %v allocations per aggregation", a, n)
		}
	}
}

func TestContributionsAddUpToTheScore(t *testing.T) {
	for _, a := range []Aggregation{{}, {Kind: Geometric}, {Kind: Harmonic}, {Kind: PowerMean, P: 2}, {Kind: Median}, {Kind: TOPSIS}, {Kind: Copeland}} {
		m := randomModel(t, 2, 40, 20, 6, 0.3, a)
		r := m.NewResult()
		if err := m.Aggregate(r, nil, []Aggregation{a}); err != nil {
			t.Fatal(err)
		}
		c := r.Contributions(nil)
		for i, score := range r.Score {
			sum := 0.0
			for k := range c.Cols {
				sum += c.At(i, k)
			}
			if math.Abs(sum-score) > 1e-9*math.Abs(score) {
				t.Errorf("%v: unit %d: contributions add up to %v, its score is %v", a, i, sum, score)
			}
		}
	}
}

func BenchmarkAggregate100x24(b *testing.B) {
	m := randomModel(b, 3, 100, 24, 6, 0)
	benchAggregate(b, m, nil)
}

func BenchmarkAggregate100x24Missing(b *testing.B) {
	m := randomModel(b, 3, 100, 24, 6, 0.1)
	benchAggregate(b, m, nil)
}

func BenchmarkAggregate100x24Geometric(b *testing.B) {
	m := randomModel(b, 3, 100, 24, 6, 0, Aggregation{Kind: Geometric})
	benchAggregate(b, m, nil)
}

// benchAggregate aggregates with weights that change from draw to draw.
func benchAggregate(b *testing.B, m *Model, aggs []Aggregation) {
	r := m.NewResult()
	rng := rand.New(rand.NewPCG(7, 7))
	draws := make([][]float64, 64)
	for d := range draws {
		draws[d] = m.Weights()
		for k := range draws[d] {
			draws[d][k] = rng.ExpFloat64()
		}
	}
	b.ReportAllocs()
	for k := 0; b.Loop(); k++ {
		if err := m.Aggregate(r, draws[k%len(draws)], aggs); err != nil {
			b.Fatal(err)
		}
	}
}

func TestKeepAboveZero(t *testing.T) {
	// The second unit has nothing in the first pillar: without help a geometric
	// mean over the pillars has no answer.
	raw, err := FromRows([][]float64{{9, 4}, {0, 8}, {3, 0}})
	if err != nil {
		t.Fatal(err)
	}
	h, err := TwoLevels([]string{"a", "b"}, []string{"P", "Q"}, []int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	spec := Spec{Hierarchy: h, Units: []string{"x", "y", "z"}, Indicators: []Indicator{{Code: "a", Direction: 1}, {Code: "b", Direction: 1}},
		Aggregation: []Aggregation{{Kind: Arithmetic}, {Kind: Geometric}}}
	m, err := Compile(spec, raw)
	if err != nil {
		t.Fatal(err)
	}
	fails(t, "a pillar of zero", m.Aggregate(m.NewResult(), nil, nil), "indicator P", "unit y", "geometric mean")
	spec.KeepAboveZero = true
	if m, err = Compile(spec, raw); err != nil {
		t.Fatal(err)
	}
	r := m.NewResult()
	if err := m.Aggregate(r, nil, nil); err != nil {
		t.Fatal(err)
	}
	// On 1 to 100: x has 100 and 50.5, y 1 and 100, z 34 and 1.
	if want := []float64{math.Sqrt(100 * 50.5), 10, math.Sqrt(34)}; !near(r.Score, want, 1e-12) {
		t.Errorf("scores %v, want %v", r.Score, want)
	}
	// Where the method can take a zero nothing is changed.
	spec.Aggregation = nil
	if m, err = Compile(spec, raw); err != nil || m.Normalised.At(1, 0) != 0 {
		t.Errorf("under an arithmetic mean the zero became %v, %v", m.Normalised.At(1, 0), err)
	}
}
