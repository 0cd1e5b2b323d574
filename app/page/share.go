package page

import (
	"slices"
	"strconv"
	"strings"

	"aicities/app/markup"
	"aicities/app/view"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Sharing a view: its link, what the link contains, and the frame that shows it
// on another site.

func init() {
	actions["share"] = share
	actions["copy"] = func(a *App, e event) { a.copyText(e.arg) }
	actions["share-sheet"] = func(a *App, _ event) { a.shareSheet() }
}

// sharing is what the dialog shows once it was opened.
type sharing struct {
	link   string // whole address of the view; "" before the dialog is first opened
	origin string // of the site, without a slash at its end
	sheet  bool   // the system has a share sheet
	said   string // what became of copying
}

// share copies the link of the view, opens the system's share sheet where a
// finger asks for it, and shows what the link contains.
func share(a *App, _ event) {
	w := app.Window()
	a.s.ui.share = sharing{
		link:   absolute(a.s.address()),
		origin: w.Get("location").Get("origin").String(),
		sheet:  w.Get("navigator").Get("share").Truthy(),
	}
	a.copyText("share-link")
	closeDialogs()
	if d := w.GetElementByID("share-view"); d.Truthy() {
		d.Call("showModal")
	}
	if a.s.ui.share.sheet && w.Call("matchMedia", "(pointer: coarse)").Get("matches").Bool() {
		a.shareSheet()
	}
}

// copyText copies what a field of the dialog holds.
func (a *App) copyText(field string) {
	text := a.s.ui.share.link
	if field == "share-frame" {
		text = a.s.frame()
	}
	clipboard := app.Window().Get("navigator").Get("clipboard")
	if !clipboard.Truthy() {
		a.s.ui.share.said = "This browser does not copy for a page: select the text and copy it."
		return
	}
	say := func(words string) func(app.Value) {
		return func(app.Value) {
			a.ctx.Dispatch(func(ctx app.Context) {
				a.s.ui.share.said = words
				a.show(ctx)
			})
		}
	}
	then(clipboard.Call("writeText", text), say("Copied."), say("The browser did not let the page copy: select the text and copy it."))
}

// shareSheet opens the system's share sheet.
func (a *App) shareSheet() {
	then(app.Window().Get("navigator").Call("share", map[string]any{"title": a.s.Title(), "url": a.s.ui.share.link}), func(app.Value) {}, func(app.Value) {})
}

// embeddable reports whether the present screen has a form for other sites.
func (s *Session) embeddable() bool {
	_, city := s.city()
	return city || s.Path == rankingScreen.path || s.Path == compareScreen.path
}

// frame is the markup that shows the view on another site.
func (s *Session) frame() string {
	v := s.View
	v.Embed = true
	var w markup.Writer
	w.Open("iframe", "src", s.ui.share.origin+s.hrefOf(s.Path, v), "title", s.Title(), "width", "100%", "height", "640", "loading", "lazy").Close("iframe")
	return w.String()
}

// shareDialog is empty before it is opened: the site's own address is not known
// when pages are made.
func (s *Session) shareDialog() section {
	return draw("dialog", "share-view", []string{"aria-labelledby", "share-title"}, func(w *markup.Writer) {
		x := s.ui.share
		if x.link == "" {
			return
		}
		w.El("h2", "Share this view", "id", "share-title")
		field := func(id, label, value string) {
			w.Open("div", "class", "field").El("label", label, "for", id)
			w.Open("div", "class", "copy").Open("input", "type", "text", "id", id, "readonly", "", "value", value)
			w.El("button", "Copy", "type", "button", "class", "quiet", "data-do", "copy", "data-arg", id, "id", id+"-copy").Close("div", "div")
		}
		field("share-link", "Link to exactly this view", x.link)
		w.Open("p", "class", "hint", "role", "status", "id", "share-said").Text(x.said).Close("p")
		if id := s.presetOnly(); id != "" {
			w.Open("p", "class", "hint").Text("This preset has a shorter address, with its own preview picture: ")
			w.El("a", s.href("/preset/"+id), "href", s.href("/preset/"+id), "data-plain", "").Text(".").Close("p")
		}
		w.El("h3", "What the link contains")
		w.Open("ul", "class", "contents")
		for _, line := range s.contents() {
			w.El("li", line)
		}
		w.Close("ul")
		w.El("p", "Nothing about you: it can be read in the address.", "class", "hint")
		if s.embeddable() {
			w.Open("details", "class", "fold", "id", "share-embed").El("summary", "Show it on another site")
			field("share-frame", "Frame for a page of your own", s.frame())
			w.Close("details")
		}
		w.Open("p", "class", "buttons")
		if x.sheet {
			w.El("button", "Share …", "type", "button", "class", "quiet", "data-do", "share-sheet", "id", "share-sheet").Text(" ")
		}
		w.El("button", "Close", "type", "button", "class", "quiet", "data-do", "close", "id", "share-close").Close("p")
	})
}

// presetOnly returns the preset whose page shows just this view, or "".
func (s *Session) presetOnly() string {
	for _, p := range view.Presets {
		v := view.Default()
		v.Weights = p.Weights
		if s.Path == rankingScreen.path && p.Weights != view.EqualWeights && v.Equal(s.View) {
			return p.ID
		}
	}
	return ""
}

// contents says in words what the link of the view holds.
func (s *Session) contents() []string {
	var l contentLines
	l.say("Page", strings.TrimSuffix(s.Title(), " · "+siteName))
	s.sayMethod(&l)
	s.sayLens(&l)
	s.sayShown(&l)
	if len(l) == 1 {
		return append(l, "Every setting at its default")
	}
	l.say("Edition of the data", s.edition())
	return l
}

// contentLines are what a link holds, a line each.
type contentLines []string

// say adds a line, unless there is nothing to say.
func (l *contentLines) say(what, value string) {
	if value != "" {
		*l = append(*l, what+": "+value)
	}
}

// byName lists ids by their names.
func byName(ids []string, name func(id string) string) string {
	names := make([]string, len(ids))
	for k, id := range ids {
		names[k] = name(id)
	}
	return join(names)
}

func (s *Session) cityName(id string) string {
	if c, ok := s.data().CityByID(id); ok {
		return s.data().Cities[c].Name
	}
	return ""
}

// sayMethod says what counts, of which cities.
func (s *Session) sayMethod(l *contentLines) {
	v := s.View
	if v.Weights != view.EqualWeights {
		var shares []string
		for p, x := range v.Weights.Percent() {
			shares = append(shares, pillarWord(p)+" "+strconv.Itoa(x)+"\u202f%")
		}
		l.say("Weights of the pillars", join(shares))
	}
	var words []string
	for j, def := range s.data().Indicators {
		if now, usual := s.indicatorTenths(j); now != usual {
			words = append(words, def.Title+" "+times(now))
		}
	}
	l.say("Weights of indicators", join(words))
	l.say("Method", s.methodWords())
	switch v.Universe.Kind {
	case "":
	case "region":
		l.say("Cities", "those of "+v.Universe.Region)
	case "own":
		l.say("Cities", byName(v.Universe.Cities, s.cityName))
	default:
		l.say("Cities", lower(labelOf(universeChoices, v.Universe.Kind)))
	}
}

// sayLens says which initiatives count or are listed.
func (s *Session) sayLens(l *contentLines) {
	v, d := s.View, s.data()
	l.say("Words in the initiatives", v.Lens.Text)
	if v.Lens.From != 0 || v.Lens.To != 0 {
		l.say("Years", s.lensYears())
	}
	l.say("Sectors", byName(v.Lens.Sectors, sectorName))
	l.say("Actors", byName(v.Lens.Actors, func(id string) string { return actorNames[slices.Index(view.PillarIDs[:], id)] }))
	l.say("Ownership", byName(v.Lens.Ownership, func(id string) string { return labelOf(ownershipChoices, id) }))
	l.say("Countries", byName(v.Lens.Countries, func(code string) string {
		if c, ok := d.CountryByCode(code); ok {
			return d.Countries[c].Name
		}
		return code
	}))
	l.say("Sources", byName(v.Lens.Sources, func(id string) string {
		if k, ok := d.SourceByID(id); ok {
			return d.Sources[k].Title
		}
		return id
	}))
	if v.Partial {
		l.say("Partial sources", "counted")
	}
	l.say("Initiatives in", s.cityName(v.Lens.City))
	l.say("Coverage of the listed records", v.List.Coverage)
	l.say("Level of the listed records", v.List.Level)
	l.say("Order of the listed records", v.List.Order)
}

// sayShown says what is chosen and shown.
func (s *Session) sayShown(l *contentLines) {
	v := s.View
	by, turned := strings.CutPrefix(v.Sort, "-")
	switch {
	case turned && by == "":
		by = "turned round"
	case turned:
		by += ", turned round"
	}
	l.say("Order of the table", by)
	l.say("Looked for in the table", v.Find)
	l.say("Chosen city", s.cityName(v.Selected))
	l.say("Pinned", byName(v.Pinned, s.cityName))
	l.say("Compared", byName(v.Compare, s.cityName))
	l.say("Taken apart", byName(v.Pair, s.cityName))
	l.say("Compared with", s.cityName(v.Against))
	if v.Chart != "" {
		l.say("Chart", lower(labelOf(chartChoices, v.Chart)))
	}
	if v.Map.Zoom > 0 {
		l.say("Part of the map", "enlarged "+strconv.Itoa(v.Map.Zoom)+" times")
	}
}

// methodWords names each choice of the method that is not the default.
func (s *Session) methodWords() string {
	v := s.View
	var words []string
	for _, c := range []struct {
		what, id string
		choices  []choice
	}{{"normalisation", v.Norm, normChoices}, {"pillars to index", v.Over, aggChoices}, {"indicators to pillar", v.Within, withinChoices},
		{"skewed indicators", v.Treat, treatChoices}, {"missing values", v.Missing, missingChoices}} {
		if c.id != "" {
			words = append(words, c.what+" "+lower(labelOf(c.choices, c.id)))
		}
	}
	if v.PerHead {
		words = append(words, "per million inhabitants")
	}
	return join(words)
}
