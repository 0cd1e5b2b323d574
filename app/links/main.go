// Command links tells how the site reads and writes links, so that tests in a
// browser need no codec of their own:
//
//	go run ./app/links random 200 6     prints 200 random canonical links, drawn with seed 6
//	go run ./app/links canonical        prints the canonical link of each line of standard input
//	go run ./app/links keys             prints the keys that a link may hold
//
// A link is the part behind the question mark.
package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"

	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
)

const usage = "usage: links random NUMBER SEED | links canonical | links keys"

func main() {
	if err := links(os.Stdin, os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "links:", err)
		os.Exit(1)
	}
}

func links(in io.Reader, out io.Writer, args []string) error {
	ds, err := data.Open()
	if err != nil {
		return err
	}
	link := func(v view.View) string { return view.Link(v, ds.Edition.ID) }
	w := bufio.NewWriter(out)
	switch {
	case len(args) == 3 && args[0] == "random":
		n, err := strconv.Atoi(args[1])
		if err != nil {
			return err
		}
		seed, err := strconv.ParseUint(args[2], 10, 64)
		if err != nil {
			return err
		}
		r := rand.New(rand.NewPCG(seed, 0))
		var cities []string
		for i := range ds.Cities {
			if ds.Cities[i].Default {
				cities = append(cities, ds.Cities[i].ID)
			}
		}
		voc := model.New(ds).Vocabulary()
		for range n {
			v, _ := view.Parse(view.Format(view.Random(r, cities)), voc)
			fmt.Fprintln(w, link(v))
		}
	case len(args) == 1 && args[0] == "canonical":
		voc := model.New(ds).Vocabulary()
		lines := bufio.NewScanner(in)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			v, _ := view.Parse(lines.Text(), voc)
			fmt.Fprintln(w, link(v))
		}
		if err := lines.Err(); err != nil {
			return err
		}
	case len(args) == 1 && args[0] == "keys":
		for _, key := range view.Keys() {
			fmt.Fprintln(w, key)
		}
	default:
		return fmt.Errorf("%s", usage)
	}
	return w.Flush()
}
