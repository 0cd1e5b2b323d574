package page

import (
	"slices"
	"strconv"
	"strings"

	"aicities/app/markup"
	"aicities/app/model"
	"aicities/data"
)

var cityScreen = screen{
	name: "city",
	title: func(s *Session) string {
		c, _ := s.city()
		city := &s.data().Cities[c]
		// The country belongs to it: there are two cities named Hyderabad.
		return city.Name + ", " + s.data().Countries[city.Country].Name + ": AI activity, rank and sources · " + siteName
	},
	description: func(s *Session) string {
		c, _ := s.city()
		city := &s.data().Cities[c]
		text := "What open records show of the work on artificial intelligence in " + city.Name + ", " + s.data().Countries[city.Country].Name
		if i, ok := s.Ranking.Entry(c); ok && s.Ranking.Rank[i] > 0 {
			text += ": " + ordinal(s.Ranking.Rank[i]) + " of " + count(len(s.Ranking.Cities))
		}
		return text + ". Six pillars, every indicator and every initiative with its source."
	},
	sections: (*Session).citySections,
}

func (s *Session) citySections() []section {
	c, _ := s.city()
	i, ranked := s.Ranking.Entry(c)
	out := []section{s.cityHead(c, i, ranked)}
	if ranked {
		out = append(out, s.cityPillars(i))
		if s.Ranking.Rank[i] > 0 {
			out = append(out, s.cityWhy(i), s.cityUp(i))
		}
	}
	return append(out, s.citySide(c, i, ranked), s.cityCharts(c), s.cityIndicators(c, i, ranked), s.cityRecords(c), s.nationalRecords(c))
}

func (s *Session) cityHead(c, i int, ranked bool) section {
	city := &s.data().Cities[c]
	country := &s.data().Countries[city.Country]
	return draw("div", "intro", nil, func(w *markup.Writer) {
		w.Open("p", "class", "crumbs").El("a", "Ranking", "href", s.href("/")).Text(" / " + country.Name).Close("p")
		w.Open("h1").Text(s.cityHeadline(c, i, ranked)).Close("h1")
		w.Open("p", "class", "lead").Text(s.cityLead(c, i, ranked)).Close("p")
		w.Open("p", "class", "facts")
		facts := []string{country.Name, s.data().Regions[country.Region]}
		if city.NativeName != "" && city.NativeName != city.Name {
			facts = append([]string{city.NativeName}, facts...)
		}
		if city.Population > 0 {
			facts = append(facts, decimal(city.Population/1e6, 1)+" million people in the urban area ("+strconv.Itoa(city.PopYear)+", "+s.data().Sources[city.PopSource].Publisher+")")
		}
		w.Text(strings.Join(facts, " · "))
		w.Close("p")
	})
}

// cityHeadline is the answer in one sentence.
func (s *Session) cityHeadline(c, i int, ranked bool) string {
	name := s.data().Cities[c].Name
	switch {
	case !ranked:
		return name + " is not among the cities ranked here."
	case s.Ranking.Rank[i] == 0:
		return name + " cannot be ranked under these settings."
	}
	return s.placeSentence(i)
}

// cityLead says what the city is strong and weak in, and how many records there are.
func (s *Session) cityLead(c, i int, ranked bool) string {
	rows, _ := s.cityRows(c)
	sources := map[int]bool{}
	for _, row := range rows {
		for _, k := range s.data().SourcesOf(row) {
			sources[k] = true
		}
	}
	records := plural(len(rows), "initiative", "initiatives") + " from " + plural(len(sources), "source", "sources") + "."
	if !ranked || s.Ranking.Rank[i] == 0 {
		return records
	}
	r := s.Ranking
	var have []int
	for p := range pillarNames {
		if x := r.Pillar[i][p]; x == x {
			have = append(have, p)
		}
	}
	if len(have) < 2 {
		return records
	}
	slices.SortStableFunc(have, func(a, b int) int {
		// By place in the pillar, since pillars differ in how their scores spread.
		return model.PillarRank(r, i, a) - model.PillarRank(r, i, b)
	})
	first, second, last := have[0], have[1], have[len(have)-1]
	at := func(p int) string { return ordinal(model.PillarRank(r, i, p)) }
	return "Best placed in " + pillarWord(first) + " (" + at(first) + ") and " + pillarWord(second) + " (" + at(second) +
		"); furthest behind in " + pillarWord(last) + " (" + at(last) + "). " + records
}

func pillarWord(p int) string {
	if p == int(data.Telecom) {
		return "telecom"
	}
	return strings.ToLower(pillarNames[p])
}

// --- pillars -----------------------------------------------------------------

func (s *Session) cityPillars(i int) section {
	r := s.Ranking
	return draw("section", "city-pillars", []string{"aria-labelledby", "city-pillars-title"}, func(w *markup.Writer) {
		w.El("h2", "Where does it stand in each pillar?", "id", "city-pillars-title")
		w.Open("table", "class", "pillar-table")
		w.Open("thead").Open("tr")
		for _, h := range []string{"Pillar", "", "Score", "Place", "Median", "Best", "Evidence"} {
			if h == "" {
				w.Open("th", "scope", "col", "class", "bar").El("span", "Drawing: bar is the score, stroke the median, ring the best", "class", "visually-hidden").Close("th")
				continue
			}
			w.El("th", h, "scope", "col", "class", strings.ToLower(h))
		}
		w.Close("tr", "thead").Open("tbody")
		for p, name := range pillarNames {
			median, best := model.PillarMedian(r, p), model.PillarBest(r, p)
			w.Open("tr", "data-pillar", s.pillarID(p))
			w.El("th", name, "scope", "row", "class", "pillar key "+pillarClass(p))
			w.Open("td", "class", "bar")
			x := r.Pillar[i][p]
			w.Open("svg", "class", "against", "aria-hidden", "true")
			w.Open("line", "class", "axis", "x1", "0%", "x2", "100%", "y1", "50%", "y2", "50%").Close("line")
			if x == x {
				w.Open("rect", "class", pillarClass(p), "x", "0", "y", "25%", "width", percent(x), "height", "50%").Close("rect")
			}
			if median == median {
				w.Open("line", "class", "median", "x1", percent(median), "x2", percent(median), "y1", "8%", "y2", "92%").Close("line")
			}
			if best >= 0 {
				w.Open("circle", "class", "best", "cx", percent(r.Pillar[best][p]), "cy", "50%", "r", "4").Close("circle")
			}
			w.Close("svg", "td")
			w.El("td", score(x), "class", "score")
			place := "–"
			if x == x {
				place = ordinal(model.PillarRank(r, i, p))
			}
			w.El("td", place, "class", "place")
			w.El("td", score(median), "class", "median")
			w.Open("td", "class", "best")
			if best >= 0 {
				b := s.cityOf(best)
				w.El("a", b.Name, "href", s.href("/city/"+b.ID)).Text(" " + score(r.Pillar[best][p]))
			}
			w.Close("td")
			e := s.evidence()[i][p]
			w.Open("td", "class", "evidence").El("b", e.Grade.String()).Text(": " + evidenceWords(e)).Close("td")
			w.Close("tr")
		}
		w.Close("tbody", "table")
		w.El("p", "Bar: this city. Stroke: the median of the ranked cities. Ring: the best.", "class", "caption")
		takeAway(w, "city-pillars")
	})
}

func evidenceWords(e data.Evidence) string {
	var parts []string
	if e.Records > 0 || e.Figures == 0 {
		parts = append(parts, plural(e.Records, "record", "records"))
	}
	if e.Figures > 0 {
		parts = append(parts, plural(e.Figures, "figure", "figures"))
	}
	parts = append(parts, plural(e.Sources, "source", "sources"))
	if e.Missing > 0 {
		parts = append(parts, plural(e.Missing, "indicator", "indicators")+" missing")
	}
	return strings.Join(parts, ", ")
}

func (s *Session) pillarID(p int) string { return data.Actor(p).String() }

// --- indicators --------------------------------------------------------------

func (s *Session) cityIndicators(c, i int, ranked bool) section {
	return draw("section", "city-indicators", []string{"aria-labelledby", "city-indicators-title"}, func(w *markup.Writer) {
		w.El("h2", "Every indicator, with its source", "id", "city-indicators-title")
		w.Open("table", "class", "indicator-table stack")
		w.Open("thead").Open("tr")
		for _, h := range []string{"Indicator", "Value", "Unit", "Year", "Normalised", "Source"} {
			w.El("th", h, "scope", "col", "class", strings.ToLower(h))
		}
		w.Close("tr", "thead").Open("tbody")
		columns := s.indicatorColumns(c)
		for j := range s.data().Indicators {
			s.indicatorRow(w, c, i, ranked, j, columns[j][0])
		}
		w.Close("tbody", "table")
		takeAway(w, "city-indicators")
	})
}

// indicatorColumns returns the indicators of one city under the view's lens.
func (s *Session) indicatorColumns(c int) [][]float64 {
	return s.data().Matrix([]int{c}, s.Explorer.Lens(s.View), nil)
}

func (s *Session) indicatorRow(w *markup.Writer, c, i int, ranked bool, j int, value float64) {
	d := s.data()
	def := &d.Indicators[j]
	w.Open("tr", "data-indicator", def.ID)
	w.Open("th", "scope", "row", "class", "key "+pillarClass(int(def.Pillar)))
	w.Text(def.Title)
	if def.National {
		w.Text(" ").El("span", "national", "class", "thin", "title", "The same figure for every city of the country")
	}
	if def.Coverage == data.Partial {
		w.Text(" ").El("span", "partial", "class", "thin", "title", "Its source covers only some cities; it counts only where partial sources are switched on")
	}
	w.Close("th")
	w.El("td", figure(value), "class", "value", "data-label", "Value")
	w.El("td", def.Unit, "class", "unit", "data-label", "Unit")
	f := d.Figure(j, c)
	period := f.Period
	if def.Made != data.Measured {
		period = s.lensYears()
	}
	w.El("td", orDash(strings.ReplaceAll(period, "-", "–")), "class", "year", "data-label", "Year")
	normalised := "not used"
	if ranked && s.Ranking.Err == nil && !s.Ranking.Model.NoValue[j] {
		normalised = decimal(s.Ranking.Model.Normalised.At(i, j), 1)
	}
	w.El("td", normalised, "class", "normalised", "data-label", "Normalised")
	w.Open("td", "class", "source", "data-label", "Source")
	switch {
	case def.Made == data.MadeOfInitiatives:
		w.El("a", "Counted from the initiatives below", "href", "#city-records")
	case def.Made == data.MadeOfNationalRecord:
		w.El("a", "Counted from the national records below", "href", "#city-national")
	case f.Source >= 0:
		s.sourceLink(w, data.Ref{Source: f.Source, URL: f.URL})
		if !f.Listed {
			w.Text(" (not listed there)")
		}
	default:
		w.Text("no figure")
	}
	w.Close("td", "tr")
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// lensYears says which years the view's initiatives are from.
func (s *Session) lensYears() string {
	l := s.View.Lens
	switch {
	case l.From == 0 && l.To == 0:
		return "any"
	case l.To == 0:
		return "since " + strconv.Itoa(l.From)
	case l.From == 0:
		return "to " + strconv.Itoa(l.To)
	case l.From == l.To:
		return strconv.Itoa(l.From)
	}
	return strconv.Itoa(l.From) + "–" + strconv.Itoa(l.To)
}

func (s *Session) sourceLink(w *markup.Writer, ref data.Ref) {
	src := &s.data().Sources[ref.Source]
	w.El("a", src.Title, "href", ref.URL, "target", "_blank", "rel", "noopener")
}

// --- records -----------------------------------------------------------------

// cityRows returns the rows of a city that pass the lens (with partial sources,
// which are always shown), and how many there are in all.
func (s *Session) cityRows(c int) ([]int, int) {
	lens := s.Explorer.Lens(s.View)
	lens.Partial = true
	match := s.data().Match(lens)
	all := s.data().RowsOfCity(c)
	var out []int
	for _, row := range all {
		if match.Has(int(row)) {
			out = append(out, int(row))
		}
	}
	return out, len(all)
}

// shownRecords is how many records of one actor are open at once.
const shownRecords = 12

func (s *Session) cityRecords(c int) section {
	return draw("section", "city-records", []string{"aria-labelledby", "city-records-title"}, func(w *markup.Writer) {
		rows, all := s.cityRows(c)
		w.El("h2", "Every initiative", "id", "city-records-title")
		w.Open("p", "class", "hint")
		if len(rows) < all {
			w.Text(count(len(rows)) + " of " + plural(all, "record passes", "records pass") + " the filters. ")
		} else {
			w.Text(plural(all, "record", "records") + ". ")
		}
		w.Text("Each names its source: follow the link to check it. Records taken from single web pages may be announcements. " +
			"Those marked partial come from registers of some countries only and do not move the ranking unless asked.")
		w.Close("p")
		var byActor [data.NumActors][]int
		for _, row := range rows {
			a := s.data().ActorOf(row)
			byActor[a] = append(byActor[a], row)
		}
		for a, list := range byActor {
			if len(list) > 0 {
				s.recordGroup(w, "records-"+data.Actor(a).String(), pillarNames[a], pillarClass(a), list)
			}
		}
		if len(rows) == 0 {
			w.El("p", "No record passes the filters.", "class", "empty")
		} else {
			takeAway(w, "city-records")
		}
	})
}

// nationalRecords lists the policies of the country, which are not the city's own.
func (s *Session) nationalRecords(c int) section {
	country := s.data().Cities[c].Country
	return draw("section", "city-national", []string{"aria-labelledby", "city-national-title"}, func(w *markup.Writer) {
		name := s.data().Countries[country].Name
		w.El("h2", "National records of "+name, "id", "city-national-title")
		rows := s.data().NationalRows(country)
		if len(rows) == 0 {
			w.El("p", "No national register in the dataset covers "+name+", so this figure is missing, not zero.", "class", "hint")
			return
		}
		w.El("p", "They belong to every city of the country and are not counted among the city's initiatives.", "class", "hint")
		s.recordGroup(w, "records-national", "Policies and programmes of the country", pillarClass(0), rows)
	})
}

// recordGroup is a table of records; what goes beyond the first ones is folded.
func (s *Session) recordGroup(w *markup.Writer, id, title, class string, rows []int) {
	w.Open("h3", "class", "key "+class, "id", id).Text(title+" ").El("span", count(len(rows)), "class", "n").Close("h3")
	shown := min(len(rows), shownRecords)
	s.recordTable(w, id, rows[:shown])
	if rest := rows[shown:]; len(rest) > 0 {
		w.Open("details", "class", "more", "id", id+"-more")
		w.El("summary", "Show the other "+count(len(rest)))
		s.recordTable(w, id, rest)
		w.Close("details")
	}
}

func (s *Session) recordTable(w *markup.Writer, labelled string, rows []int) {
	d := s.data()
	w.Open("table", "class", "records stack", "aria-labelledby", labelled)
	w.Open("thead").Open("tr")
	for _, h := range []string{"Initiative", "Organisation", "Sector", "Year", "Source"} {
		w.El("th", h, "scope", "col", "class", strings.ToLower(h))
	}
	w.Close("tr", "thead").Open("tbody")
	for _, row := range rows {
		r := d.Initiative(row)
		// Large cities have thousands of rows: no attribute that a style sheet can do without.
		w.Open("tr").Open("th", "scope", "row").Text(r.Name)
		if r.Summary != "" {
			w.El("span", r.Summary)
		}
		w.Close("th")
		org := r.Organisation
		if org == r.Name {
			org = "" // the name says it already
		}
		w.El("td", orDash(org))
		w.El("td", sectorName(d.Sectors[r.Sector]))
		year := ""
		if r.Year > 0 {
			year = strconv.Itoa(r.Year)
		}
		w.El("td", orDash(year)).Open("td")
		for k, ref := range r.Refs {
			if k > 0 {
				w.Text(", ")
			}
			s.sourceLink(w, ref)
		}
		if d.CoverageOf(row) == data.Partial {
			w.Text(" ").El("span", "partial", "class", "thin")
		}
		w.Close("td", "tr")
	}
	w.Close("tbody", "table")
}
