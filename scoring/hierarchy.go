package scoring

import "slices"

// Hierarchy is the tree of an index, of any depth. Its leaves are the
// indicators, its root is the index, and what lies between are aggregates
// (pillars, sub-indices).
//
// Nodes are numbered: first the Leaves indicators, in the order of the data's
// columns, then the aggregates, each after all of its children; the last node
// is the index. So one slice with a value per node holds the weights of a
// whole index.
type Hierarchy struct {
	Leaves   int      // number of indicators
	Codes    []string // code of each node
	Level    []int    // 1 for an indicator, one more than its highest child for an aggregate
	Parent   []int    // node of the parent; -1 for the index
	Children [][]int  // nodes of the children, nil for an indicator
}

// Nodes returns the number of nodes.
func (h *Hierarchy) Nodes() int { return len(h.Parent) }

// Aggregates returns the number of nodes that are not indicators.
func (h *Hierarchy) Aggregates() int { return len(h.Parent) - h.Leaves }

// Root returns the node of the index.
func (h *Hierarchy) Root() int { return len(h.Parent) - 1 }

// Depth returns the number of levels: 3 for indicators, pillars and index.
func (h *Hierarchy) Depth() int { return h.Level[h.Root()] }

// Find returns the node with this code, or -1.
func (h *Hierarchy) Find(code string) int {
	for k, c := range h.Codes {
		if c == code {
			return k
		}
	}
	return -1
}

// LeavesOf returns the indicators below node, itself when it is one.
func (h *Hierarchy) LeavesOf(node int) []int {
	if node < h.Leaves {
		return []int{node}
	}
	var out []int
	for _, c := range h.Children[node] {
		out = append(out, h.LeavesOf(c)...)
	}
	return out
}

// TwoLevels returns the hierarchy of indicators in pillars below one index:
// pillarOf[j] is the pillar, counted from 0, of indicator j. Codes are
// optional (nil), the index's code is "index". A pillar without an indicator
// is an error: leave it out.
func TwoLevels(indicators []string, pillars []string, pillarOf []int) (*Hierarchy, error) {
	leaves := len(pillarOf)
	if indicators == nil {
		indicators = make([]string, leaves)
	}
	if len(indicators) != leaves {
		return nil, errorf(StepInput, itoa(len(indicators)), " indicator codes for ", itoa(leaves), " indicators")
	}
	codes := append(append([]string(nil), indicators...), pillars...)
	codes = append(codes, "index")
	parent := make([]int, len(codes))
	for j, p := range pillarOf {
		if p < 0 || p >= len(pillars) {
			return nil, &Error{Step: StepInput, Indicator: label(indicators, j), Msg: "pillar " + itoa(p) + " is not one of the " + itoa(len(pillars))}
		}
		parent[j] = leaves + p
	}
	for p := range pillars {
		parent[leaves+p] = len(codes) - 1
	}
	parent[len(codes)-1] = -1
	return newHierarchy(leaves, codes, parent)
}

// NewHierarchy returns the hierarchy of nodes given by their codes and those
// of their parents, in any order. Indicators come in the order of the data's
// columns. levels is optional: where aggregates have a level of their own, as
// in COINr's iMeta, it decides which of the methods per level makes them.
//
// It returns an error for a code that is there twice, a parent that is not an
// aggregate, a circle, an aggregate with nothing below it, or anything but one
// index (the aggregate without a parent).
func NewHierarchy(indicators, indicatorParents, aggregates, aggregateParents []string, levels map[string]int) (*Hierarchy, error) {
	parentOf, root, err := readAggregates(aggregates, aggregateParents)
	if err != nil {
		return nil, err
	}
	ordered, err := parentsLast(aggregates, parentOf, root)
	if err != nil {
		return nil, err
	}
	node := map[string]int{} // of each aggregate
	for k, c := range ordered {
		node[c] = len(indicators) + k
	}
	codes := append(append([]string(nil), indicators...), ordered...)
	parent := make([]int, len(codes))
	seen := map[string]bool{}
	for j, c := range indicators {
		p, ok := node[indicatorParents[j]]
		if _, isAggregate := node[c]; isAggregate || seen[c] {
			return nil, badNode(c, "the code is there twice")
		}
		if !ok {
			return nil, badNode(c, "its parent "+indicatorParents[j]+" is not an aggregate")
		}
		seen[c] = true
		parent[j] = p
	}
	for c, k := range node {
		parent[k] = -1
		if c != root {
			parent[k] = node[parentOf[c]]
		}
	}
	h, err := newHierarchy(len(indicators), codes, parent)
	if err != nil || levels == nil {
		return h, err
	}
	if err := h.setLevels(levels); err != nil {
		return nil, err
	}
	return h, nil
}

func badNode(code, msg string) error { return &Error{Step: StepInput, Indicator: code, Msg: msg} }

// readAggregates returns the parent of each aggregate, "" for the index, and the
// index.
func readAggregates(aggregates, parents []string) (parentOf map[string]string, root string, err error) {
	parentOf = map[string]string{}
	for k, c := range aggregates {
		if _, twice := parentOf[c]; twice {
			return nil, "", badNode(c, "the code is there twice")
		}
		parentOf[c] = parents[k]
	}
	for _, c := range aggregates {
		p := parentOf[c]
		_, isAggregate := parentOf[p]
		switch {
		case p == "" && root == "":
			root = c
		case p == "":
			return nil, "", badNode(c, "it has no parent, and neither has "+root+": only the index has none")
		case !isAggregate:
			return nil, "", badNode(c, "its parent "+p+" is not an aggregate")
		}
	}
	if root == "" {
		return nil, "", errorf(StepInput, "there is no index: one aggregate must have no parent")
	}
	return parentOf, root, nil
}

// parentsLast orders aggregates by their depth below the root, the deepest
// first.
func parentsLast(aggregates []string, parentOf map[string]string, root string) ([]string, error) {
	depth := map[string]int{}
	for _, c := range aggregates {
		d := 0
		for p := c; p != root; p = parentOf[p] {
			if d++; d > len(aggregates) {
				return nil, badNode(c, "it is its own ancestor")
			}
		}
		depth[c] = d
	}
	ordered := slices.Clone(aggregates)
	slices.SortStableFunc(ordered, func(a, b string) int { return depth[b] - depth[a] })
	return ordered, nil
}

// setLevels sets the levels of the nodes that have one of their own.
func (h *Hierarchy) setLevels(levels map[string]int) error {
	for k, c := range h.Codes {
		if l, ok := levels[c]; ok {
			h.Level[k] = l
		}
	}
	for k, p := range h.Parent {
		if p >= 0 && h.Level[k] >= h.Level[p] {
			return badNode(h.Codes[k], "its level "+itoa(h.Level[k])+" is not below that of its parent "+h.Codes[p]+", "+itoa(h.Level[p]))
		}
		if k < h.Leaves && h.Level[k] != 1 {
			return badNode(h.Codes[k], "the level of an indicator is 1, not "+itoa(h.Level[k]))
		}
	}
	return nil
}

// newHierarchy derives levels and children from parents. Nodes must be
// numbered children first.
func newHierarchy(leaves int, codes []string, parent []int) (*Hierarchy, error) {
	h := &Hierarchy{Leaves: leaves, Codes: codes, Parent: parent,
		Level: make([]int, len(parent)), Children: make([][]int, len(parent))}
	if leaves == 0 {
		return nil, errorf(StepInput, "an index needs at least one indicator")
	}
	root := len(parent) - 1
	for k, p := range parent {
		if k < leaves {
			h.Level[k] = 1
		} else if len(h.Children[k]) == 0 {
			return nil, &Error{Step: StepInput, Indicator: label(codes, k), Msg: "an aggregate needs at least one indicator or aggregate below it"}
		}
		if k == root {
			break
		}
		if p <= k || p >= len(parent) || p < leaves {
			return nil, &Error{Step: StepInput, Indicator: label(codes, k), Msg: "its parent must be an aggregate that comes after it"}
		}
		h.Children[p] = append(h.Children[p], k)
		h.Level[p] = max(h.Level[p], h.Level[k]+1)
	}
	return h, nil
}

// EffectiveWeights returns for each node its share in the index when all
// values are there: its weight among its siblings times the effective weight
// of its parent; that of the index is 1. Below weights that are all zero it is
// zero.
func EffectiveWeights(h *Hierarchy, weights []float64) []float64 {
	out := make([]float64, h.Nodes())
	out[h.Root()] = 1
	for node := h.Root(); node >= h.Leaves; node-- {
		sum := 0.0
		for _, c := range h.Children[node] {
			sum += weights[c]
		}
		for _, c := range h.Children[node] {
			if sum > 0 {
				out[c] = out[node] * weights[c] / sum
			}
		}
	}
	return out
}
