package model

import (
	"maps"

	"aicities/app/view"
	"aicities/scoring"
)

// PresetRanks returns the rank of each entry of a ranking under each of
// view.Presets, all else as in its view: [preset][entry], 0 for an unranked one.
// It must not be changed.
func (e *Explorer) PresetRanks(r *Ranking) [][]int {
	st := r.stage
	if st.presets == nil || !maps.Equal(st.presetsWith, r.View.Indicators) {
		st.presets, st.presetsWith = nil, r.View.Indicators
		for _, p := range view.Presets {
			v := r.View
			v.Weights = p.Weights
			st.presets = append(st.presets, e.Rank(v).Rank)
		}
	}
	return st.presets
}

// WeightPaths says how the ranks of some entries depend on the weight of one
// pillar, the others keeping their proportions. It is there when its work is
// done.
type WeightPaths struct {
	Work
	Ranking *Ranking
	Pillar  int
	Now     float64 // the pillar's share as it is
	// Entries holds whose ranks are followed; the first is the main one, whose
	// crossings are listed.
	Entries []int
	Paths   []*scoring.RankPath // by Entries
	// Exact tells that crossings are in closed form. Otherwise the method was
	// tried at every whole per cent and crossings lie in the middle between two.
	Exact bool
	Err   error
}

// NewWeightPaths prepares the work.
func (e *Explorer) NewWeightPaths(r *Ranking, pillar int, entries []int) *WeightPaths {
	w := &WeightPaths{Ranking: r, Pillar: pillar, Entries: entries, Now: r.View.Weights.Shares()[pillar]}
	if r.Err != nil {
		w.Err = r.Err
		return w
	}
	// Outranking and closeness to an ideal depend on all cities at once: a path
	// through them has no closed form and is long work for each city.
	if r.View.Over != "" && r.View.Over != "geometric" && r.View.Over != "harmonic" {
		e.tryEveryPercent(w)
		return w
	}
	w.Exact = true
	weights, aggs := e.weights(r.View), aggregations(r.View)
	for _, entry := range entries {
		w.todo = append(w.todo, func() {
			path, err := r.Model.RankPath(weights, aggs, entry, r.Model.Hierarchy.Leaves+pillar)
			if err != nil {
				w.Err = err
				path = &scoring.RankPath{}
			}
			w.Exact = w.Exact && path.Exact
			w.Paths = append(w.Paths, path)
		})
	}
	return w
}

// tryEveryPercent makes the paths by ranking anew with 0 to 100 per cent.
func (e *Explorer) tryEveryPercent(w *WeightPaths) {
	last := map[int]int{} // side of each other entry when it was no tie
	w.Paths = make([]*scoring.RankPath, len(w.Entries))
	for k := range w.Paths {
		w.Paths[k] = &scoring.RankPath{Given: w.Now}
	}
	for percent := range 101 {
		w.todo = append(w.todo, func() {
			v := w.Ranking.View
			v.Weights = v.Weights.With(w.Pillar, percent)
			ranks := e.Rank(v).Rank
			from, to := max(float64(percent)-0.5, 0)/100, min(float64(percent)+0.5, 100)/100
			for k, entry := range w.Entries {
				p := w.Paths[k]
				if n := len(p.Segments); n > 0 && p.Segments[n-1].Rank == ranks[entry] {
					p.Segments[n-1].To = to
				} else {
					p.Segments = append(p.Segments, scoring.RankSegment{From: from, To: to, Rank: ranks[entry]})
				}
			}
			main := w.Entries[0]
			for i := range ranks {
				now := side(ranks, main, i)
				if now != 0 && last[i] == -now {
					w.Paths[0].Crossings = append(w.Paths[0].Crossings, scoring.Crossing{Weight: from, Unit: i, Up: now > 0})
				}
				if now != 0 {
					last[i] = now
				}
			}
		})
	}
}

// side is 1 where entry a ranks above b, -1 below it, 0 where neither does.
func side(ranks []int, a, b int) int {
	switch {
	case ranks[a] == 0 || ranks[b] == 0:
		return 0
	case ranks[a] < ranks[b]:
		return 1
	case ranks[a] > ranks[b]:
		return -1
	}
	return 0
}
