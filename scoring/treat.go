package scoring

import "math"

// Transform names one operation on a skewed indicator.
type Transform uint8

// Transforms, with COINr's names in brackets. min and max are over the units
// that have a value.
const (
	NoTransform Transform = iota
	Winsorise             // outliers are set to the next highest (lowest) value, one after the other (winsorise)
	LogCT                 // ln(x − min + 0.01·(max−min)) (log_CT)
	LogCTOrig             // ln(x − min + 1) (log_CT_orig)
	LogCTPlus             // LogCT, mirrored where the skewness is not positive: −ln(max + 0.01·(max−min) − x) (log_CT_plus)
	LogGII                // ln((max−1)·(x−min)/(max−min) + 1) (the formula of COINr's log_GII)
	BoxCox                // ((x−min+1)^λ − 1)/λ, or ln(x−min+1) for λ = 0 (boxcox)
	Log1p                 // ln(x + 1), for counts
	Log                   // ln x
	Identity              // the values as they are; as Second it gives up on First
)

// Treatment says what is done to a skewed indicator before it is normalised.
// The zero value does nothing.
//
// As in COINr, an indicator that passes the check on skewness and kurtosis is
// left alone; one that fails gets First; if it still fails, it gets Second
// instead, on the untreated values unless Combine is set. With Always there is
// no check: First is applied, and then Second.
//
// The check passes where |skewness| < SkewMax or excess kurtosis < KurtMax,
// both by the type-2 estimators (see Skew and Kurt).
//
// Reference: OECD/JRC Handbook (2008), step 3; COINr's Treat.
type Treatment struct {
	First, Second    Transform
	Always           bool
	Combine          bool
	WinMax           int     // most points to winsorise; 0 means 5, below 0 no limit
	ForceWin         bool    // winsorise WinMax points whatever the check says
	SkewMax, KurtMax float64 // 0 means 2 and 3.5
	Lambda           float64 // of BoxCox
}

// WinsoriseThenLog is COINr's default treatment: at most 5 points are
// winsorised; where that is not enough, LogCT of the untreated values.
var WinsoriseThenLog = Treatment{First: Winsorise, Second: LogCT}

// LogCounts is the treatment of a count: ln(x+1), always.
var LogCounts = Treatment{First: Log1p, Always: true}

// Treated says what Treat did to an indicator.
type Treated struct {
	First, Second bool // which transforms were applied
	Winsorised    int  // points that were winsorised
	// The check before treatment, after First and after Second. A check that
	// was not made has Done false.
	Check [3]SkewKurt
}

// SkewKurt is the outcome of one check on skewness and kurtosis.
type SkewKurt struct {
	Done       bool
	Pass       bool
	Skew, Kurt float64
}

// Treat writes the treated values of x into dst (allocated when nil; it may be
// x) and says what it did. Missing values stay missing.
//
// An indicator with fewer than 4 values, or whose values are all the same, has
// no skewness or kurtosis and is left as it is; so is one of which winsorising
// would leave a single value. A logarithm of a value that
// has none is an error that names the unit by its position.
func Treat(dst, x []float64, t Treatment) ([]float64, Treated, error) {
	if dst == nil {
		dst = make([]float64, len(x))
	}
	if len(dst) > 0 && &dst[0] == &x[0] {
		x = append([]float64(nil), x...)
	}
	copy(dst, x)
	t = t.withDefaults()
	var done Treated
	var err error
	switch {
	case t.First == NoTransform && t.Second == NoTransform:
	case t.Always:
		done, err = treatAlways(dst, t)
	default:
		done, err = treatSkewed(dst, x, t)
	}
	if err != nil {
		return nil, done, err
	}
	return dst, done, nil
}

func (t Treatment) withDefaults() Treatment {
	if t.SkewMax == 0 {
		t.SkewMax = 2
	}
	if t.KurtMax == 0 {
		t.KurtMax = 3.5
	}
	if t.WinMax == 0 {
		t.WinMax = 5
	}
	return t
}

// treatAlways applies both transforms to dst, one after the other.
func treatAlways(dst []float64, t Treatment) (done Treated, err error) {
	for k, f := range [2]Transform{t.First, t.Second} {
		if f == NoTransform {
			continue
		}
		n, err := transform(dst, f, t)
		if err != nil {
			return done, err
		}
		done.Winsorised += n
		if k == 0 {
			done.First = true
		} else {
			done.Second = true
		}
	}
	return done, nil
}

// treatSkewed applies to dst, a copy of x, the transforms that it takes to pass
// the check.
func treatSkewed(dst, x []float64, t Treatment) (done Treated, err error) {
	done.Check[0] = checkSkewKurt(dst, t)
	if !done.Check[0].Done || done.Check[0].Pass {
		return done, nil
	}
	if t.First != NoTransform {
		n, err := transform(dst, t.First, t)
		if err != nil {
			return done, err
		}
		done.First, done.Winsorised = true, n
		done.Check[1] = checkSkewKurt(dst, t)
		if !done.Check[1].Done {
			// Nothing but one value is left: no treatment is better than that.
			copy(dst, x)
			return Treated{Check: done.Check}, nil
		}
		if done.Check[1].Pass {
			return done, nil
		}
	}
	if t.Second != NoTransform {
		if !t.Combine {
			copy(dst, x)
		}
		n, err := transform(dst, t.Second, t)
		if err != nil {
			return done, err
		}
		if t.Second == Winsorise {
			done.Winsorised = n
		}
		done.Second = true
		done.Check[2] = checkSkewKurt(dst, t)
	}
	return done, nil
}

func checkSkewKurt(x []float64, t Treatment) SkewKurt {
	s, k := skewKurt(x)
	if IsMissing(s) || IsMissing(k) {
		return SkewKurt{}
	}
	return SkewKurt{Done: true, Pass: math.Abs(s) < t.SkewMax || k < t.KurtMax, Skew: s, Kurt: k}
}

// transform applies f to x in place and returns the number of winsorised
// points.
func transform(x []float64, f Transform, t Treatment) (int, error) {
	lo, hi, _ := bounds(x)
	switch f {
	case Winsorise:
		return winsorise(x, t), nil
	case LogCT:
		return 0, logOf(x, -lo, 0.01*(hi-lo))
	case LogCTOrig:
		return 0, logOf(x, -lo, 1)
	case LogCTPlus:
		if Skew(x) > 0 {
			return 0, logOf(x, -lo, 0.01*(hi-lo))
		}
		for i, v := range x {
			x[i] = hi + 0.01*(hi-lo) - v
		}
		err := logOf(x, 0, 0)
		for i := range x {
			x[i] = -x[i]
		}
		return 0, err
	case LogGII:
		for i, v := range x {
			x[i] = (hi-1)*(v-lo)/(hi-lo) + 1
		}
		return 0, logOf(x, 0, 0)
	case BoxCox:
		if t.Lambda == 0 {
			return 0, logOf(x, -lo, 1)
		}
		for i, v := range x {
			x[i] = (Pow(v-lo+1, t.Lambda) - 1) / t.Lambda
		}
		return 0, nil
	case Log1p:
		return 0, logOf(x, 1, 0)
	case Log:
		return 0, logOf(x, 0, 0)
	case Identity:
		return 0, nil
	}
	return 0, errorf(StepTreat, "unknown transform ", itoa(int(f)))
}

// logOf writes ln(x + a + b) in place. a and b are added one after the other,
// as the formulas above are written, so that figures agree to the last bit.
func logOf(x []float64, a, b float64) error {
	for i, v := range x {
		if IsMissing(v) {
			continue
		}
		u := v + a + b
		if !(u > 0) {
			return &Error{Step: StepTreat, Unit: label(nil, i), Msg: "the value " + ftoa(v) + " has no logarithm here; use a treatment that shifts values (log_CT) or none"}
		}
		x[i] = Ln(u)
	}
	return nil
}

// winsorise sets the highest values (the lowest, where the skewness is
// negative) to the next one in, until the check passes or WinMax points are
// changed. Points that are tied move together and count each.
func winsorise(x []float64, t Treatment) int {
	check := checkSkewKurt(x, t)
	moved, high, low := 0, 0, 0
	for check.Done && (!check.Pass || t.ForceWin) && (t.WinMax < 0 || moved < t.WinMax) {
		lo, hi, _ := bounds(x)
		if check.Skew >= 0 {
			next := math.Inf(-1)
			for _, v := range x {
				if v < hi && v > next {
					next = v
				}
			}
			if math.IsInf(next, 0) {
				break
			}
			high = 0
			for i, v := range x {
				if v == hi {
					x[i] = next
					high++
				}
			}
		} else {
			next := math.Inf(1)
			for _, v := range x {
				if v > lo && v < next {
					next = v
				}
			}
			if math.IsInf(next, 0) {
				break
			}
			low = 0
			for i, v := range x {
				if v == lo {
					x[i] = next
					low++
				}
			}
		}
		moved = high + low
		check = checkSkewKurt(x, t)
	}
	return moved
}

// bounds returns the lowest and highest present value and how many there are.
func bounds(x []float64) (lo, hi float64, n int) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range x {
		if v < lo { // the built-in min and max cost five times as much in WebAssembly
			lo = v
		}
		if v > hi {
			hi = v
		}
		if v == v {
			n++
		}
	}
	return lo, hi, n
}
