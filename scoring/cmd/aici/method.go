package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"aicities/scoring"
)

// method says which steps of a build run; their settings are in the recipe.
type method struct {
	denominate, impute, screen, treat, normalise, aggregate bool
}

// defaultMethod is COINr's default pipeline: the example coin of its
// documentation. Where iData has no column EurAsia_group, missing values are
// filled with the indicator's mean.
func (p *project) defaultMethod() error {
	p.method = method{denominate: true, impute: true, screen: true, treat: true, normalise: true, aggregate: true}
	some, err := p.denominators()
	if err != nil {
		return err
	}
	p.method.denominate = some
	p.recipe.Impute = scoring.ImputeGroupMean
	groups, ok := p.groups("EurAsia_group")
	if p.recipe.ImputeGroups = groups; !ok {
		p.recipe.Impute = scoring.ImputeMean
		fmt.Fprintln(p.warn, "aici: there is no column EurAsia_group: missing values are filled with the indicator's mean")
	}
	p.recipe.Screen.MinAvailable = 0.9
	for j := range p.recipe.Indicators {
		p.recipe.Indicators[j].Treatment = scoring.WinsoriseThenLog
	}
	return nil
}

// readMethod reads a method file.
func (p *project) readMethod(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	root, err := parseJSON(file, text)
	if err != nil {
		return err
	}
	if err := root.only("$schema", "denominate", "impute", "screen", "treat", "normalise", "aggregate", "weights"); err != nil {
		return err
	}
	for _, step := range []struct {
		key  string
		read func(*value) error
	}{
		{"denominate", p.readDenominate}, {"impute", p.readImpute}, {"screen", p.readScreen}, {"treat", p.readTreat},
		{"normalise", p.readNormalise}, {"aggregate", p.readAggregate},
		{"weights", func(v *value) error { return p.readWeights(v, filepath.Dir(file)) }},
	} {
		if v := root.obj[step.key]; !v.null() {
			if err := step.read(v); err != nil {
				return err
			}
		}
	}
	if !p.method.normalise {
		// A step that is left out leaves values as they are, direction and all.
		for j := range p.recipe.Indicators {
			p.recipe.Indicators[j].Normalisation.Kind = scoring.NoNorm
			p.recipe.Indicators[j].Direction = 1
		}
	}
	return nil
}

func (p *project) readDenominate(v *value) error {
	if err := v.bool(&p.method.denominate); err != nil || !p.method.denominate {
		return err
	}
	some, err := p.denominators()
	if err == nil && !some {
		err = v.errorf("iMeta names no denominator; add a column Denominator or leave this step out")
	}
	return err
}

var imputations = []string{"i_mean", "i_median", "i_mean_grp", "i_median_grp", "none"}

func (p *project) readImpute(v *value) error {
	if err := v.only("f_i", "group"); err != nil {
		return err
	}
	k := 0
	if f := v.obj["f_i"]; !f.null() {
		var err error
		if k, err = f.name("imputation", imputations); err != nil {
			return err
		}
	}
	p.recipe.Impute = []scoring.ImputeKind{scoring.ImputeMean, scoring.ImputeMedian, scoring.ImputeGroupMean, scoring.ImputeGroupMedian, scoring.NoImputation}[k]
	p.method.impute = p.recipe.Impute != scoring.NoImputation
	byGroup := p.recipe.Impute == scoring.ImputeGroupMean || p.recipe.Impute == scoring.ImputeGroupMedian
	group := ""
	if err := v.obj["group"].text(&group); err != nil {
		return err
	}
	if !byGroup {
		return nil
	}
	if group == "" {
		return v.errorf("%s needs a \"group\", a column of iData", imputations[k])
	}
	var ok bool
	if p.recipe.ImputeGroups, ok = p.groups(group); !ok {
		return v.obj["group"].errorf("iData has no column %q; its columns are %s", group, strings.Join(p.iData.header, ", "))
	}
	return nil
}

var screens = []string{"byNA", "byzeros", "byNAandzeros"}

func (p *project) readScreen(v *value) error {
	if err := v.only("dat_thresh", "unit_screen", "nonzero_thresh", "force"); err != nil {
		return err
	}
	p.method.screen = true
	dat, nonzero, by := 2.0/3, 0.05, 0
	for key, dst := range map[string]*float64{"dat_thresh": &dat, "nonzero_thresh": &nonzero} {
		if err := v.obj[key].share(dst); err != nil {
			return err
		}
	}
	if f := v.obj["unit_screen"]; !f.null() {
		var err error
		if by, err = f.name("screening", screens); err != nil {
			return err
		}
	}
	s := &p.recipe.Screen
	if screens[by] != "byzeros" {
		s.MinAvailable = dat
	}
	if screens[by] != "byNA" {
		s.MinNonZero = nonzero
	}
	force := v.obj["force"]
	if force.null() {
		return nil
	}
	if force.kind != '{' {
		return force.errorf("an object of units with true (keep) or false (drop) is expected here")
	}
	s.Force = map[int]bool{}
	for _, code := range force.keys {
		i, err := p.unit(code, force.obj[code])
		if err != nil {
			return err
		}
		keep := false
		if err := force.obj[code].bool(&keep); err != nil {
			return err
		}
		s.Force[i] = keep
	}
	return nil
}

// unit returns the row of a unit by its code.
func (p *project) unit(code string, v *value) (int, error) {
	for i, u := range p.units {
		if u == code {
			return i, nil
		}
	}
	return 0, v.errorf("there is no unit %q in iData", code)
}

// share reads a number from 0 to 1.
func (v *value) share(dst *float64) error {
	if err := v.number(dst); err != nil {
		return err
	}
	if *dst < 0 || *dst > 1 {
		return v.errorf("a share from 0 to 1 is expected here, not %v", *dst)
	}
	return nil
}

// overrides calls read for the settings of single indicators.
func (p *project) overrides(v *value, read func(j int, v *value) error) error {
	own := v.obj["indicators"]
	if own.null() {
		return nil
	}
	if own.kind != '{' {
		return own.errorf("an object of indicators with their own settings is expected here")
	}
	for _, code := range own.keys {
		j := -1
		for k, ind := range p.recipe.Indicators {
			if ind.Code == code {
				j = k
			}
		}
		if j < 0 {
			return own.obj[code].errorf("there is no indicator %q in iMeta", code)
		}
		if err := read(j, own.obj[code]); err != nil {
			return err
		}
	}
	return nil
}

var transforms = []string{"none", "winsorise", "log_CT", "log_CT_orig", "log_CT_plus", "log_GII", "log_GII2020", "boxcox", "log", "log1p"}

var transformKinds = []scoring.Transform{scoring.NoTransform, scoring.Winsorise, scoring.LogCT, scoring.LogCTOrig, scoring.LogCTPlus,
	scoring.Identity, scoring.LogGII, scoring.BoxCox, scoring.Log, scoring.Log1p}

func (p *project) readTreat(v *value) error {
	if err := v.only("f1", "f2", "winmax", "skew_thresh", "kurt_thresh", "force_win", "lambda", "combine_treat", "always", "indicators"); err != nil {
		return err
	}
	p.method.treat = true
	all, err := p.treatment(v, scoring.WinsoriseThenLog)
	if err != nil {
		return err
	}
	for j := range p.recipe.Indicators {
		p.recipe.Indicators[j].Treatment = all
	}
	return p.overrides(v, func(j int, v *value) error {
		if v.lit == "none" {
			p.recipe.Indicators[j].Treatment = scoring.Treatment{}
			return nil
		}
		if err := v.only("f1", "f2", "winmax", "skew_thresh", "kurt_thresh", "force_win", "lambda", "combine_treat", "always"); err != nil {
			return err
		}
		t, err := p.treatment(v, all)
		p.recipe.Indicators[j].Treatment = t
		return err
	})
}

// treatment reads the settings that v changes in t.
func (p *project) treatment(v *value, t scoring.Treatment) (scoring.Treatment, error) {
	for key, dst := range map[string]*scoring.Transform{"f1": &t.First, "f2": &t.Second} {
		f, ok := v.obj[key]
		if !ok {
			continue
		}
		if f.null() {
			*dst = scoring.NoTransform
			continue
		}
		k, err := f.name("treatment", transforms)
		if err != nil {
			return t, err
		}
		*dst = transformKinds[k]
		if *dst == scoring.Identity {
			fmt.Fprintln(p.warn, "aici: log_GII leaves values as they are, as COINr 1.1.14 does; log_GII2020 is the formula")
		}
		if *dst == scoring.BoxCox && v.obj["lambda"].null() {
			return t, f.errorf("boxcox needs a \"lambda\"")
		}
	}
	if w, ok := v.obj["winmax"]; ok {
		if w.null() {
			t.WinMax = -1
		} else if err := w.integer(&t.WinMax); err != nil {
			return t, err
		} else if t.WinMax < 1 {
			return t, w.errorf("winmax is at least 1, or null for no limit; leave winsorise out for none")
		}
	}
	for key, dst := range map[string]*float64{"skew_thresh": &t.SkewMax, "kurt_thresh": &t.KurtMax, "lambda": &t.Lambda} {
		if err := v.obj[key].number(dst); err != nil {
			return t, err
		}
	}
	for key, dst := range map[string]*bool{"force_win": &t.ForceWin, "combine_treat": &t.Combine, "always": &t.Always} {
		if err := v.obj[key].bool(dst); err != nil {
			return t, err
		}
	}
	return t, nil
}

var normalisations = []string{"n_minmax", "n_zscore", "n_rank", "n_borda", "n_prank", "n_dist2max", "n_fracmax", "n_dist2ref",
	"n_dist2targ", "n_scaled", "n_goalposts", "n_categories", "none"}

var normalisationKinds = []scoring.NormKind{scoring.MinMax, scoring.ZScore, scoring.RankNorm, scoring.Borda, scoring.PercentileRank, scoring.DistMax,
	scoring.FracMax, scoring.DistRef, scoring.DistTarget, scoring.Scaled, scoring.Goalposts, scoring.Categories, scoring.NoNorm}

// normaliseKeys are the parameters of each normalisation.
var normaliseKeys = map[scoring.NormKind][]string{
	scoring.MinMax: {"l_u"}, scoring.ZScore: {"m_sd"}, scoring.DistRef: {"iref", "cap_max"}, scoring.DistTarget: {"targ", "cap_max"},
	scoring.Scaled: {"npara", "scale_factor"}, scoring.Goalposts: {"gposts", "trunc2posts"}, scoring.Categories: {"bins"},
}

func (p *project) readNormalise(v *value) error {
	p.method.normalise = true
	for j := range p.recipe.Indicators {
		if err := p.normalisation(j, v, "indicators"); err != nil {
			return err
		}
	}
	return p.overrides(v, func(j int, v *value) error { return p.normalisation(j, v) })
}

// normalisation reads the method of indicator j.
func (p *project) normalisation(j int, v *value, more ...string) error {
	kind := scoring.MinMax
	if v.kind == '{' && !v.obj["f_n"].null() {
		k, err := v.obj["f_n"].name("normalisation", normalisations)
		if err != nil {
			return err
		}
		kind = normalisationKinds[k]
	}
	if err := v.only(append(append([]string{"f_n"}, normaliseKeys[kind]...), more...)...); err != nil {
		return err
	}
	ind := &p.recipe.Indicators[j]
	n := scoring.Normalisation{Kind: kind}
	var err error
	pair := func(key string) {
		if f := v.obj[key]; err == nil && !f.null() {
			var xs []float64
			if xs, err = f.numbers(2); err == nil {
				n.A, n.B = xs[0], xs[1]
			}
		}
	}
	switch kind {
	case scoring.MinMax:
		if pair("l_u"); err == nil && n.A == n.B && !v.obj["l_u"].null() {
			err = v.obj["l_u"].errorf("lower and upper must differ")
		}
	case scoring.ZScore:
		if pair("m_sd"); err == nil && !v.obj["m_sd"].null() && n.B <= 0 {
			err = v.obj["m_sd"].errorf("the standard deviation must be above zero")
		}
	case scoring.Scaled:
		pair("npara")
		factor := 100.0
		if err == nil {
			err = v.obj["scale_factor"].number(&factor)
		}
		n.Scale = factor / 100
	case scoring.DistRef:
		f := v.obj["iref"]
		if f.null() {
			return v.errorf("n_dist2ref needs an \"iref\", the code of the reference unit")
		}
		code := ""
		if err = f.text(&code); err == nil {
			n.Unit, err = p.unit(code, f)
		}
		if err == nil {
			err = v.obj["cap_max"].bool(&n.Cap)
		}
	case scoring.DistTarget:
		err = p.target(&n, ind, v)
	case scoring.Goalposts:
		err = p.goalposts(&n, ind, v)
	case scoring.Categories:
		n.Bins = 5
		err = v.obj["bins"].integer(&n.Bins)
	}
	ind.Normalisation = n
	return err
}

// target reads the target of an indicator: that of the method file, which like
// COINr's is on the scale after the direction is applied, or iMeta's, which is
// on the indicator's own.
func (p *project) target(n *scoring.Normalisation, ind *scoring.Indicator, v *value) error {
	if err := v.obj["cap_max"].bool(&n.Cap); err != nil {
		return err
	}
	if f := v.obj["targ"]; !f.null() {
		err := f.number(&n.A)
		n.A *= float64(ind.Direction)
		return err
	}
	var err error
	if n.A, err = p.meta(ind.Code, "Target"); err != nil {
		return err
	}
	if scoring.IsMissing(n.A) {
		return v.errorf("the indicator %s has no Target in iMeta and the method gives no \"targ\"", ind.Code)
	}
	return nil
}

// goalposts reads the goalposts of an indicator, on scales as target does.
func (p *project) goalposts(n *scoring.Normalisation, ind *scoring.Indicator, v *value) error {
	truncate := true
	if err := v.obj["trunc2posts"].bool(&truncate); err != nil {
		return err
	}
	n.Open = !truncate
	if f := v.obj["gposts"]; !f.null() {
		xs, err := f.numbers(3)
		if err != nil {
			return err
		}
		n.A, n.B, n.Scale = xs[0], xs[1], xs[2]
		if ind.Direction < 0 {
			n.A, n.B = -xs[1], -xs[0]
		}
		return nil
	}
	for column, dst := range map[string]*float64{"goalpost_lower": &n.A, "goalpost_upper": &n.B, "goalpost_scale": &n.Scale} {
		x, err := p.meta(ind.Code, column)
		if err != nil {
			return err
		}
		if scoring.IsMissing(x) {
			return v.errorf("the indicator %s has no %s in iMeta and the method gives no \"gposts\" (lower, upper, scale)", ind.Code, column)
		}
		*dst = x
	}
	return nil
}

var aggregations = []string{"a_amean", "a_gmean", "a_hmean", "a_genmean", "a_median", "a_copeland", "a_topsis", "a_min"}

var aggregationKinds = []scoring.AggKind{scoring.Arithmetic, scoring.Geometric, scoring.Harmonic, scoring.PowerMean, scoring.Median,
	scoring.Copeland, scoring.TOPSIS, scoring.Minimum}

func (p *project) readAggregate(v *value) error {
	p.method.aggregate = true
	each := []*value{v}
	if v.kind == '[' {
		steps := p.recipe.Hierarchy.Depth() - 1
		if each = v.arr; len(each) != steps && len(each) != 1 {
			return v.errorf("%d methods for %d levels: give one for all, or one for each from the lowest", len(each), steps)
		}
	}
	for _, e := range each {
		if err := e.only("f_ag", "p", "dat_thresh"); err != nil {
			return err
		}
		k := 0
		if f := e.obj["f_ag"]; !f.null() {
			var err error
			if k, err = f.name("aggregation", aggregations); err != nil {
				return err
			}
		}
		a := scoring.Aggregation{Kind: aggregationKinds[k]}
		if err := e.obj["p"].number(&a.P); err != nil {
			return err
		}
		switch {
		case a.Kind != scoring.PowerMean && !e.obj["p"].null():
			return e.obj["p"].errorf("%s has no parameter \"p\"", aggregations[k])
		case a.Kind == scoring.PowerMean && a.P == 0:
			return e.errorf("a_genmean needs a \"p\" that is not zero; its limit at zero is a_gmean")
		}
		share := 0.0
		if err := e.obj["dat_thresh"].share(&share); err != nil {
			return err
		}
		p.recipe.Aggregation = append(p.recipe.Aggregation, a)
		p.recipe.MinShare = append(p.recipe.MinShare, share)
	}
	return nil
}

func (p *project) readWeights(v *value, dir string) error {
	file := ""
	if err := v.text(&file); err != nil {
		return v.errorf("null, \"equal\" or the path of a CSV iCode,Level,Weight is expected here")
	}
	if file == "equal" {
		for k := range p.recipe.Weights {
			p.recipe.Weights[k] = 1
		}
		return nil
	}
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	t, err := readTable(file)
	if err != nil {
		return v.errorf("the weights cannot be read: %v", err)
	}
	code, err := t.need("iCode")
	if err != nil {
		return err
	}
	weight, err := t.need("Weight")
	if err != nil {
		return err
	}
	h := p.recipe.Hierarchy
	given := make([]bool, h.Nodes())
	for r, row := range t.rows {
		k := h.Find(row[code])
		if k < 0 {
			return t.at(r, code, "there is no indicator or aggregate %q in iMeta", row[code])
		}
		if given[k] {
			return t.at(r, code, "%s is there twice", row[code])
		}
		w, err := t.number(r, weight)
		if err != nil {
			return err
		}
		if scoring.IsMissing(w) || w < 0 {
			return t.at(r, weight, "the weight of %s must be a number of zero or more", row[code])
		}
		p.recipe.Weights[k], given[k] = w, true
	}
	for k, ok := range given {
		if !ok && k != h.Root() {
			return fmt.Errorf("%s: there is no weight for %s", file, h.Codes[k])
		}
	}
	return nil
}
