package scoring

import (
	"slices"
	"testing"
)

func sameValues(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return x == y || IsMissing(x) && IsMissing(y) })
}

// Making a few columns anew gives what compiling all of the data gives, and
// leaves the model as it was.
func FuzzColumnsMadeAnewAreThoseOfAWholeBuild(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		s := newStream(seed, 5)
		m := randomModel(t, seed, 15, 9, 3, 0.2*float64(seed%2), []Aggregation{{}, {Kind: Geometric}}[seed/2%2])
		m.Spec.Missing = []MissingPolicy{LeaveOut, WorstValue, FillMedian}[seed%3]
		m, err := Compile(m.Spec, m.Raw)
		if err != nil {
			t.Fatal(err)
		}
		normalised, details := m.Normalised.Clone(), slices.Clone(m.Details)
		raw := m.given.Clone()
		for range 4 {
			raw.Set(s.intn(15), s.intn(9), 100*s.uniform())
		}
		raw.Set(s.intn(15), s.intn(9), Missing)
		got, err := m.withColumns(raw, changedColumns(m.given, raw))
		if err != nil {
			t.Fatal(err)
		}
		want, err := Compile(m.Spec, raw)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.EqualFunc(got.normal, want.normal, sameValues) || !slices.EqualFunc(got.filled, want.filled, sameValues) || !slices.Equal(got.NoValue, want.NoValue) {
			t.Fatal("the values differ")
		}
		a, b := got.NewResult(), want.NewResult()
		if err := got.Aggregate(a, nil, nil); err != nil {
			t.Fatal(err)
		}
		if err := want.Aggregate(b, nil, nil); err != nil {
			t.Fatal(err)
		}
		if !sameValues(a.Score, b.Score) || !slices.Equal(a.Rank, b.Rank) {
			t.Fatal("the scores differ")
		}
		if !sameValues(m.Normalised.Data, normalised.Data) || !slices.Equal(m.Details, details) {
			t.Fatal("the model has changed")
		}
	})
}

// Values that a mean cannot take are brought to 1 to 100, in their order and
// proportions.
func TestValuesAboveZero(t *testing.T) {
	m := randomModel(t, 3, 12, 6, 2, 0.1)
	m.Normalised.Set(0, 0, 0) // the helper's own values begin at 1
	m.unprepare()
	m.prepare()
	above := m.aboveZero(nil)
	lo, hi, _ := bounds(above.Normalised.Data)
	if lo != 1 || hi != 100 {
		t.Errorf("values run from %v to %v", lo, hi)
	}
	again := m.aboveZero(above)
	for j := range above.normal {
		if !sameValues(again.normal[j], above.normal[j]) || &again.normal[j][0] != &above.normal[j][0] {
			t.Errorf("column %d is not shared", j)
		}
	}
	m.normal[1] = slices.Clone(m.normal[1])
	m.normal[1][1] = 2 * hi
	m.unprepare()
	m.prepare()
	again = m.aboveZero(above)
	if lo, hi, _ := bounds(slices.Concat(again.normal...)); lo != 1 || hi != 100 || &again.normal[0][0] == &above.normal[0][0] {
		t.Errorf("under another map, values run from %v to %v", lo, hi)
	}
	for _, c := range []struct {
		aggs []Aggregation
		want bool
	}{
		{[]Aggregation{{}}, false}, {[]Aggregation{{Kind: Median}}, false}, {[]Aggregation{{Kind: PowerMean, P: 2}}, false},
		{[]Aggregation{{}, {Kind: Geometric}}, true}, {[]Aggregation{{Kind: Copeland}, {Kind: Harmonic}}, true},
		{[]Aggregation{{Kind: Geometric}}, true},
	} {
		if got := m.reachesZero(c.aggs); got != c.want {
			t.Errorf("%v: %v, want %v", c.aggs, got, c.want)
		}
	}
}
