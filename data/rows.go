package data

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// rows holds the initiatives as columns.
type rows struct {
	n, cityRows int
	city        []int16 // -1: national record
	country     []uint8
	actor       []uint8
	sector      []uint8
	ownership   []uint8
	status      []uint8
	year        []uint8  // index into years
	sources     []uint16 // index into sets
	years       []int    // [0] is 0, unknown; then ascending
	sets        []sourceSet

	cityStart []int32 // made when first asked for; rows of city c: cityRow[cityStart[c]:cityStart[c+1]]
	cityRow   []int32

	name                       lines // in short form, as are the next three: see short.go
	organisation, summary, url repeating
	unit                       []uint8 // index into units
	units                      []string
	magnitudes                 reader    // their columns
	magnitude                  []float64 // made when first asked for
	firstRef                   []uint32  // of each row into url; made when first asked for
}

// sourceSet is a combination of sources that name one record.
type sourceSet struct {
	list []int
	mask Set
}

// dictionary numbers texts in the order in which they come.
type dictionary struct {
	codes map[string]int
	texts []string
}

func (d *dictionary) code(text string) int {
	k, ok := d.codes[text]
	if !ok {
		k = len(d.texts)
		d.codes[text] = k
		d.texts = append(d.texts, text)
	}
	return k
}

// encodePlace is the place of a row as a difference to the row above it: of
// cities, or of countries once the records of cities end.
func encodePlace(x, above *Initiative) int {
	switch {
	case x.City >= 0:
		return x.City - max(above.City, 0)
	case above.City >= 0:
		return x.Country
	}
	return x.Country - above.Country
}

func encodeRows(w *columns, c *Content) {
	n := len(c.Initiatives)
	years := map[int]int{0: 0}
	for i := range c.Initiatives {
		years[c.Initiatives[i].Year] = 0
	}
	yearList := slices.Sorted(maps.Keys(years))
	for k, y := range yearList {
		years[y] = k
	}
	units, sets := dictionary{codes: map[string]int{}}, dictionary{codes: map[string]int{}}
	units.code("") // 0: none
	place, actor, sector, owner, status := make([]int, n), make([]int, n), make([]int, n), make([]int, n), make([]int, n)
	year, unit, set := make([]int, n), make([]int, n), make([]int, n)
	name, org, summary := make([]string, n), make([]string, n), make([]string, n)
	var url []string
	var magnitude []float64
	cityRows := 0
	above := &Initiative{}
	for i := range c.Initiatives {
		x := &c.Initiatives[i]
		where := ""
		if x.City >= 0 {
			cityRows++
			where = c.Cities[x.City].Name
		}
		place[i] = encodePlace(x, above)
		actor[i], sector[i], owner[i], status[i] = int(x.Actor), x.Sector, int(x.Ownership), int(x.Status)
		year[i], unit[i] = years[x.Year], units.code(x.Unit)
		if x.Unit != "" {
			magnitude = append(magnitude, x.Magnitude)
		}
		name[i], org[i] = shortNames(x.Name, x.Organisation)
		summary[i] = shortSummary(x.Summary, x, where)
		var ids []string
		for _, ref := range x.Refs {
			ids = append(ids, strconv.Itoa(ref.Source))
			url = append(url, shortURL(ref.URL, x.Name, x.Organisation))
		}
		set[i] = sets.code(strings.Join(ids, "|"))
		above = x
	}
	w.ints("row.years", yearList)
	w.strings("row.units", units.texts[1:])
	w.strings("row.sets", sets.texts)
	w.ints("row.cityrows", []int{cityRows})
	w.signed("row.place", place)
	w.ints("row.sources", set)
	w.ints("row.actor", actor)
	w.ints("row.sector", sector)
	w.ints("row.ownership", owner)
	w.ints("row.status", status)
	w.ints("row.year", year)
	w.ints("row.unit", unit)
	w.decimals("row.magnitude", magnitude)
	w.strings("row.name", name)
	w.repeating("row.organisation", org)
	w.repeating("row.summary", summary)
	w.repeating("row.url", url)
}

func decodeRows(r *reader, d *Dataset) rows {
	var t rows
	t.years = r.ints("row.years", -1, maxYear)
	t.units = append([]string{""}, r.strings("row.units", -1)...)
	if len(t.years) == 0 || len(t.years) > 256 || len(t.units) > 256 || len(d.Sectors) > 256 {
		r.fail("row.years, row.units, sectors", "1 to 256 values expected")
		return t
	}
	for _, list := range r.strings("row.sets", -1) {
		var s sourceSet
		for _, code := range strings.Split(list, "|") {
			k, err := strconv.Atoi(code)
			if err != nil || k < 0 || k >= len(d.Sources) {
				r.fail("row.sets", "unknown source "+strconv.Quote(code))
			}
			s.list = append(s.list, k)
			s.mask.Add(k)
		}
		t.sets = append(t.sets, s)
	}
	_, t.n = r.raw("row.place")
	t.cityRows = r.ints("row.cityrows", 1, t.n)[0]
	t.placeRows(r, d)
	t.actor = r.bytes("row.actor", t.n, NumActors-1)
	t.sector = r.bytes("row.sector", t.n, len(d.Sectors)-1)
	t.ownership = r.bytes("row.ownership", t.n, NumOwnerships-1)
	t.status = r.bytes("row.status", t.n, NumStatuses-1)
	t.year = r.bytes("row.year", t.n, len(t.years)-1)
	t.unit = r.bytes("row.unit", t.n, len(t.units)-1)
	t.sources = readInts[uint16](r, "row.sources", t.n, min(len(t.sets), 1<<16)-1)
	t.magnitudes = reader{bin: r.bin}
	t.name, t.organisation = r.lines("row.name"), r.repeating("row.organisation")
	t.summary, t.url = r.repeating("row.summary"), r.repeating("row.url")
	return t
}

// readMagnitudes reads one number for each row with a unit, NaN for the others.
func (t *rows) readMagnitudes() {
	n := 0
	for _, u := range t.unit {
		n += boolInt(u != 0)
	}
	values := t.magnitudes.decimals("row.magnitude", n)
	t.magnitude = make([]float64, t.n)
	for i, u := range t.unit {
		if t.magnitude[i] = nan; u != 0 {
			t.magnitude[i], values = values[0], values[1:]
		}
	}
}

// placeRows makes city and country of each row from their differences.
func (t *rows) placeRows(r *reader, d *Dataset) {
	t.city, t.country = make([]int16, t.n), make([]uint8, t.n)
	if len(d.Cities) > 1<<15 {
		r.fail("city.id", "more than 32768 cities")
		return
	}
	b, _ := r.raw("row.place")
	at := 0
	for i := range t.n {
		limit := len(d.Cities)
		if i >= t.cityRows {
			limit = len(d.Countries)
		}
		if i == t.cityRows {
			at = 0
		}
		var step uint64
		step, b = nextVarint(b)
		at += int(unzigzag(step))
		if at < 0 || at >= limit {
			r.fail("row.place", "out of range in row "+strconv.Itoa(i))
			return
		}
		if i < t.cityRows {
			t.city[i], t.country[i] = int16(at), uint8(d.Cities[at].Country)
		} else {
			t.city[i], t.country[i] = -1, uint8(at)
		}
	}
}

// listRows makes the list of rows of each city.
func (t *rows) listRows(cities int) {
	t.cityStart, t.cityRow = make([]int32, cities+1), make([]int32, t.cityRows)
	for _, c := range t.city[:t.cityRows] {
		t.cityStart[c+1]++
	}
	for c := range cities {
		t.cityStart[c+1] += t.cityStart[c]
	}
	next := append([]int32(nil), t.cityStart...)
	for i, c := range t.city[:t.cityRows] {
		t.cityRow[next[c]] = int32(i)
		next[c]++
	}
}

// Len returns the number of records, national ones included.
func (d *Dataset) Len() int { return d.rows.n }

// CityRows returns the number of records of cities; rows from there to Len()-1
// are national records.
func (d *Dataset) CityRows() int { return d.rows.cityRows }

// RowsOfCity returns the rows of a city in ascending order. The slice belongs to
// the dataset.
func (d *Dataset) RowsOfCity(city int) []int32 {
	t := &d.rows
	if t.cityStart == nil {
		t.listRows(len(d.Cities))
	}
	return t.cityRow[t.cityStart[city]:t.cityStart[city+1]]
}

// NationalRows returns the rows of the national records of a country.
func (d *Dataset) NationalRows(country int) []int {
	var out []int
	for i := d.rows.cityRows; i < d.rows.n; i++ {
		if int(d.rows.country[i]) == country {
			out = append(out, i)
		}
	}
	return out
}

// CityOf returns the city of a row, -1 for a national record.
func (d *Dataset) CityOf(row int) int { return int(d.rows.city[row]) }

// CountryOf returns the country of a row.
func (d *Dataset) CountryOf(row int) int { return int(d.rows.country[row]) }

// ActorOf returns the actor of a row.
func (d *Dataset) ActorOf(row int) Actor { return Actor(d.rows.actor[row]) }

// SectorOf returns the sector of a row, an index into Sectors.
func (d *Dataset) SectorOf(row int) int { return int(d.rows.sector[row]) }

// OwnershipOf returns the ownership of a row.
func (d *Dataset) OwnershipOf(row int) Ownership { return Ownership(d.rows.ownership[row]) }

// YearOf returns the year of a row, 0 where unknown.
func (d *Dataset) YearOf(row int) int { return d.rows.years[d.rows.year[row]] }

// SourcesOf returns the sources of a row. The slice belongs to the dataset.
func (d *Dataset) SourcesOf(row int) []int { return d.rows.sets[d.rows.sources[row]].list }

// CoverageOf returns Global where at least one source of the row is global.
func (d *Dataset) CoverageOf(row int) Coverage {
	for _, s := range d.SourcesOf(row) {
		if d.Sources[s].Coverage == Global {
			return Global
		}
	}
	return Partial
}

// NameOf returns the name of a row.
func (d *Dataset) NameOf(row int) string {
	name, _ := longNames(d.rows.name.at(row), d.rows.organisation.at(row))
	return name
}

// OrganisationOf returns the organisation of a row, "" where unknown.
func (d *Dataset) OrganisationOf(row int) string {
	_, org := longNames(d.rows.name.at(row), d.rows.organisation.at(row))
	return org
}

// SummaryOf returns the summary of a row.
func (d *Dataset) SummaryOf(row int) string {
	short := d.rows.summary.at(row)
	if !strings.ContainsAny(short, summaryMarks) {
		return short
	}
	where := ""
	if c := d.CityOf(row); c >= 0 {
		where = d.Cities[c].Name
	}
	return longSummary(short, d.YearOf(row), d.NameOf(row), d.OrganisationOf(row), where)
}

// RefsOf returns the sources of a row with the addresses where it was read.
func (d *Dataset) RefsOf(row int) []Ref {
	t := &d.rows
	if t.firstRef == nil {
		t.firstRef = make([]uint32, t.n)
		next := uint32(0)
		for i := range t.firstRef {
			t.firstRef[i] = next
			next += uint32(len(d.SourcesOf(i)))
		}
	}
	sources := d.SourcesOf(row)
	name, org := d.NameOf(row), d.OrganisationOf(row)
	refs := make([]Ref, len(sources))
	for k, s := range sources {
		short := t.url.at(int(t.firstRef[row]) + k)
		refs[k] = Ref{Source: s, URL: longURL(short, name, org)}
	}
	return refs
}

// Initiative returns a row as an object.
func (d *Dataset) Initiative(row int) Initiative {
	t := &d.rows
	if t.magnitude == nil {
		t.readMagnitudes()
	}
	return Initiative{
		Name: d.NameOf(row), Organisation: d.OrganisationOf(row),
		City: d.CityOf(row), Country: d.CountryOf(row),
		Actor: d.ActorOf(row), Sector: d.SectorOf(row), Ownership: d.OwnershipOf(row),
		Year: d.YearOf(row), Status: Status(t.status[row]),
		Magnitude: t.magnitude[row], Unit: t.units[t.unit[row]],
		Summary: d.SummaryOf(row), Refs: d.RefsOf(row),
	}
}
