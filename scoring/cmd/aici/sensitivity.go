package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strconv"

	"aicities/scoring"
)

func init() {
	register("sensitivity", "which assumption moves the ranking: Sobol indices of the mean absolute rank shift", runSensitivity)
}

type estimate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

type sensitivityIndex struct {
	Assumption string   `json:"assumption"`
	First      estimate `json:"first"`
	Total      estimate `json:"total"`
}

type sensitivityReport struct {
	Seed     uint64             `json:"seed"`
	Runs     int                `json:"runs"`
	Mean     float64            `json:"mean_rank_shift"`
	Variance float64            `json:"variance"`
	Indices  []sensitivityIndex `json:"indices"`
}

func runSensitivity(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("sensitivity", flag.ContinueOnError)
	fs.SetOutput(stderr)
	var files projectFlags
	var assume assumptionFlags
	files.add(fs)
	assume.add(fs)
	runs := fs.Int("runs", 8000, "number of runs; they are cut to whole rows of one per assumption and two more")
	resamples := fs.Int("resamples", 1000, "bootstrap resamples for the intervals")
	asJSON := fs.Bool("json", false, "print JSON in place of a table")
	_, b, err := files.index(fs, args, stderr)
	if err != nil {
		return err
	}
	a, err := assume.assumptions(b)
	if err != nil {
		return err
	}
	s, err := scoring.NewSensitivity(b.Model, a, assume.seed, *runs)
	if err != nil {
		return err
	}
	if err := inSlices(ctx, stderr, "runs", s.Step, s.Done); err != nil {
		return err
	}
	res := s.Result(*resamples)
	n, _ := s.Done()
	r := sensitivityReport{Seed: assume.seed, Runs: n, Mean: res.Mean, Variance: res.Variance}
	for _, x := range res.Indices {
		r.Indices = append(r.Indices, sensitivityIndex{x.Factor.String(), estimate(x.First), estimate(x.Total)})
	}
	if *asJSON {
		return printJSON(stdout, r)
	}
	t := newTextTable(stdout, "assumption", "first order", "5 %", "95 %", "total", "5 %", "95 %")
	for _, x := range r.Indices {
		row := []string{x.Assumption}
		for _, v := range []float64{x.First.Value, x.First.Low, x.First.High, x.Total.Value, x.Total.Low, x.Total.High} {
			row = append(row, strconv.FormatFloat(v, 'f', 3, 64))
		}
		t.row(row...)
	}
	if err := t.flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "\nMean absolute rank shift %.2f, variance %.3f; %d runs, seed %d.\n", r.Mean, r.Variance, r.Runs, r.Seed)
	return err
}
