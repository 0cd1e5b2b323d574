package scoring

import "math"

// CorrKind names a coefficient of correlation.
type CorrKind uint8

// Coefficients of correlation, all on the units that have both values.
const (
	Pearson  CorrKind = iota // of the values
	Spearman                 // of their ranks, ties sharing the mean rank
	Kendall                  // τ-b: concordant less discordant pairs, corrected for ties
)

// Correlation returns the correlation of x and y, from −1 to 1. It is missing
// where fewer than two units have both values or one of the two is constant.
func Correlation(x, y []float64, kind CorrKind) float64 {
	a, b := make([]float64, 0, len(x)), make([]float64, 0, len(x))
	for i, v := range x {
		if v == v && y[i] == y[i] {
			a, b = append(a, v), append(b, y[i])
		}
	}
	if len(a) < 2 || isConstant(a) || isConstant(b) {
		return Missing
	}
	switch kind {
	case Spearman:
		return pearson(meanRanks(a), meanRanks(b))
	case Kendall:
		return kendall(a, b)
	}
	return pearson(a, b)
}

func pearson(x, y []float64) float64 {
	mx, my := Mean(x), Mean(y)
	sxy, sxx, syy := 0.0, 0.0, 0.0
	for i, v := range x {
		dx, dy := v-mx, y[i]-my
		sxy += dx * dy
		sxx += dx * dx
		syy += dy * dy
	}
	return min(max(sxy/(math.Sqrt(sxx)*math.Sqrt(syy)), -1), 1)
}

// meanRanks returns ranks from the lowest, ties sharing their mean rank.
func meanRanks(x []float64) []float64 {
	order := ascending(x)
	out := make([]float64, len(x))
	for k := 0; k < len(order); {
		end := k + 1
		for end < len(order) && x[order[end]] == x[order[k]] {
			end++
		}
		for _, i := range order[k:end] {
			out[i] = float64(k+end+1) / 2
		}
		k = end
	}
	return out
}

func kendall(x, y []float64) float64 {
	score, tiesX, tiesY, pairs := 0.0, 0.0, 0.0, 0.0
	for i := range x {
		for j := range i {
			pairs++
			dx, dy := x[i]-x[j], y[i]-y[j]
			switch {
			case dx == 0 || dy == 0:
				if dx == 0 {
					tiesX++
				}
				if dy == 0 {
					tiesY++
				}
			case (dx > 0) == (dy > 0):
				score++
			default:
				score--
			}
		}
	}
	return score / (math.Sqrt(pairs-tiesX) * math.Sqrt(pairs-tiesY))
}

// Correlations returns the correlation of each column of x with each of y, in
// a matrix with a row per column of x and a column per column of y.
func Correlations(x, y *Matrix, kind CorrKind) *Matrix {
	out := NewMatrix(x.Cols, y.Cols)
	for j := range y.Cols {
		for i := range x.Cols {
			out.Set(i, j, Correlation(x.Col(i), y.Col(j), kind))
		}
	}
	return out
}

// CronbachAlpha returns k/(k−1)·(1 − Σ var(xⱼ)/var(Σ xⱼ)) of the k columns of
// x, on the units that have all values: how far indicators measure one thing
// (0.7 and more is held to be good). It is missing for fewer than two columns
// or units, or a sum that does not vary.
//
// Reference: Cronbach 1951; OECD/JRC Handbook (2008), step 4.
func CronbachAlpha(x *Matrix) float64 {
	if x.Cols < 2 {
		return Missing
	}
	var rows []int
	for i := range x.Rows {
		complete := true
		for j := range x.Cols {
			complete = complete && !IsMissing(x.At(i, j))
		}
		if complete {
			rows = append(rows, i)
		}
	}
	if len(rows) < 2 {
		return Missing
	}
	x = x.SelectRows(rows)
	sum := make([]float64, x.Rows)
	parts := 0.0
	for j := range x.Cols {
		sd := StdDev(x.Col(j))
		parts += sd * sd
		for i, v := range x.Col(j) {
			sum[i] += v
		}
	}
	if isConstant(sum) {
		return Missing
	}
	sd := StdDev(sum)
	k := float64(x.Cols)
	return k / (k - 1) * (1 - parts/(sd*sd))
}

// Consistency says how the children of one aggregate go together.
type Consistency struct {
	Node  int     // the aggregate
	Alpha float64 // Cronbach's α of its children
	// WithParent is each child's correlation with the aggregate, in the order
	// of Hierarchy.Children.
	WithParent []float64
	// Collinear are the pairs of children that are correlated above the upper
	// threshold (they may count one thing twice), Opposed those below the
	// lower one (they cancel out).
	Collinear, Opposed []CorrelatedPair
}

// CorrelatedPair is a pair of nodes with their correlation.
type CorrelatedPair struct {
	A, B int
	R    float64
}

// Check returns the Consistency of each aggregate of r, lowest first. COINr's
// thresholds are 0.9 and −0.4.
//
// Reference: OECD/JRC Handbook (2008), step 4; COINr's get_corr_flags and
// get_cronbach.
func (r *Result) Check(kind CorrKind, upper, lower float64) []Consistency {
	h := r.model.Hierarchy
	out := make([]Consistency, 0, h.Aggregates())
	for node := h.Leaves; node < h.Nodes(); node++ {
		children := h.Children[node]
		c := Consistency{Node: node}
		x := NewMatrix(r.Aggregates.Rows, len(children))
		for k, child := range children {
			copy(x.Col(k), r.column(child))
			c.WithParent = append(c.WithParent, Correlation(x.Col(k), r.column(node), kind))
		}
		c.Alpha = CronbachAlpha(x)
		for a := range children {
			for b := range a {
				pair := CorrelatedPair{children[b], children[a], Correlation(x.Col(a), x.Col(b), kind)}
				switch {
				case pair.R > upper:
					c.Collinear = append(c.Collinear, pair)
				case pair.R < lower:
					c.Opposed = append(c.Opposed, pair)
				}
			}
		}
		out = append(out, c)
	}
	return out
}

// column returns the values of all units at a node.
func (r *Result) column(node int) []float64 {
	if leaves := r.model.Hierarchy.Leaves; node >= leaves {
		return r.Aggregates.Col(node - leaves)
	}
	return r.model.Normalised.Col(node)
}
