package scoring

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The laws that an index must keep whatever its data. Each is checked on
// random cases by 'go test', and 'go test -fuzz' searches for others.

// lawCase is an index made from fuzz bytes: up to 24 units and 12 indicators
// in up to 4 pillars, with ties, gaps, weights of zero and every method.
type lawCase struct {
	spec    Spec
	raw     *Matrix
	weights []float64
}

// lawCaseFrom builds a case from seed and raw values; ok is false where there
// is too little for an index.
func lawCaseFrom(seed uint64, data []byte) (c lawCase, ok bool) {
	rng := rand.New(rand.NewPCG(seed, 99))
	units, inds := 2+rng.IntN(23), 1+rng.IntN(12)
	pillars := 1 + rng.IntN(min(4, inds))
	c.raw = NewMatrix(units, inds)
	for k := range c.raw.Data {
		switch {
		case len(data) >= 2*(k+1):
			v := binary.LittleEndian.Uint16(data[2*k:])
			c.raw.Data[k] = float64(int16(v)) / 16
			if v == 0x7fff {
				c.raw.Data[k] = Missing
			}
		case rng.IntN(8) == 0:
			c.raw.Data[k] = Missing
		case rng.IntN(3) == 0:
			c.raw.Data[k] = float64(rng.IntN(4)) // ties
		default:
			c.raw.Data[k] = math.Exp(3 * rng.NormFloat64())
		}
	}
	names := make([]string, pillars)
	pillarOf := make([]int, inds)
	norms := []Normalisation{{}, {A: 1, B: 100}, {Kind: ZScore}, {Kind: PercentileRank, Scale: 100}, {Kind: Borda}, {Kind: RankNorm}, {Kind: DistMax}, {Kind: Categories, Bins: 4}}
	treatments := []Treatment{{}, WinsoriseThenLog, {First: LogCT, Always: true}, {First: Winsorise, WinMax: 1}}
	aggs := []Aggregation{{}, {Kind: Geometric}, {Kind: Harmonic}, {Kind: PowerMean, P: 2}, {Kind: PowerMean, P: -0.5}, {Kind: Median}, {Kind: Copeland}, {Kind: TOPSIS}, {Kind: Minimum}}
	norm, treatment := norms[rng.IntN(len(norms))], treatments[rng.IntN(len(treatments))]
	for p := range names {
		names[p] = "p" + itoa(p)
	}
	for j := range inds {
		pillarOf[j] = j % pillars
		c.spec.Indicators = append(c.spec.Indicators, Indicator{Code: "i" + itoa(j), Direction: 1 - 2*rng.IntN(2), Treatment: treatment, Normalisation: norm})
	}
	h, err := TwoLevels(nil, names, pillarOf)
	if err != nil {
		return c, false
	}
	c.spec.Hierarchy = h
	// Both levels by one method; after a method whose values may be zero or
	// less only the arithmetic mean has a meaning.
	a := aggs[rng.IntN(len(aggs))]
	c.spec.Aggregation = []Aggregation{a, a}
	if !a.quasi() || a.Kind == PowerMean && norm.Kind == ZScore {
		c.spec.Aggregation[1] = Aggregation{}
	}
	c.spec.KeepAboveZero = true
	c.spec.DropConstant = true
	c.spec.Missing = MissingPolicy(rng.IntN(3))
	c.weights = make([]float64, h.Nodes())
	for k := range c.weights {
		c.weights[k] = float64(rng.IntN(5)) // some are zero
	}
	for k := h.Leaves; k < h.Root(); k++ {
		c.weights[k]++
	}
	return c, true
}

// index compiles and aggregates; ok is false where the case has no index at
// all, which must be an error and not a panic.
func (c lawCase) index(t *testing.T, raw *Matrix, weights []float64) (*Result, bool) {
	t.Helper()
	m, err := Compile(c.spec, raw)
	if err != nil {
		return nil, false
	}
	r := m.NewResult()
	if err := m.Aggregate(r, weights, nil); err != nil {
		return nil, false
	}
	return r, true
}

// sameScores compares two results of the same case up to rounding.
func sameScores(a, b float64) bool {
	return IsMissing(a) && IsMissing(b) || math.Abs(a-b) <= 1e-9*max(1, math.Abs(a))
}

// laws checks all laws on one case.
func laws(t *testing.T, seed uint64, data []byte) {
	defer func() {
		if t.Failed() {
			t.Logf("of the case of seed %d and data %v", seed, data)
		}
	}()
	c, ok := lawCaseFrom(seed, data)
	if !ok {
		return
	}
	r, ok := c.index(t, c.raw, c.weights)
	if !ok {
		return
	}
	lawRanks(t, r)
	lawOrder(t, c, r)
	lawWeightScale(t, c, r)
	lawContributions(t, r)
	lawMonotone(t, c, r)
	lawDominance(t, r)
	lawTies(t, c, r)
}

// lawRanks: no missing or infinite score is ranked, every other one is, equal
// scores share a rank, better scores rank above, and ranks are competition
// ranks.
func lawRanks(t *testing.T, r *Result) {
	t.Helper()
	for i, s := range r.Score {
		if math.IsInf(s, 0) {
			t.Fatalf("unit %d has score %v", i, s)
		}
		if (r.Rank[i] == 0) != IsMissing(s) {
			t.Fatalf("unit %d has score %v and rank %d", i, s, r.Rank[i])
		}
		above := 0
		for j := range r.Score {
			if r.Rank[j] > 0 && r.Rank[j] < r.Rank[i] {
				above++
			}
			if s == r.Score[j] && r.Rank[i] != r.Rank[j] {
				t.Fatalf("units %d and %d both score %v and rank %d and %d", i, j, s, r.Rank[i], r.Rank[j])
			}
			if s > r.Score[j] && r.Rank[i] > r.Rank[j] {
				t.Fatalf("unit %d scores %v above %v of unit %d but ranks %d below %d", i, s, r.Score[j], j, r.Rank[i], r.Rank[j])
			}
		}
		if r.Rank[i] > 0 && r.Rank[i] != above+1 {
			t.Fatalf("unit %d ranks %d with %d units above", i, r.Rank[i], above)
		}
	}
}

// lawOrder: the order of the units changes nothing.
func lawOrder(t *testing.T, c lawCase, r *Result) {
	t.Helper()
	rows := rand.New(rand.NewPCG(1, 1)).Perm(c.raw.Rows)
	s, ok := c.index(t, c.raw.SelectRows(rows), c.weights)
	if !ok {
		t.Fatal("shuffled units have no index")
	}
	for k, i := range rows {
		if !sameScores(s.Score[k], r.Score[i]) || s.Rank[k] != r.Rank[i] {
			t.Fatalf("unit %d scores %v rank %d, and %v rank %d in another order", i, r.Score[i], r.Rank[i], s.Score[k], s.Rank[k])
		}
	}
}

// lawWeightScale: only the ratios of weights count.
func lawWeightScale(t *testing.T, c lawCase, r *Result) {
	t.Helper()
	scaled := slices.Clone(c.weights)
	for k := range scaled {
		scaled[k] *= 7.3
	}
	s, ok := c.index(t, c.raw, scaled)
	if !ok {
		t.Fatal("scaled weights have no index")
	}
	for i := range r.Score {
		if !sameScores(s.Score[i], r.Score[i]) || s.Rank[i] != r.Rank[i] {
			t.Fatalf("unit %d scores %v rank %d, and %v rank %d with scaled weights", i, r.Score[i], r.Rank[i], s.Score[i], s.Rank[i])
		}
	}
}

// lawContributions: they add up to the score.
func lawContributions(t *testing.T, r *Result) {
	t.Helper()
	parts := r.Contributions(nil)
	for i, score := range r.Score {
		sum := 0.0
		for k := range parts.Cols {
			sum += parts.At(i, k)
		}
		if !sameScores(sum, score) {
			t.Fatalf("unit %d: contributions add up to %v, its score is %v", i, sum, score)
		}
	}
}

// lawMonotone: a better normalised value of one unit never lowers its score
// under a mean.
func lawMonotone(t *testing.T, c lawCase, r *Result) {
	t.Helper()
	for _, a := range c.spec.Aggregation {
		if a.Kind == Copeland || a.Kind == TOPSIS || a.Kind == PowerMean && a.P > 1 && hasNegative(r.model.Normalised) {
			return // relative to the others, or not monotone below zero
		}
	}
	m := *r.model
	m.Normalised = m.Normalised.Clone()
	rng := rand.New(rand.NewPCG(5, 5))
	i, j := rng.IntN(m.Normalised.Rows), rng.IntN(m.Normalised.Cols)
	if IsMissing(m.Normalised.At(i, j)) || m.NoValue[j] {
		return
	}
	m.Normalised.Set(i, j, m.Normalised.At(i, j)+1+5*rng.Float64())
	m.normal = m.Normalised.columns()
	m.unprepare()
	m.prepare()
	s := m.NewResult()
	if err := m.Aggregate(s, c.weights, nil); err != nil {
		t.Fatal(err)
	}
	if s.Score[i] < r.Score[i]-1e-9*max(1, math.Abs(r.Score[i])) {
		t.Fatalf("unit %d: a better indicator %d lowers its score from %v to %v", i, j, r.Score[i], s.Score[i])
	}
	for k := range s.Score {
		if k != i && !sameScores(s.Score[k], r.Score[k]) {
			t.Fatalf("a better indicator of unit %d changes the score of unit %d", i, k)
		}
	}
}

func hasNegative(m *Matrix) bool {
	return slices.ContainsFunc(m.Data, func(v float64) bool { return v < 0 })
}

// lawDominance: a unit that is at least as good in every indicator, both
// having all that count, is never ranked below, under every method but
// a power mean of values below zero.
func lawDominance(t *testing.T, r *Result) {
	t.Helper()
	x := r.model.Normalised
	for _, a := range r.aggs {
		if a.Kind == PowerMean && a.P > 1 && hasNegative(x) {
			return
		}
	}
	for a := range x.Rows {
	pair:
		for b := range x.Rows {
			for j := range x.Cols {
				va, vb := x.At(a, j), x.At(b, j)
				if r.model.NoValue[j] {
					continue
				}
				if IsMissing(va) || IsMissing(vb) || va < vb {
					continue pair
				}
			}
			if r.Rank[a] > r.Rank[b] {
				t.Fatalf("unit %d dominates unit %d but ranks %d against %d (scores %v and %v)", a, b, r.Rank[a], r.Rank[b], r.Score[a], r.Score[b])
			}
		}
	}
}

// lawTies: units with the same data tie.
func lawTies(t *testing.T, c lawCase, r *Result) {
	t.Helper()
	rows := make([]int, 0, c.raw.Rows+1)
	for i := range c.raw.Rows {
		rows = append(rows, i)
	}
	rows = append(rows, 0) // a twin of the first unit
	s, ok := c.index(t, c.raw.SelectRows(rows), c.weights)
	if !ok {
		return
	}
	twin := len(rows) - 1
	if s.Rank[0] != s.Rank[twin] || !sameScores(s.Score[0], s.Score[twin]) {
		t.Fatalf("twins score %v and %v and rank %d and %d", s.Score[0], s.Score[twin], s.Rank[0], s.Rank[twin])
	}
}

func TestLaws(t *testing.T) {
	checked := 0
	for seed := range uint64(3000) {
		if c, ok := lawCaseFrom(seed, nil); ok {
			if _, ok := c.index(t, c.raw, c.weights); ok {
				checked++
			}
		}
		laws(t, seed, nil)
	}
	if checked < 2000 {
		t.Errorf("only %d of 3000 random cases have an index: the laws are hardly checked", checked)
	}
}

func FuzzLaws(f *testing.F) {
	f.Add(uint64(1), []byte{})
	f.Add(uint64(2), []byte{0, 0, 0, 0, 1, 0, 255, 127, 255, 255, 0, 128})
	f.Fuzz(laws)
}

// FuzzSteps: whatever the values, a step returns an error or finite and
// missing values, never an infinity, and missing values stay missing.
func FuzzSteps(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 0, 0, 240, 63, 0, 0, 0, 0, 0, 0, 0, 64}, uint8(0), uint8(0), false)
	f.Fuzz(func(t *testing.T, data []byte, transformKind, normKind uint8, less bool) {
		x := make([]float64, len(data)/8)
		for i := range x {
			x[i] = math.Float64frombits(binary.LittleEndian.Uint64(data[8*i:]))
			if math.Abs(x[i]) > 1e150 || math.Abs(x[i]) < 1e-150 {
				x[i] = 0 // powers of what is beyond overflow, which no indicator does
			}
		}
		direction := 1
		if less {
			direction = -1
		}
		treated, _, err := Treat(nil, x, Treatment{First: Transform(transformKind % 10), Second: LogCT, Lambda: 0.5})
		if err != nil {
			return
		}
		y, err := Normalise(nil, treated, direction, Normalisation{Kind: NormKind(normKind % 13), A: 1, B: 2, Bins: 3})
		if err != nil {
			return
		}
		for i, v := range y {
			if math.IsInf(v, 0) || IsMissing(v) != IsMissing(x[i]) {
				t.Fatalf("%v became %v and then %v", x[i], treated[i], v)
			}
		}
	})
}
