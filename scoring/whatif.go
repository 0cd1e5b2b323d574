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
	t := &whatIfTrials{m: m, base: base, raw: m.given.Clone(), unit: unit, j: j}
	last := from
	for _, x := range whatIfStops(from, best, worst) {
		if x == last {
			continue
		}
		ranks, err := t.at(x)
		if err != nil {
			return out, err
		}
		if !t.gains(ranks) {
			last = x
			continue
		}
		if out.To, ranks, err = t.halve(last, x, ranks, 1e-9*(hi-lo)); err != nil {
			return out, err
		}
		out.Beyond = out.To > hi || out.To < lo
		out.Rank, out.Passes = ranks[unit], t.passed(ranks)
		return out, nil
	}
	return out, nil
}

// whatIfStops lists the values to try first, up to the best one and as far again
// as the range. They are few: a treatment may act differently from one value to
// the next, so that the range is searched in steps, and the first that gains is
// halved.
func whatIfStops(from, best, worst float64) []float64 {
	const steps = 8
	stops := make([]float64, 0, 2*steps)
	for k := 1; k <= steps; k++ {
		stops = append(stops, from+(best-from)*float64(k)/steps)
	}
	for k := 1; k <= steps; k++ {
		stops = append(stops, best+(best-worst)*float64(k)/steps)
	}
	return stops
}

// whatIfTrials ranks all units with one value in place of another.
type whatIfTrials struct {
	m       *Model
	base    *Result // without a change
	raw     *Matrix // the data of the last trial
	unit, j int
}

// at returns the ranks where the unit has x for the indicator.
func (t *whatIfTrials) at(x float64) ([]int, error) {
	t.raw.Set(t.unit, t.j, x)
	trial, err := t.m.withColumns(t.raw, []int{t.j})
	if err != nil {
		return nil, err
	}
	r := trial.NewResult()
	if err := trial.Aggregate(r, t.base.weights, t.base.aggs); err != nil {
		return nil, err
	}
	return r.Rank, nil
}

// gains reports whether the unit is better off than without a change.
func (t *whatIfTrials) gains(ranks []int) bool {
	return ranks[t.unit] > 0 && ranks[t.unit] < t.base.Rank[t.unit]
}

// halve narrows the range from no, which gains nothing, to yes, which gives the
// ranks, down to a width. It returns the end that gains, with its ranks.
func (t *whatIfTrials) halve(no, yes float64, ranks []int, width float64) (float64, []int, error) {
	for range 60 {
		mid := no + (yes-no)/2
		if distance(no, yes) <= width || mid == no || mid == yes {
			break
		}
		r, err := t.at(mid)
		if err != nil {
			return Missing, nil, err
		}
		if t.gains(r) {
			yes, ranks = mid, r
		} else {
			no = mid
		}
	}
	return yes, ranks, nil
}

// passed lists the units above without a change and not above with these ranks.
func (t *whatIfTrials) passed(ranks []int) (out []int) {
	for i, was := range t.base.Rank {
		if i != t.unit && was > 0 && was < t.base.Rank[t.unit] && ranks[i] > 0 && ranks[i] >= ranks[t.unit] {
			out = append(out, i)
		}
	}
	return out
}
