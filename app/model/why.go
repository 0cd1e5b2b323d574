package model

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"aicities/app/view"
	"aicities/data"
	"aicities/scoring"
)

// Same reports whether two rankings were made of the same choices, whatever else
// their views hold: then all that was found out about one is true of the other.
func (r *Ranking) Same(o *Ranking) bool {
	return r == o || r != nil && o != nil && r.stage.key == o.stage.key &&
		r.View.Weights == o.View.Weights && maps.Equal(r.View.Indicators, o.View.Indicators)
}

// Work is done in steps, so that a browser can answer its visitor in between.
type Work struct{ todo []func() }

// Done reports whether nothing is left.
func (w *Work) Done() bool { return len(w.todo) == 0 }

// Step does the next part.
func (w *Work) Step() {
	if !w.Done() {
		do := w.todo[0]
		w.todo = w.todo[1:]
		do()
	}
}

// Finish does all that is left.
func (w *Work) Finish() {
	for !w.Done() {
		w.Step()
	}
}

// Pair is what is known about the difference between two cities of a ranking.
// Pillar is there at once; the rest is there when the work is done.
type Pair struct {
	Work
	Ranking *Ranking
	A, B    int // entries
	// Difference is Score[A] - Score[B]. Pillar and Indicator hold what each of
	// them contributes to it: exact Shapley values (see scoring.Model.Explain).
	// The pillars add up to the difference, the indicators to their pillar.
	Difference float64
	Pillar     [Pillars]float64
	Indicator  []float64
	// Swap is what lets the city behind pass.
	Swap Swap
	// Err says why the two cannot be compared, for example that one is unranked.
	Err error
}

// Swap is the least change of pillar weights that lets one city pass another.
type Swap struct {
	Behind, Ahead int // entries; equal ranks count as A behind B
	// Pillar is the one whose weight alone suffices, its share going from From
	// to To (tenths of a per cent) while the others keep their proportions; -1
	// where no single one does.
	Pillar, From, To int
	// Weights let the city behind pass: where Pillar is not -1, those with that
	// one changed; else the nearest ones found (least sum of absolute changes),
	// if Possible.
	Weights  view.Weights
	Possible bool
	// Proven says that a false Possible, or a Pillar of -1, is not just the end
	// of a search.
	Proven bool
}

// NewPair takes the difference between entries a and b apart. Under most methods
// all is done at once; where the method compares every city with every other,
// steps are left to do.
func (e *Explorer) NewPair(r *Ranking, a, b int) *Pair {
	p := &Pair{Ranking: r, A: a, B: b, Indicator: make([]float64, len(e.Data.Indicators))}
	if r.Err != nil {
		p.Err = r.Err
		return p
	}
	weights, aggs := e.weights(r.View), aggregations(r.View)
	h := r.Model.Hierarchy
	scale := displayedScale(r.View.Over, len(r.Cities))
	explain := func(nodes ...int) []float64 {
		x, err := r.Model.Explain(weights, aggs, a, b, nodes...)
		if err != nil {
			p.Err, p.todo = err, nil
			return nil
		}
		for k := range x {
			x[k] *= scale
		}
		return x
	}
	x := explain(h.Root())
	if x == nil {
		return p
	}
	p.Difference = x[h.Root()]
	copy(p.Pillar[:], x[h.Leaves:])
	for pillar := range Pillars {
		p.todo = append(p.todo, func() {
			node := h.Leaves + pillar
			if x := explain(node); x != nil {
				for _, c := range h.Children[node] {
					p.Indicator[c] = x[c]
				}
			}
		})
	}
	p.todo = append(p.todo, e.swapSteps(p)...)
	if !comparesAll(r.View) {
		p.Finish()
	}
	return p
}

// comparesAll reports whether the view's method is slow to explain.
func comparesAll(v view.View) bool {
	return v.Over == "copeland" || v.Over == "topsis" || v.Over == "median"
}

// swapSteps fill p.Swap.
func (e *Explorer) swapSteps(p *Pair) []func() {
	r := p.Ranking
	s := &p.Swap
	s.Behind, s.Ahead, s.Pillar = p.A, p.B, -1
	if r.Rank[p.A] < r.Rank[p.B] {
		s.Behind, s.Ahead = p.B, p.A
	}
	t := &trial{e: e, r: r, result: r.Model.NewResult()}
	if comparesAll(r.View) {
		return e.searchSteps(s, t)
	}
	return []func(){func() {
		o, err := r.Model.Overtake(e.weights(r.View), aggregations(r.View), s.Behind, s.Ahead)
		if err != nil {
			p.Err = err
			return
		}
		s.Proven = o.Exact
		nearest := math.Inf(1)
		for k, share := range o.One {
			if scoring.IsMissing(share) || math.Abs(share-o.Given[k]) >= nearest {
				continue
			}
			if tenths, ok := t.round(s, k, o.Given[k], share); ok {
				nearest = math.Abs(share - o.Given[k])
				s.take(r.View, k, tenths)
			}
		}
		for _, far := range []float64{1, 1.01, 1.05, 1.2} {
			if s.Possible || o.L1 == nil {
				break
			}
			shares, sum := make([]float64, len(o.L1)), 0.0
			for k, x := range o.L1 {
				shares[k] = max(0, o.Given[k]+far*(x-o.Given[k]))
				sum += shares[k]
			}
			for k := range shares {
				shares[k] /= sum
			}
			if w := view.NearestWeights(shares); t.passes(w, s.Behind, s.Ahead) {
				s.Weights, s.Possible = w, true
			}
		}
		if !s.Possible && o.Possible {
			s.Proven = false // weights exist, but none in tenths of a per cent were found
		}
	}}
}

// take makes one pillar's weight the answer.
func (s *Swap) take(v view.View, pillar, tenths int) {
	s.Pillar, s.To, s.Possible = pillar, tenths, true
	s.From = int(math.Round(1000 * v.Weights.Shares()[pillar]))
	s.Weights = v.Weights.WithTenths(pillar, tenths)
}

// searchSteps try each pillar's weight in whole per cents, one pillar a step.
func (e *Explorer) searchSteps(s *Swap, t *trial) []func() {
	var steps []func()
	nearest := 1001
	for k := range Pillars {
		given := int(math.Round(1000 * t.r.View.Weights.Shares()[k]))
		for _, way := range []int{-1, 1} {
			steps = append(steps, func() {
				for percent := given/10 + way; percent >= 0 && percent <= 100; percent += way {
					if d := max(given-10*percent, 10*percent-given); d >= nearest {
						return
					} else if t.passes(t.r.View.Weights.With(k, percent), s.Behind, s.Ahead) {
						nearest = d
						s.take(t.r.View, k, 10*percent)
						return
					}
				}
			})
		}
	}
	return steps
}

// trial ranks with other weights.
type trial struct {
	e      *Explorer
	r      *Ranking
	result *scoring.Result
}

func (t *trial) rank(w view.Weights, entry int) int {
	v := t.r.View
	v.Weights = w
	if t.r.Model.Aggregate(t.result, t.e.weights(v), aggregations(v)) != nil {
		return 0
	}
	return t.result.Rank[entry]
}

func (t *trial) passes(w view.Weights, a, b int) bool {
	rank := t.rank(w, a)
	return rank > 0 && (t.result.Rank[b] == 0 || rank < t.result.Rank[b])
}

// round returns the share in tenths of a per cent, beyond the exact one but as
// near to it as it can be, that lets the city pass: a whole per cent if that
// does and differs from the given one in whole per cents.
func (t *trial) round(s *Swap, pillar int, given, share float64) (int, bool) {
	way := 1
	if share < given {
		way = -1
	}
	for _, step := range []int{10, 1} {
		x := 1000 * share / float64(step)
		k := int(math.Ceil(x - 1e-6))
		if way < 0 {
			k = int(math.Floor(x + 1e-6))
		}
		for range 3 {
			tenths := k * step
			if tenths < 0 || tenths > 1000 || step == 10 && k == int(math.Round(100*given)) {
				break
			}
			if t.passes(t.r.View.Weights.WithTenths(pillar, tenths), s.Behind, s.Ahead) {
				return tenths, true
			}
			k += way
		}
	}
	return 0, false
}

// Rise is how far one indicator of a city must be raised for the next rank, all
// else as it is, in the indicator's own unit.
type Rise struct {
	Indicator int
	From      float64 // missing where the city has no figure
	// To is rounded to what the indicator can be: a whole number for what is
	// counted, else three significant digits. Missing where nothing up to twice
	// the best city's figure gains a rank.
	To     float64
	Whole  bool
	Rank   int   // the rank with To
	Passes []int // entries that are above now and would not be
	Beyond bool  // no city has as much
	// Effort is To - From relative to From or, where the city has nothing, to
	// the median of the cities.
	Effort float64
}

// Climb is what is known about a city's chances to move. It is there when the
// work is done.
type Climb struct {
	Work
	Ranking *Ranking
	Entry   int
	Reach   *scoring.Reach
	// BestWeights and WorstWeights give the best and the worst rank of Reach in
	// tenths of a per cent; HasBest and HasWorst say that they still do so when
	// rounded.
	BestWeights, WorstWeights view.Weights
	HasBest, HasWorst         bool
	Rises                     []Rise // least effort first; those without To last
}

// reachEffort bounds the search for a proof; see scoring.Model.Reach.
const reachEffort = 300

// NewClimb prepares the work for an entry.
func (e *Explorer) NewClimb(r *Ranking, entry int) *Climb {
	c := &Climb{Ranking: r, Entry: entry}
	if r.Err != nil || r.Rank[entry] == 0 {
		return c
	}
	weights, aggs := e.weights(r.View), aggregations(r.View)
	c.todo = append(c.todo, func() {
		reach, err := r.Model.Reach(weights, aggs, entry, reachEffort)
		if err != nil {
			return
		}
		c.Reach = reach
		t := &trial{e: e, r: r, result: r.Model.NewResult()}
		c.BestWeights, c.WorstWeights = view.NearestWeights(reach.BestWeights), view.NearestWeights(reach.WorstWeights)
		c.HasBest, c.HasWorst = t.rank(c.BestWeights, entry) == reach.Best, t.rank(c.WorstWeights, entry) == reach.Worst
	})
	if r.Rank[entry] > 1 {
		for j := range e.Data.Indicators {
			if !r.Model.NoValue[j] {
				c.todo = append(c.todo, func() {
					if x, ok := e.rise(r, entry, j); ok {
						c.Rises = append(c.Rises, x)
					}
				})
			}
		}
	}
	c.todo = append(c.todo, func() {
		slices.SortStableFunc(c.Rises, func(a, b Rise) int {
			if x, y := scoring.IsMissing(a.To), scoring.IsMissing(b.To); x || y {
				if x == y {
					return 0
				}
				if x {
					return 1
				}
				return -1
			}
			return cmp.Compare(a.Effort, b.Effort)
		})
	})
	return c
}

func (e *Explorer) rise(r *Ranking, entry, j int) (Rise, bool) {
	def := &e.Data.Indicators[j]
	w, err := r.Model.WhatIf(e.weights(r.View), aggregations(r.View), entry, j)
	if err != nil {
		return Rise{}, false
	}
	perUnit := 1.0 // what one unit is in the model's data
	if r.View.PerHead && def.PerCapita {
		perUnit = 1e6 / e.Data.Cities[r.Cities[entry]].Population
	}
	out := Rise{Indicator: j, From: r.Raw[j][entry], To: scoring.Missing, Rank: r.Rank[entry],
		Whole: def.Made != data.Measured || allWhole(r.Raw[j]), Effort: math.Inf(1)}
	if scoring.IsMissing(w.To) {
		return out, true
	}
	to := roundUp(w.To/perUnit, def.Direction, out.Whole)
	// The rounded value is ranked anew: it may gain more than the exact one.
	raw := e.perHead(r.View, r.Cities, r.Raw)
	raw.Set(entry, j, to*perUnit)
	spec, err := e.spec(r.View, r.Cities)
	if err != nil {
		return out, true
	}
	m, err := scoring.Compile(spec, raw)
	if err != nil {
		return out, true
	}
	result := m.NewResult()
	if m.Aggregate(result, nil, nil) != nil || result.Rank[entry] == 0 || result.Rank[entry] >= out.Rank {
		return out, true
	}
	out.To, out.Beyond, out.Rank = to, w.Beyond, result.Rank[entry]
	for i, was := range r.Rank {
		if i != entry && was > 0 && was < r.Rank[entry] && result.Rank[i] >= out.Rank {
			out.Passes = append(out.Passes, i)
		}
	}
	from, measure := out.From, out.From
	if scoring.IsMissing(from) {
		from, measure = 0, 0
	}
	if measure == 0 {
		measure = scoring.MedianOf(slices.DeleteFunc(slices.Clone(r.Raw[j]), scoring.IsMissing))
	}
	out.Effort = math.Abs(to-from) / max(math.Abs(measure), 1)
	return out, true
}

func allWhole(x []float64) bool {
	for _, v := range x {
		if !scoring.IsMissing(v) && v != math.Trunc(v) {
			return false
		}
	}
	return true
}

// roundUp rounds a value away from where it came, to a whole number or to three
// significant digits; less is better where direction is below zero.
func roundUp(x float64, direction int, whole bool) float64 {
	step := 1.0
	if !whole && x != 0 {
		step = math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-2)
	}
	if direction < 0 {
		return math.Floor(x/step+1e-6) * step
	}
	return math.Ceil(x/step-1e-6) * step
}
