package scoring

import (
	"math"
	"slices"
	"testing"
)

// threeLevels is a model of 8 indicators in 4 pillars in 2 sub-indices.
func threeLevels(t *testing.T, aggs []Aggregation, missing bool) *Model {
	t.Helper()
	const leaves = 8
	parent := []int{8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, -1}
	codes := make([]string, len(parent))
	for k := range codes {
		codes[k] = "n" + itoa(k)
	}
	h, err := newHierarchy(leaves, codes, parent)
	if err != nil {
		t.Fatal(err)
	}
	s := newStream(1, 0)
	raw := NewMatrix(12, leaves)
	for k := range raw.Data {
		raw.Data[k] = 1 + 99*s.uniform()
	}
	if missing {
		raw.Set(3, 0, Missing)
		raw.Set(3, 1, Missing)
	}
	weights := make([]float64, len(parent))
	inds := make([]Indicator, leaves)
	for k := range weights {
		weights[k] = 0.5 + s.uniform()
	}
	for j := range inds {
		inds[j] = Indicator{Direction: 1, Normalisation: Normalisation{A: 1, B: 100}}
	}
	m, err := Compile(Spec{Hierarchy: h, Indicators: inds, Weights: weights, Aggregation: aggs}, raw)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAFlatIndexIsTheSameIndex(t *testing.T) {
	for _, aggs := range [][]Aggregation{{{}}, {{Kind: Geometric}}, {{Kind: Harmonic}}, {{Kind: PowerMean, P: 2}}, {{Kind: Median}, {}, {}}} {
		m := threeLevels(t, aggs, false)
		want := m.NewResult()
		if err := m.Aggregate(want, nil, nil); err != nil {
			t.Fatal(err)
		}
		for level := 1; level <= 3; level++ {
			flat, err := m.Flatten(level)
			if aggs[0].Kind == Median && level == 1 {
				if err == nil {
					t.Error("a median is no mean that can be joined: no error")
				}
				continue
			}
			if err != nil {
				t.Fatalf("%v level %d: %v", aggs, level, err)
			}
			if n := len(flat.Hierarchy.Children[flat.Hierarchy.Root()]); n != []int{8, 4, 2}[level-1] {
				t.Errorf("level %d: the index has %d children", level, n)
			}
			got := flat.NewResult()
			if err := flat.Aggregate(got, nil, nil); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got.Rank, want.Rank) {
				t.Errorf("%v level %d: ranks %v, want %v", aggs, level, got.Rank, want.Rank)
			}
			for i := range got.Score {
				if math.Abs(got.Score[i]-want.Score[i]) > 1e-10 {
					t.Errorf("%v level %d: score %v, want %v", aggs, level, got.Score[i], want.Score[i])
				}
			}
		}
	}
	if _, err := threeLevels(t, nil, true).Flatten(2); err == nil {
		t.Error("a pillar without a value: no error")
	}
	for _, level := range []int{0, 4} {
		if _, err := threeLevels(t, nil, false).Flatten(level); err == nil {
			t.Errorf("level %d: no error", level)
		}
	}
}
