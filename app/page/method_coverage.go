package page

import (
	"strconv"
	"strings"

	"aicities/app/markup"
	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
)

func init() {
	sheets["without"] = (*Session).withoutSheet
	sheets["spread"] = (*Session).spreadSheet
}

// without returns the present ranking made anew without each of its sources; the
// work starts when the page first asks for it.
func (s *Session) without() *model.LeaveOut {
	if s.leftOut == nil || !s.leftOut.Ranking.Same(s.Ranking) {
		s.leftOut = s.Explorer.NewLeaveOut(s.Ranking)
	}
	s.want(&s.leftOut.Work)
	return s.leftOut
}

// methodCoverage says how far the order follows from what the sources see. The
// attribute has the meaning that it has in methodSobol.
func (s *Session) methodCoverage() section {
	return draw("section", "method-coverage", []string{"class", "method-part", "aria-labelledby", "method-coverage-title", "data-of", view.Format(s.View)}, func(w *markup.Writer) {
		w.El("h2", labelOf(methodParts, "method-coverage"), "id", "method-coverage-title")
		if s.Ranking.Err != nil {
			w.El("p", s.noRanking(), "class", "empty")
			return
		}
		prose(w, s.recordsWords())
		s.withoutTable(w)
		s.spreadTable(w)
		s.editionWords(w)
	})
}

func (s *Session) recordsWords() string {
	x := s.Ranking.RecordsAndScore()
	text := "In part it must be. Over the cities of this view, score and number of counted records have Spearman's correlation of " + decimal(x, 2)
	switch {
	case x != x:
		return "Too few cities have a score to say how far it follows the number of records."
	case x > 0.8:
		return text + ": whoever has more records is ahead, nearly always. Some of that is activity, some is that a place is seen better; the figures alone cannot tell the two apart."
	case x > 0.4:
		return text + ": whoever has more records is mostly ahead, and the measured indicators weigh against it."
	}
	return text + ": the order is hardly one of records."
}

func (s *Session) withoutTable(w *markup.Writer) {
	w.El("h3", "What becomes of the order without one source?")
	l := s.without()
	switch {
	case l.Err != nil:
		w.El("p", "It cannot be computed for this view: "+l.Err.Error()+".", "class", "hint", "role", "status")
		return
	case !l.Done():
		w.El("p", "Computing, source by source…", "class", "hint", "role", "status")
		return
	case len(l.Without) == 0:
		prose(w, "No source can be left out of this view.")
		return
	}
	first := l.Without[0]
	prose(w, "The ranking is made anew without each source that it rests on. “"+s.data().Sources[first.Source].Title+"” moves it most: without it a city moves "+decimal(first.Shift, 1)+" places on average.")
	s.withoutRows(w, "The ranking without each of the sources that move it most", l.Without[:min(withoutShown, len(l.Without))])
	w.El("p", "A record that another source names as well stays. An indicator measured by one source alone goes with it, and the others of its pillar count more.", "class", "caption")
	if len(l.Without) > withoutShown {
		w.Open("details", "class", "more", "id", "without-table")
		w.El("summary", "The other "+count(len(l.Without)-withoutShown)+" sources")
		s.withoutRows(w, "The ranking without each of the other sources", l.Without[withoutShown:])
		w.Close("details")
	}
	takeAway(w, "without")
}

const withoutShown = 8

func (s *Session) withoutRows(w *markup.Writer, label string, rows []model.Without) {
	r, d := s.Ranking, s.data()
	scrolling(w, label, func() {
		w.Open("table", "class", "figures without")
		headings(w, "Without", "#Places moved on average", "City that moves most", "#From", "#To", "First then")
		w.Open("tbody")
		for _, x := range rows {
			w.Open("tr").Open("th", "scope", "row").El("a", d.Sources[x.Source].Title, "href", "#source-"+d.Sources[x.Source].ID).Close("th")
			w.El("td", decimal(x.Shift, 1), "class", "num")
			if x.Places == 0 {
				w.El("td", "none").El("td", "", "class", "num").El("td", "", "class", "num")
			} else {
				w.El("td", s.cityOf(x.Most).Name).El("td", strconv.Itoa(r.Rank[x.Most]), "class", "num").El("td", strconv.Itoa(x.Rank[x.Most]), "class", "num")
			}
			w.El("td", s.firstOf(x.Rank)).Close("tr")
		}
		w.Close("tbody", "table")
	})
}

// firstOf names the cities of rank 1.
func (s *Session) firstOf(ranks []int) string {
	var names []string
	for i, rank := range ranks {
		if rank == 1 {
			names = append(names, s.cityOf(i).Name)
		}
	}
	return strings.Join(names, ", ")
}

func (s *Session) withoutSheet() sheet {
	t := sheet{title: "The ranking without each source", columns: []string{"without", "mean_shift", "city_most", "rank", "rank_without", "indicators_lost"}}
	l := s.without()
	l.Finish()
	d := s.data()
	for _, x := range l.Without {
		var lost []string
		for _, j := range x.Indicators {
			lost = append(lost, d.Indicators[j].ID)
		}
		t.rows = append(t.rows, []any{d.Sources[x.Source].ID, x.Shift, s.cityOf(x.Most).ID, s.Ranking.Rank[x.Most], x.Rank[x.Most], strings.Join(lost, " ")})
	}
	return t
}

const countriesShown = 3

func (s *Session) spreadTable(w *markup.Writer) {
	d := s.data()
	spreads := s.Explorer.Spreads()
	w.El("h3", "Where does each source look?")
	most := spreads[0]
	prose(w, "Records of each source by country, in the whole dataset. "+perCent(float64(most.Countries[0].Records)/float64(most.Records))+" of the largest, “"+d.Sources[most.Source].Title+"”, lie in "+inCountry(d, most.Countries[0].Country)+".")
	w.Open("details", "class", "more", "id", "spread-table")
	w.El("summary", "All "+plural(len(spreads), "source", "sources")+" with records, and their first countries")
	scrolling(w, "Records of each source by country", func() {
		w.Open("table", "class", "figures")
		headings(w, "Source", "Coverage", "#Records", "#Countries", "First countries")
		w.Open("tbody")
		for _, x := range spreads {
			src := &d.Sources[x.Source]
			w.Open("tr").Open("th", "scope", "row").El("a", src.Title, "href", "#source-"+src.ID).Close("th").El("td", src.Coverage.String())
			w.El("td", count(x.Records), "class", "num").El("td", count(len(x.Countries)), "class", "num")
			var parts []string
			for _, c := range x.Countries[:min(countriesShown, len(x.Countries))] {
				parts = append(parts, d.Countries[c.Country].Name+" "+perCent(float64(c.Records)/float64(x.Records)))
			}
			w.El("td", strings.Join(parts, ", ")).Close("tr")
		}
		w.Close("tbody", "table")
	})
	w.Close("details")
	takeAway(w, "spread")
}

// inCountry is the name of a country as it stands behind 'in'.
func inCountry(d *data.Dataset, country int) string {
	name := d.Countries[country].Name
	for _, the := range []string{"United ", "Netherlands", "Philippines"} {
		if strings.HasPrefix(name, the) {
			return "the " + name
		}
	}
	return name
}

func (s *Session) spreadSheet() sheet {
	t := sheet{title: "Records of each source by country", columns: []string{"source", "coverage", "country", "records"}, sources: []int{}}
	d := s.data()
	for _, x := range s.Explorer.Spreads() {
		for _, c := range x.Countries {
			t.rows = append(t.rows, []any{d.Sources[x.Source].ID, d.Sources[x.Source].Coverage.String(), d.Countries[c.Country].Code, c.Records})
		}
	}
	return t
}

// editionWords says how the ranks of the default method moved from the edition
// before, city by city.
func (s *Session) editionWords(w *markup.Writer) {
	w.El("h3", "What did this edition move?")
	past := data.PastEditions()
	if len(past) == 0 {
		prose(w, "Edition "+s.edition()+" is the first: there is none before to compare it with.")
		return
	}
	before := past[len(past)-1]
	changes, _ := data.ChangesSince(before)
	s.editionTable(w, before, changes)
}

func (s *Session) editionTable(w *markup.Writer, before string, changes map[string]data.Change) {
	base := s.Explorer.Base()
	prose(w, "Ranks of the default method in edition "+before+" and in "+s.edition()+", with the records that are new, changed and removed since.")
	w.Open("details", "class", "more", "id", "edition-table")
	w.El("summary", "City by city")
	scrolling(w, "Ranks and records against the edition before", func() {
		w.Open("table", "class", "figures")
		headings(w, "City", "#Rank in "+before, "#Rank now", "#New", "#Changed", "#Removed", "#Figures changed")
		w.Open("tbody")
		for _, i := range base.Order {
			c := &s.data().Cities[base.Cities[i]]
			x := changes[c.ID]
			w.Open("tr").El("th", c.Name, "scope", "row")
			for _, n := range []int{x.Rank, base.Rank[i]} {
				text := "–"
				if n > 0 {
					text = strconv.Itoa(n)
				}
				w.El("td", text, "class", "num")
			}
			for _, n := range []int{x.New, x.Changed, x.Removed, x.Figures} {
				w.El("td", count(n), "class", "num")
			}
			w.Close("tr")
		}
		w.Close("tbody", "table")
	})
	w.Close("details")
}
