package data

import (
	_ "embed"
	"strconv"
	"strings"
)

// changesText is written by go run ./data/build -changelog from the released
// editions: edition, city, its rank then (empty: none), and how many records are
// new, changed and removed since, and how many figures changed.
//
//go:embed editions/changes.csv
var changesText string

// Change is what this edition changed for a city against an older one.
type Change struct {
	Rank                  int // in the older edition, by the default method; 0 where it had none
	New, Changed, Removed int // records
	Figures               int // measured figures with another value
}

// PastEditions lists the older editions whose differences are known, the oldest
// first.
func PastEditions() []string { return pastEditions(changesText) }

func pastEditions(text string) []string {
	var out []string
	eachChange(text, func(edition, _ string, _ Change) {
		if len(out) == 0 || out[len(out)-1] != edition {
			out = append(out, edition)
		}
	})
	return out
}

// ChangesSince returns what changed since an older edition, by id of city
// (national records by code of country). A city that is absent had no rank then
// and is as it was. It is false for an edition that is not among PastEditions.
func ChangesSince(edition string) (map[string]Change, bool) {
	return changesSince(changesText, edition)
}

func changesSince(text, edition string) (map[string]Change, bool) {
	out := map[string]Change{}
	eachChange(text, func(of, city string, c Change) {
		if of == edition {
			out[city] = c
		}
	})
	return out, len(out) > 0
}

func eachChange(text string, row func(edition, city string, c Change)) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for _, line := range lines[1:] {
		cells := strings.Split(line, ",")
		var n [5]int
		for k := range n {
			n[k], _ = strconv.Atoi(cells[2+k]) // an empty rank is none
		}
		row(cells[0], cells[1], Change{n[0], n[1], n[2], n[3], n[4]})
	}
}
