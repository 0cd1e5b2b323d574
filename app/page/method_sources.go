package page

import (
	"cmp"
	"slices"

	"aicities/app/markup"
	"aicities/data"
)

func init() {
	sheets["sources"] = (*Session).sourcesSheet
}

// closedSource is what the closed study published.
const closedSource = "counterpoint_2025"

// sourceUse is what the dataset has from a source.
type sourceUse struct {
	records, figures int
	places           bool // people, output or names of cities and countries
	rankings         bool // published ranks, for validation only
}

// sourceUses counts, over all cities of the dataset, what comes from each source.
func (s *Session) sourceUses() []sourceUse {
	d := s.data()
	out := make([]sourceUse, len(d.Sources))
	for k, n := range d.Facets(data.Lens{Partial: true}).Source {
		out[k].records = n
	}
	for j := range d.Indicators {
		for c := range d.Cities {
			if f := d.Figure(j, c); f.Source >= 0 && f.Listed {
				out[f.Source].figures++
			}
		}
	}
	for c := range d.Cities {
		out[d.Cities[c].PopSource].places = true
		if k := d.Cities[c].GDPSource; k >= 0 {
			out[k].places = true
		}
	}
	for k, src := range d.Sources {
		switch src.ID {
		case "external_rankings", closedSource:
			out[k].rankings = true
		case "cldr_48", "geonames", "hand", "natural_earth": // names, coordinates, regions
			out[k].places = true
		}
	}
	return out
}

func (u sourceUse) words() string {
	var parts []string
	if u.records > 0 {
		parts = append(parts, plural(u.records, "record", "records"))
	}
	if u.figures > 0 {
		parts = append(parts, plural(u.figures, "figure", "figures"))
	}
	if u.places {
		parts = append(parts, "people, output or places")
	}
	if u.rankings {
		parts = append(parts, "validation only")
	}
	if len(parts) == 0 {
		return "read, not used in this edition"
	}
	return join(parts)
}

func (s *Session) methodSources() section {
	return methodPart("method-sources", func(w *markup.Writer) {
		d := s.data()
		uses := s.sourceUses()
		global, partial := 0, 0
		for row := range d.Len() {
			if d.CoverageOf(row) == data.Global {
				global++
			} else {
				partial++
			}
		}
		dated := 0
		for row := range d.Len() {
			if d.YearOf(row) > 0 {
				dated++
			}
		}
		prose(w, count(len(d.Sources))+" sources. The whole dataset holds "+count(d.Len())+" records, "+count(global)+" named by a source of global coverage and "+count(partial)+" by partial ones only; "+
			perCent(float64(dated)/float64(d.Len()))+" have a year. A record counts for each source that names it.")
		w.Open("div", "class", "sources")
		order := make([]int, len(d.Sources))
		for k := range order {
			order[k] = k
		}
		slices.SortStableFunc(order, func(a, b int) int {
			if c := cmp.Compare(uses[b].records, uses[a].records); c != 0 {
				return c
			}
			return cmp.Compare(uses[b].figures, uses[a].figures)
		})
		for _, k := range order {
			s.sourceEntry(w, k, uses[k])
		}
		w.Close("div")
		takeAway(w, "sources")
	})
}

func (s *Session) sourceEntry(w *markup.Writer, k int, use sourceUse) {
	src := &s.data().Sources[k]
	w.Open("details", "class", "source", "id", "source-"+src.ID)
	w.Open("summary").El("b", src.Title).Text(" ").El("span", src.Coverage.String(), "class", "coverage").Text(" ")
	w.El("span", src.AsOf, "class", "date").Text(" ").El("span", src.Licence, "class", "licence").Text(" ").El("span", use.words(), "class", "use").Close("summary")
	w.Open("dl")
	item := func(name, text string) {
		if text != "" {
			w.Open("div").El("dt", name).El("dd", text).Close("div")
		}
	}
	w.Open("div").El("dt", "Publisher").Open("dd")
	if src.URL == "" {
		w.Text(src.Publisher + ". No address of its own: each fact names the page where it was read.")
	} else {
		w.El("a", src.Publisher, "href", src.URL, "target", "_blank", "rel", "noopener noreferrer")
	}
	w.Close("dd", "div")
	item("Licence", src.Licence)
	item("Date", src.AsOf)
	item("How taken", src.HowTaken)
	item("Known bias", src.KnownBias)
	w.Close("dl", "details")
}

func (s *Session) sourcesSheet() sheet {
	d := s.data()
	t := sheet{title: "Sources", columns: []string{"id", "title", "publisher", "link", "licence", "date", "coverage", "records", "figures", "how_taken", "known_bias"}, sources: []int{}}
	for k, use := range s.sourceUses() {
		src := &d.Sources[k]
		t.rows = append(t.rows, []any{src.ID, src.Title, src.Publisher, src.URL, src.Licence, src.AsOf, src.Coverage.String(), use.records, use.figures, src.HowTaken, src.KnownBias})
	}
	return t
}
