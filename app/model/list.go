package model

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"aicities/app/view"
	"aicities/data"
)

// Field is a property of initiatives that the list can be narrowed by.
type Field int

// Fields of the list. Codes of their values: ByCity, ByCountry, BySector and
// BySource count as the slices of data.Dataset do, ByYear as Dataset.Years;
// ByActor, ByOwnership and ByCoverage are the codes of package data; ByLevel is
// 0 for a record of a city and 1 for a national one. ByText has no codes.
const (
	ByCity Field = iota
	ByCountry
	ByActor
	BySector
	ByOwnership
	ByYear
	ByCoverage
	ByLevel
	BySource
	ByText
	NumFields = 10

	numColumns = int(BySource) // fields with one code per record
	noCity     = 1<<16 - 1     // code of a national record under ByCity
)

// List is what a view shows of the initiatives. Unlike a ranking it heeds the
// lens's city, and it holds records of partial coverage unless the view leaves
// them out.
type List struct {
	Rows []int32 // of the dataset, in the order that the view asks for
	// Counts says for each value of a field how many records there would be if
	// it were the field's only choice, the other fields as they are.
	Counts [NumFields][]int
	// Without says for each field how many records there would be without the
	// view's condition on it.
	Without [NumFields]int
	// Feeding is how many of Rows the ranking's indicators count.
	Feeding int
}

// Lister makes lists. It keeps the last one and what every list needs, about 1
// MB. It is for one goroutine.
type Lister struct {
	// Text folds the texts of all records in parts, so that the first search
	// need not do it at once.
	Text Work

	e *Explorer

	columns [numColumns][]uint16 // [field][row]
	sets    []int                // [row]: which combination of sources
	setOf   [][]int              // sources of a combination
	sizes   [numColumns]int      // how many codes a field has
	orders  map[string][]int32   // all rows in an order of view.OrderIDs

	last *List
	key  string
}

// NewLister returns a lister on the explorer's dataset.
func NewLister(e *Explorer) *Lister {
	d := e.Data
	n := d.Len()
	l := &Lister{e: e, orders: map[string][]int32{}, sets: make([]int, n)}
	l.sizes = [numColumns]int{len(d.Cities), len(d.Countries), data.NumActors, len(d.Sectors), data.NumOwnerships, len(d.Years()), 2, 2}
	for f := range l.columns {
		l.columns[f] = make([]uint16, n)
	}
	const part = 400 // rows: some milliseconds
	for i := 0; i < n; i += part {
		l.Text.todo = append(l.Text.todo, func() { d.PrepareText(part) })
	}
	years := map[int]uint16{}
	for i, y := range d.Years() {
		years[y] = uint16(i)
	}
	combination := map[*int]int{} // records with the same sources share one slice
	for row := range n {
		sources := d.SourcesOf(row)
		k, ok := combination[&sources[0]]
		if !ok {
			k = len(l.setOf)
			combination[&sources[0]] = k
			l.setOf = append(l.setOf, sources)
		}
		l.sets[row] = k
		city, level := uint16(noCity), uint16(1)
		if c := d.CityOf(row); c >= 0 {
			city, level = uint16(c), 0
		}
		for f, code := range [numColumns]uint16{
			city, uint16(d.CountryOf(row)), uint16(d.ActorOf(row)), uint16(d.SectorOf(row)), uint16(d.OwnershipOf(row)),
			years[d.YearOf(row)], uint16(d.CoverageOf(row)), level,
		} {
			l.columns[f][row] = code
		}
	}
	return l
}

// List returns what a view shows of the initiatives, r being its ranking. The
// list must not be changed.
func (l *Lister) List(r *Ranking) *List {
	v := view.Default()
	v.Lens, v.List, v.Partial, v.Universe = r.View.Lens, r.View.List, r.View.Partial, r.View.Universe
	if key := view.Format(v); l.last == nil || l.key != key {
		l.last, l.key = l.make(r), key
	}
	return l.last
}

func (l *Lister) make(r *Ranking) *List {
	d, v := l.e.Data, r.View
	pass := l.conditions(v)
	var text data.Bits
	if v.Lens.Text != "" {
		text = d.Match(data.Lens{Text: v.Lens.Text, Partial: true})
	}
	sources := make([]bool, len(l.setOf)) // by combination
	lens := l.e.Lens(v)
	for k, set := range l.setOf {
		sources[k] = lens.Sources.Empty() || slices.ContainsFunc(set, lens.Sources.Has)
	}

	out := &List{}
	for f, size := range l.sizes {
		out.Counts[f] = make([]int, size)
	}
	out.Counts[BySource] = make([]int, len(d.Sources))
	all := 0
	member := make([]bool, d.Len())
	for row := range member {
		failed, which := 0, ByText
		for f := range pass {
			if code := l.columns[f][row]; pass[f] != nil && (code == noCity || !pass[f][code]) {
				failed, which = failed+1, Field(f)
			}
		}
		if !sources[l.sets[row]] {
			failed, which = failed+1, BySource
		}
		if text != nil && !text.Has(row) {
			failed, which = failed+1, ByText
		}
		switch failed {
		case 0:
			member[row] = true
			all++
			for f := range l.columns {
				out.count(Field(f), l.columns[f][row])
			}
			out.countSources(l.setOf[l.sets[row]])
		case 1:
			out.Without[which]++
			switch {
			case which == BySource:
				out.countSources(l.setOf[l.sets[row]])
			case which != ByText:
				out.count(which, l.columns[which][row])
			}
		}
	}
	for f := range out.Without {
		out.Without[f] += all
	}
	out.Rows = l.inOrder(v, member, all)
	feeds := l.feeds(r, lens)
	for _, row := range out.Rows {
		if feeds(int(row)) {
			out.Feeding++
		}
	}
	return out
}

func (out *List) count(f Field, code uint16) {
	if code != noCity {
		out.Counts[f][code]++
	}
}

func (out *List) countSources(sources []int) {
	for _, s := range sources {
		out.Counts[BySource][s]++
	}
}

// conditions returns for each field which codes pass, nil where all do.
func (l *Lister) conditions(v view.View) (pass [numColumns][]bool) {
	d, lens := l.e.Data, l.e.Lens(v)
	set := func(f Field, s data.Set) {
		if s.Empty() {
			return
		}
		pass[f] = make([]bool, l.sizes[f])
		for i := range pass[f] {
			pass[f][i] = s.Has(i)
		}
	}
	set(ByCountry, lens.Countries)
	set(ByActor, lens.Actors)
	set(BySector, lens.Sectors)
	set(ByOwnership, lens.Ownership)
	switch v.List.Coverage {
	case "global":
		set(ByCoverage, data.SetOf(int(data.Global)))
	case "partial":
		set(ByCoverage, data.SetOf(int(data.Partial)))
	}
	switch v.List.Level {
	case "city":
		set(ByLevel, data.SetOf(0))
	case "national":
		set(ByLevel, data.SetOf(1))
	}
	if c, ok := d.CityByID(v.Lens.City); ok {
		pass[ByCity] = make([]bool, l.sizes[ByCity])
		pass[ByCity][c] = true
	}
	if from, to := v.Lens.From, v.Lens.To; from != 0 || to != 0 {
		pass[ByYear] = make([]bool, l.sizes[ByYear])
		for i, y := range d.Years() {
			pass[ByYear][i] = y != 0 && y >= from && (to == 0 || y <= to)
		}
	}
	return pass
}

// feeds returns a function that says whether an indicator that is in effect
// counts a row for one of the ranked cities.
func (l *Lister) feeds(r *Ranking, lens data.Lens) func(row int) bool {
	d := l.e.Data
	match := d.Match(lens)
	cities, countries := make([]bool, len(d.Cities)), make([]bool, len(d.Countries))
	for _, c := range r.Cities {
		cities[c], countries[d.Cities[c].Country] = true, true
	}
	var counted [data.NumActors][2][]bool // [actor][level][combination of sources]
	active := d.Active(lens)
	for j := range d.Indicators {
		def := &d.Indicators[j]
		if def.Made == data.Measured || !active[j] {
			continue
		}
		level := 0
		if def.Made == data.MadeOfNationalRecord {
			level = 1
		}
		by := &counted[def.Actor][level]
		if *by == nil {
			*by = make([]bool, len(l.setOf))
		}
		for k, set := range l.setOf {
			for _, s := range set {
				if (lens.Partial || d.Sources[s].Coverage == data.Global) && (lens.Sources.Empty() || lens.Sources.Has(s)) && !slices.Contains(def.NotSources, s) {
					(*by)[k] = true
				}
			}
		}
	}
	return func(row int) bool {
		level := l.columns[ByLevel][row]
		if by := counted[l.columns[ByActor][row]][level]; by == nil || !by[l.sets[row]] || !match.Has(row) {
			return false
		}
		if level == 1 {
			return countries[l.columns[ByCountry][row]]
		}
		return cities[l.columns[ByCity][row]]
	}
}

// --- order -------------------------------------------------------------------

// inOrder lists the members, of whom there are n, in the order of a view.
func (l *Lister) inOrder(v view.View, member []bool, n int) []int32 {
	rows := make([]int32, 0, n)
	for _, row := range l.order(v.List.Order) {
		if member[row] {
			rows = append(rows, row)
		}
	}
	if v.List.Order != "" || v.Lens.Text == "" {
		return rows
	}
	relevance, worst := make([]int, len(member)), 0
	of := l.e.Data.Relevance(v.Lens.Text)
	for _, row := range rows {
		relevance[row] = of(int(row))
		worst = max(worst, relevance[row])
	}
	return sorted(rows, worst+1, func(row int32) int { return relevance[row] })
}

// order returns all rows in one of view.OrderIDs. The default, and the order
// among equals under the others, is: those that more sources name first, then
// the newer ones.
func (l *Lister) order(id string) []int32 {
	if rows := l.orders[id]; rows != nil {
		return rows
	}
	var rows []int32
	year := func(row int32) int { return int(l.columns[ByYear][row]) }
	switch id {
	case "":
		rows = make([]int32, l.e.Data.Len())
		for i := range rows {
			rows[i] = int32(i)
		}
		years := l.sizes[ByYear]
		rows = sorted(rows, years, func(row int32) int { return years - 1 - year(row) })
		most := 0
		for _, set := range l.setOf {
			most = max(most, len(set))
		}
		rows = sorted(rows, most, func(row int32) int { return most - len(l.setOf[l.sets[row]]) })
	case "name":
		rows = l.byName()
	case "city":
		place := l.places()
		rows = sorted(l.order(""), len(place), func(row int32) int {
			if c := l.columns[ByCity][row]; c != noCity {
				return place[c]
			}
			return place[l.sizes[ByCity]+int(l.columns[ByCountry][row])]
		})
	case "year":
		years := l.sizes[ByYear]
		rows = sorted(l.order(""), years, func(row int32) int { return years - 1 - year(row) })
	case "oldest":
		years := l.sizes[ByYear]
		rows = sorted(l.order(""), years, func(row int32) int { return (year(row) + years - 1) % years })
	case "actor":
		rows = sorted(l.order(""), data.NumActors, func(row int32) int { return int(l.columns[ByActor][row]) })
	}
	l.orders[id] = rows
	return rows
}

// sorted returns rows by a key of 0 to n-1, those of equal key in their order.
func sorted(rows []int32, n int, key func(row int32) int) []int32 {
	start := make([]int, n+1)
	for _, row := range rows {
		start[key(row)+1]++
	}
	for k := range n {
		start[k+1] += start[k]
	}
	out := make([]int32, len(rows))
	for _, row := range rows {
		k := key(row)
		out[start[k]] = row
		start[k]++
	}
	return out
}

// byName sorts by folded name. Its first sixteen bytes, as two numbers, decide
// most comparisons.
func (l *Lister) byName() []int32 {
	type named struct {
		head, next uint64
		row, at    int32
	}
	names := make([]named, l.e.Data.Len())
	for i, row := range l.order("") {
		var head [16]byte
		copy(head[:], l.sortName(row))
		names[i] = named{binary.BigEndian.Uint64(head[:8]), binary.BigEndian.Uint64(head[8:]), row, int32(i)}
	}
	slices.SortFunc(names, func(a, b named) int {
		switch {
		case a.head < b.head:
			return -1
		case a.head > b.head:
			return 1
		case a.next < b.next:
			return -1
		case a.next > b.next:
			return 1
		}
		if c := bytes.Compare(l.sortName(a.row), l.sortName(b.row)); c != 0 {
			return c
		}
		return int(a.at - b.at)
	})
	rows := make([]int32, len(names))
	for i, x := range names {
		rows[i] = x.row
	}
	return rows
}

// sortName is the name of a row without the marks that it begins with.
func (l *Lister) sortName(row int32) []byte {
	return bytes.TrimLeft(l.e.Data.FoldedName(int(row)), " ")
}

// places returns for each city, and after them each country, its place in the
// order by name: all cities first.
func (l *Lister) places() []int {
	d := l.e.Data
	cities, countries := make([]string, len(d.Cities)), make([]string, len(d.Countries))
	for i := range cities {
		cities[i] = d.Cities[i].Name
	}
	for i := range countries {
		countries[i] = d.Countries[i].Name
	}
	var out []int
	for _, names := range [][]string{cities, countries} {
		first := len(out)
		order := make([]int, len(names))
		for i := range names {
			order[i], names[i] = i, data.Fold(names[i])
		}
		slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(names[a], names[b]) })
		out = append(out, order...)
		for k, i := range order {
			out[first+i] = first + k
		}
	}
	return out
}
