package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"

	"aicities/scoring"
)

func init() {
	register("build", "build an index: scores, ranks and every stage as CSV", runBuild)
}

func runBuild(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("build", flag.ContinueOnError)
	fs.SetOutput(stderr)
	var files projectFlags
	files.add(fs)
	out := fs.String("out", "", "folder for scores.csv and the stages; without it the scores are printed")
	if err := fs.Parse(args); err != nil {
		return err
	}
	p, err := files.load(stderr)
	if err != nil {
		return err
	}
	b, err := p.build()
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if !p.method.aggregate {
		fmt.Fprintln(stderr, "aici: the method has no \"aggregate\" step: there is no index and no rank")
	}
	if *out == "" {
		return p.printScores(stdout, b)
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return err
	}
	return p.writeStages(*out, b)
}

// scores returns scores.csv: unit, index, rank, then every other aggregate in
// iMeta's order.
func (p *project) scores(b *scoring.Built) (header []string, rows [][]string) {
	h := p.recipe.Hierarchy
	header = []string{"uCode", "index", "rank"}
	var others []int
	if p.method.aggregate {
		for _, row := range p.iMeta.rows {
			k := h.Find(row[p.iMeta.col("iCode")])
			if k >= h.Leaves && k != h.Root() {
				others = append(others, k)
				header = append(header, h.Codes[k])
			}
		}
	}
	at := p.keptRow(b)
	for i, u := range p.units {
		row := []string{u, "", ""}
		if p.method.aggregate && b.Rank[i] > 0 {
			row[1], row[2] = format(b.Score[i]), strconv.Itoa(b.Rank[i])
		}
		for _, k := range others {
			cell := ""
			if r := at[i]; r >= 0 {
				cell = format(b.Result.Value(r, k))
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	return header, rows
}

// keptRow returns for each unit its row after screening, -1 for none.
func (p *project) keptRow(b *scoring.Built) []int {
	at := make([]int, len(p.units))
	for i := range at {
		at[i] = -1
	}
	for k, i := range b.Kept {
		at[i] = k
	}
	return at
}

func (p *project) printScores(w io.Writer, b *scoring.Built) error {
	header, rows := p.scores(b)
	tw := newTextTable(w, header...)
	for _, row := range rows {
		for k, cell := range row {
			if k == 0 || k == 2 {
				continue
			}
			if x, err := strconv.ParseFloat(cell, 64); err == nil {
				row[k] = strconv.FormatFloat(x, 'f', 2, 64)
			}
		}
		tw.row(row...)
	}
	return tw.flush()
}

func (p *project) writeStages(dir string, b *scoring.Built) error {
	header, rows := p.scores(b)
	if err := writeCSV(dir, "scores.csv", header, rows); err != nil {
		return err
	}
	all := make([]int, len(p.units))
	for i := range all {
		all[i] = i
	}
	for _, s := range []struct {
		on   bool
		name string
		m    *scoring.Matrix
		rows []int
	}{
		{true, "step_Raw.csv", b.Raw, all},
		{p.method.denominate, "step_Denominated.csv", b.Denominated, all},
		{p.method.impute, "step_Imputed.csv", b.Imputed, all},
		{p.method.screen, "step_Screened.csv", b.Screened, b.Kept},
		{p.method.treat, "step_Treated.csv", b.Treated, b.Kept},
		{p.method.normalise, "step_Normalised.csv", b.Normalised, b.Kept},
	} {
		if !s.on {
			continue
		}
		if err := p.writeMatrix(dir, s.name, p.recipe.Hierarchy.Codes[:s.m.Cols], s.rows, s.m.At); err != nil {
			return err
		}
	}
	if p.method.treat {
		if err := p.writeTreatment(dir, b); err != nil {
			return err
		}
	}
	if !p.method.aggregate {
		return nil
	}
	h := p.recipe.Hierarchy
	if err := p.writeMatrix(dir, "step_Aggregated.csv", h.Codes, b.Kept, b.Result.Value); err != nil {
		return err
	}
	return p.writeWeights(dir)
}

func (p *project) writeMatrix(dir, name string, codes []string, units []int, at func(i, j int) float64) error {
	rows := make([][]string, len(units))
	for k, i := range units {
		rows[k] = append(rows[k], p.units[i])
		for j := range codes {
			rows[k] = append(rows[k], format(at(k, j)))
		}
	}
	return writeCSV(dir, name, append([]string{"uCode"}, codes...), rows)
}

func (p *project) writeTreatment(dir string, b *scoring.Built) error {
	header := []string{"iCode", "nwin", "first", "second"}
	for _, k := range []string{"0", "1", "2"} {
		header = append(header, "pass"+k, "skew"+k, "kurt"+k)
	}
	var rows [][]string
	for j, d := range b.Model.Details {
		row := []string{p.recipe.Indicators[j].Code, strconv.Itoa(d.Winsorised), strconv.FormatBool(d.First), strconv.FormatBool(d.Second)}
		for _, c := range d.Check {
			if c.Done {
				row = append(row, strconv.FormatBool(c.Pass), format(c.Skew), format(c.Kurt))
			} else {
				row = append(row, "", "", "")
			}
		}
		rows = append(rows, row)
	}
	return writeCSV(dir, "treatment.csv", header, rows)
}

func (p *project) writeWeights(dir string) error {
	h := p.recipe.Hierarchy
	eff := scoring.EffectiveWeights(h, p.recipe.Weights)
	var rows [][]string
	for k, c := range h.Codes {
		rows = append(rows, []string{c, strconv.Itoa(h.Level[k]), format(p.recipe.Weights[k]), format(eff[k])})
	}
	return writeCSV(dir, "weights.csv", []string{"iCode", "Level", "Weight", "EffWeight"}, rows)
}
