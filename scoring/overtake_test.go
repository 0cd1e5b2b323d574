package scoring

import (
	"math"
	"testing"
)

// withChildren returns the model's weights with those of the children of the
// index replaced.
func withChildren(m *Model, w []float64) []float64 {
	out := m.Weights()
	for k, c := range m.Hierarchy.Children[m.Hierarchy.Root()] {
		out[c] = w[k]
	}
	return out
}

func ranks(t *testing.T, m *Model, w []float64, aggs []Aggregation) []int {
	t.Helper()
	r := m.NewResult()
	if err := m.Aggregate(r, withChildren(m, w), aggs); err != nil {
		t.Fatal(err)
	}
	return r.Rank
}

func FuzzOvertakingIsVerifiedByRankingAgain(f *testing.F) {
	for seed := range uint64(12) {
		for k := range someAggregations {
			f.Add(seed, uint8(k))
		}
	}
	f.Fuzz(func(t *testing.T, seed uint64, method uint8) {
		s := newStream(seed, 1)
		aggs := someAggregations[int(method)%len(someAggregations)]
		m := randomModel(t, seed, 10, 10, 4, 0.1*float64(seed%2))
		a := s.intn(10)
		b := (a + 1 + s.intn(9)) % 10
		base := m.NewResult()
		if err := m.Aggregate(base, nil, aggs); err != nil {
			t.Fatal(err)
		}
		if base.Rank[a] == 0 || base.Rank[b] == 0 {
			return
		}
		o, err := m.Overtake(nil, aggs, a, b)
		if err != nil {
			t.Fatal(err)
		}
		if o.Already != (base.Rank[a] < base.Rank[b]) {
			t.Fatalf("already %v, the ranks are %d and %d", o.Already, base.Rank[a], base.Rank[b])
		}
		if o.Already {
			return
		}
		point := make([]float64, 4)
		if !o.Possible {
			for range 300 {
				s.simplex(point)
				if r := ranks(t, m, point, aggs); o.Exact && r[a] > 0 && r[a] < r[b] {
					t.Fatalf("said to be impossible, but weights %v let it pass", point)
				}
			}
			return
		}
		for name, w := range map[string][]float64{"L1": o.L1, "L2": o.L2} {
			onSimplex(t, w)
			if r := ranks(t, m, w, aggs); r[a] >= r[b] {
				t.Fatalf("%s weights %v: ranks %d and %d", name, w, r[a], r[b])
			}
			if !o.Exact {
				continue
			}
			for k := range w { // 1 % less of the change does not do
				point[k] = w[k] - 0.01*(w[k]-o.Given[k])
			}
			if r := ranks(t, m, point, aggs); r[a] < r[b] && distanceL1(w, o.Given) > 1e-6 {
				t.Fatalf("%s: less of the change to %v does it already", name, w)
			}
		}
		if o.DistanceL1 > distanceL1(o.L2, o.Given)+1e-6 || o.DistanceL2 > distanceL2(o.L1, o.Given)+1e-6 {
			t.Fatalf("each answer must be the nearest by its own measure: %+v", o)
		}
		for k, v := range o.One {
			if IsMissing(v) {
				continue
			}
			rescaleOne(point, o.Given, k, v)
			if r := ranks(t, m, point, aggs); r[a] >= r[b] {
				t.Fatalf("weight %d at %v: ranks %d and %d", k, v, r[a], r[b])
			}
			if d := distanceL1(point, o.Given); d < o.DistanceL1-1e-6 && o.Exact {
				t.Fatalf("weight %d alone does it with %v, less than L1's %v", k, d, o.DistanceL1)
			}
			if rescaleOne(point, o.Given, k, v-0.001*(v-o.Given[k])); o.Exact && math.Abs(v-o.Given[k]) > 1e-3 {
				if r := ranks(t, m, point, aggs); r[a] < r[b] {
					t.Fatalf("weight %d: less of the change to %v does it already", k, v)
				}
			}
		}
	})
}

func TestADominatedUnitCannotPass(t *testing.T) {
	raw, _ := FromRows([][]float64{{3, 4}, {1, 4}, {2, 5}, {1, 1}})
	h, err := TwoLevels(nil, []string{"p", "q"}, []int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	ind := Indicator{Direction: 1, Normalisation: Normalisation{Kind: NoNorm}}
	m, err := Compile(Spec{Hierarchy: h, Indicators: []Indicator{ind, ind}}, raw)
	if err != nil {
		t.Fatal(err)
	}
	r := m.NewResult()
	if err := m.Aggregate(r, nil, nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		a, b int
		want bool
	}{{0, 1, true}, {1, 0, false}, {0, 2, false}, {0, 0, false}, {2, 3, true}} {
		if got := r.Dominates(c.a, c.b); got != c.want {
			t.Errorf("%d dominates %d: %v", c.a, c.b, got)
		}
	}
	o, err := m.Overtake(nil, nil, 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	if o.Possible || !o.Exact || o.L1 != nil {
		t.Errorf("%+v, want a proof that it is impossible", o)
	}
	// 0 has (3, 4), 2 has (2, 5): they tie at equal weights, so the smallest
	// change is next to none.
	o, err = m.Overtake(nil, nil, 0, 2)
	if err != nil {
		t.Fatal(err)
	}
	if !o.Possible || !o.Exact || o.DistanceL1 > 1e-7 || o.DistanceL1 == 0 {
		t.Errorf("%+v, want a tiny change", o)
	}
	for _, p := range [][2]int{{0, 0}, {-1, 0}, {0, 4}} {
		if _, err := m.Overtake(nil, nil, p[0], p[1]); err == nil {
			t.Errorf("units %v: no error", p)
		}
	}
}
