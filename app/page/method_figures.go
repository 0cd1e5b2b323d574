package page

import (
	"math"
	"strconv"

	"aicities/app/markup"
	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
	"aicities/scoring"
)

func init() {
	sheets["indicators"] = (*Session).inspectionSheet
	sheets["correlations"] = (*Session).correlationSheet
	sheets["evidence"] = (*Session).evidenceSheet
	actions["sensitivity"] = func(a *App, _ event) { a.s.sensitivity = a.s.Explorer.NewSensitivity(a.s.Ranking) }
}

// --- indicators ----------------------------------------------------------------

func (s *Session) methodIndicators() section {
	return methodPart("method-indicators", func(w *markup.Writer) {
		r := s.Ranking
		if r.Err != nil {
			w.El("p", s.noRanking(), "class", "empty")
			return
		}
		inspected := s.Explorer.Inspect(r)
		used := 0
		for _, x := range inspected {
			if x.Effective > 0 {
				used++
			}
		}
		prose(w, count(used)+" of "+plural(len(inspected), "indicator", "indicators")+" take part in this view. The share of the index is what an indicator weighs where nothing is missing. "+
			"Skewness is before and after treatment: beyond 2 a few cities would decide alone.")
		scrolling(w, "Indicators", func() {
			w.Open("table", "class", "figures indicators")
			headings(w, "Indicator", "Unit", "Level", "Coverage", "Treatment", "#In pillar", "#In index", "#Skewness", "#Treated", "#Missing", "#Zero", "Source")
			w.Open("tbody")
			for _, x := range inspected {
				s.inspectedRow(w, x)
			}
			w.Close("tbody", "table")
		})
		takeAway(w, "indicators")
	})
}

func (s *Session) inspectedRow(w *markup.Writer, x model.Inspection) {
	r, d := s.Ranking, s.data()
	def := &d.Indicators[x.Indicator]
	class := ""
	if x.Effective == 0 {
		class = "unused"
	}
	w.Open("tr", "data-indicator", def.ID, "class", class)
	w.Open("th", "scope", "row", "class", "key "+pillarClass(int(def.Pillar))).Text(def.Title)
	w.Open("span", "class", "summary").Text(pillarNames[def.Pillar])
	if def.Note != "" {
		w.Text(": " + def.Note)
	}
	w.Close("span", "th")
	w.El("td", def.Unit).El("td", level(def)).El("td", def.Coverage.String())
	w.El("td", s.treatmentOf(x.Indicator))
	if x.Effective == 0 {
		w.El("td", "not used", "class", "num").El("td", "–", "class", "num")
	} else {
		w.El("td", decimal(100*x.Weight, 0)+" %", "class", "num").El("td", decimal(100*x.Effective, 1)+" %", "class", "num")
	}
	w.El("td", decimal(x.Skew, 1), "class", "num").El("td", decimal(x.Treated, 1), "class", "num")
	w.El("td", perCent(x.Missing), "class", "num").El("td", perCent(x.Zero), "class", "num")
	w.Open("td", "class", "from")
	sources := s.Explorer.IndicatorSources(r, x.Indicator)
	for k, src := range sources {
		if k == 2 && len(sources) > 3 {
			w.Text(", and " + count(len(sources)-k) + " more")
			break
		}
		if k > 0 {
			w.Text(", ")
		}
		w.El("a", d.Sources[src].Title, "href", "#source-"+d.Sources[src].ID)
	}
	if len(sources) == 0 {
		w.Text("–")
	}
	w.Close("td", "tr")
}

func level(def *data.IndicatorDef) string {
	if def.National {
		return "national"
	}
	return "city"
}

// treatmentOf says what the view does to an indicator, and to how many points.
func (s *Session) treatmentOf(j int) string {
	m := s.Ranking.Model
	if m.NoValue[j] {
		return "–"
	}
	done := m.Details[j]
	switch first := m.Indicators[j].Treatment; {
	case done.Second:
		return "log"
	case done.First && first.First == scoring.Winsorise:
		return plural(done.Winsorised, "point winsorised", "points winsorised")
	case done.First:
		return "ln(x + 1)"
	}
	return "none"
}

func (s *Session) inspectionSheet() sheet {
	d := s.data()
	t := sheet{title: "Indicators", columns: []string{"indicator", "pillar", "title", "unit", "level", "coverage", "direction", "treatment", "weight_in_pillar", "share_of_index", "skewness", "skewness_treated", "share_missing", "share_zero", "sources"}}
	for _, x := range s.Explorer.Inspect(s.Ranking) {
		def := &d.Indicators[x.Indicator]
		t.rows = append(t.rows, []any{def.ID, def.Pillar.String(), def.Title, def.Unit, level(def), def.Coverage.String(), def.Direction, s.treatmentOf(x.Indicator),
			x.Weight, x.Effective, x.Skew, x.Treated, x.Missing, x.Zero, sourceIDs(d, s.Explorer.IndicatorSources(s.Ranking, x.Indicator))})
	}
	return t
}

// --- correlations ----------------------------------------------------------------

func (s *Session) methodCorrelations() section {
	return methodPart("method-correlations", func(w *markup.Writer) {
		r := s.Ranking
		if r.Err != nil {
			w.El("p", s.noRanking(), "class", "empty")
			return
		}
		c := r.Correlations()
		prose(w, s.correlationWords(c))
		scrolling(w, "Correlations of the pillars", func() {
			w.Open("table", "class", "figures matrix")
			names := make([]string, 0, model.Pillars+2)
			names = append(names, "Pillar")
			for _, n := range pillarNames {
				names = append(names, "#"+n)
			}
			headings(w, append(names, "#Index", "#Weight", "#Share of the index's variance")...)
			w.Open("tbody")
			for p, n := range pillarNames {
				w.Open("tr").El("th", n, "scope", "row", "class", "key "+pillarClass(p))
				for q := range model.Pillars + 1 {
					s.correlationCell(w, c.At(p, q), p == q)
				}
				w.El("td", decimal(100*s.View.Weights.Shares()[p], 1)+" %", "class", "num")
				w.El("td", perCent(c.At(p, model.Pillars)*c.At(p, model.Pillars)), "class", "num").Close("tr")
			}
			w.Close("tbody", "table")
		})
		w.El("p", "Pearson's correlation over the cities that have both scores; the stronger the tint, the closer. The last column is the squared correlation with the index: how much of its variance a pillar alone would explain. A pillar can weigh one sixth and matter more or less than that (Paruolo, Saisana and Saltelli 2013). Pillars that correlate share those parts, so that they do not add up to 100 %.", "class", "caption")
		takeAway(w, "correlations")
	})
}

func (s *Session) correlationCell(w *markup.Writer, x float64, self bool) {
	class := "num"
	switch {
	case self || x != x:
		class += " self"
	default:
		class += " tint" + strconv.Itoa(int(math.Round(5*math.Min(math.Abs(x), 1))))
	}
	w.El("td", decimal(x, 2), "class", class)
}

// correlationWords says which pillars go together most and least.
func (s *Session) correlationWords(c *scoring.Matrix) string {
	lo, hi := [3]float64{2}, [3]float64{-2}
	for p := range model.Pillars {
		for q := range p {
			x := c.At(p, q)
			if x < lo[0] {
				lo = [3]float64{x, float64(q), float64(p)}
			}
			if x > hi[0] {
				hi = [3]float64{x, float64(q), float64(p)}
			}
		}
	}
	if lo[0] > 1 {
		return "Too few pillars have scores to be compared."
	}
	pair := func(v [3]float64) string {
		return pillarWord(int(v[1])) + " and " + pillarWord(int(v[2])) + " (" + decimal(v[0], 2) + ")"
	}
	text := "Closest are " + pair(hi) + ", farthest apart " + pair(lo) + ". "
	if hi[0] > 0.9 {
		return text + "Beyond 0.9 two pillars count one thing twice."
	}
	return text + "No pair is beyond 0.9, from where on two pillars would count one thing twice; all of them grow with the size of a city."
}

func (s *Session) correlationSheet() sheet {
	t := sheet{title: "Correlations of pillars and index (Pearson)", columns: append(append([]string{"of"}, view.PillarIDs[:]...), "index")}
	if s.Ranking.Err != nil {
		return t
	}
	c := s.Ranking.Correlations()
	for p := range model.Pillars + 1 {
		line := []any{t.columns[p+1]}
		for q := range model.Pillars + 1 {
			line = append(line, c.At(p, q))
		}
		t.rows = append(t.rows, line)
	}
	return t
}

// --- certainty ----------------------------------------------------------------

// factorWords say what varies in the draws, by scoring.Factor.
var factorWords = [...]choice{
	{"Weights", "of pillars and indicators, drawn around the view's own (Dirichlet, concentration " + strconv.Itoa(scoring.DefaultConcentration) + ": one of six equal weights stays within 11 to 23 % in nine draws of ten)"},
	{"Treatment", "the view's own, or winsorised and then log where needed"},
	{"Normalisation", "min–max, z-score or percentile rank"},
	{"Aggregation", "arithmetic or geometric mean over the pillars"},
	{"Missing values", "left out, or the median of the region"},
	{"Left-out indicator", "in half of the draws one indicator is left out, each with the same chance"},
	{"Left-out source", "in a quarter of the draws one source is left out, with all that only it knows"},
}

// sensed returns the sensitivity analysis of the present ranking, nil where none
// was asked for.
func (s *Session) sensed() *model.Sensitivity {
	if s.sensitivity == nil || !s.sensitivity.Ranking.Same(s.Ranking) {
		return nil
	}
	s.want(&s.sensitivity.Work)
	return s.sensitivity
}

func (s *Session) methodCertainty() section {
	return methodPart("method-certainty", func(w *markup.Writer) {
		prose(w, "Beside each rank stands the range that it has in 90 of 100 other reasonable choices: "+count(model.Draws)+" draws, each a complete ranking, with a fixed seed. The view's own method is always among the choices, and each choice is as likely as the others. What varies:")
		w.Open("dl", "class", "factors")
		for _, f := range factorWords {
			w.Open("div").El("dt", f.id).El("dd", f.label).Close("div")
		}
		w.Close("dl")
		prose(w, "What does not vary: the list of cities, the facts themselves, and what no source sees. The ranges are thus too narrow rather than too wide. "+s.certaintyWords())
	})
}

// methodSobol is a section of its own, whose markup does not depend on the
// draws: what was computed when the page was built stays until the view changes.
func (s *Session) methodSobol() section {
	// The attribute makes the markup of two views differ also before the analysis
	// is asked for, so that figures of one never stay under another.
	return draw("section", "method-sobol", []string{"class", "method-part below", "aria-labelledby", "method-sobol-title", "data-of", view.Format(s.View)}, func(w *markup.Writer) {
		w.El("h3", "Which choice moves the ranking most?", "id", "method-sobol-title")
		x := s.sensed()
		switch {
		case x == nil:
			prose(w, "Sobol indices split the variance of the mean shift in rank among the choices above. They take some ten thousand rankings, in your browser.")
			w.El("button", "Compute for this view", "type", "button", "class", "quiet needs-app", "data-do", "sensitivity", "id", "sensitivity")
		case x.Err != nil:
			w.El("p", "It cannot be computed for this view: "+x.Err.Error()+".", "class", "hint", "role", "status")
		case !x.Done():
			w.El("p", "Computing, in slices, so that the page stays usable…", "class", "hint", "role", "status", "id", "sensing")
		default:
			s.sobolTable(w, x)
		}
	})
}

// certaintyWords says how wide the ranges are.
func (s *Session) certaintyWords() string {
	c := s.sure()
	if c == nil {
		return ""
	}
	var widths []float64
	fixed := 0
	for i, in := range c.Intervals {
		if s.Ranking.Rank[i] > 0 {
			widths = append(widths, float64(in.High-in.Low))
			if in.High == in.Low {
				fixed++
			}
		}
	}
	text := "In this view the median range spans " + decimal(scoring.MedianOf(widths), 0) + " places"
	if fixed > 0 {
		text += ", and " + plural(fixed, "city keeps", "cities keep") + " one place throughout"
	}
	return text + ". Read as groups that cannot be told apart, the " + count(len(widths)) + " cities are " + count(len(c.Groups)) + "."
}

func (s *Session) sobolTable(w *markup.Writer, x *model.Sensitivity) {
	r := x.Result
	top := r.Indices[0]
	for _, k := range r.Indices {
		if k.Total.Value > top.Total.Value {
			top = k
		}
	}
	prose(w, "“"+factorWords[top.Factor].id+"” matters most: if all else were known, "+perCent(top.Total.Value)+" of the variance would remain. On average a city moves "+decimal(r.Mean, 1)+" places from its rank in this view.")
	scrolling(w, "Sobol indices", func() {
		w.Open("table", "class", "figures sobol")
		headings(w, "Choice", "#First order", "#Total", "Drawing: bar is the total, line its range")
		w.Open("tbody")
		for _, k := range r.Indices {
			w.Open("tr").El("th", factorWords[k.Factor].id, "scope", "row")
			estimate(w, k.First)
			estimate(w, k.Total)
			w.Open("td", "class", "bar").Open("svg", "class", "estimate", "aria-hidden", "true")
			w.Open("rect", "x", "0", "y", "25%", "width", percent(100*clamp(k.Total.Value)), "height", "50%").Close("rect")
			w.Open("line", "x1", percent(100*clamp(k.Total.Low)), "x2", percent(100*clamp(k.Total.High)), "y1", "50%", "y2", "50%").Close("line")
			w.Close("svg", "td", "tr")
		}
		w.Close("tbody", "table")
	})
	firstOrderFormula.write(w)
	totalFormula.write(w)
	w.El("p", "R is the mean absolute shift in rank of a draw, a one of the choices. First order, S: the share of the variance that would go if the choice were known. Total, T: the share that would stay if all others were known, interactions included; totals add up to more than 100 %. In brackets the 5th to 95th percentile of 500 bootstrap resamples of "+
		count(r.Rows)+" rows. Estimators: Jansen 1999; sampling: Saltelli 2002.", "class", "caption")
}

func clamp(x float64) float64 { return min(max(x, 0), 1) }

func estimate(w *markup.Writer, e scoring.Estimate) {
	w.Open("td", "class", "num").Text(perCent(e.Value)+" ").El("span", "("+decimal(100*e.Low, 0)+" to "+decimal(100*e.High, 0)+")", "class", "n").Close("td")
}

// --- evidence ----------------------------------------------------------------

func (s *Session) methodEvidence() section {
	return methodPart("method-evidence", func(w *markup.Writer) {
		r := s.Ranking
		if r.Err != nil {
			w.El("p", s.noRanking(), "class", "empty")
			return
		}
		prose(w, "Each score of a city in a pillar is graded by what stands behind it: strong from three sources and ten records or figures on, fair from two sources and three of them, else thin. One column is one city, the first of the ranking at the left; a full column is strong, a half one fair, a stub thin.")
		w.Open("table", "class", "figures heat")
		headings(w, "Pillar", "Cities in order of rank", "#Strong", "#Fair", "#Thin")
		w.Open("tbody")
		evidence := s.evidence()
		for p, name := range pillarNames {
			var n [3]int
			for _, i := range r.Order {
				n[evidence[i][p].Grade]++
			}
			w.Open("tr").El("th", name, "scope", "row", "class", "key "+pillarClass(p))
			w.Open("td", "class", "bar").Raw(heat(r.Order, evidence, p)).Close("td")
			for g := data.Strong; ; g-- {
				w.El("td", count(n[g]), "class", "num")
				if g == data.Thin {
					break
				}
			}
			w.Close("tr")
		}
		w.Close("tbody", "table")
		w.Open("details", "class", "more", "id", "evidence-table")
		w.El("summary", "The same as a table: grade, records and figures, sources")
		scrolling(w, "Evidence by city and pillar", func() {
			w.Open("table", "class", "figures evidence-table")
			headings(w, append([]string{"City"}, pillarNames[:]...)...)
			w.Open("tbody")
			for _, i := range r.Order {
				c := s.cityOf(i)
				w.Open("tr").Open("th", "scope", "row").El("a", c.Name, "href", s.href("/city/"+c.ID)).Close("th")
				for _, e := range evidence[i] {
					w.Open("td", "class", "grade-"+e.Grade.String()).El("b", e.Grade.String()).Text(" " + count(e.Records+e.Figures) + " / " + count(e.Sources)).Close("td")
				}
				w.Close("tr")
			}
			w.Close("tbody", "table")
		})
		w.Close("details")
		takeAway(w, "evidence")
	})
}

// heat draws the grades of one pillar, one column a city. It is one path for
// each grade: a rectangle for each city would be ten times as long.
func heat(order []int, evidence [][data.NumActors]data.Evidence, p int) string {
	var w markup.Writer
	w.Open("svg", "class", "grades "+pillarClass(p), "viewBox", "0 0 "+strconv.Itoa(len(order))+" 4", "preserveAspectRatio", "none", "role", "img",
		"aria-label", pillarNames[p]+": grades of evidence in order of rank; the table below has them by city")
	for g := data.Thin; g <= data.Strong; g++ {
		var d []byte
		height := [3]string{data.Thin: "v-.5", data.Fair: "v-2", data.Strong: "v-4"}[g]
		for k, i := range order {
			if evidence[i][p].Grade == g {
				d = append(append(strconv.AppendInt(append(d, 'M'), int64(k), 10), " 4"...), height...)
				d = append(d, "h.85V4z"...)
			}
		}
		if len(d) > 0 {
			w.Open("path", "class", g.String(), "d", string(d)).Close("path")
		}
	}
	w.Close("svg")
	return w.String()
}

func (s *Session) evidenceSheet() sheet {
	t := sheet{title: "Evidence by city and pillar", columns: []string{"city", "pillar", "grade", "records", "figures", "sources", "indicators_missing"}}
	if s.Ranking.Err != nil {
		return t
	}
	for _, i := range s.Ranking.Order {
		for p, e := range s.evidence()[i] {
			t.rows = append(t.rows, []any{s.cityOf(i).ID, view.PillarIDs[p], e.Grade.String(), e.Records, e.Figures, e.Sources, e.Missing})
		}
	}
	return t
}
