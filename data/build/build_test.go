package main

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"aicities/data"
	"aicities/data/release"
)

// theBuild builds the real facts once for all tests.
func theBuild(t *testing.T) *result {
	t.Helper()
	if built == nil {
		r, err := build("../facts")
		if err != nil {
			t.Fatal(err)
		}
		built = r
	}
	return built
}

var built *result

func TestTheCommittedDatasetIsAFreshBuild(t *testing.T) {
	want, err := data.Encode(theBuild(t).content)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../dataset.msgpack")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("data/dataset.msgpack is not what the facts give: run go run ./data/build and commit the file")
	}
}

func TestTwoBuildsGiveTheSameBytes(t *testing.T) {
	again, err := build("../facts")
	if err != nil {
		t.Fatal(err)
	}
	a, err := data.Encode(theBuild(t).content)
	if err != nil {
		t.Fatal(err)
	}
	b, err := data.Encode(again.content)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("two builds of the same facts differ")
	}
}

func TestEveryRowIsKeptJoinedOrLeftOutWithAReason(t *testing.T) {
	r := theBuild(t)
	if in, out := len(r.facts.rows), len(r.content.Initiatives)+r.joined+len(r.left); in != out {
		t.Errorf("%d rows in, %d accounted for", in, out)
	}
	for _, x := range r.left {
		if x.reason == "" || x.fact.file == "" || x.fact.line < 2 {
			t.Errorf("left out without reason, file or line: %+v", x)
		}
	}
	refs := 0
	for _, x := range r.content.Initiatives {
		refs += len(x.Refs)
	}
	if want := len(r.content.Initiatives) + r.joined; refs != want {
		t.Errorf("%d sources of records, want %d: joining loses a source", refs, want)
	}
}

func TestNoTextOfTheDatasetHoldsTracesOfCopying(t *testing.T) {
	d, err := data.Open()
	if err != nil {
		t.Fatal(err)
	}
	for i := range d.Len() {
		x := d.Initiative(i)
		for column, v := range map[string]string{"name": x.Name, "organisation": x.Organisation, "summary": x.Summary} {
			var bad problems
			r := &row{file: d.Sources[x.Refs[0].Source].ID, columns: []string{column}, values: []string{v}, lines: []int{i}, bad: &bad}
			checkText(r, column, v)
			if column != "summary" {
				checkName(r, column, v)
			}
			if hidden.MatchString(v) {
				r.fail(column, "%q holds the mark of a hidden address", v)
			}
			if err := bad.err(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestALostNameIsLeftOutWithItsReason(t *testing.T) {
	for _, x := range theBuild(t).left {
		if x.fact.Name == "[emailprotected]INC" && strings.Contains(x.reason, "the name is lost") {
			return
		}
	}
	t.Error("the row [emailprotected]INC of ai_service_firms is not among the rows left out")
}

func TestWhatIsEncodedIsWhatIsDecoded(t *testing.T) {
	r := theBuild(t)
	file, err := data.Encode(r.content)
	if err != nil {
		t.Fatal(err)
	}
	d, err := data.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if d.Len() != len(r.content.Initiatives) {
		t.Fatalf("%d rows, want %d", d.Len(), len(r.content.Initiatives))
	}
	for i, want := range r.content.Initiatives {
		got := d.Initiative(i)
		if got.Magnitude != got.Magnitude && want.Magnitude != want.Magnitude {
			got.Magnitude, want.Magnitude = 0, 0
		}
		if math.Abs(got.Magnitude/want.Magnitude-1) < 1e-15 { // the last digit of numbers above 10^22
			got.Magnitude = want.Magnitude
		}
		refs := slices.Equal(got.Refs, want.Refs)
		got.Refs, want.Refs = nil, nil
		if !refs || !equal(got, want) {
			t.Fatalf("row %d: got\n%+v\nwant\n%+v", i, got, want)
		}
	}
}

func equal(a, b data.Initiative) bool {
	return a.Name == b.Name && a.Organisation == b.Organisation && a.City == b.City && a.Country == b.Country && a.Actor == b.Actor &&
		a.Sector == b.Sector && a.Ownership == b.Ownership && a.Year == b.Year && a.Status == b.Status && a.Magnitude == b.Magnitude &&
		a.Unit == b.Unit && a.Summary == b.Summary
}

func TestDumpListsTheRecordsOfCities(t *testing.T) {
	r := theBuild(t)
	var out bytes.Buffer
	if err := r.dump(&out); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], ","); got != "city_id,name,organisation,actor,sector,year,source,coverage,source_url" {
		t.Errorf("header %s", got)
	}
	n := 0
	for _, x := range r.content.Initiatives {
		n += b2i(x.City >= 0)
	}
	if len(rows)-1 != n {
		t.Errorf("%d rows, want %d", len(rows)-1, n)
	}
	for _, row := range rows[1:] {
		if _, ok := r.facts.cityIndex[row[0]]; !ok {
			t.Fatalf("unknown city in %q", row)
		}
		if strings.Contains(row[6], "oecd_ai") {
			t.Fatalf("a national record is in a city: %q", row)
		}
		if strings.Count(row[6], "|") != strings.Count(row[8], "|") {
			t.Fatalf("sources and addresses differ in number: %q", row)
		}
	}
}

func TestFoldingOfPlaces(t *testing.T) {
	r := theBuild(t)
	g := newFolder(r.facts)
	nan := math.NaN()
	for _, c := range []struct {
		name     string
		place    string
		country  string
		lat, lon float64
		want     string // city, or "" and a part of why
		why      string
	}{
		{"a city by its name", "Seoul", "KR", nan, nan, "seoul", ""},
		{"by its native name", "서울", "KR", nan, nan, "seoul", ""},
		{"by an alias, without diacritics or case", "TOKYO", "JP", nan, nan, "tokyo", ""},
		{"a member municipality", "San Mateo", "US", nan, nan, "san-francisco", ""},
		{"a member that is a judgement call: Thuwal", "Thuwal", "SA", nan, nan, "jeddah", ""},
		{"Lexington near Boston", "Lexington", "US", 42.447, -71.225, "boston", ""},
		{"Lexington, Kentucky is not the Lexington near Boston", "Lexington", "US", 38.04, -84.5, "", "within reach"},
		{"Lexington with its state and no coordinates", "Lexington (Kentucky)", "US", nan, nan, "", "qualified"},
		{"Suzhou is the larger one", "Suzhou", "CN", nan, nan, "suzhou", ""},
		{"Richmond by coordinates: California", "Richmond", "US", 37.936, -122.348, "san-francisco", ""},
		{"Richmond by coordinates: Virginia", "Richmond", "US", 37.54, -77.44, "richmond", ""},
		{"Richmond of Canada", "Richmond", "CA", nan, nan, "vancouver", ""},
		{"a qualifier that is the country says nothing new", "San Mateo, US", "US", nan, nan, "san-francisco", ""},
		{"and does not carry a name across the country", "Peoria, US", "US", 40.69, -89.59, "", "within reach"},
		{"a place within the radius of a city", "Nowhere in particular", "DE", 52.5, 13.4, "berlin", ""},
		{"a place out of reach", "Nowhere in particular", "DE", 54.8, 8.3, "", "within reach"},
		{"never across a border: Shenzhen's coordinates, Hong Kong's country", "Shenzhen", "HK", nan, nan, "", "not in the tables"},
		{"never across a border: a place of the United States beside Vancouver", "Point Roberts", "US", 48.98, -123.07, "", "within reach"},
		{"a country without a city", "Valletta", "MT", 35.9, 14.5, "", "no city of the country"},
		{"an unknown name without coordinates", "Xanadu", "CN", nan, nan, "", "not in the tables"},
		{"a name in several cities without coordinates", "Arlington", "US", nan, nan, "", "several cities"},
		{"the same with coordinates: Virginia", "Arlington", "US", 38.88, -77.1, "washington", ""},
		{"the same with coordinates: Texas", "Arlington", "US", 32.73, -97.1, "dallas", ""},
	} {
		got, why := g.city(c.place, r.facts.countryIndex[c.country], c.lat, c.lon)
		id := ""
		if got >= 0 {
			id = r.facts.cities[got].ID
		}
		if id != c.want || !strings.Contains(why, c.why) {
			t.Errorf("%s: %s, %s: got %q (%s), want %q (%s)", c.name, c.place, c.country, id, why, c.want, c.why)
		}
	}
}

func TestNoRowIsFoldedAcrossABorder(t *testing.T) {
	r := theBuild(t)
	for _, x := range r.content.Initiatives {
		if x.City >= 0 && r.content.Cities[x.City].Country != x.Country {
			t.Errorf("%s of %s is in %s", x.Name, r.content.Countries[x.Country].Code, r.content.Cities[x.City].ID)
		}
	}
}

// A little folder of facts, correct as it stands.
var little = map[string]string{
	"edition.csv":           "edition,released,title\n1.1,2026-01,Little\n",
	"countries.csv":         "code,name,region\nAA,Aland,North\nBB,Bland,South\n",
	"sectors.csv":           "id,title\nhealth,Health\n",
	"sources.csv":           "id,title,publisher,url,licence,as_of,coverage,level,how_taken,known_bias\nlist,List,P,https://p.example/,CC0,2025,global,city,,\nmore,More,P,https://q.example/,CC0,2025,partial,city,,\nlaws,Laws,P,,CC0,2025,global,national,,\n",
	"cities.csv":            "id,name,native_name,aliases,country,lat,lon,radius_km,population,population_year,population_source,gdp_usd,gdp_year,gdp_source,gdp_note,area_km2,timezone,wikidata,iata,rules,notes\nalpha,Alpha,Álfa,Alph|Alfa,AA,10,20,30,1000,2020,list,,,,,,,,,P|M,\nbeta,Beta,,,BB,-10,20.5,30,2000,2020,list,1e9,2019,more,,,,,,P,\n",
	"members.csv":           "city_id,name,country,lat,lon\nalpha,Suburb,AA,10.1,20\n",
	"indicators.csv":        "id,pillar,title,unit,direction,made_of,actor,measure,not_sources,absent,missing_countries,coverage,treatment,per_capita,level,weight,note\nfirms,startup,Firms,initiatives,1,initiatives,startup,,more,zero,,global,log,yes,city,1,\nwatts,telecom,Watts,W,1,measured,,watts,,missing,BB,global,none,no,city,0.5,\n",
	"measured.csv":          "measure,city_id,value,unit,period,source,source_url\nwatts,alpha,2.5,W,2021-2025,list,https://p.example/w\n",
	"measured_national.csv": "measure,country,value,unit,period,source,source_url\nspeed,AA,5,Mbit/s,2025,list,https://p.example/s\n",
	"rankings.csv":          "study,publisher,year,city_id,rank,score,source,source_url\nS,P,2020,alpha,1,,list,https://p.example/r\nS,P,2020,beta,,50,list,https://p.example/r\n",
	"initiatives/list.csv":  "name,organisation,city,country,lat,lon,actor,sector,ownership,year,status,magnitude,unit,summary,source_url\nAcme,Acme,Alpha,AA,,,enterprise,,private,,,,,,https://p.example/a\n",
	"initiatives/more.csv":  "name,organisation,city,country,lat,lon,actor,sector,ownership,year,status,magnitude,unit,summary,source_url\n\"ACME, Inc.\",Acme,Suburb,AA,10.1,20,startup,health,private,2020,running,3,people,\"Makes, and mends\",https://q.example/a\n",
	"initiatives/laws.csv":  "name,organisation,city,country,lat,lon,actor,sector,ownership,year,status,magnitude,unit,summary,source_url\nLaw,Government of Aland,,AA,,,government,,public,2020,,,,,https://l.example/\n",
}

func writeFacts(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "initiatives"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestDuplicatesOfOtherSourcesAreJoined(t *testing.T) {
	r, err := build(writeFacts(t, little))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.content.Initiatives) != 2 || r.joined != 1 {
		t.Fatalf("%d records, %d joined: %+v", len(r.content.Initiatives), r.joined, r.content.Initiatives)
	}
	x := r.content.Initiatives[0]
	if x.Name != "ACME, Inc." || x.Actor != data.Startup || x.Year != 2020 || x.Sector != 1 || len(x.Refs) != 2 || coverage(r.content, &x) != data.Global {
		t.Errorf("the richest row is not kept with all sources, as a startup, global: %+v", x)
	}
	if y := r.content.Initiatives[1]; y.City != -1 || y.Name != "Law" {
		t.Errorf("the national record is in a city: %+v", y)
	}
}

func TestWhatIsADuplicate(t *testing.T) {
	f := theBuild(t).facts
	seoul, paris := f.cityIndex["seoul"], f.cityIndex["paris"]
	one := func(name, org string, city int, actor data.Actor, source int) *fact {
		x := &fact{place: f.cities[city].Name}
		x.Name, x.Organisation, x.City, x.Country, x.Actor = name, org, city, f.cities[city].Country, actor
		x.Refs = []data.Ref{{Source: source}}
		return x
	}
	for _, c := range []struct {
		name string
		a, b *fact
		want bool
	}{
		{"legal form, case and accents do not count", one("Société Générale SA", "", paris, data.Enterprise, 0), one("societe generale", "", paris, data.Enterprise, 1), true},
		{"startup and enterprise", one("Acme", "Acme", paris, data.Startup, 0), one("Acme", "Acme", paris, data.Enterprise, 1), true},
		{"the city after the organisation", one("Acme Paris", "Acme", paris, data.Startup, 0), one("Acme", "Acme", paris, data.Startup, 1), true},
		{"another city", one("Acme", "Acme", paris, data.Startup, 0), one("Acme", "Acme", seoul, data.Startup, 1), false},
		{"the same source", one("Acme", "Acme", paris, data.Startup, 0), one("Acme", "Acme", paris, data.Startup, 0), false},
		{"a name of registers, two bodies", one("Chatbot", "Health office", paris, data.Government, 0), one("Chatbot", "Police", paris, data.Government, 1), false},
		{"a name of registers, one body", one("Chatbot", "Police", paris, data.Government, 0), one("Chatbot", "Police", paris, data.Government, 1), true},
		{"a word more", one("Acme Robotics", "Acme", paris, data.Startup, 0), one("Acme", "Acme", paris, data.Startup, 1), false},
	} {
		records, _ := f.joinDuplicates([]*fact{c.a, c.b})
		if got := len(records) == 1; got != c.want {
			t.Errorf("%s: joined %v, want %v", c.name, got, c.want)
		}
	}
}

// setCell returns the little facts with one value of the first row changed.
func setCell(file, column, value string) map[string]string {
	out := map[string]string{}
	for name, text := range little {
		out[name] = text
	}
	rows, _ := csv.NewReader(strings.NewReader(little[file])).ReadAll()
	rows[1][slices.Index(rows[0], column)] = value
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.WriteAll(rows)
	out[file] = b.String()
	return out
}

func TestABadValueIsNamedByFileLineAndColumn(t *testing.T) {
	for _, c := range []struct{ file, column, value, expected string }{
		{"initiatives/more.csv", "year", "20x5", "expected four digits from 1900 to 2035"},
		{"initiatives/more.csv", "year", "1850", "expected four digits"},
		{"initiatives/more.csv", "actor", "firm", "expected one of government, enterprise"},
		{"initiatives/more.csv", "sector", "wellness", "expected one of (empty), health"},
		{"initiatives/more.csv", "ownership", "royal", "expected one of (empty), public, private, mixed"},
		{"initiatives/more.csv", "status", "dead", "expected one of (empty), planned"},
		{"initiatives/more.csv", "country", "ZZ", "expected an id of countries.csv"},
		{"initiatives/more.csv", "city", "", "expected a value"},
		{"initiatives/more.csv", "name", "", "expected a value"},
		{"initiatives/more.csv", "name", " Acme", "begins or ends with a space"},
		{"initiatives/more.csv", "name", "a\x01b", "control character"},
		{"initiatives/more.csv", "name", "a\xffb", "not UTF-8"},
		{"initiatives/more.csv", "name", "Acme\u200b", "nobody sees"},
		{"initiatives/more.csv", "name", "Acme &amp; Co", "markup of a web page"},
		{"initiatives/more.csv", "summary", "Makes <b>things</b>", "markup of a web page"},
		{"initiatives/more.csv", "organisation", "SÃ£o Paulo", "wrong alphabet"},
		{"initiatives/more.csv", "name", "Acme,", "ends with a mark"},
		{"initiatives/more.csv", "name", "Acme (the", "bracket without its other half"},
		{"initiatives/more.csv", "organisation", "The \"Acme", "quotation mark without its other half"},
		{"initiatives/more.csv", "name", "Acme https://x.example", "belongs into source_url"},
		{"initiatives/more.csv", "lat", "north", "expected digits"},
		{"initiatives/more.csv", "lat", "91", "expected -90 to 90"},
		{"initiatives/more.csv", "lat", "", "expected lat and lon or neither"},
		{"initiatives/more.csv", "magnitude", "lots", "is not a number"},
		{"initiatives/more.csv", "magnitude", "NaN", "is not a number"},
		{"initiatives/more.csv", "unit", "", "expected both or neither"},
		{"initiatives/more.csv", "summary", strings.Repeat("x", 121), "expected at most 120"},
		{"initiatives/more.csv", "source_url", "", "expected the http or https address"},
		{"initiatives/more.csv", "source_url", "ftp://q.example/", "expected http:// or https://"},
		{"initiatives/more.csv", "source_url", "https://q.example/a b", "without spaces"},
		{"initiatives/more.csv", "source_url", "javascript:alert(1)", "expected http:// or https://"},
		{"initiatives/laws.csv", "city", "Alpha", "belong to the country"},
		{"cities.csv", "id", "Alpha City", "is not an id"},
		{"cities.csv", "id", "beta", "occurs twice"},
		{"cities.csv", "country", "", "expected an id of countries.csv"},
		{"cities.csv", "population", "0", "expected 1 to 1e+08"},
		{"cities.csv", "population_source", "census", "expected an id of sources.csv"},
		{"cities.csv", "radius_km", "", "expected a value"},
		{"countries.csv", "code", "aland", "expected two capital letters"},
		{"sources.csv", "coverage", "half", "expected one of global, partial"},
		{"sources.csv", "licence", "", "expected a value"},
		{"sources.csv", "licence", "ask the publisher", "expected a licence such as CC BY 4.0"},
		{"sources.csv", "level", "street", "expected one of city, national"},
		{"members.csv", "country", "BB", "is not the country of alpha"},
		{"members.csv", "city_id", "gamma", "expected an id of cities.csv"},
		{"indicators.csv", "pillar", "church", "expected one of government"},
		{"indicators.csv", "direction", "up", "expected one of 1, -1"},
		{"indicators.csv", "not_sources", "list|none", "ids of sources.csv separated by |"},
		{"indicators.csv", "weight", "0", "expected 0.001 to 1000"},
		{"measured.csv", "value", "-1", "expected 0 to"},
		{"measured.csv", "period", "last year", "expected a year (2025) or a span"},
		{"measured.csv", "city_id", "", "expected an id of cities.csv"},
		{"rankings.csv", "rank", "1.5", "expected a whole number"},
		{"rankings.csv", "rank", "", "expected one of them"},
	} {
		_, err := build(writeFacts(t, setCell(c.file, c.column, c.value)))
		if err == nil {
			t.Errorf("%s, column %s: %q is taken", c.file, c.column, c.value)
			continue
		}
		where := c.file + ":2: column " + c.column + ": "
		if c.column == "lat" && c.value == "" || c.column == "unit" || c.column == "id" && c.value == "beta" {
			where = c.file + ":" // the pair, or the second of two, may be named
		}
		if !strings.Contains(err.Error(), where) || !strings.Contains(err.Error(), c.expected) {
			t.Errorf("%s, column %s: %q: got %q, want %q and %q", c.file, c.column, c.value, err, where, c.expected)
		}
	}
}

func TestABadFormIsNamed(t *testing.T) {
	for _, c := range []struct{ name, file, text, expected string }{
		{"no header", "measured.csv", "", "measured.csv:1: is empty, expected the header measure,city_id"},
		{"another header", "measured.csv", "a,b\n", "measured.csv:1: header is a,b, expected measure,city_id"},
		{"a field too few", "members.csv", "city_id,name,country,lat,lon\nalpha,Suburb,AA,10.1\n", "members.csv:2: has 4 fields, expected 5"},
		{"an open quote", "members.csv", "city_id,name,country,lat,lon\nalpha,Suburb,AA,10.1,20\nalpha,\"Suburb,AA,10.1,20\n", "members.csv:3: "},
		{"a file of no source", "initiatives/other.csv", little["initiatives/list.csv"], "initiatives/other.csv:1: is named for no source"},
		{"two editions", "edition.csv", "edition,released,title\n1,2,3\n4,5,6\n", "has 2 rows, expected one"},
		{"a measure without figures", "measured.csv", "measure,city_id,value,unit,period,source,source_url\n", `no figure has the measure "watts"`},
	} {
		files := setCell("edition.csv", "title", "Little")
		files[c.file] = c.text
		if _, err := build(writeFacts(t, files)); err == nil || !strings.Contains(err.Error(), c.expected) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.expected)
		}
	}
}

func TestAbsentFigures(t *testing.T) {
	r, err := build(writeFacts(t, little))
	if err != nil {
		t.Fatal(err)
	}
	watts := r.content.Figures[1]
	if watts[0].Value != 2.5 || watts[0].Period != "2021-2025" || watts[1].Value == watts[1].Value {
		t.Errorf("figures %+v, want 2.5 and missing", watts)
	}
	r, err = build(writeFacts(t, setCell("indicators.csv", "absent", "zero")))
	if err != nil {
		t.Fatal(err)
	}
	if r.content.Figures[0] != nil {
		t.Error("an indicator made of initiatives has figures")
	}
}

// FuzzFacts puts any text in any cell: the build takes it or says where it is
// wrong, and what it takes can be encoded and decoded.
func FuzzFacts(f *testing.F) {
	var cells [][2]string
	for file, columns := range columnsOf {
		for _, c := range columns {
			cells = append(cells, [2]string{file, c})
		}
	}
	for _, c := range initiativeColumns {
		cells = append(cells, [2]string{"initiatives/more.csv", c}, [2]string{"initiatives/laws.csv", c})
	}
	slices.SortFunc(cells, func(a, b [2]string) int { return strings.Compare(a[0]+a[1], b[0]+b[1]) })
	for i := range cells {
		for _, v := range []string{"", "alpha", "1e400", "-0", "2020", "|", "\x02", "https://x.example", "\u0000", strings.Repeat("9", 400)} {
			f.Add(uint16(i), v)
		}
	}
	f.Fuzz(func(t *testing.T, cell uint16, value string) {
		at := cells[int(cell)%len(cells)]
		r, err := build(writeFacts(t, setCell(at[0], at[1], value)))
		if err != nil {
			if !strings.Contains(err.Error(), ".csv:") {
				t.Errorf("%v = %q: the error names no file: %v", at, value, err)
			}
			return
		}
		file, err := data.Encode(r.content)
		if err != nil {
			t.Fatalf("%v = %q: %v", at, value, err)
		}
		if _, err := data.Decode(file); err != nil {
			t.Fatalf("%v = %q: %v", at, value, err)
		}
	})
}

func TestSummaryAndCellsSayTheFigures(t *testing.T) {
	r := theBuild(t)
	var b bytes.Buffer
	r.summary(&b)
	for _, want := range []string{strconv.Itoa(len(r.facts.rows)) + " rows in", "left out", "data_centre", "100 in the default universe"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the summary lacks %q:\n%s", want, b.String())
		}
	}
	d, err := data.Open()
	if err != nil {
		t.Fatal(err)
	}
	b.Reset()
	if err := r.cells(&b, d); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(b.String(), "\n"); lines < 102 {
		t.Errorf("%d lines, want one for each of the 100 cities and more", lines)
	}
}

func TestCheckNamesWhatChanged(t *testing.T) {
	decode := func(files map[string]string) (*result, *data.Dataset) {
		r, err := build(writeFacts(t, files))
		if err != nil {
			t.Fatal(err)
		}
		file, err := data.Encode(r.content)
		if err != nil {
			t.Fatal(err)
		}
		d, err := data.Decode(file)
		if err != nil {
			t.Fatal(err)
		}
		return r, d
	}
	_, d := decode(little)
	before, err := factsOf(d)
	if err != nil {
		t.Fatal(err)
	}
	files := setCell("initiatives/more.csv", "year", "2021")
	files["initiatives/laws.csv"] = strings.Replace(files["initiatives/laws.csv"], "Law,", "Other law,", 1)
	files["initiatives/list.csv"] += "Acme AI,Acme AI,Alpha,AA,,,startup,,private,1950,,0,people,,https://p.example/a?utm_source=x\n"
	files["measured.csv"] = strings.Replace(files["measured.csv"], "2.5", "3.5", 1)
	r, after := decode(files)
	var b bytes.Buffer
	if err := r.check(&b, before, after); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"new records: 2", "AA: Other law", "changed records: 1", "alpha: ACME, Inc. [more]", "removed records: 1", "AA: Law",
		"changed figures: 1", "alpha: watts: 2.5 → 3.5",
		"suspected duplicates", "alpha: Acme AI (list, startup) = ACME, Inc. (more, startup)",
		"a startup of 1950", "magnitude 0", "carries tracking parameters",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, b.String())
		}
	}
}

func TestTheChangelogIsThatOfTheReleasedEditions(t *testing.T) {
	d, err := data.Open()
	if err != nil {
		t.Fatal(err)
	}
	released, err := release.Released("../editions")
	if err != nil {
		t.Fatal(err)
	}
	if len(released) == 0 {
		t.Fatal("no edition is released")
	}
	dir := t.TempDir()
	if err := writeChanges(dir, filepath.Join(dir, "CHANGELOG.md"), released, d); err != nil {
		t.Fatal(err)
	}
	for committed, written := range map[string]string{"../CHANGELOG.md": "CHANGELOG.md", "../editions/changes.csv": "changes.csv"} {
		want, err := os.ReadFile(filepath.Join(dir, written))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(committed); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the editions give (%v): run go run ./data/build -changelog and commit it", written, err)
		}
	}
}

func TestAFolderWithoutFactsNamesTheSameFileEachTime(t *testing.T) {
	for range 20 {
		_, err := readFacts(t.TempDir())
		if err == nil || !strings.Contains(err.Error(), "cities.csv") {
			t.Fatalf("%v does not name cities.csv, the first of the files", err)
		}
	}
}
