package release

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"aicities/data"
)

func open(t *testing.T) *data.Dataset {
	t.Helper()
	d, err := data.Open()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// present is the edition of the present facts, without scores.
func present(t *testing.T) *Edition {
	t.Helper()
	return made(t, open(t))
}

// made is the edition that a dataset gives, without scores.
func made(t *testing.T, d *data.Dataset) *Edition {
	t.Helper()
	tables, err := Tables(d)
	if err != nil {
		t.Fatal(err)
	}
	e, err := Make(d.Edition, tables)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func tablesOf(t *testing.T) map[string][]map[string]string {
	t.Helper()
	e := present(t)
	names, err := e.Tables()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]map[string]string{}
	for _, name := range names {
		if out[name], err = e.named(name); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// small is a dataset of two cities with one record each and a figure.
func small(t *testing.T, id string, change func(*data.Content)) *Edition {
	t.Helper()
	nan := 0.0
	nan /= nan
	c := &data.Content{
		Edition: data.Edition{ID: id, Released: "2026-01", Title: "Small"},
		Regions: []string{"North"}, Sectors: []string{"", "health"},
		Countries: []data.Country{{Code: "AA", Name: "Aland"}},
		Sources:   []data.Source{{ID: "list", Title: "List", Publisher: "P", Licence: "CC0 1.0", AsOf: "2025"}, {ID: "more", Title: "More", Publisher: "P", Licence: "none stated: facts only", AsOf: "2025"}},
		Cities: []data.City{
			{ID: "alpha", Name: "Alpha", Population: 1000, PopYear: 2020, GDP: nan, GDPSource: -1, Default: true},
			{ID: "beta", Name: "Beta", Population: 2000, PopYear: 2020, GDP: nan, GDPSource: -1, Default: true},
		},
		Indicators: []data.IndicatorDef{{ID: "watts", Pillar: data.Telecom, Title: "Watts", Unit: "W", Direction: 1, Weight: 1}},
		Figures:    [][]data.Figure{{{Value: 2.5, Period: "2025", URL: "https://p.example/w", Listed: true}, {Value: nan, Source: -1}}},
		Initiatives: []data.Initiative{
			{Name: "=Acme", Organisation: "Acme", City: 0, Actor: data.Startup, Sector: 1, Year: 2020, Magnitude: 3, Unit: "people", Summary: "Makes, and mends", Refs: []data.Ref{{URL: "https://p.example/a"}}},
			{Name: "Bolt", Organisation: "Bolt & Co", City: 1, Actor: data.Enterprise, Magnitude: nan, Summary: "Joins", Refs: []data.Ref{{Source: 1, URL: "https://q.example/b"}}},
		},
	}
	change(c)
	file, err := data.Encode(c)
	if err != nil {
		t.Fatal(err)
	}
	d, err := data.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	return made(t, d)
}

func same(*data.Content) {}

func TestFilesAreRFC4180AndUTF8AndNoFormulas(t *testing.T) {
	e := present(t)
	for name, content := range e.Files {
		if !utf8.Valid(content) {
			t.Errorf("%s is not UTF-8", name)
		}
		if !strings.HasSuffix(name, ".csv") {
			continue
		}
		if n, crlf := bytes.Count(content, []byte("\n")), bytes.Count(content, []byte("\r\n")); n != crlf || n < 2 || !bytes.HasSuffix(content, []byte("\r\n")) {
			t.Errorf("%s: %d lines, %d of them end as RFC 4180 asks", name, n, crlf)
		}
		fields, rows, err := e.table(strings.TrimSuffix(name, ".csv"))
		if err != nil {
			t.Error(err)
			continue
		}
		raw, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
		if err != nil {
			t.Error(err)
			continue
		}
		for i, row := range rows {
			for k, v := range row {
				cell := raw[i+1][k]
				switch fields[k].Type {
				case "string":
					if cell != "" && strings.IndexByte("=+-@", cell[0]) >= 0 {
						t.Fatalf("%s, column %s: a spreadsheet takes %q for a formula", name, fields[k].Name, cell)
					}
				case "boolean":
					if v != "true" && v != "false" {
						t.Fatalf("%s, column %s: %q is not a boolean", name, fields[k].Name, v)
					}
				default:
					if _, err := strconv.ParseFloat(v, 64); err != nil && v != "" || strings.Contains(v, "NaN") || fields[k].Type != "number" && strings.Contains(v, ".") {
						t.Fatalf("%s, column %s: %q is not of type %s", name, fields[k].Name, v, fields[k].Type)
					}
				}
			}
		}
	}
	if !strings.Contains(string(small(t, "1", same).Files["initiatives.csv"]), "alpha,AA,'=Acme,Acme,startup,health,,2020,,3,people,\"Makes, and mends\"") {
		t.Error("a name that starts like a formula is not made safe")
	}
}

func TestTheDescriptionFitsTheFiles(t *testing.T) {
	e := present(t)
	var d descriptor
	if err := json.Unmarshal(e.Files["datapackage.json"], &d); err != nil {
		t.Fatal(err)
	}
	if d.Version != e.ID || len(d.Resources) != len(e.Files)-2 || len(d.Sources) < 50 {
		t.Errorf("version %s, %d resources, %d sources", d.Version, len(d.Resources), len(d.Sources))
	}
	values := map[string]map[string]bool{} // table.column → values
	for _, r := range d.Resources {
		sum := sha256.Sum256(e.Files[r.Path])
		if r.Hash != "sha256:"+hex.EncodeToString(sum[:]) || r.Bytes != len(e.Files[r.Path]) {
			t.Errorf("%s: hash or size are not those of the file", r.Path)
		}
		header, _, _ := strings.Cut(string(e.Files[r.Path]), "\r\n")
		var names []string
		for _, f := range r.Schema.Fields {
			names = append(names, f.Name)
			if f.Description == "" {
				t.Errorf("%s: column %s is not described", r.Path, f.Name)
			}
		}
		if header != strings.Join(names, ",") {
			t.Errorf("%s: columns %s, described as %v", r.Path, header, names)
		}
		if len(r.Licenses) == 0 || r.Licenses[0].Path == "" {
			t.Errorf("%s: no licence", r.Path)
		}
		rows, err := e.named(r.Name)
		if rows == nil {
			rows, err = e.named(strings.ReplaceAll(r.Name, "-", "_"))
		}
		if err != nil {
			t.Fatal(err)
		}
		keys := map[string]bool{}
		for _, row := range rows {
			key := ""
			for _, k := range r.Schema.PrimaryKey {
				key += row[k] + "\n"
			}
			if key != "" && keys[key] {
				t.Errorf("%s: the key %q occurs twice", r.Path, key)
			}
			keys[key] = true
			for column, v := range row {
				at := r.Name + "." + column
				if values[at] == nil {
					values[at] = map[string]bool{}
				}
				values[at][v] = true
			}
		}
	}
	for _, r := range d.Resources {
		for _, f := range r.Schema.ForeignKeys {
			for v := range values[r.Name+"."+f.Fields] {
				if v != "" && !values[f.Reference.Resource+"."+f.Reference.Fields][v] {
					t.Errorf("%s: %s %q is not in %s", r.Path, f.Fields, v, f.Reference.Resource)
				}
			}
		}
	}
}

func TestJSONHasTheValuesOfTheCSV(t *testing.T) {
	e := small(t, "1", same)
	text, err := e.JSON("initiatives")
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Columns []string
		Data    [][]any
	}
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	at := func(row int, column string) any { return got.Data[row][slices.Index(got.Columns, column)] }
	if at(0, "name") != "=Acme" || at(0, "year") != 2020.0 || at(0, "ownership") != nil || at(1, "organisation") != nil || at(1, "terms") != "facts-only" {
		t.Errorf("got %v", got.Data)
	}
	if _, err := e.JSON("none"); err == nil {
		t.Error("an unknown table is made")
	}
}

func TestMissingIsNoRowAndNeverZero(t *testing.T) {
	rows, err := small(t, "1", same).named("values")
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0]["city_id"] != "alpha" || rows[0]["value"] != "2.5" {
		t.Errorf("values %v, want the one that is known", rows)
	}
}

func TestAnUnknownLicenceAndARecordThatMustNotBePassedOnStopTheRelease(t *testing.T) {
	for _, c := range []struct{ licence, want string }{{"ask the publisher", "is not understood"}, {"all rights reserved: cite", "does not allow records"}, {"PeeringDB policy", "does not allow records"}} {
		d := open(t)
		k, _ := d.SourceByID("yc_directory")
		d.Sources[k].Licence = c.licence
		if _, err := Tables(d); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.licence, err, c.want)
		}
	}
}

func TestAnArchiveReadsBackAndIsTheSameEachTime(t *testing.T) {
	e := small(t, "7.1", same)
	a, err := e.Zip()
	if err != nil {
		t.Fatal(err)
	}
	b, err := small(t, "7.1", same).Zip()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("two archives of the same edition differ")
	}
	back, err := Unzip(a)
	if err != nil {
		t.Fatal(err)
	}
	if back.ID != "7.1" || len(back.Files) != len(e.Files) || !bytes.Equal(back.Files["values.csv"], e.Files["values.csv"]) {
		t.Errorf("read back: edition %s with %d files", back.ID, len(back.Files))
	}
}

func TestAReleasedEditionNeverChanges(t *testing.T) {
	dir := t.TempDir()
	e := small(t, "1.1", same)
	if err := Release(dir, e); err != nil {
		t.Fatal(err)
	}
	if err := Release(dir, e); err == nil || !strings.Contains(err.Error(), "never changes") {
		t.Errorf("the edition is released twice: %v", err)
	}
	if err := Release(dir, small(t, "1.2", same)); err != nil {
		t.Fatal(err)
	}
	all, err := Released(dir)
	if err != nil || len(all) != 2 || all[0].ID != "1.1" || all[1].ID != "1.2" {
		t.Fatalf("released: %v, %v", all, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "1.1.zip"), []byte("other"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Released(dir); err == nil || !strings.Contains(err.Error(), "1.1.zip is not what was released") {
		t.Errorf("a changed archive is taken: %v", err)
	}
	if none, err := Released(t.TempDir()); none != nil || err != nil {
		t.Errorf("a folder without editions: %v, %v", none, err)
	}
}

// A correction to the facts belongs to the next edition: where the present one is
// released, the facts give exactly it.
func TestTheReleasedEditionIsWhatThePresentFactsGive(t *testing.T) {
	all, err := Released("../editions")
	if err != nil {
		t.Fatal(err)
	}
	now := present(t)
	for _, e := range all {
		if e.ID != now.ID {
			continue
		}
		delete(e.Files, "scores.csv")
		c, err := Compare(e, now)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Cities)+len(c.Others) > 0 {
			var b bytes.Buffer
			c.write(&b)
			t.Errorf("edition %s is released and the facts say otherwise: name a new edition in data/facts/edition.csv\n%s", e.ID, b.String())
		}
	}
}

// pair is an edition and its successor, with scores.
func pair(t *testing.T) []*Edition {
	t.Helper()
	with := func(e *Edition, scores string) *Edition {
		d := descriptor{}
		if err := json.Unmarshal(e.Files["datapackage.json"], &d); err != nil {
			t.Fatal(err)
		}
		d.Resources = append(d.Resources, resource{Name: "scores", Path: "scores.csv", Schema: schema{Fields: []field{{"city_id", "string", ""}, {"rank", "integer", ""}}}})
		e.Files["datapackage.json"], _ = json.Marshal(d)
		e.Files["scores.csv"] = []byte("city_id,rank\r\n" + scores)
		return e
	}
	return []*Edition{with(small(t, "1.1", same), "alpha,2\r\nbeta,1\r\n"), with(small(t, "1.2", func(c *data.Content) {
		c.Initiatives[1].Summary = "Joins two things" // withheld, and yet the digest shows it
		first := c.Initiatives[0]
		c.Initiatives[0].Name = "Acme Labs"
		first.Name, first.Refs = "Cog", []data.Ref{{URL: "https://p.example/c"}}
		c.Initiatives = slices.Insert(c.Initiatives, 1, first)
		c.Figures[0][0].Value = 3
		c.Figures[0][1] = data.Figure{Value: 1, Period: "2026", URL: "https://p.example/w", Listed: true}
		c.Sources[0].AsOf = "2026"
	}), "alpha,1\r\nbeta,\r\n")}
}

func TestTheChangelogSaysWhatChangedByCity(t *testing.T) {
	var b bytes.Buffer
	if err := Changelog(&b, pair(t)); err != nil {
		t.Fatal(err)
	}
	want := "# What each edition of the data changed\n\nWritten by `go run ./data/build -changelog` from the released editions in `data/editions`.\n" + `
## 1.2

Against 1.1:

- changed source list

| city | rank | new records | changed | removed | figures |
|---|---|---|---|---|---|
| alpha | 2 → 1 | 2 | 0 | 1 | watts: 2.5 → 3 |
| beta | 1 → none | 0 | 1 | 0 | watts: unknown → 1 |

## 1.1

The first edition: 2 records, 2 cities, 2 sources.
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	b.Reset()
	if err := Since(&b, pair(t)); err != nil {
		t.Fatal(err)
	}
	if want := "edition,city_id,rank,new,changed,removed,figures\n1.1,alpha,2,2,0,1,1\n1.1,beta,1,0,1,0,1\n"; b.String() != want {
		t.Errorf("changes since 1.1:\n%s\nwant\n%s", b.String(), want)
	}
}

func TestAnEditionDoesNotDifferFromItself(t *testing.T) {
	c, err := Compare(present(t), present(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Cities)+len(c.Others) > 0 {
		t.Errorf("%+v", c)
	}
}
