package model

import (
	"math"
	"math/rand/v2"
	"testing"

	"aicities/app/view"
	"aicities/data"
	"aicities/scoring"
)

func explorer(t testing.TB) *Explorer {
	t.Helper()
	ds, err := data.Open()
	if err != nil {
		t.Fatal(err)
	}
	return New(ds)
}

func TestDefaultViewRanksTheDefaultUniverse(t *testing.T) {
	e := explorer(t)
	r := e.Base()
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	if len(r.Cities) != 100 {
		t.Fatalf("%d cities", len(r.Cities))
	}
	for k, i := range r.Order {
		if r.Rank[i] == 0 {
			t.Errorf("%s is unranked", e.Data.Cities[r.Cities[i]].Name)
		}
		if testing.Verbose() && k < 20 {
			t.Logf("%2d %-16s %.1f  %v  %d", r.Rank[i], e.Data.Cities[r.Cities[i]].Name, r.Score[i], rounded(r.Pillar[i]), r.Initiatives[i])
		}
	}
}

func rounded(x [Pillars]float64) (out [Pillars]int) {
	for p, v := range x {
		out[p] = int(math.Round(v))
	}
	return out
}

// Whatever the view, parts add up to the score, ranks follow scores, and
// nothing that is not a number reaches a rank.
func TestEveryViewGivesAConsistentRanking(t *testing.T) {
	e := explorer(t)
	ids := []string{"seoul", "tokyo", "lagos", "paris", "new-york", "san-francisco", "austin"}
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		v := view.Random(r, ids)
		got := e.Rank(v)
		if got.Err != nil {
			continue
		}
		for k, i := range got.Order {
			if got.Rank[i] == 0 {
				continue
			}
			if scoring.IsMissing(got.Score[i]) || math.IsInf(got.Score[i], 0) {
				t.Fatalf("%s: rank %d with score %v", view.Format(v), got.Rank[i], got.Score[i])
			}
			sum := 0.0
			for _, x := range got.Part[i] {
				sum += x
			}
			if math.Abs(sum-got.Score[i]) > 1e-9*math.Max(1, math.Abs(got.Score[i])) && sum != 0 {
				t.Fatalf("%s: parts of %s add up to %v, the score is %v", view.Format(v), e.Data.Cities[got.Cities[i]].ID, sum, got.Score[i])
			}
			if k > 0 {
				if j := got.Order[k-1]; got.Rank[j] > got.Rank[i] || got.Rank[j] < got.Rank[i] && got.Score[j] < got.Score[i] {
					t.Fatalf("%s: ranks do not follow scores", view.Format(v))
				}
			}
		}
	}
}

func TestWeightsAloneDoNotRebuildTheModel(t *testing.T) {
	e := explorer(t)
	a := e.Rank(view.Default())
	v := view.Default()
	v.Weights = v.Weights.With(2, 60)
	if b := e.Rank(v); b.Model != a.Model {
		t.Error("the model was compiled again for a change of weights")
	}
	v.Lens.Sectors = []string{"health"}
	if b := e.Rank(v); b.Model == a.Model {
		t.Error("the lens did not reach the model")
	}
}

func TestALensMovesOnlyWhatIsMadeOfInitiatives(t *testing.T) {
	e := explorer(t)
	base := e.Base()
	v := view.Default()
	v.Lens.Sectors = []string{"health"}
	got := e.Rank(v)
	for j, def := range e.Data.Indicators {
		for i := range got.Cities {
			a, b := base.Raw[j][i], got.Raw[j][i]
			if def.Made == data.Measured && !(a == b || a != a && b != b) {
				t.Fatalf("%s of %s moved from %v to %v", def.ID, e.Data.Cities[got.Cities[i]].ID, a, b)
			}
			if def.Made == data.MadeOfInitiatives && b > a {
				t.Fatalf("%s grew under a lens", def.ID)
			}
		}
	}
}

func TestPartialSourcesCountOnlyWhenAsked(t *testing.T) {
	e := explorer(t)
	v := view.Default()
	v.Partial = true
	more, base := e.Rank(v), e.Base()
	sum := func(r *Ranking) (n int) {
		for _, k := range r.Initiatives {
			n += k
		}
		return n
	}
	if sum(more) <= sum(base) {
		t.Errorf("%d initiatives with partial sources, %d without", sum(more), sum(base))
	}
	if sum(more) < 5000 {
		t.Errorf("%d initiatives in the default universe", sum(more))
	}
}

func BenchmarkWeights(b *testing.B) {
	e := explorer(b)
	v := view.Default()
	e.Rank(v)
	for i := 0; b.Loop(); i++ {
		v.Weights = view.EqualWeights.With(i%Pillars, i%100)
		e.Rank(v)
	}
}

func BenchmarkLens(b *testing.B) {
	e := explorer(b)
	v := view.Default()
	sectors := e.Data.Sectors[1:]
	for i := 0; b.Loop(); i++ {
		v.Lens.Sectors = []string{sectors[i%len(sectors)]}
		e.Rank(v)
	}
}
