package model

import (
	"cmp"
	"slices"

	"aicities/data"
	"aicities/scoring"
)

// Tops are the ends of the ranking that shares are told of.
var Tops = [...]int{10, 20, 50}

// Area is a region or a country as a ranking and its initiatives show it. Only
// cities of the ranking's universe count.
type Area struct {
	Region  int // index into Dataset.Regions
	Country int // index into Dataset.Countries; -1 for a region
	Entries []int
	Tally   // of the initiatives that pass the ranking's lens
	// People live in the area's cities; missing where one city's figure is.
	People float64
	// Median and Best are scores of the ranked cities, First the entry of the
	// best; missing and -1 where none is ranked.
	Median, Best float64
	First        int
	// Top counts the cities among the first 10, 20 and 50 (see Tops).
	Top [len(Tops)]int
}

// Tally counts initiatives by starting year.
type Tally struct {
	Initiatives int
	ByYear      [len(Years)]int // by index into Years
	Earlier     int             // from before the first of Years
	Undated     int
}

// add counts one initiative; year 0 is unknown. A year after the last is a
// plan's, which counts with the last.
func (t *Tally) add(year int) {
	t.Initiatives++
	switch {
	case year == 0:
		t.Undated++
	case year < Years[0]:
		t.Earlier++
	default:
		t.ByYear[min(year-Years[0], len(Years)-1)]++
	}
}

// Between counts the initiatives that started in the given years, both included.
func (t *Tally) Between(from, to int) int {
	n := 0
	for k, y := range Years {
		if y >= from && y <= to {
			n += t.ByYear[k]
		}
	}
	return n
}

// Years are the starting years that areas are compared by. The last is not
// over, so that its count is not one of a whole year.
var Years = [...]int{2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026}

// PerCity returns the area's initiatives per city.
func (a *Area) PerCity() float64 { return float64(a.Initiatives) / float64(len(a.Entries)) }

// Regions returns the regions of a ranking, the one with most initiatives first.
func (e *Explorer) Regions(r *Ranking) []Area {
	return e.areas(r, func(city int) (int, int) { return e.Data.Region(city), -1 })
}

// CountryAreas returns the countries of a ranking, the one with most
// initiatives first.
func (e *Explorer) CountryAreas(r *Ranking) []Area {
	return e.areas(r, func(city int) (int, int) { return e.Data.Region(city), e.Data.Cities[city].Country })
}

// areas groups the cities of a ranking.
func (e *Explorer) areas(r *Ranking, of func(city int) (region, country int)) []Area {
	d := e.Data
	var out []Area
	for i, c := range r.Cities {
		region, country := of(c)
		k := slices.IndexFunc(out, func(a Area) bool { return a.Region == region && a.Country == country })
		if k < 0 {
			k = len(out)
			out = append(out, Area{Region: region, Country: country, First: -1})
		}
		out[k].Entries = append(out[k].Entries, i)
	}
	match := d.Match(e.Lens(r.View))
	for k := range out {
		e.fillArea(&out[k], r, match)
	}
	slices.SortStableFunc(out, func(a, b Area) int {
		if c := cmp.Compare(b.Initiatives, a.Initiatives); c != 0 {
			return c
		}
		return cmp.Compare(e.AreaName(&a), e.AreaName(&b))
	})
	return out
}

func (e *Explorer) fillArea(a *Area, r *Ranking, match data.Bits) {
	d := e.Data
	var scores []float64
	for _, i := range a.Entries {
		c := r.Cities[i]
		a.People += d.Cities[c].Population
		for _, row := range d.RowsOfCity(c) {
			if !match.Has(int(row)) {
				continue
			}
			a.add(d.YearOf(int(row)))
		}
		if r.Rank[i] == 0 {
			continue
		}
		scores = append(scores, r.Score[i])
		if a.First < 0 || r.Rank[i] < r.Rank[a.First] {
			a.First = i
		}
		for k, top := range Tops {
			if r.Rank[i] <= top {
				a.Top[k]++
			}
		}
	}
	a.Median, a.Best = scoring.MedianOf(scores), scoring.Missing
	if a.First >= 0 {
		a.Best = r.Score[a.First]
	}
}

// AreaName returns the name of a region or country.
func (e *Explorer) AreaName(a *Area) string {
	if a.Country >= 0 {
		return e.Data.Countries[a.Country].Name
	}
	return e.Data.Regions[a.Region]
}

// YearCoverage is how many records of a ranking have a year, and how far that
// differs by region: a list that gives years for one region only would show a
// rise there.
type YearCoverage struct {
	Records, Dated int
	// Lowest and Highest are the shares of dated records by region.
	Lowest, Highest float64
}

// YearsKnown returns the YearCoverage over areas.
func YearsKnown(areas []Area) YearCoverage {
	c := YearCoverage{Lowest: 1}
	for _, a := range areas {
		c.Records += a.Initiatives
		c.Dated += a.Initiatives - a.Undated
		if a.Initiatives > 0 {
			share := 1 - float64(a.Undated)/float64(a.Initiatives)
			c.Lowest, c.Highest = min(c.Lowest, share), max(c.Highest, share)
		}
	}
	return c
}

// SectorCount is a sector with its number of initiatives.
type SectorCount struct{ Sector, Initiatives int }

// Sectors counts the initiatives of a ranking's cities by sector, the largest
// first; those whose sector is not stated come as sector 0.
func (e *Explorer) Sectors(r *Ranking) []SectorCount {
	return e.sectors(r.Cities, e.Data.Match(e.Lens(r.View)))
}

func (e *Explorer) sectors(cities []int, match data.Bits) []SectorCount {
	d := e.Data
	out := make([]SectorCount, len(d.Sectors))
	for k := range out {
		out[k].Sector = k
	}
	for _, c := range cities {
		for _, row := range d.RowsOfCity(c) {
			if match.Has(int(row)) {
				out[d.SectorOf(int(row))].Initiatives++
			}
		}
	}
	slices.SortStableFunc(out, func(a, b SectorCount) int { return cmp.Compare(b.Initiatives, a.Initiatives) })
	return out
}

// Block is a part of the world with its cities in the default universe.
type Block struct {
	Tally
	Cities int
}

// PerCity returns the block's initiatives per city, NaN where it has no city.
func (b *Block) PerCity() float64 { return float64(b.Initiatives) / float64(b.Cities) }

// Activity is what the claims of the published study are held against: the
// initiatives in the default universe, by part of the world and by sector.
type Activity struct {
	All, NorthAmerica, Europe, China, MiddleEast Block
	Sectors                                      []SectorCount // the largest first
}

// Activity counts the initiatives of global sources, or of all.
func (e *Explorer) Activity(partial bool) Activity {
	d := e.Data
	match := d.Match(data.Lens{Partial: partial})
	cities := d.DefaultUniverse()
	a := Activity{Sectors: e.sectors(cities, match)}
	for _, c := range cities {
		blocks := []*Block{&a.All}
		switch d.Regions[d.Region(c)] {
		case "North America":
			blocks = append(blocks, &a.NorthAmerica)
		case "Europe":
			blocks = append(blocks, &a.Europe)
		case "Middle East":
			blocks = append(blocks, &a.MiddleEast)
		}
		if d.Countries[d.Cities[c].Country].Code == "CN" {
			blocks = append(blocks, &a.China)
		}
		for _, b := range blocks {
			b.Cities++
		}
		for _, row := range d.RowsOfCity(c) {
			if match.Has(int(row)) {
				for _, b := range blocks {
					b.add(d.YearOf(int(row)))
				}
			}
		}
	}
	return a
}
