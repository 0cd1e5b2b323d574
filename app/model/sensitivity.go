package model

import "aicities/scoring"

const (
	// sensitivityRuns makes 1,024 rows for the seven assumptions that vary at most.
	sensitivityRuns = 1024 * 9
	resamples       = 500
)

// Sensitivity says which of the assumptions behind the rank intervals moves the
// ranking most.
type Sensitivity struct {
	s      *scoring.Sensitivity
	Result scoring.SensitivityResult // of the runs made when Finish was called
}

// NewSensitivity prepares the analysis of a ranking, under the same assumptions
// as NewCertainty.
func (e *Explorer) NewSensitivity(r *Ranking) (*Sensitivity, error) {
	if r.Err != nil {
		return nil, r.Err
	}
	if err := r.Model.SetWeights(e.weights(r.View)); err != nil {
		return nil, err
	}
	s, err := scoring.NewSensitivity(r.Model, e.Assumptions(r), Seed, sensitivityRuns)
	if err != nil {
		return nil, err
	}
	return &Sensitivity{s: s}, nil
}

// Progress returns the share of the runs that are made, 0 to 1.
func (s *Sensitivity) Progress() float64 {
	done, all := s.s.Done()
	return float64(done) / float64(all)
}

// Step makes k further runs.
func (s *Sensitivity) Step(k int) error { return s.s.Step(k) }

// Finish reads the result of the runs made so far, with bootstrap intervals.
func (s *Sensitivity) Finish() { s.Result = s.s.Result(resamples) }
