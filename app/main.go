// Command app is the explorer in the browser, compiled to WebAssembly: it opens
// the embedded dataset and hands the page to the component of app/page.
package main

import (
	"fmt"

	"aicities/app/model"
	"aicities/app/page"
	"aicities/data"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
	"github.com/maxence-charriere/go-app/v10/pkg/errors"
)

func main() {
	errors.Encoder = inWords
	ds, err := data.Open()
	if err != nil {
		panic("the dataset cannot be read: " + err.Error())
	}
	explorer := model.New(ds)
	page.TakeRoute(explorer)
	app.RunWhenOnBrowser()
}

// inWords writes an error of go-app, which would be JSON otherwise: the program
// has no encoder of that (app/build/absent).
func inWords(v any) ([]byte, error) {
	e, ok := v.(errors.Error)
	if !ok {
		return nil, errors.Newf("%T is no error of go-app", v)
	}
	text := e.Message
	if len(e.Tags) > 0 {
		text += " " + fmt.Sprint(e.Tags)
	}
	if e.WrappedErr != nil {
		text += ": " + e.WrappedErr.Error()
	}
	return []byte(text), nil
}
