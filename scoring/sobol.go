package scoring

import "slices"

// Sensitivity says which of the assumptions moves the ranking: it estimates the
// first-order and total Sobol indices of the mean absolute rank shift, that is
// of the mean over the units of |rank in a run - rank under the model's own
// choices|, as COINr's get_sensitivity takes it. Units without a rank in either
// do not count.
//
// The first-order index of an assumption is the share of the variance that
// would go if it were known; the total index the share that would stay if all
// others were known. Of n rows that are drawn, two runs each and one more per
// assumption make n (assumptions + 2) runs. Like a MonteCarlo it is run in
// slices and its figures depend on the seed alone.
//
// References: Saltelli 2002, Making best use of model evaluations to compute
// sensitivity indices, Computer Physics Communications 145(2) (sampling);
// Jansen 1999, Analysis of variance designs for model output, Computer Physics
// Communications 117 (estimators); Saltelli et al. 2010, Variance based
// sensitivity analysis of model output, ibid. 181(2), table 2.
type Sensitivity struct {
	sim     *simulator
	seed    uint64
	rows    int
	varying []Factor
	base    []int
	output  []float64 // of run k: row k/(len(varying)+2), there A, B, then A with one factor of B
	done    int
}

// NewSensitivity prepares an analysis of as many whole rows as the given number
// of runs makes, two at least. Only assumptions with more than one alternative
// are analysed; that there is none is an error.
func NewSensitivity(m *Model, a Assumptions, seed uint64, runs int) (*Sensitivity, error) {
	sim, err := newSimulator(m, a)
	if err != nil {
		return nil, err
	}
	s := &Sensitivity{sim: sim, seed: seed}
	for f := range factors {
		if sim.varies(f) {
			s.varying = append(s.varying, f)
		}
	}
	if len(s.varying) == 0 {
		return nil, errorf(StepInput, "no assumption varies")
	}
	per := len(s.varying) + 2
	if s.rows = runs / per; s.rows < 2 {
		return nil, errorf(StepInput, itoa(runs), " runs are too few for ", itoa(len(s.varying)), " assumptions: at least ", itoa(2*per), " are needed")
	}
	base := m.NewResult()
	if err := m.Aggregate(base, nil, nil); err != nil {
		return nil, err
	}
	s.base = base.Rank
	s.output = make([]float64, s.rows*per)
	return s, nil
}

// Done returns how many runs are made and how many there are in all.
func (s *Sensitivity) Done() (done, all int) { return s.done, len(s.output) }

// Step makes up to k further runs; see MonteCarlo.Step.
func (s *Sensitivity) Step(k int) error {
	per := len(s.varying) + 2
	for end := min(len(s.output), s.done+k); s.done < end; s.done++ {
		row, run := s.done/per, s.done%per
		// A row of the sample holds one number per factor for A and for B. That of
		// the weights chooses the stream which they are drawn from.
		r := newStream(s.seed, uint64(row))
		a, b := r.choices(), r.choices()
		u := a
		if run == 1 {
			u = b
		} else if run > 1 {
			f := s.varying[run-2]
			u[f] = b[f]
		}
		if s.sim.varies(FactorWeights) {
			w := newStream(s.seed, uint64(u[FactorWeights]*(1<<53)))
			s.sim.drawWeights(&w)
		} else {
			copy(s.sim.weights, s.sim.base)
		}
		res, err := s.sim.run(&u)
		if err != nil {
			return err
		}
		s.output[s.done] = meanShift(s.base, res.Rank)
	}
	return nil
}

// meanShift returns the mean absolute difference of two rankings over the units
// that both rank; 0 where there is none.
func meanShift(a, b []int) float64 {
	sum, n := 0, 0
	for i, x := range a {
		if y := b[i]; x > 0 && y > 0 {
			sum += max(x-y, y-x)
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(sum) / float64(n)
}

// Estimate is a figure with the 5th and 95th percentile of its bootstrap
// distribution.
type Estimate struct{ Value, Low, High float64 }

// SobolIndex holds the indices of one assumption. The estimators are not bound
// to 0 to 1: a small index may come out below 0.
type SobolIndex struct {
	Factor       Factor
	First, Total Estimate
}

// SensitivityResult is the outcome of a Sensitivity.
type SensitivityResult struct {
	Indices []SobolIndex
	// Mean and Variance of the mean absolute rank shift over the runs of A and B.
	Mean, Variance float64
	Rows           int // complete rows that the figures come from
}

// Result returns the indices from the rows that are complete so far, with
// intervals from the given number of bootstrap resamples of rows (Archer,
// Saltelli and Sobol 1997, Sensitivity measures, ANOVA-like techniques and the
// use of bootstrap, J. Statist. Comput. Simul. 58). Where the output does not
// vary, every index is 0. It returns no indices before 2 rows are complete.
func (s *Sensitivity) Result(resamples int) SensitivityResult {
	per := len(s.varying) + 2
	n := s.done / per
	out := SensitivityResult{Rows: n}
	if n < 2 {
		return out
	}
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	k := len(s.varying)
	first, total := make([]float64, k), make([]float64, k)
	out.Mean, out.Variance = s.estimate(first, total, rows)
	out.Indices = make([]SobolIndex, k)
	for f := range out.Indices {
		out.Indices[f] = SobolIndex{s.varying[f], Estimate{first[f], first[f], first[f]}, Estimate{total[f], total[f], total[f]}}
	}
	if resamples < 1 {
		return out
	}
	sample := make([]float64, 2*k*resamples) // by index, then resample
	for b := range resamples {
		r := newStream(s.seed, uint64(s.rows+b))
		for i := range rows {
			rows[i] = r.intn(n)
		}
		s.estimate(first, total, rows)
		for f := range k {
			sample[f*resamples+b] = first[f]
			sample[(k+f)*resamples+b] = total[f]
		}
	}
	for f := range k {
		out.Indices[f].First.interval(sample[f*resamples : (f+1)*resamples])
		out.Indices[f].Total.interval(sample[(k+f)*resamples : (k+f+1)*resamples])
	}
	return out
}

// interval takes the 5th and 95th percentile of sample, which it sorts.
func (e *Estimate) interval(sample []float64) {
	slices.Sort(sample)
	n := len(sample)
	e.Low, e.High = sample[(n-1)*5/100], sample[(n*95+99)/100-1]
}

// estimate writes Jansen's estimators from the given rows, and returns mean and
// variance of the output of A and B:
//
//	first = 1 - Σ(B - AB)²/(2 n V),  total = Σ(A - AB)²/(2 n V)
//
// where AB is A with the one factor taken from B.
func (s *Sensitivity) estimate(first, total []float64, rows []int) (mean, variance float64) {
	per := len(s.varying) + 2
	n := float64(len(rows))
	for _, i := range rows {
		mean += s.output[i*per] + s.output[i*per+1]
	}
	mean /= 2 * n
	clear(first)
	clear(total)
	for _, i := range rows {
		y := s.output[i*per : (i+1)*per]
		a, b := y[0], y[1]
		variance += (a-mean)*(a-mean) + (b-mean)*(b-mean)
		for f, ab := range y[2:] {
			first[f] += (b - ab) * (b - ab)
			total[f] += (a - ab) * (a - ab)
		}
	}
	variance /= 2*n - 1
	for f := range first {
		if variance == 0 {
			first[f], total[f] = 0, 0
			continue
		}
		first[f] = 1 - first[f]/(2*n*variance)
		total[f] /= 2 * n * variance
	}
	return mean, variance
}
