package scoring

import "math"

// Mean returns the mean of the present values of x; missing when there is
// none. The sum is corrected once for rounding, as R does it.
func Mean(x []float64) float64 {
	n, sum := 0, 0.0
	for _, v := range x {
		if v == v {
			sum += v
			n++
		}
	}
	if n == 0 {
		return Missing
	}
	mean, corr := sum/float64(n), 0.0
	for _, v := range x {
		if v == v {
			corr += v - mean
		}
	}
	return mean + corr/float64(n)
}

// StdDev returns the sample standard deviation (divisor n−1) of the present
// values; missing for fewer than two.
func StdDev(x []float64) float64 {
	n, s2, _, _ := moments(x)
	if n < 2 {
		return Missing
	}
	return math.Sqrt(s2 / float64(n-1))
}

// moments returns the number of present values and the sums of the second,
// third and fourth power of their distance from the mean.
func moments(x []float64) (n int, s2, s3, s4 float64) {
	mean := Mean(x)
	for _, v := range x {
		if v == v {
			d := v - mean
			d2 := d * d
			s2 += d2
			s3 += d2 * d
			s4 += d2 * d2
			n++
		}
	}
	return n, s2, s3, s4
}

// Skew returns the sample skewness G1 = √(n(n−1))/(n−2)·m3/m2^1.5 (type 2 of
// Joanes and Gill 1998, as SAS, SPSS and Excel report it). It is missing for
// fewer than 3 present values or when they are all the same.
func Skew(x []float64) float64 {
	n, s2, s3, _ := moments(x)
	if n < 3 || isConstant(x) {
		return Missing
	}
	f := float64(n)
	y := math.Sqrt(f) * s3 / (s2 * math.Sqrt(s2))
	return y * math.Sqrt(f*(f-1)) / (f - 2)
}

// Kurt returns the sample excess kurtosis
// G2 = (n−1)/((n−2)(n−3))·((n+1)(m4/m2²−3)+6) (type 2 of Joanes and Gill
// 1998). It is missing for fewer than 4 present values or when they are all
// the same.
func Kurt(x []float64) float64 {
	n, s2, _, s4 := moments(x)
	if n < 4 || isConstant(x) {
		return Missing
	}
	f := float64(n)
	r := f * s4 / (s2 * s2)
	return ((f+1)*(r-3) + 6) * (f - 1) / ((f - 2) * (f - 3))
}

func isConstant(x []float64) bool {
	lo, hi, _ := bounds(x)
	return lo >= hi
}
