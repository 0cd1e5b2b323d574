// Package model turns a view into a ranking: it selects the cities, has the
// dataset make their indicators under the lens, and has the engine treat,
// normalise, weigh and rank them. It knows no browser.
package model

import (
	"cmp"
	"slices"

	"aicities/app/view"
	"aicities/data"
	"aicities/scoring"
)

// Pillars is the number of pillars, one per actor.
const Pillars = data.NumActors

// Explorer answers views on one dataset. It keeps what the last views needed, so
// that a change of weights alone costs one aggregation. It is for one goroutine.
type Explorer struct {
	Data *data.Dataset

	base    *Ranking // of the default view
	spreads []Spread // made when first asked for
	stage   *stage
}

// stage is the work that weights do not change: a compiled model under a key
// that names all of the view that it depends on.
type stage struct {
	key    string
	cities []int
	counts []int
	raw    [][]float64
	model  *scoring.Model
	err    error
	// evidence, facets and the ranks under the presets are made when first asked for.
	evidence [][Pillars]data.Evidence
	facets   *data.Facets
	presets  [][]int

	presetsWith map[string]int // the view's weights of indicators that presets were ranked with
}

// New returns an explorer of ds.
func New(ds *data.Dataset) *Explorer { return &Explorer{Data: ds} }

// Ranking is what a view gives: one entry per city of its universe, in order of
// city id, unless said otherwise.
type Ranking struct {
	View   view.View
	Cities []int // index into Dataset.Cities
	Score  []float64
	// Rank is the competition rank, 0 for a city that cannot be ranked.
	Rank []int
	// Tied says that another city has the same rank.
	Tied []bool
	// Pillar and Part hold, per city, each pillar's score (NaN where it has
	// none) and what it gives to the score. Parts add up to the score: exactly
	// weight times pillar score under the arithmetic mean, in proportion to
	// that under any other aggregation.
	Pillar, Part [][Pillars]float64
	// Initiatives is the number of records in the city that pass the lens.
	Initiatives []int
	// Order lists the entries by rank, equal ranks by name, unranked ones last.
	Order []int
	// Raw holds the indicators as measured or counted: [indicator][entry].
	Raw [][]float64
	// Left lists the indicators that take no part, because no city has a value
	// or all have the same.
	Left []int

	Model  *scoring.Model
	Result *scoring.Result
	stage  *stage
	// Err says why there is no ranking (for example a method that cannot take
	// the data); then Rank is all zero.
	Err error
}

// Base returns the ranking of the default view. It must not be changed.
func (e *Explorer) Base() *Ranking {
	if e.base == nil {
		e.base = e.Rank(view.Default())
	}
	return e.base
}

// Lens translates the part of a view that filters initiatives.
func (e *Explorer) Lens(v view.View) data.Lens {
	l := data.Lens{From: v.Lens.From, To: v.Lens.To, Text: v.Lens.Text, Partial: v.Partial}
	for _, id := range v.Lens.Actors {
		if a, ok := data.ParseActor(id); ok {
			l.Actors.Add(int(a))
		}
	}
	for _, id := range v.Lens.Sectors {
		if s, ok := e.Data.SectorByID(id); ok {
			l.Sectors.Add(s)
		}
	}
	for _, id := range v.Lens.Ownership {
		if o, ok := data.ParseOwnership(id); ok {
			l.Ownership.Add(int(o))
		}
	}
	for _, id := range v.Lens.Countries {
		if c, ok := e.Data.CountryByCode(id); ok {
			l.Countries.Add(c)
		}
	}
	for _, id := range v.Lens.Sources {
		if s, ok := e.Data.SourceByID(id); ok {
			l.Sources.Add(s)
		}
	}
	return l
}

// Vocabulary tells the view codec which names the dataset has.
func (e *Explorer) Vocabulary() view.Vocabulary {
	d := e.Data
	return view.Vocabulary{
		City:      func(id string) bool { _, ok := d.CityByID(id); return ok },
		Sector:    func(id string) bool { i, ok := d.SectorByID(id); return ok && i > 0 },
		Country:   func(id string) bool { _, ok := d.CountryByCode(id); return ok },
		Source:    func(id string) bool { _, ok := d.SourceByID(id); return ok },
		Indicator: func(id string) bool { _, ok := d.IndicatorByID(id); return ok },
		Region:    func(id string) bool { return slices.Contains(d.Regions, id) },
	}
}

// Rank computes the ranking of a view.
func (e *Explorer) Rank(v view.View) *Ranking {
	v = view.Canonical(v)
	key := view.Format(stageView(v))
	if e.stage == nil || e.stage.key != key {
		e.stage = e.compile(v)
		e.stage.key = key
	}
	s := e.stage
	r := &Ranking{View: v, stage: s, Cities: s.cities, Initiatives: s.counts, Raw: s.raw, Model: s.model, Err: s.err}
	n := len(s.cities)
	r.Score, r.Rank, r.Tied = make([]float64, n), make([]int, n), make([]bool, n)
	r.Pillar, r.Part = make([][Pillars]float64, n), make([][Pillars]float64, n)
	for i := range r.Score {
		r.Score[i] = scoring.Missing
		for p := range Pillars {
			r.Pillar[i][p], r.Part[i][p] = scoring.Missing, 0
		}
	}
	if r.Err == nil {
		r.Result = s.model.NewResult()
		r.Err = s.model.Aggregate(r.Result, e.weights(v), aggregations(v))
	}
	if r.Err == nil {
		e.fill(r)
	}
	r.order(e.Data)
	return r
}

// stageView is v less everything that a compiled model does not depend on.
func stageView(v view.View) view.View {
	w := view.Default()
	w.Norm, w.Treat, w.Missing, w.PerHead, w.Partial = v.Norm, v.Treat, v.Missing, v.PerHead, v.Partial
	w.Within, w.Over = v.Within, v.Over // a mean that needs positive values changes how data are compiled
	w.Universe, w.Lens = v.Universe, v.Lens
	w.Lens.City = ""
	return w
}

func (e *Explorer) compile(v view.View) *stage {
	d := e.Data
	s := &stage{cities: e.universe(v.Universe)}
	lens := e.Lens(v)
	s.raw = d.Matrix(s.cities, lens, nil)
	counts := d.Counts(lens)
	s.counts = make([]int, len(s.cities))
	for i, c := range s.cities {
		for _, n := range counts[c] {
			s.counts[i] += int(n)
		}
	}
	spec, err := e.spec(v, s.cities)
	if err != nil {
		s.err = err
		return s
	}
	s.model, s.err = scoring.Compile(spec, e.perHead(v, s.cities, s.raw))
	return s
}

// perHead copies indicator columns into a matrix, those that scale with
// population per million inhabitants where the view asks for that.
func (e *Explorer) perHead(v view.View, cities []int, columns [][]float64) *scoring.Matrix {
	d := e.Data
	m := scoring.NewMatrix(len(cities), len(d.Indicators))
	for j, col := range columns {
		copy(m.Col(j), col)
		if v.PerHead && d.Indicators[j].PerCapita {
			for i, c := range cities {
				m.Set(i, j, col[i]*1e6/d.Cities[c].Population)
			}
		}
	}
	return m
}

// fill reads the engine's result into r.
func (e *Explorer) fill(r *Ranking) {
	h := r.Model.Hierarchy
	copy(r.Rank, r.Result.Rank)
	share, exact := r.View.Weights.Shares(), r.View.Over == ""
	for i := range r.Cities {
		r.Score[i] = displayed(r.View.Over, r.Result.Score[i], len(r.Cities))
		sum, weight := 0.0, 0.0
		for p := range Pillars {
			x := r.Result.Value(i, h.Leaves+p)
			r.Pillar[i][p] = x
			if !scoring.IsMissing(x) {
				if exact {
					r.Part[i][p] = share[p] * x
				} else {
					r.Part[i][p] = share[p] * max(x, 0)
				}
				sum += r.Part[i][p]
				weight += share[p]
			}
		}
		scale := 0.0
		switch {
		case r.Rank[i] == 0:
		case exact && weight > 0:
			scale = 1 / weight
		case sum > 0:
			scale = r.Score[i] / sum
		}
		for p := range Pillars {
			r.Part[i][p] *= scale
		}
	}
	for j, gone := range r.Model.NoValue {
		if gone {
			r.Left = append(r.Left, j)
		}
	}
}

// displayed brings the scores of outranking methods onto the 0 to 100 of the
// others: net outranking of n cities runs from −(n−1) to n−1, closeness to the
// ideal from 0 to 1. Ranks do not change.
func displayed(over string, score float64, n int) float64 {
	x := displayedScale(over, n) * score
	if over == "copeland" {
		x += 50
	}
	return x
}

// displayedScale is what a difference of scores is multiplied by when displayed.
func displayedScale(over string, n int) float64 {
	switch over {
	case "copeland":
		if n > 1 {
			return 50 / float64(n-1)
		}
	case "topsis":
		return 100
	}
	return 1
}

// order fills Order and Tied.
func (r *Ranking) order(d *data.Dataset) {
	r.Order = make([]int, len(r.Cities))
	seen := make([]int, len(r.Cities)+2)
	for i := range r.Order {
		r.Order[i] = i
		seen[r.Rank[i]]++
	}
	for i, k := range r.Rank {
		r.Tied[i] = k > 0 && seen[k] > 1
	}
	slices.SortFunc(r.Order, func(a, b int) int {
		ra, rb := r.Rank[a], r.Rank[b]
		if ra != rb {
			if ra == 0 || rb == 0 {
				return rb - ra
			}
			return ra - rb
		}
		return cmp.Compare(d.Cities[r.Cities[a]].Name, d.Cities[r.Cities[b]].Name)
	})
}

// Entry returns the entry of a city, or false where the city is not in the
// universe.
func (r *Ranking) Entry(city int) (int, bool) {
	return slices.BinarySearch(r.Cities, city)
}

// Change returns how many places a city has gained (above zero) or lost against
// the default view, and whether both rank it.
func (e *Explorer) Change(r *Ranking, entry int) (int, bool) {
	base := e.Base()
	k, ok := base.Entry(r.Cities[entry])
	if !ok || base.Rank[k] == 0 || r.Rank[entry] == 0 {
		return 0, false
	}
	return base.Rank[k] - r.Rank[entry], true
}

// MissingShare returns the share (0 to 1) of the indicators that take part in a
// ranking for which a city has no figure.
func (e *Explorer) MissingShare(r *Ranking, entry int) float64 {
	if r.Model == nil {
		return 0
	}
	missing, all := 0, 0
	for j, column := range r.Raw {
		if !r.Model.NoValue[j] {
			all++
			if scoring.IsMissing(column[entry]) {
				missing++
			}
		}
	}
	return float64(missing) / float64(max(all, 1))
}

// Evidence returns what stands behind each pillar of each entry, under the
// ranking's lens.
func (e *Explorer) Evidence(r *Ranking) [][Pillars]data.Evidence {
	if r.stage.evidence == nil {
		r.stage.evidence = e.Data.Evidence(r.Cities, e.Lens(r.View))
	}
	return r.stage.evidence
}

// Facets counts initiatives by each property under the ranking's lens.
func (e *Explorer) Facets(r *Ranking) *data.Facets {
	if r.stage.facets == nil {
		f := e.Data.Facets(e.Lens(r.View))
		r.stage.facets = &f
	}
	return r.stage.facets
}
