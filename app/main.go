// Command app is the explorer in the browser, compiled to WebAssembly: it opens
// the embedded dataset and hands the page to the component of app/page.
package main

import (
	"aicities/app/model"
	"aicities/app/page"
	"aicities/data"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

func main() {
	ds, err := data.Open()
	if err != nil {
		panic("the dataset cannot be read: " + err.Error())
	}
	explorer := model.New(ds)
	page.TakeRoute(explorer)
	app.RunWhenOnBrowser()
}
