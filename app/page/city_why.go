package page

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"aicities/app/markup"
	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
	"aicities/scoring"
)

func init() {
	actions["against"] = func(a *App, e event) { a.s.View.Against = e.value }
}

// --- why this rank -------------------------------------------------------------

// against returns the entry that a city is compared with: the visitor's own
// choice or the one a place above, -1 where there is none.
func (s *Session) against(i int) int {
	if c, ok := s.data().CityByID(s.View.Against); ok {
		if k, ok := s.Ranking.Entry(c); ok && k != i && s.Ranking.Rank[k] > 0 {
			return k
		}
	}
	return model.Counterpart(s.Ranking, i)
}

// pairOf returns the difference between two entries of the present ranking.
func (s *Session) pairOf(a, b int) *model.Pair {
	if p := s.pair; p == nil || p.A != a || p.B != b || !p.Ranking.Same(s.Ranking) {
		s.pair = s.Explorer.NewPair(s.Ranking, a, b)
	}
	s.want(&s.pair.Work)
	return s.pair
}

// climbOf returns what would move an entry of the present ranking.
func (s *Session) climbOf(i int) *model.Climb {
	if c := s.climb; c == nil || c.Entry != i || !c.Ranking.Same(s.Ranking) {
		s.climb = s.Explorer.NewClimb(s.Ranking, i)
	}
	s.want(&s.climb.Work)
	return s.climb
}

func (s *Session) cityWhy(i int) section {
	b := s.against(i)
	return draw("section", "city-why", []string{"aria-labelledby", "city-why-title"}, func(w *markup.Writer) {
		if b < 0 {
			w.El("h2", "Why this rank?", "id", "city-why-title")
			w.El("p", "No other city is ranked under these settings.", "class", "hint")
			return
		}
		r := s.Ranking
		name, other := s.cityOf(i).Name, s.cityOf(b).Name
		title := "Why is it level with " + other + "?"
		switch {
		case r.Rank[i] > r.Rank[b]:
			title = "Why is it behind " + other + "?"
		case r.Rank[i] < r.Rank[b]:
			title = "Why is it ahead of " + other + "?"
		}
		w.El("h2", title, "id", "city-why-title")
		w.Open("p", "class", "pick").El("label", "Compare with", "for", "against").Text(" ")
		s.citySelect(w, "against", "against", s.cityOf(b).ID, func(k int) bool { return k != i })
		w.Text(" ").El("a", "See them side by side", "href", s.hrefOf("/compare", s.comparing(i, b)))
		w.Close("p")
		s.difference(w, s.pairOf(i, b), name, other, "It")
	})
}

// citySelect is a list of the ranked cities by name.
func (s *Session) citySelect(w *markup.Writer, id, do, chosen string, allowed func(entry int) bool) {
	w.Open("select", "class", "needs-app", "id", id, "data-do", do, "autocomplete", "off")
	if chosen == "" {
		w.El("option", "Choose a city", "value", "", "selected?", "yes")
	}
	order := slices.Clone(s.Ranking.Order)
	slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(s.cityOf(a).Name, s.cityOf(b).Name) })
	for _, k := range order {
		if s.Ranking.Rank[k] > 0 && allowed(k) {
			c := s.cityOf(k)
			w.El("option", c.Name, "value", c.ID, "selected?", yes(c.ID == chosen))
		}
	}
	w.Close("select")
}

// comparing is the present view with these cities side by side.
func (s *Session) comparing(entries ...int) view.View {
	v := s.View
	v.Compare, v.Pair = nil, nil
	for _, i := range entries {
		v.Compare = append(v.Compare, s.cityOf(i).ID)
	}
	return v
}

// difference shows what a pair's difference is made of, how sure it is and what
// would turn it round. it is what sentences call the first city.
func (s *Session) difference(w *markup.Writer, p *model.Pair, name, other, it string) {
	if p.Err != nil {
		w.El("p", "These two cannot be compared under this method: "+p.Err.Error()+".", "class", "hint")
		return
	}
	r := s.Ranking
	all := shownTenths(r.Score[p.A]) - shownTenths(r.Score[p.B])
	text := name + " scores " + score(r.Score[p.A]) + " and " + other + " " + score(r.Score[p.B]) + ". "
	if c := s.sure(); c != nil {
		text += it + " is above in " + chance(c.Above(p.A, p.B)) + " of 100 other reasonable choices, " + other + " in " + chance(c.Above(p.B, p.A)) + ". "
	}
	w.El("p", text+"Each pillar gives this many points of the difference; open one for its indicators.", "class", "words")

	widest := 0.05
	for _, x := range p.Pillar {
		widest = max(widest, math.Abs(x))
	}
	for _, x := range p.Indicator {
		widest = max(widest, math.Abs(x))
	}
	w.Open("div", "class", "gives")
	shown := addUp(p.Pillar[:], all)
	for k, pillar := range pillarNames {
		w.Open("details", "class", "give", "id", "give-"+view.PillarIDs[k])
		w.Open("summary")
		w.El("span", pillar, "class", "key "+pillarClass(k))
		diverging(w, p.Pillar[k]/widest)
		w.El("b", signedTenths(shown[k]), "class", way(shown[k]))
		w.Close("summary")
		s.indicatorGives(w, p, k, shown[k], widest, name, other)
		w.Close("details")
	}
	w.Open("div", "class", "give sum").El("span", "Score").El("span", "").El("b", signedTenths(all)).Close("div")
	w.Close("div")
	w.Open("p", "class", "words", "id", "swap")
	s.swapWords(w, p, other, it)
	w.Close("p")
	takeAway(w, "difference")
}

// indicatorGives lists what the indicators of pillar k give to its part.
func (s *Session) indicatorGives(w *markup.Writer, p *model.Pair, k, total int, widest float64, name, other string) {
	r := s.Ranking
	var mine []int
	var parts []float64
	for j, def := range s.data().Indicators {
		if int(def.Pillar) == k && !r.Model.NoValue[j] {
			mine = append(mine, j)
			parts = append(parts, p.Indicator[j])
		}
	}
	if !p.Done() {
		w.El("p", "Being computed…", "class", "hint")
		return
	}
	shown := addUp(parts, total)
	w.Open("ul")
	for at, j := range mine {
		def := &s.data().Indicators[j]
		w.Open("li").Open("span").Text(def.Title + " ")
		w.El("span", figure(r.Raw[j][p.A])+" against "+figure(r.Raw[j][p.B])+" "+def.Unit, "class", "n").Close("span")
		diverging(w, parts[at]/widest)
		w.El("b", signedTenths(shown[at]), "class", way(shown[at]))
		w.Close("li")
	}
	w.Close("ul")
}

// diverging draws a share of -1 to 1 from a line in the middle.
func diverging(w *markup.Writer, share float64) {
	w.Open("svg", "class", "diverging", "aria-hidden", "true")
	w.Open("line", "class", "axis", "x1", "50%", "x2", "50%", "y1", "0", "y2", "100%").Close("line")
	length := 50 * math.Min(math.Abs(share), 1)
	if length >= 0.1 {
		x, class := 50.0, "more"
		if share < 0 {
			x, class = 50-length, "less"
		}
		w.Open("rect", "class", class, "x", percent(x), "y", "15%", "width", percent(length), "height", "70%").Close("rect")
	}
	w.Close("svg")
}

func way(n int) string {
	switch {
	case n > 0:
		return "up"
	case n < 0:
		return "down"
	}
	return ""
}

// shownTenths is a score as it is shown, in tenths.
func shownTenths(x float64) int { return int(math.Round(10 * x)) }

// addUp rounds parts to tenths that add up to total, as their exact values do to
// what total was rounded from: each is at most a tenth off its own rounding
// (largest remainders).
func addUp(parts []float64, total int) []int {
	out := make([]int, len(parts))
	rest := make([]float64, len(parts))
	for k, x := range parts {
		down := math.Floor(10 * x)
		out[k], rest[k] = int(down), 10*x-down
		total -= out[k]
	}
	for len(parts) > 0 && total != 0 {
		best, by := 0, 1
		if total < 0 {
			by = -1
		}
		for k := range rest {
			if float64(by)*(rest[k]-rest[best]) > 0 {
				best = k
			}
		}
		out[best] += by
		rest[best] -= float64(by)
		total -= by
	}
	return out
}

// signedTenths writes tenths with one decimal and a sign.
func signedTenths(n int) string {
	text := decimal(math.Abs(float64(n))/10, 1)
	switch {
	case n > 0:
		return "+" + text
	case n < 0:
		return "−" + text
	}
	return text
}

// chance writes a probability as a number of 100.
func chance(p float64) string {
	switch {
	case p <= 0:
		return "0"
	case p < 0.01:
		return "fewer than 1"
	case p >= 1:
		return "100"
	case p > 0.99:
		return "more than 99"
	}
	return decimal(100*p, 0)
}

// swapWords says what lets the city behind pass.
func (s *Session) swapWords(w *markup.Writer, p *model.Pair, other, it string) {
	swap := &p.Swap
	behind, ahead := it, other
	if swap.Behind != p.A {
		behind, ahead = other, strings.ToLower(it)
		if it != "It" {
			ahead = it
		}
	}
	switch {
	case !p.Done():
		w.Text("Which weights would turn the two round is being computed…")
		return
	case swap.Possible && swap.Pillar >= 0:
		to, from := inPercent(swap.To, swap.From)
		w.Text(behind + " passes " + ahead + " if " + pillarCounts(swap.Pillar) + " " + to + "\u202f% instead of " + from + "\u202f%, the others in proportion. ")
	case swap.Possible:
		var words []string
		for k, x := range swap.Weights.Percent() {
			words = append(words, pillarWord(k)+" "+strconv.Itoa(x)+"\u202f%")
		}
		w.Text("No single weight is enough. The nearest weights that let " + lowerIt(behind) + " pass " + ahead + ": " + join(words) + ". ")
	case swap.Proven:
		w.Text("Under no weights of the pillars does " + lowerIt(behind) + " pass " + ahead + ": in each of them it is level or behind.")
		return
	default:
		w.Text("No change of one weight that lets " + lowerIt(behind) + " pass " + ahead + " was found.")
		return
	}
	v := s.View
	v.Weights, v.Selected = swap.Weights, s.cityOf(swap.Behind).ID
	w.El("a", "See that ranking", "href", s.hrefOf("/", v))
}

func lowerIt(word string) string {
	if word == "It" {
		return "it"
	}
	return word
}

// inPercent writes two shares in tenths of a per cent: in whole per cents where to
// is one and they still differ so.
func inPercent(to, from int) (string, string) {
	if to%10 != 0 || to/10 == (from+5)/10 {
		return decimal(float64(to)/10, 1), decimal(float64(from)/10, 1)
	}
	return strconv.Itoa(to / 10), strconv.Itoa((from + 5) / 10)
}

// pillarCounts is the beginning of "universities count 24 %".
func pillarCounts(p int) string {
	switch data.Actor(p) {
	case data.Startup, data.University, data.DataCentre:
		return pillarWord(p) + " count"
	}
	return pillarWord(p) + " counts"
}

// --- what would move it up -------------------------------------------------------

func (s *Session) cityUp(i int) section {
	r := s.Ranking
	return draw("section", "city-up", []string{"aria-labelledby", "city-up-title"}, func(w *markup.Writer) {
		w.El("h2", "What would move it up?", "id", "city-up-title")
		c := s.climbOf(i)
		w.Open("p", "class", "words", "id", "reach")
		if c.Done() {
			s.reachWords(w, c)
		} else {
			w.Text("Being computed in your browser…")
		}
		w.Close("p")
		if r.Rank[i] == 1 {
			return
		}
		w.Open("table", "class", "rises stack")
		w.El("caption", "What each indicator alone would have to be for the next place, all else as it is", "class", "visually-hidden")
		w.Open("thead").Open("tr")
		for _, h := range []string{"Indicator", "Now", "Needed", "Then"} {
			w.El("th", h, "scope", "col", "class", strings.ToLower(h))
		}
		w.Close("tr", "thead").Open("tbody")
		if c.Done() {
			for _, x := range c.Rises {
				s.riseRow(w, x)
			}
		} else {
			for j := range s.data().Indicators {
				if r.Err == nil && !r.Model.NoValue[j] {
					s.riseName(w, j)
					w.El("td", figure(r.Raw[j][i]), "class", "now", "data-label", "Now").El("td", "…", "class", "needed", "data-label", "Needed").El("td", "…", "class", "then", "data-label", "Then").Close("tr")
				}
			}
		}
		w.Close("tbody", "table")
		if c.Done() {
			takeAway(w, "city-rises")
		}
		w.El("p", "One indicator is raised at a time, all else stays. Least change first, relative to what the city has now or, where it has nothing, to the median city. "+
			"A national figure is raised for this city alone here, although it would rise for every city of the country.", "class", "caption")
	})
}

func (s *Session) riseName(w *markup.Writer, j int) {
	def := &s.data().Indicators[j]
	w.Open("tr", "data-key", def.ID)
	w.Open("th", "scope", "row").El("span", def.Title, "class", "key "+pillarClass(int(def.Pillar)))
	if def.National {
		w.Text(" ").El("span", "national", "class", "thin")
	}
	w.Close("th")
}

func (s *Session) riseRow(w *markup.Writer, x model.Rise) {
	def := &s.data().Indicators[x.Indicator]
	s.riseName(w, x.Indicator)
	w.El("td", figure(x.From), "class", "now", "data-label", "Now")
	if scoring.IsMissing(x.To) {
		w.El("td", "–", "class", "needed", "data-label", "Needed").El("td", "not by this alone", "class", "then", "data-label", "Then").Close("tr")
		return
	}
	w.Open("td", "class", "needed", "data-label", "Needed").El("b", figure(x.To)).Text(" " + def.Unit)
	if more := riseMore(x); more != "" {
		w.El("span", " ("+more+")", "class", "n")
	}
	w.Close("td")
	w.Open("td", "class", "then", "data-label", "Then").Text(s.riseThen(x))
	if x.Beyond {
		w.El("span", " (more than any city has)", "class", "n")
	}
	w.Close("td", "tr")
}

// riseMore says how much more is needed.
func riseMore(x model.Rise) string {
	if scoring.IsMissing(x.From) || x.From == 0 {
		return ""
	}
	d := x.To - x.From
	if !x.Whole {
		d = math.Round(d*1e6) / 1e6
	}
	if d < 0 {
		return figure(-d) + " less"
	}
	return figure(d) + " more"
}

// riseThen says what is gained: "8th, past Singapore".
func (s *Session) riseThen(x model.Rise) string {
	text := ordinal(x.Rank)
	if len(x.Passes) == 0 {
		return text
	}
	r := s.Ranking
	passed := slices.Clone(x.Passes)
	slices.SortStableFunc(passed, func(a, b int) int { return r.Rank[a] - r.Rank[b] })
	if len(passed) > 2 {
		return text + ", past " + s.cityOf(passed[0]).Name + " and " + plural(len(passed)-1, "other", "others")
	}
	var names []string
	for _, k := range passed {
		names = append(names, s.cityOf(k).Name)
	}
	return text + ", past " + join(names)
}

// reachWords says the shortest way up, and which places weights alone can give.
func (s *Session) reachWords(w *markup.Writer, c *model.Climb) {
	r := s.Ranking
	if r.Rank[c.Entry] == 1 {
		w.Text("It is first already. ")
	} else if len(c.Rises) == 0 || scoring.IsMissing(c.Rises[0].To) {
		w.Text("No single indicator, raised to twice the best city's figure, gains a place. ")
	} else {
		x := c.Rises[0]
		def := &s.data().Indicators[x.Indicator]
		now := figure(x.From)
		if scoring.IsMissing(x.From) {
			now = "no figure"
		}
		w.Text("The nearest way: ").El("b", figure(x.To)+" instead of "+now).Text(" for “" + def.Title + "” would make it " + s.riseThen(x) + ". ")
	}
	if c.Reach == nil {
		return
	}
	reach := c.Reach
	link := func(rank int, weights view.Weights, there bool) {
		if !there {
			w.Text(ordinal(rank))
			return
		}
		v := s.View
		v.Weights, v.Selected = weights, s.cityOf(c.Entry).ID
		w.El("a", ordinal(rank), "href", s.hrefOf("/", v))
	}
	w.Text("Weights of the pillars alone can put it anywhere from ")
	link(reach.Best, c.BestWeights, c.HasBest)
	if reach.Best != reach.BestBound {
		w.Text(" (or better, but not above " + ordinal(reach.BestBound) + ")")
	}
	w.Text(" to ")
	link(reach.Worst, c.WorstWeights, c.HasWorst)
	if reach.Worst != reach.WorstBound {
		w.Text(" (or worse, but not below " + ordinal(reach.WorstBound) + ")")
	}
	w.Text(".")
}

// --- strengths, weaknesses, similar cities, published ranks ------------------------

// shownPlacings is how many strengths and weaknesses are shown.
const shownPlacings = 3

func (s *Session) citySide(c, i int, ranked bool) section {
	return draw("section", "city-side", []string{"aria-label", "In brief"}, func(w *markup.Writer) {
		if ranked && s.Ranking.Rank[i] > 0 {
			placings := model.Placings(s.Ranking, i)
			n := min(shownPlacings, len(placings)/2)
			s.placings(w, "Strengths", placings[:n])
			last := slices.Clone(placings[len(placings)-n:])
			slices.Reverse(last)
			s.placings(w, "Weaknesses", last)
			s.similar(w, i)
		}
		s.published(w, c, i, ranked)
	})
}

func (s *Session) placings(w *markup.Writer, title string, list []model.Placing) {
	if len(list) == 0 {
		return
	}
	w.El("h2", title)
	w.Open("ul", "class", "brief")
	for _, p := range list {
		def := &s.data().Indicators[p.Indicator]
		place := ordinal(p.Rank)
		if p.Tied > 0 {
			place = "=" + place
		}
		w.Open("li").El("span", def.Title, "class", "key "+pillarClass(int(def.Pillar))).El("b", place).Close("li")
	}
	w.Close("ul")
}

// shownSimilar is how many similar cities are shown.
const shownSimilar = 5

func (s *Session) similar(w *markup.Writer, i int) {
	near := model.Similar(s.Ranking, i, shownSimilar)
	if len(near) == 0 {
		return
	}
	w.El("h2", "Similar cities")
	w.Open("ul", "class", "brief")
	entries := []int{i}
	for _, n := range near {
		entries = append(entries, n.Entry)
		c := s.cityOf(n.Entry)
		w.Open("li").Open("span").El("a", c.Name, "href", s.href("/city/"+c.ID)).Text(" ").El("span", ordinal(s.Ranking.Rank[n.Entry]), "class", "n").Close("span")
		w.El("b", score(n.Distance)).Close("li")
	}
	w.Close("ul")
	w.Open("p", "class", "caption").Text("Typical distance in points, over all normalised indicators (root mean square). ")
	w.El("a", "Compare with the first three", "href", s.hrefOf("/compare", s.comparing(entries[:min(4, len(entries))]...))).Close("p")
}

func (s *Session) published(w *markup.Writer, c, i int, ranked bool) {
	var list []data.Ranking
	for _, x := range s.data().Rankings {
		double := func(y data.Ranking) bool { return y.Study == x.Study && y.Year == x.Year && y.Rank == x.Rank }
		if x.City == c && !slices.ContainsFunc(list, double) {
			list = append(list, x)
		}
	}
	if len(list) == 0 {
		return
	}
	slices.SortStableFunc(list, func(a, b data.Ranking) int { return b.Year - a.Year })
	w.El("h2", "In published studies", "id", "published")
	w.Open("ul", "class", "brief")
	if ranked && s.Ranking.Rank[i] > 0 {
		w.Open("li").El("span", "Here").El("b", ordinal(s.Ranking.Rank[i])).Close("li")
	}
	for _, x := range list {
		w.Open("li").Open("span").El("a", x.Study, "href", x.URL, "target", "_blank", "rel", "noopener")
		by := x.Publisher
		if x.Year > 0 {
			by += ", " + strconv.Itoa(x.Year)
		}
		w.Text(" ").El("span", by, "class", "n").Close("span").El("b", ordinal(x.Rank)).Close("li")
	}
	w.Close("ul")
	w.El("p", "Each study ranks other cities by other figures. Links lead to where the rank was read.", "class", "caption")
}

// --- initiatives in figures --------------------------------------------------------

// firstYear of the drawing; earlier ones are told in words.
const firstYear = 2000

// shownSectors is how many sectors are not folded.
const shownSectors = 8

func (s *Session) cityCharts(c int) section {
	d := s.data()
	return draw("section", "city-charts", []string{"aria-labelledby", "city-charts-title"}, func(w *markup.Writer) {
		w.El("h2", "Its initiatives in figures", "id", "city-charts-title")
		rows, _ := s.cityRows(c)
		if len(rows) == 0 {
			w.El("p", "No record passes the filters.", "class", "empty")
			return
		}
		years, sectors, actors := s.countRows(rows)
		w.Open("div", "class", "small")
		s.yearChart(w, years)
		order := sectorsByCount(sectors)
		w.Open("div").El("h3", "What are they for?")
		most := sectors[order[0]]
		list := func(keys []int) {
			w.Open("table", "class", "counts").El("caption", "Initiatives by sector", "class", "visually-hidden").Open("tbody")
			for _, k := range keys {
				countRow(w, sectorName(d.Sectors[k]), "neutral", sectors[k], most)
			}
			w.Close("tbody", "table")
		}
		list(order[:min(shownSectors, len(order))])
		if rest := order[min(shownSectors, len(order)):]; len(rest) > 0 {
			w.Open("details", "class", "more", "id", "more-sectors").El("summary", plural(len(rest), "further sector", "further sectors"))
			list(rest)
			w.Close("details")
		}
		takeAway(w, "city-sectors")
		w.Close("div")
		w.Open("div").El("h3", "Who runs them?")
		w.Open("table", "class", "counts").El("caption", "Initiatives by actor", "class", "visually-hidden").Open("tbody")
		for a, n := range actors {
			countRow(w, pillarNames[a], pillarClass(a), n, slices.Max(actors[:]))
		}
		w.Close("tbody", "table", "div", "div")
		w.El("p", "All records listed below, partial sources included.", "class", "caption")
	})
}

func countRow(w *markup.Writer, name, class string, n, most int) {
	w.Open("tr").El("th", name, "scope", "row").Open("td", "class", "bar").Open("svg", "aria-hidden", "true")
	w.Open("rect", "class", class, "width", percent(100*float64(n)/float64(max(most, 1))), "height", "100%").Close("rect")
	w.Close("svg", "td").El("td", count(n), "class", "count").Close("tr")
}

// yearChart draws the number of initiatives per first year as columns.
func (s *Session) yearChart(w *markup.Writer, years map[int]int) {
	last, most, before := firstYear, 0, 0
	for y, n := range years {
		switch {
		case y >= firstYear:
			last, most = max(last, y), max(most, n)
		case y > 0:
			before += n
		}
	}
	w.Open("div").El("h3", "When did they start?")
	if most > 0 {
		n := last - firstYear + 1
		step := 100 / float64(n)
		w.Open("svg", "class", "years", "role", "img", "aria-label", "Initiatives by first year, at most "+count(most)+" in one year; the table below holds the figures")
		w.Open("line", "class", "axis", "x1", "0", "x2", "100%", "y1", "100%", "y2", "100%").Close("line")
		for y := firstYear; y <= last; y++ {
			if k := years[y]; k > 0 {
				h := 100 * float64(k) / float64(most)
				w.Open("rect", "class", "neutral", "x", percent(float64(y-firstYear)*step+step*0.1), "width", percent(step*0.8), "y", percent(100-h), "height", percent(h))
				w.El("title", strconv.Itoa(y)+": "+count(k)).Close("rect")
			}
		}
		w.Close("svg")
		w.Open("p", "class", "ends").El("span", strconv.Itoa(firstYear)).El("span", "most in one year: "+count(most)).El("span", strconv.Itoa(last)).Close("p")
	}
	var words []string
	if before > 0 {
		words = append(words, count(before)+" before "+strconv.Itoa(firstYear))
	}
	if years[0] > 0 {
		words = append(words, count(years[0])+" of unknown year")
	}
	if len(words) > 0 {
		w.El("p", "Not drawn: "+join(words)+".", "class", "caption")
	}
	w.Open("details", "class", "more", "id", "year-table").El("summary", "As a table")
	w.Open("table", "class", "counts").El("caption", "Initiatives by first year", "class", "visually-hidden").Open("tbody")
	for _, y := range slices.Backward(s.data().Years()) {
		if n := years[y]; n > 0 && y > 0 {
			w.Open("tr").El("th", strconv.Itoa(y), "scope", "row").El("td", count(n), "class", "count").Close("tr")
		}
	}
	w.Close("tbody", "table", "details")
	takeAway(w, "city-years")
	w.Close("div")
}
