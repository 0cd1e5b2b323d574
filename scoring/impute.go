package scoring

import "slices"

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
	byGroup := kind == ImputeGroupMean || kind == ImputeGroupMedian
	if byGroup && len(groups) != len(x) {
		return nil, errorf(StepImpute, "group imputation needs a group for each of the ", itoa(len(x)), " units, not ", itoa(len(groups)))
	}
	switch {
	case kind > ImputeGroupMedian:
		return nil, errorf(StepImpute, "unknown method ", itoa(int(kind)))
	case kind == NoImputation || isComplete(x):
		return dst, nil
	case !byGroup:
		fillWith(dst, kind, x)
		return dst, nil
	}
	values := map[string][]float64{}
	for i, g := range groups {
		if g != "" && !IsMissing(x[i]) {
			values[g] = append(values[g], x[i])
		}
	}
	for i, v := range dst {
		if g := groups[i]; IsMissing(v) && g != "" {
			fillWith(dst[i:i+1], kind, values[g])
		}
	}
	return dst, nil
}

// fillWith replaces what is missing in dst by the mean or median of values,
// which leaves it missing where there is none.
func fillWith(dst []float64, kind ImputeKind, values []float64) {
	fill := Mean(values)
	if kind == ImputeMedian || kind == ImputeGroupMedian {
		fill = MedianOf(values)
	}
	for i, v := range dst {
		if IsMissing(v) {
			dst[i] = fill
		}
	}
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
	slices.Sort(s)
	if len(s)%2 == 1 {
		return s[len(s)/2]
	}
	return (s[len(s)/2-1] + s[len(s)/2]) / 2
}
