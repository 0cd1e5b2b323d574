package scoring

import (
	"math"
	"slices"
)

// Crossing is a value of a weight at which two units change places.
type Crossing struct {
	Weight float64 // share of the one child, 0 to 1; the other children keep their proportions
	Unit   int     // the other unit
	Up     bool    // above it with more weight, below it with less
}

// RankSegment is a range of a weight over which a unit keeps its rank; it holds
// for every value between From and To.
type RankSegment struct {
	From, To float64
	Rank     int // 0 where the unit has no score
}

// RankPath is the rank of one unit as a function of the weight of one child of
// the index.
type RankPath struct {
	Given     float64 // the weight as it is, as a share of the children's
	Segments  []RankSegment
	Crossings []Crossing // by weight
	// Exact tells that the crossings are in closed form and all of them are
	// there. It is so when the index is a mean of any kind and every unit has
	// the same children; otherwise they are bracketed to 1e-12 on a grid of 512
	// steps, and two that lie within one step may be missed.
	Exact bool
}

const pathSteps = 512

// RankPath follows unit's rank while the weight of one child (a node) of the
// index goes from 0 to 1 and the others share the rest in their proportions.
// weights and aggs are as for Aggregate; nil means the model's own. At a
// crossing itself the two units tie.
//
// Reference: the one-way sensitivity of weights in Triantaphyllou and Sánchez
// (1997); the crossing of two straight lines.
func (m *Model) RankPath(weights []float64, aggs []Aggregation, unit, child int) (*RankPath, error) {
	if unit < 0 || unit >= m.Raw.Rows {
		return nil, errorf(StepInput, "there is no unit ", itoa(unit), " among ", itoa(m.Raw.Rows))
	}
	s, err := m.newRootScorer(weights, aggs)
	if err != nil {
		return nil, err
	}
	at := slices.Index(s.children, child)
	if at < 0 {
		return nil, errorf(StepInput, "node ", itoa(child), " is not a child of the index")
	}
	p := &RankPath{Given: s.given[at]}
	if len(s.children) == 1 {
		p.Exact = true
		p.Segments = []RankSegment{{0, 1, s.r.Rank[unit]}}
		return p, nil
	}
	g, isMean, err := s.form()
	if err != nil {
		return nil, err
	}
	p.Exact = isMean
	for i := 0; i < m.Raw.Rows && p.Exact; i++ {
		_, _, same := difference(g, unit, i)
		p.Exact = same || !ranked(g, i)
	}
	if p.Exact {
		p.crossExactly(s, g, unit, at)
	} else if err := p.crossBySearch(s, unit, at); err != nil {
		return nil, err
	}
	// Stable, so that units which are crossed together stay in their own order.
	slices.SortStableFunc(p.Crossings, func(a, b Crossing) int {
		if a.Weight < b.Weight {
			return -1
		}
		if a.Weight > b.Weight {
			return 1
		}
		return 0
	})
	if p.Exact {
		return p, p.segment(s, unit, at)
	}
	return p, p.segmentBySearch(s, unit, at)
}

func ranked(g *Matrix, i int) bool {
	for k := range g.Cols {
		if !IsMissing(g.At(i, k)) {
			return true
		}
	}
	return false
}

// crossExactly intersects the unit's line with those of the others.
func (p *RankPath) crossExactly(s *rootScorer, g *Matrix, unit, at int) {
	n := len(s.children)
	at0, at1 := make([]float64, n), make([]float64, n)
	rescaleOne(at0, s.given, at, 0)
	rescaleOne(at1, s.given, at, 1)
	for i := range s.m.Raw.Rows {
		d, present, same := difference(g, unit, i)
		if !same || i == unit || len(d) == 0 {
			continue
		}
		var f0, f1 float64
		for j, k := range present {
			f0 += at0[k] * d[j]
			f1 += at1[k] * d[j]
		}
		if f0 < 0 && f1 > 0 || f0 > 0 && f1 < 0 {
			p.Crossings = append(p.Crossings, Crossing{f0 / (f0 - f1), i, f1 > 0})
		}
	}
}

// crossBySearch brackets the changes of sign of the difference to each other
// unit.
func (p *RankPath) crossBySearch(s *rootScorer, unit, at int) error {
	w := make([]float64, len(s.children))
	scoreAt := func(t float64) error {
		rescaleOne(w, s.given, at, t)
		return s.score(w)
	}
	n := s.m.Raw.Rows
	before, now := make([]int, n), make([]int, n)
	side := func(i int) int { // 1: unit is above i; -1: below; 0: tie or one has no rank
		a, b := s.r.Rank[unit], s.r.Rank[i]
		switch {
		case a == 0 || b == 0 || a == b:
			return 0
		case a < b:
			return 1
		}
		return -1
	}
	last := make([]float64, n) // where before was seen: ties in between are skipped
	for step := 0; step <= pathSteps; step++ {
		t := float64(step) / pathSteps
		if err := scoreAt(t); err != nil {
			return err
		}
		for i := range n {
			now[i] = side(i)
		}
		for i := range n {
			if now[i] == 0 || i == unit {
				continue
			}
			if before[i] == -now[i] {
				lo, hi := last[i], t
				for hi-lo > 1e-12 {
					mid := (lo + hi) / 2
					if mid <= lo || mid >= hi {
						break
					}
					if err := scoreAt(mid); err != nil {
						return err
					}
					if side(i) == now[i] {
						hi = mid
					} else {
						lo = mid
					}
				}
				p.Crossings = append(p.Crossings, Crossing{hi, i, now[i] > 0})
			}
			before[i], last[i] = now[i], t
		}
	}
	return nil
}

// segment ranks the unit between the crossings and joins neighbours of one
// rank.
func (p *RankPath) segment(s *rootScorer, unit, at int) error {
	edges := []float64{0}
	for _, c := range p.Crossings {
		edges = append(edges, c.Weight)
	}
	edges = append(edges, 1)
	w := make([]float64, len(s.children))
	for k := 1; k < len(edges); k++ {
		lo, hi := edges[k-1], edges[k]
		if hi-lo < 1e-12 && len(edges) > 2 {
			continue
		}
		rescaleOne(w, s.given, at, (lo+hi)/2)
		if err := s.score(w); err != nil {
			return err
		}
		rank := s.r.Rank[unit]
		if n := len(p.Segments); n > 0 && p.Segments[n-1].Rank == rank {
			p.Segments[n-1].To = hi
			continue
		}
		p.Segments = append(p.Segments, RankSegment{lo, hi, rank})
	}
	// What was too narrow to rank belongs to its neighbour.
	for k := range p.Segments {
		if k > 0 {
			p.Segments[k].From = p.Segments[k-1].To
		}
	}
	if n := len(p.Segments); n > 0 {
		p.Segments[0].From, p.Segments[n-1].To = 0, 1
	}
	return nil
}

// segmentBySearch brackets the changes of rank, which are more than the
// crossings where units tie over a range of weights.
func (p *RankPath) segmentBySearch(s *rootScorer, unit, at int) error {
	w := make([]float64, len(s.children))
	var failure error
	rankAt := func(t float64) int {
		rescaleOne(w, s.given, at, t)
		if err := s.score(w); err != nil {
			failure = err
			return 0
		}
		return s.r.Rank[unit]
	}
	p.Segments = []RankSegment{{0, 1, rankAt(0)}}
	for step := 1; step <= pathSteps && failure == nil; step++ {
		from, to := float64(step-1)/pathSteps, float64(step)/pathSteps
		rank := rankAt(to)
		for last := &p.Segments[len(p.Segments)-1]; last.Rank != rank; last = &p.Segments[len(p.Segments)-1] {
			lo, hi := from, to
			for hi-lo > 1e-12 {
				mid := (lo + hi) / 2
				if rankAt(mid) == last.Rank {
					lo = mid
				} else {
					hi = mid
				}
			}
			last.To = hi
			p.Segments = append(p.Segments, RankSegment{hi, 1, rankAt(hi)})
			from = hi
		}
	}
	return failure
}

// At returns the rank at a weight that is no crossing.
func (p *RankPath) At(weight float64) int {
	for _, s := range p.Segments {
		if weight >= s.From && weight <= s.To {
			return s.Rank
		}
	}
	return 0
}

// Next returns the crossing nearest to the given weight on either side, as the
// least that this one weight must change for the unit to move up (or, with up
// false, down); ok is false when there is none.
func (p *RankPath) Next(up bool) (c Crossing, ok bool) {
	best := math.Inf(1)
	for _, x := range p.Crossings {
		gains := x.Up == (x.Weight > p.Given)
		if d := distance(x.Weight, p.Given); gains == up && d < best {
			c, ok, best = x, true, d
		}
	}
	return c, ok
}
