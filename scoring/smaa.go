package scoring

// SMAA is stochastic multicriteria acceptability analysis: instead of asking
// how units rank under given weights, it asks which weights give a unit which
// rank. The weights of the children of the index are drawn evenly from all that
// there are (those of the nodes below keep to the model's own), the other
// assumptions as in a MonteCarlo. Like it, it is run in slices and its figures
// depend on the seed alone.
//
// References: Lahdelma, Hokkanen and Salminen 1998, SMAA - Stochastic
// multiobjective acceptability analysis, EJOR 106(1); Lahdelma and Salminen
// 2001, SMAA-2: Stochastic multicriteria acceptability analysis for group
// decision making, Operations Research 49(3).
type SMAA struct {
	sim    *simulator
	seed   uint64
	draws  int
	done   int
	ranked int // draws with even weights that are made, at most draws
	counts []uint32
	// sums holds for each unit the sum of the weights of the draws that it
	// leads; unit i has the entries from i*len(nodes) on.
	sums  []float64
	nodes []int

	// The second pass: for each unit that ever leads, draws with its central
	// weights.
	leaders []int
	leads   []uint32 // by leader: how often it leads with its central weights
	passes  int      // draws for each leader
}

// maxConfidenceDraws bounds the draws for one confidence factor: its standard
// error is then below 2.3 %.
const maxConfidenceDraws = 500

// NewSMAA prepares an analysis of m with the given number of draws of weights.
// The Concentration of a does not count. For confidence factors, up to 500
// more draws are made for each unit that leads in any.
func NewSMAA(m *Model, a Assumptions, seed uint64, draws int) (*SMAA, error) {
	if draws < 1 {
		return nil, errorf(StepInput, "at least one draw is needed, not ", itoa(draws))
	}
	a.Concentration = 0
	sim, err := newSimulator(m, a)
	if err != nil {
		return nil, err
	}
	n := m.Raw.Rows
	nodes := m.Hierarchy.Children[m.Hierarchy.Root()]
	for _, k := range nodes {
		sim.alpha[k] = 1 // Dirichlet(1, ..., 1) is even on the simplex
	}
	s := &SMAA{sim: sim, seed: seed, draws: draws, counts: make([]uint32, n*n), sums: make([]float64, n*len(nodes)), nodes: nodes, passes: 1}
	for f := FactorTreatment; f < factors; f++ {
		if sim.varies(f) {
			s.passes = min(draws, maxConfidenceDraws)
		}
	}
	return s, nil
}

// Done returns how many runs are made and how many there are in all; the
// second grows once, when it is known which units ever lead.
func (s *SMAA) Done() (done, all int) {
	return s.done, s.draws + len(s.leaders)*s.passes
}

// Step makes up to k further runs; see MonteCarlo.Step.
func (s *SMAA) Step(k int) error {
	for range k {
		switch {
		case s.ranked < s.draws:
			if err := s.draw(); err != nil {
				return err
			}
			s.ranked++
			if s.ranked == s.draws {
				s.findLeaders()
			}
		case s.done < s.draws+len(s.leaders)*s.passes:
			if err := s.confirm(s.done - s.draws); err != nil {
				return err
			}
		default:
			return nil
		}
		s.done++
	}
	return nil
}

func (s *SMAA) draw() error {
	sim, n := s.sim, s.sim.model.Raw.Rows
	r := newStream(s.seed, uint64(s.ranked))
	u := r.choices()
	copy(sim.weights, sim.base)
	sim.drawSiblings(&r, s.nodes)
	var total float64
	for _, k := range s.nodes {
		total += sim.weights[k]
	}
	for _, k := range s.nodes {
		sim.weights[k] /= total
	}
	res, err := sim.run(&u)
	if err != nil {
		return err
	}
	for i, rank := range res.Rank {
		if rank == 0 {
			continue
		}
		s.counts[i*n+rank-1]++
		if rank == 1 {
			for c, k := range s.nodes {
				s.sums[i*len(s.nodes)+c] += sim.weights[k]
			}
		}
	}
	return nil
}

func (s *SMAA) findLeaders() {
	n := s.sim.model.Raw.Rows
	for i := range n {
		if s.counts[i*n] > 0 {
			s.leaders = append(s.leaders, i)
		}
	}
	s.leads = make([]uint32, len(s.leaders))
}

// confirm makes one run of the second pass.
func (s *SMAA) confirm(run int) error {
	sim := s.sim
	at := run / s.passes
	i := s.leaders[at]
	r := newStream(s.seed, uint64(s.draws+run%s.passes)) // the same choices for every leader
	u := r.choices()
	copy(sim.weights, sim.base)
	for c, k := range s.nodes {
		sim.weights[k] = s.sums[i*len(s.nodes)+c]
	}
	res, err := sim.run(&u)
	if err != nil {
		return err
	}
	if res.Rank[i] == 1 {
		s.leads[at]++
	}
	return nil
}

// Acceptability is what SMAA says of one unit.
type Acceptability struct {
	// Rank[r] is the rank acceptability index: the share of all weights that
	// give the unit rank r+1.
	Rank []float64
	// Central holds the central weights, one per child of the index, sum 1: the
	// mean of the weights that make the unit first. Nil where none does.
	Central []float64
	// Confidence is the share of the other assumptions under which the unit is
	// first with its central weights; missing where it has none, or as long as
	// the runs for it are not made.
	Confidence float64
}

// Result returns the analysis after the runs made so far.
func (s *SMAA) Result() []Acceptability {
	n := s.sim.model.Raw.Rows
	out := make([]Acceptability, n)
	for i := range out {
		out[i].Rank = make([]float64, n)
		out[i].Confidence = Missing
		for r := range n {
			out[i].Rank[r] = float64(s.counts[i*n+r]) / float64(max(1, s.ranked))
		}
		if s.counts[i*n] > 0 {
			out[i].Central = unitWeights(s.sums[i*len(s.nodes) : (i+1)*len(s.nodes)])
		}
	}
	for at, i := range s.leaders {
		if s.done >= s.draws+(at+1)*s.passes {
			out[i].Confidence = float64(s.leads[at]) / float64(s.passes)
		}
	}
	return out
}
