package model

import "aicities/scoring"

// PillarRank returns the place of an entry in one pillar (1 is best, ties share
// the better place), 0 where it has no score there.
func PillarRank(r *Ranking, entry, pillar int) int {
	x := r.Pillar[entry][pillar]
	if scoring.IsMissing(x) {
		return 0
	}
	rank := 1
	for i := range r.Pillar {
		if r.Pillar[i][pillar] > x+scoring.DefaultTolerance {
			rank++
		}
	}
	return rank
}

// PillarMedian returns the median score of the ranked cities in one pillar,
// missing where none has one.
func PillarMedian(r *Ranking, pillar int) float64 {
	x := make([]float64, 0, len(r.Pillar))
	for i := range r.Pillar {
		if r.Rank[i] > 0 {
			x = append(x, r.Pillar[i][pillar])
		}
	}
	return scoring.MedianOf(x)
}

// PillarBest returns the entry with the highest score in one pillar, -1 where
// none has one.
func PillarBest(r *Ranking, pillar int) int {
	best := -1
	for i := range r.Pillar {
		if x := r.Pillar[i][pillar]; r.Rank[i] > 0 && !scoring.IsMissing(x) && (best < 0 || x > r.Pillar[best][pillar]) {
			best = i
		}
	}
	return best
}
