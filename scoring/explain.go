package scoring

// Explain splits the difference between the scores of units a and b exactly:
// entry k of the result is what node k of the hierarchy contributes to score(a)
// - score(b), so that the children of every aggregate add up to it and the
// index (the last entry) is the whole difference. A positive entry speaks for
// a. weights and aggs are as for Aggregate; nil means the model's own. nodes are
// the aggregates whose children are wanted, none for all of them: the entries of
// the children of others stay 0. Asking for the index alone is the quick way to
// the contributions of the pillars.
//
// The children of the index get their Shapley values in the game in which a
// coalition takes a's values for its members and b's for the others; inside a
// pillar, whose other pillars join as wholes, the indicators share the pillar's
// value in the same way, level by level. Where every mean is arithmetic and a
// and b have values for the same indicators, that is weight × (value of a -
// value of b), and is computed so. Under a method that compares all units
// (Copeland, TOPSIS) the mixed unit stands in the place of a while b stays, and
// the other way round, and the two are averaged; so a against b is always the
// negative of b against a.
//
// It is an error if a or b has no score, if a mixture of the two has none, or
// if an aggregate and the siblings on the way to it are too many (more than
// MaxPlayers together).
//
// References: Shapley (1953); Owen (1977), as at [Owen]; for more levels Winter
// 1989, A value for cooperative games with levels structure of cooperation,
// Int. J. Game Theory 18.
func (m *Model) Explain(weights []float64, aggs []Aggregation, a, b int, nodes ...int) ([]float64, error) {
	e, err := m.newExplainer(weights, aggs, a, b)
	if err != nil {
		return nil, err
	}
	h := m.Hierarchy
	out := make([]float64, h.Nodes())
	out[h.Root()] = e.base.Score[a] - e.base.Score[b]
	if e.linear() {
		e.splitLinear(out)
		return out, nil
	}
	if len(nodes) == 0 {
		for node := h.Root(); node >= h.Leaves; node-- {
			nodes = append(nodes, node)
		}
	}
	for _, node := range nodes {
		if node < h.Leaves || node >= h.Nodes() {
			return nil, errorf(StepInput, "node ", itoa(node), " is not an aggregate")
		}
		if err := e.split(out, node); err != nil {
			return nil, err
		}
	}
	return out, nil
}

type explainer struct {
	m       *Model
	a, b    int
	weights []float64
	aggs    []Aggregation
	base    *Result
	mix     *mixture // of the last number of rows
}

func (m *Model) newExplainer(weights []float64, aggs []Aggregation, a, b int) (*explainer, error) {
	n := m.Raw.Rows
	if a < 0 || a >= n || b < 0 || b >= n {
		return nil, errorf(StepInput, "there is no unit ", itoa(max(a, b)), " among ", itoa(n))
	}
	e := &explainer{m: m, a: a, b: b, weights: weights, aggs: aggs, base: m.NewResult()}
	if err := m.Aggregate(e.base, weights, aggs); err != nil {
		return nil, err
	}
	e.weights, e.aggs = e.base.weights, e.base.aggs
	for _, i := range []int{a, b} {
		if IsMissing(e.base.Score[i]) {
			return nil, &Error{Step: StepAggregate, Unit: label(m.Units, i), Msg: "it has no score that could be explained"}
		}
	}
	return e, nil
}

// levels returns the methods that are in use, one per level from the lowest.
func (e *explainer) levels() []Aggregation {
	out := make([]Aggregation, 0, e.m.Hierarchy.Depth()-1)
	for level := 2; level <= e.m.Hierarchy.Depth(); level++ {
		out = append(out, e.base.at(level))
	}
	return out
}

// linear reports whether the difference is a weighted sum of the differences of
// the indicators.
func (e *explainer) linear() bool {
	for _, a := range e.levels() {
		if a.Kind != Arithmetic {
			return false
		}
	}
	for node := range e.m.Hierarchy.Root() {
		if IsMissing(e.base.Value(e.a, node)) != IsMissing(e.base.Value(e.b, node)) {
			return false
		}
	}
	return true
}

func (e *explainer) splitLinear(out []float64) {
	h := e.m.Hierarchy
	share := make([]float64, h.Nodes())
	share[h.Root()] = 1
	for node := h.Root(); node >= h.Leaves; node-- {
		var sum float64
		for _, c := range h.Children[node] {
			if !IsMissing(e.base.Value(e.a, c)) {
				sum += e.weights[c]
			}
		}
		for _, c := range h.Children[node] {
			if x := e.base.Value(e.a, c); !IsMissing(x) && sum > 0 {
				share[c] = share[node] * e.weights[c] / sum
				out[c] = share[c] * (x - e.base.Value(e.b, c))
			}
		}
	}
}

// split writes the contributions of the children of node.
func (e *explainer) split(out []float64, node int) error {
	h := e.m.Hierarchy
	children := h.Children[node]
	// The players: the children, then the siblings on the way to the index,
	// level by level. player[j] is the one that indicator j belongs to.
	player := make([]int, h.Leaves)
	bits := 0
	join := func(k int) {
		for _, j := range h.LeavesOf(k) {
			player[j] = bits
		}
		bits++
	}
	for _, c := range children {
		join(c)
	}
	var rings []int // number of siblings at each level on the way
	for k := node; k != h.Root(); k = h.Parent[k] {
		ring := 0
		for _, c := range h.Children[h.Parent[k]] {
			if c != k {
				join(c)
				ring++
			}
		}
		rings = append(rings, ring)
	}
	if bits > MaxPlayers {
		return &Error{Step: StepAggregate, Indicator: label(h.Codes, node), Msg: itoa(bits) + " players are too many for an exact contribution; at most " + itoa(MaxPlayers) + " can be taken"}
	}
	worth, err := e.worths(player, bits)
	if err != nil {
		return err
	}
	n := len(children)
	for _, c := range children {
		out[c] = 0
	}
	for rest := range 1 << (bits - n) {
		weight, left := 1.0, rest
		for _, ring := range rings {
			weight *= shapleyShares(ring + 1)[onesIn(left, ring)]
			left >>= ring
		}
		phi := Shapley(n, func(own uint32) float64 { return worth[rest<<n|int(own)] })
		for k, c := range children {
			out[c] += weight * phi[k]
		}
	}
	return nil
}

// onesIn counts the bits set among the lowest n of x.
func onesIn(x, n int) int {
	count := 0
	for range n {
		count += x & 1
		x >>= 1
	}
	return count
}

// worths returns, for every coalition of the players, the score of a unit that
// has a's values for them and b's for the others, less the score of b.
func (e *explainer) worths(player []int, bits int) ([]float64, error) {
	separable := true
	for _, a := range e.levels() {
		separable = separable && a.Kind != Copeland && a.Kind != TOPSIS
	}
	worth := make([]float64, 1<<bits)
	if separable {
		// A unit's score is its own affair: many mixtures at once are the rows of
		// one table.
		rows := min(len(worth), 1024)
		mix, err := e.mixtureOf(rows)
		if err != nil {
			return nil, err
		}
		for from := 0; from < len(worth); from += rows {
			for j, p := range player {
				mix.setColumn(j, from, p)
			}
			score, err := mix.scores()
			if err != nil {
				return nil, err
			}
			for i, x := range score {
				worth[from+i] = x - e.base.Score[e.b]
			}
		}
		return worth, e.checkWorths(worth)
	}
	mix, err := e.mixtureOf(e.m.Raw.Rows)
	if err != nil {
		return nil, err
	}
	for j := range player {
		for i := range e.m.Raw.Rows {
			mix.set(i, j, i)
		}
	}
	full := len(worth) - 1
	for s := range worth {
		for j, p := range player {
			mix.set(e.a, j, e.either(s, p))
		}
		score, err := mix.scores()
		if err != nil {
			return nil, err
		}
		inPlaceOfA := score[e.a] - score[e.b]
		for j, p := range player {
			mix.set(e.a, j, e.a)
			mix.set(e.b, j, e.either(full&^s, p))
		}
		if score, err = mix.scores(); err != nil {
			return nil, err
		}
		worth[s] = (inPlaceOfA + (score[e.a] - score[e.b])) / 2
		for j := range player {
			mix.set(e.b, j, e.b)
		}
	}
	return worth, e.checkWorths(worth)
}

// either returns a for a member p of coalition s, else b.
func (e *explainer) either(s, p int) int {
	if s>>p&1 == 1 {
		return e.a
	}
	return e.b
}

func (e *explainer) checkWorths(worth []float64) error {
	for _, v := range worth {
		if IsMissing(v) {
			return &Error{Step: StepAggregate, Unit: label(e.m.Units, e.a), Msg: "it and " + label(e.m.Units, e.b) + " have too few values in common to be compared"}
		}
	}
	return nil
}

// mixture is a table of made-up units, each indicator of each taken from one of
// the real ones as it is after normalisation.
type mixture struct {
	e      *explainer
	model  *Model
	result *Result
	pairs  [][2][][]float64 // columns of source and copy of every form in which values are kept
}

func (e *explainer) mixtureOf(rows int) (*mixture, error) {
	if e.mix != nil && e.mix.model.Raw.Rows == rows {
		return e.mix, nil
	}
	m := e.m
	leaves := m.Hierarchy.Leaves
	sub := *m
	sub.Raw = &Matrix{Rows: rows}
	mix := &mixture{e: e, model: &sub}
	pair := func(src [][]float64) [][]float64 {
		dst := NewMatrix(rows, leaves).columns()
		mix.pairs = append(mix.pairs, [2][][]float64{src, dst})
		return dst
	}
	sub.normal = pair(m.normal)
	sub.filled = pair(m.filled)
	sub.masks = make([][]float64, leaves)
	for j, mask := range m.masks {
		if mask != nil {
			sub.masks[j] = make([]float64, rows)
		}
	}
	mix.result = sub.NewResult()
	mix.result.cache = map[Aggregation]*leafCache{}
	for _, a := range e.levels() {
		if !a.quasi() || a.Kind == Arithmetic || mix.result.cache[a] != nil {
			continue
		}
		src, err := e.base.leaves(a)
		if err != nil {
			return nil, err
		}
		mix.result.cache[a] = &leafCache{cols: pair(src)}
	}
	e.mix = mix
	return mix, nil
}

// setColumn gives indicator j of all made-up units the value that the coalition
// whose number is the row's plus from takes from a or b, by its member p.
func (mix *mixture) setColumn(j, from, p int) {
	a, b := mix.e.a, mix.e.b
	choose := func(dst []float64, x, y float64) {
		for i := range dst {
			if (from+i)>>p&1 == 1 {
				dst[i] = x
			} else {
				dst[i] = y
			}
		}
	}
	for _, pair := range mix.pairs {
		choose(pair[1][j], pair[0][j][a], pair[0][j][b])
	}
	if mask := mix.model.masks[j]; mask != nil {
		choose(mask, mix.e.m.masks[j][a], mix.e.m.masks[j][b])
	}
}

// set gives made-up unit row the value of a real unit for indicator j.
func (mix *mixture) set(row, j, unit int) {
	for _, p := range mix.pairs {
		p[1][j][row] = p[0][j][unit]
	}
	if mask := mix.model.masks[j]; mask != nil {
		mask[row] = mix.e.m.masks[j][unit]
	}
}

func (mix *mixture) scores() ([]float64, error) {
	err := mix.model.Scores(mix.result, mix.e.weights, mix.e.aggs)
	return mix.result.Score, err
}
