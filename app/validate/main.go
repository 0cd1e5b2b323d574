// Command validate prints the ranking of a link beside every published ranking
// in the dataset: Spearman's rank correlation over the cities that both rank,
// with its interval of 95 %. The figures in docs/method.md are made by it.
//
//	go run ./app/validate                 the default view
//	go run ./app/validate 'w=5.1.1.1.1.1' another one
//	go run ./app/validate -top 20         and the first 20 cities
//
// Published ranks are for validation only and never feed a score.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
)

func main() {
	top := flag.Int("top", 0, "print as many cities of the ranking, too")
	sobol := flag.Bool("sobol", false, "print which assumption moves the ranking, too")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: validate [-top n] [-sobol] [the part of a link behind its question mark]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := validate(os.Stdout, flag.Arg(0), *top, *sobol); err != nil {
		fmt.Fprintln(os.Stderr, "validate:", err)
		os.Exit(1)
	}
}

func validate(out io.Writer, query string, top int, sobol bool) error {
	ds, err := data.Open()
	if err != nil {
		return err
	}
	e := model.New(ds)
	v, problems := view.Parse(query, e.Vocabulary())
	for _, p := range problems {
		return fmt.Errorf("%s=%s: %s", p.Key, p.Value, p.Reason)
	}
	r := e.Rank(v)
	if r.Err != nil {
		return r.Err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "study\tpublisher\tyear\tshared\tin our top 20\tSpearman\t95 % interval")
	for _, s := range e.Studies(r) {
		year := fmt.Sprint(s.Year)
		if s.Year == 0 {
			year = "undated"
		}
		rho, interval := "–", fmt.Sprintf("fewer than %d shared", model.MinShared)
		if len(s.Shared) >= model.MinShared {
			rho, interval = fmt.Sprintf("%.2f", s.Rho), fmt.Sprintf("%.2f to %.2f", s.Low, s.High)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%s\t%s\n", s.Title, s.Publisher, year, len(s.Shared), s.InTop, rho, interval)
	}
	w.Flush()
	if top > 0 {
		fmt.Fprintln(out)
		for _, i := range r.Order[:min(top, len(r.Order))] {
			fmt.Fprintf(w, "%d\t%s\t%.1f\t%d initiatives\n", r.Rank[i], ds.Cities[r.Cities[i]].Name, r.Score[i], r.Initiatives[i])
		}
		w.Flush()
	}
	if sobol {
		return assumptions(out, e, r)
	}
	return nil
}

func assumptions(out io.Writer, e *model.Explorer, r *model.Ranking) error {
	s := e.NewSensitivity(r)
	s.Finish()
	if s.Err != nil {
		return s.Err
	}
	fmt.Fprintf(out, "\nmean shift of a rank %.2f places, variance %.2f, %d rows\n", s.Result.Mean, s.Result.Variance, s.Result.Rows)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join([]string{"assumption", "first order", "5 to 95 %", "total", "5 to 95 %"}, "\t"))
	for _, x := range s.Result.Indices {
		fmt.Fprintf(w, "%s\t%.3f\t%.3f to %.3f\t%.3f\t%.3f to %.3f\n", x.Factor, x.First.Value, x.First.Low, x.First.High, x.Total.Value, x.Total.Low, x.Total.High)
	}
	return w.Flush()
}
