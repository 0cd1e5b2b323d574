package scoring

// Denominate writes x divided by by, times scale (0 means 1), into dst
// (allocated when nil; it may be x): GDP and a population make GDP per head. A
// missing denominator makes the value missing; a denominator of zero is an
// error that names the unit by its position.
//
// Reference: COINr's Denominate, with its ScaleFactor.
func Denominate(dst, x, by []float64, scale float64) ([]float64, error) {
	if len(by) != len(x) {
		return nil, errorf(StepDenom, itoa(len(by)), " denominators for ", itoa(len(x)), " values")
	}
	if dst == nil {
		dst = make([]float64, len(x))
	}
	if scale == 0 {
		scale = 1
	}
	for i, v := range x {
		if by[i] == 0 && !IsMissing(v) {
			return nil, &Error{Step: StepDenom, Unit: label(nil, i), Msg: "the denominator is 0; leave it empty if it is unknown"}
		}
		dst[i] = v / (by[i] / scale)
	}
	return dst, nil
}
