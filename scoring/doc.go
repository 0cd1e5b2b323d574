// Package scoring builds composite indicators: an index of many units (cities,
// countries) made of indicators in a hierarchy of any depth.
//
// A build follows the field's handbook (OECD/JRC, Handbook on Constructing
// Composite Indicators, 2008) and gives the figures of its reference
// implementation, the R package COINr: denominate, impute, screen, treat,
// normalise, weight and aggregate, rank. Each step is a pure function on a
// column or a matrix, [Denominate], [Impute], [Screen], [Treat], [Normalise],
// [AggregateColumns], [Rank]; [Build] runs them all.
//
// For an index that is re-weighted again and again, by a slider or by a Monte
// Carlo analysis, [Compile] does all that does not depend on weights once:
//
//	h, err := scoring.TwoLevels(
//		[]string{"papers", "labs", "speed"}, // indicators: the columns of raw
//		[]string{"research", "network"},     // pillars
//		[]int{0, 0, 1})                      // pillar of each indicator
//	model, err := scoring.Compile(scoring.Spec{
//		Hierarchy: h,
//		Indicators: []scoring.Indicator{
//			{Code: "papers", Direction: 1, Treatment: scoring.LogCounts},
//			{Code: "labs", Direction: 1, Treatment: scoring.LogCounts},
//			{Code: "speed", Direction: 1},
//		},
//		Aggregation: []scoring.Aggregation{{Kind: scoring.Arithmetic}, {Kind: scoring.Geometric}},
//		KeepAboveZero: true,
//	}, raw)
//	result := model.NewResult()
//	err = model.Aggregate(result, weights, nil) // no allocation from here on
//
// result.Score and result.Rank then hold the index and the competition rank of
// each unit, result.Value the score of a unit at any node.
//
// # Certainty and explanation
//
// [NewMonteCarlo] ranks a model again and again under other plausible
// [Assumptions] and gives rank intervals, pairs and groups that cannot be told
// apart; [NewSMAA] asks which weights give which rank, [NewSensitivity] which
// assumption moves the ranking. Each is run in slices, so that a browser stays
// responsive, and its figures depend on the seed alone.
//
// [Model.Explain] splits the difference of two units exactly, under any method;
// [Model.Overtake], [Model.Reach] and [Model.RankPath] say what other weights
// would do, with proofs where the index is a mean; [Model.WhatIf] what a better
// value would.
//
// # Conventions
//
// Units are rows, indicators columns; a [Matrix] is stored by column. A missing
// value is NaN ([IsMissing]) and is never taken for zero; infinities are
// refused. Weights are one per node of the [Hierarchy], relative to siblings,
// and need not add up to one; nil means equal. Functions that fill a slice
// take it as dst, allocate it when it is nil, and may write over their input.
// What a method cannot take is an [*Error] that names step, indicator and unit.
//
// The package holds no global state and draws no random number but from a
// given seed. It gives the same figures natively and in WebAssembly.
package scoring
