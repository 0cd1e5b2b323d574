package model

import (
	"cmp"
	"math"
	"slices"

	"aicities/data"
	"aicities/scoring"
)

// MinShared is the number of cities that a published ranking must share with
// ours for a correlation to be given.
const MinShared = 8

// topOfOurs is how far down our ranking another study's cities are looked for.
const topOfOurs = 20

// Study is one published ranking beside ours. The correlation says how far the
// two orders agree; it never feeds the ranking.
type Study struct {
	Title, Publisher string
	Year             int // 0 where undated
	// Shared are the cities that both rank, by the study's rank, equal ranks by
	// our own.
	Shared []Place
	// Unranked is how many cities of the study our ranking does not rank.
	Unranked int
	// InTop is how many of Shared are among our first 20.
	InTop int
	// Rho is Spearman's rank correlation over Shared, with its interval of
	// 95 %. All are missing for fewer than MinShared cities.
	Rho, Low, High float64
}

// Place is one city in a published ranking and in ours.
type Place struct {
	City, Entry  int
	Theirs, Ours int // the ranks as they stand
	// TheirsAmong and OursAmong are the ranks among the shared cities alone, from
	// 1; equal ones share their mean.
	TheirsAmong, OursAmong float64
	URL                    string
}

// Gap is how many places higher we put the city than the study, among the
// cities that both rank; below zero where we put it lower.
func (p Place) Gap() float64 { return p.TheirsAmong - p.OursAmong }

// Studies returns every published ranking beside the given one: first those
// with a correlation, the most shared cities first.
func (e *Explorer) Studies(r *Ranking) []Study {
	d := e.Data
	var out []Study
	for _, p := range d.Rankings {
		k := slices.IndexFunc(out, func(s Study) bool {
			return s.Title == p.Study && s.Publisher == p.Publisher && s.Year == p.Year
		})
		if k < 0 {
			k = len(out)
			out = append(out, Study{Title: p.Study, Publisher: p.Publisher, Year: p.Year})
		}
		i, ok := r.Entry(p.City)
		if !ok || r.Rank[i] == 0 {
			out[k].Unranked++
			continue
		}
		out[k].Shared = append(out[k].Shared, Place{City: p.City, Entry: i, Theirs: p.Rank, Ours: r.Rank[i], URL: p.URL})
	}
	for k := range out {
		out[k].compare(d)
	}
	slices.SortStableFunc(out, func(a, b Study) int {
		if c := cmp.Compare(len(b.Shared), len(a.Shared)); c != 0 {
			return c
		}
		return cmp.Compare(a.Publisher, b.Publisher)
	})
	return out
}

func (s *Study) compare(d *data.Dataset) {
	slices.SortFunc(s.Shared, func(a, b Place) int {
		for _, c := range []int{a.Theirs - b.Theirs, a.Ours - b.Ours} {
			if c != 0 {
				return c
			}
		}
		return cmp.Compare(d.Cities[a.City].Name, d.Cities[b.City].Name)
	})
	theirs, ours := make([]float64, len(s.Shared)), make([]float64, len(s.Shared))
	for i, p := range s.Shared {
		theirs[i], ours[i] = float64(p.Theirs), float64(p.Ours)
		if p.Ours <= topOfOurs {
			s.InTop++
		}
	}
	for i := range s.Shared {
		s.Shared[i].TheirsAmong, s.Shared[i].OursAmong = placeAmong(theirs, i), placeAmong(ours, i)
	}
	s.Rho, s.Low, s.High = scoring.Missing, scoring.Missing, scoring.Missing
	if len(s.Shared) >= MinShared {
		s.Rho = scoring.Correlation(theirs, ours, scoring.Spearman)
		s.Low, s.High = SpearmanInterval(s.Rho, len(s.Shared))
	}
}

// placeAmong returns the mean rank of x[i] in x, the lowest being 1.
func placeAmong(x []float64, i int) float64 {
	below, same := 0, 0
	for _, v := range x {
		if v < x[i] {
			below++
		} else if v == x[i] {
			same++
		}
	}
	return float64(below) + float64(same+1)/2
}

// z95 is the 97.5th percentile of the standard normal distribution.
const z95 = 1.959963984540054

// SpearmanInterval returns the interval of 95 % of a rank correlation of n
// pairs, by Fisher's z with the standard error √((1+ρ²/2)/(n−3)). It is missing
// for fewer than four pairs, and has no width at −1 and 1.
//
// Reference: Bonett and Wright 2000, Sample size requirements for estimating
// Pearson, Kendall and Spearman correlations, Psychometrika 65(1).
func SpearmanInterval(rho float64, n int) (low, high float64) {
	if n < 4 || scoring.IsMissing(rho) {
		return scoring.Missing, scoring.Missing
	}
	if math.Abs(rho) == 1 {
		return rho, rho
	}
	z, half := math.Atanh(rho), z95*math.Sqrt((1+rho*rho/2)/float64(n-3))
	return math.Tanh(z - half), math.Tanh(z + half)
}

// Differences returns the shared cities of a study by how far the two orders put
// them apart, the farthest first, at most n; those in the same place are left
// out.
func (s *Study) Differences(n int) []Place {
	out := slices.DeleteFunc(slices.Clone(s.Shared), func(p Place) bool { return p.Gap() == 0 })
	slices.SortStableFunc(out, func(a, b Place) int {
		return cmp.Compare(math.Abs(b.Gap()), math.Abs(a.Gap()))
	})
	return out[:min(n, len(out))]
}

// Pull is what one pillar does to a city's score against the mean of other
// cities.
type Pull struct {
	Pillar int
	Points float64 // share of the pillar times the difference of its score from their mean
}

// Pulls returns what each pillar does to the score of one of the study's shared
// cities against the mean of all of them: the pillars that pull it in the
// direction of the difference of the two rankings, the strongest first. Pillars
// without a score are left out. Under the arithmetic mean the points of a city
// with all six pillars add up to its distance from the mean score.
func (r *Ranking) Pulls(s *Study, p Place) []Pull {
	share := r.View.Weights.Shares()
	var out []Pull
	for k := range Pillars {
		var scores []float64
		for _, other := range s.Shared {
			scores = append(scores, r.Pillar[other.Entry][k])
		}
		points := share[k] * (r.Pillar[p.Entry][k] - scoring.Mean(scores))
		if points*p.Gap() > 0 {
			out = append(out, Pull{k, points})
		}
	}
	slices.SortStableFunc(out, func(a, b Pull) int { return cmp.Compare(math.Abs(b.Points), math.Abs(a.Points)) })
	return out
}
