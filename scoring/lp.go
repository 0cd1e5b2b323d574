package scoring

import "math"

// lpStatus is the outcome of a linear program.
type lpStatus int

const (
	lpOptimal lpStatus = iota
	lpInfeasible
	lpUnbounded
)

// simplexLP solves small dense linear programs
//
//	maximise c·x  subject to  A x <= b,  x >= 0
//
// by the two-phase simplex method on a full tableau (Dantzig 1963, Linear
// Programming and Extensions, chapter 5), with Bland's rule against cycling
// (Bland 1977, New finite pivoting rules for the simplex method, Mathematics
// of Operations Research 2(2)). Negative entries of b are allowed. Its buffers
// are kept from one call to the next.
type simplexLP struct {
	tab   []float64
	basis []int
	x     []float64
}

const lpEpsilon = 1e-11

// solve returns the optimal x (it belongs to the solver until the next call)
// and its value. a has len(b) rows of len(c) entries, one after the other.
func (s *simplexLP) solve(c, a, b []float64) ([]float64, float64, lpStatus) {
	n, m := len(c), len(b)
	// Columns: n variables, m slacks, one artificial, the right-hand side.
	// Rows: m constraints, then the objective.
	art, rhs, width := n+m, n+m+1, n+m+2
	s.tab = resized(s.tab, (m+1)*width)
	clear(s.tab)
	if cap(s.basis) < m {
		s.basis = make([]int, m)
	}
	s.basis = s.basis[:m]
	s.x = resized(s.x, n)
	row := func(i int) []float64 { return s.tab[i*width : (i+1)*width] }
	worst, worstAt := 0.0, -1
	for i := range m {
		r := row(i)
		copy(r, a[i*n:(i+1)*n])
		r[n+i], r[art], r[rhs] = 1, -1, b[i]
		s.basis[i] = n + i
		if b[i] < worst {
			worst, worstAt = b[i], i
		}
	}
	obj := row(m)
	if worstAt >= 0 {
		// Phase 1: minimise the one artificial variable.
		obj[art] = 1
		s.pivot(width, worstAt, art)
		if !s.iterate(width, rhs) || obj[rhs] < -1e-9 {
			return nil, 0, lpInfeasible
		}
		for i := range m {
			if s.basis[i] != art {
				continue
			}
			// The artificial is in the basis at zero: put any other column there.
			r := row(i)
			best, at := lpEpsilon, -1
			for j := range art {
				if v := math.Abs(r[j]); v > best {
					best, at = v, j
				}
			}
			if at >= 0 {
				s.pivot(width, i, at)
			}
		}
	}
	// Phase 2: the artificial column never enters again.
	for i := range m {
		row(i)[art] = 0
	}
	clear(obj)
	for j := range n {
		obj[j] = -c[j]
	}
	for i := range m {
		if j := s.basis[i]; j < art && obj[j] != 0 {
			f := obj[j]
			for k, v := range row(i) {
				obj[k] -= f * v
			}
		}
	}
	if !s.iterate(width, art) {
		return nil, 0, lpUnbounded
	}
	clear(s.x)
	for i, j := range s.basis {
		if j < n {
			s.x[j] = row(i)[rhs]
		}
	}
	return s.x, obj[rhs], lpOptimal
}

// iterate pivots until no column below limit improves the objective (the last
// row of the tableau); it returns false when the objective has no bound.
func (s *simplexLP) iterate(width, limit int) bool {
	m := len(s.basis)
	obj := s.tab[m*width : (m+1)*width]
	for step := 0; ; step++ {
		// Dantzig's rule is quick; after many steps Bland's rule ends any cycle.
		col, best := -1, -lpEpsilon
		for j := range limit {
			if obj[j] < best {
				col, best = j, obj[j]
				if step > 50+4*m {
					break
				}
			}
		}
		if col < 0 {
			return true
		}
		at, ratio := -1, math.Inf(1)
		for i := range m {
			v := s.tab[i*width+col]
			if v <= lpEpsilon {
				continue
			}
			q := s.tab[i*width+width-1] / v
			if q < ratio-lpEpsilon || (q < ratio+lpEpsilon && at >= 0 && s.basis[i] < s.basis[at]) {
				at, ratio = i, q
			}
		}
		if at < 0 {
			return false
		}
		s.pivot(width, at, col)
	}
}

func (s *simplexLP) pivot(width, at, col int) {
	p := s.tab[at*width : (at+1)*width]
	f := 1 / p[col]
	for k := range p {
		p[k] *= f
	}
	p[col] = 1
	for i := 0; i*width < len(s.tab); i++ {
		if i == at {
			continue
		}
		r := s.tab[i*width : (i+1)*width]
		g := r[col]
		if g == 0 {
			continue
		}
		for k, v := range p {
			r[k] -= g * v
		}
		r[col] = 0
	}
	s.basis[at] = col
}

// resized returns a slice of n elements, of buf's storage when it is large
// enough; its content is not defined.
func resized(buf []float64, n int) []float64 {
	if cap(buf) < n {
		return make([]float64, n)
	}
	return buf[:n]
}

// duals returns the prices of the n constraints in the last solution of a
// problem of m variables.
func (s *simplexLP) duals(n, m int) []float64 {
	width := m + n + 2
	obj := s.tab[n*width : (n+1)*width]
	out := make([]float64, n)
	for k := range out {
		out[k] = max(0, obj[m+k])
	}
	return out
}
