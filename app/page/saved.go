package page

import (
	"slices"
	"strconv"

	"aicities/app/markup"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Saved views: views that a visitor keeps under a name in this browser, and
// takes to another one as a file. Nothing of them leaves the device.

// savedState is the dialog of saved views.
type savedState struct {
	opened bool
	denied bool        // the browser keeps nothing: views last as long as the page
	views  []savedView // as kept
	undo   []savedView // as they were before one was removed; nil when there is nothing to undo
	name   string      // typed for the view that is shown
	edit   int         // 1 + index of the view that is being renamed, or 0
	typed  string      // its new name so far
	said   string
}

// savedKey is where the browser's storage has the views.
const savedKey = "aicities.views"

func init() {
	actions["saved"] = func(a *App, _ event) { a.openSaved() }
	actions["saved-typed"] = func(a *App, e event) {
		if e.arg == "name" {
			a.s.ui.saved.name = e.value
		} else {
			a.s.ui.saved.typed = e.value
		}
	}
	actions["saved-keep"] = func(a *App, _ event) { a.keepView() }
	actions["saved-edit"] = func(a *App, e event) {
		x := &a.s.ui.saved
		if i := atoi(e.arg); i >= 0 && i < len(x.views) {
			x.edit, x.typed, x.said, x.undo = i+1, x.views[i].Name, "", nil
			a.focusNext("saved-new")
		}
	}
	actions["saved-rename"] = func(a *App, _ event) { a.renameView() }
	actions["saved-remove"] = func(a *App, e event) { a.removeView(atoi(e.arg)) }
	actions["saved-undo"] = func(a *App, _ event) {
		if x := &a.s.ui.saved; x.undo != nil {
			a.keep(x.undo)
			x.undo, x.said = nil, "It is back."
			a.focusNext("saved-name")
		}
	}
	actions["saved-export"] = func(a *App, _ event) {
		a.readKept()
		app.Window().Get("live").Call("save", "ai-cities-views.json", "application/json", savedText(a.s.ui.saved.views))
	}
	actions["saved-import"] = func(a *App, _ event) { a.importViews() }
}

func (s *Session) savedDialog() section {
	return draw("dialog", "saved", []string{"aria-labelledby", "saved-title"}, func(w *markup.Writer) {
		x := s.ui.saved
		if !x.opened {
			return
		}
		button := func(label, do, arg, id string, more ...string) {
			w.El("button", label, append([]string{"type", "button", "class", "quiet", "data-do", do, "data-arg", arg, "id", id}, more...)...)
		}
		w.El("h2", "Saved views", "id", "saved-title")
		w.El("p", "Views that you keep stay in this browser. Nothing about them leaves it; a file takes them to another browser.", "class", "hint")
		if x.denied {
			w.El("p", "This browser does not let the site keep anything. Views last until this tab is closed; export them to keep them.", "class", "alert", "id", "saved-denied")
		}
		w.Open("div", "class", "field").El("label", "Name for the view that is shown now", "for", "saved-name")
		w.Open("div", "class", "copy").Open("input", "type", "text", "id", "saved-name", "data-do", "saved-typed", "data-arg", "name",
			"value", x.name, "maxlength", "80", "autocomplete", "off")
		button("Keep", "saved-keep", "", "saved-keep")
		w.Close("div", "div")
		w.Open("div", "class", "saved-said").Open("p", "class", "hint", "role", "status", "id", "saved-said").Text(x.said).Close("p")
		if x.undo != nil {
			button("Undo", "saved-undo", "", "saved-undo")
		}
		w.Close("div")
		if len(x.views) == 0 {
			w.El("p", "No view is kept yet.", "class", "hint", "id", "saved-list")
		} else {
			w.Open("ul", "id", "saved-list", "aria-label", "Views that are kept")
			for i, v := range x.views {
				arg := strconv.Itoa(i)
				w.Open("li", "data-key", "view-"+v.Name)
				if x.edit == i+1 {
					w.Open("input", "type", "text", "id", "saved-new", "data-do", "saved-typed", "data-arg", "new", "value", x.typed,
						"maxlength", "80", "autocomplete", "off", "aria-label", "New name of "+v.Name)
					button("Rename", "saved-rename", "", "saved-rename")
				} else {
					w.Open("span").El("a", v.Name, "href", withQuery(s.href(v.Path), v.Query), "data-plain", "", "id", "saved-view-"+arg)
					w.El("span", s.screenName(v.Path), "class", "n").Close("span")
					button("Rename", "saved-edit", arg, "saved-edit-"+arg, "aria-label", "Rename "+v.Name)
					button("Remove", "saved-remove", arg, "saved-remove-"+arg, "aria-label", "Remove "+v.Name)
				}
				w.Close("li")
			}
			w.Close("ul")
		}
		w.Open("div", "class", "buttons")
		if len(x.views) > 0 {
			button("Export as a file", "saved-export", "", "saved-export")
		}
		w.Open("label", "class", "quiet file").Text("Import a file")
		w.Open("input", "type", "file", "class", "visually-hidden", "accept", ".json,application/json", "data-do", "saved-import", "id", "saved-import")
		w.Close("label")
		button("Close", "close", "", "saved-close")
		w.Close("div")
	})
}

// screenName says in a word which page a path is.
func (s *Session) screenName(path string) string {
	at := *s
	at.Path = path
	if c, ok := at.city(); ok {
		return s.data().Cities[c].Name
	}
	return at.screenOf().label
}

// openSaved opens the dialog on what is kept now.
func (a *App) openSaved() {
	x := &a.s.ui.saved
	*x = savedState{opened: true, denied: x.denied, views: x.views, name: a.s.screenName(a.s.Path)}
	a.readKept()
	closeDialogs()
	if d := app.Window().GetElementByID("saved"); d.Truthy() {
		d.Call("showModal")
		a.focusNext("saved-name")
	}
}

// readKept reads what the browser keeps; another tab may have changed it.
func (a *App) readKept() {
	x := &a.s.ui.saved
	text := app.Window().Get("kept").Call("read", savedKey)
	switch {
	case x.denied || text.IsUndefined():
		x.denied = true
	case text.IsNull():
		x.views = nil
	default:
		views, left, problem := a.s.readSaved(text.String())
		x.views = views
		if problem != "" {
			x.said = "What this browser kept cannot be read: " + problem + "."
		} else if left > 0 {
			x.said = plural(left, "kept view is", "kept views are") + " not of this edition and left out."
		}
	}
}

// keep makes the browser keep views.
func (a *App) keep(views []savedView) {
	x := &a.s.ui.saved
	x.views, x.edit = views, 0
	if !app.Window().Get("kept").Call("write", savedKey, savedText(views)).Bool() {
		x.denied = true
	}
}

// keepView keeps the view that is shown under the name that was typed.
func (a *App) keepView() {
	x := &a.s.ui.saved
	name := valueOf("saved-name")
	a.readKept()
	x.undo = nil
	v, ok := a.s.saved(name, a.s.Path, a.s.Query())
	switch {
	case savedName(name) == "":
		x.said = "A view is kept under a name: type one."
	case !ok:
		x.said = "This page has no view that could be kept."
	case len(x.views) >= mostSaved:
		x.said = "As many views are kept as there is room for, " + count(mostSaved) + ": remove one first."
	default:
		v.Name = freeName(x.views, v.Name)
		a.keep(append(slices.Clone(x.views), v))
		x.name, x.said = name, "Kept as “"+v.Name+"”."
	}
}

// renameView gives the view that is being renamed the name that was typed.
func (a *App) renameView() {
	x := &a.s.ui.saved
	name := savedName(valueOf("saved-new"))
	i := x.edit - 1
	x.edit = 0
	if i < 0 || i >= len(x.views) {
		return
	}
	a.focusNext("saved-edit-" + strconv.Itoa(i))
	old := x.views[i]
	if name == "" || name == old.Name {
		return
	}
	a.readKept()
	views := slices.Clone(x.views)
	if i = slices.Index(views, old); i < 0 {
		x.said = "“" + old.Name + "” is no longer kept."
		return
	}
	views[i].Name = freeName(views, name)
	x.said = "“" + old.Name + "” is now “" + views[i].Name + "”."
	a.keep(views)
}

// removeView removes the i-th view; undo brings it back.
func (a *App) removeView(i int) {
	x := &a.s.ui.saved
	if i < 0 || i >= len(x.views) {
		return
	}
	old := x.views[i]
	a.readKept()
	x.undo = slices.Clone(x.views)
	a.keep(slices.DeleteFunc(slices.Clone(x.views), func(v savedView) bool { return v == old }))
	x.said = "Removed “" + old.Name + "”."
	a.focusNext("saved-undo")
}

// importViews adds the views of the file that was chosen.
func (a *App) importViews() {
	input := app.Window().GetElementByID("saved-import")
	file := input.Get("files").Index(0)
	if !file.Truthy() {
		return
	}
	x := &a.s.ui.saved
	x.undo = nil
	if file.Get("size").Int() > mostSavedLen {
		x.said = "The file is too large to be one of saved views."
		return
	}
	then(file.Call("text"), func(text app.Value) {
		a.ctx.Dispatch(func(ctx app.Context) {
			a.addViews(text.String())
			a.show(ctx)
		})
	}, func(app.Value) {
		a.ctx.Dispatch(func(ctx app.Context) {
			x.said = "The browser could not read the file."
			a.show(ctx)
		})
	})
}

// addViews adds the views of a file to those that are kept.
func (a *App) addViews(text string) {
	x := &a.s.ui.saved
	found, left, problem := a.s.readSaved(text)
	if problem != "" {
		x.said = "Nothing was imported: " + problem + "."
		return
	}
	a.readKept()
	views, added, again := merged(x.views, found)
	left += len(found) - added - again
	if added > 0 {
		a.keep(views)
	}
	x.said = plural(added, "view was", "views were") + " imported."
	if again > 0 {
		x.said += " " + plural(again, "was", "were") + " kept already."
	}
	if left > 0 {
		x.said += " " + plural(left, "entry", "entries") + " could not be taken."
	}
}

// merged adds found views to kept ones: those that are kept already under their
// name are passed over, those that find no room are left out.
func merged(kept, found []savedView) (views []savedView, added, again int) {
	views = slices.Clone(kept)
	for _, v := range found {
		switch {
		case slices.Contains(views, v):
			again++
		case len(views) < mostSaved:
			v.Name = freeName(views, v.Name)
			views = append(views, v)
			added++
		}
	}
	return views, added, again
}

// savedEnter does what Enter in one of the dialog's fields means.
func (a *App) savedEnter(id string) bool {
	switch id {
	case "saved-name":
		a.keepView()
	case "saved-new":
		a.renameView()
	default:
		return false
	}
	return true
}
