package scoring

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

// Ranker ranks again and again without allocating. It starts from the order
// that it found the last time, so ranking scores that have changed a little
// costs little more than reading them. The zero value is ready for use; a
// Ranker must not be used by two goroutines at once.
type Ranker struct {
	order, spare []int32
}

// Rank is like the function Rank. It allocates only when dst is nil or the
// number of scores grows.
func (r *Ranker) Rank(dst []int, score []float64, tol float64) []int {
	if dst == nil {
		dst = make([]int, len(score))
	}
	order := r.Order(score)
	if len(order) == 0 {
		for i := range dst {
			dst[i] = 0
		}
		return dst
	}
	best, worst := score[order[0]], score[order[len(order)-1]]
	scale := max(best, -best, worst, -worst)
	eps := tol * scale
	if len(order) < len(score) {
		for i := range dst {
			dst[i] = 0
		}
	}
	rank, lead := 1, best
	for k, i := range order {
		if x := score[i]; lead-x > eps {
			rank, lead = k+1, x
		}
		dst[i] = rank
	}
	return dst
}

// Order returns the units that have a score, best first; equal scores stand
// in the units' own order. The slice belongs to r and holds until its next
// call.
func (r *Ranker) Order(score []float64) []int32 {
	n := len(score)
	if len(r.order) != n {
		r.order = make([]int32, n)
		r.spare = make([]int32, n)
		for i := range r.order {
			r.order[i] = int32(i)
		}
	}
	order := r.order
	// Insertion sort is the fastest for an order that is nearly right; where
	// it is not, the number of moves tells so early and merge sort goes on.
	budget := 8*n + 64
	for k := 1; k < n; k++ {
		id := order[k]
		x := score[id]
		h := k
		for h > 0 && before(x, id, score[order[h-1]], order[h-1]) {
			order[h] = order[h-1]
			h--
		}
		order[h] = id
		if budget -= k - h; budget < 0 {
			mergeSort(order, r.spare, score)
			break
		}
	}
	ranked := n
	for ranked > 0 && IsMissing(score[order[ranked-1]]) {
		ranked--
	}
	return order[:ranked]
}

// before reports whether unit a with score x stands before unit b with score
// y: higher scores first, missing ones last, the unit's own order to decide.
func before(x float64, a int32, y float64, b int32) bool {
	if x > y {
		return true
	}
	if x < y {
		return false
	}
	if x == y {
		return a < b
	}
	xMissing, yMissing := x != x, y != y
	if xMissing != yMissing {
		return yMissing
	}
	return a < b
}

func mergeSort(order, spare []int32, score []float64) {
	n := len(order)
	src, dst := order, spare
	for width := 1; width < n; width *= 2 {
		for lo := 0; lo < n; lo += 2 * width {
			mid, hi := min(lo+width, n), min(lo+2*width, n)
			a, b := lo, mid
			for k := lo; k < hi; k++ {
				if a < mid && (b >= hi || !before(score[src[b]], src[b], score[src[a]], src[a])) {
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
