package model

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"aicities/data"
)

// Export writes records as files that say themselves what they hold: the title
// and the link of the view, the edition, and every source with its licence.
type Export struct {
	Data  *data.Dataset
	Title string
	Link  string // of the view
	Rows  []int32
}

// exportColumns are the fields of a record, in the order of the CSV.
var exportColumns = [...]string{
	"name", "organisation", "level", "city", "country", "actor", "sector", "ownership", "year", "status", "magnitude", "unit",
	"summary", "coverage", "sources", "links",
}

// separator stands between the several sources of a record in one CSV field.
const separator = " | "

// Formats of an export.
const (
	CSV  = "csv"
	JSON = "json"
)

// Part writes up to n records from the k-th on in one of the formats; the first
// part begins with the head, the last one ends with the tail. All parts together
// are the file: a program with one thread can write them over time.
func (x *Export) Part(format string, k, n int) string {
	b := make([]byte, 0, 512*n)
	if k == 0 {
		b = x.head(b, format)
	}
	end := min(k+n, len(x.Rows))
	for i := k; i < end; i++ {
		r := x.Data.Initiative(int(x.Rows[i]))
		coverage := x.Data.CoverageOf(int(x.Rows[i])).String()
		if format == CSV {
			b = x.csvRecord(b, &r, coverage)
			continue
		}
		if i > 0 {
			b = append(b, ',', '\n')
		}
		b = x.jsonRecord(b, &r, coverage)
	}
	if end == len(x.Rows) && format == JSON {
		b = append(b, "\n]}\n"...)
	}
	return string(b)
}

// Done says whether nothing is left from the k-th record on.
func (x *Export) Done(k int) bool { return k >= len(x.Rows) }

// sources lists the sources that the records name, in their order.
func (x *Export) sources() (out []int) {
	seen := make([]bool, len(x.Data.Sources))
	for _, row := range x.Rows {
		for _, s := range x.Data.SourcesOf(int(row)) {
			seen[s] = true
		}
	}
	for s, is := range seen {
		if is {
			out = append(out, s)
		}
	}
	return out
}

func (x *Export) head(b []byte, format string) []byte {
	if format == CSV {
		for _, line := range [][2]string{
			{"Title", x.Title}, {"View", x.Link}, {"Edition", x.Data.Edition.ID + ", " + x.Data.Edition.Released}, {"Records", strconv.Itoa(len(x.Rows))},
		} {
			b = comment(b, line[0], line[1])
		}
		for _, s := range x.sources() {
			src := &x.Data.Sources[s]
			b = comment(b, "Source "+src.ID, src.Title+"; "+src.Publisher+"; "+src.Licence+"; "+src.AsOf+"; "+src.Coverage.String()+"; "+src.URL)
		}
		return append(append(b, strings.Join(exportColumns[:], ",")...), '\r', '\n')
	}
	b = append(b, '{')
	b = member(b, "title", x.Title)
	b = member(b, "view", x.Link)
	b = member(b, "edition", x.Data.Edition.ID)
	b = member(b, "released", x.Data.Edition.Released)
	b = append(b, ",\n\"sources\":["...)
	for k, s := range x.sources() {
		src := &x.Data.Sources[s]
		if k > 0 {
			b = append(b, ',')
		}
		b = append(b, "\n{"...)
		for _, f := range [][2]string{
			{"id", src.ID}, {"title", src.Title}, {"publisher", src.Publisher}, {"licence", src.Licence}, {"as_of", src.AsOf},
			{"coverage", src.Coverage.String()}, {"url", src.URL},
		} {
			b = member(b, f[0], f[1])
		}
		b = append(b, '}')
	}
	return append(b, "],\n\"records\":[\n"...)
}

// comment writes a line before the table, which readers of CSV can skip by '#'.
func comment(b []byte, key, value string) []byte {
	b = append(append(append(b, "# "...), key...), ": "...)
	b = append(b, strings.NewReplacer("\r", " ", "\n", " ").Replace(value)...)
	return append(b, '\r', '\n')
}

// fields are a record's texts in the order of exportColumns, but for its
// sources and their links.
func (x *Export) fields(r *data.Initiative, coverage string) [len(exportColumns) - 2]string {
	level, city := "national", ""
	if r.City >= 0 {
		level, city = "city", x.Data.Cities[r.City].Name
	}
	year, magnitude := "", ""
	if r.Year != 0 {
		year = strconv.Itoa(r.Year)
	}
	if r.Magnitude == r.Magnitude {
		magnitude = strconv.FormatFloat(r.Magnitude, 'g', -1, 64)
	}
	return [...]string{
		r.Name, r.Organisation, level, city, x.Data.Countries[r.Country].Code, r.Actor.String(), x.Data.Sectors[r.Sector], r.Ownership.String(),
		year, r.Status.String(), magnitude, r.Unit, r.Summary, coverage,
	}
}

func (x *Export) csvRecord(b []byte, r *data.Initiative, coverage string) []byte {
	for _, f := range x.fields(r, coverage) {
		b = append(appendCSV(b, f), ',')
	}
	var sources, links []string
	for _, ref := range r.Refs {
		sources = append(sources, x.Data.Sources[ref.Source].ID)
		links = append(links, ref.URL)
	}
	b = append(appendCSV(b, strings.Join(sources, separator)), ',')
	return append(appendCSV(b, strings.Join(links, separator)), '\r', '\n')
}

func (x *Export) jsonRecord(b []byte, r *data.Initiative, coverage string) []byte {
	b = append(b, '{')
	for k, f := range x.fields(r, coverage) {
		switch key := exportColumns[k]; {
		case f == "": // unknown
		case key == "year" || key == "magnitude":
			b = append(append(appendKey(b, key), ':'), f...)
		default:
			b = member(b, key, f)
		}
	}
	b = append(appendKey(b, "sources"), ':', '[')
	for k, ref := range r.Refs {
		if k > 0 {
			b = append(b, ',')
		}
		b = append(b, '{')
		b = member(b, "id", x.Data.Sources[ref.Source].ID)
		b = append(member(b, "url", ref.URL), '}')
	}
	return append(b, "]}"...)
}

// appendCSV writes a field as RFC 4180 says.
func appendCSV(b []byte, s string) []byte {
	if !strings.ContainsAny(s, ",\"\r\n") {
		return append(b, s...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}

// member writes one text of a JSON object.
func member(b []byte, key, value string) []byte {
	return appendJSON(append(appendKey(b, key), ':'), value)
}

// appendKey writes a key of a JSON object, with a comma unless it is the first.
func appendKey(b []byte, key string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return appendJSON(b, key)
}

// appendJSON writes a text as RFC 8259 says; what is not UTF-8 becomes U+FFFD.
func appendJSON(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ' || r == 0x7f || r == 0x2028 || r == 0x2029:
			b = append(b, '\\', 'u', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
