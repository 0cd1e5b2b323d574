package scoring

import "math/bits"

// MonteCarlo ranks the units again and again under assumptions drawn at
// random. It is run in slices of any size, so that a browser stays responsive:
//
//	mc, err := scoring.NewMonteCarlo(model, assumptions, seed, 10000)
//	for mc.Done() < mc.Draws() {
//		if err := mc.Step(200); err != nil { ... }
//		show(mc.Result()) // a result may be asked for at any time
//	}
//
// Draw d depends on the seed and d alone, so the figures do not depend on the
// slices, and are the same on amd64 and in WebAssembly.
//
// Reference: OECD/JRC Handbook (2008), step 7; Saisana, Saltelli and Tarantola
// (2005), as at [Assumptions].
type MonteCarlo struct {
	sim    *simulator
	seed   uint64
	draws  int
	done   int
	base   []int
	counts []uint32 // units × ranks: how often unit i had rank r+1 at i*n+r
	// ranks holds the rank of every draw, 16 bits each, four draws in a word,
	// so that two units are compared four draws at a time: unit i has the words
	// from i*stride on.
	ranks  []uint64
	stride int
}

// MaxUnits is the largest number of units of a MonteCarlo: ranks take 15 bits.
const MaxUnits = unranked - 1

const (
	unranked  = 1<<15 - 1          // stands after every rank
	lanesHigh = 0x8000800080008000 // the free bit of each of the four ranks in a word
)

// NewMonteCarlo prepares the given number of draws of m under a. m is not
// changed and may be used meanwhile by the same goroutine. It takes 2 bytes per
// unit and draw.
func NewMonteCarlo(m *Model, a Assumptions, seed uint64, draws int) (*MonteCarlo, error) {
	n := m.Raw.Rows
	if draws < 1 {
		return nil, errorf(StepInput, "at least one draw is needed, not ", itoa(draws))
	}
	if n > MaxUnits {
		return nil, errorf(StepInput, itoa(n), " units are more than the ", itoa(MaxUnits), " that can be drawn")
	}
	sim, err := newSimulator(m, a)
	if err != nil {
		return nil, err
	}
	base := m.NewResult()
	if err := m.Aggregate(base, nil, nil); err != nil {
		return nil, err
	}
	mc := &MonteCarlo{sim: sim, seed: seed, draws: draws, base: base.Rank, counts: make([]uint32, n*n), stride: (draws + 3) / 4}
	mc.ranks = make([]uint64, n*mc.stride)
	return mc, nil
}

// Draws returns the number of draws in all, Done how many are made.
func (mc *MonteCarlo) Draws() int { return mc.draws }

// Done returns how many draws are made.
func (mc *MonteCarlo) Done() int { return mc.done }

// Step makes up to k further draws. It stops at the first draw that the data
// cannot take (an aggregation that needs values above zero over aggregates
// that are not, say) with its error, and can be called again only after the
// assumptions are mended. It does not allocate, except the first time that a
// treatment, normalisation, policy or source is met.
func (mc *MonteCarlo) Step(k int) error {
	sim := mc.sim
	n := len(mc.base)
	vary := sim.varies(FactorWeights)
	for end := min(mc.draws, mc.done+k); mc.done < end; mc.done++ {
		s := newStream(mc.seed, uint64(mc.done))
		u := s.choices()
		if vary {
			sim.drawWeights(&s)
		} else {
			copy(sim.weights, sim.base)
		}
		r, err := sim.run(&u)
		if err != nil {
			return err
		}
		word, shift := mc.done/4, 16*(mc.done%4)
		for i, rank := range r.Rank {
			if rank == 0 {
				rank = unranked
			} else {
				mc.counts[i*n+rank-1]++
			}
			mc.ranks[i*mc.stride+word] |= uint64(rank) << shift
		}
	}
	return nil
}

// RankInterval says where the draws put one unit. Where a unit has no score in
// a draw, that draw counts for the probabilities but not for the ranks.
type RankInterval struct {
	Rank         int     // under the model's own choices; 0 for a unit without a score
	Low, High    int     // 5th and 95th percentile of the rank; 0 for a unit that no draw ranks
	Median       int     // 50th percentile
	Mean         float64 // mean rank, missing for a unit that no draw ranks
	First, Top10 float64 // share of draws with rank 1, with rank 1 to 10
	Ranked       float64 // share of draws in which the unit has a rank
}

// Result returns the intervals of all units after the draws made so far. A
// percentile is the smallest rank that at least that share of the draws does
// not exceed (Hyndman and Fan 1996, Sample quantiles in statistical packages,
// definition 1). It costs a few microseconds per unit.
func (mc *MonteCarlo) Result() []RankInterval {
	out := make([]RankInterval, len(mc.base))
	for i := range out {
		out[i] = intervalOf(mc.base[i], mc.counts[i*len(out):(i+1)*len(out)], mc.done)
	}
	return out
}

func intervalOf(base int, counts []uint32, draws int) RankInterval {
	v := RankInterval{Rank: base, Mean: Missing}
	var total, sum, top uint64
	for r, c := range counts {
		total += uint64(c)
		sum += uint64(c) * uint64(r+1)
		if r < 10 {
			top += uint64(c)
		}
	}
	if total == 0 {
		return v
	}
	v.Mean = float64(sum) / float64(total)
	v.First = float64(counts[0]) / float64(draws)
	v.Top10 = float64(top) / float64(draws)
	v.Ranked = float64(total) / float64(draws)
	v.Low, v.Median, v.High = percentile(counts, total, 5), percentile(counts, total, 50), percentile(counts, total, 95)
	return v
}

// percentile returns the smallest rank r with counts up to r of at least p % of
// total, which is not zero.
func percentile(counts []uint32, total uint64, p int) int {
	var cum uint64
	for r, c := range counts {
		cum += uint64(c)
		if cum*100 >= total*uint64(p) {
			return r + 1
		}
	}
	return len(counts)
}

// Distribution returns the share of the draws so far in which unit i had each
// rank, in dst (one entry per unit, allocated when nil): entry r is rank r+1.
func (mc *MonteCarlo) Distribution(dst []float64, i int) []float64 {
	n := len(mc.base)
	if dst == nil {
		dst = make([]float64, n)
	}
	for r := range dst {
		dst[r] = float64(mc.counts[i*n+r]) / float64(max(1, mc.done))
	}
	return dst
}

// Above returns the share of the draws so far in which unit a ranks strictly
// above unit b; a unit without a rank is below every unit with one. It costs
// about one nanosecond per draw.
func (mc *MonteCarlo) Above(a, b int) float64 {
	words := (mc.done + 3) / 4
	x := mc.ranks[a*mc.stride:][:words]
	y := mc.ranks[b*mc.stride:][:words]
	notAbove := 0
	for k, v := range x {
		// In each lane the high bit stays where the rank of a is not below that
		// of b; draws that are not made are equal, so they count as not above.
		notAbove += bits.OnesCount64(((v | lanesHigh) - y[k]) & lanesHigh)
	}
	return float64(4*words-notAbove) / float64(max(1, mc.done))
}
