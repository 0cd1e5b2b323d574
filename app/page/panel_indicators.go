package page

import (
	"maps"
	"strconv"

	"aicities/app/markup"
	"aicities/data"
)

// Weights of the indicators inside their pillars.

func init() { actions["indicator"] = setIndicator }

// usualMost is the weight in tenths at the right end of an indicator's slider,
// unless a link holds a larger one.
const usualMost = 40

// indicatorStep is what a step of the slider changes, in tenths.
const indicatorStep = 5

// indicatorTenths returns the weight of an indicator in tenths and its default.
func (s *Session) indicatorTenths(j int) (now, usual int) {
	def := &s.data().Indicators[j]
	usual = int(10*def.Weight + 0.5)
	if x, ok := s.View.Indicators[def.ID]; ok {
		return x, usual
	}
	return usual, usual
}

func setIndicator(a *App, e event) {
	j, ok := a.s.data().IndicatorByID(e.arg)
	if !ok {
		return
	}
	m := maps.Clone(a.s.View.Indicators)
	if m == nil {
		m = map[string]int{}
	}
	m[e.arg] = atoi(e.value)
	a.s.View.Indicators = m
	if now, usual := a.s.indicatorTenths(j); now == usual {
		delete(m, e.arg)
	}
}

// countingIndicators lists the indicators of a pillar that the view lets count.
func (s *Session) countingIndicators(pillar int) []int {
	var out []int
	for j, def := range s.data().Indicators {
		if int(def.Pillar) == pillar && (def.Coverage == data.Global || s.View.Partial) {
			out = append(out, j)
		}
	}
	return out
}

// times writes a weight in tenths as a factor.
func times(tenths int) string {
	if tenths == 0 {
		return "off"
	}
	whole, rest := strconv.Itoa(tenths/10), tenths%10
	if rest == 0 {
		return "×" + whole
	}
	return "×" + whole + "." + strconv.Itoa(rest)
}

func (s *Session) indicatorWeights(w *markup.Writer) {
	changed := len(s.View.Indicators)
	w.Open("details", "class", "fold", "id", "fold-indicators", "open?", yes(changed > 0))
	w.Open("summary").Text("Indicators in each pillar ")
	if changed > 0 {
		w.El("span", strconv.Itoa(changed), "class", "badge").El("span", " changed", "class", "visually-hidden")
	} else {
		w.El("span", "by default", "class", "any")
	}
	w.Close("summary")
	w.El("p", "How much an indicator counts beside the others of its pillar.", "class", "hint")
	for p, name := range pillarNames {
		w.El("h3", name, "class", "key "+pillarClass(p))
		for _, j := range s.countingIndicators(p) {
			def := &s.data().Indicators[j]
			now, _ := s.indicatorTenths(j)
			most, step := max(usualMost, now), indicatorStep
			if now%indicatorStep != 0 {
				step = 1 // a browser moves a slider onto its steps
			}
			id := "indicator-" + def.ID
			w.Open("div", "class", "fine")
			w.El("label", def.Title, "for", id)
			w.Open("output", "for", id).Text(times(now)).Close("output")
			w.Open("input", "type", "range", "class", "needs-app", "id", id, "min", "0", "max", strconv.Itoa(most), "step", strconv.Itoa(step), "value", strconv.Itoa(now),
				"aria-valuetext", times(now), "data-do", "indicator", "data-arg", def.ID, "autocomplete", "off")
			w.Close("div")
		}
	}
	w.Close("details")
}
