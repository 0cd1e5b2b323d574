package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"aicities/scoring"
)

func init() {
	register("mcda", "solve a small decision problem: matrix, types, weights, method", runMCDA)
}

// decision is a case file: a decision problem and how to solve it.
type decision struct {
	id, method, settings string
	matrix               *scoring.Matrix
	types                []int
	weights              []float64
	expected             []string // the keys that are asked for, empty for all
	where                *value
}

func runMCDA(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("mcda", flag.ContinueOnError)
	fs.SetOutput(stderr)
	file := fs.String("case", "", "JSON of a case, or of a list of them (required)")
	asJSON := fs.Bool("json", false, "print an object with the keys of the case's \"expected\", all that the method gives without one")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *file == "" {
		return fmt.Errorf("-case is required; -h lists the flags")
	}
	text, err := os.ReadFile(*file)
	if err != nil {
		return err
	}
	root, err := parseJSON(*file, text)
	if err != nil {
		return err
	}
	cases := []*value{root}
	if root.kind == '[' {
		cases = root.arr
	}
	var all []map[string]any
	for _, v := range cases {
		if err := ctx.Err(); err != nil {
			return err
		}
		d, err := readDecision(v)
		if err != nil {
			return err
		}
		out, err := d.solve(stderr)
		if err != nil {
			return v.errorf("case %s: %v", d.id, err)
		}
		if err := d.only(out); err != nil {
			return err
		}
		if !*asJSON {
			if err := d.print(stdout, out); err != nil {
				return err
			}
		}
		all = append(all, out)
	}
	if !*asJSON {
		return nil
	}
	enc := json.NewEncoder(stdout)
	enc.SetIndent("", " ")
	if root.kind == '[' {
		return enc.Encode(all)
	}
	return enc.Encode(all[0])
}

func readDecision(v *value) (*decision, error) {
	if v.kind != '{' {
		return nil, v.errorf("a case is an object with method, matrix, types and weights")
	}
	d := &decision{where: v}
	for key, dst := range map[string]*string{"id": &d.id, "method": &d.method, "settings": &d.settings} {
		if err := v.obj[key].text(dst); err != nil {
			return nil, err
		}
	}
	if d.method == "" {
		return nil, v.errorf("the case has no \"method\"")
	}
	var err error
	if d.matrix, err = readMatrix(v); err != nil {
		return nil, err
	}
	if err := d.readCriteria(v); err != nil {
		return nil, err
	}
	if e := v.obj["expected"]; !e.null() {
		if e.kind != '{' {
			return nil, e.errorf("an object of results is expected here")
		}
		d.expected = e.keys
	}
	return d, nil
}

func readMatrix(v *value) (*scoring.Matrix, error) {
	m := v.obj["matrix"]
	if m.null() || m.kind != '[' || len(m.arr) == 0 {
		return nil, v.errorf("the case has no \"matrix\", an array of rows")
	}
	var rows [][]float64
	for _, r := range m.arr {
		if r.kind != '[' || len(r.arr) != len(m.arr[0].arr) || len(r.arr) == 0 {
			return nil, r.errorf("a row of %d numbers is expected here", len(m.arr[0].arr))
		}
		row := make([]float64, len(r.arr))
		for k, e := range r.arr {
			row[k] = scoring.Missing
			if err := e.number(&row[k]); err != nil {
				return nil, err
			}
		}
		rows = append(rows, row)
	}
	return scoring.FromRows(rows)
}

// readCriteria reads types and weights, 1 each where the case has none.
func (d *decision) readCriteria(v *value) (err error) {
	d.types, d.weights = make([]int, d.matrix.Cols), make([]float64, d.matrix.Cols)
	for j := range d.types {
		d.types[j], d.weights[j] = 1, 1
	}
	if t := v.obj["types"]; !t.null() {
		xs, err := t.numbers(d.matrix.Cols)
		if err != nil {
			return err
		}
		for j, x := range xs {
			if x != 1 && x != -1 {
				return t.arr[j].errorf("a type is 1 (benefit) or -1 (cost)")
			}
			d.types[j] = int(x)
		}
	}
	if w := v.obj["weights"]; !w.null() {
		d.weights, err = w.numbers(d.matrix.Cols)
	}
	return err
}

// says reports whether the settings or the method hold one of the phrases.
func (d *decision) says(phrases ...string) bool {
	return contains(d.method+"; "+d.settings, phrases)
}

// is reports whether the method's name holds one of the phrases.
func (d *decision) is(phrases ...string) bool { return contains(d.method, phrases) }

func contains(text string, phrases []string) bool {
	text = strings.ReplaceAll(strings.ToLower(text), "normaliz", "normalis")
	for _, p := range phrases {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}

// criterionNorms are the names of normalisations, the more special first.
var criterionNorms = []struct {
	kind  scoring.CriterionNorm
	names []string
}{
	{scoring.CritMinMax, []string{"minmax", "min-max", "min max"}},
	{scoring.CritZavadskasTurskis, []string{"zavadskas"}},
	{scoring.CritEnhanced, []string{"enhanced"}},
	{scoring.CritNonlinear, []string{"nonlinear", "non-linear"}},
	{scoring.CritLinear, []string{"linear"}},
	{scoring.CritLog, []string{"logarithmic", "log normalis", "normalisation: log"}},
	{scoring.CritVector, []string{"vector", "square root", "sqrt"}},
	{scoring.CritSum, []string{"sum normalis", "normalisation: sum", "by its sum", "by the sum", "by their sum"}},
	{scoring.CritMax, []string{"max normalis", "normalisation: max", "by its max", "by the max", "by their max"}},
}

// norm returns the normalisation that the case names. literal says that each
// criterion is divided by something whatever its type, which the method then
// accounts for.
func (d *decision) norm() (kind scoring.CriterionNorm, literal, found bool) {
	if d.says("no normalisation", "without normalisation", "not normalised", "unnormalised", "raw matrix", "normalisation: none") {
		return scoring.CritNone, true, true
	}
	for _, n := range criterionNorms {
		if d.says(n.names...) {
			return n.kind, d.says("divided by") || n.kind == scoring.CritVector, true
		}
	}
	return scoring.CritNone, true, false
}

// solution is a decision being solved: its figures, changed on the way.
type solution struct {
	*decision
	x       *scoring.Matrix
	types   []int // 1 also for a cost that was turned
	w       []float64
	norm    scoring.CriterionNorm
	literal bool // see decision.norm
	found   bool // the case names the normalisation
	stderr  io.Writer
}

// solve returns what the method gives, by key.
func (d *decision) solve(stderr io.Writer) (map[string]any, error) {
	s := &solution{decision: d, x: d.matrix.Clone(), types: slices.Clone(d.types), w: slices.Clone(d.weights), stderr: stderr}
	s.norm, s.literal, s.found = d.norm()
	if err := s.prepare(); err != nil {
		return nil, err
	}
	switch {
	case d.is("outrank", "copeland"):
		return s.outranking(), nil
	case d.is("topsis"):
		return s.topsis()
	case d.is("reference point"):
		return s.referencePoint()
	case d.is("multiplicative form", "weighted product", "wpm"):
		return s.weightedProduct()
	case d.is("weighted sum", "wsm", "simple additive", "ratio"):
		return s.weightedSum()
	case d.is("a_amean", "arithmetic mean", "a_gmean", "geometric mean", "a_hmean", "harmonic mean", "a_median", "median", "a_genmean", "power mean", "generalised mean", "generalized mean"):
		return s.mean()
	case d.is("normalisation", "n_"):
		return s.normalisation()
	}
	return nil, fmt.Errorf("unknown method %q; the known ones are TOPSIS, weighted sum, weighted product, ratio system, reference point, "+
		"outranking matrix, Copeland, arithmetic, geometric, harmonic and power mean, median, and normalisation: NAME", d.method)
}

// prepare inverts costs and brings weights to a sum of 1 where the case says so.
func (s *solution) prepare() error {
	if s.says("invert", "1/x") {
		if err := scoring.InvertCosts(s.x, s.types); err != nil {
			return err
		}
		for j := range s.types {
			s.types[j] = 1
		}
	}
	if s.says("weights normalised", "normalised weights", "weights are normalised", "weights sum to", "weights divided") {
		sum := 0.0
		for _, v := range s.w {
			sum += v
		}
		if sum == 0 {
			return fmt.Errorf("all weights are zero")
		}
		for j := range s.w {
			s.w[j] /= sum
		}
	}
	return nil
}

// vectorUnlessNamed takes the vector normalisation where the case names none.
func (s *solution) vectorUnlessNamed() {
	if !s.found {
		s.norm, s.literal = scoring.CritVector, true
		fmt.Fprintf(s.stderr, "aici: case %s: the settings name no normalisation: vector normalisation is taken\n", s.id)
	}
}

// normalise brings x onto one scale; it leaves types at 1 for the criteria whose
// direction it has turned.
func (s *solution) normalise() error {
	for j := range s.x.Cols {
		t := s.types[j]
		if s.literal {
			t = 1
		} else if s.norm != scoring.CritNone {
			s.types[j] = 1
		}
		if err := s.normaliseColumn(j, t); err != nil {
			return err
		}
	}
	return nil
}

func (s *solution) normaliseColumn(j, kind int) error {
	if _, err := scoring.NormaliseCriterion(s.x.Col(j), s.x.Col(j), kind, s.norm); err != nil {
		return fmt.Errorf("criterion %d: %w", j+1, err)
	}
	return nil
}

func scored(score []float64) map[string]any {
	return map[string]any{"score": score, "rank": scoring.Rank(nil, score, scoring.DefaultTolerance)}
}

func (s *solution) outranking() map[string]any {
	orm := scoring.Outranking(s.x, s.types, s.w)
	copeland := scoring.CopelandScores(orm)
	out := scored(copeland)
	out["copeland"], out["matrix"] = copeland, rowMajor(orm)
	for i := range orm.Rows {
		for k := range orm.Cols {
			out["orm_"+strconv.Itoa(i+1)+"_"+strconv.Itoa(k+1)] = orm.At(i, k)
		}
	}
	out["n_dominant"], out["frac_dominant"] = scoring.Dominant(orm)
	return out
}

func (s *solution) topsis() (map[string]any, error) {
	s.vectorUnlessNamed()
	if err := s.normalise(); err != nil {
		return nil, err
	}
	metric := scoring.Euclidean
	switch {
	case s.says("cityblock", "city block", "manhattan", "taxicab"):
		metric = scoring.Cityblock
	case s.says("chebyshev"):
		metric = scoring.Chebyshev
	}
	c := scoring.TopsisScores(s.x, s.types, s.w, metric)
	out := scored(c.Score)
	out["similarity"], out["ideal"], out["anti_ideal"], out["d_plus"], out["d_minus"] = c.Score, c.Ideal, c.AntiIdeal, c.DPlus, c.DMinus
	return out, nil
}

func (s *solution) referencePoint() (map[string]any, error) {
	s.vectorUnlessNamed()
	s.literal = true
	if err := s.normalise(); err != nil {
		return nil, err
	}
	score, ref := scoring.ReferencePoint(s.x, s.types, s.w)
	negated := make([]float64, len(score))
	for i, v := range score {
		negated[i] = -v
	}
	out := scored(negated)
	out["score"], out["reference_point"] = score, ref
	return out, nil
}

func (s *solution) weightedProduct() (map[string]any, error) {
	if err := s.normalise(); err != nil {
		return nil, err
	}
	ln, err := scoring.WeightedProductLn(s.x, s.types, s.w)
	if err != nil {
		return nil, err
	}
	out := scored(ln)
	log10, product := make([]float64, len(ln)), make([]float64, len(ln))
	for i, v := range ln {
		log10[i], product[i] = v/math.Ln10, scoring.Exp(v)
	}
	out["ln_score"], out["log10_score"], out["score"] = ln, log10, product
	switch {
	case s.says("log10"):
		out["score"] = log10
	case s.says("natural log", "ln of", "log of"):
		out["score"] = ln
	}
	return out, nil
}

func (s *solution) weightedSum() (map[string]any, error) {
	if s.is("ratio") {
		// The ratio system subtracts costs, so it never turns them.
		s.vectorUnlessNamed()
		s.literal = true
	}
	if err := s.normalise(); err != nil {
		return nil, err
	}
	return scored(scoring.WeightedSum(s.x, s.types, s.w)), nil
}

// mean aggregates with one of the means.
func (s *solution) mean() (map[string]any, error) {
	a := scoring.Aggregation{}
	switch {
	case s.is("a_gmean", "geometric mean"):
		a.Kind = scoring.Geometric
	case s.is("a_hmean", "harmonic mean"):
		a.Kind = scoring.Harmonic
	case s.is("median"):
		a.Kind = scoring.Median
	case !s.is("a_amean", "arithmetic mean"):
		a.Kind = scoring.PowerMean
		if err := s.where.obj["p"].number(&a.P); err != nil {
			return nil, err
		}
		if i := strings.Index(s.settings, "p = "); a.P == 0 && i >= 0 {
			a.P, _ = strconv.ParseFloat(strings.TrimRight(strings.Fields(s.settings[i+4:])[0], ",;"), 64)
		}
	}
	for j := range s.x.Cols {
		if s.norm == scoring.CritNone {
			if s.types[j] < 0 {
				return nil, fmt.Errorf("criterion %d is a cost: name a normalisation, or invert it", j+1)
			}
			continue
		}
		if err := s.normaliseColumn(j, s.types[j]); err != nil {
			return nil, err
		}
	}
	score, err := scoring.AggregateColumns(nil, s.x, s.w, a, 0, nil, nil)
	if err != nil {
		return nil, err
	}
	return scored(score), nil
}

// normalisation returns the normalised matrix, by one of the names of the
// multi-criteria suites or by COINr's.
func (s *solution) normalisation() (map[string]any, error) {
	coinr := -1
	for k, name := range normalisations {
		if name != "none" && s.says(name) {
			coinr = k
		}
	}
	if z := slices.Index(normalisations, "n_zscore"); s.says("z-score", "zscore", "standard") && coinr < 0 {
		coinr = z
	}
	if !s.found && coinr < 0 {
		var names []string
		for _, n := range criterionNorms {
			names = append(names, n.names[0])
		}
		return nil, fmt.Errorf("unknown normalisation in %q; the known ones are %s, %s", s.method, strings.Join(names, ", "), strings.Join(normalisations, ", "))
	}
	for j := range s.x.Cols {
		var err error
		if coinr >= 0 {
			_, err = scoring.Normalise(s.x.Col(j), s.x.Col(j), s.types[j], scoring.Normalisation{Kind: normalisationKinds[coinr]})
		} else {
			_, err = scoring.NormaliseCriterion(s.x.Col(j), s.x.Col(j), s.types[j], s.norm)
		}
		if err != nil {
			return nil, fmt.Errorf("criterion %d: %w", j+1, err)
		}
	}
	return map[string]any{"matrix": rowMajor(s.x)}, nil
}

func rowMajor(m *scoring.Matrix) []float64 {
	out := make([]float64, 0, len(m.Data))
	for i := range m.Rows {
		for j := range m.Cols {
			out = append(out, m.At(i, j))
		}
	}
	return out
}

// only drops the results that the case does not ask for.
func (d *decision) only(out map[string]any) error {
	if len(d.expected) == 0 {
		return nil
	}
	var known []string
	for k := range out {
		known = append(known, k)
	}
	slices.Sort(known)
	for _, k := range d.expected {
		if _, ok := out[k]; !ok {
			return d.where.obj["expected"].errorf("%s gives no %q; it gives %s", d.method, k, strings.Join(known, ", "))
		}
	}
	for _, k := range known {
		if !slices.Contains(d.expected, k) {
			delete(out, k)
		}
	}
	return nil
}

// print writes the results that have one figure per alternative as a table,
// the others below it.
func (d *decision) print(w io.Writer, out map[string]any) error {
	fmt.Fprintf(w, "%s: %s\n", d.id, d.method)
	var wide, others []string
	for k, v := range out {
		if xs, ok := v.([]float64); ok && len(xs) == d.matrix.Rows {
			wide = append(wide, k)
		} else if _, ok := v.([]int); ok {
			wide = append(wide, k)
		} else {
			others = append(others, k)
		}
	}
	slices.Sort(wide)
	slices.Sort(others)
	if len(wide) > 0 {
		t := newTextTable(w, append([]string{"alternative"}, wide...)...)
		for i := range d.matrix.Rows {
			row := []string{strconv.Itoa(i + 1)}
			for _, k := range wide {
				switch xs := out[k].(type) {
				case []float64:
					row = append(row, strconv.FormatFloat(xs[i], 'g', 8, 64))
				case []int:
					row = append(row, strconv.Itoa(xs[i]))
				}
			}
			t.row(row...)
		}
		if err := t.flush(); err != nil {
			return err
		}
	}
	for _, k := range others {
		fmt.Fprintf(w, "%s: %v\n", k, out[k])
	}
	return nil
}
