package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"

	"aicities/scoring"
)

func init() {
	register("uncertainty", "rank intervals and groups that cannot be told apart, under other plausible methods", runUncertainty)
}

// unitCertainty is what is known of one unit's rank.
type unitCertainty struct {
	Code   string   `json:"uCode"`
	Name   string   `json:"uName"`
	Rank   int      `json:"rank"`
	Median int      `json:"median"`
	Low    int      `json:"low"`
	High   int      `json:"high"`
	Mean   *float64 `json:"mean"`
	First  float64  `json:"p_first"`
	Top10  float64  `json:"p_top10"`
	Group  int      `json:"group"`
}

// unitAcceptability is what SMAA says of one unit.
type unitAcceptability struct {
	Code       string             `json:"uCode"`
	Rank       []float64          `json:"rank_acceptability"`
	Central    map[string]float64 `json:"central_weights,omitempty"`
	Confidence *float64           `json:"confidence"`
}

type uncertaintyReport struct {
	Seed   uint64              `json:"seed"`
	Draws  int                 `json:"draws"`
	Units  []unitCertainty     `json:"units"`
	Groups [][]string          `json:"groups"`
	SMAA   []unitAcceptability `json:"smaa,omitempty"`
}

func runUncertainty(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("uncertainty", flag.ContinueOnError)
	fs.SetOutput(stderr)
	var files projectFlags
	var assume assumptionFlags
	files.add(fs)
	assume.add(fs)
	draws := fs.Int("draws", 10000, "number of draws")
	smaa := fs.Bool("smaa", false, "add acceptability of the first rank, central weights and confidence over all weights (SMAA-2)")
	asJSON := fs.Bool("json", false, "print JSON in place of a table")
	p, b, err := files.index(fs, args, stderr)
	if err != nil {
		return err
	}
	a, err := assume.assumptions(b)
	if err != nil {
		return err
	}
	mc, err := scoring.NewMonteCarlo(b.Model, a, assume.seed, *draws)
	if err != nil {
		return err
	}
	if err := inSlices(ctx, stderr, "draws", mc.Step, func() (int, int) { return mc.Done(), mc.Draws() }); err != nil {
		return err
	}
	report := p.uncertaintyReport(b, mc, assume.seed)
	if *smaa {
		s, err := scoring.NewSMAA(b.Model, a, assume.seed, *draws)
		if err != nil {
			return err
		}
		if err := inSlices(ctx, stderr, "weights", s.Step, s.Done); err != nil {
			return err
		}
		report.SMAA = p.acceptabilities(b, s)
	}
	if *asJSON {
		return printJSON(stdout, report)
	}
	return report.print(stdout, b.Model.Hierarchy)
}

// inSlices runs step until all is done or ctx is cancelled.
func inSlices(ctx context.Context, stderr io.Writer, what string, step func(int) error, done func() (int, int)) error {
	pr := newProgress(stderr, what)
	defer pr.end()
	for {
		n, all := done()
		if n >= all {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		pr.step(n, all)
		if err := step(100); err != nil {
			return err
		}
	}
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// orNull returns nil for a missing value, which JSON has no number for.
func orNull(x float64) *float64 {
	if scoring.IsMissing(x) {
		return nil
	}
	return &x
}

func (p *project) uncertaintyReport(b *scoring.Built, mc *scoring.MonteCarlo, seed uint64) *uncertaintyReport {
	r := &uncertaintyReport{Seed: seed, Draws: mc.Draws()}
	group := map[int]int{}
	for k, g := range mc.Groups(scoring.DefaultSeparation) {
		var codes []string
		for _, i := range g.Units {
			group[i] = k + 1
			codes = append(codes, p.units[b.Kept[i]])
		}
		r.Groups = append(r.Groups, codes)
	}
	for i, v := range mc.Result() {
		u := b.Kept[i]
		r.Units = append(r.Units, unitCertainty{p.units[u], p.names[u], v.Rank, v.Median, v.Low, v.High, orNull(v.Mean), v.First, v.Top10, group[i]})
	}
	slices.SortStableFunc(r.Units, func(x, y unitCertainty) int { return unrankedLast(x.Rank) - unrankedLast(y.Rank) })
	return r
}

func unrankedLast(rank int) int {
	if rank == 0 {
		return 1 << 30
	}
	return rank
}

func (p *project) acceptabilities(b *scoring.Built, s *scoring.SMAA) []unitAcceptability {
	h := b.Model.Hierarchy
	var out []unitAcceptability
	for i, v := range s.Result() {
		u := unitAcceptability{Code: p.units[b.Kept[i]], Rank: v.Rank, Confidence: orNull(v.Confidence)}
		if v.Central != nil {
			u.Central = map[string]float64{}
			for k, c := range h.Children[h.Root()] {
				u.Central[h.Codes[c]] = v.Central[k]
			}
		}
		out = append(out, u)
	}
	return out
}

func (r *uncertaintyReport) print(w io.Writer, h *scoring.Hierarchy) error {
	t := newTextTable(w, "uCode", "rank", "5 %", "median", "95 %", "mean", "P(first)", "P(top 10)", "group")
	for _, u := range r.Units {
		t.row(u.Code, rankText(u.Rank), rankText(u.Low), rankText(u.Median), rankText(u.High), fixed(u.Mean, 1), share(u.First), share(u.Top10), rankText(u.Group))
	}
	if err := t.flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%d draws, seed %d. Units of one group cannot be told apart: no pair of them keeps its order in %.0f %% of the draws.\n", r.Draws, r.Seed, 100*scoring.DefaultSeparation)
	if r.SMAA == nil {
		return nil
	}
	header := []string{"uCode", "first for", "confidence"}
	children := h.Children[h.Root()]
	for _, c := range children {
		header = append(header, "w "+h.Codes[c])
	}
	fmt.Fprint(w, "\nOver all weights: the share of them that puts a unit first, its confidence factor and central weights.\n")
	t = newTextTable(w, header...)
	leaders := slices.Clone(r.SMAA)
	slices.SortStableFunc(leaders, func(x, y unitAcceptability) int {
		switch {
		case x.Rank[0] > y.Rank[0]:
			return -1
		case x.Rank[0] < y.Rank[0]:
			return 1
		}
		return 0
	})
	for _, u := range leaders {
		if u.Central == nil {
			continue
		}
		row := []string{u.Code, share(u.Rank[0]), ""}
		if u.Confidence != nil {
			row[2] = share(*u.Confidence)
		}
		for _, c := range children {
			row = append(row, strconv.FormatFloat(u.Central[h.Codes[c]], 'f', 3, 64))
		}
		t.row(row...)
	}
	return t.flush()
}

func rankText(rank int) string {
	if rank == 0 {
		return ""
	}
	return strconv.Itoa(rank)
}

func fixed(x *float64, digits int) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'f', digits, 64)
}

func share(x float64) string { return strconv.FormatFloat(100*x, 'f', 1, 64) + " %" }
