package scoring

import (
	"math"
	"testing"
)

func TestStreamsAreReproducibleAndDistinct(t *testing.T) {
	a, b := newStream(1, 7), newStream(1, 7)
	for i := range 100 {
		if x, y := a.uint64(), b.uint64(); x != y {
			t.Fatalf("number %d of the same stream: %x and %x", i, x, y)
		}
	}
	seen := map[uint64]bool{}
	for seed := range uint64(20) {
		for draw := range uint64(500) {
			s := newStream(seed, draw)
			for range 3 {
				v := s.uint64()
				if seen[v] {
					t.Fatalf("seed %d draw %d repeats %x", seed, draw, v)
				}
				seen[v] = true
			}
		}
	}
}

// SplitMix64 started at state 0 gives these numbers in its authors' own code
// (the published test vector of java.util.SplittableRandom and xoshiro's seeder).
func TestMixIsSplitMix64(t *testing.T) {
	s := stream{}
	for i, want := range []uint64{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f} {
		if got := s.uint64(); got != want {
			t.Errorf("number %d = %#x, want %#x", i, got, want)
		}
	}
}

func TestMomentsOfDistributions(t *testing.T) {
	const n = 40000
	cases := []struct {
		name           string
		draw           func(s *stream) float64
		mean, variance float64
	}{
		{"uniform", (*stream).uniform, 0.5, 1.0 / 12},
		{"normal", (*stream).normal, 0, 1},
		{"gamma 0.3", func(s *stream) float64 { return s.gamma(0.3) }, 0.3, 0.3},
		{"gamma 1", func(s *stream) float64 { return s.gamma(1) }, 1, 1},
		{"gamma 12.5", func(s *stream) float64 { return s.gamma(12.5) }, 12.5, 12.5},
		{"intn", func(s *stream) float64 { return float64(s.intn(6)) }, 2.5, 35.0 / 12},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var sum, sq float64
			for i := range n {
				s := newStream(99, uint64(i))
				x := c.draw(&s)
				sum += x
				sq += x * x
			}
			mean := sum / n
			if tol := 5 * math.Sqrt(c.variance/n); math.Abs(mean-c.mean) > tol {
				t.Errorf("mean %v, want %v within %v", mean, c.mean, tol)
			}
			if v := sq/n - mean*mean; math.Abs(v/c.variance-1) > 0.08 {
				t.Errorf("variance %v, want %v", v, c.variance)
			}
		})
	}
}

func TestDirichletHasTheGivenMeanAndSpread(t *testing.T) {
	mean := []float64{0.5, 0.3, 0.2, 0}
	const c, n = 25.0, 20000
	alpha := make([]float64, len(mean))
	for i, m := range mean {
		alpha[i] = c * m
	}
	w := make([]float64, len(mean))
	sum, sq := make([]float64, len(mean)), make([]float64, len(mean))
	for d := range uint64(n) {
		s := newStream(3, d)
		s.dirichlet(w, alpha)
		var total float64
		for i, x := range w {
			total += x
			sum[i] += x
			sq[i] += x * x
		}
		if math.Abs(total-1) > 1e-12 {
			t.Fatalf("draw %d sums to %v", d, total)
		}
	}
	for i, m := range mean {
		if got := sum[i] / n; math.Abs(got-m) > 0.005 {
			t.Errorf("mean %d = %v, want %v", i, got, m)
		}
		want := math.Sqrt(m * (1 - m) / (c + 1))
		if got := math.Sqrt(math.Max(0, sq[i]/n-m*m)); math.Abs(got-want) > 0.004 {
			t.Errorf("standard deviation %d = %v, want %v", i, got, want)
		}
	}
}

func TestDirichletOfTinyAlphasIsAVertex(t *testing.T) {
	count := [2]int{}
	w := make([]float64, 3)
	for d := range uint64(2000) {
		s := newStream(4, d)
		s.dirichlet(w, []float64{3e-7, 1e-7, 0})
		if w[2] != 0 || w[0]+w[1] != 1 {
			t.Fatalf("draw %d: %v is not on the simplex", d, w)
		}
		if w[0] > 0.5 {
			count[0]++
		} else {
			count[1]++
		}
	}
	if share := float64(count[0]) / 2000; math.Abs(share-0.75) > 0.05 {
		t.Errorf("first component won %v of the draws, want 0.75", share)
	}
}

func TestElementaryFunctions(t *testing.T) {
	for i := range uint64(20000) {
		s := newStream(5, i)
		x := Exp(s.normal() * 100)
		if got, want := Ln(x), math.Log(x); math.Abs(got-want) > 4e-16*math.Abs(want) {
			t.Fatalf("Ln(%v) = %v, math.Log gives %v", x, got, want)
		}
		y := s.normal() * 100
		if got, want := Exp(y), math.Exp(y); math.Abs(got-want) > 5e-16*want {
			t.Fatalf("Exp(%v) = %v, math.Exp gives %v", y, got, want)
		}
		p := s.normal() * 2
		b := s.uniform() * 100
		if got, want := Pow(b, p), math.Pow(b, p); math.Abs(got-want) > 1e-14*want {
			t.Fatalf("Pow(%v, %v) = %v, math.Pow gives %v", b, p, got, want)
		}
	}
	for _, c := range []struct{ got, want float64 }{
		{Ln(1), 0}, {Ln(0), math.Inf(-1)}, {Ln(math.Inf(1)), math.Inf(1)},
		{Exp(0), 1}, {Exp(-1000), 0}, {Exp(1000), math.Inf(1)}, {Pow(0, 2), 0}, {Pow(0, 0.3), 0},
		{Pow(4, 0.5), 2}, {Pow(4, -1), 0.25}, {Pow(3, 0), 1}, {Pow(-1, 3), -1}, {Pow(-1, 4), 1},
	} {
		if c.got != c.want {
			t.Errorf("got %v, want %v", c.got, c.want)
		}
	}
	if !math.IsNaN(Ln(-1)) || !math.IsNaN(Ln(math.NaN())) || !math.IsNaN(Exp(math.NaN())) || !math.IsNaN(Pow(-1, 1.5)) {
		t.Error("NaN is not kept")
	}
}

func TestNormalHasTheNormalDistribution(t *testing.T) {
	const n = 400000
	points := []float64{-4, -3.5, -3, -2, -1, -0.3, 0, 0.3, 1, 2, 3, 3.5, 4}
	below := make([]float64, len(points))
	for d := range uint64(n / 100) {
		s := newStream(17, d)
		for range 100 {
			x := s.normal()
			for k, p := range points {
				if x < p {
					below[k]++
				}
			}
		}
	}
	for k, p := range points {
		want := math.Erfc(-p/math.Sqrt2) / 2
		if got := below[k] / n; math.Abs(got-want) > 5*math.Sqrt(want*(1-want)/n) {
			t.Errorf("P(x < %v) = %v, want %v", p, got, want)
		}
	}
}
