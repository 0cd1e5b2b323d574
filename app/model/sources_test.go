package model

import (
	"slices"
	"testing"

	"aicities/app/view"
	"aicities/data"
)

func TestARankingRestsOnTheSourcesOfItsIndicators(t *testing.T) {
	e := explorer(t)
	all := e.Sources(e.Base())
	if len(all) < 10 || !slices.IsSorted(all) {
		t.Fatalf("the default ranking rests on the sources %v", all)
	}
	for _, k := range all {
		if s := e.Data.Sources[k]; s.Title == "" || s.Licence == "" {
			t.Errorf("%s has no title or licence", s.ID)
		}
	}
	for j, def := range e.Data.Indicators {
		for _, k := range e.IndicatorSources(e.Base(), j) {
			if !slices.Contains(all, k) && !e.Base().Model.NoValue[j] {
				t.Errorf("%s: its source %s is not among the ranking's", def.ID, e.Data.Sources[k].ID)
			}
			if slices.Contains(def.NotSources, k) {
				t.Errorf("%s names a source whose records it does not count", def.ID)
			}
		}
	}
}

func TestALensOnOneSourceLeavesNoOtherBehindTheCounts(t *testing.T) {
	e := explorer(t)
	j, ok := e.Data.IndicatorByID("startup_companies")
	if !ok || e.Data.Indicators[j].Made != data.MadeOfInitiatives {
		t.Fatal("the indicator of start-ups is gone")
	}
	v := view.Default()
	of := e.IndicatorSources(e.Rank(v), j)
	if len(of) < 2 {
		t.Fatalf("start-ups come from %d sources", len(of))
	}
	v.Lens.Text = "no record says these words"
	if left := e.IndicatorSources(e.Rank(v), j); len(left) > 0 {
		t.Errorf("no record passes, yet %v stand behind the count", left)
	}
}
