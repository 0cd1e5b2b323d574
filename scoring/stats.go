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
	skew, _ := skewKurt(x)
	return skew
}

// Kurt returns the sample excess kurtosis
// G2 = (n−1)/((n−2)(n−3))·((n+1)(m4/m2²−3)+6) (type 2 of Joanes and Gill
// 1998). It is missing for fewer than 4 present values or when they are all
// the same.
func Kurt(x []float64) float64 {
	_, kurt := skewKurt(x)
	return kurt
}

func skewKurt(x []float64) (skew, kurt float64) {
	if isConstant(x) {
		return Missing, Missing
	}
	n, s2, s3, s4 := moments(x)
	skew, kurt = Missing, Missing
	f := float64(n)
	if n >= 3 {
		skew = math.Sqrt(f) * s3 / (s2 * math.Sqrt(s2)) * math.Sqrt(f*(f-1)) / (f - 2)
	}
	if n >= 4 {
		r := f * s4 / (s2 * s2)
		kurt = ((f+1)*(r-3) + 6) * (f - 1) / ((f - 2) * (f - 3))
	}
	return skew, kurt
}

func isConstant(x []float64) bool {
	lo, hi, _ := bounds(x)
	return lo >= hi
}

// Stats describes one indicator. Shares are of all units for Available and of
// the units with a value for the others.
//
// Reference: OECD/JRC Handbook (2008), steps 2 and 3; COINr's get_stats.
type Stats struct {
	Min, Max, Mean, Median, Std float64 // missing where there is no value
	Skew, Kurt                  float64 // type 2; missing for too few or constant values
	N                           int     // units with a value
	NonZero, Unique, Same       int     // values that are not zero; different values; the most that share one
	Available                   float64
	ShareNonZero, ShareUnique   float64
	ShareSame                   float64
	// Flags by COINr's thresholds: fewer than 65 % available; fewer than half
	// of all units not zero; fewer different values than half of all units;
	// |skewness| above 2 and kurtosis above 3.5, which asks for a treatment.
	LowAvailable, LowNonZero, LowUnique, Outliers bool
}

// Describe returns the Stats of x.
func Describe(x []float64) Stats {
	lo, hi, n := bounds(x)
	s := Stats{Min: lo, Max: hi, Mean: Mean(x), Median: MedianOf(x), Std: StdDev(x), Skew: Skew(x), Kurt: Kurt(x), N: n}
	if n == 0 {
		s.Min, s.Max = Missing, Missing
	}
	count := map[float64]int{}
	for _, v := range x {
		if IsMissing(v) {
			continue
		}
		if v != 0 {
			s.NonZero++
		}
		count[v]++
		s.Same = max(s.Same, count[v])
	}
	s.Unique = len(count)
	if n > 0 {
		all, some := float64(len(x)), float64(n)
		s.Available = some / all
		s.ShareNonZero, s.ShareUnique, s.ShareSame = float64(s.NonZero)/some, float64(s.Unique)/some, float64(s.Same)/some
		s.LowNonZero, s.LowUnique = float64(s.NonZero)/all < 0.5, float64(s.Unique)/all < 0.5
	}
	s.LowAvailable = s.Available < 0.65
	s.Outliers = math.Abs(s.Skew) > 2 && s.Kurt > 3.5
	return s
}
