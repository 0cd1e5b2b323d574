package scoring

import (
	"math"
	"testing"
)

var someAggregations = [][]Aggregation{
	{{}}, {{Kind: Geometric}}, {{Kind: Harmonic}}, {{Kind: PowerMean, P: 3}}, {{}, {Kind: PowerMean, P: 0.5}},
	{{Kind: Median}}, {{Kind: Minimum}}, {{Kind: TOPSIS}}, {{Kind: Copeland}}, {{}, {Kind: Copeland}},
}

func FuzzContributionsToADifferenceAddUp(f *testing.F) {
	for seed := range uint64(4) {
		for k := range someAggregations {
			f.Add(seed, uint8(k))
		}
	}
	f.Fuzz(func(t *testing.T, seed uint64, method uint8) {
		s := newStream(seed, 0)
		m := randomModel(t, seed, 12, 11, 3, 0.15*float64(seed%2))
		aggs := someAggregations[int(method)%len(someAggregations)]
		a, b := s.intn(12), s.intn(12)
		r := m.NewResult()
		if err := m.Aggregate(r, nil, aggs); err != nil {
			t.Fatal(err)
		}
		if IsMissing(r.Score[a]) || IsMissing(r.Score[b]) {
			return
		}
		got, err := m.Explain(nil, aggs, a, b)
		if err != nil {
			t.Fatal(err)
		}
		back, err := m.Explain(nil, aggs, b, a)
		if err != nil {
			t.Fatal(err)
		}
		h := m.Hierarchy
		pillars, err := m.Explain(nil, aggs, a, b, h.Root())
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range h.Children[h.Root()] {
			if pillars[c] != got[c] {
				t.Fatalf("pillar %d alone: %v, with all nodes %v", c, pillars[c], got[c])
			}
		}
		if want := r.Score[a] - r.Score[b]; got[h.Root()] != want {
			t.Fatalf("the index: %v, want %v", got[h.Root()], want)
		}
		for node := h.Leaves; node < h.Nodes(); node++ {
			var sum float64
			for _, c := range h.Children[node] {
				sum += got[c]
				if math.Abs(got[c]+back[c]) > 1e-9 {
					t.Fatalf("node %d: %v for a against b, %v for b against a", c, got[c], back[c])
				}
			}
			if math.Abs(sum-got[node]) > 1e-9*(1+math.Abs(got[node])) {
				t.Fatalf("the children of node %d add up to %v, want %v", node, sum, got[node])
			}
		}
	})
}

// The closed form of the arithmetic mean and the game agree.
func TestArithmeticContributionsAreTheShapleyValues(t *testing.T) {
	m := randomModel(t, 4, 10, 9, 3, 0)
	e, err := m.newExplainer(nil, nil, 2, 7)
	if err != nil {
		t.Fatal(err)
	}
	if !e.linear() {
		t.Fatal("not linear")
	}
	want, err := m.Explain(nil, nil, 2, 7)
	if err != nil {
		t.Fatal(err)
	}
	got := make([]float64, len(want))
	for node := m.Hierarchy.Root(); node >= m.Hierarchy.Leaves; node-- {
		if err := e.split(got, node); err != nil {
			t.Fatal(err)
		}
	}
	for k := range m.Hierarchy.Root() {
		if math.Abs(got[k]-want[k]) > 1e-10 {
			t.Errorf("node %d: game %v, closed form %v", k, got[k], want[k])
		}
	}
	if x := 1.0 / 3 * (e.base.Value(2, 9) - e.base.Value(7, 9)); math.Abs(want[9]-x) > 1e-12 {
		t.Errorf("pillar 0: %v, want a third of the difference, %v", want[9], x)
	}
}

// A geometric mean of two values with equal weights, (4, 9) against (1, 1):
// 6 - 1, of which the first has ½((√4-1) + (6-3)) = 2, the second ½((3-1)+(6-2)) = 3.
func TestContributionsOfAGeometricMeanByHand(t *testing.T) {
	raw, _ := FromRows([][]float64{{4, 9}, {1, 1}, {2, 5}})
	h, err := TwoLevels(nil, []string{"p", "q"}, []int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	ind := Indicator{Direction: 1, Normalisation: Normalisation{Kind: NoNorm}}
	m, err := Compile(Spec{Hierarchy: h, Indicators: []Indicator{ind, ind}, Aggregation: []Aggregation{{Kind: Geometric}}}, raw)
	if err != nil {
		t.Fatal(err)
	}
	got, err := m.Explain(nil, nil, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []float64{2, 3, 2, 3, 5} {
		if math.Abs(got[k]-want) > 1e-12 {
			t.Errorf("node %d: %v, want %v", k, got[k], want)
		}
	}
}

func TestExplainRefusesWhatItCannotExplain(t *testing.T) {
	m := randomModel(t, 4, 10, 9, 3, 0)
	for _, p := range [][2]int{{-1, 0}, {0, 10}} {
		if _, err := m.Explain(nil, nil, p[0], p[1]); err == nil {
			t.Errorf("units %v: no error", p)
		}
	}
	m.Aggregation = []Aggregation{{Kind: Median}}
	if _, err := m.Explain(nil, nil, 0, 1, 2); err == nil {
		t.Error("the children of an indicator: no error")
	}
	for j := range 9 {
		m.Raw.Set(3, j, Missing)
	}
	m, err := Compile(m.Spec, m.Raw)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Explain(nil, nil, 3, 0); err == nil {
		t.Error("a unit without a score: no error")
	}
}

func BenchmarkExplain(b *testing.B) {
	for _, aggs := range [][]Aggregation{{{}}, {{}, {Kind: Geometric}}, {{Kind: TOPSIS}}} {
		name := aggs[0].String()
		if len(aggs) > 1 {
			name += "+" + aggs[1].String()
		}
		b.Run(name+"/100x24", func(b *testing.B) {
			m := randomModel(b, 1, 100, 24, 6, 0)
			for range b.N {
				if _, err := m.Explain(nil, aggs, 3, 40); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/100x24/pillars", func(b *testing.B) {
			m := randomModel(b, 1, 100, 24, 6, 0)
			for range b.N {
				if _, err := m.Explain(nil, aggs, 3, 40, m.Hierarchy.Root()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
