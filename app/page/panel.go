package page

import (
	"cmp"
	"slices"
	"strconv"

	"aicities/app/markup"
	"aicities/app/view"
)

// choice is one option of a setting: its id in the link and its words.
type choice struct{ id, label string }

var (
	presetNames = []choice{{"equal", "Equal"}, {"public", "Public sector"}, {"business", "Business"}, {"research", "Research"}, {"infrastructure", "Infrastructure"}}

	ownershipChoices = []choice{{"public", "Public"}, {"private", "Private"}, {"mixed", "Mixed"}}

	normChoices = []choice{{"", "Min–max"}, {"zscore", "z-score"}, {"rank", "Percentile rank"}, {"max", "Share of the best"}, {"quintile", "Five classes"}}
	aggChoices  = []choice{{"", "Arithmetic mean"}, {"geometric", "Geometric mean"}, {"harmonic", "Harmonic mean"}, {"median", "Median"},
		{"copeland", "Copeland (outranking)"}, {"topsis", "TOPSIS"}}
	withinChoices  = []choice{{"", "Arithmetic mean"}, {"geometric", "Geometric mean"}, {"harmonic", "Harmonic mean"}, {"median", "Median"}}
	treatChoices   = []choice{{"", "As each indicator states"}, {"none", "None"}, {"log", "Logarithm"}, {"winsor", "Winsorised, then log"}}
	missingChoices = []choice{{"", "Leave out"}, {"zero", "Count as the lowest"}, {"median", "Median of the region"}, {"require", "Require three quarters"}}
)

// panel holds everything that a visitor can change about the ranking. On a
// phone it is a sheet at the lower edge.
func (s *Session) panel() section {
	class := "panel"
	if s.ui.sheet {
		class += " open"
	}
	return draw("aside", "panel", []string{"class", class, "aria-label", "What counts"}, func(w *markup.Writer) {
		s.handle(w)
		w.Open("div", "class", "controls", "id", "controls")
		s.weights(w)
		s.universe(w)
		s.lens(w)
		s.method(w)
		w.Close("div")
	})
}

// handle is the closed sheet: the six shares as one thin bar.
func (s *Session) handle(w *markup.Writer) {
	expanded := "false"
	if s.ui.sheet {
		expanded = "true"
	}
	w.Open("button", "type", "button", "class", "handle needs-app", "id", "sheet", "data-do", "sheet", "aria-expanded", expanded, "aria-controls", "controls")
	w.El("span", "What counts", "class", "handle-title")
	w.El("span", s.settingsSummary(), "class", "handle-state")
	w.Open("svg", "class", "parts", "aria-hidden", "true")
	at := 0.0
	for p, share := range s.View.Weights.Shares() {
		w.Open("rect", "class", pillarClass(p), "x", percent(at), "width", percent(100*share), "height", "100%").Close("rect")
		at += 100 * share
	}
	w.Close("svg", "button")
}

// settingsSummary says in a few words how the view differs from the default.
func (s *Session) settingsSummary() string {
	text := "Own weights"
	for i, p := range view.Presets {
		if p.Weights == s.View.Weights {
			text = presetNames[i].label + " weights"
		}
	}
	v := s.View
	v.Lens.City = "" // of the list of initiatives alone
	if len(v.Indicators) > 0 {
		text += ", own indicators"
	}
	switch v.Universe.Kind {
	case "":
	case "region":
		text += ", " + v.Universe.Region
	case "own":
		text += ", own cities"
	default:
		text += ", " + lower(labelOf(universeChoices, v.Universe.Kind))
	}
	if !v.Lens.Empty() || v.Partial {
		text += ", filtered"
	}
	if v.Norm+v.Over+v.Within+v.Treat+v.Missing != "" || v.PerHead {
		text += ", own method"
	}
	return text
}

func (s *Session) weights(w *markup.Writer) {
	w.Open("div", "class", "group", "role", "group", "aria-labelledby", "weights-title")
	w.Open("div", "class", "group-head")
	w.El("h2", "What counts", "id", "weights-title")
	w.El("button", "Reset", "type", "button", "class", "quiet needs-app", "data-do", "reset", "id", "reset")
	w.Close("div")
	w.Open("div", "class", "chips")
	for i, p := range view.Presets {
		pressed := "false"
		if p.Weights == s.View.Weights {
			pressed = "true"
		}
		w.El("button", presetNames[i].label, "type", "button", "class", "chip needs-app", "data-do", "preset", "data-arg", p.ID, "id", "preset-"+p.ID, "aria-pressed", pressed)
	}
	w.Close("div")
	for p, percent := range s.View.Weights.Percent() {
		id := "weight-" + view.PillarIDs[p]
		n := strconv.Itoa(percent)
		w.Open("div", "class", "slider")
		w.El("label", pillarNames[p], "for", id, "class", "key "+pillarClass(p))
		w.Open("output", "for", id).Text(n + "\u202f%").Close("output")
		w.Open("svg", "class", "track", "aria-hidden", "true")
		w.Open("rect", "class", "rail", "width", "100%", "height", "100%").Close("rect")
		w.Open("rect", "class", pillarClass(p), "width", n+"%", "height", "100%").Close("rect")
		w.Close("svg")
		w.Open("input", "type", "range", "class", "needs-app "+pillarClass(p), "id", id, "name", id, "min", "0", "max", "100", "step", "1", "value", n,
			"aria-valuetext", n+" per cent", "data-do", "weight", "data-arg", strconv.Itoa(p), "autocomplete", "off")
		w.Close("div")
	}
	s.indicatorWeights(w)
	w.Close("div")
}

func (s *Session) lens(w *markup.Writer) {
	l := s.View.Lens
	facets := s.Explorer.Facets(s.Ranking)
	w.Open("div", "class", "group", "role", "group", "aria-labelledby", "lens-title")
	w.Open("div", "class", "group-head")
	w.El("h2", "Which initiatives", "id", "lens-title")
	if !l.Empty() {
		w.El("button", "Clear filters", "type", "button", "class", "quiet needs-app", "data-do", "clear", "id", "clear")
	}
	w.Close("div")
	w.El("p", plural(facets.Total-facets.National, "initiative passes", "initiatives pass")+" in all cities. What is made of initiatives is counted anew from them; measured figures stay.", "class", "hint")

	w.Open("div", "class", "field")
	w.El("label", "Words", "for", "lens-q")
	w.Open("input", "type", "search", "class", "needs-app", "id", "lens-q", "value", l.Text, "maxlength", "80", "data-do", "text", "autocomplete", "off", "spellcheck", "false", "placeholder", "hospital, 5G, Huawei …")
	w.Close("div")

	w.Open("div", "class", "field two")
	s.yearSelect(w, "from", "From", l.From)
	s.yearSelect(w, "to", "To", l.To)
	w.Close("div")

	var sectors []choice
	var sectorCounts []int
	for i, id := range s.data().Sectors {
		if i > 0 {
			sectors = append(sectors, choice{id, sectorName(id)})
			sectorCounts = append(sectorCounts, facets.Sector[i])
		}
	}
	order := make([]int, len(sectors))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(sectors[a].label, sectors[b].label)
	})
	s.checks(w, "sector", "Sector", sectors, sectorCounts, order, l.Sectors)

	var actors []choice
	for p, id := range view.PillarIDs {
		actors = append(actors, choice{id, actorNames[p]})
	}
	s.checks(w, "actor", "Actor", actors, facets.Actor[:], nil, l.Actors)
	s.checks(w, "ownership", "Ownership", ownershipChoices, facets.Ownership[1:], nil, l.Ownership)

	w.Open("div", "class", "field")
	w.Open("label", "class", "check")
	w.Open("input", "type", "checkbox", "class", "needs-app", "id", "partial", "data-do", "partial", "checked?", yes(s.View.Partial), "autocomplete", "off")
	w.Text("Count partial sources too")
	w.Close("label")
	if s.View.Partial {
		w.El("p", "Partial sources are on. They cover only some countries, so this order favours cities with public registers.", "class", "alert")
	}
	w.Close("div")
	w.Close("div")
}

func yes(on bool) string {
	if on {
		return "yes"
	}
	return ""
}

func (s *Session) yearSelect(w *markup.Writer, id, label string, chosen int) {
	w.Open("div")
	w.El("label", label, "for", "lens-"+id)
	w.Open("select", "class", "needs-app", "id", "lens-"+id, "data-do", id, "autocomplete", "off")
	w.El("option", "any year", "value", "", "selected?", yes(chosen == 0))
	years := s.data().Years()
	for _, y := range slices.Backward(years) {
		if y >= 2000 || y == chosen && y != 0 {
			w.El("option", strconv.Itoa(y), "value", strconv.Itoa(y), "selected?", yes(y == chosen))
		}
	}
	w.Close("select", "div")
}

// checks is a folded list of boxes; order may be nil.
func (s *Session) checks(w *markup.Writer, key, title string, choices []choice, counts, order []int, chosen []string) {
	w.Open("details", "class", "fold", "id", "fold-"+key, "open?", yes(len(chosen) > 0))
	w.Open("summary").Text(title)
	if len(chosen) > 0 {
		w.Text(" ").El("span", strconv.Itoa(len(chosen)), "class", "badge")
	} else {
		w.Text(" ").El("span", "any", "class", "any")
	}
	w.Close("summary")
	w.Open("div", "class", "checks")
	for k := range choices {
		if order != nil {
			k = order[k]
		}
		c := choices[k]
		w.Open("label", "class", "check")
		w.Open("input", "type", "checkbox", "class", "needs-app", "id", key+"-"+c.id, "data-do", key, "data-arg", c.id,
			"checked?", yes(slices.Contains(chosen, c.id)), "autocomplete", "off")
		w.El("span", c.label)
		w.El("span", count(counts[k]), "class", "n")
		w.Close("label")
	}
	w.Close("div", "details")
}

func (s *Session) method(w *markup.Writer) {
	v := s.View
	w.Open("div", "class", "group", "role", "group", "aria-labelledby", "method-title")
	w.El("h2", "Method", "id", "method-title")
	w.Open("details", "class", "fold", "id", "fold-method", "open?", yes(v.Norm+v.Over+v.Within+v.Treat+v.Missing != "" || v.PerHead))
	w.Open("summary").Text(s.methodSummary()).Close("summary")
	chooseField(w, "norm", "Normalisation", "set", "norm", normChoices, v.Norm)
	chooseField(w, "over", "Pillars to index", "set", "over", aggChoices, v.Over)
	chooseField(w, "within", "Indicators to pillar", "set", "within", withinChoices, v.Within)
	chooseField(w, "treat", "Skewed indicators", "set", "treat", treatChoices, v.Treat)
	chooseField(w, "missing", "Missing values", "set", "missing", missingChoices, v.Missing)
	w.Open("label", "class", "check")
	w.Open("input", "type", "checkbox", "class", "needs-app", "id", "perhead", "data-do", "perhead", "checked?", yes(v.PerHead), "autocomplete", "off")
	w.Text("Per million inhabitants").Close("label")
	w.Close("details")
	w.El("p", "The range beside each rank holds it in 90 of 100 other reasonable choices of weights, method and sources.", "class", "hint")
	w.Close("div")
}

func (s *Session) methodSummary() string {
	v := s.View
	text := labelOf(normChoices, v.Norm) + ", " + lower(labelOf(aggChoices, v.Over))
	if v.PerHead {
		return text + ", per million inhabitants"
	}
	return text + ", absolute values"
}

// chooseField is a labelled list of choices; arg may be "".
func chooseField(w *markup.Writer, id, label, do, arg string, choices []choice, chosen string) {
	w.Open("div", "class", "field")
	choose(w, id, label, do, arg, choices, chosen)
	w.Close("div")
}

func choose(w *markup.Writer, id, label, do, arg string, choices []choice, chosen string) {
	w.El("label", label, "for", id)
	named := "data-arg"
	if arg == "" {
		named = ""
	}
	w.Open("select", "class", "needs-app", "id", id, "data-do", do, named, arg, "autocomplete", "off")
	for _, c := range choices {
		w.El("option", c.label, "value", c.id, "selected?", yes(c.id == chosen))
	}
	w.Close("select")
}

func labelOf(choices []choice, id string) string {
	for _, c := range choices {
		if c.id == id {
			return c.label
		}
	}
	return id
}

// lower makes a label fit into a sentence, leaving names and acronyms alone.
func lower(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' && s[:4] != "Cope" {
		return string(s[0]+'a'-'A') + s[1:]
	}
	return s
}
