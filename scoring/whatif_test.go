package scoring

import (
	"math"
	"slices"
	"testing"
)

func FuzzWhatIfIsVerifiedByRankingAgain(f *testing.F) {
	for seed := range uint64(10) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		s := newStream(seed, 3)
		m := randomModel(t, seed, 12, 8, 3, 0.1*float64(seed%2), []Aggregation{{}, {Kind: Geometric}}[seed/2%2])
		unit, j := s.intn(12), s.intn(8)
		base := m.NewResult()
		if err := m.Aggregate(base, nil, nil); err != nil {
			t.Fatal(err)
		}
		w, err := m.WhatIf(nil, nil, unit, j)
		if err != nil {
			t.Fatal(err)
		}
		if IsMissing(w.To) {
			if w.Rank != base.Rank[unit] || len(w.Passes) > 0 {
				t.Fatalf("nothing found, yet %+v", w)
			}
			return
		}
		if gain := (w.To - w.From) * float64(m.Indicators[j].Direction); gain < 0 {
			t.Fatalf("from %v to %v makes it worse", w.From, w.To)
		}
		raw := m.Raw.Clone()
		raw.Set(unit, j, w.To)
		m2, err := Compile(m.Spec, raw)
		if err != nil {
			t.Fatal(err)
		}
		r := m2.NewResult()
		if err := m2.Aggregate(r, nil, nil); err != nil {
			t.Fatal(err)
		}
		if r.Rank[unit] != w.Rank || w.Rank >= base.Rank[unit] {
			t.Fatalf("rank %d becomes %d, %d was said", base.Rank[unit], r.Rank[unit], w.Rank)
		}
		for i := range r.Rank {
			passed := base.Rank[i] > 0 && base.Rank[i] < base.Rank[unit] && r.Rank[i] >= r.Rank[unit]
			if i != unit && passed != slices.Contains(w.Passes, i) {
				t.Fatalf("unit %d passed: %v, said %v", i, passed, w.Passes)
			}
		}
		lo, hi, _ := bounds(m.Raw.Col(j))
		if w.Beyond != (w.To > hi || w.To < lo) {
			t.Fatalf("%v beyond %v to %v: said %v", w.To, lo, hi, w.Beyond)
		}
		if !IsMissing(w.From) && math.Abs(w.To-w.From) > 1e-6*(hi-lo) { // a little less does not do
			raw.Set(unit, j, w.To-1e-7*(hi-lo)*float64(m.Indicators[j].Direction))
			if m2, err = Compile(m.Spec, raw); err != nil {
				t.Fatal(err)
			}
			r := m2.NewResult()
			if err := m2.Aggregate(r, nil, nil); err != nil {
				t.Fatal(err)
			}
			if r.Rank[unit] < base.Rank[unit] {
				t.Fatalf("less than %v gains a rank already", w.To)
			}
		}
	})
}

// One indicator on its own scale: 5 needs 7 to tie with the unit above.
func TestWhatIfByHand(t *testing.T) {
	raw, _ := FromRows([][]float64{{10}, {7}, {5}, {1}})
	h, err := TwoLevels(nil, []string{"p"}, []int{0})
	if err != nil {
		t.Fatal(err)
	}
	m, err := Compile(Spec{Hierarchy: h, Indicators: []Indicator{{Direction: 1}}}, raw)
	if err != nil {
		t.Fatal(err)
	}
	w, err := m.WhatIf(nil, nil, 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	if w.From != 5 || math.Abs(w.To-7) > 1e-6 || w.Rank != 2 || !slices.Equal(w.Passes, []int{1}) || w.Beyond {
		t.Errorf("%+v", w)
	}
	if w, err = m.WhatIf(nil, nil, 0, 0); err != nil || !IsMissing(w.To) || w.Rank != 1 {
		t.Errorf("the first has nothing to gain: %+v, %v", w, err)
	}
	if _, err = m.WhatIf(nil, nil, 0, 1); err == nil {
		t.Error("unknown indicator: no error")
	}
}

func BenchmarkWhatIf(b *testing.B) {
	m := randomModel(b, 1, 100, 24, 6, 0)
	b.Run("100x24/one", func(b *testing.B) {
		for k := range b.N {
			if _, err := m.WhatIf(nil, nil, 40, k%24); err != nil {
				b.Fatal(err)
			}
		}
	})
}
