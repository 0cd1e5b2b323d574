package page

import (
	"math"
	"strings"
	"testing"
)

// What is shown adds up, to the last digit that is shown.
func TestShownPartsAddUp(t *testing.T) {
	for _, c := range []struct {
		name  string
		parts []float64
		total int
		want  []int
	}{
		{"as they round", []float64{1.24, -0.51}, 7, []int{12, -5}},
		{"the largest remainder gets the tenth that is left", []float64{0.04, 0.04, 0.04}, 1, []int{1, 0, 0}},
		{"the smallest gives one up", []float64{0.26, 0.36, 0.37}, 9, []int{2, 3, 4}},
		{"negative ones", []float64{-0.04, -0.04, -0.04}, -1, []int{0, 0, -1}},
		{"none", nil, 0, nil},
	} {
		got := addUp(c.parts, c.total)
		sum := 0
		for k, x := range got {
			sum += x
			if math.Abs(float64(x)-10*c.parts[k]) > 1 {
				t.Errorf("%s: %v for %v", c.name, x, c.parts[k])
			}
		}
		if len(got) > 0 && sum != c.total {
			t.Errorf("%s: %v add up to %d, not %d", c.name, got, sum, c.total)
		}
	}
}

func TestSharesAreWrittenSoThatTheyDiffer(t *testing.T) {
	for _, c := range []struct {
		to, from int
		want     string
	}{
		{240, 167, "24 for 17"},
		{169, 167, "16.9 for 16.7"},
		{170, 167, "17.0 for 16.7"},
		{0, 167, "0 for 17"},
		{168, 160, "16.8 for 16.0"},
	} {
		if to, from := inPercent(c.to, c.from); to+" for "+from != c.want {
			t.Errorf("%d and %d: %s for %s, want %s", c.to, c.from, to, from, c.want)
		}
	}
}

// The page of a city says why, against the city that the link names.
func TestWhyOnACityPage(t *testing.T) {
	s := session(t, "/city/seoul")
	s.Open("/city/seoul", "vs=singapore&w=3.1.1.1.1.1")
	page := Root(s)
	seoul, _ := s.data().CityByID("seoul")
	singapore, _ := s.data().CityByID("singapore")
	a, _ := s.Ranking.Entry(seoul)
	b, _ := s.Ranking.Entry(singapore)
	p := s.Explorer.NewPair(s.Ranking, a, b)
	for _, want := range []string{
		`<option value="singapore" selected>Singapore</option>`,
		"Seoul scores " + score(s.Ranking.Score[a]) + " and Singapore " + score(s.Ranking.Score[b]),
		signedTenths(shownTenths(s.Ranking.Score[a]) - shownTenths(s.Ranking.Score[b])),
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if p.Swap.Possible && !strings.Contains(page, "See that ranking") {
		t.Error("no link to the view that turns the two round")
	}
	if s.pending() == nil || !strings.Contains(page, "Being computed") {
		t.Error("what takes long must be left for later, and said")
	}
	for s.pending() != nil {
		s.pending().Step()
	}
	if page = Root(s); strings.Contains(page, "Being computed") || !strings.Contains(page, "The nearest way") {
		t.Error("what was computed is not shown")
	}
}

func TestCompareShowsWhatTheLinkNames(t *testing.T) {
	s := session(t, "/compare")
	if page := Root(s); !strings.Contains(page, "Pairs that cannot be told apart") {
		t.Error("no way to begin")
	}
	s.Open("/compare", "c=seoul,tokyo,zhuzhou,paris&pair=paris,seoul")
	page := Root(s)
	for _, want := range []string{"Zhuzhou is not ranked under these settings", "Paris ahead of Seoul?", "chance-tokyo-seoul"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if !strings.Contains(s.Title(), "Seoul, Tokyo, Zhuzhou and Paris") {
		t.Error(s.Title())
	}
}
