package model

import (
	"cmp"
	"math"
	"slices"

	"aicities/scoring"
)

// Placing is where a city stands in one indicator.
type Placing struct {
	Indicator int
	Rank      int // 1 is best; equal values share the better place
	Tied      int // how many other cities have the same value
}

// Placings returns where an entry stands in each indicator that takes part and
// for which it has a value, best place first.
func Placings(r *Ranking, entry int) []Placing {
	if r.Model == nil {
		return nil
	}
	var out []Placing
	for j, gone := range r.Model.NoValue {
		col := r.Model.Normalised.Col(j)
		x := col[entry]
		if gone || scoring.IsMissing(x) {
			continue
		}
		p := Placing{Indicator: j, Rank: 1, Tied: -1}
		for i, y := range col {
			switch {
			case r.Rank[i] == 0:
			case y > x:
				p.Rank++
			case y == x:
				p.Tied++
			}
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b Placing) int { return a.Rank - b.Rank })
	return out
}

// Neighbour is a city that is like another.
type Neighbour struct {
	Entry    int
	Distance float64 // root mean square of the differences, in points of normalised indicators
}

// Similar returns the n ranked cities whose normalised indicators are nearest to
// those of an entry, nearest first. Indicators that one of the two lacks do not
// count; a city with fewer than half of them in common is left out.
func Similar(r *Ranking, entry, n int) []Neighbour {
	if r.Model == nil {
		return nil
	}
	var out []Neighbour
	for i := range r.Cities {
		if i == entry || r.Rank[i] == 0 {
			continue
		}
		sum, common, all := 0.0, 0, 0
		for j, gone := range r.Model.NoValue {
			if gone {
				continue
			}
			all++
			if d := r.Model.Normalised.At(i, j) - r.Model.Normalised.At(entry, j); !scoring.IsMissing(d) {
				sum += d * d
				common++
			}
		}
		if common > 0 && 2*common >= all {
			out = append(out, Neighbour{i, math.Sqrt(sum / float64(common))})
		}
	}
	slices.SortStableFunc(out, func(a, b Neighbour) int { return cmp.Compare(a.Distance, b.Distance) })
	return out[:min(n, len(out))]
}

// Counterpart returns the entry that an explanation compares with unless the
// visitor says otherwise: the one a place above, for the first the one below; -1
// where there is none.
func Counterpart(r *Ranking, entry int) int {
	at := slices.Index(r.Order, entry)
	if at < 0 || r.Rank[entry] == 0 {
		return -1
	}
	if at > 0 {
		return r.Order[at-1]
	}
	if len(r.Order) > 1 && r.Rank[r.Order[1]] > 0 {
		return r.Order[1]
	}
	return -1
}
