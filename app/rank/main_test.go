package main

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
)

func TestRankPrintsTheRankingOfALink(t *testing.T) {
	for _, c := range []struct {
		query string
		rows  int
		notes string
	}{
		{"", 100, ""},
		{"w=1.0.0.0.0.0&cities=own&own=seoul,tokyo,lagos", 3, ""},
		{"city=atlantis", 100, "rank: city=atlantis: this is not known here\n"},
	} {
		var out, notes bytes.Buffer
		if err := rank(&out, &notes, c.query); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != c.rows+1 || rows[1][0] != "1" || len(rows[0]) != 10 {
			t.Errorf("%q: %d rows, the first is %v", c.query, len(rows), rows[1])
		}
		if notes.String() != c.notes {
			t.Errorf("%q: notes %q", c.query, notes.String())
		}
	}
}
