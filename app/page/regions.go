package page

import (
	"slices"
	"strconv"

	"aicities/app/chart"
	"aicities/app/markup"
	"aicities/app/model"
	"aicities/app/view"
)

// regionsScreen asks which parts of the world lead and which catch up, and holds
// the claims of the published study against the open data.
var regionsScreen = screen{
	name:  "regions",
	path:  "/regions",
	label: "Regions",
	title: func(*Session) string { return "Regions and countries: who leads and who catches up · " + siteName },
	description: func(*Session) string {
		return "Initiatives, scores and places in the top 10, 20 and 50 by region and country, initiatives by starting year, and each regional claim of the Global AI Cities Index 2025 held against open data."
	},
	sections: (*Session).regionSections,
}

func init() {
	sheets["regions"] = func(s *Session) sheet { return s.areaSheet("Regions", s.Explorer.Regions(s.Ranking)) }
	sheets["countries"] = func(s *Session) sheet { return s.areaSheet("Countries", s.Explorer.CountryAreas(s.Ranking)) }
	sheets["growth"] = (*Session).growthSheet
	sheets["sectors"] = (*Session).sectorSheet
	pictures["growth"] = func(s *Session) picture {
		return picture{drawing: s.growthChart(s.Explorer.Regions(s.Ranking), wideChart)}
	}
}

// The two periods whose shares are compared: as long as each other, both over.
const (
	earlyFrom, earlyTo = 2018, 2020
	lateFrom, lateTo   = 2023, 2025
)

func period(from, to int) string { return strconv.Itoa(from) + "–" + strconv.Itoa(to) }

func (s *Session) regionSections() []section {
	regions := s.Explorer.Regions(s.Ranking)
	return []section{s.regionsIntro(regions), s.regionsTable(regions), s.regionsGrowth(regions), s.regionsClaims(), s.regionsCountries(), s.regionsSectors()}
}

func total(areas []model.Area) int {
	n := 0
	for _, a := range areas {
		n += a.Initiatives
	}
	return n
}

func (s *Session) regionsIntro(regions []model.Area) section {
	return draw("div", "intro", nil, func(w *markup.Writer) {
		all := total(regions)
		if all == 0 {
			w.El("h1", "No initiative passes the filters")
			w.Open("p", "class", "lead").Text("There is nothing to compare. ").El("a", "See all initiatives", "href", s.hrefOf("/regions", view.Default())).Text(".").Close("p")
			return
		}
		name := s.Explorer.AreaName
		head := name(&regions[0]) + " has most initiatives"
		if grows := s.fastest(regions); grows >= 0 {
			head += "; " + name(&regions[grows]) + " gains most share of new ones"
			if grows == 0 {
				head = name(&regions[0]) + " has most initiatives, and gains most share of new ones"
			}
		}
		w.El("h1", head)
		known := model.YearsKnown(regions)
		w.El("p", count(all)+" initiatives in "+count(len(s.Ranking.Cities))+" cities. Only "+perCent(float64(known.Dated)/float64(known.Records))+
			" of them have a starting year ("+perCent(known.Lowest)+" to "+perCent(known.Highest)+" by region), so whatever is said of years rests on those alone.", "class", "lead")
		w.Open("p", "class", "facts").Text(upper(s.settingsWords()) + ". ")
		if s.View.Partial {
			w.El("span", "Partial sources are on: registers that only some countries keep, above all in North America, lift their own cities.", "class", "alert-text")
		} else {
			v := s.View
			v.Partial = true
			w.Text("Sources of global coverage only. ").El("a", "With partial sources too", "href", s.hrefOf("/regions", v)).Text(", the registers of North America swamp the others.")
		}
		w.Close("p")
	})
}

// periodShare returns the share of a period's dated initiatives that are an area's, NaN where the
// period has none.
func periodShare(a *model.Area, areas []model.Area, from, to int) float64 {
	all := 0
	for _, b := range areas {
		all += b.Between(from, to)
	}
	return float64(a.Between(from, to)) / float64(all)
}

func gain(a *model.Area, areas []model.Area) float64 {
	return periodShare(a, areas, lateFrom, lateTo) - periodShare(a, areas, earlyFrom, earlyTo)
}

// minEarly is how many initiatives of the first period an area needs for its
// gain to be named in a sentence: from three to fifty says little.
const minEarly = 20

// fastest returns the area that gained most share between the two periods, of
// those with some in the first; -1 where there is none.
func (s *Session) fastest(areas []model.Area) int {
	best := -1
	for k := range areas {
		if g := gain(&areas[k], areas); areas[k].Between(earlyFrom, earlyTo) >= minEarly && g > 0 && (best < 0 || g > gain(&areas[best], areas)) {
			best = k
		}
	}
	return best
}

// --- the tables -------------------------------------------------------------------

func (s *Session) regionsTable(regions []model.Area) section {
	return draw("section", "regions-table", []string{"aria-labelledby", "regions-table-title"}, func(w *markup.Writer) {
		w.El("h2", "Where is the activity, and who stands where?", "id", "regions-table-title")
		scrolling(w, "Regions", func() { s.areaTable(w, "Region", regions, regions) })
		w.El("p", "Columns by year: initiatives that started from "+strconv.Itoa(model.Years[0])+" to "+strconv.Itoa(model.Years[len(model.Years)-1])+", one scale for all rows; the last year is not over. Scores are those of the ranking with the present settings; a top 10 place is a city among the first ten.", "class", "caption")
		takeAway(w, "regions")
	})
}

// areaTable writes areas; the drawings have one scale over all.
func (s *Session) areaTable(w *markup.Writer, kind string, areas, all []model.Area) {
	most, sum := 1, total(all)
	for _, a := range all {
		most = max(most, slices.Max(a.ByYear[:]))
	}
	w.Open("table", "class", "figures areas")
	headings(w, kind, "#Cities", "#Initiatives", "#Share", "#Per city", "#Median score", "Best city", "#Top 10", "#Top 20", "#Top 50", "By starting year", "#Without year")
	w.Open("tbody")
	for k := range areas {
		a := &areas[k]
		w.Open("tr", "data-area", s.Explorer.AreaName(a)).Open("th", "scope", "row")
		if a.Country < 0 {
			v := s.View
			v.Universe = view.Universe{Kind: "region", Region: s.data().Regions[a.Region]}
			w.El("a", s.Explorer.AreaName(a), "href", s.hrefOf("/", v))
		} else {
			w.Text(s.Explorer.AreaName(a))
		}
		w.Close("th")
		w.El("td", count(len(a.Entries)), "class", "num").El("td", count(a.Initiatives), "class", "num strong")
		w.El("td", perCent(float64(a.Initiatives)/float64(max(sum, 1))), "class", "num").El("td", decimal(a.PerCity(), 0), "class", "num")
		w.El("td", score(a.Median), "class", "num").Open("td", "class", "best")
		if a.First >= 0 {
			c := s.cityOf(a.First)
			w.El("a", c.Name, "href", s.href("/city/"+c.ID)).Text(" " + ordinal(s.Ranking.Rank[a.First]))
		} else {
			w.Text("–")
		}
		w.Close("td")
		for _, n := range a.Top {
			w.El("td", zeroDash(n), "class", "num")
		}
		w.Open("td", "class", "years").Raw(yearColumns(a, most, s.Explorer.AreaName(a))).Close("td")
		w.El("td", perCent(float64(a.Undated)/float64(a.Initiatives)), "class", "num").Close("tr")
	}
	w.Close("tbody", "table")
}

func zeroDash(n int) string {
	if n == 0 {
		return "–"
	}
	return count(n)
}

// yearColumns draws an area's initiatives by starting year.
func yearColumns(a *model.Area, most int, name string) string {
	const height = 40.0
	var w markup.Writer
	w.Open("svg", "class", "by-year", "viewBox", "0 0 "+strconv.Itoa(len(model.Years))+" 40", "preserveAspectRatio", "none", "role", "img",
		"aria-label", name+": "+yearsInWords(a))
	var past, now []byte
	for k, n := range a.ByYear {
		if n == 0 {
			continue
		}
		d := &past
		if k == len(a.ByYear)-1 {
			d = &now
		}
		*d = append(strconv.AppendInt(append(*d, 'M'), int64(k), 10), " 40v-"...)
		*d = strconv.AppendFloat(*d, max(height*float64(n)/float64(most), 0.5), 'f', 1, 64)
		*d = append(*d, "h.8V40z"...)
	}
	if len(past) > 0 {
		w.Open("path", "d", string(past)).Close("path")
	}
	if len(now) > 0 {
		w.Open("path", "class", "now", "d", string(now)).Close("path")
	}
	w.Close("svg")
	return w.String()
}

func yearsInWords(a *model.Area) string {
	return count(a.Between(earlyFrom, earlyTo)) + " started in " + period(earlyFrom, earlyTo) + ", " + count(a.Between(lateFrom, lateTo)) + " in " + period(lateFrom, lateTo)
}

// shownCountries stand open; the others are folded.
const shownCountries = 15

func (s *Session) regionsCountries() section {
	return draw("section", "regions-countries", []string{"aria-labelledby", "regions-countries-title"}, func(w *markup.Writer) {
		countries := s.Explorer.CountryAreas(s.Ranking)
		w.El("h2", "Which countries?", "id", "regions-countries-title")
		shown := min(shownCountries, len(countries))
		scrolling(w, "Countries with most initiatives", func() { s.areaTable(w, "Country", countries[:shown], countries) })
		if rest := countries[shown:]; len(rest) > 0 {
			w.Open("details", "class", "more", "id", "more-countries").El("summary", "Show the other "+count(len(rest)))
			scrolling(w, "Other countries", func() { s.areaTable(w, "Country", rest, countries) })
			w.Close("details")
		}
		w.El("p", "Only cities of the present list count, "+count(len(s.Ranking.Cities))+" of them; a country's other towns are not in these figures.", "class", "caption")
		takeAway(w, "countries")
	})
}

func (s *Session) areaSheet(title string, areas []model.Area) sheet {
	t := sheet{title: title, columns: []string{"name", "cities", "initiatives", "median_score", "best_score", "best_city", "top_10", "top_20", "top_50", "before_" + strconv.Itoa(model.Years[0])}}
	for _, y := range model.Years {
		t.columns = append(t.columns, strconv.Itoa(y))
	}
	t.columns = append(t.columns, "without_year")
	for k := range areas {
		a := &areas[k]
		best := ""
		if a.First >= 0 {
			best = s.cityOf(a.First).ID
		}
		line := []any{s.Explorer.AreaName(a), len(a.Entries), a.Initiatives, a.Median, a.Best, best, a.Top[0], a.Top[1], a.Top[2], a.Earlier}
		for _, n := range a.ByYear {
			line = append(line, n)
		}
		t.rows = append(t.rows, append(line, a.Undated))
	}
	return t
}

// --- growth -----------------------------------------------------------------------

// growthChart draws whose share of new initiatives grew.
func (s *Session) growthChart(regions []model.Area, width float64) *chart.Drawing {
	var bars []chart.Bar
	for k := range regions {
		bars = append(bars, chart.Bar{Name: s.Explorer.AreaName(&regions[k]), Value: 100 * gain(&regions[k], regions)})
	}
	slices.SortStableFunc(bars, func(a, b chart.Bar) int {
		if a.Value > b.Value {
			return -1
		}
		return 1
	})
	f := chart.Frame{Title: "Whose share of new initiatives grew?", Subtitle: "Share of the initiatives that started in " + period(lateFrom, lateTo) + " less that of " + period(earlyFrom, earlyTo) + ", percentage points",
		Desc: s.growthWords(regions)}
	return chart.Diverging(f, chart.Axis{Label: "percentage points", Format: points}, bars, width)
}

func (s *Session) growthWords(regions []model.Area) string {
	early, late := 0, 0
	lost := -1
	for k := range regions {
		early += regions[k].Between(earlyFrom, earlyTo)
		late += regions[k].Between(lateFrom, lateTo)
		if g := gain(&regions[k], regions); g < 0 && (lost < 0 || g < gain(&regions[lost], regions)) {
			lost = k
		}
	}
	if early == 0 || late == 0 {
		return "No initiative of this view has a year in both periods."
	}
	text := count(early) + " initiatives with a known year started in " + period(earlyFrom, earlyTo) + " and " + count(late) + " in " + period(lateFrom, lateTo) + "."
	if k := s.fastest(regions); k >= 0 {
		text += " Of the regions with at least " + count(minEarly) + " in the first period, " + s.shareWords(regions, k, "gained")
	}
	if lost >= 0 {
		text += " " + s.shareWords(regions, lost, "lost")
	}
	return text
}

// datedIn reports whether both periods have initiatives.
func (s *Session) datedIn(regions []model.Area) bool {
	early, late := 0, 0
	for k := range regions {
		early += regions[k].Between(earlyFrom, earlyTo)
		late += regions[k].Between(lateFrom, lateTo)
	}
	return early > 0 && late > 0
}

func (s *Session) shareWords(regions []model.Area, k int, verb string) string {
	a := &regions[k]
	return s.Explorer.AreaName(a) + " " + verb + " most: from " + perCent(periodShare(a, regions, earlyFrom, earlyTo)) + " to " + perCent(periodShare(a, regions, lateFrom, lateTo)) + "."
}

func (s *Session) regionsGrowth(regions []model.Area) section {
	return draw("section", "regions-growth", []string{"aria-labelledby", "regions-growth-title"}, func(w *markup.Writer) {
		w.El("h2", "Whose share of new initiatives grew?", "id", "regions-growth-title")
		words := s.growthWords(regions)
		prose(w, words)
		if !s.datedIn(regions) {
			return
		}
		wide := s.growthChart(regions, wideChart)
		w.El("p", wide.Subtitle, "class", "caption")
		w.Open("div", "class", "figure-room").Raw(chart.Pair("growth", wide, s.growthChart(regions, narrowChart))).Close("div")
		w.El("p", "A share can also grow because a list that gives years sees one region better than another, or is older than the other lists. The counts are small: take a gain of a few points for a hint.", "class", "caption")
		w.Open("details", "class", "twin", "id", "twin-growth").El("summary", "The same as a table")
		s.twin(w, s.growthSheet())
		w.Close("details")
		takeAway(w, "growth")
	})
}

func (s *Session) growthSheet() sheet {
	regions := s.Explorer.Regions(s.Ranking)
	t := sheet{title: "Initiatives by starting period and region", columns: []string{"region", "started_2018_2020", "share_2018_2020", "started_2023_2025", "share_2023_2025", "gain", "without_year"}}
	for k := range regions {
		a := &regions[k]
		t.rows = append(t.rows, []any{s.Explorer.AreaName(a), a.Between(earlyFrom, earlyTo), periodShare(a, regions, earlyFrom, earlyTo),
			a.Between(lateFrom, lateTo), periodShare(a, regions, lateFrom, lateTo), gain(a, regions), a.Undated})
	}
	return t
}

// --- sectors ----------------------------------------------------------------------

func (s *Session) regionsSectors() section {
	return draw("section", "regions-sectors", []string{"aria-labelledby", "regions-sectors-title"}, func(w *markup.Writer) {
		sectors := s.Explorer.Sectors(s.Ranking)
		all, most := 0, 1
		for _, x := range sectors {
			all += x.Initiatives
			most = max(most, x.Initiatives)
		}
		w.El("h2", "For what?", "id", "regions-sectors-title")
		scrolling(w, "Sectors", func() {
			w.Open("table", "class", "figures sectors")
			headings(w, "Sector", "#Initiatives", "#Share", "Drawing: initiatives")
			w.Open("tbody")
			for _, x := range sectors {
				if x.Initiatives == 0 {
					continue
				}
				id := s.data().Sectors[x.Sector]
				w.Open("tr").Open("th", "scope", "row")
				if id == "" {
					w.Text(sectorName(id))
				} else {
					v := s.View
					v.Lens.Sectors = []string{id}
					w.El("a", sectorName(id), "href", s.hrefOf("/", v), "title", "Rank the cities by these")
				}
				w.Close("th").El("td", count(x.Initiatives), "class", "num").El("td", perCent(float64(x.Initiatives)/float64(max(all, 1))), "class", "num")
				w.Open("td", "class", "bar").Open("svg", "class", "estimate", "aria-hidden", "true")
				w.Open("rect", "x", "0", "y", "20%", "width", percent(100*float64(x.Initiatives)/float64(most)), "height", "60%").Close("rect").Close("svg", "td", "tr")
			}
			w.Close("tbody", "table")
		})
		w.El("p", "A record has one sector. Computing, research and general AI say what makes AI, the others what it is used for. A name leads to the ranking by that sector alone.", "class", "caption")
		takeAway(w, "sectors")
	})
}

func (s *Session) sectorSheet() sheet {
	t := sheet{title: "Initiatives by sector", columns: []string{"sector", "initiatives"}}
	for _, x := range s.Explorer.Sectors(s.Ranking) {
		if x.Initiatives > 0 {
			t.rows = append(t.rows, []any{s.data().Sectors[x.Sector], x.Initiatives})
		}
	}
	return t
}

// --- the claims -------------------------------------------------------------------

// verdict on a claim, in the open data.
type verdict int

const (
	no verdict = iota
	partly
	holds
)

var verdictNames = [...]string{no: "Does not hold here", partly: "Holds in part", holds: "Holds here"}

// claim is a statement of the published study beside our figures. It is about
// the default universe and all initiatives, whatever the view.
type claim struct {
	id, statement string
	verdict       verdict
	words         string
	links         []claimLink
}

type claimLink struct {
	label, path string
	view        view.View
}

func (s *Session) claims() []claim {
	a, b := s.Explorer.Activity(false), s.Explorer.Activity(true)
	all := view.Default()
	partial := all
	partial.Partial = true
	countries := func(codes ...string) view.View {
		v := all
		v.Lens.Countries = codes
		return v
	}
	years := func(from, to int) view.View {
		v := all
		v.Lens.From, v.Lens.To = from, to
		return v
	}
	return []claim{
		s.claimTotal(&a, &b, all, partial),
		s.claimNorthAmerica(&a, &b, all, partial),
		s.claimChina(&a, &b, years, countries("CN")),
		s.claimEurope(&a, &b, all, partial),
		s.claimMiddleEast(&a, years),
		s.claimSectors(&a, &b),
	}
}

func (s *Session) claimTotal(a, b *model.Activity, all, partial view.View) claim {
	c := claim{id: "total", statement: "More than 5,000 AI initiatives in 100 cities.",
		words: count(a.All.Initiatives) + " from sources of global coverage in our 100 cities, " + count(b.All.Initiatives) + " with partial ones, each with its source. The study's list was never published, so that nobody can say how far the two are the same."}
	if a.All.Initiatives > 5000 {
		c.verdict = holds
	}
	c.links = []claimLink{{"All initiatives", "/initiatives", all}, {"With partial sources", "/regions", partial}}
	return c
}

func (s *Session) claimNorthAmerica(a, b *model.Activity, all, partial view.View) claim {
	regions := s.Explorer.Regions(s.Explorer.Base())
	first := s.Explorer.AreaName(&regions[0])
	top := map[string]int{}
	mostTop := 0
	for k := range regions {
		top[s.Explorer.AreaName(&regions[k])] = regions[k].Top[1]
		mostTop = max(mostTop, regions[k].Top[1])
	}
	c := claim{id: "north-america", statement: "North America leads.",
		words: first + " has most initiatives: North America " + count(a.NorthAmerica.Initiatives) + " (" + perCent(ratio(a.NorthAmerica.Initiatives, a.All.Initiatives)) + "), Europe " + count(a.Europe.Initiatives) +
			", China " + count(a.China.Initiatives) + ". Among the first 20 cities of the default ranking " + count(top["North America"]) + " are North American, " + count(top["Europe"]) + " European and " + count(top["East Asia"]) + " East Asian. " +
			"With partial sources its share is " + perCent(ratio(b.NorthAmerica.Initiatives, b.All.Initiatives)) + ", because its federal registers and accelerators are open: that part says more about registers than about activity."}
	switch {
	case first == "North America" && top["North America"] == mostTop:
		c.verdict = holds
	case first == "North America" || top["North America"] == mostTop:
		c.verdict = partly
	}
	c.links = []claimLink{{"Regions", "/regions", all}, {"With partial sources", "/regions", partial}}
	return c
}

func (s *Session) claimChina(a, b *model.Activity, years func(from, to int) view.View, china view.View) claim {
	before, after := rate(&a.China, &a.NorthAmerica, earlyFrom, earlyTo), rate(&a.China, &a.NorthAmerica, lateFrom, lateTo)
	with0, with1 := rate(&b.China, &b.NorthAmerica, earlyFrom, earlyTo), rate(&b.China, &b.NorthAmerica, lateFrom, lateTo)
	c := claim{id: "china", statement: "China closes the gap.",
		words: "For 100 dated initiatives that started in North America there were " + decimal(100*before, 0) + " in China's cities in " + period(earlyFrom, earlyTo) + " and " + decimal(100*after, 0) + " in " + period(lateFrom, lateTo) + " (" +
			count(a.China.Between(earlyFrom, earlyTo)) + " and " + count(a.China.Between(lateFrom, lateTo)) + " in China). In partial sources, where China has no register like those of the United States, it is " + decimal(100*with0, 0) + " and " + decimal(100*with1, 0) +
			". " + perCent(ratio(a.China.Undated, a.China.Initiatives)) + " of China's initiatives have no year, and its largest computers are disclosed by nobody."}
	switch {
	case after > before && with1 > with0:
		c.verdict = holds
	case after > before:
		c.verdict = partly
	}
	c.links = []claimLink{{"Started " + period(earlyFrom, earlyTo), "/regions", years(earlyFrom, earlyTo)}, {"Started " + period(lateFrom, lateTo), "/regions", years(lateFrom, lateTo)}, {"China's initiatives", "/initiatives", china}}
	return c
}

// About half is taken to be 40 to 60 %.
const halfLow, halfHigh = 0.4, 0.6

func (s *Session) claimEurope(a, b *model.Activity, all, partial view.View) claim {
	inAll, perCity := ratio(a.Europe.Initiatives, a.NorthAmerica.Initiatives), a.Europe.PerCity()/a.NorthAmerica.PerCity()
	c := claim{id: "europe", statement: "Europe is about half as active as North America.",
		words: "Europe's " + count(a.Europe.Cities) + " cities have " + perCent(inAll) + " of the initiatives of North America's " + count(a.NorthAmerica.Cities) + "; per city it is " + perCent(perCity) + " (" + decimal(a.Europe.PerCity(), 0) + " against " + decimal(a.NorthAmerica.PerCity(), 0) + "). " +
			"The study does not say which of the two it means. With partial sources: " + perCent(ratio(b.Europe.Initiatives, b.NorthAmerica.Initiatives)) + " in all. That regulation is the reason, as the study says, is nothing that these data could show."}
	half := func(x float64) bool { return x >= halfLow && x <= halfHigh }
	switch {
	case half(inAll) && half(perCity):
		c.verdict = holds
	case half(inAll) || half(perCity):
		c.verdict = partly
	}
	c.links = []claimLink{{"Regions", "/regions", all}, {"With partial sources", "/regions", partial}}
	return c
}

func (s *Session) claimMiddleEast(a *model.Activity, years func(from, to int) view.View) claim {
	before, after := ratio(a.MiddleEast.Between(earlyFrom, earlyTo), a.All.Between(earlyFrom, earlyTo)), ratio(a.MiddleEast.Between(lateFrom, lateTo), a.All.Between(lateFrom, lateTo))
	best := "none"
	base := s.Explorer.Base()
	for _, i := range base.Order {
		if c := base.Cities[i]; base.Rank[i] > 0 && s.inMiddleEast(c) {
			best = s.data().Cities[c].Name + " (" + ordinal(base.Rank[i]) + ")"
			break
		}
	}
	var there []string
	for _, p := range s.data().Rankings {
		if p.Publisher == closedStudy && s.inMiddleEast(p.City) {
			if i, ok := base.Entry(p.City); ok {
				there = append(there, s.data().Cities[p.City].Name+" "+ordinal(p.Rank)+" (here "+ordinal(base.Rank[i])+")")
			}
		}
	}
	c := claim{id: "middle-east", statement: "The Middle East is one to watch.",
		words: "Its share of dated new initiatives went from " + perCent(before) + " in " + period(earlyFrom, earlyTo) + " to " + perCent(after) + " in " + period(lateFrom, lateTo) + " (" + count(a.MiddleEast.Between(earlyFrom, earlyTo)) + " and " + count(a.MiddleEast.Between(lateFrom, lateTo)) +
			" initiatives, some of them perhaps plans). It has " + perCent(ratio(a.MiddleEast.Initiatives, a.All.Initiatives)) + " of all initiatives, and its best city in the default ranking is " + best + ". The study puts " + join(there) + "."}
	if after > before {
		c.verdict = holds
	}
	v := view.Default()
	v.Universe = view.Universe{Kind: "region", Region: "Middle East"}
	c.links = []claimLink{{"Its cities ranked", "/", v}, {"Started " + period(earlyFrom, earlyTo), "/regions", years(earlyFrom, earlyTo)}, {"Started " + period(lateFrom, lateTo), "/regions", years(lateFrom, lateTo)}}
	return c
}

func (s *Session) inMiddleEast(city int) bool {
	return s.data().Regions[s.data().Region(city)] == "Middle East"
}

// makers are the sectors of what makes AI; the study ranks what it is used for.
var makers = []string{"", "computing", "research", "general_ai", "other"}

// cityManagement are the sectors that the study's "city management" (traffic,
// administration, public safety, answers to citizens) falls into.
var cityManagement = []string{"transport", "public_admin", "safety"}

func (s *Session) claimSectors(a, b *model.Activity) claim {
	d := s.data()
	used := func(sectors []model.SectorCount) []model.SectorCount {
		return slices.DeleteFunc(slices.Clone(sectors), func(x model.SectorCount) bool { return slices.Contains(makers, d.Sectors[x.Sector]) })
	}
	byUse := used(a.Sectors)
	at := func(id string) int {
		return 1 + slices.IndexFunc(byUse, func(x model.SectorCount) bool { return d.Sectors[x.Sector] == id })
	}
	managed := 0
	for _, x := range a.Sectors {
		if slices.Contains(cityManagement, d.Sectors[x.Sector]) {
			managed += x.Initiatives
		}
	}
	var order []string
	for _, x := range byUse[:min(5, len(byUse))] {
		order = append(order, lower(sectorName(d.Sectors[x.Sector]))+" ("+count(x.Initiatives)+")")
	}
	unstated := 0
	for _, x := range a.Sectors {
		if x.Sector == 0 {
			unstated = x.Initiatives
		}
	}
	c := claim{id: "sectors", statement: "Health first, education second, city management third.",
		words: "Among the uses of AI: " + join(order) + "; education is " + ordinal(at("education")) + ". Transport, public administration and safety, which the study seems to take together as city management, have " + count(managed) + ". With partial sources, first is " +
			lower(sectorName(d.Sectors[used(b.Sectors)[0].Sector])) + ". Sectors were given by us, from the text of each record; " + perCent(ratio(unstated, a.All.Initiatives)) + " have none, and what makes AI (computing, research, general AI) is left out here."}
	if at("health") == 1 {
		c.verdict = partly
		if at("education") == 2 {
			c.verdict = holds
		}
	}
	for _, id := range []string{"health", "education"} {
		v := view.Default()
		v.Lens.Sectors = []string{id}
		c.links = append(c.links, claimLink{"Ranked by " + id + " alone", "/", v})
	}
	v := view.Default()
	v.Lens.Sectors = cityManagement
	c.links = append(c.links, claimLink{"By city management alone", "/", v})
	return c
}

func ratio(a, b int) float64 { return float64(a) / float64(b) }

// rate is one block's dated initiatives of a period over another's.
func rate(a, b *model.Block, from, to int) float64 {
	return ratio(a.Between(from, to), b.Between(from, to))
}

func (s *Session) regionsClaims() section {
	return draw("section", "regions-claims", []string{"aria-labelledby", "regions-claims-title"}, func(w *markup.Writer) {
		w.El("h2", "Do the claims of the published study hold in open data?", "id", "regions-claims-title")
		prose(w, "The Global AI Cities Index 2025 of Counterpoint Research published these statements, without its list of cities, initiatives or weights. Beside each stands what our default 100 cities show, whatever you filter above. That a claim does not hold here does not make it wrong, and the other way round: the two look at other lists.")
		w.Open("ul", "class", "claims")
		for _, c := range s.claims() {
			w.Open("li", "id", "claim-"+c.id, "class", [...]string{no: "no", partly: "partly", holds: "holds"}[c.verdict])
			w.Open("h3").Text("“"+c.statement+"” ").El("span", verdictNames[c.verdict], "class", "verdict").Close("h3")
			w.El("p", c.words, "class", "prose")
			w.Open("p", "class", "links")
			for k, l := range c.links {
				if k > 0 {
					w.Text(" · ")
				}
				w.El("a", l.label, "href", s.hrefOf(l.path, l.view), "data-plain", "")
			}
			w.Close("p", "li")
		}
		w.Close("ul")
		if k, ok := s.data().SourceByID(closedSource); ok {
			src := &s.data().Sources[k]
			w.Open("p", "class", "caption").Text("Statements as reported in: ").El("a", src.Title+", "+src.Publisher, "href", src.URL, "target", "_blank", "rel", "noopener noreferrer")
			w.Text(" (July to September 2025). Its ranks stand beside ours on the page of the ").El("a", "method", "href", s.href("/method")).Text(".").Close("p")
		}
	})
}
