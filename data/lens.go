package data

import "math/bits"

// Lens is a filter on initiatives. An empty set, a zero year and an empty text
// leave everything through; the parts of a lens are joined by "and". The zero
// Lens is the default: every record that a source of global coverage names.
type Lens struct {
	Actors    Set // codes: Actor
	Sectors   Set // codes: index into Dataset.Sectors; 0 is "unknown"
	Ownership Set // codes: Ownership; 0 is "unknown"
	Countries Set // codes: index into Dataset.Countries
	// Sources: a record passes when one of its sources is in the set. Leaving
	// out one source is the set of all others.
	Sources Set // codes: index into Dataset.Sources
	// From and To bound the year, both inclusive; 0 is open. Records of unknown
	// year pass a bounded lens only with UnknownYears.
	From, To     int
	UnknownYears bool
	// Text: every word must occur in name, organisation or summary; case and
	// diacritics do not count.
	Text string
	// Partial lets records pass that only sources of partial coverage name.
	Partial bool
}

// Bits is a set of rows of initiatives, as made by Match.
type Bits []uint64

// Has says whether row i is in.
func (b Bits) Has(i int) bool { return b[i>>6]&(1<<(i&63)) != 0 }

// Count returns the number of rows in.
func (b Bits) Count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// Rows appends the rows in, in ascending order, to dst.
func (b Bits) Rows(dst []int) []int {
	for k, w := range b {
		for ; w != 0; w &= w - 1 {
			dst = append(dst, k<<6+bits.TrailingZeros64(w))
		}
	}
	return dst
}

// filter is a lens made ready for a scan: one table per column.
type filter struct {
	actor, sector, ownership, country, year [256]bool
	sources                                 []bool // by source set
	allowed                                 Set    // sources in the lens and of allowed coverage
	text                                    Bits   // nil: no text
}

func (d *Dataset) filter(l *Lens) *filter {
	f := &filter{allowed: d.allowed(l), sources: make([]bool, len(d.rows.sets))}
	table(&f.actor, l.Actors)
	table(&f.sector, l.Sectors)
	table(&f.ownership, l.Ownership)
	table(&f.country, l.Countries)
	for i, y := range d.rows.years {
		f.year[i] = l.yearPasses(y)
	}
	for i, s := range d.rows.sets {
		f.sources[i] = !s.mask.and(f.allowed).Empty()
	}
	f.text = d.textRows(l.Text)
	return f
}

func table(t *[256]bool, s Set) {
	all := s.Empty()
	for i := range t {
		t[i] = all || s.Has(i)
	}
}

func (l *Lens) yearPasses(y int) bool {
	if l.From == 0 && l.To == 0 {
		return true
	}
	if y == 0 {
		return l.UnknownYears
	}
	return y >= l.From && (l.To == 0 || y <= l.To)
}

// allowed returns the sources whose word counts under a lens.
func (d *Dataset) allowed(l *Lens) Set {
	var s Set
	for i := range d.Sources {
		if (l.Partial || d.Sources[i].Coverage == Global) && (l.Sources.Empty() || l.Sources.Has(i)) {
			s.Add(i)
		}
	}
	return s
}

// passes says whether a row passes all but text.
func (f *filter) passes(t *rows, i int) bool {
	return f.actor[t.actor[i]] && f.sources[t.sources[i]] && f.sector[t.sector[i]] &&
		f.year[t.year[i]] && f.ownership[t.ownership[i]] && f.country[t.country[i]] &&
		(f.text == nil || f.text.Has(i))
}

// Match returns the rows that pass a lens, national records included.
func (d *Dataset) Match(l Lens) Bits {
	f, t := d.filter(&l), &d.rows
	out := make(Bits, (t.n+63)/64)
	for i := range t.n {
		if f.passes(t, i) {
			out[i>>6] |= 1 << (i & 63)
		}
	}
	return out
}

// Counts returns for each city the number of its records that pass a lens, by
// actor. National records are in no city.
func (d *Dataset) Counts(l Lens) [][NumActors]int32 {
	f, t := d.filter(&l), &d.rows
	out := make([][NumActors]int32, len(d.Cities))
	for i := range t.cityRows {
		if f.passes(t, i) {
			out[t.city[i]][t.actor[i]]++
		}
	}
	return out
}

// Facets holds for each value of a field the number of records that pass a lens
// when the lens's own condition on that field is lifted: what would be there
// if the value were chosen.
type Facets struct {
	Actor     [NumActors]int
	Sector    []int // by index into Sectors
	Ownership [NumOwnerships]int
	Country   []int // by index into Countries
	Source    []int // by index into Sources; a record counts for each of its sources
	Year      []int // by index into Years()
	City      []int // by index into Cities; under the whole lens
	National  int   // national records under the whole lens
	Total     int   // records under the whole lens, national ones included
}

// Years returns the years that occur, ascending; the first is 0, unknown.
func (d *Dataset) Years() []int { return d.rows.years }

// Facets counts the records under a lens by field, in one scan.
func (d *Dataset) Facets(l Lens) Facets {
	f, t := d.filter(&l), &d.rows
	out := Facets{
		Sector: make([]int, len(d.Sectors)), Country: make([]int, len(d.Countries)),
		Source: make([]int, len(d.Sources)), Year: make([]int, len(t.years)), City: make([]int, len(d.Cities)),
	}
	// Without the condition on sources, coverage still decides.
	open := l
	open.Sources = Set{}
	covered := d.allowed(&open)
	for i := range t.n {
		if f.text != nil && !f.text.Has(i) {
			continue
		}
		actor, sector, year := f.actor[t.actor[i]], f.sector[t.sector[i]], f.year[t.year[i]]
		owner, country, source := f.ownership[t.ownership[i]], f.country[t.country[i]], f.sources[t.sources[i]]
		failed := 0
		for _, ok := range [...]bool{actor, sector, year, owner, country, source} {
			if !ok {
				failed++
			}
		}
		if failed > 1 {
			continue
		}
		set := t.sets[t.sources[i]]
		if !source {
			for _, s := range set.list {
				if covered.Has(s) {
					out.Source[s]++
				}
			}
			continue
		}
		all := failed == 0
		if all || !actor {
			out.Actor[t.actor[i]]++
		}
		if all || !sector {
			out.Sector[t.sector[i]]++
		}
		if all || !year {
			out.Year[t.year[i]]++
		}
		if all || !owner {
			out.Ownership[t.ownership[i]]++
		}
		if all || !country {
			out.Country[t.country[i]]++
		}
		if !all {
			continue
		}
		out.Total++
		for _, s := range set.list {
			if covered.Has(s) {
				out.Source[s]++
			}
		}
		if c := t.city[i]; c >= 0 {
			out.City[c]++
		} else {
			out.National++
		}
	}
	return out
}
