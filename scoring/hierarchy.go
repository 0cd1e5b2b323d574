package scoring

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
