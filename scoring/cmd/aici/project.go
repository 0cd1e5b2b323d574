package main

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"aicities/scoring"
)

// project is an index as its files describe it: data, hierarchy and method.
type project struct {
	units  []string // uCode, in iData's order
	names  []string // uName, or uCode where there is none
	raw    *scoring.Matrix
	method method
	// recipe is the whole build; its Spec holds hierarchy, indicators and
	// weights.
	recipe scoring.Recipe

	iData, iMeta *table
	metaRow      map[string]int // row of iMeta by iCode
	warn         io.Writer
}

// projectFlags are the flags of each command that works on an index.
type projectFlags struct{ iData, iMeta, method string }

func (f *projectFlags) add(fs *flag.FlagSet) {
	fs.StringVar(&f.iData, "idata", "", "CSV of the units' values, in COINr's iData format (required)")
	fs.StringVar(&f.iMeta, "imeta", "", "CSV of indicators and aggregates, in COINr's iMeta format (required)")
	fs.StringVar(&f.method, "method", "", "JSON of the method; COINr's default pipeline without it")
}

// index parses the command line, reads the files that it names and builds their
// index. Notes go to warn.
func (f *projectFlags) index(fs *flag.FlagSet, args []string, warn io.Writer) (*project, *scoring.Built, error) {
	if err := fs.Parse(args); err != nil {
		return nil, nil, err
	}
	p, err := f.load(warn)
	if err != nil {
		return nil, nil, err
	}
	b, err := p.needIndex()
	return p, b, err
}

// load reads the files. Notes go to warn.
func (f *projectFlags) load(warn io.Writer) (*project, error) {
	if f.iData == "" || f.iMeta == "" {
		return nil, fmt.Errorf("-idata and -imeta are required; -h lists the flags")
	}
	p := &project{warn: warn}
	var err error
	if p.iData, err = readTable(f.iData); err != nil {
		return nil, err
	}
	if p.iMeta, err = readTable(f.iMeta); err != nil {
		return nil, err
	}
	if err := p.readUnits(); err != nil {
		return nil, err
	}
	if err := p.readIndicators(); err != nil {
		return nil, err
	}
	if f.method == "" {
		err = p.defaultMethod()
	} else {
		err = p.readMethod(f.method)
	}
	return p, err
}

// build runs the project's method.
func (p *project) build() (*scoring.Built, error) { return scoring.Build(p.recipe, p.raw) }

func (p *project) readUnits() error {
	code, err := p.iData.need("uCode")
	if err != nil {
		return err
	}
	name := p.iData.col("uName")
	seen := map[string]bool{}
	for r, row := range p.iData.rows {
		u := row[code]
		if u == "" {
			return p.iData.at(r, code, "a unit has no uCode")
		}
		if seen[u] {
			return p.iData.at(r, code, "the unit %q is there twice", u)
		}
		seen[u] = true
		p.units = append(p.units, u)
		if name >= 0 && row[name] != "" {
			p.names = append(p.names, row[name])
		} else {
			p.names = append(p.names, u)
		}
	}
	if len(p.units) == 0 {
		return fmt.Errorf("%s:2:1: there is no unit", p.iData.file)
	}
	return nil
}

// types are the kinds of row in iMeta.
var types = []string{"Indicator", "Aggregate", "Group", "Denominator", "Other"}

// nodes are the rows of iMeta that make up the hierarchy.
type nodes struct {
	indicators, parents          []string
	columns                      []int // of iData, of each indicator
	aggregates, aggregateParents []string
	levels                       map[string]int     // by iCode
	weights                      map[string]float64 // by iCode
}

// readIndicators reads iMeta and the columns of iData that it names.
func (p *project) readIndicators() error {
	cols := map[string]int{}
	for _, c := range []string{"Level", "iCode", "Direction", "Weight", "Parent", "Type"} {
		k, err := p.iMeta.need(c)
		if err != nil {
			return err
		}
		cols[c] = k
	}
	p.metaRow = map[string]int{}
	n := &nodes{levels: map[string]int{}, weights: map[string]float64{}}
	for r := range p.iMeta.rows {
		isNode, err := p.readCode(r, cols)
		if err != nil {
			return err
		}
		if isNode {
			if err := p.readNode(n, r, cols); err != nil {
				return err
			}
		}
	}
	if err := p.setHierarchy(n, cols["Parent"]); err != nil {
		return err
	}
	p.raw = scoring.NewMatrix(len(p.units), len(n.indicators))
	for j, k := range n.columns {
		for r := range p.units {
			x, err := p.iData.number(r, k)
			if err != nil {
				return err
			}
			p.raw.Set(r, j, x)
		}
	}
	return nil
}

// readCode notes the code of a row of iMeta and reports whether the row is part
// of the hierarchy.
func (p *project) readCode(r int, cols map[string]int) (isNode bool, err error) {
	t := p.iMeta
	code, kind := t.rows[r][cols["iCode"]], t.rows[r][cols["Type"]]
	if code == "" {
		return false, t.at(r, cols["iCode"], "a row has no iCode")
	}
	if _, twice := p.metaRow[code]; twice {
		return false, t.at(r, cols["iCode"], "the code %q is there twice", code)
	}
	p.metaRow[code] = r
	if !slices.Contains(types, kind) {
		return false, t.at(r, cols["Type"], "unknown type %q; the known ones are %s", kind, strings.Join(types, ", "))
	}
	return kind == "Indicator" || kind == "Aggregate", nil
}

// readNode adds an indicator or an aggregate.
func (p *project) readNode(n *nodes, r int, cols map[string]int) error {
	t := p.iMeta
	row := t.rows[r]
	code, isAggregate := row[cols["iCode"]], row[cols["Type"]] == "Aggregate"
	level, err := t.number(r, cols["Level"])
	if err != nil {
		return err
	}
	if !(level >= 1) || level != float64(int(level)) {
		return t.at(r, cols["Level"], "the level of %s must be a whole number of 1 or more", code)
	}
	n.levels[code] = int(level)
	w, err := t.number(r, cols["Weight"])
	if err != nil {
		return err
	}
	parent := row[cols["Parent"]]
	if missing(parent) {
		parent = ""
	}
	switch {
	case parent == "" && isAggregate:
		w = 1 // the index itself
	case scoring.IsMissing(w) || w < 0:
		return t.at(r, cols["Weight"], "the weight of %s must be a number of zero or more", code)
	}
	n.weights[code] = w
	if isAggregate {
		n.aggregates, n.aggregateParents = append(n.aggregates, code), append(n.aggregateParents, parent)
		return nil
	}
	dir, err := t.number(r, cols["Direction"])
	if err != nil {
		return err
	}
	if dir != 1 && dir != -1 {
		return t.at(r, cols["Direction"], "the direction of %s must be 1 (more is better) or -1 (less is better)", code)
	}
	k := p.iData.col(code)
	if k < 0 {
		return t.at(r, cols["iCode"], "the indicator %s has no column in %s", code, p.iData.file)
	}
	n.columns = append(n.columns, k)
	n.indicators, n.parents = append(n.indicators, code), append(n.parents, parent)
	p.recipe.Indicators = append(p.recipe.Indicators, scoring.Indicator{Code: code, Direction: int(dir)})
	return nil
}

// setHierarchy makes the hierarchy of its nodes, and the weights. What is wrong
// with a node is said at its cell in the column of parents.
func (p *project) setHierarchy(n *nodes, parentCol int) error {
	h, err := scoring.NewHierarchy(n.indicators, n.parents, n.aggregates, n.aggregateParents, n.levels)
	if err != nil {
		if e, ok := err.(*scoring.Error); ok && e.Indicator != "" {
			if r, ok := p.metaRow[e.Indicator]; ok {
				return p.iMeta.at(r, parentCol, "%s: %s", e.Indicator, e.Msg)
			}
		}
		return fmt.Errorf("%s: %w", p.iMeta.file, err)
	}
	p.recipe.Hierarchy = h
	p.recipe.Units = p.units
	p.recipe.Weights = make([]float64, h.Nodes())
	for k, c := range h.Codes {
		p.recipe.Weights[k] = n.weights[c]
	}
	return nil
}

// denominators divides by what iMeta says; it reports whether that is anything.
func (p *project) denominators() (bool, error) {
	t := p.iMeta
	k := t.col("Denominator")
	if k < 0 {
		return false, nil
	}
	scale := t.col("ScaleFactor")
	some := false
	p.recipe.Denominators = make([]scoring.Denominator, len(p.recipe.Indicators))
	for j, ind := range p.recipe.Indicators {
		r := p.metaRow[ind.Code]
		by := t.rows[r][k]
		if missing(by) {
			continue
		}
		c := p.iData.col(by)
		if c < 0 {
			return false, t.at(r, k, "the denominator %q of %s has no column in %s", by, ind.Code, p.iData.file)
		}
		d := &p.recipe.Denominators[j]
		d.By = make([]float64, len(p.units))
		for i := range p.units {
			x, err := p.iData.number(i, c)
			if err != nil {
				return false, err
			}
			d.By[i] = x
		}
		if scale >= 0 {
			x, err := t.number(r, scale)
			if err != nil {
				return false, err
			}
			if !scoring.IsMissing(x) {
				d.Scale = x
			}
		}
		some = true
	}
	return some, nil
}

// groups returns the units' values in a grouping column of iData.
func (p *project) groups(name string) ([]string, bool) {
	k := p.iData.col(name)
	if k < 0 {
		return nil, false
	}
	out := make([]string, len(p.units))
	for r, row := range p.iData.rows {
		if !missing(row[k]) {
			out[r] = row[k]
		}
	}
	return out, true
}

// meta returns a number from a column of iMeta for an indicator, missing where
// the column or the value is not there.
func (p *project) meta(code, column string) (float64, error) {
	k := p.iMeta.col(column)
	if k < 0 {
		return scoring.Missing, nil
	}
	return p.iMeta.number(p.metaRow[code], k)
}
