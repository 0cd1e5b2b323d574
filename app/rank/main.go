// Command rank prints the ranking of a link as CSV (rank, city, score, the six
// pillars, initiatives), computed by the same packages as in the browser:
//
//	go run ./app/rank 'w=5.1.1.1.1.1&sector=health'
//
// A part of the link that cannot be used is told on standard error.
package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strconv"

	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
)

func main() {
	if len(os.Args) > 2 {
		fmt.Fprintln(os.Stderr, "usage: rank [the part of a link behind its question mark]")
		os.Exit(2)
	}
	query := ""
	if len(os.Args) == 2 {
		query = os.Args[1]
	}
	if err := rank(os.Stdout, os.Stderr, query); err != nil {
		fmt.Fprintln(os.Stderr, "rank:", err)
		os.Exit(1)
	}
}

func rank(out, notes io.Writer, query string) error {
	ds, err := data.Open()
	if err != nil {
		return err
	}
	e := model.New(ds)
	v, problems := view.Parse(query, e.Vocabulary())
	for _, p := range problems {
		fmt.Fprintf(notes, "rank: %s=%s: %s\n", p.Key, p.Value, p.Reason)
	}
	r := e.Rank(v)
	if r.Err != nil {
		return r.Err
	}
	w := csv.NewWriter(out)
	header := append([]string{"rank", "city", "score"}, view.PillarIDs[:]...)
	w.Write(append(header, "initiatives"))
	for _, i := range r.Order {
		row := []string{"", ds.Cities[r.Cities[i]].ID, number(r.Score[i])}
		if r.Rank[i] > 0 {
			row[0] = strconv.Itoa(r.Rank[i])
		}
		for _, x := range r.Pillar[i] {
			row = append(row, number(x))
		}
		w.Write(append(row, strconv.Itoa(r.Initiatives[i])))
	}
	w.Flush()
	return w.Error()
}

// number is empty for a missing value.
func number(x float64) string {
	if x != x {
		return ""
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}
