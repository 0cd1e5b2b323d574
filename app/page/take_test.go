package page

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"

	"aicities/app/chart"
	"aicities/app/model"
	"aicities/app/view"
)

// sureSession is a session with its rank intervals.
func sureSession(t testing.TB, path, query string) *Session {
	t.Helper()
	s := opened(t, path, query)
	c, err := s.Explorer.NewCertainty(s.Ranking)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Step(model.Draws); err != nil {
		t.Fatal(err)
	}
	c.Finish()
	s.SetCertainty(c)
	return s
}

// readCSV splits a file into its notes and its cells.
func readCSV(t testing.TB, text string) (notes []string, cells [][]string) {
	t.Helper()
	text, found := strings.CutPrefix(text, "\ufeff")
	if !found {
		t.Error("the byte order mark is missing")
	}
	for strings.HasPrefix(text, "#") {
		line, rest, _ := strings.Cut(text, "\r\n")
		notes, text = append(notes, line), rest
	}
	cells, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return notes, cells
}

func TestTheRankingTakenAwayHasTheFiguresOfTheEngine(t *testing.T) {
	for _, query := range []string{"", "w=3.1.1.2.1.1&sort=city", "sector=health&norm=zscore&over=geometric", "missing=require"} {
		s := sureSession(t, "/", query)
		sheet := s.rankingSheet()
		about := s.about(sheet.title, "https://example.org/?"+query, sheet.sources)
		notes, cells := readCSV(t, sheet.csv(about))
		for _, needed := range []string{"# " + s.Title(), "# Edition: AI Cities Explorer 2026.1", "# This view: https://example.org/?" + query, "# Source: "} {
			if !strings.Contains(strings.Join(notes, "\n"), needed) {
				t.Errorf("%q: the notes lack %q", query, needed)
			}
		}
		var parsed struct {
			Title, Link, Edition string
			Sources              []struct{ Title, Publisher, Licence, Link string }
			Columns              []string
			Rows                 [][]any
		}
		if err := json.Unmarshal([]byte(sheet.json(about)), &parsed); err != nil {
			t.Fatal(err)
		}
		if parsed.Title != s.Title() || parsed.Link == "" || parsed.Edition == "" || len(parsed.Sources) == 0 || parsed.Sources[0].Licence == "" {
			t.Errorf("%q: the JSON does not say what it is: %+v", query, parsed.Sources)
		}
		r, seen := s.Ranking, 0
		if len(cells)-1 != len(r.Cities) || len(parsed.Rows) != len(r.Cities) {
			t.Fatalf("%q: %d and %d rows for %d cities", query, len(cells)-1, len(parsed.Rows), len(r.Cities))
		}
		column := map[string]int{}
		for k, name := range cells[0] {
			column[name] = k
			if parsed.Columns[k] != name {
				t.Errorf("column %d is %s in CSV and %s in JSON", k, name, parsed.Columns[k])
			}
		}
		for n, row := range cells[1:] {
			city, ok := s.data().CityByID(row[column["id"]])
			if !ok {
				t.Fatalf("%q: no city %v", query, row)
			}
			i, _ := r.Entry(city)
			want := map[string]float64{"rank": float64(r.Rank[i]), "score": r.Score[i], "initiatives": float64(r.Initiatives[i]),
				"rank_low": float64(s.certainty.Intervals[i].Low), "rank_high": float64(s.certainty.Intervals[i].High)}
			for p, id := range view.PillarIDs {
				want[id] = r.Pillar[i][p]
			}
			if r.Rank[i] == 0 {
				for _, name := range []string{"rank", "rank_low", "rank_high"} {
					want[name] = math.NaN()
				}
			}
			for name, x := range want {
				cell, value := row[column[name]], parsed.Rows[n][column[name]]
				if math.IsNaN(x) {
					if cell != "" || value != nil {
						t.Errorf("%q: %s of %s is missing and written as %q and %v", query, name, row[1], cell, value)
					}
					continue
				}
				if got, err := strconv.ParseFloat(cell, 64); err != nil || got != x || value != x {
					t.Errorf("%q: %s of %s is %v, written as %q and %v", query, name, row[1], x, cell, value)
				}
			}
			if parsed.Rows[n][column["city"]] != s.data().Cities[city].Name {
				t.Errorf("%q: %v", query, parsed.Rows[n])
			}
			seen++
		}
		if seen < 50 {
			t.Errorf("%q: only %d cities", query, seen)
		}
	}
}

func TestNoCellOfTextIsAFormula(t *testing.T) {
	texts := []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", `=cmd|' /C calc'!A0`, `say "no", twice`, "#1 in the list", "a\nb", "", "plain"}
	var rows [][]any
	for _, text := range texts {
		rows = append(rows, []any{text, -1.5, -2})
	}
	table := sheet{title: "x\n=1+1", columns: []string{"text", "number", "count"}, rows: rows}
	notes, cells := readCSV(t, table.csv(chart.About{Title: table.title, Link: "l"}))
	if len(notes) != 3 {
		t.Errorf("a line break in the title made another line: %q", notes)
	}
	for k, row := range cells[1:] {
		text := texts[k]
		if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(row[0][0])) {
			t.Errorf("%q can start a formula", row[0])
		}
		if want := strings.ReplaceAll(text, "\r", ""); strings.ReplaceAll(strings.TrimPrefix(row[0], "'"), "\r", "") != want {
			t.Errorf("%q comes back as %q", text, row[0])
		}
		if row[1] != "-1.5" || row[2] != "-2" {
			t.Errorf("numbers are no text: %q", row)
		}
	}
}

func FuzzTextReadsBackFromJSON(f *testing.F) {
	for _, s := range []string{"", `"\`, "\x00\x1f\u2028", "São Paulo 東京", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got string
		if err := json.Unmarshal(jsonText(s), &got); err != nil {
			t.Fatal(err)
		}
		if got != string([]rune(s)) {
			t.Fatalf("%q comes back as %q", s, got)
		}
	})
}
