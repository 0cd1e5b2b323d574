package scoring

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat"
)

// TestStatisticsAgreeWithGonum compares with an independent implementation on
// random columns.
func TestStatisticsAgreeWithGonum(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for round := range 200 {
		n := 4 + rng.IntN(120)
		x, y, w := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range x {
			x[i] = math.Exp(rng.NormFloat64())
			y[i] = 0.5*x[i] + rng.Float64()
			w[i] = rng.Float64() + 0.01
		}
		row := NewMatrix(1, n)
		copy(row.Data, x)
		mean := func(a Aggregation) float64 {
			out, err := AggregateColumns(nil, row, w, a, 0, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			return out[0]
		}
		for _, c := range []struct {
			name      string
			got, want float64
		}{
			{"Mean", Mean(x), stat.Mean(x, nil)},
			{"StdDev", StdDev(x), stat.StdDev(x, nil)},
			{"Skew", Skew(x), stat.Skew(x, nil)},
			{"Kurt", Kurt(x), stat.ExKurtosis(x, nil)},
			{"Pearson", Correlation(x, y, Pearson), stat.Correlation(x, y, nil)},
			{"Kendall", Correlation(x, y, Kendall), stat.Kendall(x, y, nil)},
			{"arithmetic mean", mean(Aggregation{}), stat.Mean(x, w)},
			{"geometric mean", mean(Aggregation{Kind: Geometric}), stat.GeometricMean(x, w)},
			{"harmonic mean", mean(Aggregation{Kind: Harmonic}), stat.HarmonicMean(x, w)},
		} {
			if math.Abs(c.got-c.want) > 1e-9*max(1, math.Abs(c.want)) {
				t.Fatalf("round %d: %s is %v, gonum's is %v", round, c.name, c.got, c.want)
			}
		}
		z, err := Normalise(nil, x, 1, Normalisation{Kind: ZScore})
		if err != nil {
			t.Fatal(err)
		}
		if m, s := stat.MeanStdDev(z, nil); math.Abs(m) > 1e-12 || math.Abs(s-1) > 1e-12 {
			t.Fatalf("round %d: z-scores have mean %v and standard deviation %v", round, m, s)
		}
	}
}
