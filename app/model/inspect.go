package model

import (
	"aicities/scoring"
)

// Inspection is what an analyst asks of one indicator of a ranking.
type Inspection struct {
	Indicator int // index into Dataset.Indicators
	// Effective is the indicator's share in the index where nothing is missing;
	// 0 for one that takes no part.
	Effective float64
	// Weight is its share inside its pillar.
	Weight float64
	// Missing is the share of cities without a value, Zero with none of it.
	Missing, Zero float64
	// Skew is the skewness before and after treatment; missing where the values
	// are all the same.
	Skew, Treated float64
}

// Inspect returns the Inspection of every indicator, in the dataset's order;
// nil where there is no ranking.
func (e *Explorer) Inspect(r *Ranking) []Inspection {
	if r.Err != nil {
		return nil
	}
	w := e.weights(r.View)
	for j, gone := range r.Model.NoValue {
		if gone {
			w[j] = 0
		}
	}
	h := r.Model.Hierarchy
	effective := scoring.EffectiveWeights(h, w)
	out := make([]Inspection, len(e.Data.Indicators))
	for j := range out {
		x := Inspection{Indicator: j, Effective: effective[j]}
		if of := effective[h.Parent[j]]; of > 0 {
			x.Weight = effective[j] / of
		}
		col := r.Raw[j]
		for _, v := range col {
			switch {
			case scoring.IsMissing(v):
				x.Missing += 1 / float64(len(col))
			case v == 0:
				x.Zero += 1 / float64(len(col))
			}
		}
		x.Skew, x.Treated = scoring.Skew(r.Model.Raw.Col(j)), scoring.Skew(r.Model.Treated.Col(j))
		out[j] = x
	}
	return out
}

// Correlations returns Pearson's correlation of the pillars and the index with
// one another: a row and a column per pillar, and one for the index at the end.
func (r *Ranking) Correlations() *scoring.Matrix {
	x := scoring.NewMatrix(len(r.Cities), Pillars+1)
	for i := range r.Cities {
		for p := range Pillars {
			x.Set(i, p, r.Pillar[i][p])
		}
		x.Set(i, Pillars, r.Score[i])
	}
	return scoring.Correlations(x, x, scoring.Pearson)
}
