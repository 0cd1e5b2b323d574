package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"aicities/data"
)

// result is what a build makes of the facts.
type result struct {
	facts   *facts
	content *data.Content
	left    []leftOut
	joined  int
}

// build makes the content of a dataset from the folder of facts.
func build(dir string) (*result, error) {
	f, err := readFacts(dir)
	if err != nil {
		return nil, err
	}
	kept, left := f.placeRows()
	records, joined := f.joinDuplicates(kept)
	slices.SortStableFunc(records, compareRecords)
	figures, defs, err := f.figures()
	if err != nil {
		return nil, err
	}
	c := &data.Content{
		Edition: f.edition, Regions: f.regions, Countries: f.countries, Sources: f.sources, Sectors: f.sectors,
		Indicators: defs, Figures: figures, Rankings: f.rankings, Initiatives: records,
	}
	for _, x := range f.cities {
		c.Cities = append(c.Cities, x.City)
	}
	return &result{facts: f, content: c, left: left, joined: joined}, nil
}

// compareRecords puts records of cities before national ones and like beside
// like, which makes the file compress well.
func compareRecords(a, b data.Initiative) int {
	return cmp.Or(
		cmp.Compare(b2i(a.City < 0), b2i(b.City < 0)),
		cmp.Compare(a.Refs[0].Source, b.Refs[0].Source),
		cmp.Compare(a.City, b.City),
		cmp.Compare(a.Country, b.Country),
		cmp.Compare(a.Actor, b.Actor),
		cmp.Compare(a.Sector, b.Sector),
		strings.Compare(a.Summary, b.Summary),
		strings.Compare(a.Organisation, b.Organisation),
		strings.Compare(a.Name, b.Name),
		strings.Compare(a.Refs[0].URL, b.Refs[0].URL),
	)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// figures makes a value for every measured indicator and city: the figure, or
// what its absence means.
func (f *facts) figures() ([][]data.Figure, []data.IndicatorDef, error) {
	var defs []data.IndicatorDef
	out := make([][]data.Figure, len(f.indicators))
	for i, x := range f.indicators {
		defs = append(defs, x.IndicatorDef)
		if x.Made != data.Measured {
			continue
		}
		from, national := f.measured, false
		if x.National {
			from, national = f.national, true
		}
		byPlace := map[int]data.Figure{}
		for _, m := range from {
			if m.measure != x.measure {
				continue
			}
			if old, ok := byPlace[m.place]; !ok || old.Period < m.figure.Period {
				byPlace[m.place] = m.figure
			}
		}
		if len(byPlace) == 0 {
			return nil, nil, fmt.Errorf("indicators.csv: column measure: no figure has the measure %q of indicator %s", x.measure, x.ID)
		}
		out[i] = make([]data.Figure, len(f.cities))
		for c := range f.cities {
			place := c
			if national {
				place = f.cities[c].Country
			}
			absent := data.Figure{Value: math.NaN(), Source: -1}
			if x.zero {
				absent.Value = 0
			}
			if x.missing[f.cities[c].Country] {
				absent.Value = math.NaN()
				out[i][c] = absent
			} else if fig, ok := byPlace[place]; ok {
				out[i][c] = fig
			} else {
				out[i][c] = absent
			}
		}
	}
	return out, defs, nil
}
