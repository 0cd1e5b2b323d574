package scoring

import (
	"math"
	"slices"
)

// Assumptions says which choices behind an index are uncertain, and what else
// they could have been. The model's own choice is always one of the
// alternatives and each is as likely as the others; an empty list is a choice
// that does not vary. The zero value varies nothing.
//
// Reference: Saisana, Saltelli and Tarantola 2005, Uncertainty and sensitivity
// analysis techniques as tools for the quality assessment of composite
// indicators, J. R. Statist. Soc. A 168(2); OECD/JRC Handbook (2008), step 7.
type Assumptions struct {
	// Concentration of the Dirichlet distribution of weights around the given
	// ones, among the children of every aggregate; 0 keeps the weights. A
	// weight of share w has mean w and standard deviation √(w(1-w)/(c+1)): at
	// c = 100 one of six equal weights is 16.7 % ± 3.7. A weight of 0 stays 0.
	Concentration  float64
	Treatments     []Treatment     // each in place of every indicator's own
	Normalisations []Normalisation // each in place of every indicator's own
	// Aggregations, each in place of Spec.Aggregation. Where one cannot take the
	// normalised values (a zero in a geometric mean), all of them are brought to
	// between 1 and 100 by one linear map.
	Aggregations [][]Aggregation
	Missing      []MissingPolicy // each in place of Spec.Missing
	// Filled holds the data with missing values filled in other ways, or not at
	// all, each in place of the data: for a model whose data were imputed before
	// it was compiled. It is of the same factor as Missing.
	Filled []*Matrix
	// DropIndicator is the probability that a draw leaves out one indicator,
	// each with the same chance.
	DropIndicator float64
	// DropSource is the probability that a draw leaves out one of Sources, each
	// with the same chance.
	DropSource float64
	Sources    []Source
}

// fillings counts the ways to treat missing values, the model's own included.
func (a *Assumptions) fillings() int { return 1 + len(a.Missing) + len(a.Filled) }

// DefaultConcentration is a plausible doubt about weights: one of six equal
// weights stays within 11 % to 23 % in nine draws of ten.
const DefaultConcentration = 100

// Source is a source of data as Assumptions leave it out.
type Source struct {
	Indicators []int // columns that have no other source, so that they go with it
	// Raw is the data without the source, in place of whatever else would be the
	// data; nil where the other columns stay as they are.
	Raw *Matrix
}

// Factor is one of the assumptions.
type Factor int

// The factors, in the order of their random numbers in a draw.
const (
	FactorWeights Factor = iota
	FactorTreatment
	FactorNormalisation
	FactorAggregation
	FactorMissing
	FactorIndicator
	FactorSource
	factors
)

// String returns the factor in words.
func (f Factor) String() string {
	return [...]string{"weights", "treatment", "normalisation", "aggregation", "missing values", "left-out indicator", "left-out source"}[f]
}

// choices holds one number of (0, 1) for each factor.
type choices [factors]float64

func (s *stream) choices() (u choices) {
	for f := range u {
		u[f] = s.uniform()
	}
	return u
}

// pick maps u of (0, 1) to one of n equally likely alternatives.
func pick(u float64, n int) int { return min(int(u*float64(n)), n-1) }

// pickIf returns -1 with probability 1-p and else one of n alternatives.
func pickIf(u, p float64, n int) int {
	if u >= p || n == 0 {
		return -1
	}
	return pick(u/p, n)
}

// simulator runs a model under any choice of assumptions. Data treated and
// normalised in one way are kept, so that a run is one aggregation.
type simulator struct {
	model    *Model
	assume   Assumptions
	variants []variant
	scratch  *Result   // what the variants' results share: only one runs at a time
	changed  [][]int   // per source: the columns that its data change
	alpha    []float64 // Dirichlet parameter per node
	base     []float64 // the model's weights per node
	weights  []float64
	active   []int // indicators whose weight counts
	dropped  []bool
}

// variant is the model under one treatment, normalisation, policy for missing
// values and set of data.
type variant struct {
	plain, above *Model // above: with all normalised values above zero
	result       *Result
	aboveResult  *Result
	scale        []scale // by aggregation
}

// scale says which values an aggregation is given. It depends on the data and
// the method alone, never on earlier runs.
type scale uint8

const (
	scaleUnknown scale = iota
	scalePlain
	scaleAbove
)

func newSimulator(m *Model, a Assumptions) (*simulator, error) {
	h := m.Hierarchy
	s := &simulator{model: m, assume: a, base: m.Weights(), alpha: make([]float64, h.Nodes()), weights: make([]float64, h.Nodes()), dropped: make([]bool, h.Leaves)}
	switch {
	case !(a.Concentration >= 0):
		return nil, errorf(StepWeights, "the concentration of weights must be zero or more, not ", ftoa(a.Concentration))
	case !(a.DropIndicator >= 0 && a.DropIndicator <= 1):
		return nil, errorf(StepInput, "the probability to leave out an indicator must be 0 to 1, not ", ftoa(a.DropIndicator))
	case !(a.DropSource >= 0 && a.DropSource <= 1):
		return nil, errorf(StepInput, "the probability to leave out a source must be 0 to 1, not ", ftoa(a.DropSource))
	case a.DropSource > 0 && len(a.Sources) == 0:
		return nil, errorf(StepInput, "there is no source to leave out")
	}
	counts := make([]bool, h.Nodes())
	counts[h.Root()] = true
	for node := h.Root() - 1; node >= 0; node-- {
		counts[node] = counts[h.Parent[node]] && s.base[node] > 0
		if node < h.Leaves && counts[node] && !m.NoValue[node] {
			s.active = append(s.active, node)
		}
	}
	for k, src := range a.Sources {
		if src.Raw != nil && (src.Raw.Rows != m.Raw.Rows || src.Raw.Cols != m.Raw.Cols) {
			return nil, errorf(StepInput, "the data without source ", itoa(k+1), " must have the shape of the data")
		}
		for _, j := range src.Indicators {
			if j < 0 || j >= h.Leaves {
				return nil, errorf(StepInput, "source ", itoa(k+1), " names indicator ", itoa(j), " of ", itoa(h.Leaves))
			}
			s.dropped[j] = true
		}
		if s.remaining(-1) == 0 {
			return nil, errorf(StepInput, "without source ", itoa(k+1), " no indicator is left")
		}
		clear(s.dropped)
	}
	for k, f := range a.Filled {
		if f.Rows != m.Raw.Rows || f.Cols != m.Raw.Cols {
			return nil, errorf(StepInput, "the data filled in way ", itoa(k+1), " must have the shape of the data")
		}
	}
	for _, aggs := range a.Aggregations {
		if n := len(aggs); n > 1 && n != h.Depth()-1 {
			return nil, errorf(StepAggregate, itoa(n), " methods for ", itoa(h.Depth()-1), " levels: give one for all or one for each")
		}
		for _, g := range aggs {
			if err := g.check(); err != nil {
				return nil, err
			}
		}
	}
	s.variants = make([]variant, (1+len(a.Treatments))*(1+len(a.Normalisations))*a.fillings()*(1+len(a.Sources)))
	for k := range s.variants {
		s.variants[k].scale = make([]scale, 1+len(a.Aggregations))
	}
	s.scratch = m.NewResult()
	if err := m.Aggregate(s.scratch, nil, nil); err != nil {
		return nil, err
	}
	s.variants[0].plain, s.variants[0].result = m, s.resultFor(m)
	s.changed = make([][]int, len(a.Sources))
	for k, src := range a.Sources {
		if src.Raw != nil {
			s.changed[k] = changedColumns(m.given, src.Raw)
		}
	}
	s.spread(a.Concentration)
	return s, nil
}

// spread sets the Dirichlet parameters of every group of siblings to c times
// the shares of the given weights.
func (s *simulator) spread(c float64) {
	h := s.model.Hierarchy
	for node := h.Leaves; node < h.Nodes(); node++ {
		var sum float64
		for _, k := range h.Children[node] {
			sum += s.base[k]
		}
		for _, k := range h.Children[node] {
			if sum > 0 {
				s.alpha[k] = c * s.base[k] / sum
			}
		}
	}
}

// remaining counts the active indicators that are not dropped, but for one.
func (s *simulator) remaining(but int) int {
	n := 0
	for _, j := range s.active {
		if !s.dropped[j] && j != but {
			n++
		}
	}
	return n
}

// varies reports whether the factor has more than one alternative.
func (s *simulator) varies(f Factor) bool {
	switch f {
	case FactorWeights:
		return s.assume.Concentration > 0
	case FactorTreatment:
		return len(s.assume.Treatments) > 0
	case FactorNormalisation:
		return len(s.assume.Normalisations) > 0
	case FactorAggregation:
		return len(s.assume.Aggregations) > 0
	case FactorMissing:
		return s.assume.fillings() > 1
	case FactorIndicator:
		return s.assume.DropIndicator > 0 && len(s.active) > 1
	}
	return s.assume.DropSource > 0
}

// drawWeights fills s.weights around the given weights.
func (s *simulator) drawWeights(r *stream) {
	h := s.model.Hierarchy
	copy(s.weights, s.base)
	for node := h.Leaves; node < h.Nodes(); node++ {
		s.drawSiblings(r, h.Children[node])
	}
}

// drawSiblings draws the weights of the given nodes from their Dirichlet
// parameters, which together are one distribution.
func (s *simulator) drawSiblings(r *stream, nodes []int) {
	if len(nodes) < 2 {
		return
	}
	var sum float64
	for _, k := range nodes {
		s.weights[k] = r.gamma(s.alpha[k])
		sum += s.weights[k]
	}
	if sum == 0 { // nothing but underflow, or a group that does not count: as given
		for _, k := range nodes {
			s.weights[k] = s.base[k]
		}
	}
}

// run ranks the units under the given choices and s.weights. The result belongs
// to the simulator and holds until the next run.
func (s *simulator) run(u *choices) (*Result, error) {
	a := &s.assume
	if k := pickIf(u[FactorSource], a.DropSource, len(a.Sources)); k >= 0 {
		return s.runWithout(u, k, a.Sources[k].Indicators)
	}
	return s.runWithout(u, -1, nil)
}

func (s *simulator) runWithout(u *choices, source int, gone []int) (*Result, error) {
	a := &s.assume
	for _, j := range gone {
		s.dropped[j] = true
		s.weights[j] = 0
	}
	if k := pickIf(u[FactorIndicator], a.DropIndicator, len(s.active)); k >= 0 {
		if j := s.active[k]; s.remaining(j) > 0 {
			s.weights[j] = 0
		}
	}
	for _, j := range gone {
		s.dropped[j] = false
	}
	t := pick(u[FactorTreatment], 1+len(a.Treatments))
	n := pick(u[FactorNormalisation], 1+len(a.Normalisations))
	p := pick(u[FactorMissing], a.fillings())
	if source >= 0 && a.Sources[source].Raw == nil {
		source = -1 // the data stay, only weights go
	}
	if source >= 0 && p > len(a.Missing) {
		p = 0 // the data without the source are not filled in other ways
	}
	at := s.variantAt(t, n, p, source)
	v := &s.variants[at]
	if v.plain == nil {
		if err := s.compile(v, t, n, p, source); err != nil {
			return nil, err
		}
	}
	g := pick(u[FactorAggregation], 1+len(a.Aggregations))
	aggs := s.model.Aggregation
	if g > 0 {
		aggs = a.Aggregations[g-1]
	}
	own := at == 0 && g == 0
	if v.scale[g] == scaleUnknown {
		v.scale[g] = scalePlain
		if !own && v.plain.reachesZero(aggs) {
			v.scale[g] = scaleAbove
		}
	}
	if v.scale[g] == scalePlain {
		err := v.plain.Aggregate(v.result, s.weights, aggs)
		if err == nil || !own {
			return v.result, err
		}
		// The model's own way works with its own weights, but not with these: a
		// left-out indicator can leave a zero where there was none.
	}
	s.raise(t, n, p, source)
	return v.aboveResult, v.above.Aggregate(v.aboveResult, s.weights, aggs)
}

// variantAt numbers the variants; 0 is the model itself.
func (s *simulator) variantAt(treatment, normalisation, missing, source int) int {
	a := &s.assume
	at := ((source+1)*a.fillings()+missing)*(1+len(a.Normalisations)) + normalisation
	return at*(1+len(a.Treatments)) + treatment
}

// resultFor returns a result for one of the variants.
func (s *simulator) resultFor(m *Model) *Result {
	r := *s.scratch
	r.model, r.cache = m, nil
	return &r
}

// compile makes the model of a variant; 0 stands for the model's own choice, -1
// for no source. Where an indicator is constant and the method cannot take that,
// it is left out as under Spec.DropConstant.
func (s *simulator) compile(v *variant, treatment, normalisation, missing, source int) error {
	a := &s.assume
	if source >= 0 {
		// Most columns are those of the variant with all sources.
		all := &s.variants[s.variantAt(treatment, normalisation, missing, -1)]
		if all.plain == nil {
			if err := s.compile(all, treatment, normalisation, missing, -1); err != nil {
				return err
			}
		}
		if m, err := all.plain.withColumns(a.Sources[source].Raw, s.changed[source]); err == nil {
			s.keep(v, m)
			return nil
		}
	}
	spec := s.model.Spec
	spec.Weights = s.base
	if treatment > 0 || normalisation > 0 {
		spec.Indicators = append([]Indicator(nil), spec.Indicators...)
		for j := range spec.Indicators {
			if treatment > 0 {
				spec.Indicators[j].Treatment = a.Treatments[treatment-1]
			}
			if normalisation > 0 {
				spec.Indicators[j].Normalisation = a.Normalisations[normalisation-1]
			}
		}
	}
	raw := s.model.given
	if source >= 0 {
		raw = a.Sources[source].Raw
	}
	if missing > len(a.Missing) {
		raw = a.Filled[missing-len(a.Missing)-1]
	} else if missing > 0 {
		spec.Missing = a.Missing[missing-1]
	}
	m, err := Compile(spec, raw)
	if err != nil && !spec.DropConstant {
		spec.DropConstant = true
		m, err = Compile(spec, raw)
	}
	if err != nil {
		return err
	}
	s.keep(v, m)
	return nil
}

// raise gives a variant its values above zero.
func (s *simulator) raise(treatment, normalisation, missing, source int) *Model {
	v := &s.variants[s.variantAt(treatment, normalisation, missing, source)]
	if v.above == nil {
		var like *Model
		if source >= 0 {
			like = s.raise(treatment, normalisation, missing, -1)
		}
		v.above = v.plain.aboveZero(like)
		v.aboveResult = s.resultFor(v.above)
	}
	return v.above
}

// keep makes m the model of a variant, without what only compiling needs: there
// can be hundreds of variants.
func (s *simulator) keep(v *variant, m *Model) {
	m.Raw, m.Treated, m.Details = &Matrix{Rows: m.Raw.Rows}, nil, nil
	v.plain, v.result = m, s.resultFor(m)
}

// withColumns returns m with the given columns made anew from raw, for
// aggregation alone; the others are shared with m.
func (m *Model) withColumns(raw *Matrix, cols []int) (*Model, error) {
	t := *m
	t.Raw, t.Treated, t.Normalised, t.Details = &Matrix{Rows: raw.Rows}, nil, nil, nil
	t.given = raw
	t.NoValue = slices.Clone(m.NoValue)
	if m.lowered != nil { // the columns change, and with them the map
		t.normal, t.lowered = slices.Clone(m.lowered), nil
		t.unprepare()
	} else {
		t.normal, t.filled, t.masks, t.spans = slices.Clone(m.normal), slices.Clone(m.filled), slices.Clone(m.masks), slices.Clone(m.spans)
	}
	x, treated := make([]float64, raw.Rows), make([]float64, raw.Rows)
	for _, j := range cols {
		t.NoValue[j], t.filled[j], t.masks[j] = false, nil, nil
		t.normal[j] = make([]float64, raw.Rows)
		copy(x, raw.Col(j))
		if _, err := t.compileColumn(j, x, treated); err != nil {
			return nil, err
		}
	}
	return t.finish(m), nil
}

// changedColumns returns the columns in which two matrices of one shape differ.
func changedColumns(a, b *Matrix) []int {
	var out []int
	for j := range a.Cols {
		for i, x := range a.Col(j) {
			if y := b.At(i, j); x != y && !(IsMissing(x) && IsMissing(y)) {
				out = append(out, j)
				break
			}
		}
	}
	return out
}

// aboveZero returns m with all normalised values brought to between 1 and 100
// by one linear map, the same for all indicators, so that any mean of any level
// can take them and differences keep their proportions. For a min-max from 0 to
// 100 it is the 1 to 100 that COINr advises for geometric means.
//
// like may be what another model became, nil for none: a column that the two
// models share is shared again where the map is the same. Normalised is that of
// a new model only where like is nil.
func (m *Model) aboveZero(like *Model) *Model {
	all := span{lo: math.Inf(1), hi: math.Inf(-1)}
	for _, s := range m.spans {
		all = span{min(all.lo, s.lo), max(all.hi, s.hi), all.n + s.n}
	}
	if all.n == 0 || all.lo == all.hi {
		return m
	}
	above := *m
	above.lowered, above.raised = m.normal, [2]float64{all.lo, all.hi}
	above.unprepare()
	if like == nil {
		above.Normalised = NewMatrix(m.Raw.Rows, len(m.normal))
		above.normal = above.Normalised.columns()
	} else {
		above.normal = make([][]float64, len(m.normal))
	}
	shares := like != nil && like.raised == above.raised
	for j, x := range m.normal {
		if shares && &like.lowered[j][0] == &x[0] {
			above.normal[j], above.filled[j], above.masks[j], above.spans[j] = like.normal[j], like.filled[j], like.masks[j], like.spans[j]
			continue
		}
		if like != nil {
			above.normal[j] = make([]float64, len(x))
		}
		for i, v := range x {
			above.normal[j][i] = 1 + 99*(v-all.lo)/(all.hi-all.lo)
		}
	}
	above.prepare()
	return &above
}

// reachesZero reports whether, with some weights, one of the methods could meet
// a value of zero or less that it has no answer for.
func (m *Model) reachesZero(aggs []Aggregation) bool {
	h := m.Hierarchy
	r := Result{aggs: aggs}
	lowest := make([]float64, h.Nodes()) // a value that no unit falls below
	for node := range lowest {
		if node < h.Leaves {
			lowest[node] = m.spans[node].lo
			continue
		}
		a := r.at(h.Level[node])
		low := math.Inf(1)
		for _, c := range h.Children[node] {
			low = min(low, lowest[c])
		}
		if a.needsPositive() && low <= 0 || a.Kind == PowerMean && low < 0 {
			return true
		}
		switch a.Kind {
		case Copeland:
			low = math.Inf(-1)
		case TOPSIS:
			low = 0
		}
		lowest[node] = low
	}
	return false
}
