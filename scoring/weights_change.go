package scoring

import (
	"math"
	"slices"
)

// This file answers how little the weights must change for a sum of weighted
// values Σ w·d to reach a margin, where d holds the differences A - B of two
// units. Weights lie on the unit simplex: none negative, sum 1. It is the
// 'smallest change of weights that alters the ranking of two alternatives' of
// Triantaphyllou and Sánchez (1997, A sensitivity analysis approach for some
// deterministic multi-criteria decision-making methods, Decision Sciences
// 28(1)), solved exactly in three metrics.

// dot returns Σ a·b.
func dot(a, b []float64) float64 {
	var sum float64
	for k, x := range a {
		sum += x * b[k]
	}
	return sum
}

// unitWeights returns w divided by its sum.
func unitWeights(w []float64) []float64 {
	var sum float64
	for _, x := range w {
		sum += x
	}
	out := make([]float64, len(w))
	for k, x := range w {
		out[k] = x / sum
	}
	return out
}

// rescaleOne returns the weights in which weight k is t and the others keep
// their proportions (equal ones where all the others are zero).
func rescaleOne(dst, w []float64, k int, t float64) {
	var others float64
	for j, x := range w {
		if j != k {
			others += x
		}
	}
	for j, x := range w {
		switch {
		case j == k:
			dst[j] = t
		case others > 0:
			dst[j] = (1 - t) * x / others
		default:
			dst[j] = (1 - t) / float64(len(w)-1)
		}
	}
}

// smallestOne returns the value of weight k, nearest to the given one, at which
// d·w reaches margin while the other weights are rescaled in proportion; false
// when no value from 0 to 1 does.
func smallestOne(w, d []float64, k int, margin float64) (float64, bool) {
	at0, at1 := make([]float64, len(w)), make([]float64, len(w))
	rescaleOne(at0, w, k, 0)
	rescaleOne(at1, w, k, 1)
	if len(w) == 1 {
		at0[0] = 1
	}
	// d·w is a straight line in t.
	f0, f1 := dot(at0, d), dot(at1, d)
	if now := f0 + w[k]*(f1-f0); now >= margin {
		return w[k], true
	}
	if f0 < margin && f1 < margin {
		return 0, false
	}
	return min(1, max(0, (margin-f0)/(f1-f0))), true
}

// smallestL1 returns the weights nearest to w in the sum of absolute changes
// with d·w >= margin; false when no weights reach it, which is so exactly when
// every d is below margin. Moving weight from the worst component to the best
// gains most per unit moved, so the linear program has a greedy solution (a
// continuous knapsack, Dantzig 1957, Discrete-variable extremum problems,
// Operations Research 5(2)).
func smallestL1(w, d []float64, margin float64) ([]float64, bool) {
	best := 0
	order := make([]int, len(d))
	for k := range d {
		order[k] = k
		if d[k] > d[best] {
			best = k
		}
	}
	if d[best] < margin {
		return nil, false
	}
	out := slices.Clone(w)
	need := margin - dot(w, d)
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case d[a] < d[b]:
			return -1
		case d[a] > d[b]:
			return 1
		}
		return a - b
	})
	for _, k := range order {
		gain := d[best] - d[k]
		if need <= 0 || gain <= 0 {
			break
		}
		move := min(out[k], need/gain)
		out[k] -= move
		out[best] += move
		need -= move * gain
	}
	return out, true
}

// smallestL2 returns the weights nearest to w in Euclidean distance with
// d·w >= margin; false when no weights reach it. It is the projection on the
// simplex cut by a half-space: the Karush-Kuhn-Tucker conditions give
// max(0, w + λd - μ), in which d·w grows with λ, so λ is bracketed until the
// set of zero weights is settled and then solved for exactly.
func smallestL2(w, d []float64, margin float64) ([]float64, bool) {
	n := len(w)
	top := slices.Max(d)
	if top < margin {
		return nil, false
	}
	if dot(w, d) >= margin {
		return slices.Clone(w), true
	}
	point, shifted := make([]float64, n), make([]float64, n)
	at := func(lambda float64) float64 {
		for k := range w {
			shifted[k] = w[k] + lambda*d[k]
		}
		projectSimplex(point, shifted)
		return dot(point, d)
	}
	lo, hi := 0.0, 1/(top-slices.Min(d))
	for at(hi) < margin && hi < 1e18 {
		lo, hi = hi, 2*hi
	}
	for range 100 {
		mid := lo + (hi-lo)/2
		if mid <= lo || mid >= hi {
			break
		}
		if at(mid) < margin {
			lo = mid
		} else {
			hi = mid
		}
	}
	at(hi)
	// On the free set F: Σ(w+λd-μ) = 1 and Σ d(w+λd-μ) = margin.
	var m, sw, sd, swd, sdd float64
	for k, x := range point {
		if x > 0 {
			m++
			sw += w[k]
			sd += d[k]
			swd += w[k] * d[k]
			sdd += d[k] * d[k]
		}
	}
	if det := m*sdd - sd*sd; det > 1e-12*m*sdd {
		lambda := ((margin-swd)*m - (1-sw)*sd) / det
		mu := (sw + lambda*sd - 1) / m
		exact := make([]float64, n)
		valid := true
		for k, x := range point {
			if x > 0 {
				exact[k] = w[k] + lambda*d[k] - mu
				valid = valid && exact[k] >= 0
			}
		}
		if valid {
			return exact, true
		}
	}
	return point, true
}

// projectSimplex writes into dst the point of the unit simplex nearest to x
// (Held, Wolfe and Crowder 1974, Validation of subgradient optimization,
// Mathematical Programming 6).
func projectSimplex(dst, x []float64) {
	sorted := slices.Clone(x)
	slices.SortFunc(sorted, func(a, b float64) int {
		if a > b {
			return -1
		}
		if a < b {
			return 1
		}
		return 0
	})
	var sum, mu float64
	for k, v := range sorted {
		sum += v
		if m := (sum - 1) / float64(k+1); m < v {
			mu = m
		} else {
			break
		}
	}
	for k, v := range x {
		dst[k] = max(0, v-mu)
	}
}

// distanceL1 returns Σ|a-b|, distanceL2 the Euclidean distance.
func distanceL1(a, b []float64) float64 {
	var sum float64
	for k, x := range a {
		sum += math.Abs(x - b[k])
	}
	return sum
}

func distanceL2(a, b []float64) float64 {
	var sum float64
	for k, x := range a {
		sum += (x - b[k]) * (x - b[k])
	}
	return math.Sqrt(sum)
}
