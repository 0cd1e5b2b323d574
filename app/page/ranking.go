package page

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"aicities/app/markup"
	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
)

var rankingScreen = screen{
	name:  "ranking",
	path:  "/",
	label: "Ranking",
	title: func(*Session) string { return siteName + ": which cities lead in AI, for what you care about" },
	description: func(s *Session) string {
		return "A ranking of 100 large cities by their work on artificial intelligence, from open records with their sources. " +
			"Change what counts, see why, and share the exact view by link."
	},
	sections: (*Session).rankingSections,
}

func (s *Session) rankingSections() []section {
	return []section{s.intro(), s.panel(), s.chartTabs(), s.worldMap(), s.chart(), s.table(), s.orderTold()}
}

// orderTold says to those who hear the page what a change did to the order. It
// speaks when the change has settled, not at each step of a slider.
func (s *Session) orderTold() section {
	return draw("p", "order-told", []string{"class", "visually-hidden", "role", "status"}, func(w *markup.Writer) { w.Text(s.ui.order) })
}

// tellOrder puts into words how the order differs from the one told before.
func (s *Session) tellOrder() {
	before, now := s.told, s.Ranking
	s.told = now
	if before == nil || now.Err != nil || before.Same(now) {
		return
	}
	moved, first := 0, ""
	for _, i := range now.Order {
		if k, ok := before.Entry(now.Cities[i]); !ok || before.Rank[k] != now.Rank[i] {
			moved++
		}
		if first == "" && now.Rank[i] == 1 {
			first = s.cityOf(i).Name
		}
	}
	s.ui.order = first + " is first. " + plural(moved, "city", "cities") + " of " + count(len(now.Cities)) + " changed places."
}

// --- intro -------------------------------------------------------------------

func (s *Session) intro() section {
	return draw("div", "intro", nil, func(w *markup.Writer) {
		w.El("h1", "Which cities lead in AI, for what you care about?")
		w.Open("p", "class", "lead")
		w.Text(s.summary())
		w.Close("p")
		w.Open("p", "class", "first", "id", "first").Text("New here? Choose a row to see why a city stands where it stands. Whatever you change is in the link that Share gives. ")
		w.El("button", "Got it", "type", "button", "class", "quiet needs-app", "data-do", "known", "id", "known").Close("p")
		w.Open("noscript").El("p", "Without JavaScript this page shows the default ranking; its controls need JavaScript.", "class", "note").Close("noscript")
	})
}

// summary says in words what the ranking shows.
func (s *Session) summary() string {
	r := s.Ranking
	if r.Err != nil {
		return "This combination of method and data gives no ranking: " + r.Err.Error() + ". Choose another method, or reset."
	}
	total := 0
	for _, n := range r.Initiatives {
		total += n
	}
	text := plural(len(r.Cities), "large city", "large cities") + ", " + plural(total, "initiative", "initiatives") + " with their sources. "
	var first []string
	for _, i := range r.Order {
		if r.Rank[i] == 1 {
			first = append(first, s.data().Cities[r.Cities[i]].Name)
		}
	}
	switch {
	case len(first) == 0:
		return text + "No city can be ranked under these settings."
	case len(first) > 5:
		return text + count(len(first)) + " cities share the first place: these settings hardly tell them apart."
	case len(first) > 1:
		text += join(first) + " share the first place."
	default:
		text += first[0] + " comes first"
		share := "… of 100 other reasonable choices" // while it is counted: the words below keep their place
		if c := s.sure(); c != nil {
			share = firstShare(c.Intervals[r.Order[0]].First)
		}
		if !s.unsteady.Same(r) {
			text += "; it does in " + share + " of weights, method and sources"
		}
		text += "."
	}
	return text + " Move a weight and the order follows."
}

// firstShare says in how many draws a city came first.
func firstShare(share float64) string {
	switch {
	case share >= 0.9999:
		return "all of " + count(model.Draws) + " other reasonable choices"
	case share < 0.01:
		return "fewer than 1 of 100 other reasonable choices"
	}
	return decimal(math.Min(100*share, 99), 0) + " of 100 other reasonable choices"
}

// --- map ---------------------------------------------------------------------

func (s *Session) worldMap() section {
	return draw("section", "map", []string{"aria-label", "Map", "hidden?", yes(s.View.Chart != "")}, func(w *markup.Writer) {
		if s.View.Chart != "" {
			return
		}
		w.Open("details", "id", "map-fold", "open?", "yes")
		w.El("summary", "Map of the ranked cities")
		class := "world"
		if s.View.Map.Zoom > 0 {
			class = "world zoomed"
		}
		w.Open("div", "class", "world-box")
		w.Open("div", "class", class, "id", "world", "data-do", "map", "tabindex", "0", "role", "group", "aria-label", "Map: plus and minus change its size, arrow keys move it")
		w.Raw(s.landMarkup())
		w.Raw(s.dots())
		w.Close("div")
		s.mapControls(w)
		w.Close("div")
		w.El("p", "Size: score. Colour: places 1 to 10, 11 to 30, the rest. The table below holds the same.", "class", "caption")
		takeAway(w, "map")
		w.Close("details")
	})
}

// --- table -------------------------------------------------------------------

// column of the table. key is the name in the link's sort.
type column struct {
	key, label, class, help string
	descending              bool // the useful first direction
}

var columns = []column{
	{"", "#", "rank", "Place", false},
	{"interval", "likely", "likely", "Where the place lies in 90 of 100 other reasonable choices of weights and method", false},
	{"city", "City", "city", "", false},
	{"score", "Score", "score", "0 to 100", true},
	{"", "", "bar", "", false},
	{"change", "±", "change", "Places gained or lost against the default view", true},
	{"missing", "Missing", "missing", "Share of the indicators that have no figure for the city", true},
	{"initiatives", "Initiatives", "initiatives", "Records that the filters let pass", true},
}

func (s *Session) table() section {
	r := s.Ranking
	return draw("section", "table", []string{"aria-label", "Ranking"}, func(w *markup.Writer) {
		order := s.shownOrder()
		s.finder(w, len(order))
		w.Open("table", "id", "ranking")
		w.Open("caption", "class", "visually-hidden").Text("Cities by score. Columns can be sorted.").Close("caption")
		w.Open("thead").Open("tr")
		for _, c := range columns {
			s.head(w, c)
		}
		w.Close("tr", "thead")
		fresh := "stale"
		if s.sure() != nil {
			fresh = ""
		}
		if pins := s.pins(); len(pins) > 0 {
			w.Open("tbody", "id", "pinned", "class", fresh, "aria-label", "Pinned")
			for _, i := range pins {
				s.row(w, i, false, true)
			}
			w.Close("tbody")
		}
		w.Open("tbody", "id", "rows", "class", fresh)
		for k, i := range order {
			s.row(w, i, s.border(order, k), false)
		}
		w.Close("tbody", "table")
		if len(order) == 0 && len(r.Cities) > 0 {
			s.notFound(w)
		}
		if len(r.Cities) == 0 {
			w.El("p", "No city is in this selection.", "class", "empty")
		}
		w.Open("p", "class", "caption")
		w.Text("A place is drawn as a dot, its likely range as a line, on a scale that gives the first places more room. ")
		if s.sure() != nil {
			w.Text("A heavier line parts groups: cities within a group cannot be told apart. ")
		}
		w.Text("Edition " + s.edition() + ".")
		w.Close("p")
		takeAway(w, "ranking")
	})
}

// finder is the field above the table that leaves only the rows with its words.
func (s *Session) finder(w *markup.Writer, found int) {
	w.Open("div", "class", "finder")
	w.El("label", "Find in the table", "for", "find-city")
	w.Open("input", "type", "search", "class", "needs-app", "id", "find-city", "value", s.View.Find, "maxlength", "60", "data-do", "find-city",
		"autocomplete", "off", "spellcheck", "false", "placeholder", "City or country")
	w.Open("span", "class", "n", "role", "status")
	if s.View.Find != "" {
		w.Text(count(found) + " of " + count(len(s.Ranking.Cities)))
	}
	w.Close("span")
	by := strings.TrimPrefix(s.View.Sort, "-")
	if by == "score" {
		by = "" // the order by rank, as the list has it
	}
	choose(w, "sort-by", "Order by", "sort-by", "", tableOrders(), by)
	w.Close("div")
}

// tableOrders are the orders of the table: its columns and the pillars.
func tableOrders() []choice {
	out := []choice{{"", "Score"}, {"interval", "Likely place"}, {"city", "City"}, {"country", "Country"}}
	for p, id := range view.PillarIDs {
		out = append(out, choice{id, pillarNames[p]})
	}
	return append(out, choice{"change", "Places gained"}, choice{"missing", "Missing figures"}, choice{"initiatives", "Initiatives"})
}

// notFound says why no row is left, and where a city of that name is.
func (s *Session) notFound(w *markup.Writer) {
	w.Open("div", "class", "empty")
	w.El("p", "No ranked city or country holds “"+s.View.Find+"”.")
	var elsewhere []*data.City
	words := data.Fold(s.View.Find)
	for c := range s.data().Cities {
		if _, ranked := s.Ranking.Entry(c); !ranked && s.cityHolds(c, words) {
			elsewhere = append(elsewhere, &s.data().Cities[c])
		}
	}
	if len(elsewhere) > 0 {
		w.Open("p").Text("In the dataset, but not among the cities ranked here: ")
		for k, c := range elsewhere[:min(len(elsewhere), mostGoals)] {
			if k > 0 {
				w.Text(", ")
			}
			w.El("a", c.Name, "href", s.href("/city/"+c.ID))
		}
		w.Text(".").Close("p")
	}
	w.El("button", "Show all cities", "type", "button", "class", "quiet", "data-do", "find-none", "id", "find-none").Close("div")
}

// cityHolds reports whether one of a city's names, or its country's, holds the
// folded words.
func (s *Session) cityHolds(c int, words string) bool {
	city := &s.data().Cities[c]
	for _, name := range append([]string{city.Name, city.NativeName, s.data().Countries[city.Country].Name}, city.Aliases...) {
		if strings.Contains(data.Fold(name), words) {
			return true
		}
	}
	return false
}

// shownOrder is the entries of the table's rows in their order.
func (s *Session) shownOrder() []int {
	order := s.sorted()
	if s.View.Find == "" {
		return order
	}
	words := data.Fold(s.View.Find)
	return slices.DeleteFunc(order, func(i int) bool { return !s.cityHolds(s.Ranking.Cities[i], words) })
}

// pins are the entries of the pinned cities that are ranked here, by rank.
func (s *Session) pins() []int {
	var out []int
	for _, i := range s.Ranking.Order {
		if slices.Contains(s.View.Pinned, s.cityOf(i).ID) {
			out = append(out, i)
		}
	}
	return out
}

func (s *Session) head(w *markup.Writer, c column) {
	if c.class == "bar" {
		w.Open("th", "scope", "col", "class", "bar").El("span", "What the score is made of", "class", "visually-hidden")
		w.Open("span", "class", "legend", "aria-hidden", "true")
		for p, name := range pillarNames {
			w.El("span", name, "class", "key "+pillarClass(p))
		}
		w.Close("span", "th")
		return
	}
	sorted := ""
	switch by := s.View.Sort; {
	case by == c.key || by == "" && c.key == "":
		sorted = "ascending"
		if c.descending {
			sorted = "descending"
		}
	case by == "-"+c.key || c.key == "" && by == "-":
		sorted = "descending"
		if c.descending {
			sorted = "ascending"
		}
	}
	attrs := []string{"scope", "col", "class", c.class}
	if sorted != "" {
		attrs = append(attrs, "aria-sort", sorted)
	}
	w.Open("th", attrs...)
	w.Open("button", "type", "button", "class", "sort", "data-do", "sort", "data-arg", c.key, "id", "sort-"+c.class, "title", c.help)
	w.Text(c.label)
	if c.label == "#" || c.label == "±" {
		w.El("span", " "+c.help, "class", "visually-hidden")
	}
	// On a phone the heads are not seen: nothing there may take the focus.
	w.Close("button").El("span", c.label, "class", "head").Close("th")
}

// sorted returns the entries in the order that the view asks for.
func (s *Session) sorted() []int {
	r := s.Ranking
	order := slices.Clone(r.Order)
	by, turned := strings.CutPrefix(s.View.Sort, "-")
	var key func(i int) float64
	switch by {
	case "city":
		slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(s.cityOf(a).Name, s.cityOf(b).Name) })
	case "country":
		slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(s.countryOf(a).Name, s.countryOf(b).Name) })
	case "initiatives":
		key = func(i int) float64 { return -float64(r.Initiatives[i]) }
	case "missing":
		key = func(i int) float64 { return -s.Explorer.MissingShare(r, i) }
	case "change":
		key = func(i int) float64 { n, _ := s.Explorer.Change(r, i); return -float64(n) }
	case "interval":
		if c := s.certainty; c != nil {
			key = func(i int) float64 { return float64(c.Intervals[i].High)*1000 + float64(c.Intervals[i].Low) }
		}
	default:
		for p, id := range view.PillarIDs {
			if id == by {
				key = func(i int) float64 {
					if x := r.Pillar[i][p]; x == x {
						return -x
					}
					return math.Inf(1)
				}
			}
		}
	}
	if key != nil {
		slices.SortStableFunc(order, func(a, b int) int {
			return cmp.Compare(key(a), key(b))
		})
	}
	if turned {
		slices.Reverse(order)
	}
	return order
}

func (s *Session) cityOf(entry int) *data.City { return &s.data().Cities[s.Ranking.Cities[entry]] }

func (s *Session) countryOf(entry int) *data.Country {
	return &s.data().Countries[s.cityOf(entry).Country]
}

// border reports whether the k-th row starts a new group of cities that cannot
// be told apart; groups are drawn only where the rows stand by rank.
func (s *Session) border(order []int, k int) bool {
	c := s.sure()
	if c == nil || k == 0 || s.View.Sort != "" {
		return false
	}
	return c.Group[order[k]] != c.Group[order[k-1]]
}

// row writes the row of an entry. A pinned city has a second one above the others.
func (s *Session) row(w *markup.Writer, i int, border, pinned bool) {
	r := s.Ranking
	c := s.cityOf(i)
	class := ""
	selected := s.View.Selected == c.ID
	if selected {
		class = "selected"
	}
	if border {
		class = strings.TrimSpace(class + " border")
	}
	attrs := []string{"data-key", c.ID, "data-city", c.ID, "data-do", "select", "data-arg", c.ID}
	if !pinned {
		attrs = append(attrs, "data-glide", "")
	}
	if class != "" {
		attrs = append(attrs, "class", class)
	}
	w.Open("tr", attrs...)

	expanded, prefix := "false", "open-"
	if selected && !pinned {
		expanded = "true"
	}
	if pinned {
		prefix = "open-pinned-"
	}
	w.Open("td", "class", "rank")
	w.Open("button", "type", "button", "class", "place needs-app", "id", prefix+c.ID, "data-do", "select", "data-arg", c.ID, "aria-expanded", expanded)
	w.Text(rankText(r.Rank[i], r.Tied[i])).El("span", ", details of "+c.Name, "class", "visually-hidden").Close("button", "td")
	w.Open("td", "class", "likely")
	s.likely(w, i)
	w.Close("td")
	w.Open("th", "scope", "row", "class", "city")
	w.El("a", c.Name, "href", s.href("/city/"+c.ID))
	w.Text(" ").El("abbr", s.countryOf(i).Code, "title", s.countryOf(i).Name)
	if s.thinData(i) {
		w.Text(" ").El("span", "thin data", "class", "thin", "title", "Most of its pillars rest on few records or sources")
	}
	if pinned {
		w.Text(" ").El("button", "Unpin", "type", "button", "class", "pin", "data-do", "pin", "data-arg", c.ID, "id", "unpin-"+c.ID, "aria-label", "Unpin "+c.Name)
	}
	w.Close("th")
	w.Open("td", "class", "score").Text(score(r.Score[i])).Close("td")
	w.Open("td", "class", "bar")
	s.bar(w, i)
	w.Close("td")
	s.change(w, i)
	w.El("td", s.missing(i), "class", "missing")
	w.Open("td", "class", "initiatives").Text(count(r.Initiatives[i])).Close("td")
	w.Close("tr")
	if selected && !pinned {
		s.detail(w, i)
	}
}

// rankText writes a place; cities with the same place show it with '='.
func rankText(rank int, tied bool) string {
	switch {
	case rank == 0:
		return "–"
	case tied:
		return "=" + strconv.Itoa(rank)
	}
	return strconv.Itoa(rank)
}

// likely draws the interval of a rank beside its figures.
func (s *Session) likely(w *markup.Writer, i int) {
	r, c := s.Ranking, s.certainty
	if c == nil || r.Rank[i] == 0 {
		w.El("span", "…", "class", "waiting")
		return
	}
	in := c.Intervals[i]
	n := len(r.Cities)
	lo, hi, at := rankPlace(in.Low, n), rankPlace(in.High, n), rankPlace(r.Rank[i], n)
	w.Open("svg", "class", "range", "aria-hidden", "true")
	w.Open("line", "class", "axis", "x1", "0%", "x2", "100%", "y1", "50%", "y2", "50%").Close("line")
	w.Open("line", "class", "span", "x1", percent(lo), "x2", percent(hi), "y1", "50%", "y2", "50%").Close("line")
	w.Open("circle", "cx", percent(at), "cy", "50%", "r", "3").Close("circle")
	w.Close("svg")
	w.El("span", rangeText(in.Low, in.High))
}

// rankPlace places a rank from 1 to n on 4 to 96 per cent of a drawing, by its
// square root, so that the first places have room.
func rankPlace(rank, n int) float64 {
	if n < 2 {
		return 50
	}
	return 4 + 92*math.Sqrt(float64(rank-1)/float64(n-1))
}

func rangeText(lo, hi int) string {
	if lo == hi {
		return strconv.Itoa(lo)
	}
	return strconv.Itoa(lo) + "–" + strconv.Itoa(hi)
}

// bar draws what each pillar gives to the score, on a scale of 0 to 100.
func (s *Session) bar(w *markup.Writer, i int) {
	r := s.Ranking
	words := make([]byte, 0, 128)
	for p, name := range pillarNames {
		if p > 0 {
			words = append(words, ", "...)
		}
		words = append(append(append(words, name...), ' '), score(r.Part[i][p])...)
	}
	w.Open("svg", "class", "parts", "role", "img", "aria-label", string(words))
	at := 0.0
	for p, part := range r.Part[i] {
		part = max(part, 0) // a pillar below zero has no length
		w.Open("rect", "class", pillarClass(p), "data-tip", strconv.Itoa(p), "x", percent(at), "width", percent(part), "height", "100%").Close("rect")
		at += part
	}
	w.Close("svg")
}

func (s *Session) change(w *markup.Writer, i int) {
	n, ok := s.Explorer.Change(s.Ranking, i)
	switch {
	case !ok:
		w.El("td", "new", "class", "change")
	case n > 0:
		w.Open("td", "class", "change up").Text("▲"+count(n)).El("span", " up", "class", "visually-hidden").Close("td")
	case n < 0:
		w.Open("td", "class", "change down").Text("▼"+count(-n)).El("span", " down", "class", "visually-hidden").Close("td")
	default:
		w.El("td", "", "class", "change")
	}
}

// thinData reports whether the evidence behind most of a city's pillars is thin.
func (s *Session) thinData(i int) bool {
	n := 0
	for _, e := range s.evidence()[i] {
		if e.Grade == data.Thin {
			n++
		}
	}
	return n > data.NumActors/2
}

// evidence of the ranking's cities under its lens.
func (s *Session) evidence() [][data.NumActors]data.Evidence {
	return s.Explorer.Evidence(s.Ranking)
}

// detail opens under the selected row.
func (s *Session) detail(w *markup.Writer, i int) {
	r, c := s.Ranking, s.cityOf(i)
	w.Open("tr", "class", "detail", "data-key", c.ID+"+")
	w.Open("td", "colspan", strconv.Itoa(len(columns)))
	w.Open("div", "class", "detail-body")
	w.Open("p").Text(s.placeSentence(i)).Close("p")
	w.Open("dl", "class", "pillars")
	for p, name := range pillarNames {
		w.Open("div")
		w.El("dt", name, "class", "key "+pillarClass(p))
		w.El("dd", score(r.Pillar[i][p]))
		w.Close("div")
	}
	w.Close("dl")
	w.Open("p").Text(s.evidenceSentence(i)).Close("p")
	w.Open("p", "class", "links")
	pin, pinned := "Pin to the top", slices.Contains(s.View.Pinned, c.ID)
	if pinned {
		pin = "Unpin"
	}
	w.El("button", pin, "type", "button", "class", "quiet", "data-do", "pin", "data-arg", c.ID, "id", "pin-"+c.ID).Text(" ")
	w.El("a", "Why "+c.Name+"? All indicators and initiatives", "href", s.href("/city/"+c.ID))
	if k := model.Counterpart(r, i); k >= 0 {
		w.Text(" ").El("a", "Compare with "+s.cityOf(k).Name, "href", s.hrefOf("/compare", s.comparing(i, k)))
	}
	w.Close("p", "div", "td", "tr")
}

// missing is the share of the indicators that have no figure for a city.
func (s *Session) missing(i int) string {
	return decimal(100*s.Explorer.MissingShare(s.Ranking, i), 0) + "\u202f%"
}

// evidenceSentence says how much stands behind a city's scores.
func (s *Session) evidenceSentence(i int) string {
	var byGrade [3][]string
	for p, e := range s.evidence()[i] {
		byGrade[e.Grade] = append(byGrade[e.Grade], pillarWord(p))
	}
	var parts []string
	for _, g := range []data.Grade{data.Strong, data.Fair, data.Thin} {
		if len(byGrade[g]) > 0 {
			parts = append(parts, g.String()+" in "+join(byGrade[g]))
		}
	}
	return "Evidence: " + strings.Join(parts, "; ") + ". " + s.missing(i) + " of the indicators have no figure for it."
}

// placeSentence says where a city stands and how sure that is.
func (s *Session) placeSentence(i int) string {
	r, c := s.Ranking, s.cityOf(i)
	if r.Rank[i] == 0 {
		return c.Name + " cannot be ranked under these settings."
	}
	text := c.Name + " is " + ordinal(r.Rank[i])
	if r.Tied[i] {
		text += ", with others,"
	}
	text += " of " + count(len(r.Cities)) + "."
	if cert := s.sure(); cert != nil {
		in := cert.Intervals[i]
		if in.Low == in.High {
			text += " With other reasonable choices it stays there."
		} else {
			text += " With other reasonable choices it could be anywhere from " + ordinal(in.Low) + " to " + ordinal(in.High) + "."
		}
	}
	return text
}

// step writes what a step of a slider shows, for live.steer: the shares of the
// pillars' sliders, the factors of the indicators', and for each row in order its
// city, rank, score, change and parts.
func (s *Session) step() string {
	r := s.Ranking
	b := make([]byte, 0, 8000)
	for p, percent := range s.View.Weights.Percent() {
		if p > 0 {
			b = append(b, '\x1f')
		}
		b = strconv.AppendInt(b, int64(percent), 10)
	}
	b = append(b, '\x1d')
	first := true
	for p := range pillarNames {
		for _, j := range s.countingIndicators(p) {
			if !first {
				b = append(b, '\x1f')
			}
			first = false
			now, _ := s.indicatorTenths(j)
			b = append(b, times(now)...)
		}
	}
	b = append(b, '\x1d')
	for k, i := range s.shownOrder() {
		if k > 0 {
			b = append(b, '\x1e')
		}
		b = append(b, s.cityOf(i).ID...)
		b = append(append(b, '\x1f'), rankText(r.Rank[i], r.Tied[i])...)
		b = append(append(b, '\x1f'), score(r.Score[i])...)
		b = append(b, '\x1f')
		if n, ok := s.Explorer.Change(r, i); ok {
			b = strconv.AppendInt(b, int64(n), 10)
		}
		for _, part := range r.Part[i] {
			b = append(b, '\x1f')
			b = strconv.AppendInt(b, int64(max(tenth(part), 0)), 10)
		}
	}
	return string(b)
}
