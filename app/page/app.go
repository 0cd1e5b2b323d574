package page

import (
	"strconv"
	"strings"
	"time"

	"aicities/app/model"
	"aicities/app/view"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// App is the component that go-app mounts on every route.
//
// It takes the pre-rendered page over as it is: go-app would build the page anew
// beside it, and its own element is an empty one (docs/architecture.md). Changes
// go through web/live.js, which is told per section what has changed: go-app
// matches children by position and makes one call into the page per attribute,
// which a table that is re-sorted while a slider moves cannot afford. Events come
// up to the page's root element and become actions (actions.go).
type App struct {
	app.Compo

	s      *Session
	shown  []section // as the page shows them; nil as long as it is as it was pre-rendered
	path   string    // of what is shown
	settle *time.Timer
	rest   *time.Timer   // runs while a slider is under way
	took   time.Duration // what showing everything took the last time
	last   string        // the control that changed the view last, and when
	lastAt time.Time
	again  bool        // the action under way goes on with the last one's change
	draws  int         // generation of the draws under way
	works  int         // generation of the work under way
	turns  int         // generation of what is being shown section by section
	reveal string      // city whose row is to be scrolled into view
	goTo   string      // goal of the palette that was chosen
	undone []view.View // views before the changes, the last one at the end
	redone []view.View
	close  func()
	ctx    app.Context // of the mounted component
}

// NewApp returns the component on a dataset that has been opened.
func NewApp(e *model.Explorer) *App {
	root := app.Getenv("SITE_ROOT")
	if root == "" {
		root = "/"
	}
	asset := func(name string) string { return app.Getenv("asset:" + name) }
	return &App{s: NewSession(e, "/", root, asset)}
}

// TakeRoute gives the path of the address to the component, whatever it is. go-app's
// routes are paths or patterns, and one pattern would bring a compiler of regular
// expressions into the program.
func TakeRoute(e *model.Explorer) {
	path := strings.TrimPrefix(app.Window().URL().Path, app.Getenv("GOAPP_ROOT_PREFIX"))
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	app.Route(path, func() app.Composer { return NewApp(e) })
}

// OnInit reads the address, and brings the page to its view unless that is what
// was pre-rendered: then it stays untouched, and nothing is to be seen of the
// take-over.
func (a *App) OnInit() {
	path, query := a.location(here())
	a.s.Open(path, query)
	a.path = path
	if a.s.Query() == "" && len(a.s.Problems)+len(a.s.aged) == 0 && attribute(app.Window().GetElementByID(RootID), "data-path") == path {
		if a.s.screenOf().unsure { // elsewhere the sections are drawn with the rank intervals (startDraws)
			a.shown = a.s.Sections()
		}
		return
	}
	a.shown = a.s.Sections()
	a.patchAll()
}

// OnMount starts what only a browser has.
func (a *App) OnMount(ctx app.Context) {
	a.ctx = ctx
	app.Window().Get("document").Set("title", a.s.Title())
	// go-app would look for a route of its own and put another component in this one's place.
	app.Window().Set("onpopstate", nil)
	root := app.Window().GetElementByID(RootID)
	stops := []func(){
		a.listen(app.Window(), "popstate", func(ctx app.Context, _ app.Event) { a.follow(ctx) }),
		a.listen(app.Window(), "keydown", a.onKey),
		a.listen(root, "click", a.onClick),
		a.listen(root, "input", a.onInput),
		a.listen(root, "change", a.onChange),
		a.listen(root, "pointerdown", a.onTouch),
		a.listen(root, "focusin", a.onTouch),
	}
	a.close = func() {
		for _, stop := range stops {
			stop()
		}
	}
	a.afterShow(ctx)
}

// listen calls handle at each event of this name that target gets, and returns
// how to stop that.
func (a *App) listen(target app.Value, name string, handle func(app.Context, app.Event)) (stop func()) {
	f := app.FuncOf(func(_ app.Value, args []app.Value) any {
		a.ctx.Dispatch(func(ctx app.Context) {
			ctx.PreventUpdate() // what go-app renders never changes
			handle(ctx, app.Event{Value: args[0]})
		})
		return nil
	})
	target.Call("addEventListener", name, f)
	return func() {
		target.Call("removeEventListener", name, f)
		f.Release()
	}
}

// OnNav is told when the address changed by other means than our own links.
func (a *App) OnNav(ctx app.Context) { a.follow(ctx) }

// OnDismount lets go of what OnMount took.
func (a *App) OnDismount() {
	a.close()
}

// Render draws go-app's own element, whose place the pages keep (app/build).
func (a *App) Render() app.UI { return app.Div().ID("program").Hidden(true) }

// location returns the path below the site's root, and the query, of an address.
func (a *App) location(href string) (path, query string) {
	l := app.Window().Get("URL").New(href)
	path = l.Get("pathname").String()
	if rest, ok := strings.CutPrefix(path, strings.TrimSuffix(a.s.root, "/")); ok && strings.HasPrefix(rest, "/") {
		path = rest
	}
	if path == "/index.html" {
		path = "/"
	}
	if path != "/" {
		path = strings.TrimSuffix(strings.TrimSuffix(path, "/"), ".html")
	}
	return openPreset(path, l.Get("search").String())
}

func here() string { return app.Window().Get("location").Get("href").String() }

// follow brings the session to the address bar's view.
func (a *App) follow(ctx app.Context) {
	path, query := a.location(here())
	if path == a.path && strings.TrimPrefix(query, "?") == a.s.Query() {
		return
	}
	a.s.Open(path, query)
	a.show(ctx)
}

// navigate goes to an address of the site, as a link does.
func (a *App) navigate(ctx app.Context, href string) {
	before := a.path
	closeDialogs()
	// The page goes first: while its old addresses are relative to the old path,
	// the address bar must not move away from under them.
	path, query := a.location(href)
	a.s.Open(path, query)
	a.show(ctx)
	app.Window().Get("live").Call("address", "pushState", href)
	if a.path != before {
		app.Window().Call("scrollTo", 0, 0)
		if main := app.Window().GetElementByID("main"); main.Truthy() {
			main.Call("focus", map[string]any{"preventScroll": true})
		}
	}
}

// show patches the page to what the session is now.
func (a *App) show(ctx app.Context) {
	if a.rest != nil {
		a.rest.Stop()
		a.rest = nil
	}
	a.turns++
	start, before := time.Now(), a.shown
	a.shown = a.s.Sections()
	if a.s.Path != a.path || !sameSections(before, a.shown) {
		a.patchAll()
		app.Window().Get("document").Set("title", a.s.Title())
	} else {
		for i, sec := range a.shown {
			if sec.markup != before[i].markup {
				patch(sec.id, sec.markup)
			}
		}
	}
	a.path = a.s.Path
	a.took = time.Since(start)
	if a.reveal != "" {
		if row := app.Window().Get("document").Call("querySelector", `tr[data-city="`+a.reveal+`"]`); row.Truthy() {
			row.Call("scrollIntoView", map[string]any{"block": "nearest"})
		}
		a.reveal = ""
	}
	a.afterShow(ctx)
}

// patchAll patches the whole page.
func (a *App) patchAll() {
	patch(RootID, `<div id="`+RootID+`">`+Markup(a.shown)+`</div>`)
}

// patch makes the element of this id look like the markup.
func patch(id, markup string) { app.Window().Get("live").Call("patch", id, markup) }

// afterShow does what follows on showing something.
func (a *App) afterShow(ctx app.Context) {
	if shown := a.s.screenOf().shown; shown != nil {
		shown(a)
	}
	a.startDraws(ctx)
	a.startWork(ctx)
}

func sameSections(a, b []section) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].id != b[i].id {
			return false
		}
	}
	return true
}

// settleDelay is how long a slider must rest before everything that a step does
// not show is brought up to date: the order of the document, the map, the words.
const settleDelay = 120 * time.Millisecond

// steer shows one step of a slider by the short way (live.steer) and the rest as
// soon as the slider rests. On a weak device steps come slowly, and a rest between
// two of them must not be taken for the end: it has to be as long as showing and
// painting everything takes.
func (a *App) steer(ctx app.Context) {
	app.Window().Get("live").Call("steer", a.s.step())
	if a.rest != nil {
		a.rest.Stop()
	}
	a.draws++ // what is being drawn is out of date
	a.turns++
	a.rest = time.AfterFunc(max(settleDelay, 2*a.took), func() { ctx.Dispatch(a.settled) })
}

// settled brings everything up to date after the steps of a slider: section by
// section, with a turn for the browser in between, since all of them together
// would hold up what the visitor does next.
func (a *App) settled(ctx app.Context) {
	next := a.s.Sections()
	if !sameSections(a.shown, next) {
		a.show(ctx)
		return
	}
	a.took = 0
	i := 0
	a.inSlices(ctx, &a.turns, func() (more, ok bool) {
		for i < len(next) && next[i].markup == a.shown[i].markup {
			i++
		}
		if i == len(next) {
			a.afterShow(ctx)
			return false, false
		}
		start := time.Now()
		patch(next[i].id, next[i].markup)
		a.shown[i] = next[i]
		a.took += time.Since(start)
		return true, true
	})
}

// --- history -------------------------------------------------------------------

// sameChange is how soon after one another steps of one control count as one
// change: the history keeps them as one entry.
const sameChange = 1500 * time.Millisecond

// addressDelay: browsers refuse to be told of every step of a slider.
const addressDelay = 200 * time.Millisecond

// record writes the view into the address bar: as a new entry of the history,
// or, a little later, in place of the present one.
func (a *App) record(replace bool) {
	if a.settle != nil {
		a.settle.Stop()
		a.settle = nil
	}
	live := app.Window().Get("live")
	if !replace {
		live.Call("address", "pushState", a.s.address())
		return
	}
	path := a.s.Path
	a.settle = time.AfterFunc(addressDelay, func() {
		if path == a.s.Path {
			live.Call("address", "replaceState", a.s.address())
		}
	})
}

// --- rank intervals ------------------------------------------------------------

const (
	drawDelay = 60 * time.Millisecond // after the last change
	drawSlice = 6 * time.Millisecond  // of work between two looks at the browser
	drawBatch = 50
)

// startDraws computes the rank intervals of what is shown in slices, unless they
// are there.
func (a *App) startDraws(ctx app.Context) {
	s := a.s
	if s.sure() != nil || s.unsteady.Same(s.Ranking) || s.screenOf().unsure {
		return
	}
	var c *model.Certainty
	a.inSlices(ctx, &a.draws, func() (more, ok bool) {
		if c == nil {
			var err error
			if c, err = s.Explorer.NewCertainty(s.Ranking); err != nil {
				s.unsteady = s.Ranking
				return false, true
			}
		}
		if c.Step(drawBatch) != nil { // the method cannot take some draws: there is no interval to show
			s.unsteady = s.Ranking
			return false, true
		}
		if !c.Done() {
			return true, true
		}
		c.Finish()
		s.SetCertainty(c)
		if a.shown == nil { // the page shows this already: it was pre-rendered with these very intervals
			a.shown = s.Sections()
			a.afterShow(ctx)
			return false, false
		}
		return false, true
	})
}

// startWork does in slices what the screen left for after it is shown, and then
// shows it.
func (a *App) startWork(ctx app.Context) {
	if a.s.pending() == nil {
		a.works++
		return
	}
	a.inSlices(ctx, &a.works, func() (more, ok bool) {
		if w := a.s.pending(); w != nil {
			w.Step()
		}
		return a.s.pending() != nil, true
	})
}

// inSlices calls step again and again, giving the browser a turn after every
// drawSlice, until there is no more to do, and then shows the result if it is ok.
// A later call with the same generation ends an earlier one.
func (a *App) inSlices(ctx app.Context, generation *int, step func() (more, ok bool)) {
	*generation++
	mine := *generation
	var slice func(ctx app.Context)
	slice = func(ctx app.Context) {
		if mine != *generation {
			return
		}
		for start := time.Now(); time.Since(start) < drawSlice; {
			if more, ok := step(); !ok {
				return
			} else if !more {
				a.show(ctx)
				return
			}
		}
		ctx.After(time.Millisecond, slice)
	}
	ctx.After(drawDelay, slice)
}

// --- events --------------------------------------------------------------------

// event is what an action is told.
type event struct {
	arg, value string
	checked    bool
	final      bool    // the visitor has let go: not a step on the way
	x, y, size float64 // of a click inside its element: per cent, and its width in px
}

// closest returns the nearest element around an event's target that matches.
func closest(e app.Event, selector string) app.Value {
	target := e.Get("target")
	if !target.Truthy() || !target.Get("closest").Truthy() {
		return app.Null()
	}
	return target.Call("closest", selector)
}

func (a *App) onClick(ctx app.Context, e app.Event) {
	if link := closest(e, "a[href]"); link.Truthy() {
		a.onLink(ctx, e, link)
		return
	}
	el := closest(e, "[data-do]")
	if !el.Truthy() {
		return
	}
	switch el.Get("tagName").String() {
	case "INPUT", "SELECT":
		return // these speak through input and change
	}
	ev := event{arg: attribute(el, "data-arg"), final: true}
	box := el.Call("getBoundingClientRect")
	if w, h := box.Get("width").Float(), box.Get("height").Float(); w > 0 && h > 0 {
		ev.x = 100 * (e.Get("clientX").Float() - box.Get("left").Float()) / w
		ev.y = 100 * (e.Get("clientY").Float() - box.Get("top").Float()) / h
		ev.size = w
	}
	a.act(ctx, attribute(el, "data-do"), ev)
}

// onLink follows links within the site here. go-app's own handler compares with
// the last address that it has seen itself, which our changes of the view are
// not, and takes over clicks that ask for a new tab.
func (a *App) onLink(ctx app.Context, e app.Event, link app.Value) {
	e.Call("stopPropagation")
	for _, key := range []string{"ctrlKey", "metaKey", "shiftKey", "altKey"} {
		if e.Get(key).Bool() {
			return
		}
	}
	location := app.Window().Get("location")
	if link.Get("target").String() == "_blank" || link.Call("hasAttribute", "download").Bool() ||
		link.Get("origin").String() != location.Get("origin").String() ||
		!strings.HasPrefix(link.Get("pathname").String(), a.s.root) {
		return
	}
	if link.Get("hash").String() != "" && link.Get("pathname").String() == location.Get("pathname").String() {
		return // a place on this page
	}
	if a.s.embedded() {
		return // a frame is no place to read on: withView has given the link a tab of its own
	}
	e.PreventDefault()
	a.withView(link)
	a.navigate(ctx, link.Get("href").String())
}

// onTouch gives a link the present view before it can be followed, copied or
// opened elsewhere.
func (a *App) onTouch(ctx app.Context, e app.Event) {
	if link := closest(e, "a[href]"); link.Truthy() {
		a.withView(link)
	}
}

// withView puts the present view into a link within the site, unless the link
// has a view of its own.
func (a *App) withView(link app.Value) {
	location := app.Window().Get("location")
	if link.Get("origin").String() != location.Get("origin").String() || !strings.HasPrefix(link.Get("pathname").String(), a.s.root) ||
		link.Get("hash").String() != "" || link.Call("hasAttribute", "data-plain").Bool() || link.Call("hasAttribute", "download").Bool() {
		return
	}
	if own := link.Get("search").String(); own != "" && attribute(link, "data-view") != own {
		return
	}
	s := a.s
	if s.embedded() {
		outside := *s
		outside.View.Embed = false
		s = &outside
		link.Call("setAttribute", "target", "_blank")
	}
	query := withQuery("", s.Query())
	link.Set("search", query)
	link.Call("setAttribute", "data-view", query)
}

func (a *App) onInput(ctx app.Context, e app.Event)  { a.onValue(ctx, e, false) }
func (a *App) onChange(ctx app.Context, e app.Event) { a.onValue(ctx, e, true) }

func (a *App) onValue(ctx app.Context, e app.Event, final bool) {
	el := closest(e, "[data-do]")
	if !el.Truthy() {
		return
	}
	kind := el.Get("type").String()
	if !final && kind != "range" && kind != "search" {
		return // boxes and lists speak through change
	}
	a.act(ctx, attribute(el, "data-do"), event{
		arg: attribute(el, "data-arg"), value: el.Get("value").String(),
		checked: el.Get("checked").Truthy(), final: final,
	})
}

func attribute(el app.Value, name string) string {
	if v := el.Call("getAttribute", name); v.Truthy() {
		return v.String()
	}
	return ""
}

// act carries out an action and shows what it changed.
func (a *App) act(ctx app.Context, name string, ev event) {
	do := actions[name]
	if do == nil {
		return
	}
	control := name + " " + ev.arg
	a.again = control == a.last && time.Since(a.lastAt) < sameChange
	old := a.s.View
	do(a, ev)
	if a.goTo != "" {
		k := atoi(a.goTo)
		a.goTo = ""
		a.pursue(ctx, k)
		return
	}
	if !old.Equal(a.s.View) {
		if !a.again {
			a.undone, a.redone = append(a.undone, old), nil
		}
		a.s.Problems, a.s.aged = nil, nil
		a.s.Refresh()
		a.record(a.again)
		a.last, a.lastAt = control, time.Now()
	}
	if (name == "weight" || name == "indicator") && !ev.final && a.s.Path == rankingScreen.path {
		a.steer(ctx)
		return
	}
	a.show(ctx)
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
