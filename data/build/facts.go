package main

import (
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"aicities/data"
	"aicities/data/release"
)

// facts is what the folder of facts holds, checked row by row.
type facts struct {
	edition    data.Edition
	regions    []string
	countries  []data.Country
	cities     []city
	members    []member
	sources    []data.Source
	sectors    []string
	indicators []indicator
	measured   []measured
	national   []measured
	rankings   []data.Ranking
	unranked   int // rows of rankings with a score and no rank
	rows       []fact

	countryIndex, cityIndex, sourceIndex map[string]int
}

type city struct {
	data.City
	radius float64 // km
}

type member struct {
	city     int
	name     string
	lat, lon float64 // NaN where unknown
}

type indicator struct {
	data.IndicatorDef
	measure string
	zero    bool         // a city that the source does not list has 0; else its value is missing
	missing map[int]bool // countries whose values are missing whatever the source says
}

// measured is a figure of a city or a country.
type measured struct {
	measure string
	place   int // city or country
	unit    string
	figure  data.Figure
}

// fact is one row of an initiatives file.
type fact struct {
	data.Initiative // Refs holds one source; City is set when the place is folded
	place           string
	lat, lon        float64 // NaN where unknown
	file            string
	line            int
}

var columnsOf = map[string][]string{
	"edition.csv":           {"edition", "released", "title"},
	"countries.csv":         {"code", "name", "region"},
	"sectors.csv":           {"id", "title"},
	"sources.csv":           {"id", "title", "publisher", "url", "licence", "as_of", "coverage", "level", "how_taken", "known_bias"},
	"cities.csv":            {"id", "name", "native_name", "aliases", "country", "lat", "lon", "radius_km", "population", "population_year", "population_source", "gdp_usd", "gdp_year", "gdp_source", "gdp_note", "area_km2", "timezone", "wikidata", "iata", "rules", "notes"},
	"members.csv":           {"city_id", "name", "country", "lat", "lon"},
	"indicators.csv":        {"id", "pillar", "title", "unit", "direction", "made_of", "actor", "measure", "not_sources", "absent", "missing_countries", "coverage", "treatment", "per_capita", "level", "weight", "note"},
	"measured.csv":          {"measure", "city_id", "value", "unit", "period", "source", "source_url"},
	"measured_national.csv": {"measure", "country", "value", "unit", "period", "source", "source_url"},
	"rankings.csv":          {"study", "publisher", "year", "city_id", "rank", "score", "source", "source_url"},
}

// initiativeColumns are those of each file in the folder initiatives; the name
// of the file is the id of the source.
var initiativeColumns = []string{"name", "organisation", "city", "country", "lat", "lon", "actor", "sector", "ownership", "year", "status", "magnitude", "unit", "summary", "source_url"}

const maxSummary = 120 // characters

// readFacts reads and checks the folder of facts. The error lists what is wrong
// by file, line and column.
func readFacts(dir string) (*facts, error) {
	var bad problems
	tables := map[string][]row{}
	for _, file := range slices.Sorted(maps.Keys(columnsOf)) { // in one order, so that the first that is missing is named each time
		rows, err := readTable(dir, file, columnsOf[file], &bad)
		if err != nil {
			return nil, err
		}
		tables[file] = rows
	}
	names, err := os.ReadDir(filepath.Join(dir, "initiatives"))
	if err != nil {
		return nil, err
	}
	f := &facts{}
	f.readPlaces(tables, &bad)
	f.readSources(tables)
	f.readCities(tables)
	f.readIndicators(tables)
	f.readMeasured(tables)
	f.readRankings(tables)
	for _, entry := range names { // in order of name
		file := "initiatives/" + entry.Name()
		id, isCSV := strings.CutSuffix(entry.Name(), ".csv")
		source, known := f.sourceIndex[id]
		if !isCSV || !known {
			bad = append(bad, problem{file, 1, "", "is named for no source, expected the id of a source in sources.csv and .csv"})
			continue
		}
		rows, err := readTable(dir, file, initiativeColumns, &bad)
		if err != nil {
			return nil, err
		}
		for i := range rows {
			f.rows = append(f.rows, f.readInitiative(&rows[i], source))
		}
	}
	slices.SortStableFunc(bad, func(a, b problem) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return a.Line - b.Line
	})
	return f, bad.err()
}

// index returns the positions of ids and reports those that occur twice.
func index(rows []row, column string) map[string]int {
	m := map[string]int{}
	for i := range rows {
		id := rows[i].text(column)
		if _, twice := m[id]; twice {
			rows[i].fail(column, "%q occurs twice, expected each once", id)
			continue
		}
		m[id] = i
	}
	return m
}

// lookup returns the position of an id that must be known.
func lookup(r *row, column string, in map[string]int, file string) int {
	id := r.text(column)
	k, ok := in[id]
	if !ok {
		r.fail(column, "%q is not known, expected an id of %s", id, file)
	}
	return k
}

func sortRows(rows []row, column string) {
	slices.SortStableFunc(rows, func(a, b row) int { return strings.Compare(a.text(column), b.text(column)) })
}

func (f *facts) readPlaces(tables map[string][]row, bad *problems) {
	edition := tables["edition.csv"]
	if len(edition) == 1 {
		r := &edition[0]
		f.edition = data.Edition{ID: r.required("edition"), Released: r.required("released"), Title: r.required("title")}
	} else {
		*bad = append(*bad, problem{"edition.csv", 1, "", fmt.Sprintf("has %d rows, expected one", len(edition))})
	}

	countries := tables["countries.csv"]
	sortRows(countries, "code")
	f.countryIndex = index(countries, "code")
	regions := map[string]bool{}
	for i := range countries {
		regions[countries[i].required("region")] = true
	}
	for region := range regions {
		f.regions = append(f.regions, region)
	}
	slices.Sort(f.regions)
	for i := range countries {
		r := &countries[i]
		code := r.required("code")
		if len(code) != 2 || strings.ToUpper(code) != code {
			r.fail("code", "%q is not a country code, expected two capital letters (ISO 3166-1 alpha-2)", code)
		}
		f.countries = append(f.countries, data.Country{Code: code, Name: r.required("name"), Region: slices.Index(f.regions, r.text("region"))})
	}

	sectors := tables["sectors.csv"]
	sortRows(sectors, "id")
	index(sectors, "id")
	f.sectors = []string{""}
	for i := range sectors {
		f.sectors = append(f.sectors, sectors[i].id("id"))
		sectors[i].required("title")
	}
}

func (f *facts) readSources(tables map[string][]row) {
	rows := tables["sources.csv"]
	sortRows(rows, "id")
	f.sourceIndex = index(rows, "id")
	for i := range rows {
		r := &rows[i]
		f.sources = append(f.sources, readSource(r))
	}
}

func readSource(r *row) data.Source {
	s := data.Source{
		ID: r.id("id"), Title: r.required("title"), Publisher: r.required("publisher"), URL: r.address("url", true),
		Licence: r.required("licence"), AsOf: r.required("as_of"), Coverage: data.Coverage(r.oneOf("coverage", "global", "partial")),
		National: r.oneOf("level", "city", "national") == 1, HowTaken: r.text("how_taken"), KnownBias: r.text("known_bias"),
	}
	if _, ok := release.SourceTerms(&s); !ok && s.Licence != "" {
		r.fail("licence", "%q does not say what may be passed on, expected a licence such as CC BY 4.0, CC0, ODbL 1.0, MIT or public domain, 'none stated: facts only' or 'all rights reserved: cited only'", s.Licence)
	}
	return s
}

func (f *facts) readCities(tables map[string][]row) {
	rows := tables["cities.csv"]
	sortRows(rows, "id")
	f.cityIndex = index(rows, "id")
	for i := range rows {
		r := &rows[i]
		c := city{radius: r.requiredNumber("radius_km", 1, 500)}
		c.ID, c.Name, c.NativeName, c.Aliases = r.id("id"), r.required("name"), r.text("native_name"), r.list("aliases")
		c.Country = lookup(r, "country", f.countryIndex, "countries.csv")
		c.Lat, c.Lon = r.requiredNumber("lat", -90, 90), r.requiredNumber("lon", -180, 180)
		c.Population, c.PopYear = r.requiredNumber("population", 1, 1e8), r.year("population_year")
		c.PopSource = lookup(r, "population_source", f.sourceIndex, "sources.csv")
		c.GDP, c.GDPYear, c.GDPSource = r.number("gdp_usd", 1e6, 1e14), r.year("gdp_year"), -1
		if r.text("gdp_usd") != "" {
			c.GDPSource = lookup(r, "gdp_source", f.sourceIndex, "sources.csv")
		}
		c.Default = slices.Contains(r.list("rules"), "M")
		f.cities = append(f.cities, c)
	}
	members := tables["members.csv"]
	for i := range members {
		r := &members[i]
		m := member{city: lookup(r, "city_id", f.cityIndex, "cities.csv"), name: r.required("name"), lat: r.number("lat", -90, 90), lon: r.number("lon", -180, 180)}
		if k := lookup(r, "country", f.countryIndex, "countries.csv"); len(f.cities) > 0 && k != f.cities[m.city].Country {
			r.fail("country", "%q is not the country of %s, expected %s", r.text("country"), r.text("city_id"), f.countries[f.cities[m.city].Country].Code)
		}
		f.members = append(f.members, m)
		if len(f.cities) > 0 {
			f.cities[m.city].Members++
		}
	}
}

func (f *facts) readIndicators(tables map[string][]row) {
	rows := tables["indicators.csv"]
	index(rows, "id")
	actors := make([]string, data.NumActors)
	for a := range actors {
		actors[a] = data.Actor(a).String()
	}
	for i := range rows {
		r := &rows[i]
		x := indicator{measure: r.text("measure"), zero: r.oneOf("absent", "zero", "missing") == 0, missing: map[int]bool{}}
		x.ID, x.Title, x.Unit, x.Note = r.id("id"), r.required("title"), r.required("unit"), r.text("note")
		x.Pillar = data.Actor(r.oneOf("pillar", actors...))
		x.Direction = 1 - 2*r.oneOf("direction", "1", "-1")
		x.Made = data.Made(r.oneOf("made_of", "measured", "initiatives", "national"))
		if x.Made == data.Measured {
			r.required("measure")
			r.oneOf("actor", "")
		} else {
			r.oneOf("measure", "")
			x.Actor = data.Actor(r.oneOf("actor", actors...))
		}
		for _, id := range r.list("not_sources") {
			k, ok := f.sourceIndex[id]
			if !ok {
				r.fail("not_sources", "%q is not known, expected ids of sources.csv separated by |", id)
			}
			x.NotSources = append(x.NotSources, k)
		}
		for _, code := range r.list("missing_countries") {
			k, ok := f.countryIndex[code]
			if !ok {
				r.fail("missing_countries", "%q is not known, expected codes of countries.csv separated by |", code)
			}
			x.missing[k] = true
		}
		x.Coverage = data.Coverage(r.oneOf("coverage", "global", "partial"))
		x.Treatment = data.Treatment(r.oneOf("treatment", "none", "log"))
		x.PerCapita = r.oneOf("per_capita", "no", "yes") == 1
		x.National = r.oneOf("level", "city", "national") == 1
		x.Weight = r.requiredNumber("weight", 0.001, 1000)
		f.indicators = append(f.indicators, x)
	}
}

func (f *facts) readMeasured(tables map[string][]row) {
	read := func(file string) []measured {
		seen := map[string]bool{}
		var out []measured
		rows := tables[file]
		for i := range rows {
			r := &rows[i]
			x := f.readFigure(r)
			place := r.columns[1]
			key := x.measure + " " + r.text(place) + " " + x.figure.Period
			if seen[key] {
				r.fail(place, "%s occurs twice, expected one value for each measure, place and period", key)
			}
			seen[key] = true
			out = append(out, x)
		}
		return out
	}
	f.measured, f.national = read("measured.csv"), read("measured_national.csv")
}

// readFigure reads a figure of a city or, where the second column says so, of a
// country.
func (f *facts) readFigure(r *row) measured {
	x := measured{measure: r.id("measure"), unit: r.required("unit")}
	if r.columns[1] == "country" {
		x.place = lookup(r, "country", f.countryIndex, "countries.csv")
	} else {
		x.place = lookup(r, "city_id", f.cityIndex, "cities.csv")
	}
	x.figure = data.Figure{
		Value: r.requiredNumber("value", 0, 1e15), Period: r.period("period"),
		Source: lookup(r, "source", f.sourceIndex, "sources.csv"), URL: r.address("source_url", false), Listed: true,
	}
	return x
}

func (f *facts) readRankings(tables map[string][]row) {
	rows := tables["rankings.csv"]
	for i := range rows {
		r := &rows[i]
		x := data.Ranking{Study: r.required("study"), Publisher: r.required("publisher"), Year: r.year("year"),
			City: lookup(r, "city_id", f.cityIndex, "cities.csv"), URL: r.address("source_url", false)}
		lookup(r, "source", f.sourceIndex, "sources.csv")
		rank, score := r.number("rank", 1, 10000), r.number("score", -1e6, 1e6)
		switch {
		case rank == rank && rank == math.Trunc(rank):
			x.Rank = int(rank)
			f.rankings = append(f.rankings, x)
		case rank == rank:
			r.fail("rank", "%q is not a rank, expected a whole number", r.text("rank"))
		case score == score:
			f.unranked++
		default:
			r.fail("rank", "is empty like the score, expected one of them")
		}
	}
}

func (f *facts) readInitiative(r *row, source int) fact {
	x := fact{place: r.text("city"), lat: r.number("lat", -90, 90), lon: r.number("lon", -180, 180), file: r.file, line: r.lines[0]}
	x.Name, x.Organisation, x.Summary = r.required("name"), r.text("organisation"), r.text("summary")
	checkName(r, "name", x.Name)
	checkName(r, "organisation", x.Organisation)
	x.City, x.Country = -1, -1
	if f.sources[source].National {
		if x.place != "" {
			r.fail("city", "%q: records of a national source belong to the country, expected nothing", x.place)
		}
		if r.text("country") != "" {
			x.Country = lookup(r, "country", f.countryIndex, "countries.csv")
		}
	} else {
		r.required("city")
		x.Country = lookup(r, "country", f.countryIndex, "countries.csv")
	}
	if (r.text("lat") == "") != (r.text("lon") == "") {
		r.fail("lat", "stands without its pair, expected lat and lon or neither")
	}
	actors := make([]string, data.NumActors)
	for a := range actors {
		actors[a] = data.Actor(a).String()
	}
	x.Actor = data.Actor(r.oneOf("actor", actors...))
	x.Sector = r.oneOf("sector", f.sectors...)
	x.Ownership = data.Ownership(r.oneOf("ownership", "", "public", "private", "mixed"))
	x.Year = r.year("year")
	x.Status = data.Status(r.oneOf("status", "", "planned", "running", "ended"))
	x.Magnitude, x.Unit = r.number("magnitude", 0, 1e30), r.text("unit")
	if (r.text("magnitude") == "") != (x.Unit == "") {
		r.fail("unit", "%q with magnitude %q, expected both or neither", x.Unit, r.text("magnitude"))
	}
	if n := utf8.RuneCountInString(x.Summary); n > maxSummary {
		r.fail("summary", "has %d characters, expected at most %d", n, maxSummary)
	}
	x.Refs = []data.Ref{{Source: source, URL: r.address("source_url", false)}}
	return x
}
