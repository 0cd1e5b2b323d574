package page

import (
	"strings"
	"testing"
)

func TestRegionsShowWhatTheModelCounts(t *testing.T) {
	for _, query := range []string{"", "partial=1", "sector=health", "from=2023&to=2025"} {
		s := session(t, "/regions")
		s.Open("/regions", query)
		table := sectionOf(t, s, "regions-table")
		for _, a := range s.Explorer.Regions(s.Ranking) {
			_, row, found := strings.Cut(table, `data-area="`+s.Explorer.AreaName(&a)+`"`)
			row, _, _ = strings.Cut(row, "</tr>")
			if !found || !strings.Contains(row, ">"+count(a.Initiatives)+"<") || !strings.Contains(row, ">"+score(a.Median)+"<") {
				t.Errorf("%q: %s: %s", query, s.Explorer.AreaName(&a), row)
			}
		}
	}
}

// The claims are about the default universe and all initiatives, so that a
// visitor's filter cannot turn a verdict.
func TestClaimsDoNotDependOnTheView(t *testing.T) {
	s := session(t, "/regions")
	base := s.claims()
	s.Open("/regions", "sector=health&w=5.1.1.1.1.1&cities=region&region=Europe")
	for k, c := range s.claims() {
		if c.words != base[k].words || c.verdict != base[k].verdict {
			t.Errorf("%s: %s\n%s", c.id, c.words, base[k].words)
		}
	}
}

func TestVerdictsFollowFromTheFigures(t *testing.T) {
	s := session(t, "/regions")
	a, b := s.Explorer.Activity(false), s.Explorer.Activity(true)
	verdicts := map[string]verdict{}
	for _, c := range s.claims() {
		verdicts[c.id] = c.verdict
		if len(c.links) == 0 || c.words == "" || c.statement == "" {
			t.Errorf("%s: %+v", c.id, c)
		}
	}
	if got := verdicts["total"] == holds; got != (a.All.Initiatives > 5000) {
		t.Errorf("total: %v with %d", verdicts["total"], a.All.Initiatives)
	}
	half := func(x float64) bool { return x >= 0.4 && x <= 0.6 }
	inAll, perCity := ratio(a.Europe.Initiatives, a.NorthAmerica.Initiatives), a.Europe.PerCity()/a.NorthAmerica.PerCity()
	if got := verdicts["europe"]; (got == holds) != (half(inAll) && half(perCity)) || (got == no) != (!half(inAll) && !half(perCity)) {
		t.Errorf("Europe: %v with %v and %v", got, inAll, perCity)
	}
	closes := rate(&a.China, &a.NorthAmerica, lateFrom, lateTo) > rate(&a.China, &a.NorthAmerica, earlyFrom, earlyTo)
	closesToo := rate(&b.China, &b.NorthAmerica, lateFrom, lateTo) > rate(&b.China, &b.NorthAmerica, earlyFrom, earlyTo)
	if got := verdicts["china"]; (got == holds) != (closes && closesToo) || (got == no) != !closes {
		t.Errorf("China: %v with %v and %v", got, closes, closesToo)
	}
}

func TestGrowthSharesOfAllRegionsAddUp(t *testing.T) {
	s := session(t, "/regions")
	regions := s.Explorer.Regions(s.Ranking)
	early, gains := 0.0, 0.0
	for k := range regions {
		early += periodShare(&regions[k], regions, earlyFrom, earlyTo)
		gains += gain(&regions[k], regions)
	}
	if early < 1-1e-9 || early > 1+1e-9 || gains > 1e-9 || gains < -1e-9 {
		t.Errorf("shares add up to %v, gains to %v", early, gains)
	}
}
