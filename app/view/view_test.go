package view

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestLinkOfAView(t *testing.T) {
	for _, c := range []struct {
		name string
		view func(*View)
		want string
	}{
		{"the default view has an empty link", func(v *View) {}, ""},
		{"weights in lowest terms", func(v *View) { v.Weights = Weights{500, 100, 100, 100, 100, 100} }, "w=5.1.1.1.1.1"},
		{"equal weights of any size are the default", func(v *View) { v.Weights = Weights{7, 7, 7, 7, 7, 7} }, ""},
		{"weights that are all zero are the default", func(v *View) { v.Weights = Weights{} }, ""},
		{"keys stand in a fixed order", func(v *View) { v.Selected = "seoul"; v.Lens.From = 2020; v.Lens.Sectors = []string{"health"} }, "sector=health&from=2020&city=seoul"},
		{"sets are sorted", func(v *View) { v.Lens.Sectors = []string{"transport", "health"} }, "sector=health,transport"},
		{"actors keep the order of the pillars", func(v *View) { v.Lens.Actors = []string{"telecom", "government"} }, "actor=government,telecom"},
		{"years turned round are turned back", func(v *View) { v.Lens.From, v.Lens.To = 2024, 2020 }, "from=2020&to=2024"},
		{"text is escaped", func(v *View) { v.Lens.Text = "  São  Paulo & <b> " }, "q=S%C3%A3o+Paulo+%26+%3Cb%3E"},
		{"the list of initiatives", func(v *View) { v.List = List{"partial", "city", "year"}; v.Lens.City = "seoul" }, "in=seoul&coverage=partial&level=city&order=year"},
		{"an unknown order is dropped", func(v *View) { v.List.Order = "magic" }, ""},
		{"an unknown method is dropped", func(v *View) { v.Norm = "magic" }, ""},
		{"an own list needs two cities", func(v *View) { v.Universe = Universe{Kind: "own", Cities: []string{"seoul"}} }, ""},
		{"an own list", func(v *View) { v.Universe = Universe{Kind: "own", Cities: []string{"seoul", "busan"}} }, "cities=own&own=seoul,busan"},
		{"a region without the kind is dropped", func(v *View) { v.Universe.Region = "Europe" }, ""},
		{"cities to compare and the pair that is taken apart", func(v *View) {
			v.Compare, v.Pair, v.Against = []string{"seoul", "busan", "tokyo"}, []string{"tokyo", "seoul"}, "paris"
		}, "c=seoul,busan,tokyo&pair=tokyo,seoul&vs=paris"},
		{"a pair of which one is not compared is dropped", func(v *View) { v.Compare, v.Pair = []string{"seoul", "busan"}, []string{"seoul", "tokyo"} }, "c=seoul,busan"},
		{"words to find in the table", func(v *View) { v.Find = " São  Pau" }, "find=S%C3%A3o+Pau"},
		{"a part of the map", func(v *View) { v.Map = Map{4, 820, 310} }, "at=4.820.310"},
		{"the map stays inside its edges", func(v *View) { v.Map = Map{2, 0, 1000} }, "at=2.250.750"},
		{"an unknown enlargement is the whole map", func(v *View) { v.Map = Map{3, 500, 500} }, ""},
		{"indicator weights", func(v *View) { v.Indicators = map[string]int{"uni_units": 5, "gov_city": 20} }, "iw=gov_city:20,uni_units:5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Default()
			c.view(&v)
			if got := Format(v); got != c.want {
				t.Errorf("link %q, want %q", got, c.want)
			}
		})
	}
}

func TestALinkNamesTheEditionAsSoonAsItNamesAnything(t *testing.T) {
	v := Default()
	v.Edition = "2019.1"
	if got := Link(v, "2026.1"); got != "" {
		t.Errorf("the default view has the link %q", got)
	}
	v.Selected = "seoul"
	if got := Link(v, "2026.1"); got != "city=seoul&e=2026.1" {
		t.Errorf("link %q", got)
	}
}

func TestGarbageInALinkIsSaidAndIgnored(t *testing.T) {
	known := func(ids ...string) func(string) bool {
		return func(id string) bool { return slices.Contains(ids, id) }
	}
	voc := Vocabulary{City: known("seoul", "busan"), Sector: known("health"), Indicator: known("gov_city")}
	for _, c := range []struct {
		link     string
		want     string // what remains
		problems int
	}{
		{"", "", 0},
		{"?w=5.1.1.1.1.1", "w=5.1.1.1.1.1", 0},
		{"w=1.2.3", "", 1},
		{"w=0.0.0.0.0.0", "", 1},
		{"w=-1.1.1.1.1.1", "", 1},
		{"w=1e9.1.1.1.1.1", "", 1},
		{"w=NaN", "", 1},
		{"city=atlantis", "", 1},
		{"city=seoul&city=busan", "city=seoul", 1},
		{"nonsense=1", "", 1},
		{"__proto__=1&constructor=2", "", 2},
		{"q=%ff%fe", "", 1},
		{"q=%", "", 1},
		{"from=1066", "", 1},
		{"from=2020&to=2010", "from=2010&to=2020", 0},
		{"sector=health,alchemy", "sector=health", 1},
		{"c=seoul,busan,seoul", "c=seoul,busan", 0},
		{"sort=-score", "sort=-score", 0},
		{"sort=--score", "", 1},
		{"cities=own", "", 1},
		{"at=4.820.310", "at=4.820.310", 0},
		{"at=3.1.1", "", 1},
		{"at=4.820", "", 1},
		{"at=4.-1.9999", "", 1},
		{"e=2026.1", "e=2026.1", 0},
		{"e=latest", "", 1},
		{"&&&=&", "", 1},
		{"city=%3Cscript%3E", "", 1},
		{strings.Repeat("a=1&", 9000), "", 10},
	} {
		v, problems := Parse(c.link, voc)
		if got := Format(v); got != c.want {
			t.Errorf("%.60q: %q remains, want %q", c.link, got, c.want)
		}
		if len(problems) != c.problems {
			t.Errorf("%.60q: %d problems %v, want %d", c.link, len(problems), problems, c.problems)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("w=5.1.1.1.1.1&sector=health&q=a+b&from=2020&city=seoul&c=seoul,busan&e=2026.1")
	f.Add("iw=gov_city:20&norm=zscore&over=geometric&cities=region&region=East+Asia&embed=1&sort=-score")
	f.Add("q=%C3%A3%00&own=a,b,c&cities=own&pin=a,b")
	f.Fuzz(func(t *testing.T, link string) {
		v, _ := Parse(link, Vocabulary{})
		s := Format(v)
		if len(s) > MaxLength {
			t.Fatalf("link of %d bytes", len(s))
		}
		again, problems := Parse(s, Vocabulary{})
		if len(problems) > 0 || !reflect.DeepEqual(v, again) {
			t.Fatalf("%q\nread as %+v\nthen as %+v\n%v", s, v, again, problems)
		}
		if Format(again) != s {
			t.Fatalf("%q is not canonical: %q", s, Format(again))
		}
	})
}

// Random views, far beyond what a visitor would set, come back as they were.
func TestRandomViewsRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		v := Random(r, []string{"seoul", "new-york", "sao-paulo", "abu-dhabi", "san-francisco"})
		got, problems := Parse(Format(v), Vocabulary{})
		if len(problems) > 0 || !reflect.DeepEqual(got, v) {
			t.Fatalf("%s\n%+v\n%+v\n%v", Format(v), v, got, problems)
		}
	}
}

func TestWeightsInPercentSumTo100(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		w := Default().Weights
		for range 1 + r.IntN(5) {
			w = w.With(r.IntN(Pillars), r.IntN(101))
		}
		sum := 0
		for _, p := range w.Percent() {
			sum += p
		}
		if sum != 100 {
			t.Fatalf("%v shows as %v", w, w.Percent())
		}
	}
}

func TestMovingASlider(t *testing.T) {
	for _, c := range []struct {
		name    string
		from    Weights
		i, to   int
		percent [Pillars]int
	}{
		{"up from equal, the others share the rest", EqualWeights, 0, 50, [Pillars]int{50, 10, 10, 10, 10, 10}},
		{"the others keep their proportions", Weights{50, 25, 25, 0, 0, 0}, 0, 0, [Pillars]int{0, 50, 50, 0, 0, 0}},
		{"all on one", EqualWeights, 3, 100, [Pillars]int{0, 0, 0, 100, 0, 0}},
		{"down from all on one, the others share equally", Weights{0, 0, 0, 1, 0, 0}, 3, 50, [Pillars]int{10, 10, 10, 50, 10, 10}},
		{"beyond the end is the end", EqualWeights, 1, 400, [Pillars]int{0, 100, 0, 0, 0, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.from.With(c.i, c.to).Percent(); got != c.percent {
				t.Errorf("%v, want %v", got, c.percent)
			}
		})
	}
}

func TestNearestWeightsAreInTenthsOfAPerCent(t *testing.T) {
	for _, c := range []struct {
		shares []float64
		want   Weights
	}{
		{[]float64{0.25, 0.25, 0.25, 0.25, 0, 0}, Weights{1, 1, 1, 1, 0, 0}},
		{[]float64{0.3333333, 0.3333333, 0.3333334, 0, 0, 0}, Weights{334, 333, 333, 0, 0, 0}},
		{[]float64{0.2384, 0.7616, 0, 0, 0, 0}, Weights{238, 762, 0, 0, 0, 0}.reduced()},
	} {
		if got := NearestWeights(c.shares); got != c.want {
			t.Errorf("%v: %v, want %v", c.shares, got, c.want)
		}
	}
}

func TestPresetsAreInLowestTerms(t *testing.T) {
	for _, p := range Presets {
		if p.Weights.reduced() != p.Weights {
			t.Errorf("%s: %v", p.ID, p.Weights)
		}
	}
}
