package page

import (
	"slices"

	"aicities/app/view"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// actions are what the elements with a data-do attribute ask for. They change
// the session; the component shows the change and writes the address. Each
// screen adds its own in an init of its file.
var actions = map[string]func(a *App, e event){}

func init() {
	for name, do := range map[string]func(a *App, e event){
		"weight":    setWeight,
		"preset":    setPreset,
		"reset":     func(a *App, _ event) { a.s.reset() },
		"clear":     func(a *App, _ event) { a.s.View.Lens = view.Lens{City: a.s.View.Lens.City} },
		"text":      func(a *App, e event) { a.s.View.Lens.Text = view.CleanText(e.value) },
		"from":      func(a *App, e event) { a.s.View.Lens.From = atoi(e.value) },
		"to":        func(a *App, e event) { a.s.View.Lens.To = atoi(e.value) },
		"sector":    func(a *App, e event) { a.s.View.Lens.Sectors = toggled(a.s.View.Lens.Sectors, e) },
		"actor":     func(a *App, e event) { a.s.View.Lens.Actors = toggled(a.s.View.Lens.Actors, e) },
		"ownership": func(a *App, e event) { a.s.View.Lens.Ownership = toggled(a.s.View.Lens.Ownership, e) },
		"partial":   func(a *App, e event) { a.s.View.Partial = e.checked },
		"perhead":   func(a *App, e event) { a.s.View.PerHead = e.checked },
		"set":       setMethod,
		"find-city": func(a *App, e event) { a.s.View.Find = view.CleanText(e.value) },
		"find-none": func(a *App, _ event) { a.s.View.Find = ""; emptyField("find-city"); focusOn("find-city") },
		"pin":       func(a *App, e event) { a.s.pin(e.arg) },
		"sort":      func(a *App, e event) { a.s.View.Sort = nextSort(a.s.View.Sort, e.arg) },
		"sort-by":   func(a *App, e event) { a.s.View.Sort = e.value },
		"select":    func(a *App, e event) { a.s.choose(e.arg) },
		"map":       chooseOnMap,
		"sheet":     func(a *App, _ event) { a.s.ui.sheet = !a.s.ui.sheet },
		"dismiss":   func(a *App, _ event) { a.s.ui.said, a.s.ui.message = true, "" },
		"known":     func(a *App, _ event) { app.Window().Call("dismissFirstVisit") },
		"theme":     func(a *App, _ event) { app.Window().Call("switchTheme") },
	} {
		actions[name] = do
	}
}

func setWeight(a *App, e event) {
	p := atoi(e.arg)
	if p < 0 || p >= view.Pillars {
		return
	}
	// All steps of one drag start from the same weights, so that the others keep
	// their proportions however far the slider goes.
	if !a.again {
		a.s.ui.before = a.s.View.Weights
	}
	a.s.View.Weights = a.s.ui.before.With(p, atoi(e.value))
}

func setPreset(a *App, e event) {
	for _, p := range view.Presets {
		if p.ID == e.arg {
			a.s.View.Weights = p.Weights
		}
	}
}

// reset goes back to the default of all that counts; what is chosen, pinned or
// shown stays.
func (s *Session) reset() {
	d, v := view.Default(), &s.View
	v.Weights, v.Indicators, v.Universe = d.Weights, d.Indicators, d.Universe
	v.Norm, v.Within, v.Over, v.Treat, v.Missing = d.Norm, d.Within, d.Over, d.Treat, d.Missing
	v.PerHead, v.Partial = d.PerHead, d.Partial
	v.Lens = view.Lens{City: v.Lens.City}
}

func setMethod(a *App, e event) {
	v := &a.s.View
	switch e.arg {
	case "norm":
		v.Norm = e.value
	case "over":
		v.Over = e.value
	case "within":
		v.Within = e.value
	case "treat":
		v.Treat = e.value
	case "missing":
		v.Missing = e.value
	}
}

// less returns ids without one, and leaves ids itself alone.
func less(ids []string, id string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(x string) bool { return x == id })
}

// toggled returns a set with the event's name put in or taken out.
func toggled(ids []string, e event) []string {
	ids = less(ids, e.arg)
	if e.checked {
		ids = append(ids, e.arg)
	}
	return ids
}

// nextSort goes through a column's useful direction, the other one, and back to
// the order by rank.
func nextSort(now, column string) string {
	switch {
	case column == "":
		return ""
	case now == column:
		return "-" + column
	case now == "-"+column:
		return ""
	}
	return column
}

// choose selects a city, or none when it is selected already.
func (s *Session) choose(id string) {
	if s.View.Selected == id {
		id = ""
	}
	s.View.Selected = id
}

// pin keeps a city at the top of the table, or lets it go.
func (s *Session) pin(id string) {
	v := &s.View
	switch {
	case slices.Contains(v.Pinned, id):
		v.Pinned = less(v.Pinned, id)
	case len(v.Pinned) == view.MaxPinned:
		s.ui.message = count(view.MaxPinned) + " pinned cities are the most that fit into a link."
	default:
		v.Pinned = append(slices.Clone(v.Pinned), id)
	}
}

// mapReach is how near to a dot a click must be, in px.
const mapReach = 22

func chooseOnMap(a *App, e event) {
	if e.size == 0 {
		return
	}
	id := a.s.nearestDot(e.x, e.y, 100*mapReach/e.size)
	if id == "" {
		return
	}
	a.s.choose(id)
	if a.s.View.Selected != "" {
		a.reveal = id
	}
}
