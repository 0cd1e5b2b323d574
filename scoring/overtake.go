package scoring

// Overtake says how the weights of the children of the index must change for
// unit a to rank above unit b.
type Overtake struct {
	Children []int     // nodes of the children of the index
	Given    []float64 // their weights, sum 1
	// Already is set when a ranks above b as it is; no change is needed.
	Already bool
	// Possible tells whether any weights let a pass. Where it is false and
	// Exact is true, that is proven: b is at least as good in every child that
	// both have.
	Possible bool
	// Exact tells that the answers are proven smallest (up to 1e-9) and a false
	// Possible is final. It is so when the index is a mean of any kind and a and
	// b have the same children. Otherwise the answers are the best found by
	// search: they do let a pass, but smaller ones may exist.
	Exact bool
	// One has for each child the value of its weight, nearest to the given one,
	// that lets a pass while the others keep their proportions; missing where
	// none does.
	One []float64
	// L1 and L2 hold weights (sum 1) that let a pass, nearest to the given ones
	// in the sum of absolute changes and in Euclidean distance; nil where none
	// do.
	L1, L2                 []float64
	DistanceL1, DistanceL2 float64
}

// Overtake returns the smallest changes of the weights of the children of the
// index that let a pass b. weights and aggs are as for Aggregate; nil means the
// model's own.
func (m *Model) Overtake(weights []float64, aggs []Aggregation, a, b int) (*Overtake, error) {
	if n := m.Raw.Rows; a < 0 || a >= n || b < 0 || b >= n || a == b {
		return nil, errorf(StepInput, "two different units of ", itoa(n), " are needed, not ", itoa(a), " and ", itoa(b))
	}
	s, err := m.newRootScorer(weights, aggs)
	if err != nil {
		return nil, err
	}
	for _, i := range []int{a, b} {
		if s.r.Rank[i] == 0 {
			return nil, &Error{Step: StepAggregate, Unit: label(m.Units, i), Msg: "it has no score, so it can neither pass nor be passed"}
		}
	}
	o := &Overtake{Children: s.children, Given: s.given, One: make([]float64, len(s.children))}
	if s.passes(a, b) {
		o.Already, o.Possible, o.Exact = true, true, true
		copy(o.One, s.given)
		o.L1, o.L2 = s.given, s.given
		return o, nil
	}
	for k := range o.One {
		o.One[k] = Missing
	}
	g, isMean, err := s.form()
	if err != nil {
		return nil, err
	}
	if isMean {
		if d, present, same := difference(g, a, b); same {
			o.Exact = true
			return o, s.overtakeExactly(o, d, present, margin(g, m.Tolerance), a, b)
		}
	}
	return o, s.overtakeBySearch(o, a, b)
}

// overtakeExactly solves for the weights in which the sum of the differences d
// reaches eps, and raises eps until the ranks follow: a tolerance of ties may be
// wide.
func (s *rootScorer) overtakeExactly(o *Overtake, d []float64, present []int, eps float64, a, b int) error {
	verify := func(w []float64) (bool, error) {
		err := s.score(w)
		return err == nil && s.passes(a, b), err
	}
	// Weights of children that both lack count for neither: they stay as given,
	// and the others share what is left.
	share := 0.0
	inner := make([]float64, len(present))
	for i, k := range present {
		inner[i] = s.given[k]
		share += s.given[k]
	}
	if share == 0 {
		share = 1
		for i := range inner {
			inner[i] = 1 / float64(len(inner))
		}
	} else {
		inner = unitWeights(inner)
	}
	full := func(w []float64) []float64 {
		out := append([]float64(nil), s.given...)
		for i, k := range present {
			out[k] = w[i] * share
		}
		return out
	}
	for range 12 {
		if !o.Possible {
			w, ok := smallestL1(inner, d, eps)
			if !ok {
				return nil
			}
			out := full(w)
			passed, err := verify(out)
			if err != nil {
				return err
			}
			if passed {
				o.Possible = true
				o.L1, o.DistanceL1 = out, distanceL1(out, s.given)
			}
		}
		if o.Possible && o.L2 == nil {
			if w, ok := smallestL2(inner, d, eps); ok {
				out := full(w)
				passed, err := verify(out)
				if err != nil {
					return err
				}
				if passed {
					o.L2, o.DistanceL2 = out, distanceL2(out, s.given)
				}
			}
		}
		if o.L2 != nil {
			break
		}
		eps *= 4
	}
	if o.L2 == nil && o.L1 != nil {
		o.L2, o.DistanceL2 = o.L1, distanceL2(o.L1, s.given)
		o.Exact = false
	}
	whole := make([]float64, len(s.given)) // differences per child, 0 for those that both lack
	for i, k := range present {
		whole[k] = d[i]
	}
	moved := make([]float64, len(s.given))
	for k := range s.given {
		for try, e := 0, eps; try < 12; try, e = try+1, 4*e {
			v, ok := smallestOne(s.given, whole, k, e)
			if !ok {
				break
			}
			rescaleOne(moved, s.given, k, v)
			passed, err := verify(moved)
			if err != nil {
				return err
			}
			if passed {
				o.One[k] = v
				break
			}
		}
	}
	return nil
}

const (
	searchSteps   = 200 // values of one weight that a search tries
	searchPoints  = 300 // weights that a search draws from the simplex
	searchHalving = 50  // bisections between weights that pass and such that do not
)

// overtakeBySearch fills o for methods whose order is no weighted mean: it
// tries each weight step by step, the corners of the simplex and points drawn
// from it, and halves the way from the given weights to each that lets a pass.
func (s *rootScorer) overtakeBySearch(o *Overtake, a, b int) error {
	n := len(s.given)
	w := make([]float64, n)
	var failure error
	passesAt := func(w []float64) bool {
		if err := s.score(w); err != nil {
			failure = err
			return false
		}
		return s.passes(a, b)
	}
	consider := func(w []float64) {
		o.Possible = true
		if d := distanceL1(w, s.given); o.L1 == nil || d < o.DistanceL1 {
			o.L1, o.DistanceL1 = append([]float64(nil), w...), d
		}
		if d := distanceL2(w, s.given); o.L2 == nil || d < o.DistanceL2 {
			o.L2, o.DistanceL2 = append([]float64(nil), w...), d
		}
	}
	for k := range n {
		for _, target := range []float64{0, 1} {
			from := s.given[k]
			for step := 1; step <= searchSteps; step++ {
				lo := from + (target-from)*float64(step-1)/searchSteps
				hi := from + (target-from)*float64(step)/searchSteps
				rescaleOne(w, s.given, k, hi)
				if n == 1 || !passesAt(w) {
					continue
				}
				for range searchHalving {
					mid := (lo + hi) / 2
					rescaleOne(w, s.given, k, mid)
					if passesAt(w) {
						hi = mid
					} else {
						lo = mid
					}
				}
				rescaleOne(w, s.given, k, hi)
				if IsMissing(o.One[k]) || distance(hi, from) < distance(o.One[k], from) {
					o.One[k] = hi
				}
				consider(w)
				break
			}
		}
	}
	point := make([]float64, n)
	for p := range n + searchPoints {
		if p < n {
			clear(point)
			point[p] = 1
		} else {
			r := newStream(0, uint64(p))
			r.simplex(point)
		}
		if !passesAt(point) {
			continue
		}
		lo, hi := 0.0, 1.0
		at := func(t float64) []float64 {
			for k := range w {
				w[k] = s.given[k] + t*(point[k]-s.given[k])
			}
			return w
		}
		for range searchHalving {
			if mid := (lo + hi) / 2; passesAt(at(mid)) {
				hi = mid
			} else {
				lo = mid
			}
		}
		consider(at(hi))
	}
	return failure
}

func distance(a, b float64) float64 { return max(a-b, b-a) }

// Dominates reports whether unit a is at least as good as unit b in every child
// of the index, and better in one, so that under no weights b can rank above a
// by a monotone method. A unit without a value for a child that the other has
// neither dominates nor is dominated.
func (r *Result) Dominates(a, b int) bool {
	h := r.model.Hierarchy
	better := false
	for _, c := range h.Children[h.Root()] {
		x, y := r.Value(a, c), r.Value(b, c)
		if IsMissing(x) != IsMissing(y) || x < y {
			return false
		}
		better = better || x > y
	}
	return better
}
