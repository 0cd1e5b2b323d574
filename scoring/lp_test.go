package scoring

import (
	"math"
	"testing"
)

func TestLinearPrograms(t *testing.T) {
	cases := []struct {
		name    string
		c, a, b []float64
		want    float64
		status  lpStatus
	}{
		{"two products", []float64{3, 5}, []float64{1, 0, 0, 2, 3, 2}, []float64{4, 12, 18}, 36, lpOptimal}, // Hillier and Lieberman's Wyndor Glass
		{"a lower bound", []float64{-1, -1}, []float64{-1, -2}, []float64{-4}, -2, lpOptimal},
		{"an equality", []float64{1, 2}, []float64{1, 1, -1, -1}, []float64{1, -1}, 2, lpOptimal},
		{"infeasible", []float64{1}, []float64{1, -1}, []float64{1, -2}, 0, lpInfeasible},
		{"unbounded", []float64{1, 0}, []float64{0, 1}, []float64{1}, 0, lpUnbounded},
		// Beale's example, which cycles under the plain largest-coefficient rule.
		{"cycling", []float64{0.75, -150, 0.02, -6}, []float64{0.25, -60, -0.04, 9, 0.5, -90, -0.02, 3, 0, 0, 1, 0}, []float64{0, 0, 1}, 0.05, lpOptimal},
	}
	var lp simplexLP
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			x, v, status := lp.solve(c.c, c.a, c.b)
			if status != c.status {
				t.Fatalf("status %v, want %v", status, c.status)
			}
			if status != lpOptimal {
				return
			}
			if math.Abs(v-c.want) > 1e-9 {
				t.Errorf("value %v, want %v", v, c.want)
			}
			for i, b := range c.b {
				var lhs float64
				for j := range c.c {
					lhs += c.a[i*len(c.c)+j] * x[j]
				}
				if lhs > b+1e-9 {
					t.Errorf("constraint %d: %v > %v", i, lhs, b)
				}
			}
		})
	}
}

// On the unit simplex with one half-space the optimum lies on an edge, so that
// every edge can be tried by hand.
func TestLinearProgramOnSimplexAgreesWithItsEdges(t *testing.T) {
	var lp simplexLP
	for trial := range uint64(2000) {
		s := newStream(11, trial)
		n := 2 + s.intn(5)
		c, d := make([]float64, n), make([]float64, n)
		for i := range n {
			c[i], d[i] = s.normal(), s.normal()
		}
		// maximise c·w subject to d·w >= 0, sum w = 1.
		a := make([]float64, 0, 3*n)
		for i := range n {
			a = append(a, -d[i])
		}
		for range n {
			a = append(a, 1)
		}
		for range n {
			a = append(a, -1)
		}
		_, v, status := lp.solve(c, a, []float64{0, 1, -1})
		want := math.Inf(-1)
		for i := range n {
			if d[i] >= 0 {
				want = max(want, c[i])
			}
			for j := range n {
				if d[i] > 0 && d[j] < 0 {
					u := d[i] / (d[i] - d[j])
					want = max(want, (1-u)*c[i]+u*c[j])
				}
			}
		}
		if math.IsInf(want, -1) != (status == lpInfeasible) {
			t.Fatalf("trial %d: status %v, want value %v", trial, status, want)
		}
		if status == lpOptimal && math.Abs(v-want) > 1e-8 {
			t.Fatalf("trial %d: %v, want %v", trial, v, want)
		}
	}
}
