package release

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Changes is what a later edition has new, changed and removed.
type Changes struct {
	Before, After string
	Cities        []CityChange // those with a change, in order of id; national records under the code of their country
	Others        []string     // cities, sources and indicators that came, went or are described differently
}

// CityChange is what changed for one city. Records are named, figures said as
// 'indicator: before → after'. Ranks are those of the default method, 0 where
// there is none; Ranked says whether both editions rank cities.
type CityChange struct {
	City                           string
	New, Changed, Removed, Figures []string
	RankBefore, RankAfter          int
}

func (c *CityChange) records() int { return len(c.New) + len(c.Changed) + len(c.Removed) }

// Compare says what two editions differ in. Columns that only one of them has
// are no difference.
func Compare(before, after *Edition) (*Changes, error) {
	x := &comparison{out: &Changes{Before: before.ID, After: after.ID}, cities: map[string]*CityChange{}}
	old, err := before.recordsByKey()
	if err != nil {
		return nil, err
	}
	now, err := after.recordsByKey()
	if err != nil {
		return nil, err
	}
	x.records(old, now)
	for _, t := range []struct {
		key  []string
		from []string
		what func(key string, old, now map[string]string)
	}{
		{[]string{"city_id", "indicator"}, []string{"values", "values_odbl"}, x.figure},
		{[]string{"city_id"}, []string{"scores"}, x.score},
		{[]string{"id"}, []string{"cities"}, x.other("city")},
		{[]string{"id"}, []string{"indicators"}, x.other("indicator")},
		{[]string{"id"}, []string{"sources"}, x.other("source")},
	} {
		a, err := before.rowsByKey(t.key, t.from)
		if err != nil {
			return nil, err
		}
		b, err := after.rowsByKey(t.key, t.from)
		if err != nil {
			return nil, err
		}
		for _, key := range keysOf(a, b) {
			t.what(key, a[key], b[key])
		}
	}
	for _, c := range x.cities {
		if c.records()+len(c.Figures) > 0 || c.RankBefore != c.RankAfter {
			x.out.Cities = append(x.out.Cities, *c)
		}
	}
	slices.SortFunc(x.out.Cities, func(a, b CityChange) int { return cmp.Compare(a.City, b.City) })
	return x.out, nil
}

type comparison struct {
	out    *Changes
	cities map[string]*CityChange
}

func (x *comparison) city(id string) *CityChange {
	if x.cities[id] == nil {
		x.cities[id] = &CityChange{City: id}
	}
	return x.cities[id]
}

// recordKey says which thing a record is about.
type recordKey struct{ place, name, source string }

// recordsByKey returns the digests of the records of each key, sorted: a source
// may list a name twice.
func (e *Edition) recordsByKey() (map[recordKey][]string, error) {
	out := map[recordKey][]string{}
	for _, table := range []string{"initiatives", "initiatives_odbl"} {
		rows, err := e.named(table)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			source, _, _ := strings.Cut(r["sources"], "|")
			key := recordKey{cmp.Or(r["city_id"], r["country"]), r["name"], source}
			out[key] = append(out[key], r["digest"])
		}
	}
	for _, v := range out {
		slices.Sort(v)
	}
	return out, nil
}

// records pairs what has the same digest; of the rest as many as can be paired
// are changed.
func (x *comparison) records(old, now map[recordKey][]string) {
	keys := keysOf(old, now)
	for _, key := range keys {
		a, b := old[key], now[key]
		a, b = without(a, b), without(b, a)
		c, name := x.city(key.place), key.name+" ["+key.source+"]"
		for i := range max(len(a), len(b)) {
			switch {
			case i >= len(a):
				c.New = append(c.New, name)
			case i >= len(b):
				c.Removed = append(c.Removed, name)
			default:
				c.Changed = append(c.Changed, name)
			}
		}
	}
	for _, c := range x.cities {
		slices.Sort(c.New)
		slices.Sort(c.Changed)
		slices.Sort(c.Removed)
	}
}

// without returns a less what b has, each as often as it has it.
func without(a, b []string) []string {
	left := slices.Clone(b)
	var out []string
	for _, v := range a {
		if k := slices.Index(left, v); k >= 0 {
			left = slices.Delete(left, k, k+1)
		} else {
			out = append(out, v)
		}
	}
	return out
}

// figure compares a value; counts of records are left out, since the records
// themselves are compared.
func (x *comparison) figure(key string, old, now map[string]string) {
	city, indicator, _ := strings.Cut(key, "\n")
	if old["source"]+now["source"] == "" || old["value"] == now["value"] {
		return
	}
	c := x.city(city)
	c.Figures = append(c.Figures, indicator+": "+cmp.Or(old["value"], "unknown")+" → "+cmp.Or(now["value"], "unknown"))
}

func (x *comparison) score(key string, old, now map[string]string) {
	c := x.city(key)
	c.RankBefore, _ = strconv.Atoi(old["rank"]) // nothing is no rank
	c.RankAfter, _ = strconv.Atoi(now["rank"])
}

func (x *comparison) other(what string) func(key string, old, now map[string]string) {
	return func(key string, old, now map[string]string) {
		how := ""
		switch {
		case old == nil:
			how = "new"
		case now == nil:
			how = "removed"
		default:
			for column, v := range now {
				if before, had := old[column]; had && before != v {
					how = "changed"
				}
			}
		}
		if how != "" {
			x.out.Others = append(x.out.Others, how+" "+what+" "+key)
		}
	}
}

// named returns the rows of a table as column → value.
func (e *Edition) named(table string) ([]map[string]string, error) {
	if e.Files[table+".csv"] == nil {
		return nil, nil
	}
	fields, rows, err := e.table(table)
	if err != nil {
		return nil, err
	}
	out := make([]map[string]string, len(rows))
	for i, row := range rows {
		out[i] = map[string]string{}
		for k, f := range fields {
			out[i][f.Name] = row[k]
		}
	}
	return out, nil
}

func (e *Edition) rowsByKey(key, tables []string) (map[string]map[string]string, error) {
	out := map[string]map[string]string{}
	for _, table := range tables {
		rows, err := e.named(table)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			parts := make([]string, len(key))
			for i, k := range key {
				parts[i] = r[k]
			}
			out[strings.Join(parts, "\n")] = r
		}
	}
	return out, nil
}

// keysOf returns the keys of two maps in order.
func keysOf[K comparable, V any](a, b map[K]V) []K {
	var keys []K
	for k := range a {
		keys = append(keys, k)
	}
	for k := range b {
		if _, both := a[k]; !both {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b K) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return keys
}

// Changelog writes what each edition changed, city by city, the newest first.
func Changelog(w io.Writer, editions []*Edition) error {
	fmt.Fprint(w, "# What each edition of the data changed\n\nWritten by `go run ./data/build -changelog` from the released editions in `data/editions`.\n")
	for i := len(editions) - 1; i >= 0; i-- {
		e := editions[i]
		fmt.Fprintf(w, "\n## %s\n\n", e.ID)
		if i == 0 {
			records, err := e.recordsByKey()
			if err != nil {
				return err
			}
			n := 0
			for _, v := range records {
				n += len(v)
			}
			cities, err := e.named("cities")
			if err != nil {
				return err
			}
			sources, err := e.named("sources")
			if err != nil {
				return err
			}
			fmt.Fprintf(w, "The first edition: %d records, %d cities, %d sources.\n", n, len(cities), len(sources))
			continue
		}
		c, err := Compare(editions[i-1], e)
		if err != nil {
			return err
		}
		c.write(w)
	}
	return nil
}

func (c *Changes) write(w io.Writer) {
	fmt.Fprintf(w, "Against %s:\n\n", c.Before)
	for _, line := range c.Others {
		fmt.Fprintf(w, "- %s\n", line)
	}
	if len(c.Cities) == 0 {
		fmt.Fprint(w, "- no record, figure or rank of a city changed\n")
		return
	}
	fmt.Fprint(w, "\n| city | rank | new records | changed | removed | figures |\n|---|---|---|---|---|---|\n")
	for _, x := range c.Cities {
		rank := ""
		if x.RankBefore != x.RankAfter {
			rank = orNone(x.RankBefore) + " → " + orNone(x.RankAfter)
		} else if x.RankAfter > 0 {
			rank = strconv.Itoa(x.RankAfter)
		}
		fmt.Fprintf(w, "| %s | %s | %d | %d | %d | %s |\n", x.City, rank, len(x.New), len(x.Changed), len(x.Removed), strings.Join(x.Figures, "; "))
	}
}

func orNone(rank int) string {
	if rank == 0 {
		return "none"
	}
	return strconv.Itoa(rank)
}

// Since writes what the last of the editions changed against each of those
// before, as data/editions/changes.csv has it: one row for each city that
// changed or had a rank.
func Since(w io.Writer, editions []*Edition) error {
	fmt.Fprint(w, "edition,city_id,rank,new,changed,removed,figures\n")
	if len(editions) == 0 {
		return nil
	}
	last := editions[len(editions)-1]
	for _, e := range editions[:len(editions)-1] {
		c, err := Compare(e, last)
		if err != nil {
			return err
		}
		scores, err := e.rowsByKey([]string{"city_id"}, []string{"scores"})
		if err != nil {
			return err
		}
		changed := map[string]CityChange{}
		for city := range scores {
			changed[city] = CityChange{}
		}
		for _, x := range c.Cities {
			changed[x.City] = x
		}
		for _, city := range keysOf(changed, nil) {
			x := changed[city]
			fmt.Fprintf(w, "%s,%s,%s,%d,%d,%d,%d\n", e.ID, city, scores[city]["rank"], len(x.New), len(x.Changed), len(x.Removed), len(x.Figures))
		}
	}
	return nil
}
