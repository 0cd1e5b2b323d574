package scoring

import (
	"math"
	"slices"
)

// Reach holds the best and the worst rank of a unit under any weights of the
// children of the index.
type Reach struct {
	// Best and Worst are ranks that the unit takes, with BestWeights and
	// WorstWeights (one per child, sum 1).
	Best, Worst               int
	BestWeights, WorstWeights []float64
	// No weights give a rank better than BestBound or worse than WorstBound:
	// that is proven. Where a bound equals the rank beside it, that rank is
	// exact.
	BestBound, WorstBound int
}

// Exact reports whether both ranks are proven.
func (r *Reach) Exact() bool { return r.Best == r.BestBound && r.Worst == r.WorstBound }

// Reach searches for the best and the worst rank of unit under any weights of
// the children of the index, and for proofs that there is no better. effort
// bounds the search for a proof; each unit of effort is some tens of
// microseconds, and 1000 settles most cases of six pillars. weights and aggs
// are as for Aggregate; nil means the model's own.
//
// Where the index is a mean of any kind, the weights that put the unit above
// another are a half-space, and the best rank leaves out the fewest half-spaces
// such that the rest have a common point on the simplex (the maximum feasible
// subsystem, which is hard in general: Amaldi and Kann 1995, Theoretical
// Computer Science 147). The search branches on irreducible infeasible
// subsystems, of which each must lose a member; disjoint ones give the bound
// (Chinneck 2008, Feasibility and Infeasibility in Optimization, chapters 6 and
// 7). For other methods, and against units that have other children than this
// one, the bounds are those of dominance and the ranks the best of many weights.
// A unit without a score has reach 0.
func (m *Model) Reach(weights []float64, aggs []Aggregation, unit, effort int) (*Reach, error) {
	n := m.Raw.Rows
	if unit < 0 || unit >= n {
		return nil, errorf(StepInput, "there is no unit ", itoa(unit), " among ", itoa(n))
	}
	s, err := m.newRootScorer(weights, aggs)
	if err != nil {
		return nil, err
	}
	if s.r.Rank[unit] == 0 {
		return &Reach{}, nil
	}
	g, isMean, err := s.form()
	if err != nil {
		return nil, err
	}
	t := &reachTrials{s: s, unit: unit}
	t.out = Reach{Best: s.r.Rank[unit], BestWeights: s.given, Worst: s.r.Rank[unit], WorstWeights: s.given}
	if !isMean {
		t.boundByDominance()
	}
	if err := t.tryMany(); err != nil {
		return nil, err
	}
	if !isMean {
		return &t.out, nil
	}
	c := comparisons(s, g, unit)
	// The best rank: as few above as can be. Units with other children may be
	// anywhere, so they add nothing to the bound.
	found := maxFeasible(c.up, s.given, effort)
	t.out.BestBound = 1 + found.bound
	if err := t.try(found.w); err != nil {
		return nil, err
	}
	// The worst: as few not above as can be.
	found = maxFeasible(c.down, s.given, effort)
	t.out.WorstBound = 1 + c.unknown + len(c.down) - found.bound
	if err := t.try(found.w); err != nil {
		return nil, err
	}
	// A tie within the tolerance counts for the unit, so ranks found by trial
	// may be better than what holds strictly.
	t.out.BestBound = min(t.out.BestBound, t.out.Best)
	t.out.WorstBound = max(t.out.WorstBound, t.out.Worst)
	return &t.out, nil
}

// reachTrials keeps the best and the worst rank that weights gave a unit.
type reachTrials struct {
	s    *rootScorer
	unit int
	out  Reach
}

func (t *reachTrials) try(w []float64) error {
	if err := t.s.score(w); err != nil {
		return err
	}
	rank := t.s.r.Rank[t.unit]
	if rank > 0 && rank < t.out.Best {
		t.out.Best, t.out.BestWeights = rank, slices.Clone(w)
	}
	if rank > t.out.Worst {
		t.out.Worst, t.out.WorstWeights = rank, slices.Clone(w)
	}
	return nil
}

// tryMany tries each child alone and many random weights.
func (t *reachTrials) tryMany() error {
	w := make([]float64, len(t.s.children))
	for k := range w {
		corner := make([]float64, len(w))
		corner[k] = 1
		if err := t.try(corner); err != nil {
			return err
		}
	}
	for p := range searchPoints {
		r := newStream(0, uint64(p))
		r.simplex(w)
		if err := t.try(w); err != nil {
			return err
		}
	}
	return nil
}

// boundByDominance counts the units that are always above or always below.
func (t *reachTrials) boundByDominance() {
	t.out.BestBound, t.out.WorstBound = 1, 1
	for i := range t.s.r.Rank {
		switch {
		case i == t.unit || !t.s.hasValue(i):
		case t.s.clearlyAbove(i, t.unit):
			t.out.BestBound++
			t.out.WorstBound++
		case !t.s.r.Dominates(t.unit, i):
			t.out.WorstBound++
		}
	}
}

// compared holds the differences of weights that decide between a unit and each
// other one.
type compared struct {
	up      [][]float64 // d·w >= 0: level with it at least
	down    [][]float64 // d·w >= 0: below it
	unknown int         // units with other children
}

// comparisons takes the differences from g, the form of a mean.
func comparisons(s *rootScorer, g *Matrix, unit int) (c compared) {
	eps := margin(g, s.m.Tolerance)
	for i := range g.Rows {
		if i == unit || !s.hasValue(i) {
			continue
		}
		d, present, same := difference(g, unit, i)
		if !same || len(present) < len(s.children) {
			c.unknown++
			continue
		}
		back := make([]float64, len(d))
		for k := range d {
			back[k] = -d[k] - eps // Σw = 1, so that this is a margin of eps
		}
		c.up, c.down = append(c.up, d), append(c.down, back)
	}
	return c
}

// hasValue reports whether unit i has a value for any child of the index.
func (s *rootScorer) hasValue(i int) bool {
	return slices.ContainsFunc(s.children, func(c int) bool { return !IsMissing(s.r.Value(i, c)) })
}

// clearlyAbove reports whether a is better than b in every child of the index:
// then it is above by any monotone method.
func (s *rootScorer) clearlyAbove(a, b int) bool {
	for _, c := range s.children {
		if !(s.r.Value(a, c) > s.r.Value(b, c)) {
			return false
		}
	}
	return true
}

// feasible is the outcome of maxFeasible.
type feasible struct {
	w     []float64
	lost  int // rows that w does not satisfy
	bound int // no weights satisfy all but fewer rows
}

// maxFeasible looks for the point of the unit simplex that satisfies d·w >= 0
// for the most rows d.
func maxFeasible(rows [][]float64, start []float64, effort int) feasible {
	f := &feasibleSearch{budget: effort}
	base := 0
	for _, d := range rows {
		top, low := slices.Max(d), slices.Min(d)
		switch {
		case top < 0:
			base++ // no weights satisfy it
		case low < 0:
			f.rows = append(f.rows, d)
		}
	}
	f.best = feasible{w: slices.Clone(start), lost: f.violated(start)}
	// Good points first, so that the search can cut: those of the relaxations,
	// and from each of some random points the largest set that can be kept.
	all := make([]int, len(f.rows))
	for i := range all {
		all[i] = i
	}
	bound := f.packing(all)
	w := make([]float64, len(start))
	for p := range 24 {
		if f.best.lost <= bound {
			break
		}
		r := newStream(1, uint64(p))
		r.simplex(w)
		f.improve(w)
	}
	if f.best.lost > bound {
		f.improve(f.best.w)
		// Depth-first with a rising limit: a limit that fails is a proof.
		for bound < f.best.lost {
			switch f.search(all, nil, bound) {
			case searchFound:
			case searchNone:
				bound++
				continue
			}
			break
		}
	}
	f.best.lost += base
	f.best.bound = min(bound+base, f.best.lost)
	return f.best
}

type feasibleSearch struct {
	rows   [][]float64
	lp     simplexLP
	best   feasible
	budget int

	a, b, c []float64
}

// violated counts the rows that w does not satisfy; rounding counts as
// satisfied.
func (f *feasibleSearch) violated(w []float64) int {
	n := 0
	for _, d := range f.rows {
		if !satisfies(d, w) {
			n++
		}
	}
	return n
}

func satisfies(d, w []float64) bool {
	var size float64
	for k, x := range d {
		size += math.Abs(x) * w[k]
	}
	return dot(d, w) >= -1e-12*size
}

func (f *feasibleSearch) offer(w []float64) {
	if lost := f.violated(w); lost < f.best.lost {
		f.best = feasible{w: slices.Clone(w), lost: lost}
	}
}

// game solves max over w of the least d·w/|d| of the given rows: a matrix game,
// whose other player's strategy names an irreducible set of rows that cannot be
// satisfied together when the value is below zero (Farkas; von Neumann 1928).
func (f *feasibleSearch) game(set []int) (value float64, w []float64, conflict []int) {
	n := len(f.rows[set[0]])
	m := len(set)
	// With all entries made positive by a shift, the value is 1/max Σx subject
	// to Σ x_i d_ik <= 1 for every k.
	f.a, f.b, f.c = resized(f.a, n*m), resized(f.b, n), resized(f.c, m)
	const shift = 2 // entries are within -1 and 1
	for j, i := range set {
		d := f.rows[i]
		largest := max(slices.Max(d), -slices.Min(d))
		f.c[j] = 1
		for k, x := range d {
			f.a[k*m+j] = x/largest + shift
		}
	}
	for k := range f.b {
		f.b[k] = 1
	}
	x, sum, status := f.lp.solve(f.c, f.a, f.b)
	if status != lpOptimal { // bounded and feasible by construction
		return 0, f.best.w, nil
	}
	w = f.lp.duals(n, m)
	for k := range w {
		w[k] /= sum
	}
	for j, i := range set {
		if x[j] > 1e-9*sum {
			conflict = append(conflict, i)
		}
	}
	return 1/sum - shift, w, conflict
}

// gameTolerance separates a conflict from rounding.
const gameTolerance = 1e-10

// packing returns a number of disjoint conflicts within set: as many rows at
// least cannot be satisfied.
func (f *feasibleSearch) packing(set []int) int {
	left := slices.Clone(set)
	n := 0
	for len(left) > 0 {
		value, w, conflict := f.game(left)
		f.offer(w)
		if value >= -gameTolerance || len(conflict) == 0 {
			break
		}
		n++
		left = slices.DeleteFunc(left, func(i int) bool { return slices.Contains(conflict, i) })
	}
	return n
}

// improve takes the rows that w satisfies and adds others, as long as all can
// be satisfied together, nearest first.
func (f *feasibleSearch) improve(w []float64) {
	type row struct {
		i   int
		gap float64
	}
	var set []int
	var rest []row
	for i, d := range f.rows {
		if satisfies(d, w) {
			set = append(set, i)
		} else {
			rest = append(rest, row{i, -dot(d, w) / max(slices.Max(d), -slices.Min(d))})
		}
	}
	slices.SortStableFunc(rest, func(a, b row) int {
		if a.gap < b.gap {
			return -1
		}
		if a.gap > b.gap {
			return 1
		}
		return 0
	})
	f.offer(w)
	for _, r := range rest {
		value, v, _ := f.game(append(set, r.i))
		if value >= -gameTolerance {
			set = append(set, r.i)
			f.offer(v)
		}
	}
}

type searchOutcome int

const (
	searchNone searchOutcome = iota // no point loses as few rows: proven
	searchFound
	searchStopped // the budget is spent
)

// search looks for a point that satisfies all of set but limit rows, keeping
// the rows of kept.
func (f *feasibleSearch) search(set, kept []int, limit int) searchOutcome {
	if len(set) == 0 {
		return searchFound
	}
	if f.budget--; f.budget < 0 {
		return searchStopped
	}
	value, w, conflict := f.game(set)
	f.offer(w)
	if value >= -gameTolerance || len(conflict) == 0 {
		return searchFound
	}
	if limit == 0 || f.packing(set) > limit {
		return searchNone
	}
	// One member of the conflict must go. Once all ways without a member are
	// tried, it is kept, so that no set is tried twice.
	kept = slices.Clone(kept)
	for _, i := range conflict {
		if slices.Contains(kept, i) {
			continue
		}
		without := slices.DeleteFunc(slices.Clone(set), func(k int) bool { return k == i })
		if out := f.search(without, kept, limit-1); out != searchNone {
			return out
		}
		kept = append(kept, i)
		if value, _, _ := f.game(kept); value < -gameTolerance {
			return searchNone
		}
	}
	return searchNone
}
