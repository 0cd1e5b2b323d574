package page

import (
	"strconv"
	"strings"

	"aicities/app/markup"
	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

var initiativesScreen = screen{
	name:  "initiatives",
	path:  "/initiatives",
	label: "Initiatives",
	title: func(s *Session) string {
		if words := s.conditions(); len(words) > 0 {
			return "Initiatives: " + join(labels(words)) + " · " + siteName
		}
		return "Every AI initiative, with its source · " + siteName
	},
	description: func(s *Session) string {
		return count(s.data().Len()) + " real AI initiatives of cities and countries: search, filter, follow each to its source, take the list away."
	},
	sections: func(s *Session) []section {
		s.list()
		s.want(&s.lister.Text)
		return []section{s.listIntro(), s.listTools(), s.facetPanel(), s.records(), s.recordDialog()}
	},
	shown:  showRecords,
	unsure: true,
}

func init() {
	for name, do := range map[string]func(a *App, e event){
		"order": func(a *App, e event) { a.s.View.List.Order = e.value },
		"facet": chooseFacet,
		"find-facet": func(a *App, e event) {
			f := a.s.ui.facets[e.arg]
			f.find = view.CleanText(e.value)
			a.s.setFacet(e.arg, f)
		},
		"all-of": func(a *App, e event) {
			f := a.s.ui.facets[e.arg]
			f.all = !f.all
			a.s.setFacet(e.arg, f)
		},
		"lift":   func(a *App, e event) { a.s.lift(model.Field(atoi(e.arg))) },
		"brush":  brush,
		"record": openRecord,
	} {
		actions[name] = do
	}
	sheets["initiatives"] = (*Session).recordSheet
}

// list returns what the view shows of the initiatives.
func (s *Session) list() *model.List {
	if s.lister == nil {
		s.lister = model.NewLister(s.Explorer)
	}
	return s.lister.List(s.Ranking)
}

// --- intro and tools -----------------------------------------------------------

func (s *Session) listIntro() section {
	return draw("div", "intro", nil, func(w *markup.Writer) {
		d := s.data()
		w.El("h1", "Every initiative, with its source")
		w.El("p", plural(d.CityRows(), "record", "records")+" of "+plural(len(d.Cities), "city", "cities")+" and "+plural(d.Len()-d.CityRows(), "national record", "national records")+
			", each with where it was read. Those marked partial come from sources that cover only some countries; they are listed here and do not move the ranking unless asked.", "class", "lead")
		w.Open("noscript").El("p", "Without JavaScript this page shows the first records; searching, filtering and the rest of the list need JavaScript.", "class", "note").Close("noscript")
	})
}

var orderChoices = []choice{{"", "Relevance"}, {"name", "Name"}, {"city", "City"}, {"year", "Newest first"}, {"oldest", "Oldest first"}, {"actor", "Actor"}}

func (s *Session) listTools() section {
	return draw("section", "list-tools", []string{"aria-label", "Search and order"}, func(w *markup.Writer) {
		v := s.View
		w.Open("div", "class", "bar-of-tools")
		w.Open("div", "class", "field words")
		w.El("label", "Words in name, organisation or summary", "for", "list-q")
		w.Open("input", "type", "search", "class", "needs-app", "id", "list-q", "value", v.Lens.Text, "maxlength", "80", "data-do", "text", "autocomplete", "off", "spellcheck", "false", "placeholder", "hospital robot, 5G, Huawei …")
		w.Close("div")
		chooseField(w, "list-order", "Order", "order", "", orderChoices, v.List.Order)
		w.Close("div")

		w.El("p", s.listCount(), "class", "count", "role", "status", "id", "list-count")
		if words := s.conditions(); len(words) > 0 {
			w.Open("ul", "class", "chips conditions", "aria-label", "Filters that are on")
			for _, c := range words {
				w.Open("li", "data-key", strconv.Itoa(int(c.field)))
				w.Open("button", "type", "button", "class", "chip needs-app", "data-do", "lift", "data-arg", strconv.Itoa(int(c.field)), "id", "lift-"+strconv.Itoa(int(c.field)))
				w.Text(c.label).El("span", " ×", "aria-hidden", "true").El("span", ": remove this filter", "class", "visually-hidden").Close("button")
				w.Close("li")
			}
			w.Open("li", "data-key", "all")
			w.El("button", "Clear all", "type", "button", "class", "quiet needs-app", "data-do", "lift", "data-arg", strconv.Itoa(int(model.NumFields)), "id", "lift-all")
			w.Close("li", "ul")
		}
		w.Open("div", "class", "from-here")
		s.rankThese(w)
		takeAway(w, "initiatives")
		w.Close("div")
	})
}

// listCount says how many records there are and which of them feed the ranking.
func (s *Session) listCount() string {
	l, d := s.list(), s.data()
	text := plural(len(l.Rows), "record", "records")
	if len(l.Rows) < d.Len() {
		text = count(len(l.Rows)) + " of " + plural(d.Len(), "record", "records")
	}
	if len(l.Rows) == 0 {
		return text + "."
	}
	text += ". The ranking of " + plural(len(s.Ranking.Cities), "city", "cities") + " counts "
	switch l.Feeding {
	case len(l.Rows):
		return text + "all of them."
	case 0:
		text += "none of them: they are "
	default:
		text += count(l.Feeding) + " of them; the others are "
	}
	if !s.View.Partial {
		text += "partial, or "
	}
	return text + "of cities that it does not rank, or no indicator takes their source."
}

// rankThese leads to the ranking by the same lens.
func (s *Session) rankThese(w *markup.Writer) {
	v := s.View
	v.List, v.Lens.City = view.List{}, ""
	label := "Rank cities by these"
	if s.View.List.Coverage == "partial" && !v.Partial {
		v.Partial = true
		label += ", with partial sources on"
	}
	if s.View.Lens.City != "" {
		v.Selected = s.View.Lens.City
	}
	w.El("a", label, "class", "go", "id", "rank-these", "data-plain", "", "href", s.hrefOf("/", v))
}

// condition is one field that narrows the list, in words.
type condition struct {
	field model.Field
	label string
}

func labels(c []condition) (out []string) {
	for _, x := range c {
		out = append(out, x.label)
	}
	return out
}

// conditions are those that the view puts on the list.
func (s *Session) conditions() (out []condition) {
	l, d := s.View.Lens, s.data()
	add := func(f model.Field, ids []string, label func(id string) string) {
		if len(ids) == 0 {
			return
		}
		words := make([]string, 0, len(ids))
		for _, id := range ids {
			words = append(words, label(id))
		}
		if len(words) > 3 {
			words = append(words[:2], count(len(words)-2)+" more")
		}
		out = append(out, condition{f, strings.Join(words, ", ")})
	}
	if l.Text != "" {
		out = append(out, condition{model.ByText, "“" + l.Text + "”"})
	}
	add(model.ByCity, ids(l.City), func(id string) string {
		if c, ok := d.CityByID(id); ok {
			return d.Cities[c].Name
		}
		return id
	})
	add(model.ByCountry, l.Countries, func(id string) string {
		if c, ok := d.CountryByCode(id); ok {
			return d.Countries[c].Name
		}
		return id
	})
	add(model.ByActor, l.Actors, func(id string) string { return labelOf(actorChoices, id) })
	add(model.BySector, l.Sectors, sectorName)
	add(model.ByOwnership, l.Ownership, func(id string) string { return labelOf(ownershipChoices, id) })
	if l.From != 0 || l.To != 0 {
		out = append(out, condition{model.ByYear, s.lensYears()})
	}
	add(model.ByCoverage, ids(s.View.List.Coverage), func(id string) string { return labelOf(coverageChoices, id) })
	add(model.ByLevel, ids(s.View.List.Level), func(id string) string { return labelOf(levelChoices, id) })
	add(model.BySource, l.Sources, func(id string) string {
		if k, ok := d.SourceByID(id); ok {
			return d.Sources[k].Title
		}
		return id
	})
	return out
}

// ids is a choice of one as a list.
func ids(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

// lift takes the condition on a field off, or all of them.
func (s *Session) lift(f model.Field) {
	v := &s.View
	switch f {
	case model.ByText:
		v.Lens.Text = ""
	case model.ByYear:
		v.Lens.From, v.Lens.To = 0, 0
	case model.NumFields:
		v.Lens, v.List = view.Lens{}, view.List{Order: v.List.Order}
	default:
		for _, facet := range facets {
			if facet.field == f {
				facet.set(v, nil)
			}
		}
	}
}

// --- records -------------------------------------------------------------------

const (
	firstRecords = 50 // shown before the program runs
	fewRecords   = 12 // written anew with each change; web/records.js asks for the rest of its window
	mostSources  = 2  // named in a row; the open record names all
)

func (s *Session) records() section {
	l := s.list()
	return draw("section", "records", []string{"aria-label", "Records"}, func(w *markup.Writer) {
		if len(l.Rows) == 0 {
			s.noRecords(w, l)
			return
		}
		n := min(len(l.Rows), firstRecords)
		if s.ui.windows {
			n = min(n, fewRecords)
		}
		w.Open("div", "id", "record-list", "role", "table", "aria-label", "Initiatives", "aria-rowcount", strconv.Itoa(len(l.Rows)+1), "aria-describedby", "list-count")
		w.Open("div", "role", "rowgroup", "class", "record-head")
		w.Open("div", "role", "row", "class", "record", "aria-rowindex", "1")
		for _, h := range []string{"Initiative", "Organisation and city", "Actor and sector", "Year", "Source"} {
			w.El("span", h, "role", "columnheader")
		}
		w.Close("div", "div")
		v := view.Default()
		v.Lens, v.List = s.View.Lens, s.View.List
		w.Open("div", "id", "record-rows", "role", "rowgroup", "data-total", strconv.Itoa(len(l.Rows)), "data-list", view.Format(v))
		for at := range n {
			s.record(w, l, at)
		}
		w.Close("div", "div")
		if len(l.Rows) > n && !s.ui.windows {
			w.El("p", "These are the first "+count(n)+" of "+count(len(l.Rows))+" records; the others follow when the page's program has loaded.", "class", "hint more-follow")
		}
	})
}

// record writes the at-th row of the list. All rows are of the same height, and
// of nearly the same number of elements.
func (s *Session) record(w *markup.Writer, l *model.List, at int) {
	d, row := s.data(), int(l.Rows[at])
	r := d.Initiative(row)
	key := strconv.Itoa(row)
	w.Open("div", "class", "record", "role", "row", "data-key", key, "data-at", strconv.Itoa(at), "aria-rowindex", strconv.Itoa(at+2))
	w.Open("div", "role", "cell", "class", "what")
	w.Open("button", "type", "button", "class", "name needs-app", "data-do", "record", "data-arg", key, "id", "record-"+key, "aria-haspopup", "dialog")
	w.El("span", r.Name).Close("button")
	w.El("span", r.Summary, "class", "summary").Close("div")
	w.Open("div", "role", "cell", "class", "who")
	org := r.Organisation
	if org == r.Name {
		org = "" // the name says it already
	}
	w.El("span", org, "class", "organisation")
	s.recordPlace(w, &r)
	w.Close("div")
	w.Open("div", "role", "cell", "class", "kind")
	w.El("span", actorNames[r.Actor], "class", "key "+pillarClass(int(r.Actor)))
	w.El("span", sectorName(d.Sectors[r.Sector]), "class", "sector").Close("div")
	w.El("div", orDash(yearText(r.Year)), "role", "cell", "class", "year")
	w.Open("div", "role", "cell", "class", "from")
	for k, ref := range r.Refs {
		if k == mostSources {
			w.El("span", "and "+count(len(r.Refs)-k)+" more", "class", "n")
			break
		}
		s.sourceLink(w, ref)
	}
	if d.CoverageOf(row) == data.Partial {
		w.El("span", "partial", "class", "thin", "title", "Its sources cover only some countries or cities")
	}
	w.Close("div", "div")
}

func yearText(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}

// recordPlace links the city of a record, or says that it is national.
func (s *Session) recordPlace(w *markup.Writer, r *data.Initiative) {
	d := s.data()
	country := &d.Countries[r.Country]
	w.Open("span", "class", "place")
	if r.City >= 0 {
		c := &d.Cities[r.City]
		w.El("a", c.Name, "href", s.href("/city/"+c.ID)).Text(" ").El("abbr", country.Code, "title", country.Name)
	} else {
		w.Text(country.Name+" ").El("span", "national", "class", "thin", "title", "A record of the country, not of one city")
	}
	w.Close("span")
}

// noRecords says why the list is empty and what would fill it.
func (s *Session) noRecords(w *markup.Writer, l *model.List) {
	words := s.conditions()
	w.Open("div", "class", "empty")
	w.El("p", "No record has all of this: "+join(labels(words))+".")
	w.Open("ul", "class", "ways-back")
	for _, c := range words {
		if n := l.Without[c.field]; n > 0 {
			w.Open("li")
			w.El("button", "Without "+c.label+": "+plural(n, "record", "records"), "type", "button", "class", "quiet needs-app",
				"data-do", "lift", "data-arg", strconv.Itoa(int(c.field)), "id", "without-"+strconv.Itoa(int(c.field)))
			w.Close("li")
		}
	}
	w.Open("li").El("button", "Show all "+count(s.data().Len())+" records", "type", "button", "class", "quiet needs-app",
		"data-do", "lift", "data-arg", strconv.Itoa(int(model.NumFields)), "id", "without-all").Close("li")
	w.Close("ul", "div")
}

// showRecords has web/records.js show the rows near the window.
func showRecords(a *App) {
	win := app.Window()
	if !a.s.ui.windows {
		a.s.ui.windows = true
		win.Set("recordRows", app.FuncOf(func(_ app.Value, args []app.Value) any {
			return a.s.recordRows(args[0].Int(), args[1].Int())
		}))
	}
	win.Get("records").Call("show")
}

// recordRows is the markup of n rows from the at-th on.
func (s *Session) recordRows(at, n int) string {
	var w markup.Writer
	w.Grow(1600 * n)
	l := s.list()
	for i := max(at, 0); i < min(at+n, len(l.Rows)); i++ {
		s.record(&w, l, i)
	}
	return w.String()
}

// --- one record ----------------------------------------------------------------

func openRecord(a *App, e event) {
	a.s.ui.record = atoi(e.arg) + 1
	if dialog := app.Window().GetElementByID("record"); dialog.Truthy() && !dialog.Get("open").Bool() {
		dialog.Call("showModal")
	}
}

// recordDialog shows everything that is known of the record that was opened.
func (s *Session) recordDialog() section {
	return draw("dialog", "record", []string{"aria-labelledby", "record-title"}, func(w *markup.Writer) {
		d, row := s.data(), s.ui.record-1
		if row < 0 || row >= d.Len() {
			w.El("h2", "Record", "id", "record-title")
			return
		}
		r := d.Initiative(row)
		w.El("h2", r.Name, "id", "record-title")
		w.El("p", r.Summary)
		w.Open("dl")
		say := func(term, text string) {
			if text != "" {
				w.Open("div").El("dt", term).El("dd", text).Close("div")
			}
		}
		say("Organisation", r.Organisation)
		w.Open("div").El("dt", "Place").Open("dd")
		s.recordPlace(w, &r)
		w.Close("dd", "div")
		say("Actor", actorNames[r.Actor])
		say("Sector", sectorName(d.Sectors[r.Sector]))
		say("Ownership", capital(r.Ownership.String()))
		say("Year", yearText(r.Year))
		say("Status", capital(r.Status.String()))
		if r.Magnitude == r.Magnitude {
			say("Size", figure(r.Magnitude)+" "+r.Unit)
		}
		if d.CoverageOf(row) == data.Partial {
			say("Coverage", "Partial: its sources cover only some countries or cities, so it does not move the ranking unless asked.")
		} else {
			say("Coverage", "Global: a source that every city had the same chance to be in.")
		}
		w.Close("dl")
		w.El("h3", "Sources")
		w.Open("ul", "class", "sources")
		for _, ref := range r.Refs {
			src := &d.Sources[ref.Source]
			w.Open("li")
			s.sourceLink(w, ref)
			w.El("span", src.Publisher+" · "+orDash(src.AsOf)+" · "+src.Licence, "class", "hint").Close("li")
		}
		w.Close("ul")
		w.El("button", "Close", "type", "button", "class", "quiet", "data-do", "close", "id", "record-close")
	})
}

// --- take away -----------------------------------------------------------------

// recordSheet is the list as it is shown, all of it.
func (s *Session) recordSheet() sheet {
	l, d := s.list(), s.data()
	return sheet{title: s.Title(), columns: recordColumns, sources: s.sourcesOf(len(l.Rows), func(i int) int { return int(l.Rows[i]) }), n: len(l.Rows),
		row: func(i int) []any { return recordCells(d, int(l.Rows[i])) }}
}

var recordColumns = []string{"name", "organisation", "level", "city", "country", "actor", "sector", "ownership", "year", "status",
	"magnitude", "unit", "summary", "coverage", "sources", "links"}

// recordCells is a record as a row of the sheet.
func recordCells(d *data.Dataset, row int) []any {
	r := d.Initiative(row)
	level, city := "national", ""
	if r.City >= 0 {
		level, city = "city", d.Cities[r.City].Name
	}
	var year any
	if r.Year != 0 {
		year = r.Year
	}
	sources, links := make([]string, len(r.Refs)), make([]string, len(r.Refs))
	for k, ref := range r.Refs {
		sources[k], links[k] = d.Sources[ref.Source].ID, ref.URL
	}
	return []any{r.Name, r.Organisation, level, city, d.Countries[r.Country].Code, r.Actor.String(), d.Sectors[r.Sector], r.Ownership.String(), year,
		r.Status.String(), r.Magnitude, r.Unit, r.Summary, d.CoverageOf(row).String(), strings.Join(sources, " | "), strings.Join(links, " | ")}
}
