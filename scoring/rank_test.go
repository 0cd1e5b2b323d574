package scoring

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestRank(t *testing.T) {
	na := Missing
	for _, tt := range []struct {
		name  string
		score []float64
		want  []int
	}{
		{"competition ranks skip after a tie", []float64{7, 9, 7, 1}, []int{2, 1, 2, 4}},
		{"a missing score has no rank", []float64{1, na, 3}, []int{2, 0, 1}},
		{"float noise does not break a tie", []float64{0.1 + 0.2, 0.3, 0.2}, []int{1, 1, 3}},
		{"a tie is measured from its best, not along a chain", []float64{1, 1 - 0.9e-10, 1 - 1.8e-10}, []int{1, 1, 3}},
		{"all missing", []float64{na, na}, []int{0, 0}},
		{"all the same", []float64{4, 4, 4}, []int{1, 1, 1}},
		{"none", nil, []int{}},
		{"negative scores", []float64{-3, -1, -2}, []int{3, 1, 2}},
		{"far apart", []float64{math.MaxFloat64, -math.MaxFloat64, 0}, []int{1, 3, 2}},
	} {
		if got := Rank(nil, tt.score, DefaultTolerance); !slices.Equal(got, tt.want) {
			t.Errorf("%s: Rank(%v) = %v, want %v", tt.name, tt.score, got, tt.want)
		}
	}
}

func TestOrderIsThatOfASort(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var r Ranker
	for round := range 300 {
		score := make([]float64, rng.IntN(200))
		for i := range score {
			switch round % 4 {
			case 0:
				score[i] = rng.NormFloat64()
			case 1:
				score[i] = math.Exp(8 * rng.NormFloat64()) // crowded into a few buckets
			case 2:
				score[i] = float64(rng.IntN(5))
			case 3:
				score[i] = -rng.Float64() * 1e-300
			}
			if rng.IntN(10) == 0 {
				score[i] = Missing
			}
		}
		var want []int32
		for i, x := range score {
			if x == x {
				want = append(want, int32(i))
			}
		}
		slices.SortStableFunc(want, func(a, b int32) int {
			switch {
			case score[a] > score[b]:
				return -1
			case score[a] < score[b]:
				return 1
			}
			return 0
		})
		if got := r.Order(score); !slices.Equal(got, want) {
			t.Fatalf("round %d: Order(%v) = %v, want %v", round, score, got, want)
		}
	}
}

func BenchmarkRank100(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	draws := make([][]float64, 64)
	for d := range draws {
		draws[d] = make([]float64, 100)
		for i := range draws[d] {
			draws[d][i] = 50 + 15*rng.NormFloat64()
		}
	}
	var r Ranker
	rank := make([]int, 100)
	b.ReportAllocs()
	for k := 0; b.Loop(); k++ {
		r.Rank(rank, draws[k%64], DefaultTolerance)
	}
}
