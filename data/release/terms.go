package release

import (
	"slices"
	"strings"

	"aicities/data"
)

// Terms is what the licence of a source allows to be passed on: an SPDX
// identifier where all may be, else one of the four below.
type Terms string

// Terms that are not licences of their own.
const (
	Open       Terms = "public-domain" // no right is claimed, or any use is allowed
	FactsOnly  Terms = "facts-only"    // name, place, year and address of a record, and sums per city
	CountsOnly Terms = "counts-only"   // sums per city, no record
	CiteOnly   Terms = "cite-only"     // nothing in a table: single figures are cited on the site, with their source
	ODbL       Terms = "ODbL-1.0"      // in files of its own, under the same licence
	Own        Terms = "CC-BY-4.0"     // the project's own work, and that of others under the same licence
)

// termsOf reads a source's licence as sources.csv words it: the first line that
// fits counts, so that the stricter reading wins where a text says two things
// ("GPL-3.0 (repository); facts only").
var termsOf = []struct {
	words string // one of these, separated by |, in small letters
	terms Terms
}{
	{"odbl", ODbL},
	{"peeringdb", CountsOnly},
	{"do not redistribute|unclear|articles all rights reserved|all rights reserved:|all rights reserved by", CiteOnly},
	{"facts only|facts read|single fact|single facts|names only|none stated|no licence stated|gpl|mpl-|eupl-1.2;|all rights reserved", FactsOnly},
	{"cc by 3.0 igo", "CC-BY-3.0-IGO"},
	{"cc by 4.0", Own},
	{"cc0", "CC0-1.0"},
	{"open government licence v3", "OGL-UK-3.0"},
	{"unicode license v3", "Unicode-3.0"},
	{"apache-2.0", "Apache-2.0"},
	{"mit", "MIT"},
	{"public domain|no restriction on use", Open},
	{"own work", Own},
}

// SourceTerms returns what a source's licence allows, CiteOnly and false where
// its words are not understood.
func SourceTerms(s *data.Source) (Terms, bool) {
	licence := strings.ToLower(s.Licence)
	if strings.Contains(licence, "public domain (figures)") {
		return Open, true // the figures are a government's; the article around them is not passed on
	}
	if strings.HasPrefix(licence, "software eupl-1.2; jrc data cc by 4.0") {
		return Own, true // the data, not the software
	}
	for _, x := range termsOf {
		for _, word := range strings.Split(x.words, "|") {
			if strings.Contains(licence, word) {
				return x.terms, true
			}
		}
	}
	return CiteOnly, false
}

// of returns the terms of several sources, each once, in order.
func (m *maker) of(sources []int) []Terms {
	var out []Terms
	for _, k := range sources {
		if !slices.Contains(out, m.terms[k]) {
			out = append(out, m.terms[k])
		}
	}
	slices.Sort(out)
	return out
}

func joined(terms []Terms) string {
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = string(t)
	}
	return strings.Join(parts, "|")
}
