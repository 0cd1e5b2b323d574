package page

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// What actions ask of the browser beside showing the page.

// absolute returns the whole address of one below the site's root.
func absolute(href string) string {
	return app.Window().Get("URL").New(href, here()).Get("href").String()
}

// valueOf is what a field of the page holds.
func valueOf(id string) string {
	if el := app.Window().GetElementByID(id); el.Truthy() {
		return el.Get("value").String()
	}
	return ""
}

// emptyField makes a field of the page ready for the next entry.
func emptyField(id string) {
	if el := app.Window().GetElementByID(id); el.Truthy() {
		el.Set("value", "")
	}
}

// focusOn puts the focus where a control that goes away had it.
func focusOn(id string) {
	if el := app.Window().GetElementByID(id); el.Truthy() {
		el.Call("focus")
	}
}

// focusNext moves the focus once the page shows what an action has changed.
func (a *App) focusNext(id string) {
	a.ctx.Dispatch(func(app.Context) { focusOn(id) })
}

// then calls done or failed with what a promise has settled for.
func then(promise app.Value, done, failed func(app.Value)) {
	var yes, no app.Func
	settle := func(next func(app.Value)) func(app.Value, []app.Value) any {
		return func(_ app.Value, args []app.Value) any {
			yes.Release()
			no.Release()
			next(args[0])
			return nil
		}
	}
	yes, no = app.FuncOf(settle(done)), app.FuncOf(settle(failed))
	promise.Call("then", yes, no)
}
