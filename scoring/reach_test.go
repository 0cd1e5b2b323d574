package scoring

import "testing"

func FuzzReachHoldsForAllWeights(f *testing.F) {
	for seed := range uint64(8) {
		for k := range someAggregations {
			f.Add(seed, uint8(k), uint8(seed))
		}
	}
	f.Fuzz(func(t *testing.T, seed uint64, method, pillars uint8) {
		s := newStream(seed, 4)
		aggs := someAggregations[int(method)%len(someAggregations)]
		n := 2 + int(pillars)%4
		m := randomModel(t, seed, 14, 12, n, 0.15*float64(seed%2))
		unit := s.intn(14)
		r, err := m.Reach(nil, aggs, unit, 200)
		if err != nil {
			t.Fatal(err)
		}
		if r.Best == 0 {
			return
		}
		if r.BestBound > r.Best || r.WorstBound < r.Worst || r.Best > r.Worst {
			t.Fatalf("%+v", r)
		}
		onSimplex(t, r.BestWeights)
		onSimplex(t, r.WorstWeights)
		if got := ranks(t, m, r.BestWeights, aggs)[unit]; got != r.Best {
			t.Fatalf("the best weights give rank %d, %d was said", got, r.Best)
		}
		if got := ranks(t, m, r.WorstWeights, aggs)[unit]; got != r.Worst {
			t.Fatalf("the worst weights give rank %d, %d was said", got, r.Worst)
		}
		w := make([]float64, n)
		for range 400 {
			s.simplex(w)
			if s.intn(3) == 0 {
				w[s.intn(n)] = 0
				w = unitWeights(w)
			}
			if got := ranks(t, m, w, aggs)[unit]; got > 0 && (got < r.BestBound || got > r.WorstBound) {
				t.Fatalf("weights %v give rank %d, proven was %d to %d", w, got, r.BestBound, r.WorstBound)
			}
		}
		if n == 2 && r.Exact() { // the path along the one weight sees every rank
			p, err := m.RankPath(nil, aggs, unit, m.Hierarchy.Leaves)
			if err != nil {
				t.Fatal(err)
			}
			for _, seg := range p.Segments {
				if p.Exact && (seg.Rank < r.Best || seg.Rank > r.Worst) {
					t.Fatalf("segment %+v is beyond %d to %d", seg, r.Best, r.Worst)
				}
			}
		}
	})
}

// Five units of two values: (3, 3) is beaten by (4, 1) or by (1, 4), never by
// both with any weight between 1/3 and 2/3; (5, 5) beats all, (0, 0) none.
func TestReachByHand(t *testing.T) {
	raw, _ := FromRows([][]float64{{5, 5}, {4, 1}, {3, 3}, {1, 4}, {0, 0}})
	h, err := TwoLevels(nil, []string{"p", "q"}, []int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	ind := Indicator{Direction: 1, Normalisation: Normalisation{Kind: NoNorm}}
	m, err := Compile(Spec{Hierarchy: h, Indicators: []Indicator{ind, ind}}, raw)
	if err != nil {
		t.Fatal(err)
	}
	for unit, want := range [][2]int{{1, 1}, {2, 4}, {2, 3}, {2, 4}, {5, 5}} {
		r, err := m.Reach(nil, nil, unit, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if r.Best != want[0] || r.Worst != want[1] || !r.Exact() {
			t.Errorf("unit %d: %+v, want %v", unit, r, want)
		}
	}
}

func TestReachOfARealisticIndexIsMostlyProven(t *testing.T) {
	m := randomModel(t, 1, 100, 24, 6, 0)
	exact := 0
	for unit := 0; unit < 100; unit += 5 {
		r, err := m.Reach(nil, nil, unit, 1000)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("unit %d: best %d (at least %d), worst %d (at most %d)", unit, r.Best, r.BestBound, r.Worst, r.WorstBound)
		if r.Exact() {
			exact++
		}
	}
	if exact < 10 {
		t.Errorf("only %d of 20 are proven on both sides", exact)
	}
}

func BenchmarkReach(b *testing.B) {
	m := randomModel(b, 1, 100, 24, 6, 0)
	for _, effort := range []int{0, 1000} {
		b.Run("100x24/effort"+itoa(effort), func(b *testing.B) {
			for k := range b.N {
				if _, err := m.Reach(nil, nil, k%100, effort); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
