package page

import (
	"slices"
	"strconv"
	"strings"

	"aicities/app/markup"
	"aicities/app/view"
	"aicities/data"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// The palette goes to any city, screen or preset from the keyboard (Ctrl-K or
// '/'), and the help lists the keys ('?').

// goal is one thing that the palette can go to: a page, or an action.
type goal struct {
	id, label, hint string
	path            string // of a page
	do, arg         string // or of an action
}

// mostGoals is how many goals are listed at once.
const mostGoals = 10

// goals returns what the words typed into the palette may mean, the best first:
// names that start with them, then names that hold them.
func (s *Session) goals(words string) []goal {
	words = data.Fold(words)
	var starts, holds []goal
	offer := func(g goal, names ...string) {
		for _, n := range names {
			switch at := strings.Index(data.Fold(n), words); {
			case at == 0:
				starts = append(starts, g)
				return
			case at > 0:
				holds = append(holds, g)
				return
			}
		}
	}
	for _, sc := range menu {
		offer(goal{id: "screen-" + sc.name, label: sc.label, hint: "screen", path: sc.path}, sc.label)
	}
	for i, p := range view.Presets {
		offer(goal{id: "do-" + p.ID, label: presetNames[i].label + " weights", hint: "preset", do: "preset", arg: p.ID}, presetNames[i].label+" weights")
	}
	offer(goal{id: "do-reset", label: "Reset everything that counts", hint: "setting", do: "reset"}, "Reset everything that counts")
	offer(goal{id: "do-share", label: "Share this view", hint: "setting", do: "share"}, "Share this view", "copy link", "embed")
	offer(goal{id: "do-saved", label: "Saved views", hint: "setting", do: "saved"}, "Saved views", "keep this view", "import", "export")
	offer(goal{id: "do-theme", label: "Light or dark", hint: "setting", do: "theme"}, "Light or dark", "theme")
	if words != "" {
		d := s.data()
		base := s.Explorer.Base()
		cities := make([]int, 0, len(d.Cities))
		for _, i := range base.Order {
			cities = append(cities, base.Cities[i])
		}
		for c := range d.Cities {
			if !d.Cities[c].Default {
				cities = append(cities, c)
			}
		}
		for _, c := range cities {
			city := &d.Cities[c]
			offer(goal{id: "city-" + city.ID, label: city.Name, hint: d.Countries[city.Country].Name, path: "/city/" + city.ID},
				append([]string{city.Name, city.NativeName}, city.Aliases...)...)
		}
	}
	return slices.Concat(starts, holds)[:min(len(starts)+len(holds), mostGoals)]
}

func (s *Session) palette() section {
	return draw("dialog", "palette", []string{"aria-label", "Find"}, func(w *markup.Writer) {
		goals := s.goals(s.ui.find)
		picked := min(max(s.ui.picked, 0), max(len(goals)-1, 0))
		w.El("label", "Find a city, screen or setting", "for", "palette-find")
		active := ""
		if len(goals) > 0 {
			active = "goal-" + goals[picked].id
		}
		w.Open("input", "type", "search", "id", "palette-find", "data-do", "find", "role", "combobox", "aria-expanded", "true", "aria-controls", "palette-list",
			"aria-activedescendant", active, "autocomplete", "off", "spellcheck", "false", "value", s.ui.find)
		w.Open("ul", "id", "palette-list", "role", "listbox", "aria-label", "Found")
		for k, g := range goals {
			selected := "false"
			if k == picked {
				selected = "true"
			}
			w.Open("li", "role", "option", "data-key", g.id, "id", "goal-"+g.id, "aria-selected", selected, "data-do", "go", "data-arg", strconv.Itoa(k))
			w.El("span", g.label).El("span", g.hint, "class", "n")
			w.Close("li")
		}
		w.Close("ul")
		if len(goals) == 0 {
			w.El("p", "Nothing of this name.", "class", "hint")
		}
	})
}

var keys = [][2]string{
	{"Ctrl-K or /", "find a city, screen or setting"},
	{"Ctrl-Z, Ctrl-Shift-Z", "undo and redo a change of the view"},
	{"← → on a slider", "one per cent less or more"},
	{"+ − 0 ← → ↑ ↓ on the map", "larger, smaller, the whole; move it"},
	{"Esc", "close what is open"},
	{"?", "this list"},
}

// help never changes.
var help = draw("dialog", "help", []string{"aria-labelledby", "help-title"}, func(w *markup.Writer) {
	w.El("h2", "Keys", "id", "help-title").Open("dl")
	for _, k := range keys {
		w.Open("div").Open("dt").El("kbd", k[0]).Close("dt").El("dd", k[1]).Close("div")
	}
	w.Close("dl")
	w.El("button", "Close", "type", "button", "class", "quiet", "data-do", "close", "id", "help-close")
})

func init() {
	actions["find"] = func(a *App, e event) { a.s.ui.find, a.s.ui.picked = view.CleanText(e.value), 0 }
	actions["go"] = func(a *App, e event) { a.goTo = e.arg }
	actions["palette"] = func(a *App, _ event) { a.openPalette() }
	actions["close"] = func(a *App, _ event) { closeDialogs() }
}

func (a *App) openPalette() {
	a.s.ui.find, a.s.ui.picked = "", 0
	dialog := app.Window().GetElementByID("palette")
	if dialog.Truthy() && !dialog.Get("open").Bool() {
		closeDialogs()
		dialog.Call("showModal")
		input := app.Window().GetElementByID("palette-find")
		input.Set("value", "")
		input.Call("focus")
	}
}

func closeDialogs() {
	for _, id := range []string{"palette", "help", "record", "share-view", "saved"} {
		if d := app.Window().GetElementByID(id); d.Truthy() && d.Get("open").Bool() {
			d.Call("close")
		}
	}
}

// pursue goes to the k-th goal of the palette.
func (a *App) pursue(ctx app.Context, k int) {
	goals := a.s.goals(a.s.ui.find)
	if k < 0 || k >= len(goals) {
		return
	}
	closeDialogs()
	g := goals[k]
	if g.do != "" {
		a.act(ctx, g.do, event{arg: g.arg, final: true})
		return
	}
	a.navigate(ctx, absolute(withQuery(a.s.href(g.path), a.s.Query())))
}

// onKey handles the keys that work anywhere on the page.
func (a *App) onKey(ctx app.Context, e app.Event) {
	key := e.Get("key").String()
	control := e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool()
	target := e.Get("target")
	id, tag := "", ""
	if target.Truthy() && target.Get("tagName").Truthy() {
		tag = target.Get("tagName").String()
		id = attribute(target, "id")
	}
	typing := tag == "TEXTAREA" || tag == "SELECT" || tag == "INPUT" && target.Get("type").String() != "range" && target.Get("type").String() != "checkbox"
	switch {
	case control && (key == "k" || key == "K"), key == "/" && !typing && !control:
		a.openPalette()
	case id == "palette-find" && (key == "ArrowDown" || key == "ArrowUp"):
		n := max(len(a.s.goals(a.s.ui.find)), 1)
		step := 1
		if key == "ArrowUp" {
			step = n - 1
		}
		a.s.ui.picked = (a.s.ui.picked + step) % n
	case id == "palette-find" && key == "Enter":
		e.PreventDefault()
		a.pursue(ctx, a.s.ui.picked)
		return
	case key == "?" && !typing:
		if d := app.Window().GetElementByID("help"); d.Truthy() && !d.Get("open").Bool() {
			d.Call("showModal")
		}
	case control && !typing && (key == "z" || key == "Z"):
		a.undo(ctx, e.Get("shiftKey").Bool())
	case control && !typing && (key == "y" || key == "Y"):
		a.undo(ctx, true)
	case key == "Enter" && a.savedEnter(id):
	case id == "world" && !control && a.mapKey(key):
	case key == "Escape" && a.s.ui.sheet:
		a.s.ui.sheet = false
	default:
		return
	}
	e.PreventDefault()
	a.show(ctx)
}

// mapKey changes the map by a key, as a change of the view that can be undone.
func (a *App) mapKey(key string) bool {
	old := a.s.View
	if !a.s.mapKey(key) {
		return false
	}
	if !old.Equal(a.s.View) {
		a.undone, a.redone = append(a.undone, old), nil
		a.record(true)
	}
	return true
}

// undo goes back to the view before the last change, or forth again.
func (a *App) undo(ctx app.Context, forth bool) {
	from, to := &a.undone, &a.redone
	if forth {
		from, to = to, from
	}
	if len(*from) == 0 {
		return
	}
	last := len(*from) - 1
	v := (*from)[last]
	*from = (*from)[:last]
	*to = append(*to, a.s.View)
	a.s.View = v
	a.s.Refresh()
	a.record(false)
}
