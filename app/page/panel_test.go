package page

import (
	"slices"
	"strings"
	"testing"

	"aicities/app/view"
	"aicities/data"
)

func TestAUniverseIsChosenWithSomethingInIt(t *testing.T) {
	for _, c := range []struct {
		kind, before string
		holds        func(s *Session) bool
	}{
		{"region", "", func(s *Session) bool { return s.View.Universe.Region == "North America" && len(s.Ranking.Cities) > 10 }},
		{"own", "", func(s *Session) bool { return len(s.Ranking.Cities) == ownStart }},
		{"own", "pin=lagos,nairobi,cairo", func(s *Session) bool {
			return slices.Equal(s.View.Universe.Cities, []string{"lagos", "nairobi", "cairo"}) && len(s.Ranking.Cities) == 3
		}},
		{"own", "c=seoul,tokyo", func(s *Session) bool { return len(s.Ranking.Cities) == 2 }},
		{"population", "", func(s *Session) bool { return len(s.Ranking.Cities) == 100 }},
		{"output", "", func(s *Session) bool { return len(s.Ranking.Cities) > 50 }},
		{"all", "", func(s *Session) bool { return len(s.Ranking.Cities) > 100 }},
		{"", "cities=own&own=seoul,tokyo", func(s *Session) bool { return len(s.Ranking.Cities) == 100 }},
	} {
		s := opened(t, "/", c.before)
		s.setUniverse(c.kind)
		s.Refresh()
		if s.View.Universe.Kind != c.kind || !c.holds(s) {
			t.Errorf("%q after %q: %+v with %d cities", c.kind, c.before, s.View.Universe, len(s.Ranking.Cities))
		}
		if again := opened(t, "/", s.Query()); !again.View.Equal(s.View) {
			t.Errorf("%q after %q: the link %q holds another view", c.kind, c.before, s.Query())
		}
	}
}

func TestAnIndicatorsWeightActsAndGoesBack(t *testing.T) {
	s := opened(t, "/", "")
	a := &App{s: s}
	before := slices.Clone(s.Ranking.Score)
	setIndicator(a, event{arg: "gov_city", value: "30"})
	s.Refresh()
	if slices.Equal(before, s.Ranking.Score) || view.Format(s.View) != "iw=gov_city:30" {
		t.Errorf("three times the weight gives %q and the same scores", view.Format(s.View))
	}
	if !strings.Contains(s.panel().markup, "×3") {
		t.Error("the panel does not show the weight")
	}
	setIndicator(a, event{arg: "gov_city", value: "10"})
	s.Refresh()
	if !slices.Equal(before, s.Ranking.Score) || view.Format(s.View) != "" {
		t.Errorf("back at the default the link is %q", view.Format(s.View))
	}
	setIndicator(a, event{arg: "no_such", value: "10"})
	if view.Format(s.View) != "" {
		t.Error("an unknown indicator has got a weight")
	}
}

func TestAPillarWhoseIndicatorsAreAllOffIsLeftOut(t *testing.T) {
	s := opened(t, "/", "")
	s.View.Indicators = map[string]int{}
	for _, j := range s.countingIndicators(int(data.Government)) {
		s.View.Indicators[s.data().Indicators[j].ID] = 0
	}
	s.Refresh()
	if s.Ranking.Err == nil {
		for i := range s.Ranking.Cities {
			if x := s.Ranking.Pillar[i][data.Government]; x == x {
				t.Fatalf("government has the score %v", x)
			}
		}
	}
	if text := s.intro().markup; text == "" {
		t.Error("the page says nothing")
	}
}

func TestTheTableLeavesTheRowsThatHoldTheWords(t *testing.T) {
	for _, c := range []struct {
		find string
		want []string // some of the cities
		most int
	}{
		{"sao pau", []string{"sao-paulo"}, 1},
		{"SÃO", []string{"sao-paulo"}, 3},
		{"서울", []string{"seoul"}, 1},
		{"germany", []string{"berlin", "munich"}, 10},
		{"zzz", nil, 0},
	} {
		s := opened(t, "/", "")
		s.View.Find = c.find
		s.Refresh()
		var got []string
		for _, i := range s.shownOrder() {
			got = append(got, s.cityOf(i).ID)
		}
		for _, id := range c.want {
			if !slices.Contains(got, id) {
				t.Errorf("%q does not find %s: %v", c.find, id, got)
			}
		}
		if len(got) > c.most {
			t.Errorf("%q finds %v", c.find, got)
		}
		if len(got) == 0 && !strings.Contains(s.table().markup, "find-none") {
			t.Errorf("%q: an empty table offers no way back", c.find)
		}
	}
}

func TestPinnedCitiesStandAboveTheOthersByRank(t *testing.T) {
	s := opened(t, "/", "pin=lagos,seoul")
	var got []string
	for _, i := range s.pins() {
		got = append(got, s.cityOf(i).ID)
	}
	if !slices.Equal(got, []string{"seoul", "lagos"}) {
		t.Errorf("pinned are %v", got)
	}
	for range view.MaxPinned + 3 {
		for _, i := range s.Ranking.Order[:view.MaxPinned+1] {
			if id := s.cityOf(i).ID; !slices.Contains(s.View.Pinned, id) {
				s.pin(id)
			}
		}
	}
	if len(s.View.Pinned) != view.MaxPinned || s.ui.message == "" {
		t.Errorf("%d pinned, and the page says %q", len(s.View.Pinned), s.ui.message)
	}
	s.pin("seoul")
	if slices.Contains(s.View.Pinned, "seoul") {
		t.Error("seoul is still pinned")
	}
}

func TestTheMapEnlargesMovesAndStaysInside(t *testing.T) {
	s := opened(t, "/", "city=lagos")
	all := len(s.placed())
	for range 6 {
		s.zoomMap("in")
	}
	if s.View.Map.Zoom != 16 {
		t.Fatalf("enlarged %d times", s.View.Map.Zoom)
	}
	if shown := s.placed(); len(shown) == 0 || len(shown) >= all || s.cityOf(shown[len(shown)-1].entry).ID != "lagos" {
		t.Errorf("%d of %d dots around the chosen city", len(shown), all)
	}
	for range 100 {
		s.panMap(-500, -500)
	}
	if m := s.View.Map; m.X != 31 || m.Y != 31 {
		t.Errorf("the map left its edge: %+v", m)
	}
	for range 4 {
		s.zoomMap("out")
	}
	if s.View.Map != (view.Map{}) || len(s.placed()) != all {
		t.Errorf("the whole map is %+v", s.View.Map)
	}
}

func TestTheShareDialogSaysAllThatTheLinkHolds(t *testing.T) {
	full := "w=3.1.1.2.1.1&iw=gov_city:20&norm=zscore&over=geometric&perhead=1&partial=1&cities=region&region=Europe&actor=startup&sector=health&ownership=public" +
		"&country=FR&in=paris&from=2015&to=2024&q=hospital&sort=-score&find=a&city=paris&pin=paris,berlin&c=paris,berlin&pair=paris,berlin&vs=berlin&chart=bump&at=2.500.250"
	s := opened(t, "/", full)
	text := strings.Join(s.contents(), "\n")
	for _, want := range []string{"government 34", "×2", "z-score", "geometric", "Europe", "Startup", "Health", "Public", "France", "Paris", "2015–2024", "hospital", "score", "turned round",
		"Berlin", "presets", "enlarged 2 times", "2026."} {
		if !strings.Contains(text, want) {
			t.Errorf("the contents do not say %q:\n%s", want, text)
		}
	}
	if plain := opened(t, "/", "").contents(); len(plain) != 2 {
		t.Errorf("the default view contains %q", plain)
	}
	if id := opened(t, "/", "w=1.3.1.13.1.1").presetOnly(); id != "research" {
		t.Errorf("the research preset is %q", id)
	}
}

func TestTheFormForOtherSitesHasOneTableAndTheWayBack(t *testing.T) {
	for path, want := range map[string]string{"/": `id="ranking"`, "/city/seoul": `class="pillar-table"`, "/compare": `id="intro"`, "/preset": ""} {
		s := session(t, path)
		s.Open(path, "embed=1&w=3.1.1.2.1.1&c=seoul,tokyo")
		text := Markup(s.Sections())
		if want == "" {
			if s.embedded() {
				t.Errorf("%s has a form for other sites", path)
			}
			continue
		}
		back := `href="` + strings.ReplaceAll(s.hrefOf(path, func() view.View { v := s.View; v.Embed = false; return v }()), "&", "&amp;") + `"`
		for _, part := range []string{want, back, "<h1"} {
			if !strings.Contains(text, part) {
				t.Errorf("%s in a frame lacks %s", path, part)
			}
		}
		for _, part := range []string{`id="top"`, `id="foot"`, `id="panel"`} {
			if strings.Contains(text, part) {
				t.Errorf("%s in a frame has %s", path, part)
			}
		}
	}
}

func TestACitysTablesAreTakenAwayWithTheFiguresOfThePage(t *testing.T) {
	s := sureSession(t, "/city/seoul", "")
	_, i, _ := s.cityHere()
	for name, rows := range map[string]int{"city-pillars": view.Pillars, "city-indicators": len(s.data().Indicators), "city-records": 1, "city-years": 3, "city-sectors": 3,
		"difference": view.Pillars} {
		table := sheets[name](s)
		_, cells := readCSV(t, table.csv(s.about(table.title, "https://example.org/", table.sources)))
		if len(cells)-1 < rows {
			t.Errorf("%s has %d rows", name, len(cells)-1)
		}
		if picture := pictures[name]; picture != nil {
			if svg, _, _ := picture(s).drawing.File(s.about("x", "https://example.org/", nil)); !strings.Contains(svg, "Seoul") || strings.Count(svg, "<rect") < 3 {
				t.Errorf("the picture %s is %.200s", name, svg)
			}
		}
	}
	for p, row := range s.cityPillarSheet().rows {
		if row[1] != s.Ranking.Pillar[i][p] {
			t.Errorf("%v is written as %v", s.Ranking.Pillar[i][p], row[1])
		}
	}
	sum := 0.0
	for _, row := range s.differenceSheet().rows[:view.Pillars] {
		sum += row[4].(float64)
	}
	p := s.pairHere()
	if want := s.Ranking.Score[p.A] - s.Ranking.Score[p.B]; sum-want > 1e-9 || want-sum > 1e-9 {
		t.Errorf("the parts add up to %v, the difference is %v", sum, want)
	}
}

func TestTheComparisonIsTakenAway(t *testing.T) {
	s := sureSession(t, "/compare", "c=seoul,tokyo,lagos")
	table := s.compareSheet()
	_, cells := readCSV(t, table.csv(s.about(table.title, "l", nil)))
	if !slices.Equal(cells[0][4:], []string{"seoul", "tokyo", "lagos"}) || len(cells) < 20 {
		t.Errorf("%d rows with the columns %v", len(cells), cells[0])
	}
	chances := s.chanceSheet()
	if len(chances.rows) != 6 {
		t.Errorf("%d pairs of three cities", len(chances.rows))
	}
	if svg, _, _ := pictures["compare"](s).drawing.File(s.about("x", "l", nil)); !strings.Contains(svg, "Lagos") {
		t.Error("the picture lacks a city")
	}
}

func TestAChangeOfTheOrderIsToldOnceItHasSettled(t *testing.T) {
	s := sureSession(t, "/", "")
	if s.ui.order != "" {
		t.Errorf("the first ranking is told as a change: %q", s.ui.order)
	}
	s.View.Weights = view.Presets[3].Weights
	s.Refresh()
	if s.ui.order != "" {
		t.Error("told before it has settled")
	}
	c, err := s.Explorer.NewCertainty(s.Ranking)
	if err != nil {
		t.Fatal(err)
	}
	s.SetCertainty(c)
	if first := s.cityOf(s.Ranking.Order[0]).Name; !strings.HasPrefix(s.ui.order, first+" is first. ") || !strings.Contains(s.orderTold().markup, "changed places") {
		t.Errorf("told is %q", s.ui.order)
	}
}
