package page

import (
	"slices"
	"strconv"
	"strings"

	"aicities/app/markup"
	"aicities/app/model"
	"aicities/app/view"
	"aicities/scoring"
)

var compareScreen = screen{
	name:  "compare",
	path:  "/compare",
	label: "Compare",
	title: func(s *Session) string {
		if names := s.comparedNames(); len(names) > 0 {
			return join(names) + " side by side · " + siteName
		}
		return "Compare cities · " + siteName
	},
	description: func(*Session) string {
		return "Two to six cities side by side: pillars and indicators, what their differences are made of, how sure they are, and which weights would turn them round."
	},
	sections: (*Session).compareSections,
}

func init() {
	actions["compare-add"] = func(a *App, e event) {
		if e.value != "" && !slices.Contains(a.s.View.Compare, e.value) {
			a.s.View.Compare = append(slices.Clone(a.s.View.Compare), e.value)
		}
		emptyField("compare-add")
	}
	actions["compare-remove"] = func(a *App, e event) {
		a.s.View.Compare = less(a.s.View.Compare, e.arg)
		focusOn("compare-add") // the button that had it goes
	}
	actions["pair"] = func(a *App, e event) {
		pair := e.value
		if pair == "" {
			pair = e.arg
		}
		a.s.View.Pair = strings.Fields(pair)
	}
}

// compared is one of the cities side by side; entry is -1 where the view does
// not rank it.
type compared struct{ city, entry int }

func (s *Session) compared() []compared {
	var out []compared
	for _, id := range s.View.Compare {
		if c, ok := s.data().CityByID(id); ok {
			i, ok := s.Ranking.Entry(c)
			if !ok || s.Ranking.Rank[i] == 0 {
				i = -1
			}
			out = append(out, compared{c, i})
		}
	}
	return out
}

func (s *Session) comparedNames() []string {
	var names []string
	for _, c := range s.compared() {
		names = append(names, s.data().Cities[c.city].Name)
	}
	return names
}

func (s *Session) compareSections() []section {
	list := s.compared()
	out := []section{s.comparePicker(list)}
	if len(list) < 2 {
		out = append(out, s.compareStart())
	}
	if len(list) > 0 {
		out = append(out, s.compareTable(list))
	}
	if ranked := slices.DeleteFunc(slices.Clone(list), func(c compared) bool { return c.entry < 0 }); len(ranked) > 1 {
		out = append(out, s.compareWhy(ranked), s.compareChances(ranked))
	}
	return out
}

// --- choosing ------------------------------------------------------------------

func (s *Session) comparePicker(list []compared) section {
	return draw("div", "intro", nil, func(w *markup.Writer) {
		if len(list) == 0 {
			w.El("h1", "Compare cities")
		} else {
			w.El("h1", join(s.comparedNames()))
		}
		w.Open("p", "class", "lead").Text(s.compareLead(list)).Close("p")
		w.Open("ul", "class", "chosen", "id", "chosen")
		for _, c := range list {
			city := &s.data().Cities[c.city]
			w.Open("li", "data-key", city.ID).El("a", city.Name, "href", s.href("/city/"+city.ID))
			takeOut(w, "compare-remove", "remove-", city.ID, city.Name)
			w.Close("li")
		}
		w.Close("ul")
		w.Open("p", "class", "pick")
		if len(list) < view.MaxCompare {
			w.El("label", "Add a city", "for", "compare-add").Text(" ")
			s.citySelect(w, "compare-add", "compare-add", "", func(int) bool { return true })
		} else {
			w.El("span", "Six cities are the most that fit.", "class", "hint")
		}
		if s.settingsChanged() {
			w.Text(" ").El("span", s.settingsSummary()+". ", "class", "hint")
			w.El("button", "Back to the default", "type", "button", "class", "quiet needs-app", "data-do", "reset", "id", "reset")
		}
		w.Close("p")
	})
}

// settingsChanged reports whether the ranking is another than the default one.
func (s *Session) settingsChanged() bool { return !s.Ranking.Same(s.Explorer.Base()) }

// compareLead says where the cities stand, or what to do.
func (s *Session) compareLead(list []compared) string {
	if len(list) == 0 {
		return "Choose two to six cities to see them side by side: who is ahead in what, why, and how sure that is."
	}
	var words []string
	for _, c := range list {
		name := s.data().Cities[c.city].Name
		if c.entry < 0 {
			words = append(words, name+" is not ranked under these settings")
			continue
		}
		words = append(words, name+" is "+ordinal(s.Ranking.Rank[c.entry]))
	}
	text := join(words) + "."
	if len(list) == 1 {
		text += " Add another city to compare it with."
	}
	return text
}

// suggestions is how many pairs are offered to begin with.
const suggestions = 6

func (s *Session) compareStart() section {
	return draw("section", "compare-start", []string{"aria-labelledby", "compare-start-title"}, func(w *markup.Writer) {
		w.El("h2", "Pairs that cannot be told apart", "id", "compare-start-title")
		w.El("p", "Neighbours near the top whose order turns round under other reasonable choices of weights, method and sources:", "class", "words")
		w.Open("ul", "class", "brief")
		for _, p := range model.ClosePairs(s.Ranking, s.sure(), suggestions) {
			a, b := s.cityOf(p[0]), s.cityOf(p[1])
			w.Open("li").Open("span").El("a", a.Name+" and "+b.Name, "href", s.hrefOf("/compare", s.comparing(p[0], p[1])))
			w.Text(" ").El("span", ordinal(s.Ranking.Rank[p[0]])+" and "+ordinal(s.Ranking.Rank[p[1]]), "class", "n").Close("span")
			text := "…"
			if c := s.sure(); c != nil {
				text = chance(c.Above(p[0], p[1])) + " : " + chance(c.Above(p[1], p[0]))
			}
			w.El("b", text).Close("li")
		}
		w.Close("ul")
		w.El("p", "At the right: in how many of 100 other reasonable choices the first, and the second, is above. "+
			"Cities can also be compared from their own pages and from the rows of the ranking.", "class", "caption")
	})
}

// --- side by side --------------------------------------------------------------

// besideRow is one row of the table: a figure for each city.
type besideRow struct {
	title, class, note string
	values             []float64 // the best one is marked
	direction          int       // 1: more is better, -1: less is
	text               func(k int) string
}

func (s *Session) compareTable(list []compared) section {
	return draw("section", "compare-table", []string{"aria-labelledby", "compare-table-title"}, func(w *markup.Writer) {
		w.El("h2", "Who is ahead in what?", "id", "compare-table-title")
		w.Open("table", "class", "beside cols-"+strconv.Itoa(len(list)))
		w.Open("thead").Open("tr").El("td", "")
		for _, c := range list {
			city := &s.data().Cities[c.city]
			w.Open("th", "scope", "col").El("a", city.Name, "href", s.href("/city/"+city.ID)).Close("th")
		}
		w.Close("tr", "thead").Open("tbody")
		for _, row := range append(s.indexRows(list), s.pillarRows(list)...) {
			row.write(w)
		}
		w.Close("tbody", "table")
		w.El("p", "▸ and bold: the best of these cities. A dash is a missing figure, not a zero. Edition "+s.edition()+".", "class", "caption")
		takeAway(w, "compare")
	})
}

func (r *besideRow) write(w *markup.Writer) {
	w.Open("tr").Open("th", "scope", "row", "class", r.class).Text(r.title)
	if r.note != "" {
		w.Text(" ").El("span", r.note, "class", "n")
	}
	w.Close("th")
	for k, ahead := range model.Ahead(r.values, r.direction) {
		if ahead {
			w.Open("td", "class", "ahead").El("span", "▸", "aria-hidden", "true").El("b", r.text(k)).El("span", " ahead", "class", "visually-hidden").Close("td")
		} else {
			w.Open("td").Text(r.text(k)).Close("td")
		}
	}
	w.Close("tr")
}

// ofRanked returns a figure of each city, missing for one that is not ranked.
func ofRanked(list []compared, figure func(entry int) float64) []float64 {
	x := make([]float64, len(list))
	for k, c := range list {
		x[k] = scoring.Missing
		if c.entry >= 0 {
			x[k] = figure(c.entry)
		}
	}
	return x
}

// indexRows are the rows of the index: places and score.
func (s *Session) indexRows(list []compared) []besideRow {
	r := s.Ranking
	ranks := ofRanked(list, func(i int) float64 { return float64(r.Rank[i]) })
	scores := ofRanked(list, func(i int) float64 { return r.Score[i] })
	unmarked := ofRanked(list, func(int) float64 { return scoring.Missing })
	return []besideRow{
		{"Place", "", "of " + count(len(r.Cities)), ranks, -1, func(k int) string {
			if i := list[k].entry; i >= 0 {
				return rankText(r.Rank[i], r.Tied[i])
			}
			return "–"
		}},
		{"Likely place", "", "in 90 of 100 other choices", unmarked, -1, func(k int) string {
			i, c := list[k].entry, s.sure()
			switch {
			case i < 0:
				return "–"
			case c == nil:
				return "…"
			}
			return rangeText(c.Intervals[i].Low, c.Intervals[i].High)
		}},
		{"Score", "", "", scores, 1, func(k int) string { return score(scores[k]) }},
	}
}

// pillarRows are the rows of the pillars, each with its indicators.
func (s *Session) pillarRows(list []compared) []besideRow {
	d := s.data()
	cities := make([]int, len(list))
	for k, c := range list {
		cities[k] = c.city
	}
	columns := d.Matrix(cities, s.Explorer.Lens(s.View), nil)
	var rows []besideRow
	for p, name := range pillarNames {
		scores := ofRanked(list, func(i int) float64 { return s.Ranking.Pillar[i][p] })
		rows = append(rows, besideRow{name, "pillar key " + pillarClass(p), "score", scores, 1, func(k int) string { return score(scores[k]) }})
		for _, j := range s.countingIndicators(p) {
			def := &d.Indicators[j]
			note := def.Unit
			if def.National {
				note += ", national"
			}
			rows = append(rows, besideRow{def.Title, "indicator", note, columns[j], def.Direction, func(k int) string { return figure(columns[j][k]) }})
		}
	}
	return rows
}

// --- why one is above another ----------------------------------------------------

// comparedPair returns the two whose difference is shown: the visitor's choice or
// the first two.
func (s *Session) comparedPair(list []compared) (a, b compared) {
	a, b = list[0], list[1]
	if p := s.View.Pair; len(p) == 2 {
		for _, x := range list {
			for _, y := range list {
				if x != y && s.data().Cities[x.city].ID == p[0] && s.data().Cities[y.city].ID == p[1] {
					return x, y
				}
			}
		}
	}
	return a, b
}

func (s *Session) compareWhy(list []compared) section {
	a, b := s.comparedPair(list)
	r := s.Ranking
	return draw("section", "compare-why", []string{"aria-labelledby", "compare-why-title"}, func(w *markup.Writer) {
		name, other := s.cityOf(a.entry).Name, s.cityOf(b.entry).Name
		title := "Why are " + name + " and " + other + " level?"
		switch {
		case r.Rank[a.entry] > r.Rank[b.entry]:
			title = "Why is " + name + " behind " + other + "?"
		case r.Rank[a.entry] < r.Rank[b.entry]:
			title = "Why is " + name + " ahead of " + other + "?"
		}
		w.El("h2", title, "id", "compare-why-title")
		if len(list) > 2 {
			w.Open("p", "class", "pick").El("label", "Which two", "for", "pair").Text(" ")
			w.Open("select", "class", "needs-app", "id", "pair", "data-do", "pair", "autocomplete", "off")
			for k, x := range list {
				for _, y := range list[k+1:] {
					chosen := x == a && y == b || x == b && y == a
					w.El("option", s.cityOf(x.entry).Name+" and "+s.cityOf(y.entry).Name, "value", s.cityOf(x.entry).ID+" "+s.cityOf(y.entry).ID, "selected?", yes(chosen))
				}
			}
			w.Close("select", "p")
		}
		s.difference(w, s.pairOf(a.entry, b.entry), name, other, name)
	})
}

func (s *Session) compareChances(list []compared) section {
	return draw("section", "compare-chances", []string{"aria-labelledby", "compare-chances-title"}, func(w *markup.Writer) {
		w.El("h2", "How sure is the order?", "id", "compare-chances-title")
		w.El("p", "In how many of "+count(model.Draws)+" other reasonable choices of weights, method and sources the city of the row is above that of the column, in per cent. "+
			"From 95 on they can be told apart.", "class", "words")
		w.Open("table", "class", "chances cols-"+strconv.Itoa(len(list)))
		w.Open("thead").Open("tr").El("td", "above →")
		for _, c := range list {
			w.El("th", s.cityOf(c.entry).Name, "scope", "col")
		}
		w.Close("tr", "thead").Open("tbody")
		pa, pb := s.comparedPair(list)
		c := s.sure()
		for _, x := range list {
			w.Open("tr").El("th", s.cityOf(x.entry).Name, "scope", "row")
			for _, y := range list {
				if x == y {
					w.El("td", "–")
					continue
				}
				text, class := "…", ""
				if c != nil {
					p := c.Above(x.entry, y.entry)
					text = chance(p)
					if p >= 0.95 {
						class = "sure"
					}
				}
				w.Open("td", "class", class)
				if len(list) > 2 {
					pressed := "false"
					if x == pa && y == pb {
						pressed = "true"
					}
					ids := s.cityOf(x.entry).ID + " " + s.cityOf(y.entry).ID
					w.Open("button", "type", "button", "class", "needs-app", "data-do", "pair", "data-arg", ids, "id", "chance-"+strings.ReplaceAll(ids, " ", "-"), "aria-pressed", pressed)
					w.Text(text).El("span", ": why "+s.cityOf(x.entry).Name+" against "+s.cityOf(y.entry).Name, "class", "visually-hidden").Close("button")
				} else {
					w.Text(text)
				}
				w.Close("td")
			}
			w.Close("tr")
		}
		w.Close("tbody", "table")
		if len(list) > 2 {
			w.El("p", "Choose a figure to see what that difference is made of.", "class", "caption")
		}
		if c != nil {
			takeAway(w, "chances")
		}
	})
}
