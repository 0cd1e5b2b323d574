package model

import (
	"cmp"
	"slices"
	"testing"

	"aicities/app/view"
	"aicities/data"
	"aicities/scoring"
)

func TestLeavingOutASourceIsTheRankingWithoutIt(t *testing.T) {
	e := explorer(t)
	r := e.Base()
	l := e.NewLeaveOut(r)
	l.Finish()
	if l.Err != nil {
		t.Fatal(l.Err)
	}
	if len(l.Without) < 10 {
		t.Fatalf("only %d sources can be left out", len(l.Without))
	}
	if !slices.IsSortedFunc(l.Without, func(a, b Without) int { return cmp.Compare(b.Shift, a.Shift) }) {
		t.Error("the sources are not in order of what they move")
	}
	for _, w := range l.Without {
		if d := &e.Data.Sources[w.Source]; d.Coverage == data.Partial {
			t.Errorf("%s is partial and does not count, yet it is left out", d.ID)
		}
	}
	// Of two sources that a lens names, leaving one out is the lens with the other.
	two, one := view.Default(), view.Default()
	two.Lens.Sources, one.Lens.Sources = []string{"ai_company_sites", "pages2"}, []string{"ai_company_sites"}
	fewer := e.NewLeaveOut(e.Rank(two))
	fewer.Finish()
	pages, _ := e.Data.SourceByID("pages2")
	if at := slices.IndexFunc(fewer.Without, func(w Without) bool { return w.Source == pages }); at < 0 || !slices.Equal(fewer.Without[at].Rank, e.Rank(one).Rank) {
		t.Errorf("without pages2: the ranks are not those of the lens without it (%d)", at)
	}
	// A source of an indicator: the ranking with weight 0 for it.
	k, _ := e.Data.SourceByID("top500_2025_06")
	j, _ := e.Data.IndicatorByID("dc_supercomputing")
	at := slices.IndexFunc(l.Without, func(w Without) bool { return w.Source == k })
	if at < 0 || !slices.Contains(l.Without[at].Indicators, j) {
		t.Fatalf("TOP500 is not left out with its indicator: %v", l.Without)
	}
	if w := l.Without[at]; w.Places != r.Rank[w.Most]-w.Rank[w.Most] || w.Shift <= 0 {
		t.Errorf("%+v", w)
	}
}

func TestAViewWithoutARankingCannotBeLeftOut(t *testing.T) {
	e := explorer(t)
	v := view.Default()
	v.Universe = view.Universe{Kind: "own"}
	if r := e.Rank(v); r.Err != nil {
		if l := e.NewLeaveOut(r); l.Err == nil || !l.Done() {
			t.Error("a ranking that failed has nothing to leave out")
		}
	}
}

func TestSpreadsAddUp(t *testing.T) {
	e := explorer(t)
	sources := e.Data.Facets(data.Lens{Partial: true}).Source
	for _, s := range e.Spreads() {
		sum := 0
		for _, p := range s.Countries {
			sum += p.Records
		}
		if sum != s.Records || s.Records != sources[s.Source] {
			t.Errorf("%s: %d records, %d in countries, %d in the facets", e.Data.Sources[s.Source].ID, s.Records, sum, sources[s.Source])
		}
	}
}

func TestRecordsAndScoreIsACorrelation(t *testing.T) {
	if x := explorer(t).Base().RecordsAndScore(); scoring.IsMissing(x) || x < -1 || x > 1 {
		t.Errorf("correlation %v", x)
	}
}

// largestShare is how much of a default indicator of a region one source may
// give. Beyond three quarters the indicator would be that source's picture of the
// region, with its bias. City initiatives of governments are the exception: only
// single pages know them, in two sources that the project gathered page by page
// (pages, pages2), so that no publisher stands behind such a share. Where a
// region has fewer than 20 records any source can be most of them; such cities
// are graded thin.
const (
	largestShare      = 0.75
	largestShareOfGov = 0.95
	enoughRecords     = 20
)

func TestNoSourceIsARegionsPicture(t *testing.T) {
	e := explorer(t)
	d := e.Data
	match := d.Match(data.Lens{})
	checked := 0
	for _, def := range d.Indicators {
		if def.Made != data.MadeOfInitiatives || def.Coverage != data.Global {
			continue
		}
		for region, name := range d.Regions {
			records, of := 0, make([]int, len(d.Sources))
			for _, c := range d.DefaultUniverse() {
				if d.Region(c) != region {
					continue
				}
				for _, row := range d.RowsOfCity(c) {
					counted := false
					for _, k := range d.SourcesOf(int(row)) {
						if d.ActorOf(int(row)) == def.Actor && match.Has(int(row)) && d.Sources[k].Coverage == data.Global && !slices.Contains(def.NotSources, k) {
							of[k]++
							counted = true
						}
					}
					if counted {
						records++
					}
				}
			}
			if records < enoughRecords {
				continue
			}
			checked++
			limit := largestShare
			if def.ID == "gov_city" {
				limit = largestShareOfGov
			}
			for k, n := range of {
				if share := float64(n) / float64(records); share > limit {
					t.Errorf("%s in %s: %.0f %% of %d records are of %s, at most %.0f %% may be", def.ID, name, 100*share, records, d.Sources[k].ID, 100*limit)
				}
			}
		}
	}
	if checked < 15 {
		t.Errorf("only %d indicators of regions have enough records to be checked", checked)
	}
}
