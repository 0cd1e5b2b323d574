package scoring

import (
	"hash/fnv"
	"math"
	"slices"
	"testing"
)

// everyAssumption varies all that can vary, on a model of randomModel.
func everyAssumption(m *Model) Assumptions {
	without := m.Raw.Clone()
	for i := range without.Rows {
		without.Set(i, 0, float64(i%7))
	}
	halved := m.Raw.Clone()
	for k, x := range halved.Data {
		if IsMissing(x) {
			halved.Data[k] = 0.5
		}
	}
	return Assumptions{
		Concentration:  DefaultConcentration,
		Treatments:     []Treatment{{}, LogCounts},
		Normalisations: []Normalisation{{Kind: PercentileRank, Scale: 100}, {Kind: Borda}},
		Aggregations:   [][]Aggregation{{{Kind: Geometric}}, {{Kind: Arithmetic}, {Kind: Harmonic}}},
		Missing:        []MissingPolicy{WorstValue},
		Filled:         []*Matrix{halved},
		DropIndicator:  0.5,
		DropSource:     0.5,
		Sources:        []Source{{Indicators: []int{1, 2}}, {Raw: without}},
	}
}

func newMonteCarlo(tb testing.TB, m *Model, a Assumptions, seed uint64, draws int) *MonteCarlo {
	tb.Helper()
	mc, err := NewMonteCarlo(m, a, seed, draws)
	if err != nil {
		tb.Fatal(err)
	}
	return mc
}

func step(tb testing.TB, mc *MonteCarlo, k int) {
	tb.Helper()
	if err := mc.Step(k); err != nil {
		tb.Fatal(err)
	}
}

func FuzzDrawsDoNotDependOnSlicing(f *testing.F) {
	f.Add(uint64(1), uint8(7))
	f.Add(uint64(2), uint8(1))
	f.Fuzz(func(t *testing.T, seed uint64, slice uint8) {
		const draws = 150
		m := randomModel(t, seed, 20, 12, 4, 0.1)
		a := everyAssumption(m)
		whole, sliced := newMonteCarlo(t, m, a, seed, draws), newMonteCarlo(t, m, a, seed, draws)
		step(t, whole, draws)
		for sliced.Done() < draws {
			step(t, sliced, 1+int(slice)%40)
		}
		if !slices.Equal(whole.ranks, sliced.ranks) || !slices.Equal(whole.counts, sliced.counts) {
			t.Fatal("the ranks differ")
		}
		for i, v := range whole.Result() {
			if v != sliced.Result()[i] {
				t.Fatalf("unit %d: %v and %v", i, v, sliced.Result()[i])
			}
		}
	})
}

// A unit that is at least as good in every indicator and better in one is never
// below the other, whatever is drawn.
func FuzzDominatedNeverRanksAboveItsDominator(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		m := randomModel(t, seed, 15, 9, 3, 0)
		s := newStream(seed, 0)
		a, b := 3, 8
		for j := range m.Raw.Cols {
			m.Raw.Set(a, j, m.Raw.At(b, j)*(1+float64(m.Indicators[j].Direction)*0.9*s.uniform()))
		}
		m, err := Compile(m.Spec, m.Raw)
		if err != nil {
			t.Fatal(err)
		}
		assume := everyAssumption(m)
		assume.Aggregations = append(assume.Aggregations, []Aggregation{{Kind: PowerMean, P: 3}}, []Aggregation{{Kind: Median}}, []Aggregation{{Kind: Minimum}}, []Aggregation{{Kind: Copeland}})
		assume.Sources = assume.Sources[:1]
		assume.Missing, assume.Filled = nil, nil
		mc := newMonteCarlo(t, m, assume, seed, 300)
		step(t, mc, 300)
		if p := mc.Above(b, a); p != 0 {
			t.Fatalf("the dominated unit is above in %v of the draws", p)
		}
	})
}

func TestPairsAgreeWithRanks(t *testing.T) {
	m := randomModel(t, 5, 30, 12, 4, 0.4)
	m.MinShare = []float64{0.5}
	const draws = 203 // not a multiple of the lanes of a word
	mc := newMonteCarlo(t, m, everyAssumption(m), 9, draws)
	for _, done := range []int{1, 7, draws} {
		step(t, mc, done-mc.Done())
		for a := range 30 {
			for b := range 30 {
				above := 0
				for d := range done {
					ra := mc.ranks[a*mc.stride+d/4] >> (16 * (d % 4)) & 0xffff
					rb := mc.ranks[b*mc.stride+d/4] >> (16 * (d % 4)) & 0xffff
					if ra < rb {
						above++
					}
				}
				if got, want := mc.Above(a, b), float64(above)/float64(done); got != want {
					t.Fatalf("after %d draws P(%d above %d) = %v, want %v", done, a, b, got, want)
				}
			}
		}
	}
}

func TestIntervalsOfKnownCounts(t *testing.T) {
	// 100 draws: rank 1 five times, 2 fifty times, 3 forty times, 4 five times.
	got := intervalOf(2, []uint32{5, 50, 40, 5}, 100)
	want := RankInterval{Rank: 2, Low: 1, High: 3, Median: 2, Mean: (5 + 100 + 120 + 20) / 100.0, First: 0.05, Top10: 1, Ranked: 1}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	got = intervalOf(0, []uint32{0, 0}, 10)
	if got.Low != 0 || got.High != 0 || !IsMissing(got.Mean) {
		t.Errorf("never ranked: %+v", got)
	}
}

func TestWithoutUncertaintyEveryDrawIsTheModel(t *testing.T) {
	m := randomModel(t, 6, 25, 10, 3, 0.1)
	mc := newMonteCarlo(t, m, Assumptions{}, 1, 40)
	step(t, mc, 1000)
	for i, v := range mc.Result() {
		if v.Low != v.Rank || v.High != v.Rank || v.Median != v.Rank || v.Mean != float64(v.Rank) {
			t.Errorf("unit %d: %+v", i, v)
		}
		if p := mc.Distribution(nil, i)[v.Rank-1]; p != 1 {
			t.Errorf("unit %d has its rank with probability %v", i, p)
		}
	}
	for _, g := range mc.Groups(DefaultSeparation) {
		if g.First != g.Last {
			t.Errorf("units of different ranks %v in one group without any uncertainty", g)
		}
	}
}

// Two pillars of one indicator each and two units that are best in one of
// them: with even weights from all of the simplex each is first half the time.
func TestProbabilitiesOfAKnownCase(t *testing.T) {
	raw, _ := FromRows([][]float64{{1, 0}, {0, 1}, {-1, -1}})
	h, err := TwoLevels(nil, []string{"p", "q"}, []int{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	m, err := Compile(Spec{Hierarchy: h, Indicators: []Indicator{{Direction: 1}, {Direction: 1}}}, raw)
	if err != nil {
		t.Fatal(err)
	}
	const draws = 20000
	mc := newMonteCarlo(t, m, Assumptions{Concentration: 2}, 7, draws) // Dirichlet(1, 1)
	step(t, mc, draws)
	r := mc.Result()
	if math.Abs(r[0].First-0.5) > 0.02 || math.Abs(mc.Above(1, 0)-0.5) > 0.02 {
		t.Errorf("P(first) = %v, P(second above first) = %v, want 0.5", r[0].First, mc.Above(1, 0))
	}
	if r[2].Low != 3 || r[2].High != 3 || mc.Above(0, 2) != 1 {
		t.Errorf("the dominated unit: %+v", r[2])
	}
	groups := mc.Groups(DefaultSeparation)
	if len(groups) != 2 || len(groups[0].Units) != 2 || groups[1].Units[0] != 2 {
		t.Errorf("groups %v, want the first two together and the third alone", groups)
	}
}

func TestGroupsAreRunsWithoutSeparatedPairs(t *testing.T) {
	m := randomModel(t, 8, 60, 18, 6, 0.05)
	mc := newMonteCarlo(t, m, everyAssumption(m), 3, 1000)
	step(t, mc, 1000)
	groups := mc.Groups(DefaultSeparation)
	if len(groups) < 2 {
		t.Fatalf("%d groups of 60 units", len(groups))
	}
	var order []int
	for k, g := range groups {
		order = append(order, g.Units...)
		for x, a := range g.Units {
			for _, b := range g.Units[x+1:] {
				if mc.Above(a, b) >= DefaultSeparation || mc.Above(b, a) >= DefaultSeparation {
					t.Errorf("group %d holds %d and %d, which are separated", k, a, b)
				}
			}
		}
		if k > 0 && !mc.separatedFromAny(groups[k-1].Units, g.Units[0], DefaultSeparation) {
			t.Errorf("group %d could have joined the one before", k)
		}
	}
	if !slices.Equal(order, mc.rankOrder()) {
		t.Errorf("the groups hold %v, the ranking is %v", order, mc.rankOrder())
	}
	for i := range 60 {
		p := mc.Peers(i, DefaultSeparation)
		if !slices.Contains(p.Units, i) || p.First > mc.base[i] || p.Last < mc.base[i] {
			t.Errorf("peers of %d: %v", i, p)
		}
		for _, b := range p.Units {
			if mc.separated(i, b, DefaultSeparation) {
				t.Errorf("%d is separated from its peer %d", i, b)
			}
		}
	}
}

func TestStepDoesNotAllocate(t *testing.T) {
	m := randomModel(t, 1, 40, 24, 6, 0.05)
	mc := newMonteCarlo(t, m, everyAssumption(m), 1, 10000)
	step(t, mc, 8000) // every combination of choices is met
	if n := testing.AllocsPerRun(10, func() { step(t, mc, 100) }); n != 0 {
		t.Errorf("%v allocations per 100 draws", n)
	}
}

func TestAssumptionsThatCannotBe(t *testing.T) {
	m := randomModel(t, 1, 10, 4, 2, 0)
	for name, a := range map[string]Assumptions{
		"negative concentration":  {Concentration: -1},
		"NaN concentration":       {Concentration: math.NaN()},
		"probability above one":   {DropIndicator: 1.5},
		"no source":               {DropSource: 0.5},
		"nothing left":            {DropSource: 0.5, Sources: []Source{{Indicators: []int{0, 1, 2, 3}}}},
		"unknown indicator":       {DropSource: 0.5, Sources: []Source{{Indicators: []int{4}}}},
		"filled of another shape": {Filled: []*Matrix{NewMatrix(2, 2)}},
		"data of another shape":   {DropSource: 0.5, Sources: []Source{{Raw: NewMatrix(2, 2)}}},
		"methods for four levels": {Aggregations: [][]Aggregation{make([]Aggregation, 4)}},
	} {
		if _, err := NewMonteCarlo(m, a, 1, 10); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := NewMonteCarlo(m, Assumptions{}, 1, 0); err == nil {
		t.Error("no draws: no error")
	}
}

// The same seed gives the same figures on every architecture: this hash is of
// the ranks of every draw, and the test runs natively and in WebAssembly.
func TestDrawsAreTheSameOnEveryMachine(t *testing.T) {
	m := randomModel(t, 3, 40, 24, 6, 0.05)
	mc := newMonteCarlo(t, m, everyAssumption(m), 42, 2000)
	step(t, mc, 2000)
	h := fnv.New64a()
	var b [8]byte
	for _, w := range mc.ranks {
		for k := range b {
			b[k] = byte(w >> (8 * k))
		}
		h.Write(b[:])
	}
	const want uint64 = 0xab1905cde2f08355
	if got := h.Sum64(); got != want {
		t.Errorf("hash of the ranks %#x, want %#x", got, want)
	}
	w := newStream(42, 0)
	if got, want := w.uint64(), uint64(0x2ca8311c642500e); got != want {
		t.Errorf("first number of the first draw %#x, want %#x", got, want)
	}
}

func BenchmarkMonteCarlo(b *testing.B) {
	for _, c := range []struct {
		name       string
		indicators int
		assume     Assumptions
	}{
		{"weights/100x24", 24, Assumptions{Concentration: DefaultConcentration}},
		{"all/100x24", 24, Assumptions{
			Concentration: DefaultConcentration, Treatments: []Treatment{{}, LogCounts},
			Normalisations: []Normalisation{{Kind: PercentileRank, Scale: 100}, {Kind: ZScore, A: 50, B: 10}},
			Aggregations:   [][]Aggregation{{{}, {Kind: Geometric}}, {{Kind: Geometric}}}, DropIndicator: 0.5}},
		{"all/100x40", 40, Assumptions{
			Concentration: DefaultConcentration, Treatments: []Treatment{{}, LogCounts},
			Normalisations: []Normalisation{{Kind: PercentileRank, Scale: 100}, {Kind: ZScore, A: 50, B: 10}},
			Aggregations:   [][]Aggregation{{{}, {Kind: Geometric}}, {{Kind: Geometric}}}, DropIndicator: 0.5}},
	} {
		b.Run(c.name+"/10000draws", func(b *testing.B) {
			m := randomModel(b, 1, 100, c.indicators, 6, 0)
			b.ReportAllocs()
			for range b.N {
				mc := newMonteCarlo(b, m, c.assume, 1, 10000)
				step(b, mc, 10000)
				mc.Result()
			}
		})
	}
	b.Run("groups/100units/10000draws", func(b *testing.B) {
		m := randomModel(b, 1, 100, 24, 6, 0)
		mc := newMonteCarlo(b, m, Assumptions{Concentration: DefaultConcentration}, 1, 10000)
		step(b, mc, 10000)
		for range b.N {
			mc.Groups(DefaultSeparation)
		}
	})
}
