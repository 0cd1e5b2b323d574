package scoring

import (
	"math"
	"testing"
)

func randomSimplex(s *stream, n int) []float64 {
	w := make([]float64, n)
	s.simplex(w)
	if s.intn(4) == 0 { // a weight of zero is a corner that must work
		w[s.intn(n)] = 0
		w = unitWeights(w)
	}
	return w
}

func onSimplex(t *testing.T, w []float64) {
	t.Helper()
	var sum float64
	for _, x := range w {
		if x < 0 || x != x {
			t.Fatalf("weights %v: one is negative or not a number", w)
		}
		sum += x
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Fatalf("weights %v add up to %v", w, sum)
	}
}

func FuzzSmallestChangeOfWeights(f *testing.F) {
	for seed := range uint64(50) {
		f.Add(seed)
	}
	var lp simplexLP
	f.Fuzz(func(t *testing.T, seed uint64) {
		s := newStream(21, seed)
		n := 2 + s.intn(6)
		w := randomSimplex(&s, n)
		d := make([]float64, n)
		for k := range d {
			d[k] = s.normal() - 0.5
		}
		const margin = 1e-6

		l1, ok1 := smallestL1(w, d, margin)
		l2, ok2 := smallestL2(w, d, margin)
		feasible := false
		for _, x := range d {
			feasible = feasible || x >= margin
		}
		if ok1 != feasible || ok2 != feasible {
			t.Fatalf("feasible %v, L1 says %v, L2 says %v", feasible, ok1, ok2)
		}
		if !feasible {
			return
		}
		onSimplex(t, l1)
		onSimplex(t, l2)
		if dot(l1, d) < margin-1e-9 || dot(l2, d) < margin-1e-9 {
			t.Fatalf("margin missed: L1 %v, L2 %v", dot(l1, d), dot(l2, d))
		}

		// L1 as a linear program: w' = w + p - m, minimise Σp + Σm.
		c := make([]float64, 2*n)
		var a, b []float64
		row := make([]float64, 2*n)
		for k := range n {
			c[k], c[n+k] = -1, -1
			row[k], row[n+k] = -d[k], d[k]
		}
		a, b = append(a, row...), append(b, dot(w, d)-margin)
		for sign := -1.0; sign <= 1; sign += 2 {
			for k := range n {
				row[k], row[n+k] = sign, -sign
			}
			a, b = append(a, row...), append(b, 0)
		}
		for k := range n {
			clear(row)
			row[k], row[n+k] = -1, 1
			a, b = append(a, row...), append(b, w[k])
		}
		_, v, status := lp.solve(c, a, b)
		if status != lpOptimal || math.Abs(-v-distanceL1(w, l1)) > 1e-7 {
			t.Fatalf("L1 distance %v, the linear program finds %v (status %v)", distanceL1(w, l1), -v, status)
		}

		// No feasible point near the L2 answer, on the way to any other feasible
		// point, is nearer to w: the condition for the optimum of a convex program.
		for range 200 {
			p := randomSimplex(&s, n)
			if dot(p, d) < margin {
				continue
			}
			var inner float64
			for k := range p {
				inner += (w[k] - l2[k]) * (p[k] - l2[k])
			}
			if inner > 1e-8 {
				t.Fatalf("%v is not the nearest: moving towards %v comes nearer to %v", l2, p, w)
			}
		}
		if distanceL2(w, l2) > distanceL2(w, l1)+1e-9 {
			t.Fatal("the L1 answer is nearer in L2 than the L2 answer")
		}

		for k := range w {
			v, ok := smallestOne(w, d, k, margin)
			moved := make([]float64, n)
			if !ok {
				for _, x := range []float64{0, 0.25, 0.5, 0.75, 1} {
					if rescaleOne(moved, w, k, x); dot(moved, d) >= margin {
						t.Fatalf("weight %d at %v passes, but the answer is that none does", k, x)
					}
				}
				continue
			}
			rescaleOne(moved, w, k, v)
			onSimplex(t, moved)
			if dot(moved, d) < margin-1e-9 {
				t.Fatalf("weight %d at %v: %v misses the margin", k, v, dot(moved, d))
			}
			if v != w[k] { // a little less of the change must not do
				rescaleOne(moved, w, k, v-1e-6*math.Copysign(1, v-w[k]))
				if dot(moved, d) > margin {
					t.Fatalf("weight %d: less than the change to %v does it already", k, v)
				}
			}
		}
	})
}

func TestProjectionOnSimplex(t *testing.T) {
	for _, c := range []struct{ x, want []float64 }{
		{[]float64{0.2, 0.3, 0.5}, []float64{0.2, 0.3, 0.5}},
		{[]float64{2, 0, 0}, []float64{1, 0, 0}},
		{[]float64{1, 1}, []float64{0.5, 0.5}},
		{[]float64{0.8, 0.6, -1}, []float64{0.6, 0.4, 0}},
	} {
		got := make([]float64, len(c.x))
		projectSimplex(got, c.x)
		if distanceL2(got, c.want) > 1e-15 {
			t.Errorf("projection of %v = %v, want %v", c.x, got, c.want)
		}
	}
}
