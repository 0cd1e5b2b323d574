package page

import (
	"strings"
	"testing"

	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
)

func session(t testing.TB, path string) *Session {
	t.Helper()
	ds, err := data.Open()
	if err != nil {
		t.Fatal(err)
	}
	return NewSession(model.New(ds), path, "./", func(name string) string { return "assets/" + name })
}

// opened is a session on a path and query that must be readable.
func opened(t testing.TB, path, query string) *Session {
	t.Helper()
	s := session(t, path)
	s.Open(path, query)
	if len(s.Problems) > 0 {
		t.Fatal(s.Problems)
	}
	return s
}

func BenchmarkSlider(b *testing.B) {
	s := session(b, "/")
	for i := 0; b.Loop(); i++ {
		s.View.Weights = view.EqualWeights.With(i%view.Pillars, i%100)
		s.Refresh()
		s.Sections()
	}
}

func BenchmarkSections(b *testing.B) {
	s := session(b, "/")
	for b.Loop() {
		s.Sections()
	}
}

func BenchmarkTable(b *testing.B) {
	s := session(b, "/")
	for b.Loop() {
		s.table()
	}
}
func BenchmarkPanel(b *testing.B) {
	s := session(b, "/")
	for b.Loop() {
		s.panel()
	}
}
func BenchmarkMap(b *testing.B) {
	s := session(b, "/")
	for b.Loop() {
		s.worldMap()
	}
}

func BenchmarkDraws(b *testing.B) {
	s := session(b, "/")
	for b.Loop() {
		c, err := s.Explorer.NewCertainty(s.Ranking)
		if err != nil {
			b.Fatal(err)
		}
		if err := c.Step(model.Draws); err != nil {
			b.Fatal(err)
		}
		c.Finish()
	}
}
func BenchmarkNewCertainty(b *testing.B) {
	s := session(b, "/")
	for b.Loop() {
		if _, err := s.Explorer.NewCertainty(s.Ranking); err != nil {
			b.Fatal(err)
		}
	}
}

func TestEverySectionHasItsIdOnItsRoot(t *testing.T) {
	for _, path := range []string{"/", "/city/seoul", "/city/zhuzhou", "/nowhere"} {
		s := session(t, path)
		for _, sec := range s.Sections() {
			if !strings.Contains(sec.markup[:strings.Index(sec.markup, ">")], ` id="`+sec.id+`"`) {
				t.Errorf("%s: %.80s", path, sec.markup)
			}
		}
	}
}
