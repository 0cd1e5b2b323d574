package scoring

import "math"

// Ln and Exp are the natural logarithm and its inverse with the same result,
// to the last bit, on amd64 and in WebAssembly. math.Log and math.Exp are
// assembly on amd64 and Go in WebAssembly, and the two differ in the last bit.
// These use nothing but arithmetic and tables, which are faster too: a
// geometric mean of a ranking is mostly logarithms. The error is below 2 units
// in the last place.
//
// Reference: Tang 1989 and 1990, Table-driven implementation of the exponential
// (logarithm) function in IEEE floating-point arithmetic, ACM TOMS 15(2), 16(4).

const (
	ln2High = 6.93147180369123816490e-01 // upper 33 bits of ln 2: k*ln2High is exact for |k| < 2^20
	ln2Low  = 1.90821492927058770002e-10 // ln 2 - ln2High

	tableBits = 7
	tableSize = 1 << tableBits
	// lnOffset are the bits of 0.6875: arguments are reduced to [0.6875, 1.375).
	lnOffset = 0x3fe6000000000000
	// expShift added to a number below 2^51 rounds it to a whole number, whose
	// low bits are then the low bits of the sum.
	expShift = 0x1.8p52
)

// lnTable holds, by the leading bits of a reduced argument, a point c near it,
// 1/c and ln c.
var lnTable = func() (t [tableSize]struct{ c, inv, ln float64 }) {
	for i := range t {
		lo := math.Float64frombits(uint64(i)<<(52-tableBits) + lnOffset)
		hi := math.Float64frombits(uint64(i+1)<<(52-tableBits) + lnOffset)
		c := (lo + hi) / 2
		if lo == 1 || hi == 1 {
			c = 1 // so that ln x keeps its relative precision around 1
		}
		t[i].c, t[i].inv, t[i].ln = c, 1/c, math.Log1p(c-1)
	}
	return t
}()

// expTable holds 2^(i/tableSize).
var expTable = func() (t [tableSize]float64) {
	for i := range t {
		t[i] = 1 + math.Expm1(float64(i)*math.Ln2/tableSize)
	}
	return t
}()

// Ln returns the natural logarithm of x: NaN for x < 0, -Inf for 0.
func Ln(x float64) float64 {
	ix := math.Float64bits(x)
	if !isNormal(ix) {
		switch {
		case x != x || x > math.MaxFloat64:
			return x
		case x < 0:
			return math.NaN()
		case x == 0:
			return math.Inf(-1)
		}
		return Ln(x*(1<<54)) - 54*math.Ln2
	}
	k, c, r := lnReduce(ix)
	return lnSum(k, c, r, r*r)
}

// lnAll writes the logarithm of each x to dst: Ln without its calls, which in
// WebAssembly cost as much as the rest of it. It reports whether each x is a
// normal number above zero.
func lnAll(dst, x []float64) (regular bool) {
	dst = dst[:len(x)]
	regular = true
	for i, v := range x {
		if ix := math.Float64bits(v); isNormal(ix) {
			k, c, r := lnReduce(ix)
			dst[i] = lnSum(k, c, r, r*r)
		} else {
			dst[i] = Ln(v)
			regular = false
		}
	}
	return regular
}

// isNormal reports whether the bits are of a positive number that is neither
// subnormal nor infinite.
func isNormal(ix uint64) bool { return ix-1<<52 < 0x7ff<<52-1<<52 }

// lnReduce splits a normal number x, given by its bits, into 2^k z with z in
// [0.6875, 1.375) and z = c(1+r) with |r| < 2^-7. It returns k, ln c and r.
func lnReduce(ix uint64) (k, lnc, r float64) {
	shifted := ix - lnOffset
	t := &lnTable[shifted>>(52-tableBits)%tableSize]
	return float64(int64(shifted) >> 52), t.ln, (math.Float64frombits(ix-shifted&(0xfff<<52)) - t.c) * t.inv
}

// lnSum returns k ln 2 + ln c + ln(1+r), the last by its series.
func lnSum(k, lnc, r, r2 float64) float64 {
	return (k*ln2High + lnc) + r + (k*ln2Low + r2*(-1.0/2+r*(1.0/3)+r2*(-1.0/4+r*(1.0/5)+r2*(-1.0/6+r*(1.0/7)-r2*(1.0/8)))))
}

// Exp returns e to the power of x: +Inf above 709.78, 0 below -745.13.
func Exp(x float64) float64 {
	if !(x > -700 && x < 700) {
		switch {
		case x != x:
			return x
		case x > 709.782712893384:
			return math.Inf(1)
		case x < -745.133219101942:
			return 0
		}
		h := Exp(x / 2)
		return h * h
	}
	k, r := expReduce(x)
	return expSum(k, r, r*r)
}

// expAll writes Exp of each x to dst, like lnAll.
func expAll(dst, x []float64) {
	dst = dst[:len(x)]
	for i, v := range x {
		if v > -700 && v < 700 {
			k, r := expReduce(v)
			dst[i] = expSum(k, r, r*r)
		} else {
			dst[i] = Exp(v)
		}
	}
}

// expReduce splits x into (k/tableSize) ln 2 + r with |r| < 0.0028. Only the low
// bits of k count.
func expReduce(x float64) (k uint64, r float64) {
	shifted := x*(tableSize/math.Ln2) + expShift
	kd := shifted - expShift
	return math.Float64bits(shifted), (x - kd*(ln2High/tableSize)) - kd*(ln2Low/tableSize)
}

// expSum returns 2^(k/tableSize), from its table with the whole powers added to
// the exponent, times exp r by its series.
func expSum(k uint64, r, r2 float64) float64 {
	s := math.Float64frombits(math.Float64bits(expTable[k%tableSize]) + k>>tableBits<<52)
	return s + s*(r+r2*(1.0/2+r*(1.0/6)+r2*(1.0/24+r*(1.0/120))))
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
