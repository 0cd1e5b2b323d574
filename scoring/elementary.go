package scoring

import "math"

// Ln and Exp are the natural logarithm and its inverse with the same result,
// to the last bit, on amd64 and in WebAssembly. math.Log and math.Exp are
// assembly on some architectures and Go on others, and the two differ in the
// last bit; math.Log1p and math.Expm1 are Go on both, so these are built on
// them after an exact reduction of the argument. The error is below 2 units
// in the last place.

const (
	ln2High = 6.93147180369123816490e-01 // upper 33 bits of ln 2: k*ln2High is exact for |k| < 2^20
	ln2Low  = 1.90821492927058770002e-10 // ln 2 - ln2High
)

// Ln returns the natural logarithm of x: NaN for x < 0, -Inf for 0.
func Ln(x float64) float64 {
	switch {
	case x != x || x > math.MaxFloat64:
		return x
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	}
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m *= 2
		k--
	}
	l := math.Log1p(m - 1) // m-1 is exact for m in [0.5, 2]
	if k == 0 {
		return l
	}
	f := float64(k)
	return float64(f*ln2High) + (l + float64(f*ln2Low))
}

// Exp returns e to the power of x: +Inf above 709.79, 0 below -745.14.
func Exp(x float64) float64 {
	switch {
	case x != x:
		return x
	case x > 709.782712893384:
		return math.Inf(1)
	case x < -745.133219101942:
		return 0
	}
	k := math.Floor(float64(x*math.Log2E) + 0.5)
	r := (x - float64(k*ln2High)) - float64(k*ln2Low)
	return math.Ldexp(1+math.Expm1(r), int(k))
}

// Pow returns x to the power of p, through [Ln] and [Exp] but for the orders
// that are exact by one operation. A negative x has a power only when p is
// whole, and is NaN otherwise.
func Pow(x, p float64) float64 {
	switch p {
	case 0:
		return 1
	case 1:
		return x
	case 2:
		return x * x
	case -1:
		return 1 / x
	case 0.5:
		return math.Sqrt(x)
	}
	if x < 0 && p == math.Trunc(p) {
		if math.Mod(p, 2) != 0 {
			return -Exp(p * Ln(-x))
		}
		return Exp(p * Ln(-x))
	}
	return Exp(p * Ln(x))
}
