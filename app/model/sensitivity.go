package model

import "aicities/scoring"

const (
	// sensitivityRows are drawn; each makes a run per assumption that varies, and
	// two more.
	sensitivityRows = 1024
	factors         = 7  // assumptions that can vary
	sensitivityStep = 24 // runs, a few milliseconds in a browser
	resamples       = 500
)

// Sensitivity says which of the assumptions behind the rank intervals moves the
// ranking. The figures are there when the work is done.
type Sensitivity struct {
	Work
	Ranking *Ranking
	Result  scoring.SensitivityResult
	Err     error
}

// NewSensitivity prepares the analysis of a ranking, under the same assumptions
// as NewCertainty.
func (e *Explorer) NewSensitivity(r *Ranking) *Sensitivity {
	s := &Sensitivity{Ranking: r, Err: r.Err}
	if s.Err == nil {
		s.Err = r.Model.SetWeights(e.weights(r.View))
	}
	if s.Err != nil {
		return s
	}
	runs, err := scoring.NewSensitivity(r.Model, e.Assumptions(r), Seed, sensitivityRows*(factors+2))
	if err != nil {
		s.Err = err
		return s
	}
	step := func() {
		if err := runs.Step(sensitivityStep); err != nil {
			s.Err, s.todo = err, nil
		}
	}
	_, all := runs.Done()
	for k := 0; k < all; k += sensitivityStep {
		s.todo = append(s.todo, step)
	}
	s.todo = append(s.todo, func() { s.Result = runs.Result(resamples) })
	return s
}
