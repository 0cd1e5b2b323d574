package page

import (
	"strings"
	"testing"

	"aicities/app/chart"
)

// Every chart, under every kind of view, can be drawn, has its table, and can be
// taken away.
func TestEveryChartOfTheRankingIsDrawnWithItsTable(t *testing.T) {
	for _, query := range []string{"", "city=lagos&pin=seoul,paris", "w=3.1.1.2.1.1&perhead=1&x=net_ixps&y=net_ixps", "over=copeland&pivot=telecom",
		"cities=own&own=seoul,lagos", "q=zzzzzz", "missing=require&city=chongqing", "pivot=startup&x=dc_ai_clusters&y=gov_national&of=dc_ai_clusters&city=beijing"} {
		for id := range rankingCharts {
			s := session(t, "/")
			s.Open("/", query+"&chart="+id)
			if len(s.Problems) > 0 {
				t.Fatal(s.Problems)
			}
			if id == "weight" && s.Ranking.Err == nil {
				if before := s.chart().markup; !s.paths.Done() && !strings.Contains(before, "Working out") {
					t.Errorf("%s: the page does not say that it is working", query)
				}
				s.weightPaths().Finish()
			}
			shown := s.chart().markup
			if s.Ranking.Err != nil {
				continue
			}
			for _, needed := range []string{"<h2", `class="chart wide"`, `class="chart narrow"`, "<desc", "The same as a table", "take-" + id} {
				if !strings.Contains(shown, needed) {
					t.Errorf("%s: %s lacks %s", query, id, needed)
				}
			}
			if strings.Contains(shown, "NaN") || strings.Contains(shown, "Inf\"") {
				t.Errorf("%s: %s draws what is no number", query, id)
			}
			table := sheets[id](s)
			for _, row := range table.rows {
				if len(row) != len(table.columns) {
					t.Fatalf("%s: %s has rows of %d cells under %d columns", query, id, len(row), len(table.columns))
				}
			}
			if len(table.rows) == 0 && id != "weight" {
				t.Errorf("%s: the table of %s is empty", query, id)
			}
			svg, _, _ := pictures[id](s).drawing.File(chart.About{Link: "https://example.org/"})
			if strings.Contains(svg, "class=") || !strings.Contains(svg, "https://example.org/") {
				t.Errorf("%s: the file of %s does not stand alone", query, id)
			}
		}
	}
}

// What the chart says of a city's place is what the ranking says.
func TestTheRankLineStartsFromThePlaceInTheTable(t *testing.T) {
	s := session(t, "/")
	s.Open("/", "city=lagos&chart=weight&pivot=telecom")
	p := s.weightPaths()
	p.Finish()
	lagos, _ := s.data().CityByID("lagos")
	i, _ := s.Ranking.Entry(lagos)
	if p.Entries[0] != i || p.Paths[0].At(p.Now) != s.Ranking.Rank[i] {
		t.Errorf("entry %d with rank %d, the table has %d with %d", p.Entries[0], p.Paths[0].At(p.Now), i, s.Ranking.Rank[i])
	}
	if text := s.pathSentence(p); !strings.HasPrefix(text, "Lagos is "+ordinal(s.Ranking.Rank[i])+" at 16.7\u202f% (now)") {
		t.Error(text)
	}
}

func TestTheMapGivesWayToAChart(t *testing.T) {
	s := session(t, "/")
	if m := s.chart().markup; strings.Contains(m, "<svg") || !strings.Contains(m, "hidden") {
		t.Error("a chart is drawn before it is chosen")
	}
	s.Open("/", "chart=bump")
	if m := s.worldMap().markup; strings.Contains(m, "<svg") || !strings.Contains(m, "hidden") {
		t.Error("the map is drawn beside the chart")
	}
}
