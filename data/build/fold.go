package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"aicities/data"
)

// folder finds the city that a place belongs to, by these rules in this order:
//
//  1. name and country are those of a city (id, name, native name, alias);
//  2. name and country are those of a member municipality;
//  3. the place lies within the radius of a city of its country.
//
// A place with coordinates is never folded to a city of that name more than two
// radii away (Lexington, Kentucky is not the Lexington near Boston). Without
// coordinates, of two cities of one name the larger is taken, and a member name
// of several cities stays unassigned. No place is folded across a border.
type folder struct {
	cities  []city
	cityBy  map[nameKey][]int
	members map[nameKey][]member
	codes   map[string]int // folded country code and name: country
}

type nameKey struct {
	country int
	name    string
}

func newFolder(f *facts) *folder {
	g := &folder{cities: f.cities, cityBy: map[nameKey][]int{}, members: map[nameKey][]member{}, codes: map[string]int{}}
	for i, c := range f.cities {
		for _, name := range append([]string{strings.ReplaceAll(c.ID, "-", " "), c.Name, c.NativeName}, c.Aliases...) {
			key := nameKey{c.Country, placeName(name)}
			if name != "" && !slices.Contains(g.cityBy[key], i) {
				g.cityBy[key] = append(g.cityBy[key], i)
			}
		}
	}
	for _, m := range f.members {
		key := nameKey{f.cities[m.city].Country, placeName(m.name)}
		g.members[key] = append(g.members[key], m)
	}
	for i, c := range f.countries {
		g.codes[placeName(c.Code)], g.codes[placeName(c.Name)] = i, i
	}
	return g
}

// placeName is the form in which names of places are compared.
func placeName(s string) string { return strings.Join(strings.Fields(data.Fold(s)), " ") }

// city returns the city of a place, or -1 and the reason why there is none.
// lat and lon are NaN where unknown.
func (g *folder) city(place string, country int, lat, lon float64) (int, string) {
	name, why := g.qualified(place, country, lat == lat)
	if why == "" {
		if c := g.byCityName(name, country, lat, lon); c >= 0 {
			return c, ""
		}
		var c int
		if c, why = g.byMember(name, country, lat, lon); c >= 0 {
			return c, ""
		}
	}
	if lat == lat {
		return g.byDistance(country, lat, lon)
	}
	return -1, why
}

// qualified takes a qualifier off a name: "Albany, New York", "Gwangju
// (Gyeonggi)". A country says nothing new. A state or province can only be
// trusted together with coordinates, since the tables of names have no states.
func (g *folder) qualified(place string, country int, located bool) (string, string) {
	base, rest, found := strings.Cut(place, "(")
	if !found {
		base, rest, found = strings.Cut(place, ",")
	}
	if !found || len(g.cityBy[nameKey{country, placeName(place)}])+len(g.members[nameKey{country, placeName(place)}]) > 0 {
		return placeName(place), ""
	}
	if k, ok := g.codes[placeName(rest)]; located || ok && k == country {
		return placeName(base), ""
	}
	return "", "the name is qualified by a state or province and there are no coordinates"
}

func (g *folder) byCityName(name string, country int, lat, lon float64) int {
	best, bestBy := -1, math.Inf(1)
	for _, c := range g.cityBy[nameKey{country, name}] {
		by := -g.cities[c].Population
		if lat == lat {
			if by = distance(lat, lon, g.cities[c].Lat, g.cities[c].Lon); by > 2*g.cities[c].radius {
				continue
			}
		}
		if by < bestBy {
			best, bestBy = c, by
		}
	}
	return best
}

func (g *folder) byMember(name string, country int, lat, lon float64) (int, string) {
	all := g.members[nameKey{country, name}]
	if lat == lat {
		best, bestBy := -1, math.Inf(1)
		for _, m := range all {
			c := g.cities[m.city]
			if distance(lat, lon, c.Lat, c.Lon) > 2*c.radius {
				continue
			}
			if m.lat != m.lat {
				m.lat, m.lon = c.Lat, c.Lon
			}
			if by := distance(lat, lon, m.lat, m.lon); by < bestBy {
				best, bestBy = m.city, by
			}
		}
		return best, ""
	}
	var of []string
	for _, m := range all {
		if id := g.cities[m.city].ID; !slices.Contains(of, id) {
			of = append(of, id)
		}
	}
	switch len(of) {
	case 0:
		return -1, "the name is not in the tables and there are no coordinates"
	case 1:
		return all[0].city, ""
	}
	slices.Sort(of)
	return -1, fmt.Sprintf("the name is in several cities and there are no coordinates: %s", strings.Join(of, ", "))
}

func (g *folder) byDistance(country int, lat, lon float64) (int, string) {
	best, bestBy := -1, math.Inf(1)
	for i, c := range g.cities {
		if c.Country != country {
			continue
		}
		if by := distance(lat, lon, c.Lat, c.Lon) / c.radius; by < bestBy {
			best, bestBy = i, by
		}
	}
	switch {
	case best < 0:
		return -1, "no city of the country is in the table"
	case bestBy > 1:
		return -1, "no city of the country is within reach"
	}
	return best, ""
}

// distance returns kilometres on a sphere between two points in degrees
// (haversine formula).
func distance(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	a := math.Pow(math.Sin((lat2-lat1)*rad/2), 2) +
		math.Cos(lat1*rad)*math.Cos(lat2*rad)*math.Pow(math.Sin((lon2-lon1)*rad/2), 2)
	return 2 * 6371 * math.Asin(math.Min(1, math.Sqrt(a)))
}
