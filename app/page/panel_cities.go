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
		u.Cities = less(u.Cities, e.arg)
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
	chooseField(w, "universe", "Cities that are ranked", "universe", "", universeChoices, u.Kind)
	switch u.Kind {
	case "region":
		var regions []choice
		for _, r := range slices.Sorted(slices.Values(s.data().Regions)) {
			regions = append(regions, choice{r, r})
		}
		chooseField(w, "region", "Region", "region", "", regions, u.Region)
		w.El("p", "Cities of the default 100 and others with enough data.", "class", "hint")
	case "own":
		w.Open("ul", "class", "chosen", "id", "own")
		for _, id := range u.Cities {
			c, _ := s.data().CityByID(id)
			name := s.data().Cities[c].Name
			w.Open("li", "data-key", id).Text(name)
			if len(u.Cities) > 2 {
				takeOut(w, "own-remove", "own-remove-", id, name)
			}
			w.Close("li")
		}
		w.Close("ul")
		if len(u.Cities) >= view.MaxOwn {
			w.El("p", count(view.MaxOwn)+" cities are the most that fit into a link.", "class", "hint")
			break
		}
		cities := []choice{{"", "Choose a city"}}
		for _, c := range s.citiesByName() {
			city := &s.data().Cities[c]
			if !slices.Contains(u.Cities, city.ID) {
				cities = append(cities, choice{city.ID, city.Name + ", " + s.data().Countries[city.Country].Name})
			}
		}
		chooseField(w, "own-add", "Add a city", "own-add", "", cities, "")
		if len(u.Cities) == 2 {
			w.El("p", "Two are the least: add a city before taking one out.", "class", "hint")
		}
	case "population", "output", "all":
		w.El("p", "Cities outside the default 100 have fewer records, so their places are less sure.", "class", "hint")
	}
	w.Close("div")
}

// takeOut is the button that takes a city out of a list.
func takeOut(w *markup.Writer, do, prefix, id, name string) {
	w.El("button", "×", "type", "button", "class", "needs-app", "data-do", do, "data-arg", id, "id", prefix+id,
		"aria-label", "Take "+name+" out", "title", "Take out")
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
