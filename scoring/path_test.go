package scoring

import (
	"math"
	"testing"
)

func FuzzRankPathIsVerifiedByRankingAgain(f *testing.F) {
	for seed := range uint64(6) {
		for k := range someAggregations {
			f.Add(seed, uint8(k))
		}
	}
	f.Fuzz(func(t *testing.T, seed uint64, method uint8) {
		s := newStream(seed, 2)
		aggs := someAggregations[int(method)%len(someAggregations)]
		m := randomModel(t, seed, 12, 10, 4, 0.2*float64(seed%2))
		unit, child := s.intn(12), 10+s.intn(4)
		p, err := m.RankPath(nil, aggs, unit, child)
		if err != nil {
			t.Fatal(err)
		}
		if p.Given != 0.25 {
			t.Fatalf("given weight %v", p.Given)
		}
		given := []float64{0.25, 0.25, 0.25, 0.25}
		w := make([]float64, 4)
		if p.Segments[0].From != 0 || p.Segments[len(p.Segments)-1].To != 1 {
			t.Fatalf("segments %v do not cover 0 to 1", p.Segments)
		}
		for k, seg := range p.Segments {
			if k > 0 && seg.From != p.Segments[k-1].To {
				t.Fatalf("segments %v have a gap", p.Segments)
			}
		}
		misses := 0
		const tries = 60
		for range tries {
			x := s.uniform()
			near := false
			for _, c := range p.Crossings {
				near = near || math.Abs(c.Weight-x) < 1e-9
			}
			if near {
				continue
			}
			rescaleOne(w, given, child-10, x)
			if got, want := p.At(x), ranks(t, m, w, aggs)[unit]; got != want {
				if p.Exact {
					t.Fatalf("rank at %v is %d, want %d", x, got, want)
				}
				misses++
			}
		}
		if misses > tries/10 {
			t.Fatalf("%d of %d ranks are wrong", misses, tries)
		}
		for _, c := range p.Crossings {
			if !p.Exact {
				break
			}
			const e = 1e-7
			below, above := math.Max(0, c.Weight-e), math.Min(1, c.Weight+e)
			rescaleOne(w, given, child-10, below)
			r0 := ranks(t, m, w, aggs)
			rescaleOne(w, given, child-10, above)
			r1 := ranks(t, m, w, aggs)
			was, is := r0[unit] < r0[c.Unit], r1[unit] < r1[c.Unit]
			if is != c.Up && r1[unit] != r1[c.Unit] || was == c.Up && r0[unit] != r0[c.Unit] {
				t.Fatalf("crossing %+v: above before %v, after %v", c, was, is)
			}
		}
	})
}

// Values (8, 0), (0, 4) and (3, 3): the first passes the second at 8t = 4(1-t),
// t = 1/3, and the third at 8t = 3, t = 3/8.
func TestRankPathByHand(t *testing.T) {
	raw, _ := FromRows([][]float64{{8, 0}, {0, 4}, {3, 3}})
	h, err := TwoLevels(nil, []string{"p", "q"}, []int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	ind := Indicator{Direction: 1, Normalisation: Normalisation{Kind: NoNorm}}
	m, err := Compile(Spec{Hierarchy: h, Indicators: []Indicator{ind, ind}}, raw)
	if err != nil {
		t.Fatal(err)
	}
	p, err := m.RankPath(nil, nil, 0, 2)
	if err != nil {
		t.Fatal(err)
	}
	if !p.Exact || len(p.Crossings) != 2 || len(p.Segments) != 3 {
		t.Fatalf("%+v", p)
	}
	for k, want := range []Crossing{{1.0 / 3, 1, true}, {3.0 / 8, 2, true}} {
		if c := p.Crossings[k]; math.Abs(c.Weight-want.Weight) > 1e-15 || c.Unit != want.Unit || c.Up != want.Up {
			t.Errorf("crossing %d: %+v, want %+v", k, c, want)
		}
		if p.Segments[k].Rank != 3-k || p.Segments[2].Rank != 1 {
			t.Errorf("segments %+v", p.Segments)
		}
	}
	if c, ok := p.Next(false); !ok || c.Unit != 2 || p.Given != 0.5 {
		t.Errorf("next down %+v", c)
	}
	if _, ok := p.Next(true); ok {
		t.Error("the first cannot move up")
	}
	if _, err := m.RankPath(nil, nil, 0, 0); err == nil {
		t.Error("an indicator is no child of the index: no error")
	}
	if _, err := m.RankPath(nil, nil, 3, 2); err == nil {
		t.Error("unknown unit: no error")
	}
}
