package model

import (
	"math"
	"testing"

	"aicities/app/view"
	"aicities/data"
	"aicities/scoring"
)

func TestEveryPublishedPositionIsInOneStudy(t *testing.T) {
	e := explorer(t)
	positions := 0
	for _, s := range e.Studies(e.Base()) {
		positions += len(s.Shared) + s.Unranked
		if (len(s.Shared) >= MinShared) == scoring.IsMissing(s.Rho) {
			t.Errorf("%s shares %d cities and has the correlation %v", s.Title, len(s.Shared), s.Rho)
		}
	}
	if positions != len(e.Data.Rankings) {
		t.Errorf("%d of %d positions", positions, len(e.Data.Rankings))
	}
}

// Without ties ρ = 1 − 6Σd²/(n(n²−1)); this checks the correlation and the ranks
// among the shared cities at once.
func TestCorrelationOfStudiesWithoutTiesIsTheTextbookFormula(t *testing.T) {
	e := explorer(t)
	checked := 0
	for _, s := range e.Studies(e.Base()) {
		sum, tied := 0.0, false
		theirs, ours := map[int]bool{}, map[int]bool{}
		for _, p := range s.Shared {
			sum += p.Gap() * p.Gap()
			tied = tied || theirs[p.Theirs] || ours[p.Ours]
			theirs[p.Theirs], ours[p.Ours] = true, true
		}
		n := float64(len(s.Shared))
		if want := 1 - 6*sum/(n*(n*n-1)); !tied && n >= MinShared {
			checked++
			if math.Abs(s.Rho-want) > 1e-12 {
				t.Errorf("%s: %v, want %v", s.Title, s.Rho, want)
			}
		}
	}
	if checked == 0 {
		t.Error("every study has ties")
	}
}

func TestARankingAgreesWithItselfAndDisagreesWithItsReverse(t *testing.T) {
	e := explorer(t)
	r := e.Base()
	for _, c := range []struct {
		name string
		rank func(rank int) int
		want float64
	}{
		{"itself", func(rank int) int { return rank }, 1},
		{"its reverse", func(rank int) int { return 1000 - rank }, -1},
	} {
		e.Data.Rankings = nil
		for _, i := range r.Order[:12] {
			e.Data.Rankings = append(e.Data.Rankings, data.Ranking{Study: c.name, City: r.Cities[i], Rank: c.rank(r.Rank[i])})
		}
		s := e.Studies(r)[0]
		if s.Rho != c.want || s.Low != c.want || s.High != c.want {
			t.Errorf("with %s: %v (%v to %v)", c.name, s.Rho, s.Low, s.High)
		}
	}
}

func TestSpearmanInterval(t *testing.T) {
	for _, c := range []struct {
		rho       float64
		n         int
		low, high float64
	}{
		{0, 103, -0.19352, 0.19352},      // tanh(1.95996/10)
		{0.5, 28, 0.13275, 0.74653},      // z 0.549306, standard error √(1.125/25)
		{-0.5, 28, -0.74653, -0.13275},   // it is symmetric
		{0.9, 8, 0.40804, 0.98691},       // z 1.472219, standard error √(1.405/5)
		{1, 8, 1, 1},                     // no width
		{0.3, 3, math.NaN(), math.NaN()}, // too few
	} {
		low, high := SpearmanInterval(c.rho, c.n)
		if !near(low, c.low) || !near(high, c.high) {
			t.Errorf("ρ = %v of %d: %.5f to %.5f, want %v to %v", c.rho, c.n, low, high, c.low, c.high)
		}
	}
}

func near(a, b float64) bool {
	return math.Abs(a-b) < 1e-4 || math.IsNaN(a) && math.IsNaN(b)
}

// The reasons given for a difference are arithmetic, not prose: all pulls of a
// city with six pillars add up to its distance from the mean score.
func TestPullsPointTheWayOfTheDifference(t *testing.T) {
	e := explorer(t)
	r := e.Base()
	for _, s := range e.Studies(r) {
		if len(s.Shared) < MinShared {
			continue
		}
		last := math.Inf(1)
		for _, p := range s.Differences(5) {
			if gap := math.Abs(p.Gap()); gap == 0 || gap > last {
				t.Errorf("%s: differences are out of order", s.Title)
			} else {
				last = gap
			}
			strongest := math.Inf(1)
			for _, pull := range r.Pulls(&s, p) {
				if pull.Points*p.Gap() <= 0 || math.Abs(pull.Points) > strongest {
					t.Errorf("%s, %s: %+v with the difference %v", s.Title, e.Data.Cities[p.City].ID, pull, p.Gap())
				}
				strongest = math.Abs(pull.Points)
			}
		}
	}
}

func TestStudiesFollowTheView(t *testing.T) {
	e := explorer(t)
	v := view.Default()
	v.Universe = view.Universe{Kind: "region", Region: "Europe"}
	for _, s := range e.Studies(e.Rank(v)) {
		for _, p := range s.Shared {
			if region := e.Data.Regions[e.Data.Region(p.City)]; region != "Europe" {
				t.Errorf("%s is of %s", e.Data.Cities[p.City].ID, region)
			}
		}
	}
}
