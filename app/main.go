// Command app is the explorer in the browser, compiled to WebAssembly: it opens
// the embedded dataset and hands the page to the component of app/page.
package main

import (
	"runtime/debug"

	"aicities/app/model"
	"aicities/app/page"
	"aicities/data"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// heapGrowth is how much garbage may gather, in per cent of what is in use. A
// step of a slider leaves some hundred kB behind, and a collection on the
// browser's one thread costs frames, so they are kept rare.
const heapGrowth = 400

func main() {
	debug.SetGCPercent(heapGrowth)
	ds, err := data.Open()
	if err != nil {
		panic("the dataset cannot be read: " + err.Error())
	}
	explorer := model.New(ds)
	page.TakeRoute(explorer)
	app.RunWhenOnBrowser()
}
