package release

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"aicities/data"
)

// Edition is the files of one release by name: tables as CSV, datapackage.json,
// LICENCES.md.
type Edition struct {
	ID      string
	Files   map[string][]byte
	archive []byte // that it was read from
}

// Make writes tables as the files of an edition.
func Make(e data.Edition, tables []Table) (*Edition, error) {
	out := &Edition{ID: e.ID, Files: map[string][]byte{}}
	for i := range tables {
		text, err := tables[i].csv()
		if err != nil {
			return nil, err
		}
		out.Files[tables[i].Name+".csv"] = text
	}
	out.Files["LICENCES.md"] = licences(e, tables)
	description, err := describe(e, tables, out.Files)
	if err != nil {
		return nil, err
	}
	out.Files["datapackage.json"] = description
	return out, nil
}

// csv writes a table as RFC 4180 asks, in UTF-8. A spreadsheet must not take a
// text for a formula: an apostrophe goes before the characters that start one
// (OWASP, CSV injection).
func (t *Table) csv() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	header := make([]string, len(t.Columns))
	for k, c := range t.Columns {
		header[k] = c.Name
	}
	w.Write(header)
	for _, row := range t.Rows {
		row = slices.Clone(row)
		if len(row) != len(t.Columns) {
			return nil, fmt.Errorf("table %s: a row has %d cells, expected %d: %q", t.Name, len(row), len(t.Columns), row)
		}
		for k, v := range row {
			if v != "" && t.Columns[k].Type == "string" && strings.IndexByte("=+-@", v[0]) >= 0 {
				row[k] = "'" + v
			}
		}
		w.Write(row)
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// The description, as the Frictionless Data Package (version 1) and its Table
// Schema name the parts.
type (
	descriptor struct {
		Profile   string          `json:"profile"`
		Name      string          `json:"name"`
		Title     string          `json:"title"`
		Version   string          `json:"version"`
		Released  string          `json:"released"`
		Text      string          `json:"description"`
		Licenses  []licence       `json:"licenses"`
		Sources   []sourceOfFacts `json:"sources"`
		Resources []resource      `json:"resources"`
	}
	licence struct {
		Name  string `json:"name"`
		Path  string `json:"path,omitempty"`
		Title string `json:"title,omitempty"`
	}
	sourceOfFacts struct {
		Title string `json:"title"`
		Path  string `json:"path,omitempty"`
	}
	resource struct {
		Profile   string    `json:"profile"`
		Name      string    `json:"name"`
		Title     string    `json:"title"`
		Path      string    `json:"path"`
		Format    string    `json:"format"`
		MediaType string    `json:"mediatype"`
		Encoding  string    `json:"encoding"`
		Bytes     int       `json:"bytes"`
		Hash      string    `json:"hash"`
		Licenses  []licence `json:"licenses"`
		Schema    schema    `json:"schema"`
	}
	schema struct {
		Fields        []field      `json:"fields"`
		MissingValues []string     `json:"missingValues"`
		PrimaryKey    []string     `json:"primaryKey,omitempty"`
		ForeignKeys   []foreignKey `json:"foreignKeys,omitempty"`
	}
	field struct {
		Name        string `json:"name"`
		Type        string `json:"type"`
		Description string `json:"description"`
	}
	foreignKey struct {
		Fields    string    `json:"fields"`
		Reference reference `json:"reference"`
	}
	reference struct {
		Resource string `json:"resource"`
		Fields   string `json:"fields"`
	}
)

var licenceOf = map[string]licence{
	"CC-BY-4.0": {"CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0 International"},
	"ODbL-1.0":  {"ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/", "Open Data Commons Open Database License 1.0"},
}

func describe(e data.Edition, tables []Table, files map[string][]byte) ([]byte, error) {
	d := descriptor{Profile: "tabular-data-package", Name: "ai-cities-explorer", Title: e.Title, Version: e.ID, Released: e.Released,
		Text:     "AI initiatives of cities, indicators and the scores of the default method. LICENCES.md says what each file and row allows.",
		Licenses: []licence{licenceOf["CC-BY-4.0"], licenceOf["ODbL-1.0"]}}
	for i := range tables {
		t := &tables[i]
		if t.Name == "sources" {
			for _, row := range t.Rows {
				d.Sources = append(d.Sources, sourceOfFacts{row[1] + " (" + row[2] + ")", row[3]})
			}
		}
		file := t.Name + ".csv"
		sum := sha256.Sum256(files[file])
		r := resource{Profile: "tabular-data-resource", Name: strings.ReplaceAll(t.Name, "_", "-"), Title: t.Title, Path: file, Format: "csv", MediaType: "text/csv", Encoding: "utf-8",
			Bytes: len(files[file]), Hash: "sha256:" + hex.EncodeToString(sum[:])}
		for _, id := range t.Terms {
			r.Licenses = append(r.Licenses, licenceOf[id])
		}
		r.Schema.MissingValues, r.Schema.PrimaryKey = []string{""}, t.Key
		for _, c := range t.Columns {
			r.Schema.Fields = append(r.Schema.Fields, field(c))
			if to, ok := t.Refers[c.Name]; ok {
				table, column, _ := strings.Cut(to, ".")
				r.Schema.ForeignKeys = append(r.Schema.ForeignKeys, foreignKey{c.Name, reference{table, column}})
			}
		}
		d.Resources = append(d.Resources, r)
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	w.SetIndent("", " ")
	err := w.Encode(d)
	return b.Bytes(), err
}

func licences(e data.Edition, tables []Table) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `# Licences of edition %s

The compilation, its classification and the summaries are the project's own work under CC BY 4.0, where the sources allow it. What each row allows is in its column terms, and in sources.csv for each source.

| file | licence | to be said when it is used |
|---|---|---|
`, e.ID)
	for i := range tables {
		fmt.Fprintf(&b, "| %s.csv | %s | %s |\n", tables[i].Name, strings.Join(tables[i].Terms, ", "), tables[i].Note)
	}
	b.WriteString(`
The same holds for the JSON file of each table.

| terms of a row | what is passed on |
|---|---|
| an SPDX identifier (CC-BY-4.0, CC-BY-3.0-IGO, CC0-1.0, OGL-UK-3.0, Unicode-3.0, MIT, Apache-2.0) | everything, under the terms of that licence: name the source |
| public-domain | everything |
| ODbL-1.0 | everything, in a file of its own under the same licence |
| facts-only | the source states no licence, or one for its software: of a record only name, place, year and address; sums per city |
| counts-only | sums per city that the project made, no record (PeeringDB) |
| cite-only | nothing: such figures are cited one by one on the site, with their source |

Published rankings that the site compares itself with are cite-only and in none of these files.

## What to say

"AI Cities Explorer, edition ` + e.ID + `, CC BY 4.0", and for the rows that you use the sources with their licences, among them:

`)
	for i := range tables {
		if tables[i].Name != "sources" {
			continue
		}
		for _, row := range tables[i].Rows {
			if terms := Terms(row[5]); terms != FactsOnly && terms != CiteOnly {
				fmt.Fprintf(&b, "- %s: %s (%s). %s\n", row[0], row[1], row[2], row[4])
			}
		}
	}
	return b.Bytes()
}

// JSON returns a table of the edition as {"columns": […], "data": [[…], …]},
// with numbers and booleans as such and null where the CSV has nothing.
func (e *Edition) JSON(table string) ([]byte, error) {
	columns, rows, err := e.table(table)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	b.WriteString(`{"columns":[`)
	for k, c := range columns {
		if k > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Quote(c.Name))
	}
	b.WriteString(`],"data":[`)
	for i, row := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n[")
		for k, v := range row {
			if k > 0 {
				b.WriteByte(',')
			}
			switch {
			case v == "":
				b.WriteString("null")
			case columns[k].Type != "string":
				b.WriteString(v)
			default:
				if err := w.Encode(v); err != nil {
					return nil, err
				}
				b.Truncate(b.Len() - 1) // the encoder ends each value with a new line
			}
		}
		b.WriteByte(']')
	}
	b.WriteString("\n]}\n")
	return b.Bytes(), nil
}

// description reads datapackage.json.
func (e *Edition) description() (descriptor, error) {
	var d descriptor
	if err := json.Unmarshal(e.Files["datapackage.json"], &d); err != nil {
		return d, fmt.Errorf("edition %s: datapackage.json: %w", e.ID, err)
	}
	return d, nil
}

// Tables lists the names of the edition's tables in the order of the description.
func (e *Edition) Tables() ([]string, error) {
	d, err := e.description()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, r := range d.Resources {
		out = append(out, strings.TrimSuffix(r.Path, ".csv"))
	}
	return out, nil
}

// table reads a table back, with its cells as they were before they were made
// safe for spreadsheets.
func (e *Edition) table(name string) ([]field, [][]string, error) {
	d, err := e.description()
	if err != nil {
		return nil, nil, err
	}
	k := slices.IndexFunc(d.Resources, func(r resource) bool { return r.Path == name+".csv" })
	if k < 0 {
		return nil, nil, fmt.Errorf("edition %s has no table %s", e.ID, name)
	}
	fields := d.Resources[k].Schema.Fields
	rows, err := csv.NewReader(bytes.NewReader(e.Files[name+".csv"])).ReadAll()
	if err != nil {
		return nil, nil, fmt.Errorf("edition %s: %s.csv: %w", e.ID, name, err)
	}
	if len(rows) == 0 || len(rows[0]) != len(fields) {
		return nil, nil, fmt.Errorf("edition %s: %s.csv has other columns than its description", e.ID, name)
	}
	for _, row := range rows[1:] {
		for i, v := range row {
			if fields[i].Type == "string" && len(v) > 1 && v[0] == '\'' && strings.IndexByte("=+-@", v[1]) >= 0 {
				row[i] = v[1:]
			}
		}
	}
	return fields, rows[1:], nil
}

// Sums lists the SHA-256 sums of files as the command sha256sum does.
func Sums(files map[string][]byte) []byte {
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(files)) {
		sum := sha256.Sum256(files[name])
		fmt.Fprintf(&b, "%s  %s\n", hex.EncodeToString(sum[:]), name)
	}
	return b.Bytes()
}

// Zip packs the files of an edition, in order of name and without times, so that
// the same files give the same archive; of an edition that was read from one, it
// returns that one.
func (e *Edition) Zip() ([]byte, error) {
	if e.archive != nil {
		return e.archive, nil
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(e.Files)) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: "ai-cities-" + e.ID + "/" + name, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(e.Files[name]); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// Unzip reads an archive that Zip made.
func Unzip(archive []byte) (*Edition, error) {
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	e := &Edition{Files: map[string][]byte{}, archive: archive}
	for _, f := range z.File {
		folder, name, _ := strings.Cut(f.Name, "/")
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(io.LimitReader(r, 1<<28))
		r.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		e.ID, e.Files[name] = strings.TrimPrefix(folder, "ai-cities-"), content
	}
	return e, nil
}

// SumsFile is the file, beside the archives of the editions, with their
// checksums.
const SumsFile = "SHA256SUMS"

// Released returns the editions that were released, the oldest first: the
// archives that SHA256SUMS in the folder lists. An archive that is not what it
// was when it was released is an error.
func Released(dir string) ([]*Edition, error) {
	list, err := os.ReadFile(filepath.Join(dir, SumsFile))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []*Edition
	for line := range strings.Lines(string(list)) {
		want, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok {
			return nil, fmt.Errorf("%s: %q is not a checksum and a name", SumsFile, line)
		}
		archive, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		if sum := sha256.Sum256(archive); hex.EncodeToString(sum[:]) != want {
			return nil, fmt.Errorf("%s is not what was released: its SHA-256 sum is %x, %s says %s; an edition never changes: give the new facts a new edition in edition.csv", name, sum, SumsFile, want)
		}
		e, err := Unzip(archive)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, e)
	}
	return out, nil
}

// Release adds an edition to the released ones.
func Release(dir string, e *Edition) error {
	name := e.ID + ".zip"
	if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
		return fmt.Errorf("edition %s is released already and never changes: give the new facts a new edition in data/facts/edition.csv", e.ID)
	}
	archive, err := e.Zip()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, name), archive, 0o644); err != nil {
		return err
	}
	list, err := os.OpenFile(filepath.Join(dir, SumsFile), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = list.Write(Sums(map[string][]byte{name: archive}))
	if closing := list.Close(); err == nil {
		err = closing
	}
	return err
}
