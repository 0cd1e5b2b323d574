package data

import (
	"go/parser"
	"go/token"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func open(t testing.TB) *Dataset {
	t.Helper()
	d, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheEmbeddedEditionHoldsTheUniverse(t *testing.T) {
	d := open(t)
	if got := len(d.DefaultUniverse()); got != 100 {
		t.Errorf("default universe has %d cities, want 100", got)
	}
	if got := len(d.Cities); got != 717 {
		t.Errorf("%d cities, want 717", got)
	}
	if !slices.IsSortedFunc(d.Cities, func(a, b City) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("cities are not in order of id")
	}
	var global, all int
	for actor := range Actor(NumActors) {
		g, a := 0, 0
		def, part := d.Counts(Lens{}), d.Counts(Lens{Partial: true})
		for _, c := range d.DefaultUniverse() {
			g, a = g+int(def[c][actor]), a+int(part[c][actor])
		}
		if g == 0 {
			t.Errorf("no record of actor %s from a global source", actor)
		}
		global, all = global+g, all+a
	}
	if global <= 5000 {
		t.Errorf("%d records from global sources in the universe, want more than 5,000", global)
	}
	t.Logf("records in the universe: %d from global sources, %d in all", global, all)
	for i := range d.Len() {
		x := d.Initiative(i)
		if x.Name == "" || len(x.Refs) == 0 {
			t.Fatalf("row %d has no name or no source: %+v", i, x)
		}
		for _, ref := range x.Refs {
			if !strings.HasPrefix(ref.URL, "http") {
				t.Fatalf("row %d: address %q", i, ref.URL)
			}
		}
		if strings.ContainsFunc(x.Name+x.Organisation+x.Summary+x.Refs[0].URL, func(r rune) bool { return r < ' ' }) {
			t.Fatalf("row %d holds a mark of the file: %+v", i, x)
		}
	}
}

func TestLookups(t *testing.T) {
	d := open(t)
	for i, c := range d.Cities {
		if k, ok := d.CityByID(c.ID); !ok || k != i {
			t.Errorf("CityByID(%q) = %d, %v", c.ID, k, ok)
		}
	}
	if _, ok := d.CityByID("atlantis"); ok {
		t.Error("CityByID finds a city that is not there")
	}
	for i, s := range d.Sources {
		if k, ok := d.SourceByID(s.ID); !ok || k != i {
			t.Errorf("SourceByID(%q) = %d, %v", s.ID, k, ok)
		}
	}
	for i, c := range d.Countries {
		if k, ok := d.CountryByCode(c.Code); !ok || k != i {
			t.Errorf("CountryByCode(%q) = %d, %v", c.Code, k, ok)
		}
	}
	n := 0
	for c := range d.Cities {
		for _, row := range d.RowsOfCity(c) {
			if d.CityOf(int(row)) != c {
				t.Fatalf("row %d is listed under %s", row, d.Cities[c].ID)
			}
			n++
		}
	}
	if n != d.CityRows() {
		t.Errorf("%d rows in the lists of cities, want %d", n, d.CityRows())
	}
}

func TestNationalRecordsAreInNoCity(t *testing.T) {
	d := open(t)
	oecd, _ := d.SourceByID("oecd_ai")
	for i := range d.CityRows() {
		if slices.Contains(d.SourcesOf(i), oecd) {
			t.Fatalf("row %d of a city is from the national register", i)
		}
	}
	n := 0
	for c := range d.Countries {
		n += len(d.NationalRows(c))
	}
	if n == 0 || n != d.Len()-d.CityRows() {
		t.Errorf("%d national rows by country, want %d", n, d.Len()-d.CityRows())
	}
}

// passes is the definition of a lens, in words of objects.
func passes(d *Dataset, l Lens, x Initiative) bool {
	in := func(s Set, code int) bool { return s.Empty() || s.Has(code) }
	source := false
	for _, ref := range x.Refs {
		source = source || in(l.Sources, ref.Source) && (l.Partial || d.Sources[ref.Source].Coverage == Global)
	}
	year := l.From == 0 && l.To == 0
	if !year {
		year = x.Year == 0 && l.UnknownYears || x.Year != 0 && x.Year >= l.From && (l.To == 0 || x.Year <= l.To)
	}
	text := true
	for _, w := range strings.Fields(Fold(l.Text)) {
		text = text && (strings.Contains(Fold(x.Name), w) || strings.Contains(Fold(x.Organisation), w) || strings.Contains(Fold(x.Summary), w))
	}
	return source && year && text && in(l.Actors, int(x.Actor)) && in(l.Sectors, x.Sector) &&
		in(l.Ownership, int(x.Ownership)) && in(l.Countries, x.Country)
}

func randomLens(d *Dataset, r *rand.Rand) Lens {
	some := func(n int) Set {
		var s Set
		if r.IntN(2) == 0 {
			for range 1 + r.IntN(n) {
				s.Add(r.IntN(n))
			}
		}
		return s
	}
	l := Lens{Actors: some(NumActors), Sectors: some(len(d.Sectors)), Ownership: some(NumOwnerships), Partial: r.IntN(2) == 0}
	if r.IntN(3) == 0 {
		l.Sources = some(len(d.Sources))
	}
	if r.IntN(3) == 0 {
		l.Countries = some(len(d.Countries))
	}
	if r.IntN(2) == 0 {
		l.From, l.UnknownYears = 2000+r.IntN(25), r.IntN(2) == 0
		if r.IntN(2) == 0 {
			l.To = l.From + r.IntN(8)
		}
	}
	l.Text = []string{"", "", "health", "São", "data centre", "ai robotics", "zzzz"}[r.IntN(7)]
	return l
}

func TestALensIsItsDefinition(t *testing.T) {
	d := open(t)
	all := make([]Initiative, d.Len())
	for i := range all {
		all[i] = d.Initiative(i)
	}
	universe := d.DefaultUniverse()
	r := rand.New(rand.NewPCG(1, 2))
	lenses := []Lens{{}, {Partial: true}}
	for range 12 {
		lenses = append(lenses, randomLens(d, r))
	}
	for _, l := range lenses {
		match, counts, facets, m := d.Match(l), d.Counts(l), d.Facets(l), d.Matrix(universe, l, nil)
		byCity := make([][NumActors]int32, len(d.Cities))
		indicator := make([]map[int]float64, len(d.Indicators))
		for k := range indicator {
			indicator[k] = map[int]float64{}
		}
		total := 0
		for i, x := range all {
			if passes(d, l, x) != match.Has(i) {
				t.Fatalf("lens %+v: row %d %+v: Match says %v", l, i, x, match.Has(i))
			}
			if !match.Has(i) {
				continue
			}
			total++
			if x.City >= 0 {
				byCity[x.City][x.Actor]++
			}
			for k, def := range d.Indicators {
				counted := def
				if def.Made == Measured || def.Actor != x.Actor || (def.Made == MadeOfInitiatives) != (x.City >= 0) {
					continue
				}
				named := false
				for _, ref := range x.Refs {
					named = named || !slices.Contains(counted.NotSources, ref.Source) && passes(d, Lens{Sources: l.Sources, Partial: l.Partial}, Initiative{Refs: []Ref{ref}})
				}
				if !named {
					continue
				}
				if x.City >= 0 {
					indicator[k][x.City]++
				} else {
					indicator[k][x.Country]++
				}
			}
		}
		if match.Count() != total || facets.Total != total || len(match.Rows(nil)) != total {
			t.Errorf("lens %+v: %d, %d rows, want %d", l, match.Count(), facets.Total, total)
		}
		if !slices.Equal(counts, byCity) {
			t.Errorf("lens %+v: counts by city differ", l)
		}
		for k, def := range d.Indicators {
			for j, c := range universe {
				got := m[k][j]
				switch {
				case def.Coverage == Partial && !l.Partial:
					if got == got {
						t.Errorf("%s is in effect without partial sources", def.ID)
					}
				case def.Made == MadeOfInitiatives && got != indicator[k][c]:
					t.Errorf("lens %+v: %s of %s is %v, want %v", l, def.ID, d.Cities[c].ID, got, indicator[k][c])
				case def.Made == MadeOfNationalRecord && got == got && got != indicator[k][d.Cities[c].Country]:
					t.Errorf("lens %+v: %s of %s is %v, want %v", l, def.ID, d.Cities[c].ID, got, indicator[k][d.Cities[c].Country])
				}
			}
		}
	}
}

func TestLawsOfLenses(t *testing.T) {
	d := open(t)
	if got := d.Match(Lens{Partial: true}).Count(); got != d.Len() {
		t.Errorf("the open lens passes %d rows, want all %d", got, d.Len())
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 30 {
		l := randomLens(d, r)
		narrow := l
		narrow.Sectors = SetOf(1+r.IntN(len(d.Sectors)-1), 1+r.IntN(len(d.Sectors)-1))
		if !l.Sectors.Empty() {
			narrow.Sectors = l.Sectors.and(narrow.Sectors)
			if narrow.Sectors.Empty() {
				continue
			}
		}
		wide, less := d.Match(l), d.Match(narrow)
		for i := range wide {
			if less[i]&^wide[i] != 0 {
				t.Fatalf("a narrower lens %+v passes what %+v does not", narrow, l)
			}
		}
	}
	// The sectors divide the records.
	sum := 0
	for s := range d.Sectors {
		sum += d.Match(Lens{Sectors: SetOf(s)}).Count()
	}
	if want := d.Match(Lens{}).Count(); sum != want {
		t.Errorf("sectors sum to %d, want %d", sum, want)
	}
	if a, b := d.Match(Lens{Text: "hospital são"}), d.Match(Lens{Text: "SAO  Hospital"}); !slices.Equal(a, b) {
		t.Error("order, case or diacritics of a text count")
	}
}

func TestFacetsCountWhatChoosingAValueWouldShow(t *testing.T) {
	d := open(t)
	r := rand.New(rand.NewPCG(5, 6))
	for range 6 {
		l := randomLens(d, r)
		f := d.Facets(l)
		for a := range NumActors {
			one := l
			one.Actors = SetOf(a)
			if got, want := f.Actor[a], d.Match(one).Count(); got != want {
				t.Errorf("lens %+v: actor %s: %d, want %d", l, Actor(a), got, want)
			}
		}
		for s := range d.Sectors {
			one := l
			one.Sectors = SetOf(s)
			if got, want := f.Sector[s], d.Match(one).Count(); got != want {
				t.Errorf("lens %+v: sector %q: %d, want %d", l, d.Sectors[s], got, want)
			}
		}
		for s := range d.Sources {
			one := l
			one.Sources = SetOf(s)
			if got, want := f.Source[s], d.Match(one).Count(); got != want {
				t.Errorf("lens %+v: source %s: %d, want %d", l, d.Sources[s].ID, got, want)
			}
		}
		for i, y := range d.Years() {
			if y == 0 {
				continue
			}
			one := l
			one.From, one.To = y, y
			one.UnknownYears = false
			if got, want := f.Year[i], d.Match(one).Count(); got != want {
				t.Errorf("lens %+v: year %d: %d, want %d", l, y, got, want)
			}
		}
	}
}

func TestMissingIsNotZero(t *testing.T) {
	d := open(t)
	universe := d.DefaultUniverse()
	m := d.Matrix(universe, Lens{}, nil)
	uncovered := []string{"BD", "HK", "IQ", "IR", "KW", "PH", "PK", "RU", "TW"}
	for k, def := range d.Indicators {
		for j, c := range universe {
			code := d.Countries[d.Cities[c].Country].Code
			want := false // missing
			switch def.ID {
			case "gov_national":
				want = slices.Contains(uncovered, code)
			case "dc_ai_clusters":
				want = code == "CN"
			case "net_speed":
				want = code == "CN"
			case "net_initiatives":
				want = true
			}
			if got := m[k][j]; (got != got) != want {
				t.Errorf("%s of %s is %v, missing wanted: %v", def.ID, d.Cities[c].ID, got, want)
			}
			if fig := d.Figure(k, c); def.Made == Measured && fig.Listed && (fig.Period == "" || fig.URL == "" || fig.Source < 0) {
				t.Errorf("%s of %s has no period, address or source: %+v", def.ID, d.Cities[c].ID, fig)
			}
		}
	}
	again := d.Matrix(universe, Lens{Sectors: SetOf(1)}, m)
	if &again[0][0] != &m[0][0] {
		t.Error("a matrix of the right shape is not used again")
	}
	none := d.Matrix(universe, Lens{Text: "no such words at all"}, nil)
	gov, _ := d.IndicatorByID("gov_national")
	for j, c := range universe {
		if v := none[gov][j]; v == v && v != 0 {
			t.Errorf("gov_national of %s under a lens that nothing passes: %v", d.Cities[c].ID, v)
		}
	}
}

func TestGradesOfEvidence(t *testing.T) {
	for _, c := range []struct {
		sources, items int
		want           Grade
	}{
		{0, 0, Thin}, {1, 500, Thin}, {2, 2, Thin}, {2, 3, Fair}, {3, 9, Fair}, {3, 10, Strong}, {2, 100, Fair}, {9, 10, Strong},
	} {
		if got := GradeOf(c.sources, c.items); got != c.want {
			t.Errorf("GradeOf(%d sources, %d items) = %s, want %s", c.sources, c.items, got, c.want)
		}
	}
	d := open(t)
	universe := d.DefaultUniverse()
	e := d.Evidence(universe, Lens{})
	m := d.Matrix(universe, Lens{}, nil)
	for j := range universe {
		for k, def := range d.Indicators {
			if v := m[k][j]; def.Made == MadeOfInitiatives && v == v && e[j][def.Pillar].Records < int(v) {
				t.Errorf("%s: evidence has %d records, the indicator %v", def.ID, e[j][def.Pillar].Records, v)
			}
		}
	}
}

func TestFold(t *testing.T) {
	for _, c := range [][2]string{
		{"São Paulo", "sao paulo"}, {"Zürich-West", "zurich west"}, {"ĐÀ NẴNG", "da nang"}, {"Łódź", "lodz"}, {"Straße", "strasse"},
		{"İstanbul", "istanbul"}, {"Ærø", "aero"}, {"A\u0301b", "ab"}, {"東京 AI", "東京 ai"}, {"Москва", "москва"}, {"Côte d’Ivoire", "cote d ivoire"}, {"\xff", " "},
	} {
		if got := Fold(c[0]); got != c[1] {
			t.Errorf("Fold(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestSet(t *testing.T) {
	s := SetOf(0, 63, 64, 255, 256, -1)
	if got := s.Codes(); !slices.Equal(got, []int{0, 63, 64, 255}) || s.Len() != 4 {
		t.Errorf("codes %v", got)
	}
	s.Remove(64)
	if s.Has(64) || !s.Has(255) || s.Has(256) || s.Has(-1) || s != SetOf(0, 63, 255) {
		t.Errorf("after Remove: %v", s.Codes())
	}
}

func TestDecimals(t *testing.T) {
	values := []float64{0, 1, -1, 0.1, 2.25, 37036000, 2055698000000, 4.06e22, 9.7e21, 122281, 1e-7, 145546.6}
	r := rand.New(rand.NewPCG(7, 8))
	for range 1000 {
		values = append(values, float64(r.IntN(1e9))/100)
	}
	for _, x := range values {
		if got := joinDecimal(splitDecimal(x)); got != x && math.Abs(got/x-1) > 1e-15 {
			t.Errorf("joinDecimal(splitDecimal(%v)) = %v", x, got)
		}
	}
}

// sample is a dataset with everything in it that the format treats specially.
func sample() *Content {
	c := &Content{
		Edition: Edition{"1", "2020", "Sample"}, Regions: []string{"Here", "There"},
		Countries: []Country{{"AA", "Aland", 0}, {"BB", "Bland", 1}}, Sectors: []string{"", "health"},
		Cities: []City{
			{ID: "a", Name: "Alpha", Aliases: []string{"A", "Aa"}, Country: 0, Lat: 1.5, Lon: -2.25, Population: 1000, PopYear: 2020, GDP: nan, GDPSource: -1},
			{ID: "b", Name: "Beta", NativeName: "Β", Country: 1, Population: 12.5, GDP: 1e9, GDPYear: 2019, GDPSource: 1, Default: true, Members: 3},
		},
		Sources:    []Source{{ID: "s", URL: "https://s.example/"}, {ID: "t", Coverage: Partial, National: true, Licence: "CC0"}},
		Indicators: []IndicatorDef{{ID: "i", Direction: -1, Unit: "x", Weight: 0.5, National: true, Treatment: TreatLog}, {ID: "j", Direction: 1, Made: MadeOfInitiatives, Actor: Startup, NotSources: []int{1}, PerCapita: true, Coverage: Partial, Weight: 1}},
		Figures:    [][]Figure{{{Value: 2.5, Period: "2020", Source: 0, URL: "https://s.example/x", Listed: true}, {Value: nan, Source: -1}}, nil},
		Rankings:   []Ranking{{"Study", "P", 2020, 1, 1, "https://p.example"}, {"Study", "P", 2020, 0, 2, "https://p.example"}},
	}
	ref := func(s int, u string) []Ref { return []Ref{{s, u}} }
	c.Initiatives = []Initiative{
		{Name: "Acme", Organisation: "Acme", City: 0, Actor: Startup, Year: 2020, Magnitude: 3, Unit: "people", Summary: "Batch 2020 of Acme in Alpha", Refs: ref(0, "https://acme.example/")},
		{Name: "Acme", Organisation: "", City: 0, Actor: Startup, Magnitude: nan, Summary: "", Refs: ref(0, "https://acme.example/")},
		{Name: "Lab of Acme", Organisation: "Acme", City: 0, Sector: 1, Ownership: Mixed, Status: Running, Magnitude: 4.06e22, Unit: "FLOP", Summary: "Batch 2020", Refs: []Ref{{0, "https://x.example/lab-of-acme"}, {1, "https://y.example/Acme"}}},
		{Name: "Ätna 2", Organisation: "Ä", City: 1, Country: 1, Actor: Telecom, Year: 1956, Magnitude: nan, Summary: "Ätna 2 of Ä", Refs: ref(1, "https://z.example/atna2/atna-2")},
		{Name: "Law", Organisation: "Land", City: -1, Country: 1, Year: 2020, Magnitude: nan, Refs: ref(1, "https://z.example/")},
	}
	return c
}

func TestEncodeAndDecodeAreInverse(t *testing.T) {
	c := sample()
	file, err := Encode(c)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	same := func(what string, got, want any) {
		t.Helper()
		// NaN differs from itself: compare the printed form of numbers.
		if g, w := show(got), show(want); g != w {
			t.Errorf("%s: got\n%s\nwant\n%s", what, g, w)
		}
	}
	same("edition", d.Edition, c.Edition)
	same("countries", d.Countries, c.Countries)
	same("cities", d.Cities, c.Cities)
	same("sources", d.Sources, c.Sources)
	same("indicators", d.Indicators, c.Indicators)
	for k, col := range c.Figures {
		for city := range col {
			same("figure", d.Figure(k, city), col[city])
		}
	}
	same("rankings", d.Rankings, c.Rankings)
	if d.Len() != len(c.Initiatives) || d.CityRows() != 4 {
		t.Fatalf("%d rows, %d of cities", d.Len(), d.CityRows())
	}
	for i := range c.Initiatives {
		same("initiative", d.Initiative(i), c.Initiatives[i])
	}
	again, err := Encode(c)
	if err != nil || string(again) != string(file) {
		t.Error("encoding twice gives different bytes")
	}
	c.Cities[0].Name = "two\nlines"
	if _, err := Encode(c); err == nil {
		t.Error("a line break in a text is encoded")
	}
}

// show prints a value with nil and empty slices alike.
func show(v any) string {
	var b strings.Builder
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				b.WriteString(v.Type().Field(i).Name + ":")
				walk(v.Field(i))
				b.WriteString(" ")
			}
		case reflect.Slice:
			b.WriteString("[")
			for i := range v.Len() {
				walk(v.Index(i))
				b.WriteString(";")
			}
			b.WriteString("]")
		case reflect.String:
			b.WriteString(v.String())
		case reflect.Float64:
			b.WriteString(strconv.FormatFloat(v.Float(), 'g', -1, 64))
		case reflect.Bool:
			b.WriteString(strconv.FormatBool(v.Bool()))
		case reflect.Uint8:
			b.WriteString(strconv.FormatUint(v.Uint(), 10))
		default:
			b.WriteString(strconv.FormatInt(v.Int(), 10))
		}
	}
	walk(reflect.ValueOf(v))
	return b.String()
}

func TestOneOfEachIsDecoded(t *testing.T) {
	file, err := Encode(&Content{
		Edition: Edition{ID: "1"}, Regions: []string{"Here"}, Countries: []Country{{Code: "AA"}}, Cities: []City{{ID: "a", Name: "A"}}, Sources: []Source{{ID: "s"}},
		Sectors: []string{"", "x"}, Initiatives: []Initiative{{Name: "I", Magnitude: nan, Refs: []Ref{{0, "https://i.example/"}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	d, err := Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if x := d.Initiative(0); d.Cities[0].ID != "a" || x.Name != "I" || x.Organisation != "" || x.Refs[0].URL != "https://i.example/" {
		t.Errorf("got %+v and %+v", d.Cities[0], x)
	}
}

func TestTextIsPreparedInParts(t *testing.T) {
	d := open(t)
	for n := 0; !d.PrepareText(5000); n++ {
		if n > d.Len()/5000 {
			t.Fatal("preparing does not end")
		}
	}
	if !slices.Equal(d.Match(Lens{Text: "robot"}), open(t).Match(Lens{Text: "robot"})) {
		t.Error("a text prepared in parts finds other rows")
	}
}

func TestTheBestPlaceOfAWordMakesTheRelevance(t *testing.T) {
	file, err := Encode(&Content{
		Edition: Edition{ID: "1"}, Regions: []string{"Here"}, Countries: []Country{{Code: "AA"}}, Cities: []City{{ID: "a", Name: "A"}}, Sources: []Source{{ID: "s"}},
		Sectors: []string{"", "x"}, Initiatives: []Initiative{
			{Name: "Água Labs", Organisation: "University of Robotics", Summary: "Smart robotics for agua", Magnitude: nan, Refs: []Ref{{0, "https://i.example/"}}},
			{Name: "Robotics", Organisation: "Robotics", Summary: "Water", Magnitude: nan, Refs: []Ref{{0, "https://i.example/"}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	d, err := Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text      string
		row, want int
	}{
		{"", 0, 0},
		{"AGUA", 0, 0},           // in the name
		{"gua", 0, 1},            // inside a word of the name
		{"robot", 0, 2},          // in the organisation
		{"obotics", 0, 3},        // inside a word of it
		{"smart", 0, 4},          // in the summary
		{"mart", 0, 5},           // inside a word of it
		{"quantum", 0, Worst},    // nowhere
		{"agua smart", 0, 4},     // the sum of both
		{"robotics", 1, 0},       // an organisation that is the name
		{"water", 1, 4},          // the summary also where the organisation is the name
		{"agua robotics", 0, 2},  // the better of two places
		{"  ÁGUA – labs ", 0, 0}, // case, marks and spaces do not count
	} {
		if got := d.Relevance(c.text)(c.row); got != c.want {
			t.Errorf("%q in row %d: %d, want %d", c.text, c.row, got, c.want)
		}
	}
	if got := string(d.FoldedName(0)); got != "agua labs" {
		t.Errorf("folded name %q", got)
	}
}

func TestAddressesComeBack(t *testing.T) {
	for _, u := range []string{
		"https://www.acme-labs.com/", "https://acmelabs.io", "http://www.acme_labs.org/x", "http://a.example/Acme-Labs", "https://example.org/acme-org/acme-labs",
		"https://wwww.example/", "https://www.example/?q=1", "https://www.",
	} {
		if got := longURL(shortURL(u, "Acme Labs", "Acme Org"), "Acme Labs", "Acme Org"); got != u {
			t.Errorf("%q comes back as %q", u, got)
		}
	}
}

func TestADamagedFileIsAnError(t *testing.T) {
	file, err := Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	for n := range file {
		if _, err := Decode(file[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes are taken for a dataset", n, len(file))
		}
		bad := slices.Clone(file)
		bad[n] ^= 0x15
		if _, err := Decode(bad); err == nil {
			t.Fatalf("a change of byte %d is not noticed", n)
		}
	}
}

// seal puts a head with the right checksum before a body, so that a fuzzer gets
// past it.
func seal(t testing.TB, body []byte) []byte {
	file, err := Encode(&Content{Edition: Edition{ID: "x"}})
	if err != nil {
		t.Fatal(err)
	}
	head := slices.Clone(file[:1+1+len(magic)+1+1+8])
	sum := checksum(body)
	for i := range 8 {
		head[len(head)-1-i] = byte(sum >> (8 * i))
	}
	return append(head, body...)
}

func FuzzDecode(f *testing.F) {
	file, err := Encode(sample())
	if err != nil {
		f.Fatal(err)
	}
	head := len(seal(f, nil))
	f.Add(file[head:])
	f.Add([]byte{0xdf, 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{0x81, 0xa1, 'x', 0xc6, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, body []byte) {
		d, err := Decode(seal(t, body))
		if err != nil {
			return
		}
		for i := range d.Len() {
			d.Initiative(i)
		}
		var all []int
		for c := range d.Cities {
			all = append(all, c)
			d.Region(c)
			d.RowsOfCity(c)
		}
		l := Lens{Partial: true, Text: "a", From: 2000}
		d.Matrix(all, l, nil)
		d.Evidence(all, l)
		d.Facets(l)
	})
}

func TestThePackageStaysSmallInTheBrowser(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	forbidden := []string{"fmt", "encoding/json", "encoding/csv", "regexp", "net/http", "text/template", "html/template", "os"}
	checked := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range tree.Imports {
			if path := strings.Trim(i.Path.Value, `"`); slices.Contains(forbidden, path) {
				t.Errorf("%s imports %s", f.Name(), path)
			}
		}
		checked++
	}
	if checked == 0 {
		t.Error("no file was checked")
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := Open(); err != nil {
			b.Fatal(err)
		}
	}
}

func TestMatricesWithoutASourceAreThoseOfTheLensOfAllOthers(t *testing.T) {
	d := open(t)
	universe := d.DefaultUniverse()
	for _, l := range []Lens{{}, {Partial: true}, {From: 2020, Actors: SetOf(int(Startup), int(University))}, {Sources: SetOf(1, 3, 5, 8, 13)}} {
		without := d.MatricesWithout(universe, l)
		left := 0
		for k := range d.Sources {
			others := l
			if others.Sources.Empty() {
				for i := range d.Sources {
					others.Sources.Add(i)
				}
			}
			others.Sources.Remove(k)
			want, got := d.Matrix(universe, others, nil), without[k]
			if got == nil {
				got = d.Matrix(universe, l, nil)
			} else {
				left++
			}
			for i := range want {
				for c := range want[i] {
					if x, y := want[i][c], got[i][c]; x != y && (x == x || y == y) {
						t.Fatalf("without %s, %s of %s is %v, expected %v", d.Sources[k].ID, d.Indicators[i].ID, d.Cities[universe[c]].ID, y, x)
					}
				}
			}
		}
		if left == 0 {
			t.Errorf("under %+v no source can be left out", l)
		}
	}
}

// What is kept of earlier lenses is little, and changes no later answer.
func TestKeptConditions(t *testing.T) {
	d, r := open(t), rand.New(rand.NewPCG(3, 4))
	var lenses []Lens
	var first []Bits
	for range 100 {
		l := randomLens(d, r)
		lenses, first = append(lenses, l), append(first, d.Match(l))
		d.Facets(l)
		if n := len(d.cache.conditions); n > mostKept {
			t.Fatalf("%d conditions are kept", n)
		}
	}
	for i, l := range lenses {
		if again := d.Match(l); !slices.Equal(again, first[i]) {
			t.Errorf("lens %+v passes %d rows, and %d before", l, again.Count(), first[i].Count())
		}
	}
}

func BenchmarkMatrix(b *testing.B) {
	d := open(b)
	universe := d.DefaultUniverse()
	m := d.Matrix(universe, Lens{}, nil)
	health, _ := d.SectorByID("health")
	for b.Loop() {
		m = d.Matrix(universe, Lens{Sectors: SetOf(health), From: 2018}, m)
	}
}

func BenchmarkFacets(b *testing.B) {
	d := open(b)
	for b.Loop() {
		d.Facets(Lens{From: 2018})
	}
}

func BenchmarkText(b *testing.B) {
	d := open(b)
	texts := []string{"health robot", "robot health care"}
	for i := 0; b.Loop(); i++ {
		d.Match(Lens{Text: texts[i%2]})
	}
}
