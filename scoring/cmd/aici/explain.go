package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"aicities/scoring"
)

func init() {
	register("explain", "why one unit ranks above another, and what would change that", runExplain)
}

type explainedUnit struct {
	Code  string  `json:"uCode"`
	Name  string  `json:"uName"`
	Rank  int     `json:"rank"`
	Score float64 `json:"score"`
	Reach reach   `json:"reach"`
}

// reach is the best and worst rank under any weights of the index's children.
type reach struct {
	Best         int                `json:"best"`
	BestBound    int                `json:"best_bound"`
	BestWeights  map[string]float64 `json:"best_weights"`
	Worst        int                `json:"worst"`
	WorstBound   int                `json:"worst_bound"`
	WorstWeights map[string]float64 `json:"worst_weights"`
}

type contribution struct {
	Code         string   `json:"iCode"`
	Level        int      `json:"level"`
	A            *float64 `json:"a"`
	B            *float64 `json:"b"`
	Contribution float64  `json:"contribution"`
}

type overtaking struct {
	Lower      string              `json:"lower"`
	Higher     string              `json:"higher"`
	Dominated  bool                `json:"dominated"`
	Possible   bool                `json:"possible"`
	Exact      bool                `json:"exact"`
	Given      map[string]float64  `json:"given"`
	One        map[string]*float64 `json:"one"`
	L1         map[string]float64  `json:"l1,omitempty"`
	DistanceL1 float64             `json:"l1_distance"`
	L2         map[string]float64  `json:"l2,omitempty"`
	DistanceL2 float64             `json:"l2_distance"`
}

// path is the rank of the first unit as a function of one weight.
type path struct {
	Code      string     `json:"iCode"`
	Given     float64    `json:"given"`
	Exact     bool       `json:"exact"`
	Segments  []segment  `json:"segments"`
	Crossings []crossing `json:"crossings"`
}

type segment struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
	Rank int     `json:"rank"`
}

type crossing struct {
	Weight float64 `json:"weight"`
	Code   string  `json:"uCode"`
	Up     bool    `json:"up"`
}

// whatIf is the rise of one indicator of the lower unit that gains a rank.
type whatIf struct {
	Code   string   `json:"iCode"`
	From   *float64 `json:"from"`
	To     float64  `json:"to"`
	Rank   int      `json:"rank"`
	Passes []string `json:"passes"`
	Beyond bool     `json:"beyond_best"`
	effort float64  // the change as a share of the indicator's range
}

type explanation struct {
	A             explainedUnit  `json:"a"`
	B             explainedUnit  `json:"b"`
	Difference    float64        `json:"difference"`
	Contributions []contribution `json:"contributions"`
	Overtaking    *overtaking    `json:"overtaking"`
	Paths         []path         `json:"paths"`
	WhatIf        []whatIf       `json:"what_if"`
}

func runExplain(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("explain", flag.ContinueOnError)
	fs.SetOutput(stderr)
	var files projectFlags
	files.add(fs)
	codeA := fs.String("a", "", "uCode of the one unit (required)")
	codeB := fs.String("b", "", "uCode of the other (required)")
	level := fs.Int("level", 0, "level whose weights may change: 1 for the indicators, 2 for what they make up, ...; 0 for the children of the index")
	effort := fs.Int("effort", 2000, "bound on the search for a proof of the best and the worst rank")
	asJSON := fs.Bool("json", false, "print JSON in place of tables")
	p, b, err := files.index(fs, args, stderr)
	if err != nil {
		return err
	}
	x := &explainer{p: p, b: b, m: b.Model, flat: b.Model}
	if *level != 0 {
		if x.flat, err = b.Model.Flatten(*level); err != nil {
			return fmt.Errorf("-level %d: %w", *level, err)
		}
	}
	if x.a, err = x.unit("-a", *codeA); err != nil {
		return err
	}
	if x.other, err = x.unit("-b", *codeB); err != nil {
		return err
	}
	if x.a == x.other {
		return fmt.Errorf("-a and -b are the same unit; two are needed")
	}
	r, err := x.explain(ctx, stderr, *effort)
	if err != nil {
		return err
	}
	if *asJSON {
		return printJSON(stdout, r)
	}
	return r.print(stdout)
}

type explainer struct {
	p        *project
	b        *scoring.Built
	m        *scoring.Model
	flat     *scoring.Model // its index made of the level whose weights may change
	a, other int            // rows of the model
}

// unit returns the row of the unit that a flag names.
func (x *explainer) unit(flagName, code string) (int, error) {
	if code == "" {
		return 0, fmt.Errorf("%s is required: the uCode of a unit", flagName)
	}
	k := slices.Index(x.p.units, code)
	if k < 0 {
		return 0, fmt.Errorf("%s: there is no unit %q in %s; the units are %s", flagName, code, x.p.iData.file, strings.Join(x.p.units, ", "))
	}
	row := slices.Index(x.b.Kept, k)
	if row < 0 {
		return 0, fmt.Errorf("%s: the unit %s was screened out for its missing data", flagName, code)
	}
	return row, nil
}

func (x *explainer) code(row int) string { return x.p.units[x.b.Kept[row]] }

func (x *explainer) explain(ctx context.Context, stderr io.Writer, effort int) (*explanation, error) {
	h := x.m.Hierarchy
	flat := x.flat.NewResult()
	if err := x.flat.Aggregate(flat, nil, nil); err != nil {
		return nil, err
	}
	children := x.flat.Hierarchy.Children[x.flat.Hierarchy.Root()]
	parts, err := x.m.Explain(nil, nil, x.a, x.other)
	if err != nil {
		return nil, err
	}
	r := &explanation{Difference: parts[h.Root()]}
	x.tree(r, parts, h.Root())
	pr := newProgress(stderr, "steps")
	defer pr.end()
	steps, done := 3+len(children)+h.Leaves, 0
	next := func() error {
		pr.step(done, steps)
		done++
		return ctx.Err()
	}
	if err := next(); err != nil {
		return nil, err
	}
	if r.A, err = x.reach(x.a, effort); err != nil {
		return nil, err
	}
	if err := next(); err != nil {
		return nil, err
	}
	if r.B, err = x.reach(x.other, effort); err != nil {
		return nil, err
	}
	if err := next(); err != nil {
		return nil, err
	}
	lower, higher := x.other, x.a
	if rank := x.b.Result.Rank; rank[x.a] > rank[x.other] {
		lower, higher = x.a, x.other
	}
	if r.Overtaking, err = x.overtaking(lower, higher, flat.Dominates(higher, lower)); err != nil {
		return nil, err
	}
	for _, c := range children {
		if err := next(); err != nil {
			return nil, err
		}
		p, err := x.path(c)
		if err != nil {
			return nil, err
		}
		r.Paths = append(r.Paths, p)
	}
	for j := range h.Leaves {
		if err := next(); err != nil {
			return nil, err
		}
		w, err := x.m.WhatIf(nil, nil, lower, j)
		if err != nil {
			return nil, err
		}
		if !scoring.IsMissing(w.To) {
			r.WhatIf = append(r.WhatIf, x.whatIf(w, lower))
		}
	}
	slices.SortStableFunc(r.WhatIf, func(a, b whatIf) int { return cmp.Compare(a.effort, b.effort) })
	return r, nil
}

// reach describes a unit with the ranks that it takes under any weights.
func (x *explainer) reach(row, effort int) (explainedUnit, error) {
	v, err := x.flat.Reach(nil, nil, row, effort)
	if err != nil {
		return explainedUnit{}, err
	}
	res := x.b.Result
	return explainedUnit{x.code(row), x.p.names[x.b.Kept[row]], res.Rank[row], res.Score[row],
		reach{v.Best, v.BestBound, x.named(v.BestWeights), v.Worst, v.WorstBound, x.named(v.WorstWeights)}}, nil
}

func (x *explainer) overtaking(lower, higher int, dominated bool) (*overtaking, error) {
	o, err := x.flat.Overtake(nil, nil, lower, higher)
	if err != nil {
		return nil, err
	}
	out := &overtaking{x.code(lower), x.code(higher), dominated, o.Possible, o.Exact, x.named(o.Given), map[string]*float64{},
		x.named(o.L1), o.DistanceL1, x.named(o.L2), o.DistanceL2}
	h := x.flat.Hierarchy
	for k, c := range h.Children[h.Root()] {
		out.One[h.Codes[c]] = orNull(o.One[k])
	}
	return out, nil
}

// path follows the rank of the first unit along the weight of a node.
func (x *explainer) path(node int) (path, error) {
	v, err := x.flat.RankPath(nil, nil, x.a, node)
	if err != nil {
		return path{}, err
	}
	out := path{Code: x.flat.Hierarchy.Codes[node], Given: v.Given, Exact: v.Exact}
	for _, s := range v.Segments {
		out.Segments = append(out.Segments, segment(s))
	}
	for _, s := range v.Crossings {
		out.Crossings = append(out.Crossings, crossing{s.Weight, x.code(s.Unit), s.Up})
	}
	return out, nil
}

// whatIf turns a change back into the units of iData, where the method divides
// by a denominator.
func (x *explainer) whatIf(w scoring.WhatIf, row int) whatIf {
	col := x.m.Raw.Col(w.Indicator)
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range col {
		if !scoring.IsMissing(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	back := 1.0
	if d := x.p.recipe.Denominators; d != nil && d[w.Indicator].By != nil {
		back = d[w.Indicator].By[x.b.Kept[row]]
		if d[w.Indicator].Scale != 0 {
			back /= d[w.Indicator].Scale
		}
	}
	out := whatIf{Code: x.m.Hierarchy.Codes[w.Indicator], From: orNull(w.From * back), To: w.To * back, Rank: w.Rank, Beyond: w.Beyond}
	from := w.From
	if scoring.IsMissing(from) {
		from = lo
	}
	out.effort = max(w.To-from, from-w.To) / (hi - lo)
	for _, i := range w.Passes {
		out.Passes = append(out.Passes, x.code(i))
	}
	return out
}

// tree lists the contributions below node, each aggregate before its children.
func (x *explainer) tree(r *explanation, parts []float64, node int) {
	h := x.m.Hierarchy
	for _, c := range h.Children[node] {
		r.Contributions = append(r.Contributions, contribution{h.Codes[c], h.Level[c],
			orNull(x.b.Result.Value(x.a, c)), orNull(x.b.Result.Value(x.other, c)), parts[c]})
		x.tree(r, parts, c)
	}
}

// named returns weights of the level that may change by its codes.
func (x *explainer) named(w []float64) map[string]float64 {
	if w == nil {
		return nil
	}
	h := x.flat.Hierarchy
	out := map[string]float64{}
	for k, c := range h.Children[h.Root()] {
		out[h.Codes[c]] = w[k]
	}
	return out
}

func (r *explanation) print(w io.Writer) error {
	for _, u := range []explainedUnit{r.A, r.B} {
		fmt.Fprintf(w, "%s (%s): rank %d, score %.4f. Under any weights of the level: rank %s to %s.\n", u.Name, u.Code, u.Rank, u.Score,
			bounded(u.Reach.Best, u.Reach.BestBound, "no better than"), bounded(u.Reach.Worst, u.Reach.WorstBound, "no worse than"))
	}
	fmt.Fprintf(w, "\nThe difference of %.4f, by what contributes to it:\n", r.Difference)
	top, width := 0, 0
	for _, c := range r.Contributions {
		top = max(top, c.Level)
	}
	indented := func(c contribution) string { return strings.Repeat("  ", top-c.Level) + c.Code }
	for _, c := range r.Contributions {
		width = max(width, len(indented(c)))
	}
	fmt.Fprintf(w, "  %-*s  %12s  %10s  %10s\n", width, "", "contribution", r.A.Code, r.B.Code)
	for _, c := range r.Contributions {
		fmt.Fprintf(w, "  %-*s  %12.4f  %10s  %10s\n", width, indented(c), c.Contribution, fixed(c.A, 2), fixed(c.B, 2))
	}
	if err := r.Overtaking.print(w); err != nil {
		return err
	}
	for _, p := range r.Paths {
		note := ""
		if !p.Exact {
			note = " (bracketed)"
		}
		fmt.Fprintf(w, "\nRank of %s by the weight of %s, now %.1f %%%s:\n", r.A.Code, p.Code, 100*p.Given, note)
		for _, s := range p.Segments {
			fmt.Fprintf(w, "  %7.3f %% to %7.3f %%  rank %s\n", 100*s.From, 100*s.To, rankText(s.Rank))
		}
	}
	if len(r.WhatIf) == 0 {
		_, err := fmt.Fprintf(w, "\nNo single indicator gains a rank for %s.\n", r.Overtaking.Lower)
		return err
	}
	fmt.Fprintf(w, "\nWhat gains %s the next rank, one indicator at a time, the smallest share of its range first:\n", r.Overtaking.Lower)
	t := newTextTable(w, "iCode", "from", "to", "share of range", "rank", "passes", "")
	for _, x := range r.WhatIf {
		note := ""
		if x.Beyond {
			note = "beyond the best"
		}
		from := ""
		if x.From != nil {
			from = strconv.FormatFloat(*x.From, 'g', 6, 64)
		}
		t.row(x.Code, from, strconv.FormatFloat(x.To, 'g', 6, 64), share(x.effort), strconv.Itoa(x.Rank), strings.Join(x.Passes, ","), note)
	}
	return t.flush()
}

// bounded says how sure a rank is.
func bounded(rank, bound int, words string) string {
	if rank == bound {
		return strconv.Itoa(rank)
	}
	return fmt.Sprintf("%d (proven: %s %d)", rank, words, bound)
}

func (o *overtaking) print(w io.Writer) error {
	codes := make([]string, 0, len(o.Given))
	for c := range o.Given {
		codes = append(codes, c)
	}
	slices.Sort(codes)
	fmt.Fprintf(w, "\nFor %s to pass %s by the weights of %s:\n", o.Lower, o.Higher, strings.Join(codes, ", "))
	if !o.Possible {
		if o.Exact {
			_, err := fmt.Fprintf(w, "  impossible: %s is at least as good in each of them.\n", o.Higher)
			return err
		}
		_, err := fmt.Fprintln(w, "  no weights were found; that is no proof.")
		return err
	}
	t := newTextTable(w, "", "given", "this one alone", "smallest L1", "smallest L2")
	percent := func(x float64) string { return strconv.FormatFloat(100*x, 'f', 3, 64) + " %" }
	for _, c := range codes {
		alone := "never"
		if v := o.One[c]; v != nil {
			alone = percent(*v)
		}
		t.row(c, percent(o.Given[c]), alone, percent(o.L1[c]), percent(o.L2[c]))
	}
	t.row("change", "", "", strconv.FormatFloat(o.DistanceL1, 'f', 5, 64), strconv.FormatFloat(o.DistanceL2, 'f', 5, 64))
	if err := t.flush(); err != nil {
		return err
	}
	if !o.Exact {
		fmt.Fprintln(w, "  (the best that a search found; smaller changes may exist)")
	}
	return nil
}
