package scoring

// Flatten returns a model in which the nodes of the given level are the children
// of the index, with their effective weights, and the levels between are gone:
// so that Overtake, Reach and RankPath ask about the weights of pillars, or with
// level 1 of indicators, where the index has more levels. Scores and ranks stay
// as they are. A node whose parent is above the level comes along as it is.
//
// It needs one and the same mean of any kind for every level above, and a value
// of every unit for every node there; else the flat index would be another one,
// and that is an error.
func (m *Model) Flatten(level int) (*Model, error) {
	h := m.Hierarchy
	if level < 1 || level >= h.Depth() {
		return nil, errorf(StepInput, "the level must be 1 to ", itoa(h.Depth()-1), ", not ", itoa(level))
	}
	if level == h.Depth()-1 {
		return m, nil
	}
	r := m.NewResult()
	if err := m.Aggregate(r, nil, nil); err != nil {
		return nil, err
	}
	top := r.at(h.Depth())
	for l := level + 1; l <= h.Depth(); l++ {
		if a := r.at(l); a != top || !a.quasi() {
			return nil, errorf(StepAggregate, "levels can be joined only under one and the same mean, not under a ", top.String(), " of a ", a.String())
		}
	}
	// Nodes up to the level are kept; the index stays last.
	node := make([]int, h.Nodes()) // new number of a node that is kept
	var codes []string
	var old []int
	for k := range h.Nodes() {
		if h.Level[k] <= level || k == h.Root() {
			node[k] = len(codes)
			codes = append(codes, h.Codes[k])
			old = append(old, k)
		}
	}
	root := len(codes) - 1
	effective := EffectiveWeights(h, m.weights)
	parent, weights := make([]int, len(codes)), make([]float64, len(codes))
	for k, o := range old {
		weights[k], parent[k] = m.weights[o], -1
		if o == h.Root() {
			continue
		}
		parent[k] = root
		if up := h.Parent[o]; h.Level[up] <= level {
			parent[k] = node[up]
			continue
		}
		weights[k] = effective[o]
		for i := range m.Raw.Rows {
			if IsMissing(r.Value(i, o)) {
				return nil, &Error{StepAggregate, label(h.Codes, o), label(m.Units, i), "levels can be joined only where every unit has a value"}
			}
		}
	}
	flat, err := newHierarchy(h.Leaves, codes, parent)
	if err != nil {
		return nil, err
	}
	out := *m
	out.Hierarchy = flat
	out.Spec.Weights, out.weights = weights, weights
	out.Aggregation, out.MinShare = nil, nil
	for l := 2; l <= flat.Depth(); l++ {
		out.Aggregation = append(out.Aggregation, r.at(l))
		out.MinShare = append(out.MinShare, m.minShare(l))
	}
	out.Aggregation[len(out.Aggregation)-1] = top
	return &out, nil
}
