package scoring

// WhatIf says how far one indicator of a unit must be raised (lowered, where
// less is better) for the unit to gain at least one rank.
type WhatIf struct {
	Indicator int
	From      float64 // the value as it is, missing where there is none
	// To is the value nearest to From, to 1e-9 of the indicator's range, that
	// gains a rank; missing where none is found.
	To   float64
	Rank int // the rank with To
	// Passes holds the units that rank above the unit with From and not with To.
	Passes []int
	// Beyond tells that To is better than the best value of any unit.
	Beyond bool
}

// WhatIf asks for indicator j of a unit how far it must be raised for the next
// rank, all else as it is. Each trial goes through the whole of the model,
// treatment and normalisation with it, so that a value which sets a new maximum
// moves the other units too. Values are tried up to the best one there is and
// then as far again as the indicator's range. Where the unit is first or
// unranked already, or the indicator has no values, nothing is found.
//
// A missing value is tried from the worst value up. It is an error if a trial
// cannot be treated or normalised. weights and aggs are as for Aggregate; nil
// means the model's own.
func (m *Model) WhatIf(weights []float64, aggs []Aggregation, unit, j int) (WhatIf, error) {
	out := WhatIf{Indicator: j, To: Missing, From: Missing}
	if unit < 0 || unit >= m.Raw.Rows || j < 0 || j >= m.Raw.Cols {
		return out, errorf(StepInput, "there is no unit ", itoa(unit), " or no indicator ", itoa(j))
	}
	base := m.NewResult()
	if err := m.Aggregate(base, weights, aggs); err != nil {
		return out, err
	}
	weights, aggs = base.weights, base.aggs
	out.Rank = base.Rank[unit]
	out.From = m.given.At(unit, j)
	lo, hi, n := bounds(m.given.Col(j))
	if out.Rank <= 1 || n == 0 || lo == hi {
		return out, nil
	}
	best, worst := hi, lo
	if m.Indicators[j].Direction < 0 {
		best, worst = lo, hi
	}
	from := out.From
	if IsMissing(from) {
		from = worst
	}
	raw := m.given.Clone()
	rankAt := func(x float64) ([]int, error) {
		raw.Set(unit, j, x)
		trial, err := m.withColumns(raw, []int{j})
		if err != nil {
			return nil, err
		}
		r := trial.NewResult()
		if err := trial.Aggregate(r, weights, aggs); err != nil {
			return nil, err
		}
		return r.Rank, nil
	}
	// The range is searched in a few steps, as a treatment may act differently
	// from one value to the next; the first step that gains is halved.
	const steps = 8
	stops := make([]float64, 0, 2*steps)
	for k := 1; k <= steps; k++ {
		stops = append(stops, from+(best-from)*float64(k)/steps)
	}
	for k := 1; k <= steps; k++ {
		stops = append(stops, best+(best-worst)*float64(k)/steps)
	}
	last := from
	for _, x := range stops {
		if x == last {
			continue
		}
		rank, err := rankAt(x)
		if err != nil {
			return out, err
		}
		if rank[unit] == 0 || rank[unit] >= out.Rank {
			last = x
			continue
		}
		no, yes := last, x
		for range 60 {
			mid := no + (yes-no)/2
			if distance(no, yes) <= 1e-9*(hi-lo) || mid == no || mid == yes {
				break
			}
			r, err := rankAt(mid)
			if err != nil {
				return out, err
			}
			if r[unit] > 0 && r[unit] < out.Rank {
				yes, rank = mid, r
			} else {
				no = mid
			}
		}
		out.To = yes
		out.Beyond = yes > hi || yes < lo
		for i, was := range base.Rank {
			if i != unit && was > 0 && was < out.Rank && rank[i] > 0 && rank[i] >= rank[unit] {
				out.Passes = append(out.Passes, i)
			}
		}
		out.Rank = rank[unit]
		return out, nil
	}
	return out, nil
}
