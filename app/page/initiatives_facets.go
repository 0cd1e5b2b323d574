package page

import (
	"slices"
	"strconv"
	"strings"

	"aicities/app/markup"
	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
)

// The facets of the list of initiatives: its fields with the number of records
// that each value would show, and the years with a brush.

var (
	coverageChoices = []choice{{"global", "Global sources"}, {"partial", "Partial sources only"}}
	levelChoices    = []choice{{"city", "Of a city"}, {"national", "National"}}
	actorChoices    = func() (out []choice) {
		for p, id := range view.PillarIDs {
			out = append(out, choice{id, actorNames[p]})
		}
		return out
	}()
)

// facetState is what a visitor opened and typed in one facet.
type facetState struct {
	find string
	all  bool
}

func (s *Session) setFacet(key string, f facetState) {
	if s.ui.facets == nil {
		s.ui.facets = map[string]facetState{}
	}
	s.ui.facets[key] = f
}

// facet is a field of the list with its values. Their codes are those of
// model.List, from first on.
type facet struct {
	key, title, plural string
	field              model.Field
	open               bool // unfolded from the start
	one                bool // one value can be chosen at most
	first              int
	values             func(*Session) []choice
	get                func(*view.View) []string
	set                func(*view.View, []string)
}

var facets = []facet{
	{"coverage", "Coverage", "", model.ByCoverage, true, true, 0, fixed(coverageChoices),
		func(v *view.View) []string { return ids(v.List.Coverage) }, func(v *view.View, x []string) { v.List.Coverage = strings.Join(x, "") }},
	{"actor", "Actor", "", model.ByActor, true, false, 0, fixed(actorChoices),
		func(v *view.View) []string { return v.Lens.Actors }, func(v *view.View, x []string) { v.Lens.Actors = x }},
	{"country", "Country", "countries", model.ByCountry, true, false, 0, func(s *Session) []choice {
		return choicesOf(s.data().Countries, func(c *data.Country) choice { return choice{c.Code, c.Name} })
	}, func(v *view.View) []string { return v.Lens.Countries }, func(v *view.View, x []string) { v.Lens.Countries = x }},
	{"city", "City", "cities", model.ByCity, true, true, 0, func(s *Session) []choice {
		return choicesOf(s.data().Cities, func(c *data.City) choice { return choice{c.ID, c.Name} })
	}, func(v *view.View) []string { return ids(v.Lens.City) }, func(v *view.View, x []string) { v.Lens.City = strings.Join(x, "") }},
	{"sector", "Sector", "sectors", model.BySector, true, false, 1, func(s *Session) []choice {
		return choicesOf(s.data().Sectors[1:], func(id *string) choice { return choice{*id, sectorName(*id)} })
	}, func(v *view.View) []string { return v.Lens.Sectors }, func(v *view.View, x []string) { v.Lens.Sectors = x }},
	{"ownership", "Ownership", "", model.ByOwnership, false, false, 1, fixed(ownershipChoices),
		func(v *view.View) []string { return v.Lens.Ownership }, func(v *view.View, x []string) { v.Lens.Ownership = x }},
	{"level", "City or national", "", model.ByLevel, false, true, 0, fixed(levelChoices),
		func(v *view.View) []string { return ids(v.List.Level) }, func(v *view.View, x []string) { v.List.Level = strings.Join(x, "") }},
	{"source", "Source", "sources", model.BySource, false, false, 0, func(s *Session) []choice {
		return choicesOf(s.data().Sources, func(x *data.Source) choice { return choice{x.ID, x.Title} })
	}, func(v *view.View) []string { return v.Lens.Sources }, func(v *view.View, x []string) { v.Lens.Sources = x }},
}

func fixed(c []choice) func(*Session) []choice { return func(*Session) []choice { return c } }

func choicesOf[T any](all []T, of func(*T) choice) []choice {
	out := make([]choice, len(all))
	for i := range all {
		out[i] = of(&all[i])
	}
	return out
}

// chooseFacet puts a value in or takes it out; the argument is "facet value".
func chooseFacet(a *App, e event) {
	key, id, _ := strings.Cut(e.arg, " ")
	for _, f := range facets {
		switch {
		case f.key != key:
		case f.one && e.checked:
			f.set(&a.s.View, []string{id})
		case f.one:
			f.set(&a.s.View, nil)
		default:
			f.set(&a.s.View, toggled(f.get(&a.s.View), event{arg: id, checked: e.checked}))
		}
	}
}

// facetPanel holds the facets beside the list; on a phone it is a sheet at the
// lower edge.
func (s *Session) facetPanel() section {
	class := "panel"
	if s.ui.sheet {
		class += " open"
	}
	return draw("aside", "facets", []string{"class", class, "aria-label", "Filters"}, func(w *markup.Writer) {
		expanded := "false"
		if s.ui.sheet {
			expanded = "true"
		}
		w.Open("button", "type", "button", "class", "handle needs-app", "id", "sheet", "data-do", "sheet", "aria-expanded", expanded, "aria-controls", "controls")
		w.El("span", "Filters", "class", "handle-title")
		state := "none"
		if n := len(s.conditions()); n > 0 {
			state = count(n) + " on"
		}
		w.El("span", state+", "+plural(len(s.list().Rows), "record", "records"), "class", "handle-state")
		w.Close("button")
		w.Open("div", "class", "controls", "id", "controls")
		s.years(w)
		for i := range facets {
			s.facet(w, &facets[i])
		}
		w.Close("div")
	})
}

// shortFacet is how many values of a long facet are shown at first.
const shortFacet = 8

func (s *Session) facet(w *markup.Writer, f *facet) {
	values, counts := f.values(s), s.list().Counts[f.field]
	chosen := f.get(&s.View)
	state := s.ui.facets[f.key]
	long := f.plural != ""

	var show []int
	words := data.Fold(state.find)
	for i := range values {
		on := slices.Contains(chosen, values[i].id)
		if !long || on || counts[f.first+i] > 0 && (words == "" || strings.Contains(data.Fold(values[i].label), words)) {
			show = append(show, i)
		}
	}
	all := len(show)
	if long {
		slices.SortStableFunc(show, func(a, b int) int {
			if x, y := slices.Contains(chosen, values[a].id), slices.Contains(chosen, values[b].id); x != y {
				if x {
					return -1
				}
				return 1
			}
			return counts[f.first+b] - counts[f.first+a]
		})
		if !state.all {
			show = show[:min(all, max(shortFacet, len(chosen)))]
		}
	}

	w.Open("details", "class", "fold", "id", "facet-"+f.key, "open?", yes(f.open || len(chosen) > 0))
	w.Open("summary").Text(f.title)
	if len(chosen) > 0 {
		w.Text(" ").El("span", strconv.Itoa(len(chosen)), "class", "badge")
	}
	w.Close("summary")
	if long {
		w.Open("input", "type", "search", "class", "needs-app find-in", "id", "find-"+f.key, "data-do", "find-facet", "data-arg", f.key, "value", state.find,
			"aria-label", "Find among "+f.plural, "placeholder", "Find among "+count(len(values))+" "+f.plural, "autocomplete", "off", "spellcheck", "false")
	}
	w.Open("div", "class", "checks", "role", "group", "aria-label", f.title)
	for _, i := range show {
		id := f.key + "-" + values[i].id
		w.Open("label", "class", "check", "data-key", id)
		w.Open("input", "type", "checkbox", "class", "needs-app", "id", "f-"+id, "data-do", "facet", "data-arg", f.key+" "+values[i].id,
			"checked?", yes(slices.Contains(chosen, values[i].id)), "autocomplete", "off")
		w.El("span", values[i].label)
		w.El("span", count(counts[f.first+i]), "class", "n")
		w.Close("label")
	}
	w.Close("div")
	switch {
	case all == 0:
		w.El("p", "None of this name among the records.", "class", "hint")
	case long && (all > len(show) || state.all):
		label := "Show all " + count(all)
		if state.all {
			label = "Show fewer"
		}
		w.El("button", label, "type", "button", "class", "quiet needs-app", "data-do", "all-of", "data-arg", f.key, "id", "all-"+f.key)
	}
	if f.first == 1 && counts[0] > 0 {
		w.El("p", "Not stated: "+count(counts[0]), "class", "hint")
	}
	w.Close("details")
}

// --- years ---------------------------------------------------------------------

// firstBin is the first year with a bar of its own; the years before it share
// the one to its left.
const firstBin = 2000

// bins counts the list's records by year: before firstBin, firstBin, ... to the
// last year of the dataset. unknown is how many have no year.
func (s *Session) bins() (counts []int, unknown int) {
	years, by := s.data().Years(), s.list().Counts[model.ByYear]
	counts = make([]int, max(years[len(years)-1]-firstBin+2, 2))
	for i, y := range years {
		if y == 0 {
			unknown = by[i]
			continue
		}
		counts[max(y-firstBin+1, 0)] += by[i]
	}
	return counts, unknown
}

// binned returns the bins of the first and last year that the view asks for.
func (s *Session) binned(n int) (from, to int) {
	to = n - 1
	if y := s.View.Lens.From; y != 0 {
		from = min(max(y-firstBin+1, 0), n-1)
	}
	if y := s.View.Lens.To; y != 0 {
		to = min(max(y-firstBin+1, 0), n-1)
	}
	return from, to
}

// brush sets the years: "from" and "to" are the sliders, "both" is a drag.
func brush(a *App, e event) {
	counts, _ := a.s.bins()
	n := len(counts)
	from, to := a.s.binned(n)
	switch e.arg {
	case "from":
		from = min(max(atoi(e.value), 0), to)
	case "to":
		to = max(min(atoi(e.value), n-1), from)
	case "both":
		x, y, _ := strings.Cut(e.value, "-")
		from, to = min(max(atoi(x), 0), n-1), min(max(atoi(y), 0), n-1)
	}
	l := &a.s.View.Lens
	l.From, l.To = 0, 0
	if from > 0 {
		l.From = firstBin - 1 + from
	}
	if to < n-1 {
		l.To = firstBin - 1 + to
	}
}

func binName(i int) string {
	if i == 0 {
		return "before " + strconv.Itoa(firstBin)
	}
	return strconv.Itoa(firstBin - 1 + i)
}

func (s *Session) years(w *markup.Writer) {
	counts, unknown := s.bins()
	n := len(counts)
	from, to := s.binned(n)
	fullest := 0
	for _, c := range counts[1:] {
		fullest = max(fullest, c)
	}
	most := max(fullest, counts[0], 1)
	bounded := s.View.Lens.From != 0 || s.View.Lens.To != 0
	w.Open("div", "class", "years", "role", "group", "aria-labelledby", "years-title")
	w.Open("div", "class", "group-head")
	w.El("h2", "Starting year", "id", "years-title")
	if bounded {
		w.El("button", "Any year", "type", "button", "class", "quiet needs-app", "data-do", "lift", "data-arg", strconv.Itoa(int(model.ByYear)), "id", "any-year")
	}
	w.Close("div")
	w.Open("div", "class", "brush")
	w.Open("svg", "class", "histogram", "aria-hidden", "true", "data-brush", strconv.Itoa(n))
	w.Open("rect", "class", "ground", "width", "100%", "height", "100%").Close("rect")
	step := 100 / float64(n)
	for i, c := range counts {
		class := "bin"
		if bounded && (i < from || i > to) {
			class = "bin out"
		}
		h := 0.0
		if c > 0 {
			h = max(96*float64(c)/float64(most), 2)
		}
		w.Open("rect", "class", class, "x", percent(step*float64(i)+step*0.1), "width", percent(step*0.8), "y", percent(100-h), "height", percent(h))
		w.El("title", binName(i)+": "+count(c)).Close("rect")
	}
	w.Close("svg")
	for _, handle := range []struct {
		arg, label string
		at         int
	}{{"from", "First year", from}, {"to", "Last year", to}} {
		w.Open("input", "type", "range", "class", "needs-app handle-"+handle.arg, "id", "brush-"+handle.arg, "min", "0", "max", strconv.Itoa(n-1), "step", "1",
			"value", strconv.Itoa(handle.at), "aria-label", handle.label, "aria-valuetext", binName(handle.at), "data-do", "brush", "data-arg", handle.arg, "autocomplete", "off")
	}
	w.Open("input", "type", "hidden", "id", "brush-both", "data-do", "brush", "data-arg", "both", "value", "")
	w.Close("div")
	w.Open("p", "class", "axis", "aria-hidden", "true").El("span", "<"+strconv.Itoa(firstBin))
	w.El("span", binName(n-1)).Close("p")
	text := "All years"
	if bounded {
		text = capital(s.lensYears())
	}
	if unknown > 0 {
		if bounded {
			text += ". " + plural(unknown, "record", "records") + " without a year are left out"
		} else {
			text += ", and " + plural(unknown, "record", "records") + " without a year"
		}
	}
	w.El("p", text+". Most in one year: "+count(fullest)+".", "class", "hint")
	w.Open("details", "class", "twin", "id", "years-table")
	w.El("summary", "Years as a table")
	w.Open("table").Open("thead").Open("tr").El("th", "Year", "scope", "col").El("th", "Records", "scope", "col").Close("tr", "thead").Open("tbody")
	for i, c := range counts {
		w.Open("tr", "data-key", "y"+strconv.Itoa(i)).El("th", binName(i), "scope", "row").El("td", count(c)).Close("tr")
	}
	w.Open("tr", "data-key", "y-none").El("th", "not stated", "scope", "row").El("td", count(unknown)).Close("tr")
	w.Close("tbody", "table", "details")
	w.Close("div")
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
