package scoring_test

import (
	"fmt"

	"aicities/scoring"
)

// fourCities is a model of four cities and two pillars of one indicator each.
func fourCities() (*scoring.Model, error) {
	raw, err := scoring.FromRows([][]float64{
		{90, 40}, // Ams
		{60, 80}, // Bcn
		{50, 70}, // Cph
		{10, 20}, // Dub
	})
	if err != nil {
		return nil, err
	}
	h, err := scoring.TwoLevels([]string{"papers", "startups"}, []string{"research", "business"}, []int{0, 1})
	if err != nil {
		return nil, err
	}
	own := scoring.Normalisation{Kind: scoring.NoNorm}
	return scoring.Compile(scoring.Spec{
		Hierarchy: h,
		Indicators: []scoring.Indicator{
			{Code: "papers", Direction: 1, Normalisation: own},
			{Code: "startups", Direction: 1, Normalisation: own},
		},
		Units: []string{"Ams", "Bcn", "Cph", "Dub"},
	}, raw)
}

// Rank intervals under other weights and a geometric mean, in slices of 250
// draws.
func ExampleMonteCarlo() {
	m, err := fourCities()
	if err != nil {
		fmt.Println(err)
		return
	}
	mc, err := scoring.NewMonteCarlo(m, scoring.Assumptions{
		Concentration: 20,
		Aggregations:  [][]scoring.Aggregation{{{Kind: scoring.Geometric}}},
	}, 1, 1000)
	if err != nil {
		fmt.Println(err)
		return
	}
	for mc.Done() < mc.Draws() {
		if err := mc.Step(250); err != nil {
			fmt.Println(err)
			return
		}
	}
	for i, v := range mc.Result() {
		fmt.Printf("%s: rank %d, %d to %d, first in %.0f %%\n", m.Units[i], v.Rank, v.Low, v.High, 100*v.First)
	}
	for _, g := range mc.Groups(scoring.DefaultSeparation) {
		fmt.Println(g.First, g.Last, g.Units)
	}
	// Output:
	// Ams: rank 2, 1 to 3, first in 18 %
	// Bcn: rank 1, 1 to 2, first in 82 %
	// Cph: rank 3, 2 to 3, first in 0 %
	// Dub: rank 4, 4 to 4, first in 0 %
	// 1 2 [1 0]
	// 3 3 [2]
	// 4 4 [3]
}

// Which weights make which city the first.
func ExampleSMAA() {
	m, err := fourCities()
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := scoring.NewSMAA(m, scoring.Assumptions{}, 1, 5000)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := s.Step(10000); err != nil {
		fmt.Println(err)
		return
	}
	for i, v := range s.Result() {
		if v.Central != nil {
			fmt.Printf("%s: first for %.0f %% of the weights, on average with %.2f\n", m.Units[i], 100*v.Rank[0], v.Central)
		}
	}
	// Output:
	// Ams: first for 43 % of the weights, on average with [0.78 0.22]
	// Bcn: first for 57 % of the weights, on average with [0.29 0.71]
}

// Which assumption moves the ranking.
func ExampleSensitivity() {
	m, err := fourCities()
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := scoring.NewSensitivity(m, scoring.Assumptions{
		Concentration: 5,
		Aggregations:  [][]scoring.Aggregation{{{Kind: scoring.Geometric}}},
	}, 1, 4000)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := s.Step(4000); err != nil {
		fmt.Println(err)
		return
	}
	for _, x := range s.Result(200).Indices {
		fmt.Printf("%v: total %.1f\n", x.Factor, x.Total.Value)
	}
	// Output:
	// weights: total 1.0
	// aggregation: total 0.3
}

// Why one city is above another, by pillar.
func ExampleModel_Explain() {
	m, err := fourCities()
	if err != nil {
		fmt.Println(err)
		return
	}
	parts, err := m.Explain(nil, []scoring.Aggregation{{Kind: scoring.Geometric}}, 1, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	h := m.Hierarchy
	for _, c := range append(h.Children[h.Root()], h.Root()) {
		fmt.Printf("%s %+.2f\n", h.Codes[c], parts[c])
	}
	// Output:
	// research -13.29
	// business +22.57
	// index +9.28
}

// How little the weights must change for a city to pass another.
func ExampleModel_Overtake() {
	m, err := fourCities()
	if err != nil {
		fmt.Println(err)
		return
	}
	o, err := m.Overtake(nil, nil, 0, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("possible %v, research from %.1f %% to %.1f %%\n", o.Possible, 100*o.Given[0], 100*o.One[0])
	o, err = m.Overtake(nil, nil, 2, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("possible %v, proven %v\n", o.Possible, o.Exact)
	// Output:
	// possible true, research from 50.0 % to 57.1 %
	// possible false, proven true
}

// The ranks that a city can reach by weights alone.
func ExampleModel_Reach() {
	m, err := fourCities()
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, unit := range m.Units {
		r, err := m.Reach(nil, nil, i, 100)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %d to %d, proven %v\n", unit, r.Best, r.Worst, r.Exact())
	}
	// Output:
	// Ams: 1 to 3, proven true
	// Bcn: 1 to 2, proven true
	// Cph: 2 to 3, proven true
	// Dub: 4 to 4, proven true
}

// The rank of a city as one weight goes from 0 to 100 %.
func ExampleModel_RankPath() {
	m, err := fourCities()
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := m.RankPath(nil, nil, 0, m.Hierarchy.Find("research"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range p.Segments {
		fmt.Printf("%.1f %% to %.1f %%: rank %d\n", 100*s.From, 100*s.To, s.Rank)
	}
	// Output:
	// 0.0 % to 42.9 %: rank 3
	// 42.9 % to 57.1 %: rank 2
	// 57.1 % to 100.0 %: rank 1
}

// How far an indicator must rise for the next rank.
func ExampleModel_WhatIf() {
	m, err := fourCities()
	if err != nil {
		fmt.Println(err)
		return
	}
	w, err := m.WhatIf(nil, nil, 2, m.Hierarchy.Find("papers"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("papers from %.0f to %.1f: rank %d\n", w.From, w.To, w.Rank)
	// Output:
	// papers from 50 to 60.0: rank 2
}
