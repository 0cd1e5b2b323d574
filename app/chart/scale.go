package chart

import "math"

// Axis says how values are read along one direction.
type Axis struct {
	Label  string // what is measured, with its unit
	Log    bool   // by ln(x+1), for what spans powers of ten; values below zero are then not drawn
	Format func(float64) string
}

// scale places values on a drawing.
type scale struct {
	log        bool
	low, high  float64 // of the values, transformed
	start, end float64 // in px
	ticks      []float64
}

func (s *scale) at(x float64) float64 {
	return s.start + (s.end-s.start)*(s.transform(x)-s.low)/(s.high-s.low)
}

func (s *scale) transform(x float64) float64 {
	if s.log {
		return math.Log1p(x)
	}
	return x
}

func (s *scale) invert(t float64) float64 {
	if s.log {
		return math.Expm1(t)
	}
	return t
}

// drawable reports whether a value has a place on an axis.
func (a Axis) drawable(x float64) bool {
	return !math.IsNaN(x) && !math.IsInf(x, 0) && (!a.Log || x >= 0)
}

// newScale fits an axis to values, with about as many round ticks as asked for.
// zero makes it start at zero, as bars must.
func newScale(a Axis, values []float64, zero bool, start, end float64, ticks int) scale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, x := range values {
		if a.drawable(x) {
			low, high = min(low, x), max(high, x)
		}
	}
	if low > high {
		low, high = 0, 1
	}
	if zero {
		low, high = min(low, 0), max(high, 0)
	}
	if low == high {
		high = low + 1
	}
	s := scale{log: a.Log, start: start, end: end}
	if a.Log {
		s.ticks = powerTicks(low, high)
		s.low, s.high = math.Log1p(low), math.Log1p(high)
		return s
	}
	step := roundStep((high - low) / float64(max(ticks, 1)))
	first, last := math.Floor(low/step+1e-9), math.Ceil(high/step-1e-9)
	s.low, s.high = first*step, last*step
	for k := first; k <= last; k++ {
		s.ticks = append(s.ticks, k*step)
	}
	return s
}

// roundStep returns the smallest 1, 2 or 5 times a power of ten that is not
// below x.
func roundStep(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= x*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// powerTicks returns 0 and the powers of ten within a range, with their double
// and fivefold where there would be fewer than three.
func powerTicks(low, high float64) []float64 {
	try := func(multiples ...float64) (out []float64) {
		if low <= 0 {
			out = append(out, 0)
		}
		for power := 1.0; power <= high; power *= 10 {
			for _, m := range multiples {
				if x := m * power; x >= low && x <= high {
					out = append(out, x)
				}
			}
		}
		return out
	}
	if out := try(1); len(out) >= 3 {
		return out
	}
	if out := try(1, 2, 5); len(out) >= 2 {
		return out
	}
	return []float64{low, high}
}
