package main

import (
	"flag"
	"fmt"
	"io"
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

func (p *project) readIndicators() error {
	t := p.iMeta
	cols := map[string]int{}
	for _, c := range []string{"Level", "iCode", "Direction", "Weight", "Parent", "Type"} {
		k, err := t.need(c)
		if err != nil {
			return err
		}
		cols[c] = k
	}
	p.metaRow = map[string]int{}
	levels := map[string]int{}
	weights := map[string]float64{}
	var indicators, parents, aggregates, aggregateParents []string
	var dataCols []int
	for r, row := range t.rows {
		code, kind := row[cols["iCode"]], row[cols["Type"]]
		if code == "" {
			return t.at(r, cols["iCode"], "a row has no iCode")
		}
		if _, twice := p.metaRow[code]; twice {
			return t.at(r, cols["iCode"], "the code %q is there twice", code)
		}
		p.metaRow[code] = r
		if kind != "Indicator" && kind != "Aggregate" {
			known := false
			for _, k := range types {
				known = known || k == kind
			}
			if !known {
				return t.at(r, cols["Type"], "unknown type %q; the known ones are %s", kind, strings.Join(types, ", "))
			}
			continue
		}
		level, err := t.number(r, cols["Level"])
		if err != nil {
			return err
		}
		if !(level >= 1) || level != float64(int(level)) {
			return t.at(r, cols["Level"], "the level of %s must be a whole number of 1 or more", code)
		}
		levels[code] = int(level)
		w, err := t.number(r, cols["Weight"])
		if err != nil {
			return err
		}
		parent := row[cols["Parent"]]
		if missing(parent) {
			parent = ""
		}
		switch {
		case parent == "" && kind == "Aggregate":
			w = 1 // the index itself
		case scoring.IsMissing(w) || w < 0:
			return t.at(r, cols["Weight"], "the weight of %s must be a number of zero or more", code)
		}
		weights[code] = w
		if kind == "Aggregate" {
			aggregates, aggregateParents = append(aggregates, code), append(aggregateParents, parent)
			continue
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
		dataCols = append(dataCols, k)
		indicators, parents = append(indicators, code), append(parents, parent)
		p.recipe.Indicators = append(p.recipe.Indicators, scoring.Indicator{Code: code, Direction: int(dir)})
	}
	h, err := scoring.NewHierarchy(indicators, parents, aggregates, aggregateParents, levels)
	if err != nil {
		if e, ok := err.(*scoring.Error); ok && e.Indicator != "" {
			if r, ok := p.metaRow[e.Indicator]; ok {
				return t.at(r, cols["Parent"], "%s: %s", e.Indicator, e.Msg)
			}
		}
		return fmt.Errorf("%s: %w", t.file, err)
	}
	p.recipe.Hierarchy = h
	p.recipe.Units = p.units
	p.recipe.Weights = make([]float64, h.Nodes())
	for k, c := range h.Codes {
		p.recipe.Weights[k] = weights[c]
	}
	p.raw = scoring.NewMatrix(len(p.units), len(indicators))
	for j, k := range dataCols {
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
