package model

import (
	"cmp"
	"slices"

	"aicities/app/view"
	"aicities/data"
	"aicities/scoring"
)

// largestUniverse is how many cities the universes by population and by output
// hold, as many as the default one.
const largestUniverse = 100

// universe returns the cities of a universe in order of id.
func (e *Explorer) universe(u view.Universe) []int {
	d := e.Data
	switch u.Kind {
	case "population":
		return largest(d, func(c *data.City) float64 { return c.Population })
	case "output":
		return largest(d, func(c *data.City) float64 { return c.GDP })
	case "all":
		return e.withEvidence()
	case "region":
		return where(d, func(i int) bool {
			return d.Regions[d.Region(i)] == u.Region && (d.Cities[i].Default || e.enough()[i])
		})
	case "own":
		return where(d, func(i int) bool { return slices.Contains(u.Cities, d.Cities[i].ID) })
	}
	return d.DefaultUniverse()
}

func where(d *data.Dataset, in func(i int) bool) []int {
	var out []int
	for i := range d.Cities {
		if in(i) {
			out = append(out, i)
		}
	}
	return out
}

// largest returns the cities with the highest figure, those without one left out.
func largest(d *data.Dataset, figure func(*data.City) float64) []int {
	out := where(d, func(i int) bool { return !scoring.IsMissing(figure(&d.Cities[i])) })
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(figure(&d.Cities[b]), figure(&d.Cities[a])) })
	out = out[:min(len(out), largestUniverse)]
	slices.Sort(out)
	return out
}

// minRecords is how many global initiatives a city needs to be ranked among
// 'all cities with enough data'.
const minRecords = 5

func (e *Explorer) enough() []bool {
	counts := e.Data.Counts(data.Lens{})
	out := make([]bool, len(counts))
	for i, byActor := range counts {
		n := 0
		for _, k := range byActor {
			n += int(k)
		}
		out[i] = n >= minRecords
	}
	return out
}

func (e *Explorer) withEvidence() []int {
	enough := e.enough()
	return where(e.Data, func(i int) bool { return enough[i] })
}

// spec says to the engine what the view's method is.
func (e *Explorer) spec(v view.View, cities []int) (scoring.Spec, error) {
	d := e.Data
	codes, pillarOf := make([]string, len(d.Indicators)), make([]int, len(d.Indicators))
	indicators := make([]scoring.Indicator, len(d.Indicators))
	for j, def := range d.Indicators {
		codes[j], pillarOf[j] = def.ID, int(def.Pillar)
		indicators[j] = scoring.Indicator{
			Code: def.ID, Direction: def.Direction,
			Treatment: treatment(v.Treat, def.Treatment), Normalisation: normalisation(v.Norm),
		}
	}
	h, err := scoring.TwoLevels(codes, view.PillarIDs[:], pillarOf)
	if err != nil {
		return scoring.Spec{}, err
	}
	units, groups := make([]string, len(cities)), make([]string, len(cities))
	for i, c := range cities {
		units[i], groups[i] = d.Cities[c].Name, d.Regions[d.Region(c)]
	}
	spec := scoring.Spec{
		Hierarchy: h, Indicators: indicators, Weights: e.weights(v), Aggregation: aggregations(v),
		Units: units, Groups: groups, DropConstant: true, KeepAboveZero: true,
	}
	switch v.Missing {
	case "zero":
		spec.Missing = scoring.WorstValue
	case "median":
		spec.Missing = scoring.FillGroupMedian
	case "require":
		spec.MinShare = []float64{requiredShare, 1}
	}
	return spec, nil
}

// requiredShare is the share of its indicators that a city must have in each
// pillar under the policy 'require'.
const requiredShare = 0.75

// weights returns the weight of every node of the hierarchy: indicators in their
// pillar, pillars in the index.
func (e *Explorer) weights(v view.View) []float64 {
	d := e.Data
	w := make([]float64, 0, len(d.Indicators)+Pillars+1)
	for _, def := range d.Indicators {
		x := def.Weight
		if tenths, ok := v.Indicators[def.ID]; ok {
			x = float64(tenths) / 10
		}
		w = append(w, x)
	}
	for _, share := range v.Weights.Shares() {
		w = append(w, share)
	}
	return append(w, 1)
}

func treatment(id string, own data.Treatment) scoring.Treatment {
	switch id {
	case "none":
		return scoring.Treatment{}
	case "log":
		return scoring.LogCounts
	case "winsor":
		return scoring.WinsoriseThenLog
	}
	if own == data.TreatLog {
		return scoring.LogCounts
	}
	return scoring.Treatment{}
}

// normalisation returns the method with a scale on which 100 is high: z-scores
// have mean 50 and standard deviation 15.
func normalisation(id string) scoring.Normalisation {
	switch id {
	case "zscore":
		return scoring.Normalisation{Kind: scoring.ZScore, A: 50, B: 15}
	case "rank":
		return scoring.Normalisation{Kind: scoring.PercentileRank, Scale: 100}
	case "max":
		return scoring.Normalisation{Kind: scoring.FracMax, Scale: 100}
	case "quintile":
		return scoring.Normalisation{Kind: scoring.Categories, Bins: 5}
	}
	return scoring.Normalisation{Kind: scoring.MinMax}
}

func aggregations(v view.View) []scoring.Aggregation {
	return []scoring.Aggregation{aggregation(v.Within), aggregation(v.Over)}
}

func aggregation(id string) scoring.Aggregation {
	switch id {
	case "geometric":
		return scoring.Aggregation{Kind: scoring.Geometric}
	case "harmonic":
		return scoring.Aggregation{Kind: scoring.Harmonic}
	case "median":
		return scoring.Aggregation{Kind: scoring.Median}
	case "copeland":
		return scoring.Aggregation{Kind: scoring.Copeland}
	case "topsis":
		return scoring.Aggregation{Kind: scoring.TOPSIS}
	}
	return scoring.Aggregation{Kind: scoring.Arithmetic}
}
