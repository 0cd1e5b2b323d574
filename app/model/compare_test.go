package model

import (
	"math"
	"slices"
	"testing"
)

func TestAheadMarksTheBest(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		values    []float64
		direction int
		want      []bool
	}{
		{[]float64{3, 1, 2}, 1, []bool{true, false, false}},
		{[]float64{3, 1, 2}, -1, []bool{false, true, false}},
		{[]float64{3, 3, 2}, 1, []bool{true, true, false}},
		{[]float64{3, 3, 3}, 1, []bool{false, false, false}},
		{[]float64{nan, 0, 5}, 1, []bool{false, false, true}},
		{[]float64{nan, 5}, 1, []bool{false, false}},
		{nil, 1, []bool{}},
	} {
		if got := Ahead(c.values, c.direction); !slices.Equal(got, c.want) {
			t.Errorf("%v, direction %d: %v, want %v", c.values, c.direction, got, c.want)
		}
	}
}

func TestClosePairsAreNotSeparatedByTheDraws(t *testing.T) {
	e := explorer(t)
	r := e.Base()
	c, err := e.NewCertainty(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Step(2000); err != nil {
		t.Fatal(err)
	}
	c.Finish()
	pairs := ClosePairs(r, c, 5)
	if len(pairs) != 5 {
		t.Fatalf("%d pairs", len(pairs))
	}
	for _, p := range pairs {
		if c.Above(p[0], p[1]) >= 0.95 || c.Above(p[1], p[0]) >= 0.95 || r.Rank[p[0]] > r.Rank[p[1]] {
			t.Errorf("pair %v: %v and %v", p, c.Above(p[0], p[1]), c.Above(p[1], p[0]))
		}
	}
	if first := ClosePairs(r, nil, 1); first[0] != [2]int{r.Order[0], r.Order[1]} {
		t.Errorf("without draws %v", first)
	}
}
