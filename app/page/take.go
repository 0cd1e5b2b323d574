package page

import (
	"math"
	"strconv"
	"strings"
	"time"

	"aicities/app/chart"
	"aicities/app/markup"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// What can be taken away: every table as CSV and JSON, every chart as SVG and
// PNG. A screen registers its tables in sheets and its charts in pictures under
// a name, and puts takeAway(w, name) beside them.

// sheet is a table to take away.
type sheet struct {
	title   string
	columns []string // one word each, as a program reads them
	rows    [][]any  // string, int, float64 (NaN where there is no value) or bool
	sources []int    // index into the dataset's sources; nil stands for those of the ranking

	// A table too long to be held has, in place of rows, their number and a
	// function that makes one.
	n   int
	row func(i int) []any
}

func (t *sheet) len() int {
	if t.row != nil {
		return t.n
	}
	return len(t.rows)
}

func (t *sheet) at(i int) []any {
	if t.row != nil {
		return t.row(i)
	}
	return t.rows[i]
}

// picture is a chart to take away.
type picture struct {
	drawing *chart.Drawing
	sources []int // as in sheet
}

var (
	sheets   = map[string]func(*Session) sheet{}
	pictures = map[string]func(*Session) picture{}
)

func init() {
	sheets["ranking"] = (*Session).rankingSheet
	actions["take"] = take
}

// takeAway writes the menu of what can be taken of the table or chart name.
func takeAway(w *markup.Writer, name string) {
	w.Open("details", "class", "take needs-app", "id", "take-"+name)
	w.El("summary", "Take it away")
	w.Open("div", "class", "take-menu")
	option := func(kind, label, help string) {
		w.El("button", label, "type", "button", "class", "quiet", "data-do", "take", "data-arg", kind+" "+name, "id", "take-"+kind+"-"+name, "title", help)
	}
	if sheets[name] != nil {
		option("csv", "CSV", "The table for a spreadsheet")
		option("json", "JSON", "The table for a program")
	}
	if pictures[name] != nil {
		option("svg", "SVG", "The chart as a drawing that can be scaled and edited")
		option("png", "PNG", "The chart as a picture")
	}
	w.Close("div", "details")
}

// take saves what was asked for as a file.
func take(a *App, e event) {
	kind, name, _ := strings.Cut(e.arg, " ")
	if name == "map" && a.s.outline == "" {
		a.withOutline(func() { take(a, e) })
		return
	}
	link := absolute(a.s.address())
	what := name
	if _, ok := a.s.city(); ok {
		what = strings.Replace(strings.TrimPrefix(a.s.Path, "/"), "/", "-", 1) + strings.TrimPrefix("-"+name, "-city")
	}
	file := "ai-cities-" + what + "-" + a.s.edition() + "." + kind
	live := app.Window().Get("live")
	switch table, chart := sheets[name], pictures[name]; {
	case kind == "csv" && table != nil:
		t := table(a.s)
		a.save(file, "text/csv;charset=utf-8", t.len(), t.csvPart, a.s.about(t.title, link, t.sources))
	case kind == "json" && table != nil:
		t := table(a.s)
		a.save(file, "application/json", t.len(), t.jsonPart, a.s.about(t.title, link, t.sources))
	case chart != nil:
		p := chart(a.s)
		about := a.s.about(p.drawing.Title, link, p.sources)
		svg, width, height := p.drawing.File(about)
		if kind == "png" {
			text := p.drawing.PNGText(about)
			chunk := app.Window().Get("Uint8Array").New(len(text))
			app.CopyBytesToJS(chunk, text)
			live.Call("picture", file, svg, width, height, chunk)
		} else {
			live.Call("save", file, "image/svg+xml", svg)
		}
	}
}

// shortTable is how many rows are written at once; longer tables are written in
// parts of as many, between which the browser can do its own.
const shortTable = 250

// save saves a table of n rows, of which part writes those from a given one to
// before another.
func (a *App) save(file, kind string, n int, part func(about chart.About, from, to int) []byte, about chart.About) {
	live := app.Window().Get("live")
	if n <= shortTable {
		live.Call("save", file, kind, string(part(about, 0, n)))
		return
	}
	making := "The file with " + plural(n, "row", "rows") + " is being made. The browser saves it in a moment."
	a.s.ui.message = making
	a.ctx.Async(func() {
		var parts []any
		for from := 0; from < n; from += shortTable {
			parts = append(parts, string(part(about, from, min(from+shortTable, n))))
			time.Sleep(time.Millisecond)
		}
		live.Call("save", append([]any{file, kind}, parts...)...)
		a.ctx.Dispatch(func(ctx app.Context) {
			if a.s.ui.message == making {
				a.s.ui.message = ""
				a.show(ctx)
			}
		})
	})
}

// about is what is inside everything that is taken away.
func (s *Session) about(title, link string, sources []int) chart.About {
	if sources == nil {
		sources = s.Explorer.Sources(s.Ranking)
	}
	a := chart.About{Title: title, Link: link, Edition: siteName + " " + s.edition()}
	for _, k := range sources {
		src := &s.data().Sources[k]
		a.Sources = append(a.Sources, chart.Source{Title: src.Title, Publisher: src.Publisher, Licence: src.Licence, Link: src.URL})
	}
	return a
}

// rankingSheet is the ranking with the figures as the engine has them, in the
// order of the page.
func (s *Session) rankingSheet() sheet {
	r := s.Ranking
	t := sheet{title: s.Title(), columns: []string{"rank", "id", "city", "country", "score",
		"government", "enterprise", "startup", "university", "data_centre", "telecom", "rank_low", "rank_high", "initiatives"}}
	for _, i := range s.sorted() {
		c := s.cityOf(i)
		row := []any{place(r.Rank[i]), c.ID, c.Name, s.countryOf(i).Code, r.Score[i]}
		for _, x := range r.Pillar[i] {
			row = append(row, x)
		}
		low, high := math.NaN(), math.NaN()
		if sure := s.sure(); sure != nil && r.Rank[i] > 0 {
			low, high = float64(sure.Intervals[i].Low), float64(sure.Intervals[i].High)
		}
		t.rows = append(t.rows, append(row, low, high, r.Initiatives[i]))
	}
	return t
}

// place is a rank as a number, missing for a city that has none.
func place(rank int) float64 {
	if rank == 0 {
		return math.NaN()
	}
	return float64(rank)
}

func (t *sheet) csv(about chart.About) string { return string(t.csvPart(about, 0, t.len())) }

// csvPart writes rows as RFC 4180 asks, the first after lines that start with
// '#' and say what the table is. It starts with a byte order mark: without one,
// spreadsheets take 'São Paulo' for another alphabet.
func (t *sheet) csvPart(about chart.About, from, to int) []byte {
	var b []byte
	if from == 0 {
		b = t.csvHead(about)
	}
	for i := from; i < to; i++ {
		for k, cell := range t.at(i) {
			if k > 0 {
				b = append(b, ',')
			}
			switch x := cell.(type) {
			case string:
				b = csvText(b, x)
			default:
				b = appendValue(b, x, "")
			}
		}
		b = append(b, "\r\n"...)
	}
	return b
}

func (t *sheet) csvHead(about chart.About) []byte {
	b := []byte("\ufeff")
	note := func(text string) {
		b = append(append(append(b, "# "...), oneLine(text)...), "\r\n"...)
	}
	note(about.Title)
	note("Edition: " + about.Edition)
	note("This view: " + about.Link)
	for _, s := range about.Sources {
		note("Source: " + s.String() + ". " + s.Link)
	}
	for k, name := range t.columns {
		if k > 0 {
			b = append(b, ',')
		}
		b = csvText(b, name)
	}
	return append(b, "\r\n"...)
}

// csvText writes a cell of text. A spreadsheet must not take it for a formula:
// an apostrophe goes before the characters that start one (OWASP, CSV injection).
func csvText(b []byte, s string) []byte {
	if s != "" && strings.IndexByte("=+-@\t\r\n", s[0]) >= 0 {
		s = "'" + s
	}
	if !strings.ContainsAny(s, ",\"\r\n") && (s == "" || s[0] != '#') {
		return append(b, s...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (t *sheet) json(about chart.About) string { return string(t.jsonPart(about, 0, t.len())) }

// jsonPart writes rows of {title, link, edition, sources, columns, rows}, the
// first after what stands before them, the last with the end.
func (t *sheet) jsonPart(about chart.About, from, to int) []byte {
	var b []byte
	if from == 0 {
		b = t.jsonHead(about)
	}
	for i := from; i < to; i++ {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, "\n["...)
		for k, cell := range t.at(i) {
			if k > 0 {
				b = append(b, ',')
			}
			if s, ok := cell.(string); ok {
				b = append(b, jsonText(s)...)
			} else {
				b = appendValue(b, cell, "null")
			}
		}
		b = append(b, ']')
	}
	if to == t.len() {
		b = append(b, "\n]}\n"...)
	}
	return b
}

func (t *sheet) jsonHead(about chart.About) []byte {
	b := append([]byte(`{"title":`), jsonText(about.Title)...)
	b = append(append(b, `,"link":`...), jsonText(about.Link)...)
	b = append(append(b, `,"edition":`...), jsonText(about.Edition)...)
	b = append(b, `,"sources":[`...)
	for k, s := range about.Sources {
		if k > 0 {
			b = append(b, ',')
		}
		b = append(append(b, `{"title":`...), jsonText(s.Title)...)
		b = append(append(b, `,"publisher":`...), jsonText(s.Publisher)...)
		b = append(append(b, `,"licence":`...), jsonText(s.Licence)...)
		b = append(append(b, `,"link":`...), jsonText(s.Link)...)
		b = append(b, '}')
	}
	b = append(b, "],\n\"columns\":["...)
	for k, name := range t.columns {
		if k > 0 {
			b = append(b, ',')
		}
		b = append(b, jsonText(name)...)
	}
	return append(b, "],\n\"rows\":["...)
}

// appendValue writes a number in full, so that it reads back as the same, or
// none where the value is missing.
func appendValue(b []byte, cell any, none string) []byte {
	switch x := cell.(type) {
	case int:
		return strconv.AppendInt(b, int64(x), 10)
	case bool:
		return strconv.AppendBool(b, x)
	case float64:
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			return strconv.AppendFloat(b, x, 'f', -1, 64)
		}
	}
	return append(b, none...)
}

// jsonText quotes a string for JSON (RFC 8259). Text that is not UTF-8 gets the
// replacement character.
func jsonText(s string) []byte {
	const hex = "0123456789abcdef"
	b := append(make([]byte, 0, len(s)+2), '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ' || r == '\u2028' || r == '\u2029':
			b = append(b, '\\', 'u', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		default:
			b = append(b, string(r)...)
		}
	}
	return append(b, '"')
}
