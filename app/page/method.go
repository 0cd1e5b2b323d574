package page

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"aicities/app/markup"
	"aicities/app/view"
	"aicities/data"
)

// methodScreen says how the present view is made and how far it can be trusted.
// Its parts lie in files of their own: the steps here, formula.go, the
// statistics in method_figures.go, the published rankings in method_rankings.go,
// sources and limits in method_sources.go, what sources see in
// method_coverage.go, the files in method_downloads.go.
var methodScreen = screen{
	name:  "method",
	path:  "/method",
	label: "Method",
	title: func(*Session) string { return "Method, sources and limits · " + siteName },
	description: func(s *Session) string {
		return "How the ranking is made, step by step, with formulas; every source with its licence and known bias; how sure the order is; and how it compares with published rankings, good or bad."
	},
	sections: (*Session).methodSections,
}

func (s *Session) methodSections() []section {
	return []section{
		s.methodIntro(), s.methodSteps(), s.methodExample(), s.methodIndicators(), s.methodCorrelations(),
		s.methodCertainty(), s.methodSobol(), s.methodRankings(), s.methodEvidence(), s.methodCoverage(), s.methodSources(), s.methodCities(), s.methodLimits(), s.methodDownloads(), s.methodCite(),
	}
}

// methodParts are the parts of the page, with the questions that they answer.
var methodParts = []choice{
	{"method-steps", "What is done, step by step?"},
	{"method-example", "What does that give for one city?"},
	{"method-indicators", "What is counted?"},
	{"method-correlations", "Do the pillars measure different things?"},
	{"method-certainty", "How certain is the order?"},
	{"method-rankings", "Do others rank the cities alike?"},
	{"method-evidence", "How much evidence is there?"},
	{"method-coverage", "Is a city ahead because it is seen better?"},
	{"method-sources", "Where do the facts come from?"},
	{"method-cities", "Why these cities?"},
	{"method-limits", "What should one not conclude?"},
	{"method-downloads", "Can I have the data?"},
	{"method-cite", "How to cite and check it"},
}

// methodPart draws one of methodParts under its question.
func methodPart(id string, write func(w *markup.Writer)) section {
	return draw("section", id, []string{"class", "method-part", "aria-labelledby", id + "-title"}, func(w *markup.Writer) {
		w.El("h2", labelOf(methodParts, id), "id", id+"-title")
		write(w)
	})
}

// prose writes a paragraph of running text.
func prose(w *markup.Writer, text string) { w.El("p", text, "class", "prose") }

// scrolling writes a table that is too wide for a phone in a box of its own,
// which can be scrolled by keyboard.
func scrolling(w *markup.Writer, label string, write func()) {
	w.Open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", label)
	write()
	w.Close("div")
}

// headings writes a row of column headings; a name that starts with '#' is of a
// column of numbers.
func headings(w *markup.Writer, names ...string) {
	w.Open("thead").Open("tr")
	for _, name := range names {
		if rest, is := strings.CutPrefix(name, "#"); is {
			w.El("th", rest, "scope", "col", "class", "num")
		} else {
			w.El("th", name, "scope", "col")
		}
	}
	w.Close("tr", "thead")
}

func (s *Session) methodIntro() section {
	return draw("div", "intro", nil, func(w *markup.Writer) {
		w.El("h1", "How the ranking is made, and how far to trust it")
		w.Open("p", "class", "lead")
		if view.Format(s.View) == "" {
			w.Text("Six pillars count the same. Each is a mean of a few indicators, each indicator a count or a measurement from open sources, brought to a scale from 0 to 100. Below is every step, what it rests on and where it is weak.")
		} else {
			w.Text("What follows describes the ranking with your own settings: " + s.settingsWords() + ". ")
			w.El("a", "The default ranking", "href", s.hrefOf("/method", view.Default()), "data-plain", "").Text(" is described on the same page.")
		}
		w.Close("p")
		w.Open("nav", "aria-label", "On this page", "class", "on-page").Open("ul")
		for _, p := range methodParts {
			w.Open("li").El("a", p.label, "href", "#"+p.id).Close("li")
		}
		w.Close("ul", "nav")
	})
}

// settingsWords names what differs from the default.
func (s *Session) settingsWords() string {
	v, base := s.View, view.Default()
	var parts []string
	if v.Weights != base.Weights {
		text := "own weights"
		for i, p := range view.Presets {
			if p.Weights == v.Weights {
				text = "the weights of the preset “" + presetNames[i].label + "”"
			}
		}
		parts = append(parts, text)
	}
	if len(v.Indicators) > 0 {
		parts = append(parts, plural(len(v.Indicators), "indicator", "indicators")+" weighted by hand")
	}
	if v.Universe.Kind != "" {
		parts = append(parts, s.universeWords())
	}
	if !v.Lens.Empty() {
		parts = append(parts, "a filter on initiatives")
	}
	if v.Partial {
		parts = append(parts, "partial sources counted too")
	}
	if v.PerHead {
		parts = append(parts, "figures per million inhabitants")
	}
	if v.Norm+v.Over+v.Within+v.Treat+v.Missing != "" {
		parts = append(parts, "another method")
	}
	if len(parts) == 0 {
		return "the default method"
	}
	return join(parts)
}

func (s *Session) universeWords() string {
	switch u := s.View.Universe; u.Kind {
	case "population":
		return "the 100 urban areas with most people"
	case "output":
		return "the 100 urban areas with the largest known output"
	case "all":
		return "every city with at least five initiatives of global sources"
	case "region":
		return "the cities of " + u.Region
	case "own":
		return "a list of your own"
	}
	return "the default 100: the largest by people and output together"
}

// --- the steps ------------------------------------------------------------------

// methodStep is one step as the present view takes it.
type methodStep struct {
	title, setting, words string
	formulas              []formula
	reference             string
}

func (s *Session) methodSteps() section {
	return methodPart("method-steps", func(w *markup.Writer) {
		prose(w, "The order of steps is that of the handbook of the OECD and the European Commission's Joint Research Centre (2008). Bold is what the present view does; every choice can be changed on the ranking.")
		w.Open("ol", "class", "steps")
		for _, step := range s.steps() {
			w.Open("li").El("h3", step.title)
			w.Open("p", "class", "prose").El("b", step.setting+".").Text(" " + step.words).Close("p")
			for _, f := range step.formulas {
				f.write(w)
			}
			if step.reference != "" {
				w.El("p", step.reference, "class", "caption")
			}
			w.Close("li")
		}
		w.Close("ol")
		w.El("p", "x is an indicator as counted or measured, x′ treated, y normalised; w the weight of an indicator in its pillar, W that of a pillar, P the score of a pillar, S the index; i and k are cities, j an indicator, p a pillar, n the number of cities that have a value.", "class", "caption")
	})
}

func (s *Session) steps() []methodStep {
	v, r := s.View, s.Ranking
	counted, records := "Sources of global coverage only", 0
	for _, n := range r.Initiatives {
		records += n
	}
	words := "A source is global where every city had the same chance to be in it. A register that only some countries keep is partial: it would lift its own cities, so it is shown and does not count."
	if v.Partial {
		counted = "Partial sources count too"
		words = "They cover only some countries, so this order favours cities with public registers."
	}
	if !v.Lens.Empty() {
		counted += ", through your filter"
	}
	steps := []methodStep{
		{title: "Choose the cities", setting: upper(s.universeWords()) + " (" + count(len(r.Cities)) + ")", words: "How the 100 were chosen, and what is weak about it, is said below.", reference: "Handbook, step 1."},
		{title: "Count the initiatives", setting: counted + " (" + count(records) + " records)",
			words: words + " A thing that several sources name is one record. National policies belong to every city of their country, never to the capital alone.", reference: "Handbook, step 2."},
	}
	if v.PerHead {
		steps = append(steps, methodStep{"Put by size of the city", "Per million inhabitants", "Only where an indicator scales with population; presence counts (cloud regions, exchanges) stay as they are.", []formula{perHeadFormula}, "Population: UN World Urbanization Prospects 2018, projection for 2025."})
	} else {
		steps = append(steps, methodStep{title: "Put by size of the city", setting: "Absolute values", words: "A large city has more of everything; the question asked is where the activity is, not where it is densest. The switch to figures per million inhabitants asks the other question."})
	}
	steps = append(steps, s.treatStep(), s.missingStep(), s.normStep(), s.weightStep())
	steps = append(steps, methodStep{"Bring indicators to pillars", labelOf(withinChoices, v.Within), meanWords[v.Within] + s.positiveWords(v.Within),
		[]formula{weighted(v.Within, false)}, "Handbook, step 6."})
	over := meanWords[v.Over] + s.positiveWords(v.Over)
	steps = append(steps, methodStep{"Bring pillars to the index", labelOf(aggChoices, v.Over), over, []formula{weighted(v.Over, true)}, meanReferences[v.Over]})
	return append(steps, methodStep{"Rank", "Competition ranks", "1 is best; cities with the same score share the better rank, and the next one is left out. Scores that differ by less than rounding are the same.",
		[]formula{rankFormula}, ""})
}

func upper(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func (s *Session) treatStep() methodStep {
	words := map[string]string{
		"":       "A few cities have most of everything, and without treatment they alone would decide. The logarithm makes each doubling count the same; the median speed of a country is not skewed and stays as it is.",
		"none":   "Values stay as they are: the largest cities decide almost alone.",
		"log":    "Every indicator goes through the logarithm, which makes each doubling count the same.",
		"winsor": "Where skewness is at least 2 and kurtosis at least 3.5, up to five outliers are set to the next value; where that does not suffice, the logarithm below is taken of the untouched values instead.",
	}
	step := methodStep{title: "Treat skewed indicators", setting: labelOf(treatChoices, s.View.Treat), words: words[s.View.Treat],
		reference: "Becker and others 2022, COINr (Journal of Open Source Software 7, 4567); Handbook, step 3."}
	if f, ok := treatFormulas[s.View.Treat]; ok {
		step.formulas = []formula{f}
	}
	return step
}

func (s *Session) missingStep() methodStep {
	words := map[string]string{
		"":        "An indicator that a source cannot see for a city is left out there, and the weights of the others in its pillar count alone. Nothing missing is taken for zero. A list that is complete (TOP500, cloud regions) does say zero for a city that it does not name.",
		"zero":    "A missing value counts as the lowest that any city has: not knowing is punished.",
		"median":  "A missing value is taken to be the median of its region's cities that have one.",
		"require": "A city with less than three quarters of a pillar's indicators has no score there, and one without a score in some pillar is not ranked.",
	}
	return methodStep{title: "Handle missing values", setting: labelOf(missingChoices, s.View.Missing), words: words[s.View.Missing], reference: "Handbook, step 3."}
}

func (s *Session) normStep() methodStep {
	words := map[string]string{
		"":         "The lowest city has 0 and the highest 100 in every indicator. It keeps proportions, and leans on the two extremes.",
		"zscore":   "Mean 50, standard deviation 15. An outlier can go beyond 100.",
		"rank":     "Only the order counts, not the distances.",
		"max":      "The best city has 100, the others their share of it.",
		"quintile": "Cities fall into five classes of equal number: 0, 25, 50, 75 or 100.",
	}
	return methodStep{"Normalise", labelOf(normChoices, s.View.Norm), words[s.View.Norm], []formula{normFormulas[s.View.Norm]}, "Handbook, step 5; the direction of an indicator is applied first, so that high is always good."}
}

func (s *Session) weightStep() methodStep {
	var parts []string
	for p, share := range s.View.Weights.Percent() {
		parts = append(parts, pillarNames[p]+" "+strconv.Itoa(share)+" %")
	}
	if s.View.Weights == view.EqualWeights {
		parts = []string{"One sixth for each pillar"}
	}
	words := "No theory says that one pillar matters more than another, so by default all count the same: that is a choice, too, and sliders undo it. Inside a pillar indicators count the same, but for named institutes, which count half: some countries name their units more often."
	if len(s.View.Indicators) > 0 {
		words += " This view weights " + plural(len(s.View.Indicators), "indicator", "indicators") + " by hand; the table below shows what came of it."
	}
	return methodStep{title: "Weigh", setting: join(parts), words: words, reference: "Handbook, step 6. Weights are not found by statistics (principal components, best-looking frontier): such weights are hard to explain and follow the data's gaps."}
}

var meanWords = map[string]string{
	"":          "A weighted mean: a lead in one can make up for a lag in another, in full.",
	"geometric": "A weighted geometric mean: a lag counts more than a lead of the same size, so balance pays.",
	"harmonic":  "A weighted harmonic mean: the weakest values count most.",
	"median":    "The weighted median: half of the weight lies on either side. Extremes do not matter at all.",
	"copeland":  "Cities are compared in pairs: the one that is better in pillars with more than half of the weight wins. The score shown is 50 plus 50 times wins less losses, over the number of other cities.",
	"topsis":    "Closeness to an ideal city with the best value in each pillar (distance d⁺), as against one with the worst (d⁻), times 100.",
}

var meanReferences = map[string]string{
	"":          "Handbook, step 6. A missing pillar is left out and the others count alone.",
	"geometric": "Handbook, step 6; UNDP has made the Human Development Index so since 2010.",
	"harmonic":  "Handbook, step 6.",
	"median":    "Weighted median, as in COINr (a_median).",
	"copeland":  "Munda and Nardo 2009, Non-compensatory composite indicators for ranking countries (Applied Economics 41).",
	"topsis":    "Hwang and Yoon 1981, Multiple Attribute Decision Making.",
}

// positiveWords says how values that a mean cannot take are brought above zero.
func (s *Session) positiveWords(method string) string {
	if method == "geometric" || method == "harmonic" {
		return " It cannot take a zero, so all normalised values are first brought to between 1 and 100 by one linear map."
	}
	return ""
}

// --- an example ------------------------------------------------------------------

// exampleEntry is the city that the example follows: the selected one, else the first.
func (s *Session) exampleEntry() (int, bool) {
	r := s.Ranking
	if c, ok := s.data().CityByID(s.View.Selected); ok {
		if i, ok := r.Entry(c); ok && r.Rank[i] > 0 {
			return i, true
		}
	}
	if len(r.Order) == 0 || r.Rank[r.Order[0]] == 0 {
		return 0, false
	}
	return r.Order[0], true
}

func (s *Session) methodExample() section {
	return methodPart("method-example", func(w *markup.Writer) {
		i, ok := s.exampleEntry()
		if !ok {
			w.El("p", "These settings rank no city: "+s.noRanking(), "class", "empty")
			return
		}
		r, c := s.Ranking, s.cityOf(i)
		w.Open("p", "class", "prose").El("a", c.Name, "href", s.href("/city/"+c.ID)).Text(" has the score " + score(r.Score[i]) + " and is " + ordinal(r.Rank[i]) + ". ")
		if s.View.Over == "" {
			w.Text("Each pillar gives its weight times its score:")
		} else {
			w.Text("Under this method a pillar's part is in proportion to its weight times its score:")
		}
		w.Close("p")
		weights := s.View.Weights.Shares()
		scrolling(w, "Parts of the score of "+c.Name, func() {
			w.Open("table", "class", "figures parts-table")
			headings(w, "Pillar", "#Weight", "#Score", "#Gives")
			w.Open("tbody")
			for p, name := range pillarNames {
				w.Open("tr").El("th", name, "scope", "row", "class", "key "+pillarClass(p))
				w.El("td", decimal(100*weights[p], 1)+" %", "class", "num").El("td", score(r.Pillar[i][p]), "class", "num")
				w.El("td", score(r.Part[i][p]), "class", "num").Close("tr")
			}
			w.Open("tr", "class", "total").El("th", "Score", "scope", "row").El("td", "100 %", "class", "num").El("td", "").El("td", score(r.Score[i]), "class", "num")
			w.Close("tr", "tbody", "table")
		})
		w.Open("details", "class", "more", "id", "example-indicators")
		w.El("summary", "Its indicators through the steps")
		scrolling(w, "Indicators of "+c.Name, func() {
			w.Open("table", "class", "figures")
			headings(w, "Indicator", "#As counted", "#Treated", "#Normalised", "#Weight in pillar")
			w.Open("tbody")
			for _, x := range s.Explorer.Inspect(r) {
				j := x.Indicator
				if r.Model.NoValue[j] {
					continue
				}
				def := &s.data().Indicators[j]
				w.Open("tr").Open("th", "scope", "row", "class", "key "+pillarClass(int(def.Pillar))).Text(def.Title+", ").El("span", def.Unit, "class", "n").Close("th")
				w.El("td", figure(r.Model.Raw.At(i, j)), "class", "num").El("td", decimal(r.Model.Treated.At(i, j), 2), "class", "num")
				w.El("td", decimal(r.Model.Normalised.At(i, j), 1), "class", "num").El("td", decimal(100*x.Weight, 0)+" %", "class", "num").Close("tr")
			}
			w.Close("tbody", "table")
		})
		w.Close("details")
	})
}

// noRanking says why there is no ranking.
func (s *Session) noRanking() string {
	if s.Ranking.Err != nil {
		return s.Ranking.Err.Error() + "."
	}
	return "no city has a score."
}

// --- limits, cities, citation ------------------------------------------------------

func (s *Session) methodCities() section {
	return methodPart("method-cities", func(w *markup.Writer) {
		prose(w, "The published study speaks of “100 of the world's largest metropolitan areas” and prints neither a list nor a rule. Ours: every urban area of at least one million people is placed by the geometric mean of its people and its economic output; the first 100 are taken, at most 12 of one country; a city in the published top ten stays in.")
		formula{"size = √(people · output)", mrow(named("size"), mo("="), "<msqrt>"+mrow(named("people"), mo("·"), named("output"))+"</msqrt>")}.write(w)
		countries := map[int]bool{}
		universe := s.data().DefaultUniverse()
		for _, c := range universe {
			countries[s.data().Cities[c].Country] = true
		}
		prose(w, count(len(universe))+" cities of "+count(len(countries))+" countries come of it. What is weak about it:")
		w.Open("ul", "class", "prose")
		for _, text := range []string{
			"It was chosen after looking: fifteen variants were tried and the cap of 12 was kept because it loses none of the cities that the study is known to rank. So that it holds those cities is no evidence that the study chose in the same way.",
			"Output is of several publishers, years (2016 to 2023) and boundaries, and estimated from the country's figure per head where no city figure was found. Good enough to select cities, not to compare two.",
			"Abu Dhabi is in by the emirate's output, oil and all; by the national figure per head it would be 136th. Hence the last clause of the rule.",
			"The last places are close. Dublin, Stockholm, Vienna, Hyderabad, Perth, Lahore, Shizuoka, Athens, Amsterdam, Copenhagen, Brasília and Lisbon are just in; Marseille, Sapporo, Luanda, San Juan, Zurich, Ahmedabad, Kinshasa and Recife just out.",
			"Cities that are large in AI and small in people are out: Zurich, Austin, Cambridge, Helsinki, Tallinn, Pittsburgh. They can be ranked by choosing all cities with enough data.",
			"Population is a projection for 2025 that the United Nations made in 2018, not a count.",
		} {
			w.El("li", text)
		}
		w.Close("ul")
		w.Open("p", "class", "prose").Text("See the ranking of other sets: ")
		for k, u := range []choice{{"population", "the 100 with most people"}, {"output", "the 100 with the largest output"}, {"all", "all cities with enough data"}} {
			if k > 0 {
				w.Text(", ")
			}
			v := view.Default()
			v.Universe.Kind = u.id
			w.El("a", u.label, "href", s.hrefOf("/", v))
		}
		w.Text(".").Close("p")
	})
}

func (s *Session) methodLimits() section {
	return methodPart("method-limits", func(w *markup.Writer) {
		r := s.Ranking
		w.Open("ul", "class", "prose limits")
		limits := []string{
			"It measures what open sources see, not what exists. Places that publish in English or keep public registers have more records. A city with few records may be quiet, or only quiet on the web.",
			"China is well seen by research papers and badly by lists of companies and computers: its largest clusters are disclosed by nobody, so that indicator is missing for its cities. Africa, Latin America, South Asia and Iran are thin in everything but papers and networks.",
			"More is not better in any moral sense. Counting initiatives says nothing of their quality, cost, use or harm.",
			"Records of single web pages are the weakest. Samples re-read against their pages found faults of substance in 9 to 25 of 100 before their last correction, mostly plans that read as if they existed; the rate after it was not measured. Each record shows its source, so that it can be checked.",
			"Records of other sources had faults in 0 to 5 of 100 in samples of about 40: organisations with one or two papers and lists of startups are the weakest of them.",
			"A head office is not where the work is done. Companies, papers and computers are put where their source says the organisation sits.",
			"National figures (policies, download speed) are the same for all cities of a country. They cannot tell two of its cities apart.",
			"Dates are mixed: TOP500 of June 2025, lists of companies of 2022 to 2026, network figures of 2024 to 2026.",
			"Neighbouring ranks are rarely different places. Look at the range beside a rank before speaking of a lead.",
		}
		for _, text := range limits {
			w.El("li", text)
		}
		thin := 0
		if r.Err == nil {
			for _, e := range s.evidence() {
				for _, p := range e {
					if p.Grade == data.Thin {
						thin++
					}
				}
			}
			w.El("li", "In this view "+count(thin)+" of "+count(len(r.Cities)*view.Pillars)+" pillar scores rest on thin evidence.")
		}
		w.Close("ul")
	})
}

// references are the works that the method follows.
var references = []struct{ text, doi string }{
	{"OECD and European Commission, Joint Research Centre (2008): Handbook on Constructing Composite Indicators. Methodology and User Guide.", "10.1787/9789264043466-en"},
	{"Becker, W., Caperna, G., Del Sorbo, M., Norlén, H., Papadimitriou, E., Saisana, M. (2022): COINr: An R package for developing composite indicators. Journal of Open Source Software 7(78), 4567.", "10.21105/joss.04567"},
	{"Saisana, M., Saltelli, A., Tarantola, S. (2005): Uncertainty and sensitivity analysis techniques as tools for the quality assessment of composite indicators. Journal of the Royal Statistical Society A 168(2).", "10.1111/j.1467-985X.2005.00350.x"},
	{"Paruolo, P., Saisana, M., Saltelli, A. (2013): Ratings and rankings: voodoo or science? Journal of the Royal Statistical Society A 176(3).", "10.1111/j.1467-985X.2012.01059.x"},
	{"Saltelli, A., Annoni, P., Azzini, I., Campolongo, F., Ratto, M., Tarantola, S. (2010): Variance based sensitivity analysis of model output. Computer Physics Communications 181(2).", "10.1016/j.cpc.2009.09.018"},
	{"Jansen, M. J. W. (1999): Analysis of variance designs for model output. Computer Physics Communications 117.", "10.1016/S0010-4655(98)00154-4"},
	{"Munda, G., Nardo, M. (2009): Noncompensatory/nonlinear composite indicators for ranking countries: a defensible setting. Applied Economics 41(12).", "10.1080/00036840601019364"},
	{"Bonett, D. G., Wright, T. A. (2000): Sample size requirements for estimating Pearson, Kendall and Spearman correlations. Psychometrika 65(1).", "10.1007/BF02294183"},
	{"Joanes, D. N., Gill, C. A. (1998): Comparing measures of sample skewness and kurtosis. The Statistician 47(1).", "10.1111/1467-9884.00122"},
}

func (s *Session) methodCite() section {
	return methodPart("method-cite", func(w *markup.Writer) {
		e := s.data().Edition
		year, _, _ := strings.Cut(e.Released, "-")
		what := "default view"
		if q := s.Query(); q != "" {
			what = "view " + q
		}
		prose(w, "Name the edition and the view: an edition never changes, and the same view of one edition gives the same figures on every machine.")
		w.El("p", siteName+" ("+year+"), edition "+e.ID+", "+what+". Link: copy it with the button above.", "class", "citation", "id", "citation")
		prose(w, "Every table on this page and on the others can be taken away as CSV or JSON, with the link of its view, the edition and the sources inside. Licences are those of the sources: they go with the facts.")
		prose(w, "The engine is tested against published figures (the Human Development Index 2022, the example of the COINr package) and gives the same bits in a browser and outside one. All draws come from a fixed seed.")
		w.El("h3", "References")
		w.Open("ul", "class", "references")
		for _, ref := range references {
			w.Open("li").Text(ref.text+" ").El("a", "doi:"+ref.doi, "href", "https://doi.org/"+ref.doi, "target", "_blank", "rel", "noopener noreferrer").Close("li")
		}
		w.Close("ul")
	})
}

// perCent writes a share as per cent without decimals; "–" for a missing one.
func perCent(share float64) string {
	switch {
	case math.IsNaN(share):
		return "–"
	case share > 0 && share < 0.005:
		return "< 1 %"
	}
	return decimal(100*share, 0) + " %"
}

func sourceIDs(d *data.Dataset, indexes []int) string {
	var ids []string
	for _, k := range indexes {
		ids = append(ids, d.Sources[k].ID)
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}
