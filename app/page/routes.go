//go:build !js

package page

import (
	"fmt"
	"os"
	"runtime"
	"sync"

	"aicities/app/model"
	"aicities/app/view"
	"aicities/app/worldmap/land"
	"aicities/data"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Route is one pre-rendered page.
type Route struct {
	Path        string // "/", "/city/seoul", "/404"
	Title       string
	Description string
	// Render draws the root element. root is the way to the site's root, with a
	// slash at its end; every address in it goes through root.
	Render func(root string) app.UI
}

// Routes returns every page that is rendered at build time, in its default view
// with its rank intervals. assets maps the name of an asset to its hashed file.
func Routes(ds *data.Dataset, assets func(name string) string) ([]Route, error) {
	e := model.New(ds)
	base := e.Base()
	if base.Err != nil {
		return nil, fmt.Errorf("the default view gives no ranking: %w", base.Err)
	}
	certainty, err := certaintyOf(e, base)
	if err != nil {
		return nil, err
	}
	sensitivity := e.NewSensitivity(base)
	sensitivity.Finish()
	if sensitivity.Err != nil {
		return nil, sensitivity.Err
	}

	leftOut := e.NewLeaveOut(base)
	leftOut.Finish()
	if leftOut.Err != nil {
		return nil, leftOut.Err
	}

	climbs := climbsOf(e, base)

	paths := []string{"/404"}
	for _, sc := range menu {
		paths = append(paths, sc.path)
	}
	for i := range ds.Cities {
		paths = append(paths, "/city/"+ds.Cities[i].ID)
	}
	routes := make([]Route, len(paths))
	for k, path := range paths {
		at := func(root string) *Session {
			s := NewSession(e, path, root, assets)
			s.SetCertainty(certainty)
			s.sensitivity, s.leftOut = sensitivity, leftOut
			if c, ok := s.city(); ok {
				s.climb = climbs[c]
			}
			return s
		}
		s := at("./")
		sc := s.screenOf()
		routes[k] = Route{Path: path, Title: sc.title(s), Description: sc.description(s), Render: func(root string) app.UI {
			return app.Raw(Root(at(root)))
		}}
	}
	for k, p := range view.Presets[1:] {
		v := view.Default()
		v.Weights = p.Weights
		certainty, err := certaintyOf(e, e.Rank(v))
		if err != nil {
			return nil, err
		}
		routes = append(routes, Route{Path: presetPath + p.ID, Title: presetQuestions[k] + " · " + siteName,
			Description: rankingScreen.description(NewSession(e, "/", "./", assets)),
			Render: func(root string) app.UI {
				s := NewSession(e, "/", root, assets)
				s.View = v
				s.Refresh()
				s.SetCertainty(certainty)
				return app.Raw(Root(s))
			}})
	}
	return routes, nil
}

// certaintyOf makes all draws of a ranking.
func certaintyOf(e *model.Explorer, r *model.Ranking) (*model.Certainty, error) {
	c, err := e.NewCertainty(r)
	if err != nil {
		return nil, err
	}
	if err := c.Step(model.Draws); err != nil {
		return nil, err
	}
	c.Finish()
	return c, nil
}

// climbsOf finds out what would move each city of a ranking up, by city.
func climbsOf(e *model.Explorer, r *model.Ranking) map[int]*model.Climb {
	out := make(map[int]*model.Climb, len(r.Cities))
	var all sync.WaitGroup
	free := make(chan bool, runtime.NumCPU())
	for i, c := range r.Cities {
		climb := e.NewClimb(r, i)
		out[c] = climb
		free <- true
		all.Go(func() {
			climb.Finish()
			<-free
		})
	}
	all.Wait()
	return out
}

// Assets returns the files that pages refer to and that are made here.
func Assets() (map[string][]byte, error) {
	topojson, err := os.ReadFile("web/basemap/land-110m.json")
	if err != nil {
		return nil, err
	}
	outline, err := land.SVG(topojson)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{"land.svg": outline}, nil
}
