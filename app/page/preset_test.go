//go:build !js

package page

import (
	"strings"
	"testing"

	"aicities/app/view"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

func TestEveryPresetHasAPageThatShowsItsRanking(t *testing.T) {
	s := session(t, "/")
	routes, err := Routes(s.data(), func(name string) string { return name })
	if err != nil {
		t.Fatal(err)
	}
	if len(presetQuestions) != len(view.Presets)-1 {
		t.Fatalf("%d questions for %d presets", len(presetQuestions), len(view.Presets)-1)
	}
	titles := map[string]bool{}
	for _, p := range view.Presets[1:] {
		path, query := openPreset("/preset/"+p.ID, "")
		if path != "/" {
			t.Fatalf("/preset/%s opens %s", p.ID, path)
		}
		s.Open(path, query)
		if s.View.Weights != p.Weights || len(s.Problems) > 0 {
			t.Errorf("/preset/%s opens the weights %v", p.ID, s.View.Weights)
		}
		first := `data-key="` + s.cityOf(s.Ranking.Order[0]).ID + `"`
		found := false
		for _, r := range routes {
			if r.Path == "/preset/"+p.ID {
				found = true
				titles[r.Title] = true
				html := app.HTMLString(r.Render("../"))
				if rows := html[strings.Index(html, `id="rows"`):]; strings.Index(rows, "data-key") != strings.Index(rows, first) {
					t.Errorf("the page of %s does not start with %s", p.ID, first)
				}
				if strings.Contains(html, `class="waiting"`) {
					t.Errorf("the page of %s has no rank intervals", p.ID)
				}
			}
		}
		if !found {
			t.Errorf("%s has no page", p.ID)
		}
	}
	if len(titles) != len(presetQuestions) {
		t.Errorf("titles: %v", titles)
	}
	for _, path := range []string{"/", "/preset/", "/preset/nothing", "/city/seoul"} {
		if got, query := openPreset(path, "?w=1"); got != path || query != "?w=1" {
			t.Errorf("%s opens %s%s", path, got, query)
		}
	}
}
