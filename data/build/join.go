package main

import (
	"regexp"
	"slices"
	"strings"

	"aicities/data"
)

// leftOut is a row that is not in the dataset, with the reason.
type leftOut struct {
	fact   *fact
	reason string
}

// hidden is what stands in a copied page where an e-mail address, or a name that
// looks like one, was hidden from programs.
var hidden = regexp.MustCompile(`\[email.?protected\]`)

// placeRows folds every row to its city, or keeps it as a record of its country
// where its source is national, and returns the rest with reasons.
func (f *facts) placeRows() (kept []*fact, out []leftOut) {
	g := newFolder(f)
	for i := range f.rows {
		x := &f.rows[i]
		if hidden.MatchString(x.Name) {
			out = append(out, leftOut{x, "the name is lost: the source's copy has the mark of a hidden e-mail address in its place"})
			continue
		}
		if f.sources[x.Refs[0].Source].National {
			if x.Country < 0 {
				out = append(out, leftOut{x, "record of an international body, not of a country"})
				continue
			}
			kept = append(kept, x)
			continue
		}
		c, why := g.city(x.place, x.Country, x.lat, x.lon)
		if c < 0 {
			out = append(out, leftOut{x, why})
			continue
		}
		x.City = c
		kept = append(kept, x)
	}
	return kept, out
}

// joinDuplicates makes one record of the rows that name the same thing: rows of
// different sources with the same key (see joinKey) in the same city, or in the
// same country for national records. Rows of one source are never joined, since
// a source that lists two things of one name means two things. The richest row
// is kept, its gaps are filled from the others, all sources stay with their
// addresses, and startup wins over enterprise.
func (f *facts) joinDuplicates(rows []*fact) (records []data.Initiative, joined int) {
	type group struct{ members []*fact }
	byKey := map[string][]*group{}
	var groups []*group
	for _, x := range rows {
		key := f.joinKey(x)
		var home *group
		for _, g := range byKey[key] {
			if !slices.ContainsFunc(g.members, func(y *fact) bool { return y.Refs[0].Source == x.Refs[0].Source }) {
				home = g
				break
			}
		}
		if home == nil {
			home = &group{}
			byKey[key] = append(byKey[key], home)
			groups = append(groups, home)
		} else {
			joined++
		}
		home.members = append(home.members, x)
	}
	for _, g := range groups {
		records = append(records, f.join(g.members))
	}
	return records, joined
}

// joinKey is what two rows must share to be one record: the city (or country),
// the name without legal form, diacritics, case and punctuation, and without the
// city's name where the name is the organisation's and the city's ("Cohere
// Singapore" of Cohere). Registers of public bodies use names such as 'Chatbot'
// for different things, so for government the organisation counts as well.
func (f *facts) joinKey(x *fact) string {
	name, org := plainName(x.Name), plainName(x.Organisation)
	if x.City >= 0 && org != "" && (name == org+" "+placeName(x.place) || name == org+" "+placeName(f.cities[x.City].Name)) {
		name = org
	}
	place := f.countries[x.Country].Code
	if x.City >= 0 {
		place = f.cities[x.City].ID
	}
	if x.Actor == data.Government && org != name {
		name += "\n" + org
	}
	return place + "\n" + name
}

// legalForms are left out at the end of a name.
var legalForms = map[string]bool{
	"ab": true, "ag": true, "as": true, "bv": true, "co": true, "corp": true, "corporation": true, "gmbh": true, "inc": true,
	"limited": true, "llc": true, "ltd": true, "nv": true, "oy": true, "plc": true, "pte": true, "pty": true, "pvt": true, "sa": true, "srl": true,
}

func plainName(s string) string {
	words := strings.Fields(data.Fold(strings.ReplaceAll(s, "&", " and ")))
	for len(words) > 1 && legalForms[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// join makes one record of rows that name the same thing.
func (f *facts) join(rows []*fact) data.Initiative {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b *fact) int {
		if d := filled(b) - filled(a); d != 0 {
			return d
		}
		return int(f.sources[a.Refs[0].Source].Coverage) - int(f.sources[b.Refs[0].Source].Coverage)
	})
	out := rows[0].Initiative
	out.Refs = nil
	for _, x := range rows {
		out.Refs = append(out.Refs, x.Refs[0])
		if x.Actor == data.Startup && out.Actor == data.Enterprise {
			out.Actor = data.Startup
		}
		if out.Organisation == "" {
			out.Organisation = x.Organisation
		}
		if out.Sector == 0 {
			out.Sector = x.Sector
		}
		if out.Ownership == data.OwnershipUnknown {
			out.Ownership = x.Ownership
		}
		if out.Year == 0 {
			out.Year = x.Year
		}
		if out.Status == data.StatusUnknown {
			out.Status = x.Status
		}
		if out.Unit == "" {
			out.Magnitude, out.Unit = x.Magnitude, x.Unit
		}
		if out.Summary == "" {
			out.Summary = x.Summary
		}
	}
	return out
}

// filled is how rich a row is: the number of its fields that say something.
func filled(x *fact) int {
	n := 0
	for _, there := range []bool{x.Organisation != "", x.Sector != 0, x.Ownership != 0, x.Year != 0, x.Status != 0, x.Unit != "", x.Summary != ""} {
		if there {
			n++
		}
	}
	return n
}
