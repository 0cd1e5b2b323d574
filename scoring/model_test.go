package scoring

import (
	"math"
	"math/rand/v2"
	"testing"
)

// randomModel returns a model of units × indicators in pillars with random
// positive values of which the given share is missing.
func randomModel(tb testing.TB, seed uint64, units, indicators, pillars int, missing float64) *Model {
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
		inds[j] = Indicator{Code: "i" + itoa(j), Direction: 1 - 2*(j%5/4), Treatment: WinsoriseThenLog}
	}
	h, err := TwoLevels(nil, names, pillarOf)
	if err != nil {
		tb.Fatal(err)
	}
	m, err := Compile(Spec{Hierarchy: h, Indicators: inds, KeepAboveZero: true}, raw)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func TestAggregateDoesNotAllocate(t *testing.T) {
	for _, a := range []Aggregation{{}, {Kind: Geometric}, {Kind: Harmonic}, {Kind: PowerMean, P: 2}, {Kind: Median}, {Kind: TOPSIS}, {Kind: Copeland}, {Kind: Minimum}} {
		m := randomModel(t, 1, 50, 24, 6, 0.05)
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
		m := randomModel(t, 2, 40, 20, 6, 0.3)
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
	m := randomModel(b, 3, 100, 24, 6, 0)
	benchAggregate(b, m, []Aggregation{{Kind: Geometric}})
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
