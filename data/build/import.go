package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Files that -import takes, with their columns.
var (
	importInitiatives = []string{"name", "organisation", "city", "country", "lat", "lon", "actor", "sector", "ownership", "year", "magnitude", "unit", "summary", "source_url", "source"}
	importIndicators  = []string{"city_id", "indicator", "value", "unit", "year", "source", "source_url"}
	importSources     = []string{"source", "title", "publisher", "url", "licence", "as_of", "records", "coverage", "how_taken", "known_bias"}
)

// internationalBodies hold records in national registers that are no country's.
var internationalBodies = []string{"European Commission", "Government of African Union", "OECD", "UNESCO"}

// nationalSuffix marks, in imported figures, a measure of countries that is
// given for cities.
const nationalSuffix = "_national"

// importCounts is what an import did, by kind of row.
type importCounts struct {
	fresh, changed, same int
	rejected             []problem
}

// importFrom joins the files in dir (initiatives_*.csv, indicators_*.csv,
// *.sources.csv) with the facts. A row that the facts have is the same, or, where
// only what is said of the thing differs, a change; a row that does not pass the
// checks of the build is rejected and changes nothing.
func importFrom(dir, factsDir string) (map[string]*importCounts, error) {
	old, err := readFacts(factsDir)
	if err != nil {
		return nil, fmt.Errorf("the facts need correction before an import:\n%w", err)
	}
	im := &importer{facts: old, dir: factsDir, tables: map[string]*factTable{}, counts: map[string]*importCounts{}}
	for _, kind := range []struct {
		pattern string
		columns []string
		take    func(*row) error
	}{
		{"*.sources.csv", importSources, im.source},
		{"initiatives_*.csv", importInitiatives, im.initiative},
		{"indicators_*.csv", importIndicators, im.figure},
	} {
		files, err := filepath.Glob(filepath.Join(dir, kind.pattern))
		if err != nil {
			return nil, err
		}
		slices.Sort(files)
		for _, file := range files {
			if err := im.file(file, kind.columns, kind.take); err != nil {
				return nil, err
			}
		}
	}
	return im.counts, im.write()
}

// importer holds the tables of facts that an import changes.
type importer struct {
	facts  *facts
	dir    string
	tables map[string]*factTable
	counts map[string]*importCounts
	count  *importCounts // of the file being read
}

// factTable is a file of facts as text.
type factTable struct {
	columns []string
	keys    []int // columns that say which thing a row is about
	rows    [][]string
	at      map[string]int
	changed bool
}

func (im *importer) file(path string, columns []string, take func(*row) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	im.count = &importCounts{}
	im.counts[filepath.Base(path)] = im.count
	// Tables of sources may come without the columns records and coverage.
	var text bytes.Buffer
	if _, err := io.Copy(&text, f); err != nil {
		return err
	}
	header, _, _ := strings.Cut(text.String(), "\n")
	if names := strings.Split(strings.TrimRight(header, "\r"), ","); slices.Contains(names, "known_bias") {
		columns = names
	}
	var bad problems
	rows := parseTable(&text, filepath.Base(path), columns, &bad)
	malformed := map[int]bool{}
	for _, p := range bad {
		malformed[p.Line] = true
	}
	for _, r := range rows {
		if slices.ContainsFunc(r.lines, func(line int) bool { return malformed[line] }) {
			continue
		}
		if err := take(&r); err != nil {
			return err
		}
	}
	im.count.rejected = bad
	return nil
}

// table opens a file of facts for change; a new one is empty.
func (im *importer) table(file string, columns []string, keys ...string) (*factTable, error) {
	if t := im.tables[file]; t != nil {
		return t, nil
	}
	t := &factTable{columns: columns, at: map[string]int{}}
	for _, k := range keys {
		t.keys = append(t.keys, slices.Index(columns, k))
	}
	text, err := os.ReadFile(filepath.Join(im.dir, filepath.FromSlash(file)))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	if err == nil {
		all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			return nil, err
		}
		t.rows = all[1:]
	}
	for i, v := range t.rows {
		t.at[t.key(v)] = i
	}
	im.tables[file] = t
	return t, nil
}

func (t *factTable) key(v []string) string {
	var parts []string
	for _, k := range t.keys {
		parts = append(parts, v[k])
	}
	return strings.Join(parts, "\n")
}

// put adds a row, or changes the one about the same thing.
func (im *importer) put(t *factTable, v []string) {
	i, known := t.at[t.key(v)]
	switch {
	case !known:
		t.at[t.key(v)] = len(t.rows)
		t.rows = append(t.rows, v)
		im.count.fresh++
	case slices.Equal(t.rows[i], v):
		im.count.same++
		return
	default:
		t.rows[i] = v
		im.count.changed++
	}
	t.changed = true
}

func (im *importer) source(r *row) error {
	optional := func(column, otherwise string) string {
		if slices.Contains(r.columns, column) && r.text(column) != "" {
			return r.text(column)
		}
		return otherwise
	}
	id := r.text("source")
	level, coverage := "city", ""
	if k, ok := im.facts.sourceIndex[id]; ok {
		s := im.facts.sources[k]
		coverage = s.Coverage.String()
		if s.National {
			level = "national"
		}
	}
	columns := columnsOf["sources.csv"]
	v := []string{id, r.text("title"), r.text("publisher"), r.text("url"), r.text("licence"), r.text("as_of"), optional("coverage", coverage), level, r.text("how_taken"), r.text("known_bias")}
	checked := row{file: r.file, columns: columns, values: v, lines: slices.Repeat([]int{r.lines[0]}, len(v)), bad: r.bad}
	before := len(*r.bad)
	read := readSource(&checked)
	if len(*r.bad) > before {
		return nil
	}
	t, err := im.table("sources.csv", columns, "id")
	if err != nil {
		return err
	}
	im.put(t, v)
	if _, known := im.facts.sourceIndex[id]; !known {
		im.facts.sourceIndex[id] = len(im.facts.sources)
		im.facts.sources = append(im.facts.sources, read)
	}
	return nil
}

func (im *importer) initiative(r *row) error {
	before := len(*r.bad)
	source := lookup(r, "source", im.facts.sourceIndex, "sources.csv or a *.sources.csv beside this file")
	if len(*r.bad) > before {
		return nil
	}
	v := make([]string, len(initiativeColumns))
	for i, column := range initiativeColumns {
		if column != "status" {
			v[i] = r.text(column)
		}
	}
	set := func(column, value string) { v[slices.Index(initiativeColumns, column)] = value }
	if im.facts.sources[source].National {
		for _, column := range []string{"city", "lat", "lon"} {
			set(column, "")
		}
		if slices.Contains(internationalBodies, r.text("organisation")) {
			set("country", "")
		}
	}
	checked := row{file: r.file, columns: initiativeColumns, values: v, lines: slices.Repeat([]int{r.lines[0]}, len(v)), bad: r.bad}
	im.facts.readInitiative(&checked, source)
	if len(*r.bad) > before {
		return nil
	}
	t, err := im.table("initiatives/"+r.text("source")+".csv", initiativeColumns, "name", "organisation", "city", "country", "source_url")
	if err != nil {
		return err
	}
	if i, known := t.at[t.key(v)]; known { // the imported files have no status: keep what is known
		set("status", t.rows[i][slices.Index(initiativeColumns, "status")])
	}
	im.put(t, v)
	return nil
}

func (im *importer) figure(r *row) error {
	file, place := "measured.csv", r.text("city_id")
	before := len(*r.bad)
	city := lookup(r, "city_id", im.facts.cityIndex, "cities.csv")
	if len(*r.bad) > before {
		return nil
	}
	if strings.HasSuffix(r.text("indicator"), nationalSuffix) {
		file, place = "measured_national.csv", im.facts.countries[im.facts.cities[city].Country].Code
	}
	v := []string{r.text("indicator"), place, r.text("value"), r.text("unit"), r.text("year"), r.text("source"), r.text("source_url")}
	checked := row{file: r.file, columns: columnsOf[file], values: v, lines: slices.Repeat([]int{r.lines[0]}, len(v)), bad: r.bad}
	im.facts.readFigure(&checked)
	if len(*r.bad) > before {
		return nil
	}
	t, err := im.table(file, columnsOf[file], columnsOf[file][0], columnsOf[file][1], "period")
	if err != nil {
		return err
	}
	im.put(t, v)
	return nil
}

// write writes the changed tables in order, so that the next difference is small.
func (im *importer) write() error {
	for file, t := range im.tables {
		if !t.changed {
			continue
		}
		order := t.columns
		if strings.HasPrefix(file, "initiatives/") {
			order = []string{"country", "city", "name", "organisation", "source_url", "summary"}
		}
		slices.SortStableFunc(t.rows, func(a, b []string) int {
			for _, column := range order {
				k := slices.Index(t.columns, column)
				if c := strings.Compare(a[k], b[k]); c != 0 {
					return c
				}
			}
			return 0
		})
		err := writeFile(filepath.Join(im.dir, filepath.FromSlash(file)), func(w io.Writer) error {
			out := csv.NewWriter(w)
			if err := out.Write(t.columns); err != nil {
				return err
			}
			return out.WriteAll(t.rows)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// reportImport prints what an import did, by file.
func reportImport(w io.Writer, counts map[string]*importCounts) {
	fmt.Fprintf(w, "%-34s %7s %8s %10s %9s\n", "file", "new", "changed", "the same", "rejected")
	var bad problems
	for _, file := range sortedNames(counts) {
		c := counts[file]
		fmt.Fprintf(w, "%-34s %7d %8d %10d %9d\n", file, c.fresh, c.changed, c.same, len(c.rejected))
		bad = append(bad, c.rejected...)
	}
	if len(bad) > 0 {
		fmt.Fprintf(w, "rejected:\n%v\n", bad.err())
	}
}

func sortedNames(m map[string]*importCounts) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
