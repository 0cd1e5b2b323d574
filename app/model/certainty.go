package model

import (
	"aicities/data"
	"aicities/scoring"
)

// Draws is how many other reasonable choices a rank interval is taken from.
const Draws = 10000

// Seed makes the same view give the same intervals on every machine.
const Seed = 20261

// Certainty is how sure the order of a ranking is, after as many draws as have
// been made.
type Certainty struct {
	mc *scoring.MonteCarlo
	// Intervals has an entry per entry of the ranking.
	Intervals []scoring.RankInterval
	// Group is the number of the group of cities that cannot be told apart, by
	// entry, from 0 at the top; -1 for an unranked city. Groups lists them.
	Group  []int
	Groups []scoring.Group
}

// NewCertainty prepares the draws for a ranking.
//
// What varies: pillar and indicator weights (Dirichlet around the view's own),
// normalisation (min-max, z-score, percentile rank), aggregation over pillars
// (arithmetic, geometric), treatment (the view's, winsorised then log), missing
// values (left out, regional median), in half of the draws one indicator is left
// out and in a quarter one source. The view's own method is always among the
// alternatives.
func (e *Explorer) NewCertainty(r *Ranking) (*Certainty, error) {
	if r.Err != nil {
		return nil, r.Err
	}
	if err := r.Model.SetWeights(e.weights(r.View)); err != nil {
		return nil, err
	}
	mc, err := scoring.NewMonteCarlo(r.Model, e.Assumptions(r), Seed, Draws)
	if err != nil {
		return nil, err
	}
	return &Certainty{mc: mc}, nil
}

// Assumptions returns the reasonable choices beside the ranking's own.
func (e *Explorer) Assumptions(r *Ranking) scoring.Assumptions {
	v := r.View
	a := scoring.Assumptions{
		Concentration: scoring.DefaultConcentration,
		DropIndicator: 0.5, DropSource: 0.25, Sources: e.sources(r),
	}
	if v.Treat != "winsor" {
		a.Treatments = append(a.Treatments, scoring.WinsoriseThenLog)
	}
	for _, id := range []string{"", "zscore", "rank"} {
		if id != v.Norm {
			a.Normalisations = append(a.Normalisations, normalisation(id))
		}
	}
	for _, id := range []string{"", "geometric"} {
		if id != v.Over {
			a.Aggregations = append(a.Aggregations, []scoring.Aggregation{aggregation(v.Within), aggregation(id)})
		}
	}
	if v.Missing != "" && v.Missing != "require" { // 'require' leaves out what a city may miss, too
		a.Missing = append(a.Missing, scoring.LeaveOut)
	}
	if v.Missing != "median" {
		a.Missing = append(a.Missing, scoring.FillGroupMedian)
	}
	if len(a.Sources) == 0 {
		a.DropSource = 0
	}
	return a
}

// Done reports whether all draws are made.
func (c *Certainty) Done() bool { return c.mc.Done() >= c.mc.Draws() }

// Step makes k further draws.
func (c *Certainty) Step(k int) error { return c.mc.Step(k) }

// Finish reads the result of the draws made so far.
func (c *Certainty) Finish() {
	c.Intervals = c.mc.Result()
	c.Groups = c.mc.Groups(scoring.DefaultSeparation)
	c.Group = make([]int, len(c.Intervals))
	for i := range c.Group {
		c.Group[i] = -1
	}
	for g, group := range c.Groups {
		for _, i := range group.Units {
			c.Group[i] = g
		}
	}
}

// Above returns the share of draws in which entry a ranks above entry b.
func (c *Certainty) Above(a, b int) float64 { return c.mc.Above(a, b) }

// sources returns each source that can be left out: the indicators that go with
// it, and the data counted without its records.
func (e *Explorer) sources(r *Ranking) []scoring.Source {
	var out []scoring.Source
	for _, s := range e.eachSource(r) {
		if s.Raw != nil || len(s.Indicators) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// eachSource returns, for each source, what goes when it is left out: nothing
// where the ranking does not rest on it.
func (e *Explorer) eachSource(r *Ranking) []scoring.Source {
	d := e.Data
	lens := e.Lens(r.View)
	without := d.MatricesWithout(r.Cities, lens)
	if lens.Sources.Len() == 1 {
		without = make([][][]float64, len(d.Sources)) // the only source of a lens cannot be left out
	}
	out := make([]scoring.Source, len(d.Sources))
	for k := range out {
		for j, def := range d.Indicators {
			if def.Made == data.Measured && !r.Model.NoValue[j] && e.onlySource(j, k) {
				out[k].Indicators = append(out[k].Indicators, j)
			}
		}
		if without[k] == nil {
			continue
		}
		if m := e.perHead(r.View, r.Cities, without[k]); differs(m, r.Model.Raw) {
			out[k].Raw = m
		}
	}
	return out
}

// onlySource reports whether a measured indicator has its figures from source k.
func (e *Explorer) onlySource(indicator, k int) bool {
	for c := range e.Data.Cities {
		if f := e.Data.Figure(indicator, c); f.Source >= 0 {
			return f.Source == k
		}
	}
	return false
}

func differs(a, b *scoring.Matrix) bool {
	for i, x := range a.Data {
		if y := b.Data[i]; x != y && (x == x || y == y) {
			return true
		}
	}
	return false
}
