package scoring

import "math"

// The methods below take a decision matrix as the multi-criteria literature
// has it: alternatives (rows) by criteria (columns), each criterion a benefit
// (type 1) or a cost (type −1), and weights that are used as they are given.

// CriterionNorm names a normalisation of one criterion.
type CriterionNorm uint8

// Normalisations of a criterion x, for a benefit and, after the stroke, for a
// cost. Reference: the survey of Jahan and Edwards 2015, and pymcdm and
// scikit-criteria, whose figures they give.
const (
	CritNone             CriterionNorm = iota // x
	CritMinMax                                // (x−min)/(max−min) / (max−x)/(max−min); 1 where all are the same
	CritMax                                   // x/max / 1−x/max
	CritSum                                   // x/Σx / (1/x)/Σ(1/x)
	CritVector                                // x/√Σx² / 1−x/√Σx²
	CritLog                                   // ln x/ln Πx / (1−ln x/ln Πx)/(n−1)
	CritLinear                                // x/max / min/x
	CritNonlinear                             // (x/max)² / (min/x)³
	CritEnhanced                              // 1−(max−x)/Σ(max−x) / 1−(x−min)/Σ(x−min)
	CritZavadskasTurskis                      // 1−|max−x|/max / 1−|min−x|/min
)

// NormaliseCriterion writes the normalised criterion into dst (allocated when
// nil; it may be x). kind is 1 for a benefit and −1 for a cost. A division by
// zero, a logarithm of zero or less, or a missing or infinite value is an
// error that names the alternative by its position.
func NormaliseCriterion(dst, x []float64, kind int, n CriterionNorm) ([]float64, error) {
	if dst == nil {
		dst = make([]float64, len(x))
	}
	if kind != 1 && kind != -1 {
		return nil, errorf(StepNormalise, "the type of a criterion is 1 (benefit) or -1 (cost), not ", itoa(kind))
	}
	c, err := sumCriterion(x, kind, n)
	if err != nil {
		return nil, err
	}
	f, by := c.formula(n)
	if f == nil {
		return nil, errorf(StepNormalise, "unknown normalisation ", itoa(int(n)))
	}
	if by == 0 {
		return nil, errorf(StepNormalise, "the criterion cannot be normalised this way: it would be divided by zero")
	}
	for i, v := range x {
		dst[i] = f(v)
	}
	return dst, nil
}

// criterion holds what the formulas take from all values of a criterion.
type criterion struct {
	benefit  bool
	count    int
	lo, hi   float64
	sum      float64
	inverse  float64 // Σ(1/x)
	squares  float64 // Σx²
	logs     float64 // Σ ln x, of CritLog alone
	up, down float64 // Σ(max−x), Σ(x−min)
}

// sumCriterion checks the values of a criterion for a normalisation and sums
// them up.
func sumCriterion(x []float64, kind int, n CriterionNorm) (*criterion, error) {
	c := &criterion{benefit: kind > 0, count: len(x)}
	c.lo, c.hi, _ = bounds(x)
	for i, v := range x {
		if v != v || math.IsInf(v, 0) {
			return nil, &Error{Step: StepNormalise, Unit: label(nil, i), Msg: "the value must be a number"}
		}
		if v <= 0 && (n == CritLog || n == CritSum && !c.benefit) {
			return nil, &Error{Step: StepNormalise, Unit: label(nil, i), Msg: "the value " + ftoa(v) + " must be above zero for this normalisation"}
		}
		if v == 0 && !c.benefit && (n == CritLinear || n == CritNonlinear) {
			return nil, &Error{Step: StepNormalise, Unit: label(nil, i), Msg: "a cost of zero cannot be divided by"}
		}
		c.sum += v
		c.inverse += 1 / v
		c.squares += v * v
		if n == CritLog {
			c.logs += Ln(v)
		}
		c.up += c.hi - v
		c.down += v - c.lo
	}
	return c, nil
}

// formula returns a normalisation of one value, nil for an unknown one, and what
// it divides by, which must not be zero.
func (c *criterion) formula(n CriterionNorm) (f func(v float64) float64, by float64) {
	lo, hi, benefit := c.lo, c.hi, c.benefit
	by = 1
	switch n {
	case CritNone:
		f = func(v float64) float64 { return v }
	case CritMinMax:
		f = func(v float64) float64 {
			switch {
			case hi == lo:
				return 1
			case benefit:
				return (v - lo) / (hi - lo)
			}
			return (hi - v) / (hi - lo)
		}
	case CritMax:
		by = hi
		f = func(v float64) float64 { return costIsRest(v/hi, benefit) }
	case CritSum:
		if benefit {
			by = c.sum // every 1/x is above zero
		}
		f = func(v float64) float64 {
			if benefit {
				return v / c.sum
			}
			return 1 / v / c.inverse
		}
	case CritVector:
		norm := math.Sqrt(c.squares)
		by = norm
		f = func(v float64) float64 { return costIsRest(v/norm, benefit) }
	case CritLog:
		rest := float64(c.count - 1)
		if by = c.logs; !benefit {
			by *= rest
		}
		f = func(v float64) float64 {
			if benefit {
				return Ln(v) / c.logs
			}
			return (1 - Ln(v)/c.logs) / rest
		}
	case CritLinear, CritNonlinear:
		if benefit {
			by = hi
		}
		f = func(v float64) float64 {
			switch {
			case benefit && n == CritLinear:
				return v / hi
			case benefit:
				return (v / hi) * (v / hi)
			case n == CritLinear:
				return lo / v
			}
			return (lo / v) * (lo / v) * (lo / v)
		}
	case CritEnhanced:
		if by = c.down; benefit {
			by = c.up
		}
		f = func(v float64) float64 {
			if benefit {
				return 1 - (hi-v)/c.up
			}
			return 1 - (v-lo)/c.down
		}
	case CritZavadskasTurskis:
		best := lo
		if benefit {
			best = hi
		}
		by = best
		f = func(v float64) float64 { return 1 - math.Abs((best-v)/best) }
	}
	return f, by
}

func costIsRest(x float64, benefit bool) float64 {
	if benefit {
		return x
	}
	return 1 - x
}

// InvertCosts replaces the values of cost criteria by 1/x, in place, after
// which every criterion is a benefit; a zero is an error.
func InvertCosts(x *Matrix, types []int) error {
	for j := range x.Cols {
		if types[j] > 0 {
			continue
		}
		for i, v := range x.Col(j) {
			if v == 0 {
				return &Error{Step: StepNormalise, Indicator: label(nil, j), Unit: label(nil, i), Msg: "a cost of zero has no inverse"}
			}
			x.Col(j)[i] = 1 / v
		}
	}
	return nil
}

// WeightedSum returns Σ w·x of each alternative, costs counted below zero
// (nil types: all are benefits).
func WeightedSum(x *Matrix, types []int, w []float64) []float64 {
	out := make([]float64, x.Rows)
	for j := range x.Cols {
		wj := w[j]
		if types != nil && types[j] < 0 {
			wj = -wj
		}
		for i, v := range x.Col(j) {
			out[i] += wj * v
		}
	}
	return out
}

// WeightedProductLn returns ln Π xʷ of each alternative, costs to the power of
// −w (nil types: all are benefits). A value of zero or less is an error.
//
// Reference: Bridgman 1922; Miller and Starr 1969.
func WeightedProductLn(x *Matrix, types []int, w []float64) ([]float64, error) {
	out := make([]float64, x.Rows)
	for j := range x.Cols {
		wj := w[j]
		if types != nil && types[j] < 0 {
			wj = -wj
		}
		for i, v := range x.Col(j) {
			if !(v > 0) {
				return nil, &Error{Step: StepAggregate, Indicator: label(nil, j), Unit: label(nil, i), Msg: "the value " + ftoa(v) + " is not above zero, which a weighted product needs"}
			}
			out[i] += wj * Ln(v)
		}
	}
	return out, nil
}

// Metric is a distance between alternatives.
type Metric uint8

// Distances: √Σd², Σ|d|, max|d|.
const (
	Euclidean Metric = iota
	Cityblock
	Chebyshev
)

// Closeness is what TopsisScores returns.
type Closeness struct {
	Score            []float64 // d⁻/(d⁺+d⁻), 0 to 1, per alternative
	Ideal, AntiIdeal []float64 // weighted values of each criterion
	DPlus, DMinus    []float64 // distance to the ideal and to the anti-ideal
}

// TopsisScores returns the closeness of each alternative to the ideal, which
// has the best weighted value of every criterion. Normalise x first. Where all
// alternatives are the same, each is at 0.5.
//
// Reference: Hwang and Yoon 1981, Multiple attribute decision making.
func TopsisScores(x *Matrix, types []int, w []float64, metric Metric) Closeness {
	c := Closeness{Score: make([]float64, x.Rows), DPlus: make([]float64, x.Rows), DMinus: make([]float64, x.Rows)}
	add := func(sum *float64, d float64) {
		switch metric {
		case Euclidean:
			*sum += d * d
		case Cityblock:
			*sum += math.Abs(d)
		case Chebyshev:
			*sum = max(*sum, math.Abs(d))
		}
	}
	for j := range x.Cols {
		lo, hi, _ := bounds(x.Col(j))
		best, worst := w[j]*hi, w[j]*lo
		if types != nil && types[j] < 0 {
			best, worst = worst, best
		}
		c.Ideal, c.AntiIdeal = append(c.Ideal, best), append(c.AntiIdeal, worst)
		for i, v := range x.Col(j) {
			add(&c.DPlus[i], w[j]*v-best)
			add(&c.DMinus[i], w[j]*v-worst)
		}
	}
	for i := range c.Score {
		if metric == Euclidean {
			c.DPlus[i], c.DMinus[i] = math.Sqrt(c.DPlus[i]), math.Sqrt(c.DMinus[i])
		}
		c.Score[i] = 0.5
		if sum := c.DPlus[i] + c.DMinus[i]; sum > 0 {
			c.Score[i] = c.DMinus[i] / sum
		}
	}
	return c
}

// ReferencePoint returns for each alternative the largest weighted distance of
// a criterion to its best value; the lowest is the best alternative. It is the
// second part of MOORA, whose first, the ratio system, is WeightedSum on
// CritVector of benefits.
//
// Reference: Brauers and Zavadskas 2006, The MOORA method.
func ReferencePoint(x *Matrix, types []int, w []float64) (score, reference []float64) {
	score = make([]float64, x.Rows)
	for j := range x.Cols {
		lo, hi, _ := bounds(x.Col(j))
		best := hi
		if types != nil && types[j] < 0 {
			best = lo
		}
		reference = append(reference, best)
		for i, v := range x.Col(j) {
			score[i] = max(score[i], math.Abs(w[j]*(best-v)))
		}
	}
	return score, reference
}

// Outranking returns the outranking matrix: at row i and column k the share of
// weight of the criteria in which alternative i is better than k, and half of
// where they are equal, among the criteria that both have. The diagonal is
// zero.
//
// Reference: Munda and Nardo 2009; COINr's outrankMatrix.
func Outranking(x *Matrix, types []int, w []float64) *Matrix {
	cols := make([][]float64, x.Cols)
	for j := range cols {
		cols[j] = append([]float64(nil), x.Col(j)...)
		if types != nil && types[j] < 0 {
			for i := range cols[j] {
				cols[j][i] = -cols[j][i]
			}
		}
	}
	out := NewMatrix(x.Rows, x.Rows)
	for i := range x.Rows {
		for k := range i {
			share := outrank(cols, w, i, k)
			out.Set(i, k, share)
			out.Set(k, i, 1-share)
		}
	}
	return out
}

// CopelandScores returns for each row of an outranking matrix how many others
// it outranks (a share above one half) less how many outrank it.
func CopelandScores(outranking *Matrix) []float64 {
	out := make([]float64, outranking.Rows)
	for i := range out {
		for k := range outranking.Cols {
			if i != k {
				out[i] += duel(outranking.At(i, k))
			}
		}
	}
	return out
}

// duel is 1 for a share above one half, −1 for one below and 0 for a draw,
// give or take rounding.
func duel(share float64) float64 {
	const rounding = 1e-12
	switch {
	case share > 0.5+rounding:
		return 1
	case share < 0.5-rounding:
		return -1
	}
	return 0
}

// Dominant returns how many pairs of an outranking matrix are settled by every
// criterion (a share of 1), and their part of all pairs.
func Dominant(outranking *Matrix) (pairs int, share float64) {
	for _, v := range outranking.Data {
		if v >= 1-1e-12 {
			pairs++
		}
	}
	n := float64(outranking.Rows)
	return pairs, float64(pairs) / (n * (n - 1) / 2)
}
