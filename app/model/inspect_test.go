package model

import (
	"math"
	"testing"

	"aicities/app/view"
	"aicities/scoring"
)

func TestEffectiveWeightsAreSharesOfTheIndex(t *testing.T) {
	e := explorer(t)
	v := view.Default()
	v.Weights = view.Weights{5, 1, 1, 1, 1, 1}
	for _, r := range []*Ranking{e.Base(), e.Rank(v)} {
		all := 0.0
		var pillar [Pillars]float64
		for _, x := range e.Inspect(r) {
			if r.Model.NoValue[x.Indicator] && x.Effective != 0 {
				t.Errorf("%s takes no part and has the effective weight %v", e.Data.Indicators[x.Indicator].ID, x.Effective)
			}
			all += x.Effective
			pillar[e.Data.Indicators[x.Indicator].Pillar] += x.Effective
		}
		if math.Abs(all-1) > 1e-12 {
			t.Errorf("effective weights add up to %v", all)
		}
		for p, share := range r.View.Weights.Shares() {
			if math.Abs(pillar[p]-share) > 1e-12 {
				t.Errorf("pillar %d: %v, want %v", p, pillar[p], share)
			}
		}
	}
}

func TestInspectionCountsWhatIsMissing(t *testing.T) {
	e := explorer(t)
	r := e.Base()
	for j, x := range e.Inspect(r) {
		missing := 0
		for _, v := range r.Raw[j] {
			if scoring.IsMissing(v) {
				missing++
			}
		}
		if math.Abs(x.Missing-float64(missing)/100) > 1e-12 {
			t.Errorf("%s: %v, want %d of 100", e.Data.Indicators[j].ID, x.Missing, missing)
		}
	}
}

func TestCorrelationsOfPillarsAreSymmetric(t *testing.T) {
	c := explorer(t).Base().Correlations()
	for i := range Pillars + 1 {
		if math.Abs(c.At(i, i)-1) > 1e-12 {
			t.Errorf("%d with itself: %v", i, c.At(i, i))
		}
		for j := range i {
			if c.At(i, j) != c.At(j, i) || c.At(i, j) < -1 || c.At(i, j) > 1 {
				t.Errorf("%d with %d: %v and %v", i, j, c.At(i, j), c.At(j, i))
			}
		}
	}
}

func TestSensitivityIsAboutEveryAssumptionThatVaries(t *testing.T) {
	e := explorer(t)
	s := e.NewSensitivity(e.Base())
	s.Finish()
	if s.Err != nil {
		t.Fatal(s.Err)
	}
	if s.Result.Rows != sensitivityRows || len(s.Result.Indices) != factors {
		t.Fatalf("%d rows of %d assumptions", s.Result.Rows, len(s.Result.Indices))
	}
	for _, x := range s.Result.Indices {
		for _, y := range []scoring.Estimate{x.First, x.Total} {
			if !(y.Low <= y.High && y.Value > -0.2 && y.Value < 1.2) {
				t.Errorf("%v: %+v", x.Factor, y)
			}
		}
	}
	again := e.NewSensitivity(e.Base())
	again.Finish()
	if again.Result.Mean != s.Result.Mean || again.Result.Indices[0] != s.Result.Indices[0] {
		t.Error("the same view gives other figures")
	}
}
