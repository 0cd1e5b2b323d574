package data

import "math/bits"

// Grade says how much stands behind a score.
type Grade uint8

// Grades, from the weakest.
const (
	Thin Grade = iota
	Fair
	Strong
)

var gradeIDs = [3]string{"thin", "fair", "strong"}

// String returns "thin", "fair" or "strong".
func (g Grade) String() string { return gradeIDs[g] }

// Evidence is what stands behind the score of a city in a pillar.
type Evidence struct {
	Records int // initiatives that the indicators of the pillar count
	Figures int // measured indicators for which the source lists the city
	Sources int // distinct sources of both
	Missing int // indicators in effect without a value
	Grade   Grade
}

// GradeOf is the rule: strong from three sources and ten records or figures,
// fair from two sources and three of them, else thin.
func GradeOf(sources, items int) Grade {
	switch {
	case sources >= 3 && items >= 10:
		return Strong
	case sources >= 2 && items >= 3:
		return Fair
	}
	return Thin
}

// Evidence returns, for each of the given cities, the evidence by pillar under
// a lens.
func (d *Dataset) Evidence(cities []int, l Lens) [][NumActors]Evidence {
	all := make([][NumActors]Evidence, len(d.Cities))
	sources := make([][NumActors]Set, len(d.Cities))
	f, t := d.filter(&l), &d.rows
	active := d.Active(l)

	// A record counts once in a pillar, however many of its indicators count it.
	var counts [NumActors][NumActors]Set // [actor][pillar]: sources whose records count
	for i := range d.Indicators {
		def := &d.Indicators[i]
		if active[i] && def.Made != Measured {
			s := &counts[def.Actor][def.Pillar]
			*s = s.or(f.allowed.without(SetOf(def.NotSources...)))
		}
	}
	nation := make([][NumActors]int, len(d.Countries))
	nationSources := make([][NumActors]Set, len(d.Countries))
	for w, word := range f.rows(t) {
		for ; word != 0; word &= word - 1 {
			i := w<<6 + bits.TrailingZeros64(word)
			for pillar, s := range counts[t.actor[i]] {
				s = s.and(t.sets[t.sources[i]].mask)
				if s.Empty() {
					continue
				}
				if c := t.city[i]; c >= 0 {
					all[c][pillar].Records++
					sources[c][pillar] = sources[c][pillar].or(s)
				} else {
					nation[t.country[i]][pillar]++
					nationSources[t.country[i]][pillar] = nationSources[t.country[i]][pillar].or(s)
				}
			}
		}
	}

	out := make([][NumActors]Evidence, len(cities))
	for k, c := range cities {
		for i := range d.Indicators {
			def := &d.Indicators[i]
			e, s := &all[c][def.Pillar], &sources[c][def.Pillar]
			switch country := d.Cities[c].Country; {
			case !active[i]:
			case def.Made == Measured:
				if fig := d.figures.at(i, c); fig.Value != fig.Value {
					e.Missing++
				} else if fig.Listed {
					e.Figures++
					s.Add(fig.Source)
				}
			case def.Made == MadeOfNationalRecord:
				if !d.registered(i, country) {
					e.Missing++
				}
				e.Records += nation[country][def.Pillar]
				*s = s.or(nationSources[country][def.Pillar])
			}
		}
		for p := range NumActors {
			e := &all[c][p]
			e.Sources = sources[c][p].Len()
			e.Grade = GradeOf(e.Sources, e.Records+e.Figures)
		}
		out[k] = all[c]
	}
	return out
}
