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

// field is a column that a lens has a condition on.
type field int

const (
	byActor field = iota
	bySector
	byOwnership
	byCountry
	byYear
	bySource
	numFields
)

// filter is a lens as rows: those that pass its condition on each field, nil
// where all do.
type filter struct {
	fields  [numFields]Bits
	text    Bits
	allowed Set // sources in the lens and of allowed coverage
}

func (d *Dataset) filter(l *Lens) *filter {
	t := &d.rows
	f := &filter{allowed: d.allowed(l), text: d.textRows(l.Text)}
	f.fields[byActor] = d.having(byActor, t.actor, l.Actors)
	f.fields[bySector] = d.having(bySector, t.sector, l.Sectors)
	f.fields[byOwnership] = d.having(byOwnership, t.ownership, l.Ownership)
	f.fields[byCountry] = d.having(byCountry, t.country, l.Countries)
	if l.From != 0 || l.To != 0 {
		var years Set
		for i, y := range t.years {
			if l.yearPasses(y) {
				years.Add(i)
			}
		}
		f.fields[byYear] = d.rowsWith(byYear, t.year, years)
	}
	f.fields[bySource] = d.namedBy(f.allowed)
	return f
}

// rows returns the rows that pass all, national records included.
func (f *filter) rows(t *rows) Bits {
	out := everyRow(t.n)
	for _, b := range f.fields {
		out.keep(b)
	}
	out.keep(f.text)
	return out
}

func everyRow(n int) Bits {
	b := make(Bits, (n+63)/64)
	for w := range b {
		b[w] = ^uint64(0)
	}
	if n%64 != 0 {
		b[len(b)-1] = 1<<(n%64) - 1
	}
	return b
}

// keep takes out what is not in c, unless that is nil.
func (b Bits) keep(c Bits) {
	if c == nil {
		return
	}
	c = c[:len(b)]
	for w := range b {
		b[w] &= c[w]
	}
}

// mostKept is how many conditions have their rows kept: 2.5 kB each with twenty
// thousand rows.
const mostKept = 64

// condition is a set of codes of one field.
type condition struct {
	field field
	codes Set
}

// having returns the rows with one of the codes in a column, nil for an empty
// set, which is no condition.
func (d *Dataset) having(f field, column []uint8, codes Set) Bits {
	if codes.Empty() {
		return nil
	}
	return d.rowsWith(f, column, codes)
}

// rowsWith returns the rows with one of the codes in a column. One change of a
// lens changes one condition: the rows of the others are kept from before.
func (d *Dataset) rowsWith(f field, column []uint8, codes Set) Bits {
	return d.kept(condition{f, codes}, func(out Bits) {
		var passes [256]uint64 // 1 for a code that does: a sum costs less than a branch for each row
		for _, c := range codes.Codes() {
			passes[c] = 1
		}
		for w := range out {
			var word uint64
			for k, code := range column[w<<6 : min(w<<6+64, len(column))] {
				word |= passes[code] << (k & 63)
			}
			out[w] = word
		}
	})
}

// namedBy returns the rows that one of the sources names.
func (d *Dataset) namedBy(sources Set) Bits {
	return d.kept(condition{bySource, sources}, func(out Bits) {
		t := &d.rows
		passes := make([]uint64, len(t.sets))
		for i, s := range t.sets {
			if !s.mask.and(sources).Empty() {
				passes[i] = 1
			}
		}
		for i, set := range t.sources {
			out[i>>6] |= passes[set] << (i & 63)
		}
	})
}

// kept returns the rows of a condition from the last time, or finds them.
func (d *Dataset) kept(c condition, find func(Bits)) Bits {
	if rows := d.cache.conditions[c]; rows != nil {
		return rows
	}
	if len(d.cache.conditions) >= mostKept || d.cache.conditions == nil {
		d.cache.conditions = map[condition]Bits{}
	}
	rows := make(Bits, (d.rows.n+63)/64)
	find(rows)
	d.cache.conditions[c] = rows
	return rows
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

// Match returns the rows that pass a lens, national records included.
func (d *Dataset) Match(l Lens) Bits { return d.filter(&l).rows(&d.rows) }

// Counts returns for each city the number of its records that pass a lens, by
// actor. National records are in no city.
func (d *Dataset) Counts(l Lens) [][NumActors]int32 {
	t := &d.rows
	out := make([][NumActors]int32, len(d.Cities))
	for w, word := range d.Match(l) {
		for ; word != 0; word &= word - 1 {
			i := w<<6 + bits.TrailingZeros64(word)
			if c := t.city[i]; c >= 0 {
				out[c][t.actor[i]]++
			}
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

// Facets counts the records under a lens by field.
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
	for k := range numFields {
		lifted := *f
		lifted.fields[k] = nil
		if k == bySource {
			lifted.fields[k] = d.namedBy(covered)
		}
		rows := lifted.rows(t)
		switch k {
		case byActor:
			tally(out.Actor[:], t.actor, rows)
		case bySector:
			tally(out.Sector, t.sector, rows)
		case byOwnership:
			tally(out.Ownership[:], t.ownership, rows)
		case byCountry:
			tally(out.Country, t.country, rows)
		case byYear:
			tally(out.Year, t.year, rows)
		case bySource:
			sets := make([]int, len(t.sets))
			tally(sets, t.sources, rows)
			for set, n := range sets {
				for _, s := range t.sets[set].list {
					if covered.Has(s) {
						out.Source[s] += n
					}
				}
			}
		}
	}
	for w, word := range f.rows(t) {
		for ; word != 0; word &= word - 1 {
			if c := t.city[w<<6+bits.TrailingZeros64(word)]; c >= 0 {
				out.City[c]++
			} else {
				out.National++
			}
			out.Total++
		}
	}
	return out
}

// tally adds to counts, by code, the rows that have it.
func tally[C uint8 | uint16](counts []int, column []C, rows Bits) {
	for w, word := range rows {
		for ; word != 0; word &= word - 1 {
			counts[column[w<<6+bits.TrailingZeros64(word)]]++
		}
	}
}
