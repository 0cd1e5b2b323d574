package page

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"aicities/app/model"
	"aicities/app/view"
)

func listSession(t testing.TB, query string) *Session {
	t.Helper()
	s := session(t, "/initiatives")
	s.Open("/initiatives", query)
	if len(s.Problems) > 0 {
		t.Fatal(s.Problems)
	}
	return s
}

func markupOf(s *Session) string { return Markup(s.Sections()) }

func TestTheListCanBeReadBeforeTheProgramRuns(t *testing.T) {
	s := listSession(t, "")
	page := markupOf(s)
	if n := strings.Count(page, `class="record" role="row" data-key`); n != firstRecords {
		t.Errorf("%d records", n)
	}
	for _, needed := range []string{`aria-rowcount="` + strconv.Itoa(s.data().Len()+1) + `"`, `aria-rowindex="51"`, count(s.data().Len()) + " records", "Find among 154 countries", "Partial sources only", "Starting year", "Years as a table"} {
		if !strings.Contains(page, needed) {
			t.Errorf("the page lacks %q", needed)
		}
	}
	if strings.Contains(page, " style=") {
		t.Error("the page has an inline style, which its policy forbids")
	}
}

func TestEveryRecordShowsWhatIsKnownOfIt(t *testing.T) {
	s := listSession(t, "")
	l, d := s.list(), s.data()
	for at := 0; at < len(l.Rows); at += 97 {
		r := d.Initiative(int(l.Rows[at]))
		row := s.recordRows(at, 1)
		s.ui.record = int(l.Rows[at]) + 1
		open := s.recordDialog().markup
		for k, ref := range r.Refs {
			if k < mostSources && !strings.Contains(row, `href="`+escaped(ref.URL)) {
				t.Errorf("the row of %q lacks its source %s", r.Name, ref.URL)
			}
			if !strings.Contains(open, `href="`+escaped(ref.URL)) || !strings.Contains(open, escaped(d.Sources[ref.Source].Licence)) {
				t.Errorf("the record of %q lacks its source %s or its licence", r.Name, ref.URL)
			}
		}
		for _, text := range []string{r.Name, r.Summary, sectorName(d.Sectors[r.Sector]), actorNames[r.Actor]} {
			if !strings.Contains(row, escaped(text)) || !strings.Contains(open, escaped(text)) {
				t.Errorf("%q is not shown of %q", text, r.Name)
			}
		}
		place := "national"
		if r.City >= 0 {
			place = `href="./city/` + d.Cities[r.City].ID + `"`
		}
		if !strings.Contains(row, place) {
			t.Errorf("the row of %q lacks %s", r.Name, place)
		}
		if strings.Contains(row, ">partial<") != (d.CoverageOf(int(l.Rows[at])).String() == "partial") {
			t.Errorf("the mark of coverage is wrong on %q", r.Name)
		}
	}
}

func escaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;").Replace(s)
}

func TestFacetsChangeTheLensThatTheRankingHas(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"country KR", "country NL"}, "country=KR,NL"},
		{[]string{"city seoul", "city paris"}, "in=paris"},
		{[]string{"coverage partial", "coverage global"}, "coverage=global"},
		{[]string{"level national", "actor government", "sector health"}, "actor=government&sector=health&level=national"},
		{[]string{"source oecd_ai", "ownership public"}, "ownership=public&source=oecd_ai"},
	} {
		a := &App{s: listSession(t, "")}
		for _, arg := range c.args {
			actions["facet"](a, event{arg: arg, checked: true})
		}
		if got := view.Format(a.s.View); got != c.want {
			t.Errorf("%v: %q, want %q", c.args, got, c.want)
		}
		for _, arg := range c.args {
			actions["facet"](a, event{arg: arg})
		}
		if got := view.Format(a.s.View); got != "" {
			t.Errorf("%v taken back: %q remains", c.args, got)
		}
	}
}

func TestTheBrushSetsTheYears(t *testing.T) {
	a := &App{s: listSession(t, "")}
	for _, c := range []struct{ arg, value, want string }{
		{"both", "16-21", "from=2015&to=2020"},
		{"from", "18", "from=2017&to=2020"},
		{"from", "99", "from=2020&to=2020"}, // it stops at the other handle
		{"from", "0", "to=2020"},
		{"to", "999", ""},
		{"both", "0-0", "to=1999"},
		{"both", "0-28", ""},
		{"both", "nonsense", "to=1999"},
	} {
		actions["brush"](a, event{arg: c.arg, value: c.value})
		if got := view.Format(a.s.View); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.arg, c.value, got, c.want)
		}
	}
}

func TestAnEmptyListSaysWhyAndOffersTheWayBack(t *testing.T) {
	s := listSession(t, "country=NL&q=zzzz")
	page := markupOf(s)
	for _, needed := range []string{"No record has all of this: “zzzz” and Netherlands.", "Without “zzzz”: ", "Show all " + count(s.data().Len()) + " records"} {
		if !strings.Contains(page, needed) {
			t.Errorf("the page lacks %q", needed)
		}
	}
	if strings.Contains(page, "Without Netherlands") {
		t.Error("a way is offered that leads nowhere")
	}
	s.lift(model.ByText)
	if got := view.Format(s.View); got != "country=NL" {
		t.Errorf("without the words %q remains", got)
	}
	s.lift(model.NumFields)
	if got := view.Format(s.View); got != "" {
		t.Errorf("without all conditions %q remains", got)
	}
}

func TestTheRankingOfTheseHasTheSameLens(t *testing.T) {
	s := listSession(t, "sector=health&in=seoul&coverage=partial&order=name")
	if page := markupOf(s); !strings.Contains(page, `href="./?partial=1&amp;sector=health&amp;city=seoul&amp;e=2026.1"`) {
		t.Error("the link to the ranking has another view")
	}
}

func TestTheListTakenAwayIsTheListShown(t *testing.T) {
	s := listSession(t, "sector=health&order=name")
	table := s.recordSheet()
	about := s.about(table.title, "https://example.org/initiatives?sector=health", table.sources)
	notes, cells := readCSV(t, table.csv(about))
	if all := strings.Join(notes, "\n"); !strings.Contains(all, "https://example.org/initiatives?sector=health") || !strings.Contains(all, "2026.1") {
		t.Errorf("the notes are %s", all)
	}
	rows := s.list().Rows
	if len(cells) != len(rows)+1 || len(notes) != 3+len(table.sources) {
		t.Fatalf("%d lines, %d notes", len(cells), len(notes))
	}
	for i, row := range rows {
		if got, want := strings.TrimPrefix(cells[i+1][0], "'"), s.data().NameOf(int(row)); got != want {
			t.Errorf("line %d is %q, want %q", i, got, want)
		}
	}
	var parsed struct{ Rows [][]any }
	if err := json.Unmarshal([]byte(table.json(about)), &parsed); err != nil || len(parsed.Rows) != len(rows) {
		t.Errorf("JSON has %d rows (%v)", len(parsed.Rows), err)
	}
	n := len(rows)
	if string(table.csvPart(about, 0, 7))+string(table.csvPart(about, 7, n)) != table.csv(about) ||
		string(table.jsonPart(about, 0, 7))+string(table.jsonPart(about, 7, n)) != table.json(about) {
		t.Error("a file written in parts is not the file")
	}
}

func BenchmarkListStep(b *testing.B) {
	s := listSession(b, "")
	s.ui.windows = true
	for i := 0; b.Loop(); i++ {
		s.View.Lens.From = 2000 + i%25
		s.Refresh()
		s.Sections()
	}
}
