package scoring

import "math"

// rootScorer re-scores a model when only the weights of the children of the
// index change: the children's own values stay.
type rootScorer struct {
	m        *Model
	r        *Result
	method   Aggregation // of the index
	children []int
	given    []float64 // weights of the children, sum 1
	w        []float64 // weights per node
}

func (m *Model) newRootScorer(weights []float64, aggs []Aggregation) (*rootScorer, error) {
	h := m.Hierarchy
	s := &rootScorer{m: m, r: m.NewResult(), children: h.Children[h.Root()]}
	if err := m.Aggregate(s.r, weights, aggs); err != nil {
		return nil, err
	}
	s.method = s.r.at(h.Depth())
	s.w = append([]float64(nil), s.r.weights...)
	s.given = make([]float64, len(s.children))
	for k, c := range s.children {
		s.given[k] = s.w[c]
	}
	s.given = unitWeights(s.given)
	return s, nil
}

// score ranks all units under the given weights of the children, one at least
// above zero; scores and ranks are in s.r.
func (s *rootScorer) score(w []float64) error {
	for k, c := range s.children {
		s.w[c] = max(0, w[k])
	}
	if err := s.m.aggregateNode(s.r, s.m.Hierarchy.Root(), s.w); err != nil {
		return err
	}
	s.r.ranker.Rank(s.r.Rank, s.r.Score, s.m.Tolerance)
	return nil
}

// form returns the values, unit by child, whose weighted mean orders the units
// as the index does, where the index is a mean of any kind: the values under
// the mean's function, turned so that more is better. ok is false for other
// methods, whose order is no weighted mean.
func (s *rootScorer) form() (g *Matrix, ok bool, err error) {
	if !s.method.quasi() {
		return nil, false, nil
	}
	leaves, err := s.r.leaves(s.method)
	if err != nil {
		return nil, false, err
	}
	h := s.m.Hierarchy
	sign := 1.0
	if s.method.Kind == Harmonic || s.method.Kind == PowerMean && s.method.P < 0 {
		sign = -1 // 1/x and x^P fall where x rises
	}
	g = NewMatrix(s.m.Raw.Rows, len(s.children))
	for k, c := range s.children {
		dst := g.Col(k)
		if c < h.Leaves {
			copy(dst, leaves[c])
		} else {
			s.method.transform(dst, nil, s.r.Aggregates.Col(c-h.Leaves))
		}
		for i := range dst {
			dst[i] *= sign
			if IsMissing(s.r.Value(i, c)) {
				dst[i] = Missing
			}
		}
	}
	return g, true, nil
}

// difference returns row a - row b of g and the children that both have; ok is
// false where one has a child that the other lacks, so that their scores are
// means over different children and no weighted sum of differences.
func difference(g *Matrix, a, b int) (d []float64, present []int, ok bool) {
	for k := range g.Cols {
		x, y := g.At(a, k), g.At(b, k)
		if IsMissing(x) != IsMissing(y) {
			return nil, nil, false
		}
		if !IsMissing(x) {
			d = append(d, x-y)
			present = append(present, k)
		}
	}
	return d, present, true
}

// passes reports whether both have a rank in the last scoring and a's is better.
func (s *rootScorer) passes(a, b int) bool {
	ra, rb := s.r.Rank[a], s.r.Rank[b]
	return ra > 0 && ra < rb
}

// margin is a difference of a weighted mean of g that is beyond rounding and
// beyond the tolerance of ties, and too small to matter.
func margin(g *Matrix, tolerance float64) float64 {
	largest := 0.0
	for _, x := range g.Data {
		if !IsMissing(x) {
			largest = max(largest, math.Abs(x))
		}
	}
	return max(1e-9, 4*tolerance) * max(largest, math.SmallestNonzeroFloat64)
}
