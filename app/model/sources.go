package model

import "aicities/data"

// Sources returns the sources that a ranking rests on, in order of id: those of
// every indicator that takes part.
func (e *Explorer) Sources(r *Ranking) []int {
	used := make([]bool, len(e.Data.Sources))
	for j := range e.Data.Indicators {
		if r.Model == nil || !r.Model.NoValue[j] {
			for _, k := range e.IndicatorSources(r, j) {
				used[k] = true
			}
		}
	}
	return listed(used)
}

// IndicatorSources returns the sources of one indicator in the cities of a
// ranking, in order of id: of its figures, or of the records that it counts.
func (e *Explorer) IndicatorSources(r *Ranking, indicator int) []int {
	d := e.Data
	def := &d.Indicators[indicator]
	used := make([]bool, len(d.Sources))
	if def.Made == data.Measured {
		for _, c := range r.Cities {
			if k := d.Figure(indicator, c).Source; k >= 0 {
				used[k] = true
			}
		}
		return listed(used)
	}
	match := d.Match(e.Lens(r.View))
	count := func(row int) {
		if d.ActorOf(row) == def.Actor && match.Has(row) {
			for _, k := range d.SourcesOf(row) {
				used[k] = true
			}
		}
	}
	for _, c := range r.Cities {
		if def.Made == data.MadeOfInitiatives {
			for _, row := range d.RowsOfCity(c) {
				count(int(row))
			}
		} else {
			for _, row := range d.NationalRows(d.Cities[c].Country) {
				count(row)
			}
		}
	}
	for _, k := range def.NotSources {
		used[k] = false
	}
	return listed(used)
}

func listed(used []bool) []int {
	var out []int
	for k, is := range used {
		if is {
			out = append(out, k)
		}
	}
	return out
}
