// Package view holds a view, which is everything that a link carries (what
// counts, the lens, the method, the order and the selection), and its codec.
//
// A view and its link are one to one: Format writes the canonical query string
// (fixed order of keys, defaults left out, at most MaxLength bytes) and Parse
// reads it back to an equal view. Parse never fails: what it cannot read is
// left at its default and told as a Problem.
package view

import "slices"

// Pillars is the number of pillars; weights are in the order of PillarIDs.
const Pillars = 6

// PillarIDs names the pillars, one per actor, in the order used everywhere.
var PillarIDs = [Pillars]string{"government", "enterprise", "startup", "university", "data_centre", "telecom"}

// Weights are the pillars' relative weights: whole numbers that are not
// negative, not all zero, and without a common divisor, so that one set of
// proportions has one form.
type Weights [Pillars]int

// EqualWeights is the default: every pillar counts the same.
var EqualWeights = Weights{1, 1, 1, 1, 1, 1}

// Lens says which initiatives count. An empty field lets everything pass.
type Lens struct {
	Actors    []string // pillar ids
	Sectors   []string // sector ids
	Ownership []string // public, private, mixed
	Countries []string // ISO 3166-1 alpha-2
	Sources   []string // source ids
	City      string   // city id; used by the list of initiatives, not by the ranking
	From, To  int      // first and last year; 0 is open. Records without a year pass only where both are 0.
	Text      string   // words that must all occur
}

// Empty reports whether the lens lets every initiative pass.
func (l Lens) Empty() bool {
	return len(l.Actors) == 0 && len(l.Sectors) == 0 && len(l.Ownership) == 0 && len(l.Countries) == 0 &&
		len(l.Sources) == 0 && l.City == "" && l.From == 0 && l.To == 0 && l.Text == ""
}

// List says what of the list of initiatives is shown beside the lens, and in
// which order; the ranking does not heed it. Unlike the ranking, the list shows
// records of partial coverage unless told otherwise.
type List struct {
	Coverage string // one of CoverageIDs
	Level    string // one of LevelIDs
	Order    string // one of OrderIDs
}

// Universe says which cities are ranked: one of UniverseIDs.
type Universe struct {
	Kind   string   // "" is the default 100
	Region string   // for kind "region"
	Cities []string // for kind "own"
}

// Map is the part of the world map that is shown. The zero value is all of it.
type Map struct {
	Zoom int // one of MapZooms; 0 shows the whole map
	X, Y int // the middle, in thousandths of the map's width and height
}

// MapZooms are the enlargements of the map beside 1.
var MapZooms = []int{2, 4, 8, 16}

// clamped keeps the part inside the map.
func (m Map) clamped() Map {
	if !slices.Contains(MapZooms, m.Zoom) {
		return Map{}
	}
	edge := 500 / m.Zoom
	m.X = min(max(m.X, edge), 1000-edge)
	m.Y = min(max(m.Y, edge), 1000-edge)
	return m
}

// Moved returns the map enlarged to zoom (1 is the whole) around a middle in
// thousandths, kept inside the map.
func Moved(zoom, x, y int) Map { return Map{zoom, x, y}.clamped() }

// View is everything that a link carries. The zero value with EqualWeights is
// the default view; use Default.
type View struct {
	Weights    Weights
	Indicators map[string]int // weight inside its pillar in tenths (10 is one), only where changed

	Norm     string // normalisation, "" is min-max
	Within   string // aggregation within pillars, "" is arithmetic
	Over     string // aggregation over pillars, "" is arithmetic
	Treat    string // treatment, "" is what each indicator states
	Missing  string // missing values, "" is leave out
	PerHead  bool   // per million inhabitants where that makes sense
	Partial  bool   // initiatives of partial sources count too
	Universe Universe

	Lens Lens

	List List // the list of initiatives

	Sort     string // column of the table, "" is rank; a leading minus turns it round
	Find     string // words that a row of the table must hold
	Selected string // city id
	Pinned   []string
	Compare  []string // two to six city ids
	Against  string   // city id that 'why this rank' compares with
	Pair     []string // the two of Compare whose difference is taken apart

	Map   Map
	Chart string // "", or one of ChartIDs
	X, Y  string // indicator ids of the scatter
	Pivot string // pillar of 'rank against one weight'
	Focus string // indicator id of the distribution

	Embed   bool
	Edition string // "" is the edition at hand
}

// Default is the view of a bare address.
func Default() View { return View{Weights: EqualWeights} }

// Closed vocabularies of a view. The first of each is the default and is never
// written into a link.
var (
	NormIDs     = []string{"", "zscore", "rank", "max", "quintile"}
	AggIDs      = []string{"", "geometric", "harmonic", "median", "copeland", "topsis"}
	WithinIDs   = []string{"", "geometric", "harmonic", "median"}
	TreatIDs    = []string{"", "none", "log", "winsor"}
	MissingIDs  = []string{"", "zero", "median", "require"}
	UniverseIDs = []string{"", "population", "output", "all", "region", "own"}
	OwnershipID = []string{"public", "private", "mixed"}
	CoverageIDs = []string{"", "global", "partial"}
	LevelIDs    = []string{"", "city", "national"}
	OrderIDs    = []string{"", "name", "city", "year", "oldest", "actor"} // "" is by relevance
	ChartIDs    = []string{"", "bump", "weight", "scatter", "distribution"}
	SortIDs     = []string{"", "city", "country", "score", "initiatives", "change", "interval", "missing",
		"government", "enterprise", "startup", "university", "data_centre", "telecom", "name", "year", "sector", "organisation", "source"}
)

// Limits of what one view may hold; they keep a link under MaxLength.
const (
	MaxLength  = 2000 // bytes of a link's query
	MaxText    = 240  // bytes of the lens's text after escaping
	MaxPinned  = 12
	MaxCompare = 6
	MaxOwn     = 40
	MinYear    = 1950
	MaxYear    = 2030
	maxWeight  = 1000
	maxShare   = 100 // of an indicator, in tenths
)

// Preset is a named set of pillar weights.
type Preset struct {
	ID      string
	Weights Weights
}

// Presets in the order in which they are offered. The shares are round numbers
// that put about two thirds of the weight on what the name says.
var Presets = []Preset{
	{"equal", EqualWeights},
	{"public", Weights{12, 1, 1, 4, 1, 1}},
	{"business", Weights{1, 8, 8, 1, 1, 1}},
	{"research", Weights{1, 3, 1, 13, 1, 1}},
	{"infrastructure", Weights{1, 1, 1, 1, 8, 8}},
}

// reduced returns the weights divided by their greatest common divisor, and
// EqualWeights for weights that are all zero.
func (w Weights) reduced() Weights {
	g := 0
	for _, x := range w {
		g = gcd(g, max(x, 0))
	}
	if g == 0 {
		return EqualWeights
	}
	for i := range w {
		w[i] = max(w[i], 0) / g
	}
	return w
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// Shares returns the weights as fractions that sum to one.
func (w Weights) Shares() [Pillars]float64 {
	var s [Pillars]float64
	sum := 0
	for _, x := range w {
		sum += x
	}
	for i, x := range w {
		s[i] = float64(x) / float64(sum)
	}
	return s
}

// Percent returns the weights in whole per cent that sum to exactly 100 (largest
// remainders, the first pillar winning ties).
func (w Weights) Percent() [Pillars]int { return apportion(w, 100) }

// apportion splits total in proportion to w by largest remainders.
func apportion(w Weights, total int) [Pillars]int {
	var part, rest [Pillars]int
	sum, given := 0, 0
	for _, x := range w {
		sum += x
	}
	for i, x := range w {
		part[i], rest[i] = x*total/sum, x*total%sum
		given += part[i]
	}
	for ; given < total; given++ {
		best := 0
		for i := range rest {
			if rest[i] > rest[best] {
				best = i
			}
		}
		part[best]++
		rest[best] = -1
	}
	return part
}

// With returns the weights after pillar i is set to percent (0 to 100) of the
// whole; the others keep their proportions to one another, or share equally
// where they were all zero.
func (w Weights) With(i, percent int) Weights { return w.WithTenths(i, 10*percent) }

// WithTenths is With in tenths of a per cent (0 to 1000).
func (w Weights) WithTenths(i, tenths int) Weights {
	tenths = min(max(tenths, 0), 1000)
	others := w
	others[i] = 0
	if others == (Weights{}) {
		others = EqualWeights
		others[i] = 0
	}
	// Tenths of a per cent keep the others' proportions without letting the
	// numbers in the link grow.
	var out Weights
	for k, p := range apportion(others, 1000-tenths) {
		out[k] = p
	}
	out[i] = tenths
	return out.reduced()
}

// NearestWeights returns the weights in tenths of a per cent nearest to shares
// that are not negative and sum to one.
func NearestWeights(shares []float64) Weights {
	var fine Weights
	for i := range min(len(shares), Pillars) {
		fine[i] = int(shares[i]*1e6 + 0.5)
	}
	return Weights(apportion(fine, 1000)).reduced()
}

// Equal reports whether two views are the same.
func (v View) Equal(o View) bool { return Format(v) == Format(o) }

// clone returns a copy that shares nothing with v.
func (v View) clone() View {
	v.Lens.Actors = slices.Clone(v.Lens.Actors)
	v.Lens.Sectors = slices.Clone(v.Lens.Sectors)
	v.Lens.Ownership = slices.Clone(v.Lens.Ownership)
	v.Lens.Countries = slices.Clone(v.Lens.Countries)
	v.Lens.Sources = slices.Clone(v.Lens.Sources)
	v.Universe.Cities = slices.Clone(v.Universe.Cities)
	v.Pinned = slices.Clone(v.Pinned)
	v.Compare = slices.Clone(v.Compare)
	v.Pair = slices.Clone(v.Pair)
	if v.Indicators != nil {
		m := make(map[string]int, len(v.Indicators))
		for k, x := range v.Indicators {
			m[k] = x
		}
		v.Indicators = m
	}
	return v
}
