// Command hello is the smallest program of go-app, the rival in starting up. Run with -out it writes its website; compiled
// to WebAssembly it is the program of that website.
package main

import (
	"flag"
	"log"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

type hello struct {
	app.Compo
	clicks int
}

func (h *hello) Render() app.UI {
	return app.Button().ID("hello").Text(h.clicks).OnClick(func(app.Context, app.Event) { h.clicks++ })
}

func main() {
	app.Route("/", func() app.Composer { return &hello{} })
	app.RunWhenOnBrowser()
	out := flag.String("out", "", "folder that gets the website")
	flag.Parse()
	icon := "/web/icon.png"
	if err := app.GenerateStaticWebsite(*out, &app.Handler{Name: "Hello", Icon: app.Icon{Default: icon, Large: icon, Maskable: icon, SVG: icon}}); err != nil {
		log.Fatal(err)
	}
}
