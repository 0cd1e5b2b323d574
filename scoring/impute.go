package scoring

import "sort"

// ImputeKind names a way to fill missing values.
type ImputeKind uint8

// Imputation methods, with COINr's names in brackets.
const (
	NoImputation      ImputeKind = iota
	ImputeMean                   // mean of the indicator (i_mean)
	ImputeMedian                 // median of the indicator (i_median)
	ImputeGroupMean              // mean of the unit's group (i_mean_grp)
	ImputeGroupMedian            // median of the unit's group (i_median_grp)
)

// Impute writes x with its missing values filled into dst (allocated when nil;
// it may be x). groups gives each unit's group for the two group methods; a
// unit without a group (""), or whose group has no value, stays missing.
//
// Reference: OECD/JRC Handbook (2008), step 2.
func Impute(dst, x []float64, kind ImputeKind, groups []string) ([]float64, error) {
	if dst == nil {
		dst = make([]float64, len(x))
	}
	if len(dst) > 0 && &dst[0] != &x[0] {
		copy(dst, x)
	}
	switch kind {
	case NoImputation:
		return dst, nil
	case ImputeMean, ImputeMedian:
		fill := Mean(x)
		if kind == ImputeMedian {
			fill = MedianOf(x)
		}
		for i, v := range dst {
			if IsMissing(v) {
				dst[i] = fill
			}
		}
		return dst, nil
	case ImputeGroupMean, ImputeGroupMedian:
	default:
		return nil, errorf(StepImpute, "unknown method ", itoa(int(kind)))
	}
	if len(groups) != len(x) {
		return nil, errorf(StepImpute, "group imputation needs a group for each of the ", itoa(len(x)), " units, not ", itoa(len(groups)))
	}
	byGroup := map[string][]float64{}
	for i, g := range groups {
		if g != "" && !IsMissing(x[i]) {
			byGroup[g] = append(byGroup[g], x[i])
		}
	}
	for i, v := range dst {
		if !IsMissing(v) || groups[i] == "" || len(byGroup[groups[i]]) == 0 {
			continue
		}
		if kind == ImputeGroupMean {
			dst[i] = Mean(byGroup[groups[i]])
		} else {
			dst[i] = MedianOf(byGroup[groups[i]])
		}
	}
	return dst, nil
}

// MedianOf returns the median of the present values of x, missing when there
// is none.
func MedianOf(x []float64) float64 {
	s := make([]float64, 0, len(x))
	for _, v := range x {
		if v == v {
			s = append(s, v)
		}
	}
	if len(s) == 0 {
		return Missing
	}
	sort.Float64s(s)
	if len(s)%2 == 1 {
		return s[len(s)/2]
	}
	return (s[len(s)/2-1] + s[len(s)/2]) / 2
}
