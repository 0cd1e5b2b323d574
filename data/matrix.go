package data

import "math/bits"

// Active says which indicators are in effect under a lens, by index into
// Indicators: those of global coverage, and with Partial all.
func (d *Dataset) Active(l Lens) []bool {
	out := make([]bool, len(d.Indicators))
	for i := range d.Indicators {
		out[i] = l.Partial || d.Indicators[i].Coverage == Global
	}
	return out
}

// Matrix returns the indicators of the given cities under a lens: one column
// per indicator (in the order of Indicators), one value per city (in the order
// of cities). NaN is missing. Indicators made of initiatives are counted from
// the records that pass; measured ones do not change. The column of an
// indicator that is not in effect (see Active) is NaN throughout.
//
// Where dst has the right shape it is filled and returned, else a new matrix.
func (d *Dataset) Matrix(cities []int, l Lens, dst [][]float64) [][]float64 {
	if len(dst) != len(d.Indicators) || (len(dst) > 0 && len(dst[0]) != len(cities)) {
		dst = d.newMatrix(cities)
	}
	d.fill(dst, cities, &l, d.count(d.filter(&l)))
	return dst
}

// MatricesWithout returns, for each source, the Matrix under l without the
// records that no other source names; nil where that leaves out nothing.
func (d *Dataset) MatricesWithout(cities []int, l Lens) [][][]float64 {
	f, t := d.filter(&l), &d.rows
	whole := d.count(f)
	passing := make([][]int, len(t.sets)) // by set of sources
	for w, word := range f.rows(t) {
		for ; word != 0; word &= word - 1 {
			i := w<<6 + bits.TrailingZeros64(word)
			passing[t.sources[i]] = append(passing[t.sources[i]], i)
		}
	}
	out := make([][][]float64, len(d.Sources))
	for k := range d.Sources {
		var counts []counter
		for s, set := range t.sets {
			if !f.allowed.Has(k) || !set.mask.Has(k) || len(passing[s]) == 0 {
				continue
			}
			if counts == nil {
				counts = make([]counter, len(whole))
				for i, c := range whole {
					counts[i] = c
					counts[i].n = append([]int32(nil), c.n...)
				}
			}
			rest := set.mask.without(SetOf(k))
			for i := range counts {
				c := &counts[i]
				if c.n == nil || !c.sources[s] || !rest.and(c.allowed).Empty() {
					continue
				}
				for _, row := range passing[s] {
					c.count(t, row, -1)
				}
			}
		}
		if counts != nil {
			out[k] = d.newMatrix(cities)
			d.fill(out[k], cities, &l, counts)
		}
	}
	return out
}

func (d *Dataset) newMatrix(cities []int) [][]float64 {
	m := make([][]float64, len(d.Indicators))
	for i := range m {
		m[i] = make([]float64, len(cities))
	}
	return m
}

// fill writes the columns of Matrix from what was counted.
func (d *Dataset) fill(dst [][]float64, cities []int, l *Lens, counts []counter) {
	active := d.Active(*l)
	for i := range d.Indicators {
		def, col := &d.Indicators[i], dst[i]
		for k, c := range cities {
			switch {
			case !active[i]:
				col[k] = nan
			case def.Made == Measured:
				col[k] = d.figures.value[i][c]
			case def.Made == MadeOfInitiatives:
				col[k] = float64(counts[i].n[c])
			case d.registered(i, d.Cities[c].Country):
				col[k] = float64(counts[i].n[d.Cities[c].Country])
			default:
				col[k] = nan
			}
		}
	}
}

// counter counts the records of one indicator; n is nil where it is measured.
type counter struct {
	actor    Actor
	national bool
	allowed  Set     // sources of which a record must have one
	sources  []bool  // by set of sources: it has one
	n        []int32 // by city or, for a national indicator, by country
}

// count adds k for a row of the counter's kind; other rows are none of its business.
func (c *counter) count(t *rows, row int, k int32) {
	if Actor(t.actor[row]) != c.actor || c.national != (row >= t.cityRows) {
		return
	}
	if c.national {
		c.n[t.country[row]] += k
	} else {
		c.n[t.city[row]] += k
	}
}

// count counts, for each indicator made of records, the records that pass.
func (d *Dataset) count(f *filter) []counter {
	t := &d.rows
	counts := make([]counter, len(d.Indicators))
	var city, nation [NumActors][]*counter
	for i := range d.Indicators {
		def, c := &d.Indicators[i], &counts[i]
		if def.Made == Measured {
			continue
		}
		*c = counter{actor: def.Actor, national: def.Made == MadeOfNationalRecord, sources: make([]bool, len(t.sets))}
		c.allowed = f.allowed.without(SetOf(def.NotSources...))
		for k, s := range t.sets {
			c.sources[k] = !s.mask.and(c.allowed).Empty()
		}
		if c.national {
			c.n = make([]int32, len(d.Countries))
			nation[def.Actor] = append(nation[def.Actor], c)
		} else {
			c.n = make([]int32, len(d.Cities))
			city[def.Actor] = append(city[def.Actor], c)
		}
	}
	for w, word := range f.rows(t) {
		for ; word != 0; word &= word - 1 {
			i := w<<6 + bits.TrailingZeros64(word)
			counters, at := city[t.actor[i]], int(t.city[i])
			if i >= t.cityRows {
				counters, at = nation[t.actor[i]], int(t.country[i])
			}
			for _, c := range counters {
				if c.sources[t.sources[i]] {
					c.n[at]++
				}
			}
		}
	}
	return counts
}

// registered says whether a national register covers a country: it has at
// least one record of it, whatever the lens.
func (d *Dataset) registered(indicator, country int) bool {
	if d.cache.registered == nil {
		d.cache.registered = make([]Set, NumActors)
		t := &d.rows
		for i := t.cityRows; i < t.n; i++ {
			d.cache.registered[t.actor[i]].Add(int(t.country[i]))
		}
	}
	return d.cache.registered[d.Indicators[indicator].Actor].Has(country)
}

// cache holds what is made on first use.
type cache struct {
	registered []Set              // by actor: countries with a national record
	conditions map[condition]Bits // the rows of the last conditions of lenses
	folded     []byte             // see PrepareText
	foldedEnd  []uint32
	text       string
	textRows   Bits
}
