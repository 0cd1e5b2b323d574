package scoring

import "math"

// DefaultTolerance is the relative difference below which two scores are the
// same: differences that small are rounding, not measurement.
const DefaultTolerance = 1e-10

// Rank writes the competition rank ('1224', 1 is best) of each score into dst
// (allocated when nil) and returns it. A higher score is better. A missing
// score (NaN) is not ranked: its rank is 0.
//
// Two scores tie when they differ by no more than tol times the largest
// absolute score. A tie is measured from the best score of its group, so a
// long chain of near-equal scores does not melt into one.
func Rank(dst []int, score []float64, tol float64) []int {
	var r Ranker
	return r.Rank(dst, score, tol)
}

// Ranker ranks again and again without allocating. The zero value is ready for
// use; a Ranker must not be used by two goroutines at once.
type Ranker struct {
	order, spare []int32
	key          []float64 // the scores in the order of order
	start        [buckets + 1]int32
}

// buckets is the number of equal score intervals that units are first thrown
// into; a few more than there are usually units.
const buckets = 256

// Rank is like the function Rank. It allocates only when dst is nil or the
// number of scores grows.
func (r *Ranker) Rank(dst []int, score []float64, tol float64) []int {
	if dst == nil {
		dst = make([]int, len(score))
	}
	r.rank(dst, score, tol, spanOf(score))
	return dst
}

// rank is Rank with the bounds of the scores.
func (r *Ranker) rank(dst []int, score []float64, tol float64, s span) {
	order := r.sort(score, s)
	if len(order) < len(score) {
		for i := range dst {
			dst[i] = 0
		}
	}
	if len(order) == 0 {
		return
	}
	key := r.key[:len(order)]
	best, worst := key[0], key[len(key)-1]
	eps := tol * max(best, -best, worst, -worst)
	rank, lead := 1, best
	for k, x := range key {
		if lead-x > eps {
			rank, lead = k+1, x
		}
		dst[order[k]] = rank
	}
}

// Order returns the units that have a score, best first; equal scores stand
// in the units' own order. The slice belongs to r and holds until its next
// call.
//
// Units are thrown into buckets of equal width first, which leaves little for
// insertion sort to do; scores that crowd into few buckets are merge-sorted.
func (r *Ranker) Order(score []float64) []int32 {
	return r.sort(score, spanOf(score))
}

// sort is Order with the bounds of the scores.
func (r *Ranker) sort(score []float64, s span) []int32 {
	n, present := len(score), s.n
	if len(r.order) < n {
		r.order, r.spare, r.key = make([]int32, n), make([]int32, n), make([]float64, n)
	}
	order, key := r.order[:present], r.key[:present]
	if present == 0 {
		return order
	}
	scale := (buckets - 1) / (s.hi - s.lo)
	if !(scale > 0 && scale < math.MaxFloat64) {
		scale = 0 // all the same, or too far apart to tell: one bucket
	}
	bucket := r.spare[:n]
	start := &r.start
	for b := range start {
		start[b] = 0
	}
	for i, x := range score {
		if x == x {
			b := int32(0)
			if scale != 0 {
				b = int32((s.hi-x)*scale) & (buckets - 1)
			}
			bucket[i] = b
			start[b+1]++
		}
	}
	for b := 1; b < buckets; b++ {
		start[b] += start[b-1]
	}
	for i, x := range score {
		if x == x {
			b := bucket[i] & (buckets - 1)
			k := start[b]
			start[b] = k + 1
			order[k], key[k] = int32(i), x
		}
	}
	moves := 8*present + 64
	for k := 1; k < present; k++ {
		x := key[k]
		if key[k-1] >= x {
			continue
		}
		id, h := order[k], k
		for h > 0 && key[h-1] < x {
			key[h], order[h] = key[h-1], order[h-1]
			h--
		}
		key[h], order[h] = x, id
		if moves -= k - h; moves < 0 {
			mergeSort(order, r.spare[:present], score)
			for k, i := range order {
				key[k] = score[i]
			}
			break
		}
	}
	return order
}

// mergeSort sorts units by falling score, equal ones in the units' own order.
func mergeSort(order, spare []int32, score []float64) {
	n := len(order)
	src, dst := order, spare
	for width := 1; width < n; width *= 2 {
		for lo := 0; lo < n; lo += 2 * width {
			mid, hi := min(lo+width, n), min(lo+2*width, n)
			a, b := lo, mid
			for k := lo; k < hi; k++ {
				if a < mid && (b >= hi || !before(score, src[b], src[a])) {
					dst[k] = src[a]
					a++
				} else {
					dst[k] = src[b]
					b++
				}
			}
		}
		src, dst = dst, src
	}
	if n > 0 && &src[0] != &order[0] {
		copy(order, src)
	}
}

// before reports whether unit a stands before unit b.
func before(score []float64, a, b int32) bool {
	x, y := score[a], score[b]
	return x > y || x == y && a < b
}
