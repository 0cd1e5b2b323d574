// Package release makes of a dataset the files that an edition is published as:
// tables as CSV with their description (a Frictionless Data Package), licences
// and checksums. It reads them back, and says what two editions differ in.
//
// It is for commands: nothing of it is linked into the program.
package release

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"aicities/data"
)

// Column describes one column of a table. Type is a type of the Frictionless
// Table Schema: string, integer, number, boolean, year or any.
type Column struct {
	Name, Type, Description string
}

// Table is one file of an edition. Cells are as they stand in the CSV: a number
// in digits, nothing where the value is unknown.
type Table struct {
	Name, Title string
	Columns     []Column
	Key         []string          // columns that name a row; a table without lists its rows in order
	Refers      map[string]string // column → table.column that has its values
	Terms       []string          // licences of the file, as SPDX names them
	Note        string            // what its licence means for who uses it
	Rows        [][]string
}

// TermsColumn is the name of the column that says what a row allows.
const TermsColumn = "terms"

type maker struct {
	d     *data.Dataset
	terms []Terms // by source
}

// Tables returns the tables of facts of a dataset: cities, indicators, values,
// initiatives and sources, those under the ODbL apart. What a licence does not
// allow is not in them.
func Tables(d *data.Dataset) ([]Table, error) {
	m := &maker{d: d, terms: make([]Terms, len(d.Sources))}
	for k := range d.Sources {
		t, ok := SourceTerms(&d.Sources[k])
		if !ok {
			return nil, fmt.Errorf("sources.csv: the licence of %s is not understood: %q; word it like those of other sources, or add its words to data/release/terms.go", d.Sources[k].ID, d.Sources[k].Licence)
		}
		m.terms[k] = t
	}
	initiatives, err := m.initiatives()
	if err != nil {
		return nil, err
	}
	return slices.Concat([]Table{m.cities(), m.indicators()}, m.values(), initiatives, []Table{m.sources()}), nil
}

const (
	attribution = "Name AI Cities Explorer and the sources of the rows that you use, with their licences: the column terms has them row by row."
	shareAlike  = "Name the sources. A database made from this file is under the ODbL, too. © OpenStreetMap contributors; © mluggy/techmap."
)

var termsColumn = Column{TermsColumn, "string", "what the sources of the row allow: SPDX identifiers of their licences, or public-domain, facts-only, counts-only (see LICENCES.md); several are separated by |"}

func (m *maker) cities() Table {
	t := Table{Name: "cities", Title: "Cities: urban areas, not municipalities", Key: []string{"id"}, Terms: []string{"CC-BY-4.0"}, Note: attribution,
		Refers: map[string]string{"population_source": "sources.id", "gdp_source": "sources.id"},
		Columns: []Column{
			{"id", "string", "identifier, as in the addresses of the site"},
			{"name", "string", "English name"},
			{"native_name", "string", "name in the city's own language, where it differs"},
			{"aliases", "string", "other names, separated by |"},
			{"country", "string", "ISO 3166-1 alpha-2 code"},
			{"country_name", "string", "English name of the country (Unicode CLDR)"},
			{"region", "string", "region of the world"},
			{"lat", "number", "degrees north, to a hundredth"},
			{"lon", "number", "degrees east, to a hundredth"},
			{"population", "integer", "people in the urban area"},
			{"population_year", "year", "year that the population is of"},
			{"population_source", "string", "id of its source"},
			{"gdp_usd", "number", "nominal output in US dollars: good enough to select cities, not to compare two; empty where unknown or not to be passed on"},
			{"gdp_year", "year", "year that the output is of"},
			{"gdp_source", "string", "id of its source"},
			{"default_universe", "boolean", "whether the city is one of the 100 that are ranked by default"},
			termsColumn,
		}}
	for i := range m.d.Cities {
		c := &m.d.Cities[i]
		country := &m.d.Countries[c.Country]
		gdp := []string{"", "", ""}
		used := []int{c.PopSource}
		if c.GDPSource >= 0 && m.terms[c.GDPSource] != CiteOnly {
			gdp = []string{number(c.GDP), year(c.GDPYear), m.d.Sources[c.GDPSource].ID}
			used = append(used, c.GDPSource)
		}
		for _, id := range []string{"geonames", "cldr_48"} { // coordinates and other names; names of countries
			if k, ok := m.d.SourceByID(id); ok {
				used = append(used, k)
			}
		}
		t.Rows = append(t.Rows, slices.Concat([]string{c.ID, c.Name, c.NativeName, strings.Join(c.Aliases, "|"), country.Code, country.Name, m.d.Regions[country.Region],
			number(c.Lat), number(c.Lon), number(c.Population), year(c.PopYear), m.d.Sources[c.PopSource].ID}, gdp, []string{strconv.FormatBool(c.Default), joined(m.of(used))}))
	}
	return t
}

func (m *maker) indicators() Table {
	t := Table{Name: "indicators", Title: "Indicators: what is measured or counted, and how it enters the index", Key: []string{"id"}, Terms: []string{"CC-BY-4.0"}, Note: attribution,
		Columns: []Column{
			{"id", "string", "identifier"},
			{"pillar", "string", "pillar of the index that it belongs to"},
			{"title", "string", "what it is"},
			{"unit", "string", "unit of its values"},
			{"direction", "integer", "1: more is better; -1: less is better"},
			{"made_of", "string", "measured, initiatives (counted from the records of an actor in the city) or national (counted from the records of the country)"},
			{"actor", "string", "whose records are counted"},
			{"not_sources", "string", "sources whose records are not counted, separated by |"},
			{"coverage", "string", "global: every city had the same chance to be in the source; partial: off by default"},
			{"treatment", "string", "none, or log: ln(x+1)"},
			{"per_capita", "boolean", "whether it can be put per million inhabitants"},
			{"national", "boolean", "whether it is the same for every city of a country"},
			{"weight", "number", "weight inside the pillar"},
			{"note", "string", "what to know when reading it"},
		}}
	for i := range m.d.Indicators {
		x := &m.d.Indicators[i]
		made, actor := "measured", ""
		switch x.Made {
		case data.MadeOfInitiatives:
			made, actor = "initiatives", x.Actor.String()
		case data.MadeOfNationalRecord:
			made, actor = "national", x.Actor.String()
		}
		treatment := "none"
		if x.Treatment == data.TreatLog {
			treatment = "log"
		}
		t.Rows = append(t.Rows, []string{x.ID, x.Pillar.String(), x.Title, x.Unit, strconv.Itoa(x.Direction), made, actor, strings.Join(m.ids(x.NotSources), "|"),
			x.Coverage.String(), treatment, strconv.FormatBool(x.PerCapita), strconv.FormatBool(x.National), number(x.Weight), x.Note})
	}
	return t
}

// values returns the indicators of every city under the default lens. A missing
// value has no row.
func (m *maker) values() []Table {
	t := Table{Name: "values", Title: "Values of the indicators by city", Key: []string{"city_id", "indicator"}, Terms: []string{"CC-BY-4.0"},
		Refers: map[string]string{"city_id": "cities.id", "indicator": "indicators.id", "source": "sources.id"},
		Note:   attribution + " Values marked facts-only or counts-only are sums per city that the project made; the lists behind them are not passed on.",
		Columns: []Column{
			{"city_id", "string", "city"},
			{"indicator", "string", "indicator"},
			{"value", "number", "the figure; a city and indicator without a row have no known value, which is not 0"},
			{"period", "string", "year or span of years; empty for counts of records and for zeros"},
			{"listed", "boolean", "false: the source is a list of complete kind that does not name the city, so that the value is 0"},
			{"source", "string", "id of the source; empty for counts of the records in initiatives"},
			{"source_url", "string", "where it was read"},
			termsColumn,
		}}
	odbl := t
	odbl.Name, odbl.Title, odbl.Terms, odbl.Note = "values_odbl", "Values of the indicators by city, from sources under the ODbL", []string{string(ODbL)}, shareAlike
	all := make([]int, len(m.d.Cities))
	for c := range all {
		all[c] = c
	}
	matrix := m.d.Matrix(all, data.Lens{Partial: true}, nil)
	for j, global := range m.d.Matrix(all, data.Lens{}, nil) {
		def := &m.d.Indicators[j]
		column := global
		if def.Coverage == data.Partial {
			column = matrix[j]
		}
		home := m.sourceOf(j)
		for c, x := range column {
			if x != x {
				continue
			}
			row := []string{m.d.Cities[c].ID, def.ID, number(x), "", "true", "", "", string(Own)}
			to := &t
			if def.Made == data.Measured {
				f := m.d.Figure(j, c)
				k := f.Source
				if k < 0 {
					k = home
				}
				if m.terms[k] == CiteOnly {
					continue
				}
				if m.terms[k] == ODbL {
					to = &odbl
				}
				row[3], row[4], row[5], row[6], row[7] = f.Period, strconv.FormatBool(f.Listed), m.d.Sources[k].ID, f.URL, string(m.terms[k])
			}
			to.Rows = append(to.Rows, row)
		}
	}
	return []Table{t, odbl}
}

// sourceOf is the source of a measured indicator, which also says its zeros.
func (m *maker) sourceOf(indicator int) int {
	for c := range m.d.Cities {
		if f := m.d.Figure(indicator, c); f.Source >= 0 {
			return f.Source
		}
	}
	return -1
}

// initiatives returns the records, each with no more than all its sources allow.
func (m *maker) initiatives() ([]Table, error) {
	t := Table{Name: "initiatives", Title: "Initiatives: what a source names, by city or, for national policies, by country", Terms: []string{"CC-BY-4.0"},
		Refers: map[string]string{"city_id": "cities.id"}, Note: attribution + " Of a row marked facts-only nothing is taken but name, place, year and address; actor, sector and coverage are the project's own.",
		Columns: []Column{
			{"city_id", "string", "city; empty for a national record"},
			{"country", "string", "ISO 3166-1 alpha-2 code"},
			{"name", "string", "what the source calls it"},
			{"organisation", "string", "who runs it; withheld where terms has facts-only"},
			{"actor", "string", "kind of who runs it: government, enterprise, startup, university, data_centre, telecom"},
			{"sector", "string", "what it is for; empty: unknown"},
			{"ownership", "string", "public, private, mixed; empty: unknown; withheld where terms has facts-only"},
			{"year", "year", "when it began, was founded, registered or first reported; empty: unknown"},
			{"status", "string", "planned, running, ended; empty: unknown"},
			{"magnitude", "number", "one size that the source states; withheld where terms has facts-only"},
			{"unit", "string", "unit of the size"},
			{"summary", "string", "what it is, in own words; withheld where terms has facts-only"},
			{"coverage", "string", "global where one of its sources is: these feed the indicators by default; else partial"},
			{"sources", "string", "ids of its sources, separated by |"},
			{"source_urls", "string", "where it was read, in the order of sources, separated by |"},
			termsColumn,
			{"digest", "string", "eight hexadecimal digits (SHA-256) of the whole record, what is withheld included: they differ where a later edition changed it"},
		}}
	odbl := t
	odbl.Name, odbl.Title, odbl.Terms, odbl.Note = "initiatives_odbl", "Initiatives that a source under the ODbL names", []string{string(ODbL)}, shareAlike
	for i := range m.d.Len() {
		x := m.d.Initiative(i)
		terms := m.of(m.d.SourcesOf(i))
		if slices.Contains(terms, CiteOnly) || slices.Contains(terms, CountsOnly) {
			return nil, fmt.Errorf("%s: its source %s does not allow records to be passed on: take the rows out of the facts, or keep sums per city only", x.Name, m.d.Sources[x.Refs[0].Source].ID)
		}
		var urls []string
		for _, ref := range x.Refs {
			urls = append(urls, ref.URL)
		}
		place := ""
		if x.City >= 0 {
			place = m.d.Cities[x.City].ID
		}
		row := []string{place, m.d.Countries[x.Country].Code, x.Name, x.Organisation, x.Actor.String(), m.d.Sectors[x.Sector], x.Ownership.String(), year(x.Year), x.Status.String(),
			number(x.Magnitude), x.Unit, x.Summary, m.d.CoverageOf(i).String(), strings.Join(m.ids(m.d.SourcesOf(i)), "|"), strings.Join(urls, "|"), joined(terms)}
		sum := sha256.Sum256([]byte(strings.Join(row, "\n")))
		if slices.Contains(terms, FactsOnly) {
			for k, c := range t.Columns {
				switch c.Name {
				case "organisation", "ownership", "magnitude", "unit", "summary":
					row[k] = ""
				}
			}
		}
		row = append(row, hex.EncodeToString(sum[:4]))
		if slices.Contains(terms, ODbL) {
			odbl.Rows = append(odbl.Rows, row)
		} else {
			t.Rows = append(t.Rows, row)
		}
	}
	return []Table{t, odbl}, nil
}

func (m *maker) sources() Table {
	t := Table{Name: "sources", Title: "Sources, with what their licences allow", Key: []string{"id"}, Terms: []string{"CC-BY-4.0"}, Note: attribution,
		Columns: []Column{
			{"id", "string", "identifier"},
			{"title", "string", "title"},
			{"publisher", "string", "publisher"},
			{"url", "string", "its address; empty where each fact has its own"},
			{"licence", "string", "what the source says of its licence"},
			{"terms", "string", "what follows for these files: an SPDX identifier, or public-domain, facts-only, counts-only, cite-only (see LICENCES.md)"},
			{"as_of", "string", "date or period"},
			{"coverage", "string", "global: every city had the same chance to be in it; partial"},
			{"national", "boolean", "whether its facts belong to countries"},
			{"how_taken", "string", "how its facts were taken"},
			{"known_bias", "string", "what it sees too much or too little of"},
		}}
	for k := range m.d.Sources {
		s := &m.d.Sources[k]
		t.Rows = append(t.Rows, []string{s.ID, s.Title, s.Publisher, s.URL, s.Licence, string(m.terms[k]), s.AsOf, s.Coverage.String(), strconv.FormatBool(s.National), s.HowTaken, s.KnownBias})
	}
	return t
}

func (m *maker) ids(sources []int) []string {
	var out []string
	for _, k := range sources {
		out = append(out, m.d.Sources[k].ID)
	}
	return out
}

// number writes a number so that it reads back as the same; nothing where it is
// missing.
func number(x float64) string {
	if x != x {
		return ""
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

func year(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}
