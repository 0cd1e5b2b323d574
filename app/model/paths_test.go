package model

import (
	"math"
	"strings"
	"testing"

	"aicities/app/view"
)

// A path says the same as ranking anew with that weight.
func TestRankPathsAgreeWithRankingAnew(t *testing.T) {
	e := explorer(t)
	for _, query := range []string{"", "w=3.1.1.2.1.1", "over=geometric", "sector=health&norm=rank", "over=topsis", "over=copeland&w=1.2.3.4.5.6"} {
		v, problems := view.Parse(query, e.Vocabulary())
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		for _, pillar := range []int{0, 2, 5} {
			r := e.Rank(v)
			paths := e.NewWeightPaths(r, pillar, []int{r.Order[4], r.Order[0], r.Order[30]})
			paths.Finish()
			if paths.Err != nil {
				t.Fatal(paths.Err)
			}
			if strings.Contains(query, "over=") != !paths.Exact && query != "over=geometric" {
				t.Errorf("%q: exact is %v", query, paths.Exact)
			}
			for _, percent := range []int{1, 20, 55, 99} { // at the very ends cities may tie that differ everywhere else
				w := v
				w.Weights = v.Weights.With(pillar, percent)
				anew := e.Rank(w)
				for k, entry := range paths.Entries {
					near := false
					for _, s := range paths.Paths[k].Segments {
						near = near || math.Abs(s.From-float64(percent)/100) < 0.002 // weights in links are whole numbers
					}
					if got := paths.Paths[k].At(float64(percent) / 100); got != anew.Rank[entry] && !near {
						t.Errorf("%q: pillar %d at %d %%: rank %d, the path says %d", query, pillar, percent, anew.Rank[entry], got)
					}
				}
				// Whom the main entry has crossed up to here is on the other side.
				above := map[int]bool{}
				for _, c := range paths.Paths[0].Crossings {
					if c.Weight < float64(percent)/100-0.002 {
						above[c.Unit] = c.Up
					} else if math.Abs(c.Weight-float64(percent)/100) <= 0.006 {
						delete(above, c.Unit)
					}
				}
				main := paths.Entries[0]
				for i, up := range above {
					if anew.Rank[i] != anew.Rank[main] && anew.Rank[main] < anew.Rank[i] != up {
						t.Errorf("%q: pillar %d at %d %%: the crossing with %s is on the wrong side", query, pillar, percent, e.Data.Cities[r.Cities[i]].Name)
					}
				}
			}
		}
	}
}

func TestPresetRanksAreThoseOfThePresets(t *testing.T) {
	e := explorer(t)
	v := view.Default()
	v.Lens.Sectors = []string{"health"}
	for _, indicators := range []map[string]int{nil, {"uni_papers": 90}, {"uni_papers": 0, "net_ixps": 50}} {
		v.Indicators = indicators
		ranks := e.PresetRanks(e.Rank(v))
		for k, p := range view.Presets {
			v.Weights = p.Weights
			for i, want := range e.Rank(v).Rank {
				if ranks[k][i] != want {
					t.Fatalf("%s with %v: entry %d has rank %d, the preset gives %d", p.ID, indicators, i, ranks[k][i], want)
				}
			}
		}
	}
}

func BenchmarkWeightPaths(b *testing.B) {
	for _, over := range []string{"", "geometric", "copeland", "topsis"} {
		b.Run(over, func(b *testing.B) {
			e := explorer(b)
			v := view.Default()
			v.Over = over
			r := e.Rank(v)
			for b.Loop() {
				e.NewWeightPaths(r, 2, r.Order[:9]).Finish()
			}
		})
	}
}
