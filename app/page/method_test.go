package page

import (
	"strings"
	"testing"

	"aicities/app/markup"
	"aicities/app/view"
	"aicities/data"
)

func sectionOf(t *testing.T, s *Session, id string) string {
	t.Helper()
	for _, sec := range s.Sections() {
		if sec.id == id {
			return sec.markup
		}
	}
	t.Fatalf("%s has no section %s", s.Path, id)
	return ""
}

func TestMethodFillsInTheVisitorsSettings(t *testing.T) {
	for query, want := range map[string][]string{
		"":                            {"The default 100", "One sixth for each pillar", "Min–max", "Sources of global coverage only", "Absolute values"},
		"norm=zscore":                 {"<b>z-score.</b>", "y[i] = 50 + 15"},
		"over=geometric":              {"<b>Geometric mean.</b>", "between 1 and 100 by one linear map"},
		"over=copeland":               {"<b>Copeland (outranking).</b>", "sgn"},
		"treat=winsor":                {"up to five outliers"},
		"missing=require":             {"three quarters"},
		"perhead=1":                   {"Per million inhabitants", "1 000 000 · count[i]"},
		"partial=1":                   {"Partial sources count too"},
		"w=5.1.1.1.1.1":               {"Government 50 %"},
		"cities=region&region=Europe": {"The cities of Europe"},
		"sector=health":               {"through your filter"},
	} {
		s := session(t, "/method")
		s.Open("/method", query)
		if len(s.Problems) > 0 {
			t.Errorf("%s: %v", query, s.Problems)
		}
		got := sectionOf(t, s, "method-steps")
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%q: no %q", query, w)
			}
		}
	}
}

func TestEveryMethodHasItsFormulaAndWords(t *testing.T) {
	for _, id := range view.NormIDs {
		if normFormulas[id].math == "" {
			t.Errorf("normalisation %q has no formula", id)
		}
	}
	for _, id := range view.AggIDs {
		if meanWords[id] == "" || meanReferences[id] == "" {
			t.Errorf("aggregation %q has no words or reference", id)
		}
		if id != "" && weighted(id, true).text == weighted("", true).text {
			t.Errorf("aggregation %q has the formula of the arithmetic mean", id)
		}
	}
	for _, id := range view.WithinIDs {
		if f := weighted(id, false); strings.Contains(f.text, "S[i]") {
			t.Errorf("%q within pillars: %s", id, f.text)
		}
	}
}

func TestFormulasAreWellFormed(t *testing.T) {
	all := []formula{perHeadFormula, rankFormula, spearmanFormula, firstOrderFormula, totalFormula}
	for _, f := range treatFormulas {
		all = append(all, f)
	}
	for _, f := range normFormulas {
		all = append(all, f)
	}
	for _, id := range view.AggIDs {
		all = append(all, weighted(id, true))
	}
	for _, f := range all {
		var open []string
		rest := f.math
		for {
			_, after, ok := strings.Cut(rest, "<")
			if !ok {
				break
			}
			var tag string
			if tag, rest, ok = strings.Cut(after, ">"); !ok {
				t.Fatalf("%s: a tag has no end", f.text)
			}
			name, _, _ := strings.Cut(tag, " ")
			if end, is := strings.CutPrefix(name, "/"); !is {
				open = append(open, name)
			} else if len(open) == 0 || open[len(open)-1] != end {
				t.Fatalf("%s: </%s> closes %v", f.text, end, open)
			} else {
				open = open[:len(open)-1]
			}
		}
		if len(open) > 0 {
			t.Errorf("%s: %v stay open", f.text, open)
		}
	}
}

func TestMethodShowsWhatTheModelComputes(t *testing.T) {
	s := session(t, "/method")
	for _, x := range s.Explorer.Studies(s.Ranking) {
		if x.Rho == x.Rho && !strings.Contains(sectionOf(t, s, "method-rankings"), ">"+decimal(x.Rho, 2)+"<") {
			t.Errorf("%s: no %s", x.Title, decimal(x.Rho, 2))
		}
	}
	sources := sectionOf(t, s, "method-sources")
	for _, src := range s.data().Sources {
		if !strings.Contains(sources, `id="source-`+src.ID+`"`) {
			t.Errorf("source %s is not listed", src.ID)
		}
	}
	for _, def := range s.data().Indicators {
		if !strings.Contains(sectionOf(t, s, "method-indicators"), `data-indicator="`+def.ID+`"`) {
			t.Errorf("indicator %s is not listed", def.ID)
		}
	}
	if n := strings.Count(sectionOf(t, s, "method-evidence"), "<tr>"); n < 100 {
		t.Errorf("the evidence has %d rows", n)
	}
}

// A publisher's table is not ours to give away: single ranks are cited, and none
// is in a file.
func TestPublishedTablesAreNotPassedOn(t *testing.T) {
	s := session(t, "/method")
	for _, x := range s.Explorer.Studies(s.Ranking) {
		if studyAbout[x.Publisher] == "" {
			t.Errorf("it is not said what %s measures", x.Publisher)
		}
	}
	for _, details := range strings.Split(sectionOf(t, s, "method-rankings"), "<details")[1:] {
		if n := strings.Count(details, "noopener"); n > shownRanks {
			t.Errorf("%d ranks of one study are shown", n)
		}
	}
	sheet := s.validationSheet()
	for _, c := range sheet.columns {
		if c == "city" || c == "rank" {
			t.Errorf("the file has a column %s", c)
		}
	}
}

func TestSensitivityOfOneViewIsNotShownUnderAnother(t *testing.T) {
	s := session(t, "/method")
	asked := sectionOf(t, s, "method-sobol")
	s.sensitivity = s.Explorer.NewSensitivity(s.Ranking)
	s.sensitivity.Finish()
	if got := sectionOf(t, s, "method-sobol"); !strings.Contains(got, "Left-out source") || !strings.Contains(asked, `data-do="sensitivity"`) {
		t.Errorf("%.300s", got)
	}
	s.Open("/method", "w=5.1.1.1.1.1")
	other := sectionOf(t, s, "method-sobol")
	if !strings.Contains(other, `data-do="sensitivity"`) {
		t.Errorf("%.300s", other)
	}
	if other == asked {
		t.Error("the markup of two views is the same, so that the page would not be patched")
	}
}

func TestAViewWithoutARankingIsSaid(t *testing.T) {
	s := session(t, "/method")
	s.Open("/method", "q=zzzzqqqq&cities=own&own=dhaka.karachi&w=0.0.1.0.0.0")
	for _, rank := range s.Ranking.Rank {
		if rank > 0 {
			t.Fatal("the view has a ranking: choose another for this test")
		}
	}
	if got := sectionOf(t, s, "method-example"); !strings.Contains(got, "rank no city") {
		t.Errorf("%s", got)
	}
	s.Open("/regions", "q=zzzzqqqq")
	if got := sectionOf(t, s, "intro"); !strings.Contains(got, "No initiative passes the filters") {
		t.Errorf("%s", got)
	}
}

func TestTheRankingWithoutEachSourceIsThatOfTheModel(t *testing.T) {
	s := session(t, "/method")
	if got := sectionOf(t, s, "method-coverage"); !strings.Contains(got, "Computing, source by source") {
		t.Error("the page does not say that it is working")
	}
	for w := s.pending(); w != nil; w = s.pending() {
		w.Step()
	}
	got := sectionOf(t, s, "method-coverage")
	l := s.Explorer.NewLeaveOut(s.Ranking)
	l.Finish()
	if n := strings.Count(got, "<tr>"); n < len(l.Without) {
		t.Errorf("%d rows for %d sources", n, len(l.Without))
	}
	first := l.Without[0]
	for _, want := range []string{
		`<a href="#source-` + s.data().Sources[first.Source].ID + `">`, "<td class=\"num\">" + decimal(first.Shift, 1) + "</td>",
		"<td>" + s.cityOf(first.Most).Name + "</td>", "Spearman", decimal(s.Ranking.RecordsAndScore(), 2), "there is none before to compare it with",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the section lacks %q", want)
		}
	}
	for _, name := range []string{"without", "spread"} {
		if table := sheets[name](s); table.len() < 20 || len(table.at(0)) != len(table.columns) {
			t.Errorf("%s: %d rows to take away", name, table.len())
		}
	}
}

func TestRanksOfTheEditionBeforeStandBesideThoseOfToday(t *testing.T) {
	s := session(t, "/method")
	r := s.Explorer.Base()
	first := s.data().Cities[r.Cities[r.Order[0]]]
	var w markup.Writer
	s.editionTable(&w, "2025.1", map[string]data.Change{first.ID: {Rank: 7, New: 11, Removed: 2}})
	got := w.String()
	for _, want := range []string{"Rank in 2025.1", `<th scope="row">` + first.Name + `</th><td class="num">7</td><td class="num">1</td><td class="num">11</td>`, `<td class="num">–</td>`} {
		if !strings.Contains(got, want) {
			t.Errorf("the table lacks %q: %.600s", want, got)
		}
	}
}
