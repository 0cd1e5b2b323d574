package scoring

import "math"

// NormKind names a way to bring an indicator onto a common scale.
type NormKind uint8

// Normalisation methods. x is the value after its direction is applied, min
// and max are over the units that have a value. The references are the
// OECD/JRC Handbook on Constructing Composite Indicators (2008), step 5, and
// COINr's functions of the same names.
const (
	MinMax         NormKind = iota // (x−min)/(max−min)·(B−A)+A; A, B default to 0, 100 (n_minmax)
	ZScore                         // (x−mean)/sd·B+A with the sample standard deviation; A, B default to 0, 1 (n_zscore)
	RankNorm                       // ascending rank, 1 is worst, ties share the lower (n_rank)
	Borda                          // ascending rank − 1 (n_borda)
	PercentileRank                 // (ascending rank − 1)/(n−1), 0 to 1 (n_prank)
	DistMax                        // 1 − (max−x)/(max−min), 0 to 1 (n_dist2max)
	FracMax                        // x/max (n_fracmax)
	DistRef                        // 1 − (ref−x)/(ref−min), ref is the value of unit Unit (n_dist2ref)
	DistTarget                     // (x−min)/(target−min), target is A before its direction is applied (n_dist2targ)
	Scaled                         // (x−A)/(B−A)·100 (n_scaled)
	Goalposts                      // distance from goalpost A to B, times Scale, cut at the posts (n_goalposts)
	Categories                     // Bins classes of equal share by quantile: 100·(k−1)/(Bins−1) for class k
	NoNorm                         // x itself (none)
)

// Normalisation is a method with its parameters; the zero value is min-max
// from 0 to 100.
type Normalisation struct {
	Kind NormKind
	// A and B are the two parameters that the kind names; where the kind has
	// defaults, A = B = 0 stands for them. Goalposts of a "less is better"
	// indicator are given on its own scale, A the lower and B the upper, as
	// for any other, and are turned with it.
	A, B float64
	// Unit is the row of the reference unit (DistRef).
	Unit int
	// Cap cuts what exceeds the reference or target at 1 (DistRef, DistTarget).
	Cap bool
	// Open leaves values beyond the goalposts where they are (Goalposts).
	Open bool
	// Scale multiplies the result; 0 means 1. PercentileRank with Scale 100
	// runs from 0 to 100.
	Scale float64
	// Bins is the number of Categories.
	Bins int
}

// Normalise writes the normalised values of x into dst (allocated when nil; it
// may be x) and returns it. direction is 1 where more is better and −1 where
// less is better, and is applied first, so that a high normalised value is
// always good. Missing values stay missing and take no part.
//
// An indicator whose values are all the same cannot be normalised by min-max,
// z-score, percentile rank, or distance to the best, and a maximum, a distance
// to a reference or target, or a pair of goalposts of zero cannot be divided
// by: each is an error, not a NaN. Infinities are an error too. An indicator
// without any value is returned as it is.
func Normalise(dst, x []float64, direction int, n Normalisation) ([]float64, error) {
	if dst == nil {
		dst = make([]float64, len(x))
	}
	o, err := orient(dst, x, direction)
	if err != nil {
		return nil, err
	}
	if o.count == 0 {
		return dst, nil
	}
	if err := o.normalise(n); err != nil {
		return nil, err
	}
	if n.Scale != 0 && n.Scale != 1 {
		for i := range dst {
			dst[i] *= n.Scale
		}
	}
	return dst, nil
}

// oriented is an indicator with its direction applied, while it is normalised
// in place.
type oriented struct {
	x           []float64
	given       []float64 // before its direction was applied, for messages
	direction   int
	lo, hi, sum float64 // of the present values
	count       int     // of the present values
}

// orient applies a direction to x, into dst.
func orient(dst, x []float64, direction int) (*oriented, error) {
	if direction != 1 && direction != -1 {
		return nil, errorf(StepNormalise, "direction must be 1 or -1, it is ", itoa(direction))
	}
	o := &oriented{x: dst, given: x, direction: direction, lo: math.Inf(1), hi: math.Inf(-1)}
	for i, v := range x {
		v *= float64(direction)
		dst[i] = v
		if IsMissing(v) {
			continue
		}
		if math.IsInf(v, 0) {
			return nil, &Error{Step: StepNormalise, Unit: label(nil, i), Msg: "the value is infinite"}
		}
		o.lo, o.hi = min(o.lo, v), max(o.hi, v)
		o.count++
		o.sum += v
	}
	return o, nil
}

// normalise applies the method that n names, except for its Scale.
func (o *oriented) normalise(n Normalisation) error {
	switch n.Kind {
	case MinMax:
		if o.lo == o.hi {
			return o.constant()
		}
		a, b := n.limits()
		affine(o.x, o.lo, o.hi-o.lo, b-a, a)
	case ZScore:
		return o.zScore(n)
	case RankNorm, Borda, PercentileRank:
		return o.ranks(n.Kind)
	case DistMax:
		if o.lo == o.hi {
			return o.constant()
		}
		for i, v := range o.x {
			o.x[i] = 1 - (o.hi-v)/(o.hi-o.lo)
		}
	case FracMax:
		if o.hi == 0 {
			return errorf(StepNormalise, "the largest value is 0: no fraction of it can be taken")
		}
		for i := range o.x {
			o.x[i] /= o.hi
		}
	case DistRef:
		return o.toReference(n)
	case DistTarget:
		return o.toTarget(n)
	case Scaled:
		a, b := n.limits()
		if a == b {
			return errorf(StepNormalise, "lower and upper must differ")
		}
		affine(o.x, a, b-a, 100, 0)
	case Goalposts:
		return o.betweenGoalposts(n)
	case Categories:
		if n.Bins < 2 {
			return errorf(StepNormalise, "categories need at least 2 bins, not ", itoa(n.Bins))
		}
		categories(o.x, o.count, n.Bins)
	case NoNorm:
	default:
		return errorf(StepNormalise, "unknown method ", itoa(int(n.Kind)))
	}
	return nil
}

// limits returns A and B, 0 and 100 where neither is given.
func (n Normalisation) limits() (a, b float64) {
	if n.A == 0 && n.B == 0 {
		return 0, 100
	}
	return n.A, n.B
}

func (o *oriented) constant() error {
	return errorf(StepNormalise, "every value is ", ftoa(o.given[firstPresent(o.given)]), ": a constant indicator cannot be normalised this way; leave it out or use goalposts")
}

// zScore takes the mean in two passes, the second for what the first rounded.
func (o *oriented) zScore(n Normalisation) error {
	mean := o.sum / float64(o.count)
	corr, ss := 0.0, 0.0
	for _, v := range o.x {
		if !IsMissing(v) {
			corr += v - mean
		}
	}
	mean += corr / float64(o.count)
	for _, v := range o.x {
		if !IsMissing(v) {
			ss += (v - mean) * (v - mean)
		}
	}
	if o.lo == o.hi || ss == 0 {
		return o.constant()
	}
	a, b := n.A, n.B
	if b == 0 {
		b = 1
	}
	if b < 0 {
		return errorf(StepNormalise, "the standard deviation of a z-score must be positive, it is ", ftoa(b))
	}
	affine(o.x, mean, math.Sqrt(ss/float64(o.count-1)), b, a)
	return nil
}

func (o *oriented) ranks(kind NormKind) error {
	if kind == PercentileRank && o.count == 1 {
		return errorf(StepNormalise, "one value alone has no percentile rank")
	}
	if kind == PercentileRank && o.lo == o.hi {
		return o.constant()
	}
	ascendingRanks(o.x)
	if kind == RankNorm {
		return nil
	}
	div := 1.0
	if kind == PercentileRank {
		div = float64(o.count - 1)
	}
	for i := range o.x {
		o.x[i] = (o.x[i] - 1) / div
	}
	return nil
}

func (o *oriented) toReference(n Normalisation) error {
	if n.Unit < 0 || n.Unit >= len(o.x) {
		return errorf(StepNormalise, "the reference unit is not in the data")
	}
	ref := o.x[n.Unit]
	if IsMissing(ref) {
		return errorf(StepNormalise, "the reference unit has no value")
	}
	if ref == o.lo {
		return errorf(StepNormalise, "the reference unit has the worst value, so no distance to it can be taken")
	}
	for i, v := range o.x {
		o.x[i] = capAt1(1-(ref-v)/(ref-o.lo), n.Cap)
	}
	return nil
}

func (o *oriented) toTarget(n Normalisation) error {
	target := n.A * float64(o.direction)
	if IsMissing(target) {
		return errorf(StepNormalise, "it has no target")
	}
	if target == o.lo {
		return errorf(StepNormalise, "the target is the worst value, so no distance to it can be taken")
	}
	for i, v := range o.x {
		o.x[i] = capAt1((v-o.lo)/(target-o.lo), n.Cap)
	}
	return nil
}

func (o *oriented) betweenGoalposts(n Normalisation) error {
	a, b := n.A*float64(o.direction), n.B*float64(o.direction)
	if o.direction < 0 {
		a, b = b, a
	}
	if a == b {
		return errorf(StepNormalise, "the goalposts must differ")
	}
	for i, v := range o.x {
		v = (v - a) / (b - a)
		if !n.Open && !IsMissing(v) {
			v = min(max(v, 0), 1)
		}
		o.x[i] = v
	}
	return nil
}

// affine writes (x−shift)/div·mul+add, in this order of operations.
func affine(x []float64, shift, div, mul, add float64) {
	for i, v := range x {
		x[i] = (v-shift)/div*mul + add
	}
}

func capAt1(x float64, on bool) float64 {
	if on && x > 1 {
		return 1
	}
	return x
}

func firstPresent(x []float64) int {
	for i, v := range x {
		if !IsMissing(v) {
			return i
		}
	}
	return 0
}

// ascendingRanks replaces each value by its rank from the lowest, ties sharing
// the lower rank.
func ascendingRanks(x []float64) {
	order := ascending(x)
	rank, last := 0.0, 0.0
	out := make([]float64, len(x))
	for k, i := range order {
		if k == 0 || x[i] != last {
			rank, last = float64(k+1), x[i]
		}
		out[i] = rank
	}
	for i, v := range x {
		if IsMissing(v) {
			out[i] = v
		}
	}
	copy(x, out)
}

// ascending returns the positions of the present values, lowest first.
func ascending(x []float64) []int32 {
	neg := make([]float64, len(x))
	for i, v := range x {
		neg[i] = -v
	}
	var r Ranker
	return r.Order(neg)
}

// categories puts each value into one of bins classes by the share of units
// that it exceeds (Handbook, 5.5 'categorical scale'); equal values are always
// in one class.
func categories(x []float64, count, bins int) {
	ascendingRanks(x)
	for i, r := range x {
		if IsMissing(r) {
			continue
		}
		k := math.Floor((r - 1) / float64(count) * float64(bins))
		x[i] = k / float64(bins-1) * 100
	}
}
