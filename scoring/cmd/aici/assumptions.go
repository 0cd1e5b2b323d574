package main

import (
	"flag"
	"fmt"
	"slices"
	"strings"

	"aicities/scoring"
)

// assumptionFlags say what is uncertain about an index. The method's own choice
// is always one of the alternatives.
type assumptionFlags struct {
	seed                                   uint64
	concentration, dropIndicator           float64
	treat, impute, normalise, aggregations string
}

func (f *assumptionFlags) add(fs *flag.FlagSet) {
	fs.Uint64Var(&f.seed, "seed", 1, "seed of the random numbers; the same seed gives the same figures")
	fs.Float64Var(&f.concentration, "concentration", scoring.DefaultConcentration, "of the Dirichlet distribution of weights around the given ones; 0 keeps the weights")
	fs.StringVar(&f.treat, "treat", "none", "other treatments: none, winsorise, log_CT, comma-separated; '' for no other")
	fs.StringVar(&f.impute, "impute", "none,i_median", "other imputations: none, i_mean, i_median; '' for no other")
	fs.StringVar(&f.normalise, "normalise", "n_prank,n_zscore", "other normalisations: "+strings.Join(alternativeNames(normalisationAlternatives), ", ")+"; '' for no other")
	fs.StringVar(&f.aggregations, "aggregate", "a_gmean", "other aggregations: "+strings.Join(alternativeNames(aggregationAlternatives), ", ")+"; '' for no other")
	fs.Float64Var(&f.dropIndicator, "drop", 0.5, "probability that a run leaves out one indicator")
}

type alternative[T any] struct {
	name  string
	value T
}

var (
	treatmentAlternatives = []alternative[scoring.Treatment]{
		{"none", scoring.Treatment{}},
		{"winsorise", scoring.Treatment{First: scoring.Winsorise}},
		{"log_CT", scoring.Treatment{First: scoring.LogCT}},
	}
	imputationAlternatives = []alternative[scoring.ImputeKind]{
		{"none", scoring.NoImputation}, {"i_mean", scoring.ImputeMean}, {"i_median", scoring.ImputeMedian},
	}
	normalisationAlternatives = []alternative[scoring.Normalisation]{
		{"n_minmax", scoring.Normalisation{Kind: scoring.MinMax}},
		{"n_zscore", scoring.Normalisation{Kind: scoring.ZScore}},
		{"n_rank", scoring.Normalisation{Kind: scoring.RankNorm}},
		{"n_borda", scoring.Normalisation{Kind: scoring.Borda}},
		{"n_prank", scoring.Normalisation{Kind: scoring.PercentileRank}},
		{"n_dist2max", scoring.Normalisation{Kind: scoring.DistMax}},
	}
	aggregationAlternatives = []alternative[scoring.Aggregation]{
		{"a_amean", scoring.Aggregation{}},
		{"a_gmean", scoring.Aggregation{Kind: scoring.Geometric}},
		{"a_hmean", scoring.Aggregation{Kind: scoring.Harmonic}},
		{"a_median", scoring.Aggregation{Kind: scoring.Median}},
		{"a_copeland", scoring.Aggregation{Kind: scoring.Copeland}},
		{"a_topsis", scoring.Aggregation{Kind: scoring.TOPSIS}},
		{"a_min", scoring.Aggregation{Kind: scoring.Minimum}},
	}
)

func alternativeNames[T any](list []alternative[T]) []string {
	names := make([]string, len(list))
	for k, a := range list {
		names[k] = a.name
	}
	return names
}

// choose returns the alternatives that a comma-separated flag names.
func choose[T any](flagName, value string, list []alternative[T]) ([]T, error) {
	var out []T
	for _, name := range strings.Split(value, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		k := slices.IndexFunc(list, func(a alternative[T]) bool { return a.name == name })
		if k < 0 {
			return nil, fmt.Errorf("-%s: unknown name %q; the known ones are %s", flagName, name, strings.Join(alternativeNames(list), ", "))
		}
		out = append(out, list[k].value)
	}
	return out, nil
}

// assumptions returns what the flags say for a built index. Without missing
// values there is no other imputation.
func (f *assumptionFlags) assumptions(b *scoring.Built) (scoring.Assumptions, error) {
	a := scoring.Assumptions{Concentration: f.concentration, DropIndicator: f.dropIndicator}
	var err error
	if a.Treatments, err = choose("treat", f.treat, treatmentAlternatives); err != nil {
		return a, err
	}
	if a.Normalisations, err = choose("normalise", f.normalise, normalisationAlternatives); err != nil {
		return a, err
	}
	aggs, err := choose("aggregate", f.aggregations, aggregationAlternatives)
	if err != nil {
		return a, err
	}
	for _, g := range aggs {
		a.Aggregations = append(a.Aggregations, []scoring.Aggregation{g})
	}
	kinds, err := choose("impute", f.impute, imputationAlternatives)
	if err != nil || !slices.ContainsFunc(b.Denominated.Data, scoring.IsMissing) {
		return a, err
	}
	for _, kind := range kinds {
		filled := b.Denominated.Clone()
		for j := range filled.Cols {
			x := filled.Col(j)
			if _, err := scoring.Impute(x, x, kind, nil); err != nil {
				return a, err
			}
		}
		a.Filled = append(a.Filled, filled.SelectRows(b.Kept))
	}
	return a, nil
}

// needIndex builds the project and asks for an index.
func (p *project) needIndex() (*scoring.Built, error) {
	if !p.method.aggregate {
		return nil, fmt.Errorf("the method has no \"aggregate\" step: there is no index and no rank")
	}
	return p.build()
}
