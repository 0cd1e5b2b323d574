package scoring

import (
	"math"
	"math/bits"
)

// stream is a sequence of random numbers that belongs to one draw. It is
// counter-based: the n-th number is a function of (seed, draw, n) alone, so
// any draw can be made on its own, in any order and on any worker, with the
// same figures.
//
// The mixing function is that of SplitMix64 (Steele, Lea and Flood 2014, Fast
// splittable pseudorandom number generators, OOPSLA).
type stream struct{ state uint64 }

const goldenGamma = 0x9e3779b97f4a7c15 // 2^64 / golden ratio, odd: the step of SplitMix64

func mix64(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// newStream returns the stream of one draw.
func newStream(seed, draw uint64) stream {
	return stream{state: mix64(mix64(seed+goldenGamma) ^ mix64(^draw*goldenGamma))}
}

func (s *stream) uint64() uint64 {
	s.state += goldenGamma
	return mix64(s.state)
}

// uniform returns a number of the open interval (0, 1); neither end occurs, so
// its logarithm is finite.
func (s *stream) uniform() float64 {
	return (float64(s.uint64()>>12) + 0.5) * (1.0 / (1 << 52))
}

// intn returns a whole number of [0, n). Its bias is below n/2^64.
func (s *stream) intn(n int) int {
	hi, _ := bits.Mul64(s.uint64(), uint64(n))
	return int(hi)
}

// The ziggurat: 128 layers of equal area under the normal density, the lowest
// with the tail from layerEdge on.
const (
	layers    = 128
	layerEdge = 3.442619855899
	layerArea = 9.91256303526217e-3
)

// layer holds, for each layer, its width, the share of it that lies wholly
// under the density, and the density at its edge.
var layer = func() (t [layers + 1]struct{ x, inside, density float64 }) {
	t[0].x = layerArea / Exp(-layerEdge*layerEdge/2)
	t[1].x = layerEdge
	for i := 2; i < layers; i++ {
		x := t[i-1].x
		t[i].x = math.Sqrt(-2 * Ln(layerArea/x+Exp(-x*x/2)))
	}
	for i := range layers {
		t[i].inside = t[i+1].x / t[i].x
	}
	for i := range t {
		t[i].density = Exp(-t[i].x * t[i].x / 2)
	}
	return t
}()

// normal returns a standard normal number by the ziggurat method (Marsaglia and
// Tsang 2000, The ziggurat method for generating random variables, J. Stat.
// Software 5(8); with the layer and the number from separate bits, as Doornik
// 2005, An improved ziggurat method to generate normal random samples).
func (s *stream) normal() float64 {
	for {
		bits := s.uint64()
		i := bits % layers
		u := float64(int64(bits)>>11) * (1.0 / (1 << 52)) // [-1, 1)
		t := &layer[i]
		if math.Abs(u) < t.inside {
			return u * t.x
		}
		if i == 0 {
			return s.normalTail(u < 0)
		}
		x := u * t.x
		next := layer[i+1].density
		if next+s.uniform()*(t.density-next) < Exp(-x*x/2) {
			return x
		}
	}
}

// normalTail returns a normal number beyond layerEdge on either side (Marsaglia
// 1964, Generating a variable from the tail of the normal distribution,
// Technometrics 6(1)).
func (s *stream) normalTail(negative bool) float64 {
	for {
		x := -Ln(s.uniform()) / layerEdge
		if y := -Ln(s.uniform()); 2*y >= x*x {
			if negative {
				return -layerEdge - x
			}
			return layerEdge + x
		}
	}
}

// gamma returns a Gamma(shape, 1) number, and 0 for shape <= 0 (Marsaglia and
// Tsang 2000, A simple method for generating gamma variables, ACM TOMS 26(3)).
func (s *stream) gamma(shape float64) float64 {
	if shape <= 0 {
		return 0
	}
	if shape < 1 {
		// Section 6 of the paper: a Gamma(shape+1) times U^(1/shape).
		return s.gamma(shape+1) * Exp(Ln(s.uniform())/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := s.normal()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		u := s.uniform()
		x2 := x * x
		if u < 1-0.0331*x2*x2 {
			return d * v
		}
		if Ln(u) < 0.5*x2+d*(1-v+Ln(v)) {
			return d * v
		}
	}
}

// dirichlet fills dst with a point of the simplex drawn from Dirichlet(alpha);
// a component whose alpha is 0 stays exactly 0. With every alpha 0 dst is 0.
func (s *stream) dirichlet(dst, alpha []float64) {
	var sum, total float64
	for i, a := range alpha {
		g := s.gamma(a)
		dst[i] = g
		sum += g
		if a > 0 {
			total += a
		}
	}
	if sum > 0 {
		for i := range dst {
			dst[i] /= sum
		}
		return
	}
	if total == 0 {
		return
	}
	// Every gamma number fell below the smallest float64 (tiny alphas): the
	// limit of the distribution is one component drawn in proportion to alpha.
	u := s.uniform() * total
	last := 0
	for i, a := range alpha {
		if a <= 0 {
			continue
		}
		last = i
		if u -= a; u < 0 {
			break
		}
	}
	dst[last] = 1
}

// simplex fills dst with a point drawn evenly from the unit simplex, that is
// from Dirichlet(1, ..., 1), as normalised exponential numbers (Devroye 1986,
// Non-Uniform Random Variate Generation, chapter XI.4).
func (s *stream) simplex(dst []float64) {
	var sum float64
	for i := range dst {
		dst[i] = -Ln(s.uniform())
		sum += dst[i]
	}
	for i := range dst {
		dst[i] /= sum
	}
}
