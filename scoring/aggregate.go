package scoring

import "math"

// AggKind names a way to make one number of several.
type AggKind uint8

// Aggregation methods, with weights w that are relative (only their ratios
// count). Where the values of a unit are incomplete the missing ones are left
// out and the weights of the others count alone.
const (
	Arithmetic AggKind = iota // Σwx/Σw: full compensation (a_amean)
	Geometric                 // exp(Σw·ln x/Σw), x > 0 (a_gmean)
	Harmonic                  // Σw/Σ(w/x), x > 0 (a_hmean)
	PowerMean                 // (Σw·x^P/Σw)^(1/P), x > 0 unless P > 0 (a_genmean)
	Median                    // weighted median: half of the weight lies on either side (a_median)
	Copeland                  // units outranked less units that outrank it (a_copeland)
	TOPSIS                    // closeness to the ideal: d⁻/(d⁺+d⁻), Euclidean (a_topsis)
	Minimum                   // the worst value: no compensation at all (a_min)
)

// Aggregation is a method with its parameter; the zero value is the weighted
// arithmetic mean.
//
// References: OECD/JRC Handbook (2008), step 6; Copeland as outranking, Munda
// and Nardo (2009); TOPSIS, Hwang and Yoon (1981).
type Aggregation struct {
	Kind AggKind
	P    float64 // order of the power mean
}

// aggregator holds what aggregating a set of columns needs, so that it can be
// done again without allocating.
type aggregator struct {
	num, den   []float64
	gaps       [][]float64 // masks of the columns with gaps, and their weights
	gapWeights []float64
	tmp        []sortPair
}

type sortPair struct{ x, w float64 }

func (g *aggregator) grow(n int) {
	if len(g.num) < n {
		g.num, g.den = make([]float64, n), make([]float64, n)
	}
}

// mean writes Σwx/Σw of columns whose function is already applied and reports
// whether every unit has a value. A column with gaps has zeros there and a mask
// of ones and zeros beside it; masks[k] is nil for one without. minShare is the
// share of values that a unit needs.
func (g *aggregator) mean(dst []float64, cols, masks [][]float64, w []float64, minShare float64) bool {
	total, whole := 0.0, 0.0
	g.gaps, g.gapWeights = g.gaps[:0], g.gapWeights[:0]
	for k, m := range masks {
		total += w[k]
		if m == nil {
			whole += w[k]
		} else {
			g.gaps, g.gapWeights = append(g.gaps, m), append(g.gapWeights, w[k])
		}
	}
	weightedSum(dst, cols, w, total)
	if len(g.gaps) == 0 {
		return true
	}
	g.grow(len(dst))
	filled := g.den[:len(dst)] // weight of the values among the columns with gaps
	weightedSum(filled, g.gaps, g.gapWeights, total)
	all := divide(dst, filled, whole/total)
	if minShare == 0 {
		return all
	}
	for k := range g.gapWeights {
		g.gapWeights[k] = 1
	}
	have := filled // and now their number
	weightedSum(have, g.gaps, g.gapWeights, 1)
	size, whole := float64(len(cols)), float64(len(cols)-len(g.gaps))
	for i, x := range have {
		if (whole+x)/size < minShare {
			dst[i] = Missing
			all = false
		}
	}
	return all
}

// divide divides each number of dst by plus and its part and reports whether
// none of these is zero. A zero over zero is missing.
func divide(dst, part []float64, plus float64) bool {
	n := len(dst)
	part = part[:n]
	all := true
	i := 0
	for ; i <= n-4; i += 4 { // see addFour
		a, b, c, d := plus+part[i], plus+part[i+1], plus+part[i+2], plus+part[i+3]
		dst[i] /= a
		dst[i+1] /= b
		dst[i+2] /= c
		dst[i+3] /= d
		if a*b*c*d == 0 {
			all = all && a != 0 && b != 0 && c != 0 && d != 0
		}
	}
	for ; i < n; i++ {
		d := plus + part[i]
		dst[i] /= d
		all = all && d != 0
	}
	return all
}

// weightedSum writes Σ w/total·x to dst, four columns at a time: a pass over dst
// costs as much as a column.
func weightedSum(dst []float64, cols [][]float64, w []float64, total float64) {
	clear(dst)
	for k := 0; k < len(cols); k += 4 {
		a, wa := cols[k], w[k]/total
		b, c, d, wb, wc, wd := a, a, a, 0.0, 0.0, 0.0
		if k+1 < len(cols) {
			b, wb = cols[k+1], w[k+1]/total
		}
		if k+2 < len(cols) {
			c, wc = cols[k+2], w[k+2]/total
		}
		if k+3 < len(cols) {
			d, wd = cols[k+3], w[k+3]/total
		}
		addFour(dst, a, b, c, d, wa, wb, wc, wd)
	}
}

// addFour adds four columns to dst, four units at a time: in WebAssembly the
// next turn of a loop costs as much as a unit.
func addFour(dst, a, b, c, d []float64, wa, wb, wc, wd float64) {
	n := len(dst)
	a, b, c, d = a[:n], b[:n], c[:n], d[:n]
	i := 0
	for ; i <= n-4; i += 4 {
		dst[i] += wa*a[i] + wb*b[i] + wc*c[i] + wd*d[i]
		dst[i+1] += wa*a[i+1] + wb*b[i+1] + wc*c[i+1] + wd*d[i+1]
		dst[i+2] += wa*a[i+2] + wb*b[i+2] + wc*c[i+2] + wd*d[i+2]
		dst[i+3] += wa*a[i+3] + wb*b[i+3] + wc*c[i+3] + wd*d[i+3]
	}
	for ; i < n; i++ {
		dst[i] += wa*a[i] + wb*b[i] + wc*c[i] + wd*d[i]
	}
}

// positive reports the first unit whose value in x is not above zero.
func positive(x []float64) (int, bool) {
	for i, v := range x {
		if v <= 0 {
			return i, false
		}
	}
	return 0, true
}

// transform writes the function whose weighted mean the method takes: ln x,
// 1/x or x^P. A missing value becomes a zero, and a zero in mask where mask is
// not nil. It may report that the method can take every x, which is known in
// passing for logarithms only.
func (a Aggregation) transform(dst, mask, x []float64) (taken bool) {
	switch a.Kind {
	case Geometric:
		taken = lnAll(dst, x)
	case Harmonic:
		for i, v := range x {
			dst[i] = 1 / v
		}
	case PowerMean:
		for i, v := range x {
			dst[i] = Pow(v, a.P)
		}
	default:
		copy(dst, x)
	}
	if mask == nil {
		return taken
	}
	for i, v := range dst {
		mask[i] = 1
		if v != v {
			dst[i], mask[i] = 0, 0
		}
	}
	return taken
}

// inverse undoes transform in place.
func (a Aggregation) inverse(x []float64) {
	switch a.Kind {
	case Geometric:
		expAll(x, x)
	case Harmonic:
		for i, v := range x {
			x[i] = 1 / v
		}
	case PowerMean:
		for i, v := range x {
			x[i] = Pow(v, 1/a.P)
		}
	}
}

// quasi reports whether the method is a transformed arithmetic mean.
func (a Aggregation) quasi() bool { return a.Kind <= PowerMean }

// needsPositive reports whether a value of zero or less has no meaning in the
// method: it must be above zero.
func (a Aggregation) needsPositive() bool {
	return a.Kind == Geometric || a.Kind == Harmonic || a.Kind == PowerMean && a.P < 0
}

// check returns an error for a method that does not exist or has no meaning.
func (a Aggregation) check() error {
	if a.Kind > Minimum {
		return errorf(StepAggregate, "unknown method ", itoa(int(a.Kind)))
	}
	if a.Kind == PowerMean {
		if a.P == 0 {
			return errorf(StepAggregate, "a power mean of order 0 is the geometric mean: use that")
		}
		if IsMissing(a.P) || math.IsInf(a.P, 0) {
			return errorf(StepAggregate, "the order of a power mean must be a number")
		}
	}
	return nil
}

// AggregateColumns aggregates the columns of x into one value per unit, in dst
// (allocated when nil). w holds one weight per column, nil for equal weights;
// minShare is the share of values (0 to 1) that a unit must have, else its
// result is missing. units and columns name the rows and columns in errors and
// may be nil.
//
// Weights must be finite, none negative, and not all zero. What the method
// cannot take (zero or less in a geometric or harmonic mean or a power mean of
// negative order, less than zero in a power mean) is an error that names
// column and unit.
func AggregateColumns(dst []float64, x *Matrix, w []float64, a Aggregation, minShare float64, units, columns []string) ([]float64, error) {
	if dst == nil {
		dst = make([]float64, x.Rows)
	}
	if w == nil {
		w = make([]float64, x.Cols)
		for k := range w {
			w[k] = 1
		}
	}
	if err := a.check(); err != nil {
		return nil, err
	}
	if len(w) != x.Cols {
		return nil, errorf(StepWeights, itoa(len(w)), " weights for ", itoa(x.Cols), " columns")
	}
	if err := checkWeights(w, columns); err != nil {
		return nil, err
	}
	cols, masks := make([][]float64, x.Cols), make([][]float64, x.Cols)
	for k := range cols {
		cols[k] = x.Col(k)
		if err := a.checkColumn(cols[k], units, label(columns, k)); err != nil {
			return nil, err
		}
		if a.quasi() {
			if !isComplete(cols[k]) {
				masks[k] = make([]float64, x.Rows)
			}
			buf := make([]float64, x.Rows)
			a.transform(buf, masks[k], cols[k])
			cols[k] = buf
		}
	}
	var g aggregator
	g.aggregate(dst, nil, cols, masks, w, a, minShare)
	return dst, nil
}

func (a Aggregation) checkColumn(col []float64, units []string, name string) error {
	if a.needsPositive() {
		if i, ok := positive(col); !ok {
			return &Error{StepAggregate, name, label(units, i), "the value " + ftoa(col[i]) + " is not above zero, which a " + a.String() + " needs; normalise to a range above zero, such as 1 to 100"}
		}
	}
	if a.Kind == PowerMean && a.P != math.Trunc(a.P) {
		for i, v := range col {
			if v < 0 {
				return &Error{StepAggregate, name, label(units, i), "the value " + ftoa(v) + " is below zero, which a " + a.String() + " of broken order cannot take"}
			}
		}
	}
	return nil
}

// String returns the name of the method in words.
func (a Aggregation) String() string {
	switch a.Kind {
	case Geometric:
		return "geometric mean"
	case Harmonic:
		return "harmonic mean"
	case PowerMean:
		return "power mean"
	case Median:
		return "median"
	case Copeland:
		return "Copeland score"
	case TOPSIS:
		return "TOPSIS closeness"
	case Minimum:
		return "minimum"
	}
	return "arithmetic mean"
}

// aggregate runs a and reports whether every unit has a value. Columns of a
// quasi-arithmetic mean are transformed and have masks, see mean; those of
// other methods are as they are. The mean before its inverse is left in mean,
// where that is not nil and the method has one.
func (g *aggregator) aggregate(dst, mean []float64, cols, masks [][]float64, w []float64, a Aggregation, minShare float64) bool {
	switch a.Kind {
	case Median:
		g.median(dst, cols, w, minShare)
	case Copeland:
		g.copeland(dst, cols, w, minShare)
	case TOPSIS:
		g.topsis(dst, cols, w, minShare)
	case Minimum:
		g.minimum(dst, cols, w, minShare)
	default:
		all := g.mean(dst, cols, masks, w, minShare)
		if a.Kind != Arithmetic {
			if mean != nil {
				copy(mean, dst)
			}
			a.inverse(dst)
		}
		return all
	}
	return isComplete(dst)
}

func (g *aggregator) minimum(dst []float64, cols [][]float64, w []float64, minShare float64) {
	for i := range dst {
		lowest, have := math.Inf(1), 0
		counted := false
		for k, col := range cols {
			if x := col[i]; x == x {
				have++
				if w[k] > 0 {
					lowest = min(lowest, x)
					counted = true
				}
			}
		}
		dst[i] = lowest
		if !counted || float64(have)/float64(len(cols)) < minShare {
			dst[i] = Missing
		}
	}
}

// median takes the weighted median: the value below and above which at most
// half of the weight lies, the mean of two where both do. With equal weights
// it is the ordinary median.
func (g *aggregator) median(dst []float64, cols [][]float64, w []float64, minShare float64) {
	if cap(g.tmp) < len(cols) {
		g.tmp = make([]sortPair, len(cols))
	}
	for i := range dst {
		pairs := g.tmp[:0]
		total, have := 0.0, 0
		for k, col := range cols {
			x := col[i]
			if x != x {
				continue
			}
			have++
			if w[k] == 0 {
				continue
			}
			total += w[k]
			h := len(pairs)
			pairs = append(pairs, sortPair{x, w[k]})
			for h > 0 && pairs[h-1].x > x {
				pairs[h] = pairs[h-1]
				h--
			}
			pairs[h] = sortPair{x, w[k]}
		}
		dst[i] = Missing
		if len(pairs) == 0 || float64(have)/float64(len(cols)) < minShare {
			continue
		}
		half, cum := total/2, 0.0
		for h, p := range pairs {
			cum += p.w
			if math.Abs(cum-half) <= 1e-12*total && h+1 < len(pairs) {
				dst[i] = (p.x + pairs[h+1].x) / 2
				break
			}
			if cum > half {
				dst[i] = p.x
				break
			}
		}
	}
}

// copeland counts for each unit the others that it outranks less those that
// outrank it; see outrank. A pair with half of the weight on either side is a
// draw.
func (g *aggregator) copeland(dst []float64, cols [][]float64, w []float64, minShare float64) {
	n := len(dst)
	for i := range dst {
		have := 0
		for _, col := range cols {
			if col[i] == col[i] {
				have++
			}
		}
		dst[i] = 0
		if have == 0 || float64(have)/float64(len(cols)) < minShare {
			dst[i] = Missing
		}
	}
	for i := range n {
		if IsMissing(dst[i]) {
			continue
		}
		for j := i + 1; j < n; j++ {
			if IsMissing(dst[j]) {
				continue
			}
			d := duel(outrank(cols, w, i, j))
			dst[i] += d
			dst[j] -= d
		}
	}
}

// outrank returns the share of weight of the columns in which unit i is better
// than unit j, counting half where they are equal, among the columns that both
// have; a pair without a common column is a draw.
func outrank(cols [][]float64, w []float64, i, j int) float64 {
	better, both := 0.0, 0.0
	for k, col := range cols {
		a, b := col[i], col[j]
		switch {
		case a > b:
			better += w[k]
			both += w[k]
		case a == b:
			better += w[k] / 2
			both += w[k]
		case a < b:
			both += w[k]
		}
	}
	if both == 0 {
		return 0.5
	}
	return better / both
}

// topsis takes the ideal and the anti-ideal from the best and worst value of
// each column; distances are Euclidean on weighted values.
func (g *aggregator) topsis(dst []float64, cols [][]float64, w []float64, minShare float64) {
	n := len(dst)
	g.grow(2 * n)
	plus, minus := g.num[:n], g.den[:n]
	have, mass := g.num[n:2*n], g.den[n:2*n]
	total := 0.0
	for i := range n {
		plus[i], minus[i], have[i], mass[i] = 0, 0, 0, 0
	}
	for k := range cols {
		total += w[k]
	}
	for k, col := range cols {
		hi, lo := math.Inf(-1), math.Inf(1)
		for _, x := range col {
			if x == x {
				hi, lo = max(hi, x), min(lo, x)
			}
		}
		wk := w[k] / total
		for i, x := range col {
			if x == x {
				have[i]++
				mass[i] += wk
				d := wk * (hi - x)
				plus[i] += d * d
				d = wk * (x - lo)
				minus[i] += d * d
			}
		}
	}
	size := float64(len(cols))
	for i := range dst {
		dst[i] = Missing
		if mass[i] == 0 || have[i]/size < minShare {
			continue
		}
		dp, dm := math.Sqrt(plus[i]), math.Sqrt(minus[i])
		if dp+dm == 0 {
			dst[i] = 0.5 // every unit is the same: as near to the one as to the other
		} else {
			dst[i] = dm / (dp + dm)
		}
	}
}

func isComplete(x []float64) bool {
	for _, v := range x {
		if v != v {
			return false
		}
	}
	return true
}

// checkWeights refuses weights that are not finite, negative, or all zero.
func checkWeights(w []float64, names []string) error {
	sum := 0.0
	for k, v := range w {
		if v < 0 || v != v || v > math.MaxFloat64 {
			return &Error{Step: StepWeights, Indicator: label(names, k), Msg: "the weight " + ftoa(v) + " must be a number of zero or more"}
		}
		sum += v
	}
	if sum == 0 {
		return errorf(StepWeights, "all weights are zero: at least one must be above")
	}
	return nil
}
