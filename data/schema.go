// Package data holds the embedded edition of the dataset and everything that
// is asked of it without a score: cities, sources, indicators, initiatives as
// columns, the lens (a filter on initiatives), the indicator matrix that a lens
// makes, facets, evidence and text search.
//
// A Dataset is read-only after Open. Its methods may build caches on first use,
// so one Dataset must not be used by two goroutines at once.
//
// Cities, countries, sources, sectors and indicators are named by their index
// in the slices of Dataset; -1 says "none". Years are 0 where unknown, numbers
// are NaN where unknown: a missing value is never a zero.
package data

// Actor says who runs an initiative. The six pillars of the index are the six
// actors, in this order.
type Actor uint8

// The six actors, which are also the six pillars.
const (
	Government Actor = iota
	Enterprise
	Startup
	University
	DataCentre
	Telecom
	NumActors = 6
)

var actorIDs = [NumActors]string{"government", "enterprise", "startup", "university", "data_centre", "telecom"}

// String returns the id of the actor, for example "data_centre".
func (a Actor) String() string {
	if int(a) < NumActors {
		return actorIDs[a]
	}
	return ""
}

// ParseActor is the inverse of Actor.String.
func ParseActor(id string) (Actor, bool) {
	i, ok := find(actorIDs[:], id)
	return Actor(i), ok
}

// Ownership of the organisation behind an initiative.
type Ownership uint8

// Ownership codes. OwnershipUnknown is a value of its own in lens and facets.
const (
	OwnershipUnknown Ownership = iota
	Public
	Private
	Mixed
	NumOwnerships = 4
)

var ownershipIDs = [NumOwnerships]string{"", "public", "private", "mixed"}

// String returns the id of the ownership, "" for unknown.
func (o Ownership) String() string {
	if int(o) < NumOwnerships {
		return ownershipIDs[o]
	}
	return ""
}

// ParseOwnership is the inverse of Ownership.String.
func ParseOwnership(id string) (Ownership, bool) {
	i, ok := find(ownershipIDs[:], id)
	return Ownership(i), ok
}

// Status of an initiative; unknown for nearly all records of this edition.
type Status uint8

// Status codes.
const (
	StatusUnknown Status = iota
	Planned
	Running
	Ended
	NumStatuses = 4
)

var statusIDs = [NumStatuses]string{"", "planned", "running", "ended"}

// String returns the id of the status, "" for unknown.
func (s Status) String() string {
	if int(s) < NumStatuses {
		return statusIDs[s]
	}
	return ""
}

// Coverage says whether every city had the same chance to be in a source.
type Coverage uint8

// Coverage codes: only Global sources feed the indicators by default.
const (
	Global Coverage = iota
	Partial
)

var coverageIDs = [2]string{"global", "partial"}

// String returns "global" or "partial".
func (c Coverage) String() string {
	if c == Global {
		return coverageIDs[0]
	}
	return coverageIDs[1]
}

func find(ids []string, id string) (int, bool) {
	for i, s := range ids {
		if s == id {
			return i, true
		}
	}
	return 0, false
}

// Edition is a dated, immutable release of the dataset.
type Edition struct {
	ID       string // "2026.1"
	Released string // "2026-11"
	Title    string
}

// Country is an ISO 3166-1 country or territory.
type Country struct {
	Code   string // alpha-2, "KR"
	Name   string // English, "South Korea"
	Region int    // index into Dataset.Regions
}

// City is an urban area (agglomeration), not a municipality.
type City struct {
	ID         string // slug, "sao-paulo"
	Name       string // English
	NativeName string // "" where unknown
	Aliases    []string
	Country    int     // index into Dataset.Countries
	Lat, Lon   float64 // degrees, to 0.01
	Population float64 // people
	PopYear    int
	PopSource  int     // index into Dataset.Sources
	GDP        float64 // nominal US dollars, NaN where unknown
	GDPYear    int     // 0 where GDP is unknown
	GDPSource  int     // -1 where GDP is unknown
	Members    int     // number of member municipalities known by name
	Default    bool    // in the default universe of 100 (rule M)
}

// Source is where facts come from.
type Source struct {
	ID, Title, Publisher, URL, Licence string
	AsOf                               string // date or period, as precise as known
	Coverage                           Coverage
	National                           bool // its facts belong to countries, not to cities
	HowTaken, KnownBias                string
}

// Made says what an indicator is made of.
type Made uint8

// Kinds of indicator.
const (
	Measured             Made = iota // a figure per city or country from one source; fixed under any lens
	MadeOfInitiatives                // counts initiatives of the city that pass the lens
	MadeOfNationalRecord             // counts national records of the city's country that pass the lens
)

// Treatment is what is done to a skewed indicator before normalisation.
type Treatment uint8

// Treatments.
const (
	TreatNone Treatment = iota
	TreatLog
)

// IndicatorDef defines one number per city.
type IndicatorDef struct {
	ID         string
	Pillar     Actor
	Title      string
	Unit       string
	Direction  int // 1: more is better; -1: less is better
	Made       Made
	Actor      Actor // whose initiatives are counted, where Made is not Measured
	NotSources []int // sources whose records are not counted
	Coverage   Coverage
	Treatment  Treatment
	PerCapita  bool    // it scales with population, so it can be put per million inhabitants
	National   bool    // the same figure for every city of a country
	Weight     float64 // inside the pillar, 1 unless said otherwise
	Note       string
}

// Figure is a measured value with where it comes from.
type Figure struct {
	Value  float64 // NaN: missing
	Period string  // "2025", "2021-2026"; "" where the value was not listed
	Source int     // index into Dataset.Sources; -1 where there is none
	URL    string
	Listed bool // the source lists the city; else Value is the absence itself (0 or missing)
}

// Ref is one source of an initiative with the address where it was read.
type Ref struct {
	Source int
	URL    string
}

// Initiative is one real, named thing in a city, or a national record
// (City -1) of a country.
type Initiative struct {
	Name, Organisation string
	City               int // -1: national record
	Country            int
	Actor              Actor
	Sector             int // index into Dataset.Sectors; 0 is unknown ("")
	Ownership          Ownership
	Year               int // 0 where unknown
	Status             Status
	Magnitude          float64 // NaN where unknown
	Unit               string
	Summary            string
	Refs               []Ref // at least one
}

// Ranking is one rank that somebody published; for validation only.
type Ranking struct {
	Study, Publisher string
	Year             int // 0 where undated
	City             int
	Rank             int
	URL              string
}

// Dataset is one edition.
//
// Rows of initiatives are numbered 0 to Len()-1: first those of cities
// (0 to CityRows()-1), then national records.
type Dataset struct {
	Edition    Edition
	Regions    []string
	Countries  []Country // in order of code
	Cities     []City    // in order of id
	Sources    []Source  // in order of id
	Sectors    []string  // [0] is "", unknown
	Indicators []IndicatorDef
	Rankings   []Ranking

	rows    rows
	figures figures
	cache   cache
}

// Open returns the embedded edition. It decodes what a ranking needs; texts are
// decoded when first asked for.
func Open() (*Dataset, error) { return Decode(embedded) }

// DefaultUniverse returns the cities of the default universe in order of id.
func (d *Dataset) DefaultUniverse() []int {
	var u []int
	for i := range d.Cities {
		if d.Cities[i].Default {
			u = append(u, i)
		}
	}
	return u
}

// CityByID returns the index of a city, or false.
func (d *Dataset) CityByID(id string) (int, bool) {
	return search(len(d.Cities), id, func(i int) string { return d.Cities[i].ID })
}

// CountryByCode returns the index of a country, or false.
func (d *Dataset) CountryByCode(code string) (int, bool) {
	return search(len(d.Countries), code, func(i int) string { return d.Countries[i].Code })
}

// SourceByID returns the index of a source, or false.
func (d *Dataset) SourceByID(id string) (int, bool) {
	return search(len(d.Sources), id, func(i int) string { return d.Sources[i].ID })
}

// IndicatorByID returns the index of an indicator, or false.
func (d *Dataset) IndicatorByID(id string) (int, bool) {
	for i := range d.Indicators {
		if d.Indicators[i].ID == id {
			return i, true
		}
	}
	return 0, false
}

// SectorByID returns the index of a sector, or false.
func (d *Dataset) SectorByID(id string) (int, bool) { return find(d.Sectors, id) }

// Region returns the region of a city, as an index into Regions.
func (d *Dataset) Region(city int) int { return d.Countries[d.Cities[city].Country].Region }

// Figure returns the measured value of an indicator for a city. For an indicator
// made of initiatives the value depends on the lens (see Matrix) and Figure
// returns NaN with Source -1.
func (d *Dataset) Figure(indicator, city int) Figure {
	return d.figures.at(indicator, city)
}

// search finds id in n ids in ascending order.
func search(n int, id string, at func(int) string) (int, bool) {
	lo, hi := 0, n
	for lo < hi {
		mid := (lo + hi) / 2
		if at(mid) < id {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < n && at(lo) == id
}
