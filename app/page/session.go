// Package page draws the screens. Each screen is a function from a session (the
// dataset, the view, its ranking) to markup, so that the same bytes are
// pre-rendered at build time and shown by the program in the browser.
//
// In the browser one go-app component owns the page (app.go): it listens for
// events, changes the view and has the sections whose markup changed patched
// into place by web/live.js.
package page

import (
	"strings"

	"aicities/app/markup"
	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
)

// Session is everything that a screen is drawn from.
type Session struct {
	Explorer *model.Explorer
	Path     string // "/city/seoul", without the site's root
	View     view.View
	Problems []view.Problem // what could not be read in the link
	aged     []string       // what is to be said of a link made on another edition
	Ranking  *model.Ranking

	certainty *model.Certainty // nil before the first draws are made
	certain   *model.Ranking   // what certainty belongs to
	unsteady  *model.Ranking   // what was found to have no rank intervals

	lister *model.Lister      // nil before the initiatives are first listed
	pair   *model.Pair        // the difference that was explained last
	climb  *model.Climb       // what would move the city that was shown last
	paths  *model.WeightPaths // ranks along one weight that were drawn last
	told   *model.Ranking     // whose order was told to those who hear the page
	wanted []*model.Work      // what the screen last drawn waits for

	sensitivity *model.Sensitivity // nil before it is asked for
	leftOut     *model.LeaveOut    // nil before the method page is drawn

	outline string // of the land, once a picture of the map was asked for

	root  string                   // way to the site's root, with a slash at its end
	asset func(name string) string // hashed file of an asset, below root
	ui    uiState
}

// uiState is what a visitor opened or typed and a link does not carry.
type uiState struct {
	sheet   bool   // the controls' sheet on a phone is open
	said    bool   // problems in the link were dismissed
	message string // what an action has to say
	find    string // typed into the palette
	picked  int    // goal of the palette
	share   sharing
	order   string // what changed in the order of the cities
	saved   savedState
	record  int                   // row whose record is open
	windows bool                  // the list of initiatives shows a window of its rows
	facets  map[string]facetState // of the list of initiatives
	before  view.Weights          // at the start of the slider's present drag
}

// NewSession returns a session on the default view of a path.
func NewSession(e *model.Explorer, path, root string, asset func(string) string) *Session {
	s := &Session{Explorer: e, Path: path, View: view.Default(), root: root, asset: asset}
	s.Ranking = e.Base()
	return s
}

// Open puts the session on a path and query.
func (s *Session) Open(path, query string) {
	s.Path = path
	s.View, s.Problems = view.Parse(query, s.Explorer.Vocabulary())
	s.ui.said = false
	s.aged = nil
	if e := s.View.Edition; e != "" && e != s.edition() {
		changes, known := data.ChangesSince(e)
		s.aged = s.sinceEdition(e, changes, known)
	}
	s.Refresh()
}

// Refresh ranks the cities anew after a change of the view.
func (s *Session) Refresh() {
	s.View = view.Canonical(s.View)
	s.View.Edition = ""
	s.Ranking = s.Explorer.Rank(s.View)
	if s.certainty != nil && len(s.certainty.Intervals) != len(s.Ranking.Cities) {
		s.certainty = nil // of other cities
	}
}

// SetCertainty gives the session the rank intervals of its present ranking.
func (s *Session) SetCertainty(c *model.Certainty) {
	s.certainty, s.certain = c, s.Ranking
	s.tellOrder()
}

// sure returns the rank intervals of the present ranking, nil while they are
// being drawn.
func (s *Session) sure() *model.Certainty {
	if !s.certain.Same(s.Ranking) {
		return nil
	}
	return s.certainty
}

// want notes work that the screen being drawn waits for.
func (s *Session) want(w *model.Work) {
	if !w.Done() {
		s.wanted = append(s.wanted, w)
	}
}

// pending returns work that the screen waits for, nil when all is there.
func (s *Session) pending() *model.Work {
	for _, w := range s.wanted {
		if !w.Done() {
			return w
		}
	}
	return nil
}

// Query returns the link's query of the current view, which names the edition
// as soon as there is anything to name.
func (s *Session) Query() string { return view.Link(s.View, s.edition()) }

func (s *Session) edition() string     { return s.Explorer.Data.Edition.ID }
func (s *Session) data() *data.Dataset { return s.Explorer.Data }

// href returns the address of a page of the site. It does not carry the view:
// a hundred links would change with every step of a slider. The component adds
// the view when a link is touched or followed (withView).
func (s *Session) href(path string) string { return s.root + strings.TrimPrefix(path, "/") }

// hrefOf returns the address of a path with a view of its own.
func (s *Session) hrefOf(path string, v view.View) string {
	other := *s
	other.View = v
	return withQuery(s.href(path), other.Query())
}

// address returns what the address bar shows for the session.
func (s *Session) address() string { return withQuery(s.href(s.Path), s.Query()) }

func withQuery(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}

// section is a part of a screen that is patched on its own. Its markup has one
// root element, whose id is the section's.
type section struct{ id, markup string }

// draw makes a section of what write adds between the tags of its root element.
func draw(tag, id string, attrs []string, write func(w *markup.Writer)) section {
	var w markup.Writer
	w.Grow(sizes[id])
	w.Open(tag, append([]string{"id", id}, attrs...)...)
	write(&w)
	w.Close(tag)
	s := w.String()
	sizes[id] = len(s) + len(s)/8
	return section{id, s}
}

// sizes remembers how long each section came out, so that the next time its
// buffer need not grow.
var sizes = map[string]int{}

// screen is one kind of page. Each lies in a file of its own name, with the
// words that it shows and the actions that it adds.
type screen struct {
	name        string // "" for the page of unknown addresses
	path        string // of its menu entry and page; "" where it has none
	label       string // in the menu
	title       func(*Session) string
	description func(*Session) string
	sections    func(*Session) []section
	shown       func(a *App) // what is left to do in the browser after each change; may be nil
	unsure      bool         // it shows no rank interval, so none is drawn
}

// menu holds the screens that the header lists, in its order.
var menu = []*screen{&rankingScreen, &compareScreen, &initiativesScreen, &regionsScreen, &methodScreen}

// screenOf returns the screen of the session's path.
func (s *Session) screenOf() *screen {
	for _, sc := range menu {
		if s.Path == sc.path {
			return sc
		}
	}
	if strings.HasPrefix(s.Path, "/city/") {
		if _, ok := s.city(); ok {
			return &cityScreen
		}
	}
	return &notFoundScreen
}

// city returns the city that the path names.
func (s *Session) city() (int, bool) {
	id := strings.TrimSuffix(strings.TrimPrefix(s.Path, "/city/"), ".html")
	return s.data().CityByID(id)
}

// Title returns the title of the page.
func (s *Session) Title() string { return s.screenOf().title(s) }

// Sections returns the page as its parts, in order.
func (s *Session) Sections() []section {
	sc := s.screenOf()
	s.wanted = nil
	if s.embedded() {
		return s.embedSections()
	}
	out := []section{s.top(sc.name), s.notes()}
	out = append(out, sc.sections(s)...)
	return append(out, s.palette(), s.shareDialog(), s.savedDialog(), help)
}

// Markup joins the sections to the content of the root element.
func Markup(sections []section) string {
	var w markup.Writer
	w.Open("div", "class", "page")
	embedded := sections[0].id == embedTop
	if !embedded {
		w.El("a", "Skip to the content", "class", "skip", "href", "#main")
	}
	w.Raw(sections[0].markup)
	class := "plain"
	for _, s := range sections {
		switch s.id {
		case embedTop:
			class = "plain embedded"
		case "panel":
			class = "with-panel"
		case "city-side":
			class = "with-side"
		case "compare-why":
			class = "with-pair"
		case "facets":
			class = "with-facets"
		}
	}
	// The class says what main:has(#panel) could: such a selector, for whatever
	// screen, makes the browser restyle the whole page at every step of a slider.
	w.Open("main", "id", "main", "tabindex", "-1", "class", class)
	for _, s := range sections[1:] {
		w.Raw(s.markup)
	}
	w.Close("main")
	if !embedded {
		w.Raw(footer)
	}
	w.Close("div")
	return w.String()
}

// Root returns the markup of the root element; its data-path says to the program
// what it shows.
func Root(s *Session) string {
	var w markup.Writer
	return w.Open("div", "id", RootID, "data-path", s.Path).Raw(Markup(s.Sections())).Close("div").String()
}

// RootID is the id of the page's root element, which every page has.
const RootID = "app"
