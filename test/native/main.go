// Command native ranks the cities with the engine compiled for this machine, so that browser tests can hold what the
// WebAssembly program shows against it: go run ./test/native 'QUERY' prints one city a line, in the order of the table,
// as id, rank and score with one decimal, separated by tabs.
package main

import (
	"bufio"
	"fmt"
	"os"

	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "native: one argument is needed, the query string of a view (may be empty)")
		os.Exit(2)
	}
	dataset, err := data.Open()
	if err != nil {
		fmt.Fprintln(os.Stderr, "native: opening the dataset:", err)
		os.Exit(1)
	}
	explorer := model.New(dataset)
	v, problems := view.Parse(os.Args[1], explorer.Vocabulary())
	for _, p := range problems {
		fmt.Fprintf(os.Stderr, "native: %s=%s: %s\n", p.Key, p.Value, p.Reason)
	}
	if len(problems) > 0 {
		os.Exit(1)
	}
	ranking := explorer.Rank(v)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, i := range ranking.Order {
		fmt.Fprintf(out, "%s\t%d\t%.1f\n", dataset.Cities[ranking.Cities[i]].ID, ranking.Rank[i], ranking.Score[i])
	}
}
