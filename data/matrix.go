package data

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
		dst = make([][]float64, len(d.Indicators))
		for i := range dst {
			dst[i] = make([]float64, len(cities))
		}
	}
	counts := d.count(&l)
	active := d.Active(l)
	for i := range d.Indicators {
		def, col := &d.Indicators[i], dst[i]
		for k, c := range cities {
			switch {
			case !active[i]:
				col[k] = nan
			case def.Made == Measured:
				col[k] = d.figures.value[i][c]
			case def.Made == MadeOfInitiatives:
				col[k] = float64(counts[i][c])
			case d.registered(i, d.Cities[c].Country):
				col[k] = float64(counts[i][d.Cities[c].Country])
			default:
				col[k] = nan
			}
		}
	}
	return dst
}

// count counts, for each indicator made of records, the records that pass the
// lens by city or, for a national one, by country.
func (d *Dataset) count(l *Lens) [][]int32 {
	f, t := d.filter(l), &d.rows
	counts := make([][]int32, len(d.Indicators))
	var city, nation [NumActors][]counter
	for i := range d.Indicators {
		def := &d.Indicators[i]
		if def.Made == Measured {
			continue
		}
		allowed := f.allowed.without(SetOf(def.NotSources...))
		c := counter{sources: make([]bool, len(t.sets))}
		for k, s := range t.sets {
			c.sources[k] = !s.mask.and(allowed).Empty()
		}
		if def.Made == MadeOfInitiatives {
			c.n = make([]int32, len(d.Cities))
			city[def.Actor] = append(city[def.Actor], c)
		} else {
			c.n = make([]int32, len(d.Countries))
			nation[def.Actor] = append(nation[def.Actor], c)
		}
		counts[i] = c.n
	}
	for i := range t.cityRows {
		if f.passes(t, i) {
			for _, c := range city[t.actor[i]] {
				if c.sources[t.sources[i]] {
					c.n[t.city[i]]++
				}
			}
		}
	}
	for i := t.cityRows; i < t.n; i++ {
		if f.passes(t, i) {
			for _, c := range nation[t.actor[i]] {
				if c.sources[t.sources[i]] {
					c.n[t.country[i]]++
				}
			}
		}
	}
	return counts
}

type counter struct {
	sources []bool // by source set: the record counts
	n       []int32
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
	registered []Set  // by actor: countries with a national record
	folded     []byte // see PrepareText
	foldedEnd  []uint32
	text       string
	textRows   Bits
}
