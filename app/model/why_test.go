package model

import (
	"math"
	"math/rand/v2"
	"testing"

	"aicities/app/view"
	"aicities/data"
	"aicities/scoring"
)

// Under any method the parts of a difference add up to the difference of the
// scores that are shown, and what is said to swap two cities does.
func TestADifferenceIsTakenApartExactly(t *testing.T) {
	e := explorer(t)
	rng := rand.New(rand.NewPCG(7, 8))
	for _, over := range view.AggIDs {
		for _, within := range view.WithinIDs {
			if comparesAll(view.View{Over: over}) && within != "" && within != "geometric" {
				continue // slow
			}
			v := view.Default()
			v.Over, v.Within, v.PerHead = over, within, within == "harmonic"
			v.Weights = view.Weights{3, 1, 2, 2, 1, 1}
			r := e.Rank(v)
			if r.Err != nil {
				t.Fatalf("%s over %s: %v", over, within, r.Err)
			}
			for range 2 {
				a, b := r.Order[rng.IntN(20)], r.Order[20+rng.IntN(20)]
				p := e.NewPair(r, a, b)
				p.Finish()
				if p.Err != nil {
					t.Errorf("%s over %s: %v", over, within, p.Err)
					continue
				}
				sameFigure(t, over+" of scores", p.Difference, r.Score[a]-r.Score[b])
				sum := 0.0
				for k, x := range p.Pillar {
					sum += x
					inside := 0.0
					for _, c := range r.Model.Hierarchy.Children[r.Model.Hierarchy.Leaves+k] {
						inside += p.Indicator[c]
					}
					sameFigure(t, over+" of indicators of "+view.PillarIDs[k], inside, x)
				}
				sameFigure(t, over+" of pillars", sum, p.Difference)
				checkSwap(t, e, r, p.Swap)
			}
		}
	}
}

func sameFigure(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-7 {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func checkSwap(t *testing.T, e *Explorer, r *Ranking, s Swap) {
	t.Helper()
	if r.Rank[s.Behind] <= r.Rank[s.Ahead] {
		t.Fatalf("rank %d is not behind %d", r.Rank[s.Behind], r.Rank[s.Ahead])
	}
	if !s.Possible {
		if s.Proven && !r.Result.Dominates(s.Ahead, s.Behind) {
			// With equal pillars and some lacking, dominance is over what both have.
			for p := range Pillars {
				if r.Pillar[s.Behind][p] > r.Pillar[s.Ahead][p]+1e-9 {
					t.Errorf("it is said that nothing lets %d pass %d, but it is better in pillar %d", s.Behind, s.Ahead, p)
				}
			}
		}
		return
	}
	v := r.View
	v.Weights = s.Weights
	got := e.Rank(v)
	if got.Rank[s.Behind] >= got.Rank[s.Ahead] {
		t.Errorf("%s: with %v the ranks are %d and %d", view.Format(r.View), s.Weights, got.Rank[s.Behind], got.Rank[s.Ahead])
	}
	if s.Pillar >= 0 && s.Weights != r.View.Weights.WithTenths(s.Pillar, s.To) {
		t.Errorf("weights %v are not those of pillar %d at %d", s.Weights, s.Pillar, s.To)
	}
}

// Of whole per cents on the way to the answer none lets the city pass.
func TestASwapIsTheNearestOfItsPillar(t *testing.T) {
	e := explorer(t)
	r := e.Base()
	trial := &trial{e: e, r: r, result: r.Model.NewResult()}
	for k := 1; k < 30; k++ {
		s := e.NewPair(r, r.Order[k], r.Order[k-1]).Swap
		if s.Pillar < 0 {
			continue
		}
		for x := min(s.From, s.To) + 1; x < max(s.From, s.To); x++ {
			if s.From/10 != s.To/10 && x/10 == s.To/10 || max(x-s.To, s.To-x) < 10 {
				continue // rounding to a whole per cent
			}
			if trial.passes(r.View.Weights.WithTenths(s.Pillar, x), s.Behind, s.Ahead) {
				t.Errorf("%d passes %d at %d already, not only at %d", s.Behind, s.Ahead, x, s.To)
				break
			}
		}
	}
}

// Every rise that is promised is checked with a dataset in which it came true.
func TestARiseComesTrue(t *testing.T) {
	e := explorer(t)
	for _, perHead := range []bool{false, true} {
		v := view.Default()
		v.PerHead = perHead
		r := e.Rank(v)
		for _, id := range []string{"lagos", "seoul"} {
			city, _ := e.Data.CityByID(id)
			entry, _ := r.Entry(city)
			c := e.NewClimb(r, entry)
			c.Finish()
			if c.Reach == nil || c.Reach.Best > r.Rank[entry] || c.Reach.Worst < r.Rank[entry] {
				t.Fatalf("%s: reach %+v", id, c.Reach)
			}
			last := -1.0
			for _, x := range c.Rises {
				if scoring.IsMissing(x.To) {
					continue
				}
				def := e.Data.Indicators[x.Indicator]
				if x.Effort < last {
					t.Errorf("%s %s: not in order of effort", id, def.ID)
				}
				last = x.Effort
				if def.Made != data.Measured && (x.To != math.Trunc(x.To) || x.To < x.From+1) {
					t.Errorf("%s %s: from %v to %v", id, def.ID, x.From, x.To)
				}
				columns := make([][]float64, len(r.Raw))
				for j := range columns {
					columns[j] = append([]float64(nil), r.Raw[j]...)
				}
				columns[x.Indicator][entry] = x.To
				spec, err := e.spec(v, r.Cities)
				if err != nil {
					t.Fatal(err)
				}
				m, err := scoring.Compile(spec, e.perHead(v, r.Cities, columns))
				if err != nil {
					t.Fatal(err)
				}
				got := m.NewResult()
				if err := m.Aggregate(got, nil, nil); err != nil {
					t.Fatal(err)
				}
				if got.Rank[entry] != x.Rank || x.Rank >= r.Rank[entry] {
					t.Errorf("%s %s to %v: rank %d, said %d", id, def.ID, x.To, got.Rank[entry], x.Rank)
				}
				if x.Whole && x.To-x.From > 1 { // one less does not do
					columns[x.Indicator][entry]--
					m, _ = scoring.Compile(spec, e.perHead(v, r.Cities, columns))
					got = m.NewResult()
					m.Aggregate(got, nil, nil)
					if got.Rank[entry] < r.Rank[entry] {
						t.Errorf("%s %s: %v would do", id, def.ID, x.To-1)
					}
				}
			}
			if last < 0 {
				t.Errorf("nothing moves %s up", id)
			}
		}
	}
}

func TestPlacingsAndNeighbours(t *testing.T) {
	e := explorer(t)
	r := e.Base()
	for _, entry := range []int{r.Order[0], r.Order[50]} {
		placings := Placings(r, entry)
		for _, p := range placings {
			above, same := 0, 0
			for i, x := range r.Raw[p.Indicator] {
				if x > r.Raw[p.Indicator][entry] {
					above++
				}
				if x == r.Raw[p.Indicator][entry] && i != entry {
					same++
				}
			}
			if p.Rank != above+1 || p.Tied != same {
				t.Errorf("%s: place %d (%d tied), counted %d (%d)", e.Data.Indicators[p.Indicator].ID, p.Rank, p.Tied, above+1, same)
			}
		}
		near := Similar(r, entry, 5)
		if len(near) != 5 {
			t.Fatalf("%d neighbours", len(near))
		}
		for k, n := range near {
			if n.Entry == entry || n.Distance <= 0 || k > 0 && n.Distance < near[k-1].Distance {
				t.Errorf("neighbour %+v", n)
			}
		}
	}
}

func TestCounterpartIsOneAboveAndForTheFirstOneBelow(t *testing.T) {
	r := explorer(t).Base()
	if got := Counterpart(r, r.Order[0]); got != r.Order[1] {
		t.Error("the first")
	}
	if got := Counterpart(r, r.Order[9]); got != r.Order[8] {
		t.Error("the tenth")
	}
}

func TestRankingsOfTheSameChoicesAreTheSame(t *testing.T) {
	e := explorer(t)
	v := view.Default()
	v.Selected, v.Against = "seoul", "tokyo"
	if !e.Rank(v).Same(e.Base()) {
		t.Error("a selection changed what is ranked")
	}
	v.Weights = v.Weights.With(0, 40)
	if e.Rank(v).Same(e.Base()) {
		t.Error("other weights are the same")
	}
}
