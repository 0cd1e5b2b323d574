package scoring

import "math"

// Indicator says how one column of the data is made comparable.
type Indicator struct {
	Code          string
	Direction     int // 1: more is better, −1: less is better
	Treatment     Treatment
	Normalisation Normalisation
}

// MissingPolicy says what becomes of a missing value.
type MissingPolicy uint8

// Policies for missing values. Under each of them a unit without any value
// below an aggregate has none there, and a unit without an index is unranked.
const (
	LeaveOut        MissingPolicy = iota // the weights of the values that a unit has count alone
	WorstValue                           // as the lowest normalised value of the indicator: for counts, as zero
	FillMedian                           // the indicator's median
	FillGroupMedian                      // the median of the unit's group (Spec.Groups), left out where it has none
)

// Spec is all that makes an index of a matrix of raw values: one entry of
// Indicators per column and a weight per node of Hierarchy (see there), within
// its parent and relative to its siblings.
type Spec struct {
	Hierarchy  *Hierarchy
	Indicators []Indicator
	// Weights per node, nil for equal ones. The index's own is not used.
	Weights []float64
	// Aggregation per level from the lowest; a single one is for all levels,
	// none is the arithmetic mean.
	Aggregation []Aggregation
	// MinShare is the share of children (0 to 1) that a unit must have for an
	// aggregate, per level from the lowest; a single one is for all levels.
	MinShare []float64
	Missing  MissingPolicy
	Groups   []string // the group of each unit, for FillGroupMedian
	Units    []string // names of the units, for errors only
	// KeepAboveZero makes a geometric, harmonic or power mean possible where it
	// could meet a value that it cannot take, zero or less, at any level: all
	// normalised values are then brought to between 1 and 100 by one linear
	// map, as COINr advises for these means. It looks at Aggregation, so compile
	// anew for other methods. Without it such a value is an error.
	KeepAboveZero bool
	// DropConstant leaves out an indicator whose values are all the same, as
	// it tells no unit from another (a lens that nothing passes makes one), and
	// an aggregate with no other below it; MinShare does not count them.
	// Without it such an indicator is an error where the method divides by
	// its range.
	DropConstant bool
	Tolerance    float64 // of ties; 0 means DefaultTolerance
}

// Model is a Spec applied to data, ready to be aggregated with any weights as
// often as wanted. It is not changed by that, so that any number of goroutines
// can share one, each with its own Result.
type Model struct {
	Spec
	Raw        *Matrix // as given, with filled values where the policy says so
	Treated    *Matrix
	Normalised *Matrix   // direction applied: high is good
	Details    []Treated // what treatment did, per indicator
	// NoValue marks the indicators that take no part: those without any
	// value, and constant ones under DropConstant.
	NoValue []bool

	given *Matrix // before missing values were filled
	// Per indicator, so that models that differ in a few can share the others
	// (see withColumns, whose models have no Raw, Treated, Normalised and Details):
	normal  [][]float64 // the columns of Normalised
	filled  [][]float64 // with zeros for what is missing; nil where prepare has not been yet
	masks   [][]float64 // see aggregator.mean
	spans   []span      // of normal
	lowered [][]float64 // normal before it was brought above zero, nil where it was not
	raised  [2]float64  // lowest and highest of all of lowered
	weights []float64
}

// span holds the lowest and highest of n present values, see bounds.
type span struct {
	lo, hi float64
	n      int
}

func spanOf(x []float64) (s span) {
	s.lo, s.hi, s.n = bounds(x)
	return s
}

// Result holds what one aggregation gives. It is reused from one to the next
// and belongs to one goroutine.
type Result struct {
	// Aggregates has a column per aggregate: that of node k is k − Leaves.
	Aggregates *Matrix
	// Score is the index, the last column of Aggregates; missing for a unit
	// that has none.
	Score []float64
	// Rank is the competition rank of Score, 0 for a unit without one.
	Rank []int

	model    *Model
	weights  []float64 // of the last aggregation
	aggs     []Aggregation
	ranker   Ranker
	agg      aggregator
	complete []bool  // per aggregate: every unit has a value
	empty    []bool  // per aggregate: nothing below it takes part
	means    *Matrix // Aggregates before the inverse of a quasi-arithmetic mean
	cols     [][]float64
	masks    [][]float64
	w        []float64
	colBuf   *Matrix
	maskBuf  *Matrix
	cache    map[Aggregation]*leafCache
}

// leafCache holds the normalised values of all indicators under the function
// whose mean an aggregation takes, which does not change with the weights.
type leafCache struct {
	cols [][]float64
	err  error
}

// Compile treats and normalises raw as spec says. raw is not changed.
//
// It returns an error for what a method cannot take, naming indicator and
// unit: an infinite value, a constant indicator in a min-max, a logarithm of
// what has none, a wrong number of weights. An indicator without any value is
// no error: it is left out, and NoValue says so.
func Compile(spec Spec, raw *Matrix) (*Model, error) {
	h := spec.Hierarchy
	if h == nil || h.Leaves != raw.Cols || len(spec.Indicators) != raw.Cols {
		return nil, errorf(StepInput, "the hierarchy and the indicators must have one entry for each of the ", itoa(raw.Cols), " columns of the data")
	}
	m := &Model{Spec: spec, Raw: raw, given: raw, Treated: NewMatrix(raw.Rows, raw.Cols), Normalised: NewMatrix(raw.Rows, raw.Cols),
		Details: make([]Treated, raw.Cols), NoValue: make([]bool, raw.Cols)}
	m.normal = m.Normalised.columns()
	m.unprepare()
	if spec.Tolerance == 0 {
		m.Tolerance = DefaultTolerance
	}
	if err := m.checkLevels(); err != nil {
		return nil, err
	}
	if err := m.SetWeights(spec.Weights); err != nil {
		return nil, err
	}
	if spec.Missing == FillMedian || spec.Missing == FillGroupMedian {
		m.Raw = raw.Clone()
	}
	for j := range spec.Indicators {
		var err error
		if m.Details[j], err = m.compileColumn(j, m.Raw.Col(j), m.Treated.Col(j)); err != nil {
			return nil, err
		}
	}
	return m.finish(nil), nil
}

// finish does what needs all columns. Some of them may be those of like, see
// aboveZero.
func (m *Model) finish(like *Model) *Model {
	m.prepare()
	if m.KeepAboveZero && m.reachesZero(m.Aggregation) {
		return m.aboveZero(like)
	}
	return m
}

// compileColumn makes indicator j of raw values x, in which missing ones are
// filled in place. Its treated values go to treated.
func (m *Model) compileColumn(j int, x, treated []float64) (Treated, error) {
	ind := m.Indicators[j]
	if err := m.checkFinite(x, ind.Code); err != nil {
		return Treated{}, err
	}
	details, err := m.treatAndNormalise(j, x, treated)
	return details, located(err, ind.Code, m.Units)
}

func (m *Model) treatAndNormalise(j int, x, treated []float64) (details Treated, err error) {
	ind, y := m.Indicators[j], m.normal[j]
	kind := NoImputation
	switch m.Missing {
	case FillMedian:
		kind = ImputeMedian
	case FillGroupMedian:
		kind = ImputeGroupMedian
	}
	if _, err := Impute(x, x, kind, m.Groups); err != nil {
		return details, err
	}
	if _, _, n := bounds(x); n == 0 {
		m.NoValue[j] = true
	}
	if _, details, err = Treat(treated, x, ind.Treatment); err != nil {
		return details, err
	}
	if m.DropConstant && isConstant(treated) {
		m.NoValue[j] = true
		for i := range y {
			y[i] = Missing
		}
		return details, nil
	}
	if _, err := Normalise(y, treated, ind.Direction, ind.Normalisation); err != nil {
		return details, err
	}
	for i, v := range y {
		if !IsMissing(treated[i]) && !(math.Abs(v) <= math.MaxFloat64) {
			return details, &Error{Step: StepNormalise, Unit: label(nil, i), Msg: "the value " + ftoa(x[i]) + " is too large or too small to be calculated with"}
		}
	}
	if m.Missing == WorstValue && !m.NoValue[j] {
		lo, _, _ := bounds(y)
		for i, v := range y {
			if IsMissing(v) {
				y[i] = lo
			}
		}
	}
	return details, nil
}

// unprepare forgets what prepare made of the columns.
func (m *Model) unprepare() {
	n := len(m.normal)
	m.filled, m.masks, m.spans = make([][]float64, n), make([][]float64, n), make([]span, n)
}

// prepare makes of each new column what aggregating takes of it.
func (m *Model) prepare() {
	for j, x := range m.normal {
		if m.filled[j] != nil {
			continue
		}
		m.spans[j] = spanOf(x)
		if m.spans[j].n == len(x) {
			m.filled[j] = x
			continue
		}
		m.filled[j], m.masks[j] = make([]float64, len(x)), make([]float64, len(x))
		Aggregation{}.transform(m.filled[j], m.masks[j], x)
	}
}

func (m *Model) checkFinite(x []float64, code string) error {
	for i, v := range x {
		if math.IsInf(v, 0) {
			return &Error{StepInput, code, label(m.Units, i), "the value is infinite; leave it empty if it is unknown"}
		}
	}
	return nil
}

// located fills in the indicator and the unit's name where an Error knows the
// unit by position only.
func located(err error, code string, units []string) error {
	e, ok := err.(*Error)
	if !ok {
		return err
	}
	if e.Indicator == "" {
		e.Indicator = code
	}
	if len(e.Unit) > 1 && e.Unit[0] == '#' {
		k := 0
		for _, c := range e.Unit[1:] {
			k = k*10 + int(c-'0')
		}
		e.Unit = label(units, k-1)
	}
	return e
}

func (m *Model) checkLevels() error {
	steps := m.Hierarchy.Depth() - 1
	if n := len(m.Aggregation); n > 1 && n != steps {
		return errorf(StepAggregate, itoa(n), " methods for ", itoa(steps), " levels: give one for all or one for each")
	}
	if n := len(m.MinShare); n > 1 && n != steps {
		return errorf(StepAggregate, itoa(n), " data thresholds for ", itoa(steps), " levels: give one for all or one for each")
	}
	for _, a := range m.Aggregation {
		if err := a.check(); err != nil {
			return err
		}
	}
	for _, s := range m.MinShare {
		if !(s >= 0 && s <= 1) {
			return errorf(StepAggregate, "a data threshold is a share from 0 to 1, not ", ftoa(s))
		}
	}
	return nil
}

// SetWeights makes weights the model's own, used where Aggregate is given
// none: a weight per node, nil for equal ones. The slice is copied.
func (m *Model) SetWeights(weights []float64) error {
	n := m.Hierarchy.Nodes()
	if weights == nil {
		weights = make([]float64, n)
		for k := range weights {
			weights[k] = 1
		}
	}
	if len(weights) != n {
		return errorf(StepWeights, itoa(len(weights)), " weights for ", itoa(n), " nodes: one per indicator, aggregate and the index is needed")
	}
	if err := checkWeights(weights[:n-1], m.Hierarchy.Codes); err != nil {
		return err
	}
	m.weights = append([]float64(nil), weights...)
	return nil
}

// Weights returns a copy of the model's own weights, one per node.
func (m *Model) Weights() []float64 { return append([]float64(nil), m.weights...) }

// NewResult returns a Result for m.
func (m *Model) NewResult() *Result {
	h := m.Hierarchy
	widest := 0
	for _, c := range h.Children {
		widest = max(widest, len(c))
	}
	r := &Result{model: m, Aggregates: NewMatrix(m.Raw.Rows, h.Aggregates()), means: NewMatrix(m.Raw.Rows, h.Aggregates()), Rank: make([]int, m.Raw.Rows),
		cols: make([][]float64, widest), masks: make([][]float64, widest), w: make([]float64, widest),
		colBuf: NewMatrix(m.Raw.Rows, widest), maskBuf: NewMatrix(m.Raw.Rows, widest),
		complete: make([]bool, h.Aggregates()), empty: make([]bool, h.Aggregates()),
		weights: make([]float64, h.Nodes())}
	r.Score = r.Aggregates.Col(h.Aggregates() - 1)
	r.agg.grow(2 * m.Raw.Rows)
	r.agg.gaps, r.agg.gapWeights = make([][]float64, 0, widest), make([]float64, 0, widest)
	r.agg.tmp = make([]sortPair, widest)
	return r
}

// Aggregate fills r with the aggregates, index and ranks for the given weights
// (one per node, nil for the model's own) and methods per level (nil for the
// Spec's own). It does not allocate, except the first time that a Result meets
// an aggregation that transforms the indicators.
//
// Weights count relative to their siblings. An aggregate below which every
// weight is zero has no value; the index must have one, so all weights of its
// children zero is an error.
func (m *Model) Aggregate(r *Result, weights []float64, aggs []Aggregation) error {
	s, err := m.scores(r, weights, aggs)
	if err == nil {
		r.ranker.rank(r.Rank, r.Score, m.Tolerance, s)
	}
	return err
}

// Scores is Aggregate without the ranks.
func (m *Model) Scores(r *Result, weights []float64, aggs []Aggregation) error {
	_, err := m.scores(r, weights, aggs)
	return err
}

// scores is Scores, and says between which bounds the scores lie.
func (m *Model) scores(r *Result, weights []float64, aggs []Aggregation) (s span, err error) {
	h := m.Hierarchy
	if weights == nil {
		weights = m.weights
	}
	if aggs == nil {
		aggs = m.Aggregation
	}
	if len(weights) != h.Nodes() {
		return s, errorf(StepWeights, itoa(len(weights)), " weights for ", itoa(h.Nodes()), " nodes: one per indicator, aggregate and the index is needed")
	}
	if n := len(aggs); n > 1 && n != h.Depth()-1 {
		return s, errorf(StepAggregate, itoa(n), " methods for ", itoa(h.Depth()-1), " levels: give one for all or one for each")
	}
	for _, a := range aggs {
		if err := a.check(); err != nil {
			return s, err
		}
	}
	r.aggs = aggs
	copy(r.weights, weights)
	for node := h.Leaves; node < len(h.Parent); node++ {
		if err := m.aggregateNode(r, node, weights); err != nil {
			return s, err
		}
	}
	s = spanOf(r.Score)
	if s.lo < -math.MaxFloat64 || s.hi > math.MaxFloat64 {
		for i, x := range r.Score {
			if math.IsInf(x, 0) {
				return s, &Error{StepAggregate, label(h.Codes, h.Root()), label(m.Units, i), "the score is too large to be calculated with"}
			}
		}
	}
	return s, nil
}

func (m *Model) aggregateNode(r *Result, node int, weights []float64) error {
	h := m.Hierarchy
	a := r.at(h.Level[node])
	dst := r.Aggregates.Col(node - h.Leaves)
	var leaves [][]float64
	sum, n := 0.0, 0
	for _, c := range h.Children[node] {
		w := weights[c]
		if w < 0 || w != w || w > math.MaxFloat64 {
			return &Error{Step: StepWeights, Indicator: label(h.Codes, c), Msg: "the weight " + ftoa(w) + " must be a number of zero or more"}
		}
		sum += w
		if m.DropConstant && r.absent(c) {
			continue
		}
		r.w[n] = w
		if c < h.Leaves {
			if leaves == nil {
				var err error
				if leaves, err = r.leaves(a); err != nil {
					return err
				}
			}
			r.cols[n], r.masks[n] = leaves[c], m.masks[c]
			n++
			continue
		}
		col, mask := r.Aggregates.Col(c-h.Leaves), []float64(nil)
		if complete := r.complete[c-h.Leaves]; a.quasi() && !(complete && a.Kind == Arithmetic) {
			if !complete {
				mask = r.maskBuf.Col(n)
			}
			f, x, taken := a, col, false
			if a.Kind != Arithmetic && r.at(h.Level[c]) == a {
				// The same method made the child: its mean is what is wanted.
				x, f = r.means.Col(c-h.Leaves), Aggregation{}
			}
			if f.Kind != Arithmetic || !complete {
				taken = f.transform(r.colBuf.Col(n), mask, x)
				x = r.colBuf.Col(n)
			}
			if a.Kind != Arithmetic && !taken {
				if err := a.checkColumn(col, m.Units, label(h.Codes, c)); err != nil {
					return err
				}
			}
			col = x
		}
		r.cols[n], r.masks[n] = col, mask
		n++
	}
	if sum == 0 && node == h.Root() {
		return &Error{Step: StepWeights, Indicator: label(h.Codes, node), Msg: "all weights are zero: at least one must be above"}
	}
	k := node - h.Leaves
	if r.empty[k] = sum == 0 || n == 0; r.empty[k] {
		means := r.means.Col(k)
		for i := range dst {
			dst[i], means[i] = Missing, Missing
		}
		r.complete[k] = len(dst) == 0
		return nil
	}
	r.complete[k] = r.agg.aggregate(dst, r.means.Col(k), r.cols[:n], r.masks[:n], r.w[:n], a, m.minShare(h.Level[node]))
	return nil
}

// absent reports whether a node has no value for any unit because its
// indicators take no part.
func (r *Result) absent(node int) bool {
	if leaves := r.model.Hierarchy.Leaves; node >= leaves {
		return r.empty[node-leaves]
	}
	return r.model.NoValue[node]
}

// at returns the method that makes aggregates of a level (2 and up).
func (r *Result) at(level int) Aggregation {
	switch len(r.aggs) {
	case 0:
		return Aggregation{}
	case 1:
		return r.aggs[0]
	}
	return r.aggs[level-2]
}

func (m *Model) minShare(level int) float64 {
	switch len(m.MinShare) {
	case 0:
		return 0
	case 1:
		return m.MinShare[0]
	}
	return m.MinShare[level-2]
}

// leaves returns the columns of normalised values as method a takes them.
func (r *Result) leaves(a Aggregation) ([][]float64, error) {
	switch {
	case a.Kind == Arithmetic:
		return r.model.filled, nil
	case !a.quasi():
		return r.model.normal, nil
	}
	c := r.cache[a]
	if c == nil {
		c = &leafCache{}
		c.cols, c.err = r.model.transformed(a)
		if r.cache == nil {
			r.cache = map[Aggregation]*leafCache{}
		}
		r.cache[a] = c
	}
	return c.cols, c.err
}

func (m *Model) transformed(a Aggregation) ([][]float64, error) {
	out := NewMatrix(m.Raw.Rows, len(m.normal)).columns()
	for j, x := range m.normal {
		if err := a.checkColumn(x, m.Units, m.Indicators[j].Code); err != nil {
			return nil, err
		}
		a.transform(out[j], m.masks[j], x)
	}
	return out, nil
}

// Contributions splits each unit's index into what each child of the index
// gives to it, in dst (units × children of the root; allocated when nil): they
// add up to the score. Under the arithmetic mean the split is exact: weight
// times value over the weights that count for the unit. Under any other method
// it is in proportion to that (to the weights alone where a value is below
// zero), which shows what an index is made of but does not explain a
// difference; Shapley values do that. A missing child gives nothing; a unit
// without a score has missing ones.
func (r *Result) Contributions(dst *Matrix) *Matrix {
	h := r.model.Hierarchy
	children := h.Children[h.Root()]
	if dst == nil {
		dst = NewMatrix(len(r.Score), len(children))
	}
	exact := r.at(h.Depth()).Kind == Arithmetic
	for i, score := range r.Score {
		sum, weight, lowest := 0.0, 0.0, 0.0
		for k, c := range children {
			x, part := r.Value(i, c), 0.0
			if !IsMissing(x) {
				part = r.weights[c] * x
				weight += r.weights[c]
				lowest = min(lowest, x)
			}
			dst.Set(i, k, part)
			sum += part
		}
		for k, c := range children {
			switch {
			case IsMissing(score):
				dst.Set(i, k, Missing)
			case exact:
				dst.Set(i, k, dst.At(i, k)/weight)
			case lowest < 0 || sum == 0:
				part := 0.0
				if !IsMissing(r.Value(i, c)) {
					part = score * r.weights[c] / weight
				}
				dst.Set(i, k, part)
			default:
				dst.Set(i, k, dst.At(i, k)*score/sum)
			}
		}
	}
	return dst
}

// Value returns the value of unit i at any node: the normalised value of an
// indicator, or an aggregate.
func (r *Result) Value(i, node int) float64 {
	if leaves := r.model.Hierarchy.Leaves; node >= leaves {
		return r.Aggregates.At(i, node-leaves)
	}
	return r.model.normal[node][i]
}
