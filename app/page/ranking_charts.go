package page

import (
	"cmp"
	"math"
	"slices"

	"aicities/app/chart"
	"aicities/app/markup"
	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
	"aicities/scoring"
)

// What can stand in the place of the map. A chart is drawn only when chosen.
var chartChoices = []choice{{"", "Map"}, {"bump", "Presets"}, {"weight", "One weight"}, {"scatter", "Two indicators"}, {"distribution", "One indicator"}}

// rankingChart is one of the charts: what it draws for a width, and the table
// that holds the same.
type rankingChart struct {
	controls func(s *Session, w *markup.Writer)
	draw     func(s *Session, width float64) *chart.Drawing
	table    func(s *Session) sheet
}

var rankingCharts = map[string]rankingChart{
	"bump":         {func(*Session, *markup.Writer) {}, (*Session).bump, (*Session).bumpSheet},
	"weight":       {(*Session).weightControls, (*Session).rankLines, (*Session).crossingsSheet},
	"scatter":      {(*Session).scatterControls, (*Session).scatter, (*Session).scatterSheet},
	"distribution": {(*Session).distributionControls, (*Session).distribution, (*Session).distributionSheet},
}

const (
	wideChart   = 860.0 // px
	narrowChart = 360.0
	bumpFirst   = 15 // cities of the present order that are drawn
	pathsFirst  = 8
)

func init() {
	for id, c := range rankingCharts {
		sheets[id] = c.table
		pictures[id] = func(s *Session) picture {
			if id == "weight" {
				s.weightPaths().Finish()
			}
			return picture{drawing: c.draw(s, wideChart), sources: c.table(s).sources}
		}
	}
	actions["chart"] = func(a *App, e event) { a.s.View.Chart = e.arg }
	actions["chart-set"] = func(a *App, e event) {
		v := &a.s.View
		switch e.arg {
		case "x":
			v.X = e.value
		case "y":
			v.Y = e.value
		case "of":
			v.Focus = e.value
		case "pivot":
			v.Pivot = e.value
		case "city":
			v.Selected = e.value
		}
	}
}

// chartTabs chooses between the map and the charts.
func (s *Session) chartTabs() section {
	return draw("div", "chart-tabs", []string{"class", "chips", "role", "group", "aria-label", "Map or chart"}, func(w *markup.Writer) {
		for _, c := range chartChoices {
			pressed := "false"
			if c.id == s.View.Chart {
				pressed = "true"
			}
			w.El("button", c.label, "type", "button", "class", "chip needs-app", "data-do", "chart", "data-arg", c.id, "id", "chart-tab-"+c.id, "aria-pressed", pressed)
		}
	})
}

// chart is empty while the map is chosen.
func (s *Session) chart() section {
	c, chosen := rankingCharts[s.View.Chart]
	hidden := yes(!chosen)
	return draw("section", "chart", []string{"hidden?", hidden, "aria-labelledby", "chart-title"}, func(w *markup.Writer) {
		if !chosen {
			return
		}
		id := s.View.Chart
		if s.Ranking.Err != nil {
			w.El("h2", "No chart", "id", "chart-title").El("p", "There is no ranking to draw under these settings.", "class", "hint")
			return
		}
		wide := c.draw(s, wideChart)
		w.El("h2", wide.Title, "id", "chart-title")
		w.El("p", wide.Subtitle, "class", "caption")
		c.controls(s, w)
		if id == "weight" && !s.weightPaths().Done() {
			w.El("p", "Working out where the order changes …", "class", "working", "role", "status")
			return
		}
		w.El("p", wide.Desc, "class", "reading")
		w.Open("div", "class", "figure-room").Raw(chart.Pair("chart-"+id, wide, c.draw(s, narrowChart))).Close("div")
		w.El("p", "Edition "+s.edition()+". "+s.sourceLine(c.table(s).sources), "class", "caption")
		w.Open("div", "class", "chart-foot")
		w.Open("details", "class", "twin", "id", "twin-"+id)
		w.El("summary", "The same as a table")
		s.twin(w, c.table(s))
		w.Close("details")
		takeAway(w, id)
		w.Close("div")
	})
}

// sourceLine names sources, or says where they are when there are many.
func (s *Session) sourceLine(sources []int) string {
	if len(sources) == 0 || len(sources) > 3 {
		return "The sources are those of the ranking; files name each of them."
	}
	text := "Source: "
	for k, i := range sources {
		if k > 0 {
			text += "; "
		}
		text += s.data().Sources[i].Publisher
	}
	return text + "."
}

// twin writes a sheet as a table.
func (s *Session) twin(w *markup.Writer, t sheet) {
	w.Open("div", "class", "twin-room", "tabindex", "0", "role", "region", "aria-label", "Table of the chart")
	w.Open("table")
	w.El("caption", t.title, "class", "visually-hidden")
	w.Open("thead").Open("tr")
	number := make([]bool, len(t.columns))
	for k, name := range t.columns {
		if len(t.rows) > 0 {
			_, text := t.rows[0][k].(string)
			number[k] = !text
		}
		w.El("th", words(name), "scope", "col", "class", numeric(number[k]))
	}
	w.Close("tr", "thead").Open("tbody")
	for _, row := range t.rows {
		w.Open("tr")
		for k, cell := range row {
			text := ""
			switch x := cell.(type) {
			case string:
				text = x
			case int:
				text = count(x)
			case float64:
				text = figure(x)
			}
			w.El("td", text, "class", numeric(number[k]))
		}
		w.Close("tr")
	}
	w.Close("tbody", "table", "div")
}

func numeric(is bool) string {
	if is {
		return "number"
	}
	return ""
}

// words turns the name of a column into words.
func words(name string) string {
	b := []byte(name)
	for k, c := range b {
		if c == '_' {
			b[k] = ' '
		}
	}
	if len(b) > 0 && b[0] >= 'a' && b[0] <= 'z' {
		b[0] -= 'a' - 'A'
	}
	return string(b)
}

// --- which cities ---------------------------------------------------------------

// emphasis of an entry: the selected city is what a chart is about, pinned ones
// are kept in sight.
func (s *Session) emphasis(i int) chart.Emphasis {
	switch id := s.cityOf(i).ID; {
	case id == s.View.Selected:
		return chart.Main
	case slices.Contains(s.View.Pinned, id):
		return chart.Pinned
	}
	return chart.Plain
}

// firstAnd returns the first entries of the present order, and those that are
// selected or pinned.
func (s *Session) firstAnd(first int) []int {
	r := s.Ranking
	var out []int
	for k, i := range r.Order {
		if r.Rank[i] > 0 && (k < first || s.emphasis(i) != chart.Plain) {
			out = append(out, i)
		}
	}
	return out
}

// --- bump chart across presets ----------------------------------------------------

// settings returns the sets of weights that the bump chart has columns for, with
// the ranks under each; the view's own weights come last where they are no preset.
func (s *Session) settings() (names []string, ranks [][]int) {
	ranks = slices.Clone(s.Explorer.PresetRanks(s.Ranking))
	known := false
	for k, p := range view.Presets {
		names = append(names, presetNames[k].label)
		known = known || p.Weights == s.View.Weights
	}
	if !known {
		names, ranks = append(names, "This view"), append(ranks, s.Ranking.Rank)
	}
	return names, ranks
}

func (s *Session) bump(width float64) *chart.Drawing {
	names, ranks := s.settings()
	var lines []chart.BumpLine
	top, steady := 0, 0
	for _, i := range s.firstAnd(bumpFirst) {
		l := chart.BumpLine{Name: s.cityOf(i).Name, Key: s.cityOf(i).ID, Emphasis: s.emphasis(i)}
		for _, rank := range ranks {
			l.Ranks = append(l.Ranks, rank[i])
		}
		if s.Ranking.Rank[i] <= bumpFirst {
			top++
			if best, worst := ends(l.Ranks); worst <= bumpFirst && best > 0 {
				steady++
			}
		}
		lines = append(lines, l)
	}
	desc := count(steady) + " of the first " + count(top) + " cities stay among the first " + count(bumpFirst) + " under every set of weights. "
	most, by := -1, 0
	for k, l := range lines {
		if best, worst := ends(l.Ranks); worst-best > by {
			most, by = k, worst-best
		}
	}
	if most >= 0 {
		best, worst := ends(lines[most].Ranks)
		desc += lines[most].Name + " moves most: " + ordinal(best) + " under " + names[slices.Index(lines[most].Ranks, best)] + ", " +
			ordinal(worst) + " under " + names[slices.Index(lines[most].Ranks, worst)] + "."
	}
	return chart.Bump(chart.Frame{Title: "Who stays ahead, whatever counts?", Desc: desc,
		Subtitle: "Place under each set of weights: the first " + count(bumpFirst) + " of this view and the cities that you chose. Below the line places stand closer together."},
		names, lines, width)
}

// ends returns the best and worst rank, 0 where there is none.
func ends(ranks []int) (best, worst int) {
	for _, r := range ranks {
		if r > 0 && (best == 0 || r < best) {
			best = r
		}
		worst = max(worst, r)
	}
	return best, worst
}

func (s *Session) bumpSheet() sheet {
	_, ranks := s.settings()
	t := sheet{title: "Place under each set of weights", columns: []string{"id", "city"}}
	for k := range ranks {
		if k < len(view.Presets) {
			t.columns = append(t.columns, view.Presets[k].ID)
		} else {
			t.columns = append(t.columns, "this_view")
		}
	}
	for _, i := range s.Ranking.Order {
		row := []any{s.cityOf(i).ID, s.cityOf(i).Name}
		for _, rank := range ranks {
			row = append(row, place(rank[i]))
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// --- rank against one weight --------------------------------------------------------

// pivot is the pillar whose weight is moved.
func (s *Session) pivot() int { return max(slices.Index(view.PillarIDs[:], s.View.Pivot), 0) }

// followed returns the entries whose ranks are drawn, the main one first: the
// selected city, or the one that leads.
func (s *Session) followed() []int {
	entries := s.firstAnd(pathsFirst)
	at := slices.IndexFunc(entries, func(i int) bool { return s.emphasis(i) == chart.Main })
	if at > 0 {
		main := entries[at]
		entries = append([]int{main}, slices.Delete(entries, at, at+1)...)
	}
	return entries
}

// weightPaths returns the ranks along the weight of the pivot, under work where
// they are not there yet.
func (s *Session) weightPaths() *model.WeightPaths {
	pivot, entries := s.pivot(), s.followed()
	if p := s.paths; p == nil || p.Pillar != pivot || !slices.Equal(p.Entries, entries) || !p.Ranking.Same(s.Ranking) {
		s.paths = s.Explorer.NewWeightPaths(s.Ranking, pivot, entries)
	}
	s.want(&s.paths.Work)
	return s.paths
}

func (s *Session) weightControls(w *markup.Writer) {
	w.Open("div", "class", "chart-controls")
	pillars := make([]choice, view.Pillars)
	for p, id := range view.PillarIDs {
		pillars[p] = choice{id, pillarNames[p]}
	}
	chartSelect(w, "pivot", "Weight of", pillars, view.PillarIDs[s.pivot()])
	var cities []choice
	for _, i := range s.Ranking.Order {
		if s.Ranking.Rank[i] > 0 {
			cities = append(cities, choice{s.cityOf(i).ID, s.cityOf(i).Name})
		}
	}
	slices.SortFunc(cities, func(a, b choice) int {
		if a.label < b.label {
			return -1
		}
		return 1
	})
	chosen := ""
	if entries := s.followed(); len(entries) > 0 {
		chosen = s.cityOf(entries[0]).ID
	}
	chartSelect(w, "city", "City", cities, chosen)
	w.Close("div")
}

func chartSelect(w *markup.Writer, key, label string, choices []choice, chosen string) {
	chooseField(w, "chart-"+key, label, "chart-set", key, choices, chosen)
}

func (s *Session) rankLines(width float64) *chart.Drawing {
	p := s.weightPaths()
	pillar := pillarNames[p.Pillar]
	f := chart.Frame{Title: "How does the order depend on the weight of " + lower(pillar) + "?",
		Subtitle: "Place by the share of " + lower(pillar) + " in the index, per cent; the other pillars keep their proportions."}
	if len(p.Entries) == 0 || !p.Done() || p.Err != nil {
		if p.Err != nil {
			f.Desc = "This method gives no such chart: " + p.Err.Error() + "."
		}
		return chart.RankLines(f, "", nil, nil, p.Now, width)
	}
	var lines []chart.RankLine
	for k, i := range p.Entries {
		l := chart.RankLine{Name: s.cityOf(i).Name, Key: s.cityOf(i).ID, Emphasis: s.emphasis(i)}
		if k == 0 {
			l.Emphasis = chart.Main
		}
		for _, g := range p.Paths[k].Segments {
			l.Steps = append(l.Steps, chart.Step{From: g.From, To: g.To, Rank: g.Rank})
		}
		lines = append(lines, l)
	}
	var crossings []chart.Crossing
	for _, c := range p.Paths[0].Crossings {
		crossings = append(crossings, chart.Crossing{At: c.Weight, Name: s.cityOf(c.Unit).Name, Up: c.Up})
	}
	f.Title = "How does the place of " + lines[0].Name + " depend on the weight of " + lower(pillar) + "?"
	f.Desc = s.pathSentence(p)
	return chart.RankLines(f, "Weight of "+lower(pillar)+", per cent of the index", lines, crossings, p.Now, width)
}

// pathSentence says in words how the main city's place moves.
func (s *Session) pathSentence(p *model.WeightPaths) string {
	path, name := p.Paths[0], s.cityOf(p.Entries[0]).Name
	first, last := path.At(0.001), path.At(0.999)
	text := name + " is " + ordinal(s.Ranking.Rank[p.Entries[0]]) + " at " + decimal(100*p.Now, 1) + "\u202f% (now), " +
		ordinal(first) + " with hardly any weight on " + lower(pillarNames[p.Pillar]) + " and " + ordinal(last) + " with nearly all of it. "
	if len(path.Crossings) == 0 {
		return text + "It changes places with no city on the way."
	}
	text += "It changes places " + plural(len(path.Crossings), "time", "times") + " on the way"
	near := slices.MinFunc(path.Crossings, func(a, b scoring.Crossing) int {
		return cmp.Compare(math.Abs(a.Weight-p.Now), math.Abs(b.Weight-p.Now))
	})
	text += ", nearest to now with " + s.cityOf(near.Unit).Name + " at " + decimal(100*near.Weight, 1) + "\u202f%."
	if !p.Exact {
		text += " This method has no closed form: weights were tried one by one, and crossings lie between two of them."
	}
	return text
}

func (s *Session) crossingsSheet() sheet {
	p := s.weightPaths()
	p.Finish()
	t := sheet{title: "Where a city changes places as the weight of " + lower(pillarNames[p.Pillar]) + " grows",
		columns: []string{"weight_per_cent", "city", "other_city", "with_more_weight"}}
	if p.Err != nil || len(p.Paths) == 0 {
		return t
	}
	for _, c := range p.Paths[0].Crossings {
		more := "below"
		if c.Up {
			more = "above"
		}
		t.rows = append(t.rows, []any{100 * c.Weight, s.cityOf(p.Entries[0]).Name, s.cityOf(c.Unit).Name, more})
	}
	return t
}

// --- indicators -----------------------------------------------------------------------

// indicator returns the number of an indicator that the view names, or else of
// another.
func (s *Session) indicator(id, otherwise string) int {
	if j, ok := s.data().IndicatorByID(id); ok {
		return j
	}
	j, _ := s.data().IndicatorByID(otherwise)
	return j
}

// values returns an indicator by entry, per million inhabitants where the view
// asks for that, and its unit.
func (s *Session) values(j int) (x []float64, unit string) {
	def := &s.data().Indicators[j]
	unit = def.Unit
	if s.View.PerHead && def.PerCapita {
		unit += " per million inhabitants"
	}
	return s.Ranking.Model.Raw.Col(j), unit
}

// axisOf reads an indicator as the index does: by logarithm where it is treated
// so.
func (s *Session) axisOf(j int) chart.Axis {
	_, unit := s.values(j)
	def := &s.data().Indicators[j]
	return chart.Axis{Label: def.Title + ", " + unit, Log: def.Treatment == data.TreatLog, Format: figure}
}

// indicatorChoices lists the indicators by pillar.
func (s *Session) indicatorChoices() []choice {
	var out []choice
	for j := range s.data().Indicators {
		def := &s.data().Indicators[j]
		out = append(out, choice{def.ID, pillarNames[def.Pillar] + ": " + def.Title})
	}
	return out
}

func (s *Session) pair2() (x, y int) {
	return s.indicator(s.View.X, "uni_papers"), s.indicator(s.View.Y, "startup_companies")
}

func (s *Session) scatterControls(w *markup.Writer) {
	x, y := s.pair2()
	w.Open("div", "class", "chart-controls")
	chartSelect(w, "x", "Across", s.indicatorChoices(), s.data().Indicators[x].ID)
	chartSelect(w, "y", "Up", s.indicatorChoices(), s.data().Indicators[y].ID)
	w.Close("div")
}

func (s *Session) scatter(width float64) *chart.Drawing {
	jx, jy := s.pair2()
	x, y := s.axisOf(jx), s.axisOf(jy)
	xs, _ := s.values(jx)
	ys, _ := s.values(jy)
	var dots []chart.Dot
	missing := 0
	for i := range s.Ranking.Cities {
		if math.IsNaN(xs[i]) || math.IsNaN(ys[i]) {
			missing++
		}
		dots = append(dots, chart.Dot{Name: s.cityOf(i).Name, Key: s.cityOf(i).ID, X: xs[i], Y: ys[i], Emphasis: s.emphasis(i)})
	}
	desc := "The order of the cities in the one says nothing about their order in the other."
	if rho := scoring.Correlation(xs, ys, scoring.Spearman); rho == rho {
		desc = "Rank correlation (Spearman) " + decimal(rho, 2) + " over " + plural(len(dots)-missing, "city", "cities") + ": cities that are high in the one are " +
			agreement(rho) + " high in the other."
	}
	if missing > 0 {
		desc += " " + plural(missing, "city has", "cities have") + " no value in one of the two and cannot be drawn."
	}
	how := ""
	if x.Log || y.Log {
		how = " Scales by logarithm, ln(x + 1), where the index takes it."
	}
	return chart.Scatter(chart.Frame{Title: "Which cities stand out in both?", Subtitle: x.Label + ", against " + lower(y.Label) + "." + how, Desc: desc}, x, y, dots, width)
}

func agreement(rho float64) string {
	switch {
	case rho >= 0.8:
		return "nearly always"
	case rho >= 0.5:
		return "mostly"
	case rho >= 0.2:
		return "somewhat more often"
	case rho > -0.2:
		return "neither more nor less often"
	}
	return "less often"
}

func (s *Session) scatterSheet() sheet {
	x, y := s.pair2()
	xs, _ := s.values(x)
	ys, _ := s.values(y)
	t := s.indicatorSheet(x, xs)
	t.title = s.data().Indicators[x].Title + ", and " + lower(s.data().Indicators[y].Title)
	if x == y {
		return t
	}
	t.columns = append(t.columns, s.data().Indicators[y].ID)
	for k := range t.rows {
		c, _ := s.data().CityByID(t.rows[k][0].(string))
		i, _ := s.Ranking.Entry(c)
		t.rows[k] = append(t.rows[k], ys[i])
	}
	for _, k := range s.Explorer.IndicatorSources(s.Ranking, y) {
		if !slices.Contains(t.sources, k) {
			t.sources = append(t.sources, k)
		}
	}
	return t
}

// indicatorSheet lists the cities by an indicator, the highest first.
func (s *Session) indicatorSheet(j int, x []float64) sheet {
	t := sheet{title: s.data().Indicators[j].Title, columns: []string{"id", "city", s.data().Indicators[j].ID},
		sources: append([]int{}, s.Explorer.IndicatorSources(s.Ranking, j)...)}
	order := slices.Clone(s.Ranking.Order)
	slices.SortStableFunc(order, func(a, b int) int {
		switch u, v := x[a], x[b]; {
		case u > v || u == u && v != v:
			return -1
		case u < v || u != u && v == v:
			return 1
		}
		return 0
	})
	for _, i := range order {
		t.rows = append(t.rows, []any{s.cityOf(i).ID, s.cityOf(i).Name, x[i]})
	}
	return t
}

func (s *Session) focus() int { return s.indicator(s.View.Focus, "uni_papers") }

func (s *Session) distributionControls(w *markup.Writer) {
	w.Open("div", "class", "chart-controls")
	chartSelect(w, "of", "Indicator", s.indicatorChoices(), s.data().Indicators[s.focus()].ID)
	w.Close("div")
}

func (s *Session) distribution(width float64) *chart.Drawing {
	j := s.focus()
	axis := s.axisOf(j)
	x, _ := s.values(j)
	var values []chart.Value
	have, none, main := 0, 0, -1
	for i := range s.Ranking.Cities {
		e := s.emphasis(i)
		values = append(values, chart.Value{Name: s.cityOf(i).Name, Key: s.cityOf(i).ID, X: x[i], Emphasis: e})
		if x[i] == x[i] {
			have++
		}
		if x[i] == 0 {
			none++
		}
		if e == chart.Main {
			main = i
		}
	}
	desc := "Half of the cities have at most " + figure(scoring.MedianOf(slices.Clone(x))) + "."
	if none > 1 {
		desc += " " + count(none) + " have none."
	}
	if main >= 0 && x[main] == x[main] {
		above := 0
		for _, v := range x {
			if v > x[main] {
				above++
			}
		}
		desc += " " + s.cityOf(main).Name + " has " + figure(x[main]) + ": " + ordinal(above+1) + " of " + count(have) + "."
	} else if main >= 0 {
		desc += " " + s.cityOf(main).Name + " has no value."
	}
	if missing := len(x) - have; missing > 0 {
		desc += " " + plural(missing, "city has", "cities have") + " no value and cannot be drawn."
	}
	how := "Number of cities in each range; below, each city."
	if axis.Log {
		how += " Scale by logarithm, ln(x + 1), as in the index."
	}
	return chart.Distribution(chart.Frame{Title: "How far apart are the cities?", Subtitle: axis.Label + ". " + how, Desc: desc}, axis, values, width)
}

func (s *Session) distributionSheet() sheet {
	j := s.focus()
	x, _ := s.values(j)
	t := s.indicatorSheet(j, x)
	t.columns = append(t.columns, "place")
	for k, row := range t.rows {
		v := row[2].(float64)
		at := math.NaN()
		if v == v {
			at = float64(k + 1)
			if k > 0 && t.rows[k-1][2] == v {
				at = t.rows[k-1][3].(float64)
			}
		}
		t.rows[k] = append(row, at)
	}
	return t
}
