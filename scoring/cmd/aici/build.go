package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"time"

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
	note := time.AfterFunc(time.Second, func() { fmt.Fprintf(stderr, "aici build: %d units by %d indicators ...\n", p.raw.Rows, p.raw.Cols) })
	b, err := p.build()
	note.Stop()
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
	// The best first, units without a rank last, else in iData's order.
	slices.SortStableFunc(rows, func(x, y []string) int {
		a, _ := strconv.Atoi(x[2])
		b, _ := strconv.Atoi(y[2])
		switch {
		case a == 0 || b == 0:
			return b - a
		}
		return a - b
	})
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
	if err := p.writeStats(dir, b); err != nil {
		return err
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
	if err := p.writeConsistency(dir, b); err != nil {
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

// writeStats describes the raw indicators.
func (p *project) writeStats(dir string, b *scoring.Built) error {
	flag := func(on bool, word string) string {
		if on {
			return word
		}
		return "ok"
	}
	var rows [][]string
	for j, ind := range p.recipe.Indicators {
		s := scoring.Describe(b.Raw.Col(j))
		rows = append(rows, []string{ind.Code, format(s.Min), format(s.Max), format(s.Mean), format(s.Median), format(s.Std), format(s.Skew), format(s.Kurt),
			strconv.Itoa(s.N), strconv.Itoa(s.NonZero), strconv.Itoa(s.Unique), strconv.Itoa(s.Same),
			format(s.Available), format(s.ShareNonZero), format(s.ShareUnique), format(s.ShareSame),
			flag(s.LowAvailable, "LOW"), flag(s.LowNonZero, "LOW"), flag(s.LowUnique, "LOW"), flag(s.Outliers, "OUT")})
	}
	return writeCSV(dir, "stats.csv", []string{"iCode", "Min", "Max", "Mean", "Median", "Std", "Skew", "Kurt", "N.Avail", "N.NonZero", "N.Unique", "N.Same",
		"Frc.Avail", "Frc.NonZero", "Frc.Unique", "Frc.Same", "Flag.Avail", "Flag.NonZero", "Flag.Unique", "Flag.SkewKurt"}, rows)
}

// writeConsistency writes, for every child of an aggregate, its correlation
// with it, and for every aggregate Cronbach's alpha and the pairs of children
// that are correlated above 0.9 or below -0.4.
func (p *project) writeConsistency(dir string, b *scoring.Built) error {
	h := p.recipe.Hierarchy
	var rows [][]string
	for _, c := range b.Result.Check(scoring.Pearson, 0.9, -0.4) {
		parent := h.Codes[c.Node]
		rows = append(rows, []string{parent, "alpha", "", "", format(c.Alpha)})
		for k, child := range h.Children[c.Node] {
			rows = append(rows, []string{parent, "with_parent", h.Codes[child], "", format(c.WithParent[k])})
		}
		for _, pair := range c.Collinear {
			rows = append(rows, []string{parent, "collinear", h.Codes[pair.A], h.Codes[pair.B], format(pair.R)})
		}
		for _, pair := range c.Opposed {
			rows = append(rows, []string{parent, "opposed", h.Codes[pair.A], h.Codes[pair.B], format(pair.R)})
		}
	}
	return writeCSV(dir, "consistency.csv", []string{"Parent", "What", "iCode1", "iCode2", "Value"}, rows)
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
