package page

import (
	"math"

	"aicities/app/chart"
)

// What can be taken away of the comparison and of the ranking's bars.

func init() {
	sheets["compare"] = (*Session).compareSheet
	sheets["chances"] = (*Session).chanceSheet
	pictures["ranking"] = func(s *Session) picture { return picture{drawing: s.rankingChart(s.shownOrder())} }
	pictures["compare"] = func(s *Session) picture {
		var entries []int
		for _, i := range s.Ranking.Order {
			for _, c := range s.compared() {
				if c.entry == i {
					entries = append(entries, i)
				}
			}
		}
		return picture{drawing: s.rankingChart(entries)}
	}
}

// compareSheet has a row for each line of the table and a column for each city.
func (s *Session) compareSheet() sheet {
	d, r, list := s.data(), s.Ranking, s.compared()
	t := sheet{title: s.Title(), columns: []string{"level", "id", "title", "unit"}}
	cities := make([]int, len(list))
	for k, c := range list {
		cities[k] = c.city
		t.columns = append(t.columns, d.Cities[c.city].ID)
	}
	row := func(level, id, title, unit string, value func(k int) float64) {
		cells := []any{level, id, title, unit}
		for k := range list {
			cells = append(cells, value(k))
		}
		t.rows = append(t.rows, cells)
	}
	ranked := func(value func(i int) float64) func(k int) float64 {
		return func(k int) float64 {
			if i := list[k].entry; i >= 0 {
				return value(i)
			}
			return math.NaN()
		}
	}
	row("index", "rank", "Place", "", ranked(func(i int) float64 { return place(r.Rank[i]) }))
	if c := s.sure(); c != nil {
		row("index", "rank_low", "Likely place, from", "", ranked(func(i int) float64 { return float64(c.Intervals[i].Low) }))
		row("index", "rank_high", "Likely place, to", "", ranked(func(i int) float64 { return float64(c.Intervals[i].High) }))
	}
	row("index", "score", "Score", "0 to 100", ranked(func(i int) float64 { return r.Score[i] }))
	columns := d.Matrix(cities, s.Explorer.Lens(s.View), nil)
	for p, name := range pillarNames {
		row("pillar", s.pillarID(p), name, "score", ranked(func(i int) float64 { return r.Pillar[i][p] }))
		for _, j := range s.countingIndicators(p) {
			def := &d.Indicators[j]
			row("indicator", def.ID, def.Title, def.Unit, func(k int) float64 { return columns[j][k] })
		}
	}
	return t
}

// chanceSheet has a row per ordered pair of cities.
func (s *Session) chanceSheet() sheet {
	t := sheet{title: "How sure the order is", columns: []string{"above", "below", "probability"}}
	c := s.sure()
	if c == nil {
		return t
	}
	for _, x := range s.compared() {
		for _, y := range s.compared() {
			if x != y && x.entry >= 0 && y.entry >= 0 {
				t.rows = append(t.rows, []any{s.cityOf(x.entry).ID, s.cityOf(y.entry).ID, c.Above(x.entry, y.entry)})
			}
		}
	}
	return t
}

// mostDrawn is how many rows a picture of the ranking shows.
const mostDrawn = 25

// rankingChart draws the first of some entries as bars made of their pillars.
func (s *Session) rankingChart(entries []int) *chart.Drawing {
	r := s.Ranking
	f := chart.Frame{Title: "Which cities lead in AI?", Subtitle: "Score from 0 to 100, made of six pillars; " + lower(s.settingsSummary())}
	if n := len(entries); n > mostDrawn {
		entries = entries[:mostDrawn]
		f.Subtitle += "; the first " + count(mostDrawn) + " of " + count(n)
	}
	layers := make([]chart.Series, len(pillarNames))
	for p, name := range pillarNames {
		layers[p] = chart.Series{Name: name, Class: pillarClass(p)}
	}
	rows := make([]chart.Row, len(entries))
	for k, i := range entries {
		rows[k] = chart.Row{Name: s.cityOf(i).Name, Rank: rankText(r.Rank[i], r.Tied[i]), Total: score(r.Score[i]), Parts: r.Part[i][:]}
		if c := s.sure(); c != nil && r.Rank[i] > 0 {
			rows[k].Total += "  (" + rangeText(c.Intervals[i].Low, c.Intervals[i].High) + ")"
		}
		f.Desc += rows[k].Rank + " " + rows[k].Name + " " + score(r.Score[i]) + ". "
	}
	if s.sure() != nil {
		f.Subtitle += "; in brackets where the place lies in 90 of 100 other reasonable choices"
	}
	return chart.Rows(f, layers, rows, wideChart)
}
