package scoring

import "strconv"

// The steps that an Error names.
const (
	StepInput     = "input"
	StepDenom     = "denominate"
	StepImpute    = "impute"
	StepScreen    = "screen"
	StepTreat     = "treat"
	StepNormalise = "normalise"
	StepWeights   = "weights"
	StepAggregate = "aggregate"
	StepStats     = "statistics"
)

// Error says which step could not go on, for which indicator (or aggregate)
// and unit, and why. Indicator and Unit are empty where the fault is not of
// one.
type Error struct {
	Step      string
	Indicator string
	Unit      string
	Msg       string
}

func (e *Error) Error() string {
	s := e.Step
	if e.Indicator != "" {
		s += ": indicator " + e.Indicator
	}
	if e.Unit != "" {
		s += ": unit " + e.Unit
	}
	return s + ": " + e.Msg
}

func errorf(step string, parts ...string) *Error {
	msg := ""
	for _, p := range parts {
		msg += p
	}
	return &Error{Step: step, Msg: msg}
}

func itoa(i int) string     { return strconv.Itoa(i) }
func ftoa(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// label names the k-th thing for an error: its code, or its 1-based position.
func label(names []string, k int) string {
	if k >= 0 && k < len(names) && names[k] != "" {
		return names[k]
	}
	return "#" + itoa(k+1)
}
