package model

import (
	"testing"

	"aicities/app/view"
	"aicities/data"
)

func TestAreasShareOutTheRanking(t *testing.T) {
	e := explorer(t)
	health := view.Default()
	health.Lens.Sectors = []string{"health"}
	partial := view.Default()
	partial.Partial = true
	for _, v := range []view.View{view.Default(), health, partial} {
		r := e.Rank(v)
		want := 0
		for _, n := range r.Initiatives {
			want += n
		}
		for _, areas := range [][]Area{e.Regions(r), e.CountryAreas(r)} {
			var cities, initiatives int
			var top [len(Tops)]int
			for _, a := range areas {
				cities += len(a.Entries)
				initiatives += a.Initiatives
				dated := a.Between(Years[0], Years[len(Years)-1])
				if dated+a.Earlier+a.Undated != a.Initiatives {
					t.Errorf("%s: %d dated, %d earlier and %d undated of %d", e.AreaName(&a), dated, a.Earlier, a.Undated, a.Initiatives)
				}
				for k, n := range a.Top {
					top[k] += n
				}
				if a.First < 0 || a.Best != r.Score[a.First] || a.Median > a.Best {
					t.Errorf("%s: best %v of entry %d, median %v", e.AreaName(&a), a.Best, a.First, a.Median)
				}
			}
			if cities != len(r.Cities) || initiatives != want {
				t.Errorf("%d cities with %d initiatives, want %d with %d", cities, initiatives, len(r.Cities), want)
			}
			for k, n := range top {
				ranked := 0
				for _, rank := range r.Rank {
					if rank > 0 && rank <= Tops[k] {
						ranked++
					}
				}
				if n != ranked {
					t.Errorf("%d cities in the top %d, want %d", n, Tops[k], ranked)
				}
			}
		}
	}
}

func TestYearsOfAreasAreThoseOfTheRecords(t *testing.T) {
	e := explorer(t)
	r := e.Base()
	match := e.Data.Match(data.Lens{})
	want := 0
	for _, c := range r.Cities {
		for _, row := range e.Data.RowsOfCity(c) {
			if match.Has(int(row)) && e.Data.YearOf(int(row)) == 2025 {
				want++
			}
		}
	}
	got := 0
	for _, a := range e.Regions(r) {
		got += a.Between(2025, 2025)
	}
	if got != want {
		t.Errorf("%d initiatives of 2025, want %d", got, want)
	}
}

func TestSectorsAreCountedLikeTheRanking(t *testing.T) {
	e := explorer(t)
	r := e.Base()
	counts := map[string]int{}
	for _, s := range e.Sectors(r) {
		counts[e.Data.Sectors[s.Sector]] = s.Initiatives
	}
	for _, id := range []string{"health", "education", "transport"} {
		v := view.Default()
		v.Lens.Sectors = []string{id}
		want := 0
		for _, n := range e.Rank(v).Initiatives {
			want += n
		}
		if counts[id] != want {
			t.Errorf("%s: %d initiatives, the lens lets %d pass", id, counts[id], want)
		}
	}
}

func TestActivityAgreesWithTheRegions(t *testing.T) {
	e := explorer(t)
	v := view.Default()
	for _, partial := range []bool{false, true} {
		v.Partial = partial
		a, r := e.Activity(partial), e.Rank(v)
		for name, block := range map[string]Block{"North America": a.NorthAmerica, "Europe": a.Europe, "Middle East": a.MiddleEast} {
			for _, area := range e.Regions(r) {
				if e.AreaName(&area) == name && (area.Tally != block.Tally || len(area.Entries) != block.Cities) {
					t.Errorf("%s: %+v, want %+v", name, block, area.Tally)
				}
			}
		}
		for _, area := range e.CountryAreas(r) {
			if e.AreaName(&area) == "China" && area.Tally != a.China.Tally {
				t.Errorf("China: %+v, want %+v", a.China, area.Tally)
			}
		}
		if a.All.Cities != 100 || a.All.Initiatives <= a.NorthAmerica.Initiatives+a.Europe.Initiatives+a.China.Initiatives {
			t.Errorf("in all %+v", a.All)
		}
	}
}
