package model

import (
	"cmp"
	"slices"

	"aicities/scoring"
)

// LeaveOut is a ranking made anew without each of the sources that it rests on.
// It is there when the work is done.
type LeaveOut struct {
	Work
	Ranking *Ranking
	Without []Without // the source that moves the ranking most first
	Err     error
}

// Without is what becomes of a ranking when one source is left out: the
// indicators measured by it alone have no values, and its records do not count,
// but for those that another source names, too.
type Without struct {
	Source     int
	Indicators []int   // that have no value without it
	Rank       []int   // of each entry; 0 where it has none
	Shift      float64 // mean number of places, over the cities that both rank
	Most       int     // the entry that moves most
	Places     int     // how many it gains, below zero: loses, without the source
}

// NewLeaveOut prepares the work for a ranking, one step a source.
func (e *Explorer) NewLeaveOut(r *Ranking) *LeaveOut {
	l := &LeaveOut{Ranking: r, Err: r.Err}
	if l.Err != nil {
		return l
	}
	var sources []scoring.Source
	l.todo = append(l.todo, func() { sources = e.eachSource(r) })
	for k := range e.Data.Sources {
		l.todo = append(l.todo, func() {
			if err := e.leaveOut(l, k, sources[k]); err != nil {
				l.Err, l.todo = err, nil
			}
		})
	}
	l.todo = append(l.todo, func() {
		slices.SortStableFunc(l.Without, func(a, b Without) int { return cmp.Compare(b.Shift, a.Shift) })
	})
	return l
}

func (e *Explorer) leaveOut(l *LeaveOut, k int, s scoring.Source) error {
	r := l.Ranking
	if s.Raw == nil && len(s.Indicators) == 0 {
		return nil
	}
	m := s.Raw
	if m == nil {
		m = scoring.NewMatrix(r.Model.Raw.Rows, r.Model.Raw.Cols)
		copy(m.Data, r.Model.Raw.Data)
	}
	for _, j := range s.Indicators {
		for i := range m.Rows {
			m.Set(i, j, scoring.Missing)
		}
	}
	spec, err := e.spec(r.View, r.Cities)
	if err != nil {
		return err
	}
	without, err := scoring.Compile(spec, m)
	if err != nil {
		return err
	}
	result := without.NewResult()
	if err := without.Aggregate(result, e.weights(r.View), aggregations(r.View)); err != nil {
		return err
	}
	w := Without{Source: k, Indicators: s.Indicators, Rank: result.Rank}
	both, most := 0, -1
	for i, rank := range w.Rank {
		if rank == 0 || r.Rank[i] == 0 {
			continue
		}
		both++
		places := r.Rank[i] - rank
		far := max(places, -places)
		w.Shift += float64(far)
		if far > most {
			most, w.Most, w.Places = far, i, places
		}
	}
	if both > 0 {
		w.Shift /= float64(both)
	}
	l.Without = append(l.Without, w)
	return nil
}

// RecordsAndScore returns Spearman's correlation, over the ranked cities, between
// the score and the number of records that the indicators count: how far the
// index is a count of records.
func (r *Ranking) RecordsAndScore() float64 {
	n, score := make([]float64, len(r.Cities)), make([]float64, len(r.Cities))
	for i := range r.Cities {
		n[i], score[i] = float64(r.Initiatives[i]), r.Score[i]
	}
	return scoring.Correlation(n, score, scoring.Spearman)
}

// Spread says where the records of a source are.
type Spread struct {
	Source, Records int
	Countries       []CountryRecords // countries, the one with most records first
}

// CountryRecords is a country with its records of a source.
type CountryRecords struct{ Country, Records int }

// Spreads returns where the records of each source that has some are, the
// largest source first. National records count for their country.
func (e *Explorer) Spreads() []Spread {
	if e.spreads == nil {
		e.spreads = e.spread()
	}
	return e.spreads
}

func (e *Explorer) spread() []Spread {
	d := e.Data
	count := make([][]int, len(d.Sources))
	for row := range d.Len() {
		for _, k := range d.SourcesOf(row) {
			if count[k] == nil {
				count[k] = make([]int, len(d.Countries))
			}
			count[k][d.CountryOf(row)]++
		}
	}
	var out []Spread
	for k, countries := range count {
		if countries == nil {
			continue
		}
		s := Spread{Source: k}
		for c, n := range countries {
			if n > 0 {
				s.Records += n
				s.Countries = append(s.Countries, CountryRecords{c, n})
			}
		}
		slices.SortStableFunc(s.Countries, func(a, b CountryRecords) int { return cmp.Compare(b.Records, a.Records) })
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Spread) int { return cmp.Compare(b.Records, a.Records) })
	return out
}
