package page

import (
	"math"
	"slices"
	"strconv"

	"aicities/app/chart"
	"aicities/app/model"
	"aicities/data"
)

// What can be taken away of a city's page.

func init() {
	sheets["city-pillars"] = (*Session).cityPillarSheet
	sheets["city-indicators"] = (*Session).cityIndicatorSheet
	sheets["city-records"] = (*Session).cityRecordSheet
	sheets["city-years"] = (*Session).cityYearSheet
	sheets["city-sectors"] = (*Session).citySectorSheet
	sheets["city-rises"] = (*Session).cityRiseSheet
	pictures["city-pillars"] = func(s *Session) picture { return picture{drawing: s.cityPillarChart()} }
	pictures["city-years"] = func(s *Session) picture {
		return picture{drawing: s.cityYearChart(), sources: s.cityRecordSheet().sources}
	}
	pictures["city-sectors"] = func(s *Session) picture {
		return picture{drawing: s.citySectorChart(), sources: s.cityRecordSheet().sources}
	}
	sheets["difference"] = (*Session).differenceSheet
	pictures["difference"] = func(s *Session) picture { return picture{drawing: s.differenceChart()} }
}

// cityHere returns the city of the page, its entry (-1 where it is not ranked
// here) and name.
func (s *Session) cityHere() (c, entry int, name string) {
	c, _ = s.city()
	entry, ok := s.Ranking.Entry(c)
	if !ok {
		entry = -1
	}
	return c, entry, s.data().Cities[c].Name
}

func (s *Session) cityPillarSheet() sheet {
	_, i, name := s.cityHere()
	t := sheet{title: "Pillars of " + name, columns: []string{"pillar", "score", "place", "median", "best", "best_city", "evidence", "records", "figures", "sources", "missing"}}
	if i < 0 {
		return t
	}
	for p := range pillarNames {
		best, city := math.NaN(), ""
		if b := model.PillarBest(s.Ranking, p); b >= 0 {
			best, city = s.Ranking.Pillar[b][p], s.cityOf(b).ID
		}
		e := s.evidence()[i][p]
		t.rows = append(t.rows, []any{s.pillarID(p), s.Ranking.Pillar[i][p], place(model.PillarRank(s.Ranking, i, p)), model.PillarMedian(s.Ranking, p), best, city,
			e.Grade.String(), e.Records, e.Figures, e.Sources, e.Missing})
	}
	return t
}

func (s *Session) cityPillarChart() *chart.Drawing {
	_, i, name := s.cityHere()
	var bars []chart.Bar
	words := ""
	if i >= 0 {
		for p, pillar := range pillarNames {
			x := s.Ranking.Pillar[i][p]
			bars = append(bars, chart.Bar{Name: pillar, Value: x, Class: pillarClass(p)})
			words += pillar + " " + score(x) + ", median " + score(model.PillarMedian(s.Ranking, p)) + ". "
		}
	}
	return chart.Diverging(chart.Frame{Title: "Where does " + name + " stand in each pillar?", Subtitle: "Score of each pillar, 0 to 100", Desc: words},
		chart.Axis{Label: "score", Format: score}, bars, wideChart)
}

func (s *Session) cityIndicatorSheet() sheet {
	c, i, name := s.cityHere()
	d := s.data()
	t := sheet{title: "Indicators of " + name, columns: []string{"indicator", "title", "pillar", "value", "unit", "period", "normalised", "level", "coverage", "source", "link"}}
	columns := s.indicatorColumns(c)
	used := make([]bool, len(d.Sources))
	for j := range d.Indicators {
		def := &d.Indicators[j]
		f := d.Figure(j, c)
		period, source, link, level := f.Period, "", "", "city"
		if def.Made != data.Measured {
			period = s.lensYears()
		} else if f.Source >= 0 {
			source, link = d.Sources[f.Source].ID, f.URL
			used[f.Source] = true
		}
		if def.National {
			level = "national"
		}
		normalised := math.NaN()
		if i >= 0 && s.Ranking.Err == nil && !s.Ranking.Model.NoValue[j] {
			normalised = s.Ranking.Model.Normalised.At(i, j)
		}
		t.rows = append(t.rows, []any{def.ID, def.Title, def.Pillar.String(), columns[j][0], def.Unit, period, normalised, level, def.Coverage.String(), source, link})
	}
	t.sources = usedSources(used)
	for _, k := range s.cityRecordSheet().sources {
		if !used[k] {
			t.sources = append(t.sources, k)
		}
	}
	return t
}

func usedSources(used []bool) []int {
	out := []int{}
	for k, is := range used {
		if is {
			out = append(out, k)
		}
	}
	return out
}

func (s *Session) cityRecordSheet() sheet {
	c, _, name := s.cityHere()
	d := s.data()
	rows, _ := s.cityRows(c)
	return sheet{title: "Initiatives of " + name, columns: recordColumns, sources: s.sourcesOf(len(rows), func(i int) int { return rows[i] }), n: len(rows),
		row: func(i int) []any { return recordCells(d, rows[i]) }}
}

// sourcesOf lists the sources that name one of n records.
func (s *Session) sourcesOf(n int, row func(i int) int) []int {
	used := make([]bool, len(s.data().Sources))
	for i := range n {
		for _, k := range s.data().SourcesOf(row(i)) {
			used[k] = true
		}
	}
	return usedSources(used)
}

// countRows counts records by first year, sector and actor.
func (s *Session) countRows(rows []int) (years map[int]int, sectors []int, actors [data.NumActors]int) {
	d := s.data()
	years, sectors = map[int]int{}, make([]int, len(d.Sectors))
	for _, row := range rows {
		years[d.YearOf(row)]++
		sectors[d.SectorOf(row)]++
		actors[d.ActorOf(row)]++
	}
	return years, sectors, actors
}

func (s *Session) cityYearSheet() sheet {
	c, _, name := s.cityHere()
	rows, _ := s.cityRows(c)
	years, _, _ := s.countRows(rows)
	t := sheet{title: "Initiatives of " + name + " by first year", columns: []string{"year", "initiatives"}, sources: s.sourcesOf(len(rows), func(i int) int { return rows[i] })}
	for _, y := range s.data().Years() {
		if n := years[y]; n > 0 && y > 0 {
			t.rows = append(t.rows, []any{y, n})
		}
	}
	if n := years[0]; n > 0 {
		t.rows = append(t.rows, []any{math.NaN(), n})
	}
	return t
}

func (s *Session) cityYearChart() *chart.Drawing {
	c, _, name := s.cityHere()
	rows, _ := s.cityRows(c)
	years, _, _ := s.countRows(rows)
	last := firstYear
	for y := range years {
		last = max(last, y)
	}
	var columns []string
	var values []float64
	for y := firstYear; y <= last; y++ {
		columns = append(columns, strconv.Itoa(y))
		values = append(values, float64(years[y]))
	}
	return chart.Stacked(chart.Frame{Title: "When did the initiatives of " + name + " start?", Subtitle: "Records by first year; " + count(years[0]) + " of unknown year are not drawn",
		Desc: "The number of records per first year, from " + strconv.Itoa(firstYear) + " to " + strconv.Itoa(last) + "."},
		chart.Axis{Label: "initiatives", Format: figure}, columns, []chart.Series{{Name: "initiatives", Class: "neutral", Values: values}}, wideChart)
}

// sectorsByCount lists the sectors that have records, the most common first.
func sectorsByCount(sectors []int) []int {
	var order []int
	for k, n := range sectors {
		if n > 0 {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return sectors[b] - sectors[a] })
	return order
}

func (s *Session) citySectorSheet() sheet {
	c, _, name := s.cityHere()
	rows, _ := s.cityRows(c)
	_, sectors, _ := s.countRows(rows)
	t := sheet{title: "Initiatives of " + name + " by sector", columns: []string{"sector", "initiatives"}, sources: s.sourcesOf(len(rows), func(i int) int { return rows[i] })}
	for _, k := range sectorsByCount(sectors) {
		t.rows = append(t.rows, []any{s.data().Sectors[k], sectors[k]})
	}
	return t
}

func (s *Session) citySectorChart() *chart.Drawing {
	c, _, name := s.cityHere()
	rows, _ := s.cityRows(c)
	_, sectors, _ := s.countRows(rows)
	var bars []chart.Bar
	for _, k := range sectorsByCount(sectors) {
		bars = append(bars, chart.Bar{Name: sectorName(s.data().Sectors[k]), Value: float64(sectors[k]), Class: "neutral"})
	}
	return chart.Diverging(chart.Frame{Title: "What are the initiatives of " + name + " for?", Subtitle: "Records by sector", Desc: plural(len(bars), "sector", "sectors") + ", the most common first."},
		chart.Axis{Label: "initiatives", Format: figure}, bars, wideChart)
}

// cityRiseSheet is what would move the city up; it has no rows while that is
// being computed.
func (s *Session) cityRiseSheet() sheet {
	_, i, name := s.cityHere()
	t := sheet{title: "What would move " + name + " up", columns: []string{"indicator", "title", "now", "needed", "unit", "then_rank", "beyond_best"}}
	if i < 0 || s.Ranking.Rank[i] == 0 {
		return t
	}
	c := s.climbOf(i)
	if !c.Done() {
		return t
	}
	for _, x := range c.Rises {
		def := &s.data().Indicators[x.Indicator]
		t.rows = append(t.rows, []any{def.ID, def.Title, x.From, x.To, def.Unit, place(x.Rank), x.Beyond})
	}
	return t
}

// pairHere is the difference that the page shows: on a city's page that with the
// city chosen there, else that of the compared pair; nil where there is none.
func (s *Session) pairHere() *model.Pair {
	if _, ok := s.city(); ok {
		if _, i, _ := s.cityHere(); i >= 0 && s.Ranking.Rank[i] > 0 {
			if b := s.against(i); b >= 0 {
				return s.pairOf(i, b)
			}
		}
		return nil
	}
	ranked := slices.DeleteFunc(s.compared(), func(c compared) bool { return c.entry < 0 })
	if len(ranked) < 2 {
		return nil
	}
	a, b := s.comparedPair(ranked)
	return s.pairOf(a.entry, b.entry)
}

func (s *Session) pairTitle(p *model.Pair) string {
	return s.cityOf(p.A).Name + " against " + s.cityOf(p.B).Name + ": what the difference is made of"
}

func (s *Session) differenceSheet() sheet {
	t := sheet{title: "Difference of two cities", columns: []string{"level", "id", "title", "pillar", "points", "value_first", "value_second", "unit"}}
	p := s.pairHere()
	if p == nil || p.Err != nil {
		return t
	}
	t.title = s.pairTitle(p)
	r := s.Ranking
	for k, name := range pillarNames {
		t.rows = append(t.rows, []any{"pillar", s.pillarID(k), name, s.pillarID(k), p.Pillar[k], r.Pillar[p.A][k], r.Pillar[p.B][k], "score"})
	}
	for j, def := range s.data().Indicators {
		if p.Done() && !r.Model.NoValue[j] {
			t.rows = append(t.rows, []any{"indicator", def.ID, def.Title, def.Pillar.String(), p.Indicator[j], r.Raw[j][p.A], r.Raw[j][p.B], def.Unit})
		}
	}
	return t
}

func (s *Session) differenceChart() *chart.Drawing {
	p := s.pairHere()
	f := chart.Frame{Title: "No two ranked cities are compared"}
	var bars []chart.Bar
	if p != nil && p.Err == nil {
		f.Title = "What makes " + s.cityOf(p.A).Name + " and " + s.cityOf(p.B).Name + " differ?"
		f.Subtitle = "Points that each pillar gives to the difference of " + signedTenths(shownTenths(s.Ranking.Score[p.A])-shownTenths(s.Ranking.Score[p.B])) + "; to the right where " + s.cityOf(p.A).Name + " is ahead"
		// As on the page: in tenths that add up to the difference of the shown scores.
		shown := addUp(p.Pillar[:], shownTenths(s.Ranking.Score[p.A])-shownTenths(s.Ranking.Score[p.B]))
		for k, name := range pillarNames {
			bars = append(bars, chart.Bar{Name: name, Value: float64(shown[k]) / 10, Class: pillarClass(k)})
			f.Desc += name + " " + signedTenths(shown[k]) + ". "
		}
	}
	return chart.Diverging(f, chart.Axis{Label: "points", Format: func(x float64) string { return signedTenths(shownTenths(x)) }}, bars, wideChart)
}
