// Package scoring builds composite indicators: an index of many units (cities,
// countries) made of indicators in a hierarchy of any depth.
//
// Steps are pure functions on columns and matrices: Impute, Treat, Normalise,
// AggregateColumns, Rank. A Model is a Spec of all of them compiled for data,
// so that it can be aggregated again and again, with other weights or other
// methods, without allocating: that is what a slider, or a Monte Carlo
// analysis, needs.
//
// A missing value is NaN and is never taken for zero.
package scoring
