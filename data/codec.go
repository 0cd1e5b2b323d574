package data

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"unsafe"

	"github.com/vmihailenco/msgpack/v5"
)

//go:embed dataset.msgpack
var embedded []byte

const (
	magic = "aicities"
	// SchemaVersion changes when a program of before could not read the file.
	SchemaVersion = 1
)

var nan = math.NaN()

// Content is everything that Encode writes: a dataset as objects, as the build
// makes it.
type Content struct {
	Edition     Edition
	Regions     []string
	Countries   []Country
	Cities      []City
	Sources     []Source
	Sectors     []string
	Indicators  []IndicatorDef
	Figures     [][]Figure // [indicator][city]; nil where made of initiatives
	Rankings    []Ranking
	Initiatives []Initiative // those of cities first, then national records
}

// Encode writes a dataset file. The same content gives the same bytes.
func Encode(c *Content) ([]byte, error) {
	w := newColumns()
	w.strings("edition", []string{c.Edition.ID, c.Edition.Released, c.Edition.Title})
	w.strings("regions", c.Regions)
	w.strings("sectors", c.Sectors)
	encodeCountries(w, c.Countries)
	encodeCities(w, c.Cities)
	encodeSources(w, c.Sources)
	encodeIndicators(w, c.Indicators)
	encodeFigures(w, c.Figures)
	encodeRankings(w, c.Rankings)
	encodeRows(w, c)
	if w.err != nil {
		return nil, w.err
	}

	var body bytes.Buffer
	e := msgpack.NewEncoder(&body)
	if err := e.EncodeMapLen(len(w.names)); err != nil {
		return nil, err
	}
	for _, name := range w.names {
		if err := e.EncodeString(name); err != nil {
			return nil, err
		}
		var err error
		if b, ok := w.bin[name]; ok {
			err = e.EncodeBytes(b)
		} else {
			err = e.EncodeString(w.text[name])
		}
		if err != nil {
			return nil, err
		}
	}
	var file bytes.Buffer
	e = msgpack.NewEncoder(&file)
	head := []error{
		e.EncodeArrayLen(4), e.EncodeString(magic), e.EncodeUint(SchemaVersion),
		e.EncodeUint64(checksum(body.Bytes())),
	}
	if err := errors.Join(head...); err != nil {
		return nil, err
	}
	file.Write(body.Bytes())
	return file.Bytes(), nil
}

// Decode reads a dataset file. Any bytes give a dataset or an error, and memory
// in proportion to the bytes. The dataset keeps file, which must not change.
func Decode(file []byte) (*Dataset, error) {
	in := bytes.NewReader(file)
	dec := msgpack.NewDecoder(in)
	if n, err := dec.DecodeArrayLen(); err != nil || n != 4 {
		return nil, errors.New("data: not a dataset file: it does not start with an array of 4")
	}
	if s, _, err := nextValue(dec, in, file); err != nil || string(s) != magic {
		return nil, errors.New("data: not a dataset file: the mark " + magic + " is absent")
	}
	version, err := dec.DecodeUint64()
	if err != nil || version != SchemaVersion {
		return nil, errors.New("data: schema version " + strconv.FormatUint(version, 10) + " of the dataset, this program reads " + strconv.Itoa(SchemaVersion))
	}
	sum, err := dec.DecodeUint64()
	if err != nil {
		return nil, errors.New("data: the checksum cannot be read")
	}
	if sum != checksum(file[len(file)-in.Len():]) {
		return nil, errors.New("data: the dataset is damaged: its checksum differs")
	}
	r, err := readColumns(dec, in, file)
	if err != nil {
		return nil, err
	}
	return decodeColumns(r)
}

// readColumns reads the map of columns; what follows it is an error.
func readColumns(dec *msgpack.Decoder, in *bytes.Reader, file []byte) (*reader, error) {
	n, err := dec.DecodeMapLen()
	if err != nil {
		return nil, errors.New("data: the columns cannot be read: " + err.Error())
	}
	r := &reader{text: map[string]string{}, bin: map[string][]byte{}}
	for range n {
		name, _, err := nextValue(dec, in, file)
		if err != nil {
			return nil, errors.New("data: the name of a column cannot be read: " + err.Error())
		}
		value, isText, err := nextValue(dec, in, file)
		switch {
		case err != nil:
			return nil, errors.New("data: column " + string(name) + ": " + err.Error())
		case isText:
			// Decode keeps the file, so a text column need not be copied.
			r.text[string(name)] = unsafe.String(unsafe.SliceData(value), len(value))
		default:
			r.bin[string(name)] = value
		}
	}
	if in.Len() > 0 {
		return nil, errors.New("data: bytes follow the columns")
	}
	return r, nil
}

// nextValue reads a str or bin as a part of file. The library's own functions
// make a slice as long as the file says before they read it.
func nextValue(dec *msgpack.Decoder, in *bytes.Reader, file []byte) (value []byte, isText bool, err error) {
	code, err := dec.PeekCode()
	if err != nil {
		return nil, false, err
	}
	n, err := dec.DecodeBytesLen()
	if err != nil {
		return nil, false, err
	}
	if n < 0 || n > in.Len() {
		return nil, false, errors.New("a value is longer than the file")
	}
	at := len(file) - in.Len()
	if _, err := in.Seek(int64(n), io.SeekCurrent); err != nil {
		return nil, false, err
	}
	isBin := code >= 0xc4 && code <= 0xc6
	return file[at : at+n : at+n], !isBin, nil
}

func decodeColumns(r *reader) (*Dataset, error) {
	d := &Dataset{Regions: r.strings("regions", -1), Sectors: r.strings("sectors", -1)}
	ed := r.strings("edition", 3)
	d.Edition = Edition{ID: ed[0], Released: ed[1], Title: ed[2]}
	d.Countries = decodeCountries(r, len(d.Regions))
	d.Sources = decodeSources(r)
	d.Cities = decodeCities(r, d)
	d.Indicators = decodeIndicators(r, d)
	d.figures = decodeFigures(r, d)
	d.Rankings = decodeRankings(r, d)
	d.rows = decodeRows(r, d)
	if r.err != nil {
		return nil, r.err
	}
	return d, nil
}

// checksum tells damage, not malice: a 64-bit multiplicative hash over
// little-endian words, as fast in WebAssembly as reading the bytes.
func checksum(b []byte) uint64 {
	h := uint64(len(b)) ^ 0x9e3779b97f4a7c15
	for len(b) >= 8 {
		h = (h ^ binary.LittleEndian.Uint64(b)) * 0xff51afd7ed558ccd
		h ^= h >> 32
		b = b[8:]
	}
	for _, c := range b {
		h = (h ^ uint64(c)) * 0xff51afd7ed558ccd
		h ^= h >> 32
	}
	return h
}

func encodeCountries(w *columns, v []Country) {
	var code, name []string
	var region []int
	for _, c := range v {
		code, name, region = append(code, c.Code), append(name, c.Name), append(region, c.Region)
	}
	w.strings("country.code", code)
	w.strings("country.name", name)
	w.ints("country.region", region)
}

func decodeCountries(r *reader, regions int) []Country {
	code := r.strings("country.code", -1)
	n := len(code)
	if n > 256 {
		r.fail("country.code", "more than 256 countries")
		return nil
	}
	name, region := r.strings("country.name", n), r.ints("country.region", n, regions-1)
	v := make([]Country, n)
	for i := range v {
		v[i] = Country{Code: code[i], Name: name[i], Region: region[i]}
	}
	return v
}

func encodeCities(w *columns, v []City) {
	var id, name, native, aliases []string
	var country, lat, lon, popYear, popSource, gdpYear, gdpSource, members, def []int
	var pop, gdp []float64
	for _, c := range v {
		short := c.ID
		if short == forms(c.Name)[1] {
			short = ""
		}
		id, name, native = append(id, short), append(name, c.Name), append(native, c.NativeName)
		aliases = append(aliases, strings.Join(c.Aliases, "|"))
		country = append(country, c.Country)
		lat, lon = append(lat, int(math.Round(c.Lat*100))), append(lon, int(math.Round(c.Lon*100)))
		pop, popYear, popSource = append(pop, c.Population), append(popYear, c.PopYear), append(popSource, c.PopSource)
		gdp, gdpYear, gdpSource = append(gdp, c.GDP), append(gdpYear, c.GDPYear), append(gdpSource, c.GDPSource+1)
		members, def = append(members, c.Members), append(def, boolInt(c.Default))
	}
	w.strings("city.id", id)
	w.strings("city.name", name)
	w.strings("city.native", native)
	w.strings("city.aliases", aliases)
	w.ints("city.country", country)
	w.signed("city.lat", lat)
	w.signed("city.lon", lon)
	w.decimals("city.population", pop)
	w.ints("city.popyear", popYear)
	w.ints("city.popsource", popSource)
	w.decimals("city.gdp", gdp)
	w.ints("city.gdpyear", gdpYear)
	w.ints("city.gdpsource", gdpSource)
	w.ints("city.members", members)
	w.ints("city.default", def)
}

func decodeCities(r *reader, d *Dataset) []City {
	name := r.strings("city.name", -1)
	n := len(name)
	id, native, aliases := r.strings("city.id", n), r.strings("city.native", n), r.strings("city.aliases", n)
	country := r.ints("city.country", n, len(d.Countries)-1)
	lat, lon := r.signed("city.lat", n), r.signed("city.lon", n)
	pop, gdp := r.decimals("city.population", n), r.decimals("city.gdp", n)
	popYear, gdpYear := r.ints("city.popyear", n, maxYear), r.ints("city.gdpyear", n, maxYear)
	popSource, gdpSource := r.ints("city.popsource", n, len(d.Sources)-1), r.ints("city.gdpsource", n, len(d.Sources))
	members, def := r.ints("city.members", n, 1<<20), r.ints("city.default", n, 1)
	v := make([]City, n)
	for i := range v {
		v[i] = City{
			ID: id[i], Name: name[i], NativeName: native[i], Country: country[i],
			Lat: float64(lat[i]) / 100, Lon: float64(lon[i]) / 100,
			Population: pop[i], PopYear: popYear[i], PopSource: popSource[i],
			GDP: gdp[i], GDPYear: gdpYear[i], GDPSource: gdpSource[i] - 1,
			Members: members[i], Default: def[i] == 1,
		}
		if id[i] == "" {
			v[i].ID = forms(name[i])[1]
		}
		if aliases[i] != "" {
			v[i].Aliases = strings.Split(aliases[i], "|")
		}
	}
	return v
}

const maxYear = 9999

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func encodeSources(w *columns, v []Source) {
	text := make([][]string, 8)
	var flags []int
	for _, s := range v {
		for i, x := range []string{s.ID, s.Title, s.Publisher, s.URL, s.Licence, s.AsOf, s.HowTaken, s.KnownBias} {
			text[i] = append(text[i], x)
		}
		flags = append(flags, int(s.Coverage)|boolInt(s.National)<<1)
	}
	for i, name := range sourceColumns {
		w.strings(name, text[i])
	}
	w.ints("source.flags", flags)
}

var sourceColumns = [8]string{"source.id", "source.title", "source.publisher", "source.url", "source.licence", "source.asof", "source.howtaken", "source.bias"}

func decodeSources(r *reader) []Source {
	var text [8][]string
	n := -1
	for i, name := range sourceColumns {
		text[i] = r.strings(name, n)
		n = len(text[i])
	}
	if n > 256 {
		r.fail("source.id", "more than 256 sources")
		return nil
	}
	flags := r.ints("source.flags", n, 3)
	v := make([]Source, n)
	for i := range v {
		v[i] = Source{
			ID: text[0][i], Title: text[1][i], Publisher: text[2][i], URL: text[3][i],
			Licence: text[4][i], AsOf: text[5][i], HowTaken: text[6][i], KnownBias: text[7][i],
			Coverage: Coverage(flags[i] & 1), National: flags[i]&2 != 0,
		}
	}
	return v
}

func encodeIndicators(w *columns, v []IndicatorDef) {
	var id, title, unit, note, not []string
	var pillar, made, actor, flags []int
	var weight []float64
	for _, x := range v {
		id, title, unit, note = append(id, x.ID), append(title, x.Title), append(unit, x.Unit), append(note, x.Note)
		pillar, made, actor = append(pillar, int(x.Pillar)), append(made, int(x.Made)), append(actor, int(x.Actor))
		flags = append(flags, boolInt(x.Direction < 0)|int(x.Coverage)<<1|int(x.Treatment)<<2|boolInt(x.PerCapita)<<3|boolInt(x.National)<<4)
		weight = append(weight, x.Weight)
		var codes []string
		for _, s := range x.NotSources {
			codes = append(codes, strconv.Itoa(s))
		}
		not = append(not, strings.Join(codes, "|"))
	}
	w.strings("indicator.id", id)
	w.strings("indicator.title", title)
	w.strings("indicator.unit", unit)
	w.strings("indicator.note", note)
	w.strings("indicator.notsources", not)
	w.ints("indicator.pillar", pillar)
	w.ints("indicator.made", made)
	w.ints("indicator.actor", actor)
	w.ints("indicator.flags", flags)
	w.decimals("indicator.weight", weight)
}

func decodeIndicators(r *reader, d *Dataset) []IndicatorDef {
	id := r.strings("indicator.id", -1)
	n := len(id)
	title, unit, note, not := r.strings("indicator.title", n), r.strings("indicator.unit", n), r.strings("indicator.note", n), r.strings("indicator.notsources", n)
	pillar, made, actor := r.ints("indicator.pillar", n, NumActors-1), r.ints("indicator.made", n, int(MadeOfNationalRecord)), r.ints("indicator.actor", n, NumActors-1)
	flags, weight := r.ints("indicator.flags", n, 31), r.decimals("indicator.weight", n)
	v := make([]IndicatorDef, n)
	for i := range v {
		f := flags[i]
		v[i] = IndicatorDef{
			ID: id[i], Pillar: Actor(pillar[i]), Title: title[i], Unit: unit[i], Direction: 1 - 2*(f&1),
			Made: Made(made[i]), Actor: Actor(actor[i]), Coverage: Coverage(f >> 1 & 1), Treatment: Treatment(f >> 2 & 1),
			PerCapita: f&8 != 0, National: f&16 != 0, Weight: weight[i], Note: note[i],
		}
		if not[i] == "" {
			continue
		}
		for _, code := range strings.Split(not[i], "|") {
			s, err := strconv.Atoi(code)
			if err != nil || s < 0 || s >= len(d.Sources) {
				r.fail("indicator.notsources", "unknown source "+code)
			}
			v[i].NotSources = append(v[i].NotSources, s)
		}
	}
	return v
}

// figures holds the measured indicators as columns.
type figures struct {
	value      [][]float64 // [indicator][city]; nil where made of records
	provenance [][]uint16  // the same, index into origin; 0 where not listed
	origin     []Figure    // without values; [0] is that of a value not listed
}

// at returns one value with where it comes from.
func (f *figures) at(indicator, city int) Figure {
	if f.value[indicator] == nil {
		return Figure{Value: nan, Source: -1}
	}
	out := f.origin[f.provenance[indicator][city]]
	out.Value = f.value[indicator][city]
	return out
}

func encodeFigures(w *columns, all [][]Figure) {
	var period, url []string
	var source, prov []int
	var value []float64
	known := map[Figure]int{}
	for _, col := range all {
		for _, f := range col {
			value = append(value, f.Value)
			if !f.Listed {
				prov = append(prov, 0)
				continue
			}
			f.Value = 0
			k, ok := known[f]
			if !ok {
				k = len(known) + 1
				known[f] = k
				period, source, url = append(period, f.Period), append(source, f.Source), append(url, f.URL)
			}
			prov = append(prov, k)
		}
	}
	w.strings("figure.period", period)
	w.strings("figure.url", url)
	w.ints("figure.source", source)
	w.ints("figure.provenance", prov)
	w.decimals("figure.value", value)
}

func decodeFigures(r *reader, d *Dataset) figures {
	url := r.strings("figure.url", -1)
	period, source := r.strings("figure.period", len(url)), r.ints("figure.source", len(url), len(d.Sources)-1)
	f := figures{origin: []Figure{{Source: -1}}, value: make([][]float64, len(d.Indicators)), provenance: make([][]uint16, len(d.Indicators))}
	for i := range url {
		f.origin = append(f.origin, Figure{Period: period[i], Source: source[i], URL: url[i], Listed: true})
	}
	n := 0
	for _, def := range d.Indicators {
		if def.Made == Measured {
			n += len(d.Cities)
		}
	}
	// n is a product: compare before anything of that size is made.
	if _, have := r.raw("figure.provenance"); have != n || len(url) >= 1<<16 {
		r.fail("figure.provenance", "has "+strconv.Itoa(have)+" values, expected "+strconv.Itoa(n))
		return f
	}
	prov, value := r.ints("figure.provenance", n, len(url)), r.decimals("figure.value", n)
	for i, def := range d.Indicators {
		if def.Made != Measured {
			continue
		}
		f.value[i], value = value[:len(d.Cities)], value[len(d.Cities):]
		f.provenance[i] = make([]uint16, len(d.Cities))
		for c := range d.Cities {
			f.provenance[i][c] = uint16(prov[c])
		}
		prov = prov[len(d.Cities):]
	}
	return f
}

func encodeRankings(w *columns, v []Ranking) {
	var study, publisher, url []string
	var year, city, rank []int
	for i, x := range v {
		if i > 0 && v[i-1].Study == x.Study && v[i-1].Publisher == x.Publisher {
			study, publisher = append(study, ""), append(publisher, "")
		} else {
			study, publisher = append(study, x.Study), append(publisher, x.Publisher)
		}
		url = append(url, x.URL)
		year, city, rank = append(year, x.Year), append(city, x.City), append(rank, x.Rank)
	}
	w.strings("ranking.study", study)
	w.strings("ranking.publisher", publisher)
	w.strings("ranking.url", url)
	w.ints("ranking.year", year)
	w.ints("ranking.city", city)
	w.ints("ranking.rank", rank)
}

func decodeRankings(r *reader, d *Dataset) []Ranking {
	study := r.strings("ranking.study", -1)
	n := len(study)
	publisher, url := r.strings("ranking.publisher", n), r.strings("ranking.url", n)
	year, city, rank := r.ints("ranking.year", n, maxYear), r.ints("ranking.city", n, len(d.Cities)-1), r.ints("ranking.rank", n, 1<<20)
	v := make([]Ranking, n)
	for i := range v {
		v[i] = Ranking{Study: study[i], Publisher: publisher[i], Year: year[i], City: city[i], Rank: rank[i], URL: url[i]}
		if i > 0 && study[i] == "" {
			v[i].Study, v[i].Publisher = v[i-1].Study, v[i-1].Publisher
		}
	}
	return v
}
