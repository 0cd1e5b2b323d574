package scoring

import (
	"math"
	"testing"
)

// Two criteria and three units, (1, 0), (0, 1) and (0.6, 0.6): with the first
// weight w the third leads for 0.4 < w < 0.6, the first above, the second below.
func TestSMAAOfAKnownCase(t *testing.T) {
	raw, _ := FromRows([][]float64{{1, 0}, {0, 1}, {0.6, 0.6}})
	h, err := TwoLevels(nil, []string{"p", "q"}, []int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	m, err := Compile(Spec{Hierarchy: h, Indicators: []Indicator{{Direction: 1}, {Direction: 1}}}, raw)
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewSMAA(m, Assumptions{}, 5, 20000)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Step(1 << 20); err != nil {
		t.Fatal(err)
	}
	r := s.Result()
	for i, want := range []struct{ first, central float64 }{{0.4, 0.8}, {0.4, 0.2}, {0.2, 0.5}} {
		if math.Abs(r[i].Rank[0]-want.first) > 0.015 {
			t.Errorf("unit %d is first for %v of the weights, want %v", i, r[i].Rank[0], want.first)
		}
		if math.Abs(r[i].Central[0]-want.central) > 0.01 {
			t.Errorf("central weight of unit %d is %v, want %v", i, r[i].Central[0], want.central)
		}
		if r[i].Confidence != 1 {
			t.Errorf("confidence of unit %d is %v, want 1: nothing else varies", i, r[i].Confidence)
		}
		var sum float64
		for _, p := range r[i].Rank {
			sum += p
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("rank acceptabilities of unit %d add up to %v", i, sum)
		}
	}
	// The third is second for w within (0, 0.4) or (0.6, 1), where it beats the
	// weaker one: always. So it is never last.
	if r[2].Rank[2] != 0 {
		t.Errorf("the compromise is last for %v of the weights", r[2].Rank[2])
	}
}

func TestSMAADoesNotDependOnSlicing(t *testing.T) {
	m := randomModel(t, 2, 20, 12, 4, 0.1)
	var want []Acceptability
	for _, slice := range []int{1 << 20, 1, 7, 333} {
		s, err := NewSMAA(m, everyAssumption(m), 8, 400)
		if err != nil {
			t.Fatal(err)
		}
		for {
			if err := s.Step(slice); err != nil {
				t.Fatal(err)
			}
			if done, all := s.Done(); done == all {
				break
			}
		}
		got := s.Result()
		if want == nil {
			want = got
		}
		for i := range got {
			same := got[i].Confidence == want[i].Confidence || IsMissing(got[i].Confidence) && IsMissing(want[i].Confidence)
			for r := range got[i].Rank {
				same = same && got[i].Rank[r] == want[i].Rank[r]
			}
			for c := range got[i].Central {
				same = same && got[i].Central[c] == want[i].Central[c]
			}
			if !same {
				t.Fatalf("slices of %d: unit %d is %+v, want %+v", slice, i, got[i], want[i])
			}
		}
	}
	confident := false
	for _, a := range want {
		confident = confident || a.Confidence > 0 && a.Confidence < 1
	}
	if !confident {
		t.Error("no confidence factor between 0 and 1 though everything varies")
	}
}

// A unit that is the best in every pillar leads whatever the weights.
func TestSMAAOfADominator(t *testing.T) {
	m := randomModel(t, 2, 20, 12, 4, 0)
	for j := range 12 {
		_, hi, _ := bounds(m.Raw.Col(j))
		lo, _, _ := bounds(m.Raw.Col(j))
		if m.Indicators[j].Direction > 0 {
			m.Raw.Set(6, j, hi*1.1)
		} else {
			m.Raw.Set(6, j, lo*0.9)
		}
	}
	m, err := Compile(m.Spec, m.Raw)
	if err != nil {
		t.Fatal(err)
	}
	a := everyAssumption(m)
	a.DropSource = 0
	s, err := NewSMAA(m, a, 8, 400)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Step(1 << 20); err != nil {
		t.Fatal(err)
	}
	if r := s.Result()[6]; r.Rank[0] != 1 || r.Confidence != 1 {
		t.Errorf("first for %v of the weights with confidence %v", r.Rank[0], r.Confidence)
	}
}
