package page

import (
	"strings"

	"aicities/data"
)

// What a link that was made on an older edition of the data has to be told.

// maxAged is how many cities are told of.
const maxAged = 6

// sinceEdition says what this edition changed against the one of the link, for
// the cities that the view names.
func (s *Session) sinceEdition(edition string, changes map[string]data.Change, known bool) []string {
	lines := []string{"The link was made on edition " + edition + "; it is shown with the data of " + s.edition() + "."}
	if !known {
		return lines
	}
	named := append(append([]string{s.View.Selected, s.View.Against}, s.View.Compare...), s.View.Pinned...)
	if c, ok := s.city(); ok {
		named = append([]string{s.data().Cities[c].ID}, named...)
	}
	told := map[string]bool{"": true}
	for _, id := range named {
		c, ok := s.data().CityByID(id)
		if !ok || told[id] || len(told) > maxAged {
			continue
		}
		told[id] = true
		lines = append(lines, s.data().Cities[c].Name+": "+s.changeWords(c, changes[id])+".")
	}
	if len(told) == 1 {
		records := 0
		for _, x := range changes {
			records += x.New + x.Changed + x.Removed
		}
		lines = append(lines, plural(records, "record has", "records have")+" changed since, in "+plural(len(changes), "place", "places")+".")
	}
	return lines
}

// changeWords says what changed for a city.
func (s *Session) changeWords(c int, x data.Change) string {
	var words []string
	base := s.Explorer.Base()
	now := 0
	if i, ok := base.Entry(c); ok {
		now = base.Rank[i]
	}
	switch {
	case x.Rank > 0 && now > 0 && x.Rank != now:
		words = append(words, ordinal(x.Rank)+" then and "+ordinal(now)+" now by the default method")
	case x.Rank > 0 && now == x.Rank:
		words = append(words, ordinal(now)+" then and now by the default method")
	}
	for _, part := range []struct {
		n    int
		what string
	}{{x.New, "new"}, {x.Changed, "changed"}, {x.Removed, "removed"}} {
		if part.n > 0 {
			words = append(words, plural(part.n, part.what+" record", part.what+" records"))
		}
	}
	if x.Figures > 0 {
		words = append(words, plural(x.Figures, "figure", "figures")+" with another value")
	}
	if len(words) == 0 {
		return "nothing changed"
	}
	return strings.Join(words, ", ")
}
