package scoring

import "sort"

// Group is a run of units, neighbours in rank, that cannot be told apart.
type Group struct {
	Units       []int // best first
	First, Last int   // ranks of the first and the last of them
}

// DefaultSeparation is the share of draws from which on one unit is said to be
// above another.
const DefaultSeparation = 0.95

// Groups splits the ranking into groups that cannot be told apart: from the
// best down, a unit joins the group of the one before it as long as no unit of
// that group ranks above it (or below it) in at least the given share of the
// draws, such as DefaultSeparation. So within a group no pair is separated, and
// the first unit of every further group is separated from at least one unit of
// the group before. The order is that of the model's own ranks; unranked units
// are in no group.
//
// Two neighbours on either side of a border need not be separated from each
// other: for what one unit can be told from, see Peers.
func (mc *MonteCarlo) Groups(share float64) []Group {
	var groups []Group
	for _, i := range mc.rankOrder() {
		if n := len(groups); n > 0 && !mc.separatedFromAny(groups[n-1].Units, i, share) {
			g := &groups[n-1]
			g.Units = append(g.Units, i)
			g.Last = mc.base[i]
			continue
		}
		groups = append(groups, Group{Units: []int{i}, First: mc.base[i], Last: mc.base[i]})
	}
	return groups
}

// Peers returns the run of neighbours in rank around unit i none of which is
// separated from it: it may be told apart from the unit just before and just
// after them. Units holds i itself too; it is empty for an unranked unit.
func (mc *MonteCarlo) Peers(i int, share float64) Group {
	order := mc.rankOrder()
	at := -1
	for k, u := range order {
		if u == i {
			at = k
		}
	}
	if at < 0 {
		return Group{}
	}
	lo, hi := at, at
	for lo > 0 && !mc.separated(order[lo-1], i, share) {
		lo--
	}
	for hi < len(order)-1 && !mc.separated(i, order[hi+1], share) {
		hi++
	}
	units := order[lo : hi+1]
	return Group{Units: units, First: mc.base[units[0]], Last: mc.base[units[len(units)-1]]}
}

// rankOrder returns the ranked units by rank.
func (mc *MonteCarlo) rankOrder() []int {
	var order []int
	for i, r := range mc.base {
		if r > 0 {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return mc.base[order[a]] < mc.base[order[b]] })
	return order
}

func (mc *MonteCarlo) separated(a, b int, share float64) bool {
	return mc.Above(a, b) >= share || mc.Above(b, a) >= share
}

func (mc *MonteCarlo) separatedFromAny(units []int, b int, share float64) bool {
	for _, a := range units {
		if mc.separated(a, b, share) {
			return true
		}
	}
	return false
}
