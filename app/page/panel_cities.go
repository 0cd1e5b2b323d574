package page

import (
	"slices"
	"strings"

	"aicities/app/markup"
	"aicities/app/view"
)

// Which cities are ranked: the choice of the universe.

var universeChoices = []choice{{"", "The default 100"}, {"population", "100 largest by population"}, {"output", "100 largest by economic output"},
	{"all", "All cities with enough data"}, {"region", "One region"}, {"own", "A list of my own"}}

func init() {
	actions["universe"] = func(a *App, e event) { a.s.setUniverse(e.value) }
	actions["region"] = func(a *App, e event) { a.s.View.Universe.Region = e.value }
	actions["own-add"] = func(a *App, e event) {
		u := &a.s.View.Universe
		if e.value != "" && !slices.Contains(u.Cities, e.value) && len(u.Cities) < view.MaxOwn {
			u.Cities = append(slices.Clone(u.Cities), e.value)
		}
		emptyField("own-add")
	}
	actions["own-remove"] = func(a *App, e event) {
		u := &a.s.View.Universe
		u.Cities = slices.DeleteFunc(slices.Clone(u.Cities), func(id string) bool { return id == e.arg })
		focusOn("own-add") // the button that had it goes
	}
}

// ownStart is how many of the first cities a list of one's own starts with,
// where none were pinned or compared.
const ownStart = 10

// setUniverse changes which cities are ranked. A region starts with that of the
// first city, a list with the cities that the visitor has marked already.
func (s *Session) setUniverse(kind string) {
	u := view.Universe{Kind: kind}
	switch kind {
	case "region":
		if len(s.Ranking.Order) > 0 {
			d := s.data()
			u.Region = d.Regions[d.Region(s.Ranking.Cities[s.Ranking.Order[0]])]
		}
	case "own":
		switch {
		case len(s.View.Pinned) > 1:
			u.Cities = slices.Clone(s.View.Pinned)
		case len(s.View.Compare) > 1:
			u.Cities = slices.Clone(s.View.Compare)
		default:
			for _, i := range s.Ranking.Order[:min(ownStart, len(s.Ranking.Order))] {
				u.Cities = append(u.Cities, s.cityOf(i).ID)
			}
		}
	}
	s.View.Universe = u
}

func (s *Session) universe(w *markup.Writer) {
	u := s.View.Universe
	w.Open("div", "class", "group", "role", "group", "aria-labelledby", "cities-title")
	w.El("h2", "Which cities", "id", "cities-title")
	w.Open("div", "class", "field")
	w.El("label", "Cities that are ranked", "for", "universe")
	w.Open("select", "class", "needs-app", "id", "universe", "data-do", "universe", "autocomplete", "off")
	for _, c := range universeChoices {
		w.El("option", c.label, "value", c.id, "selected?", yes(c.id == u.Kind))
	}
	w.Close("select", "div")
	switch u.Kind {
	case "region":
		w.Open("div", "class", "field")
		w.El("label", "Region", "for", "region")
		w.Open("select", "class", "needs-app", "id", "region", "data-do", "region", "autocomplete", "off")
		regions := slices.Clone(s.data().Regions)
		slices.Sort(regions)
		for _, r := range regions {
			w.El("option", r, "value", r, "selected?", yes(r == u.Region))
		}
		w.Close("select", "div")
		w.El("p", "Cities of the default 100 and others with enough data.", "class", "hint")
	case "own":
		w.Open("ul", "class", "chosen", "id", "own")
		for _, id := range u.Cities {
			c, _ := s.data().CityByID(id)
			name := s.data().Cities[c].Name
			w.Open("li", "data-key", id).Text(name)
			if len(u.Cities) > 2 {
				w.El("button", "×", "type", "button", "class", "needs-app", "data-do", "own-remove", "data-arg", id, "id", "own-remove-"+id,
					"aria-label", "Take "+name+" out", "title", "Take out")
			}
			w.Close("li")
		}
		w.Close("ul")
		if len(u.Cities) >= view.MaxOwn {
			w.El("p", count(view.MaxOwn)+" cities are the most that fit into a link.", "class", "hint")
			break
		}
		w.Open("div", "class", "field")
		w.El("label", "Add a city", "for", "own-add")
		w.Open("select", "class", "needs-app", "id", "own-add", "data-do", "own-add", "autocomplete", "off")
		w.El("option", "Choose a city", "value", "", "selected?", "yes")
		for _, c := range s.citiesByName() {
			city := &s.data().Cities[c]
			if !slices.Contains(u.Cities, city.ID) {
				w.El("option", city.Name+", "+s.data().Countries[city.Country].Name, "value", city.ID)
			}
		}
		w.Close("select", "div")
		if len(u.Cities) == 2 {
			w.El("p", "Two are the least: add a city before taking one out.", "class", "hint")
		}
	case "population", "output", "all":
		w.El("p", "Cities outside the default 100 have fewer records, so their places are less sure.", "class", "hint")
	}
	w.Close("div")
}

// citiesByName lists every city of the dataset in the order of its name.
func (s *Session) citiesByName() []int {
	d := s.data()
	all := make([]int, len(d.Cities))
	for c := range all {
		all[c] = c
	}
	slices.SortStableFunc(all, func(a, b int) int { return strings.Compare(d.Cities[a].Name, d.Cities[b].Name) })
	return all
}
