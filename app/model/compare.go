package model

import (
	"math"

	"aicities/scoring"
)

// ClosePairs returns up to n pairs of neighbours in rank, from the top, of which
// neither is above the other in scoring.DefaultSeparation of the draws. Without
// draws it is the first pairs of neighbours.
func ClosePairs(r *Ranking, c *Certainty, n int) [][2]int {
	var out [][2]int
	for k := 1; k < len(r.Order) && len(out) < n; k++ {
		a, b := r.Order[k-1], r.Order[k]
		if r.Rank[b] == 0 {
			break
		}
		if c == nil || math.Max(c.Above(a, b), c.Above(b, a)) < scoring.DefaultSeparation {
			out = append(out, [2]int{a, b})
		}
	}
	return out
}

// Ahead marks the best of the values, by direction (1: more is better, -1: less
// is better). None is marked where fewer than two have a value or all have the
// same.
func Ahead(values []float64, direction int) []bool {
	out := make([]bool, len(values))
	best, worst, have := math.Inf(-1), math.Inf(1), 0
	for _, x := range values {
		if !scoring.IsMissing(x) {
			x *= float64(direction)
			best, worst = math.Max(best, x), math.Min(worst, x)
			have++
		}
	}
	if have < 2 || best-worst <= scoring.DefaultTolerance {
		return out
	}
	for k, x := range values {
		out[k] = !scoring.IsMissing(x) && best-x*float64(direction) <= scoring.DefaultTolerance
	}
	return out
}
