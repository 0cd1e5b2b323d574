package scoring

// Denominator is what an indicator is divided by before all else.
type Denominator struct {
	By    []float64 // one per unit; nil leaves the indicator as it is
	Scale float64   // the quotient is multiplied by it; 0 means 1
}

// Recipe is a whole build from raw data to ranks, in the order of the field's
// handbook and of COINr: denominate, impute, screen, treat, normalise, weight
// and aggregate, rank. The zero value of a part skips it. Spec holds the last
// four; its Units and its indicators' Normalisation.Unit mean rows of the data
// before screening.
type Recipe struct {
	Spec
	Denominators []Denominator // per indicator, nil for none
	Impute       ImputeKind
	ImputeGroups []string // the group of each unit, for the group methods
	Screen       Screening
}

// Built is a build with all of its stages. Matrices have a column per
// indicator; Raw, Denominated and Imputed have a row per unit, the others one
// per unit kept.
type Built struct {
	Raw, Denominated, Imputed     *Matrix
	Kept                          []int // rows of the units that screening kept
	Screened, Treated, Normalised *Matrix
	Model                         *Model
	Result                        *Result // of the units kept
	// Score and Rank have an entry per unit of the data: missing and 0 for
	// one that was screened out or has no index.
	Score []float64
	Rank  []int
}

// Build runs r on raw (units × indicators), which is not changed.
//
// Reference: OECD/JRC Handbook on Constructing Composite Indicators (2008).
func Build(r Recipe, raw *Matrix) (*Built, error) {
	if len(r.Indicators) != raw.Cols {
		return nil, errorf(StepInput, itoa(len(r.Indicators)), " indicators for ", itoa(raw.Cols), " columns of data")
	}
	b := &Built{Raw: raw, Denominated: raw, Imputed: raw}
	if r.Denominators != nil {
		b.Denominated = raw.Clone()
		for j, d := range r.Denominators {
			if d.By == nil {
				continue
			}
			x := b.Denominated.Col(j)
			if _, err := Denominate(x, x, d.By, d.Scale); err != nil {
				return nil, located(err, r.Indicators[j].Code, r.Units)
			}
		}
		b.Imputed = b.Denominated
	}
	if r.Impute != NoImputation {
		b.Imputed = b.Denominated.Clone()
		for j := range r.Indicators {
			x := b.Imputed.Col(j)
			if _, err := Impute(x, x, r.Impute, r.ImputeGroups); err != nil {
				return nil, located(err, r.Indicators[j].Code, r.Units)
			}
		}
	}
	b.Kept = Screen(b.Imputed, r.Screen)
	if len(b.Kept) == 0 {
		return nil, errorf(StepScreen, "no unit is left: lower the share of data that is asked for")
	}
	b.Screened = b.Imputed
	spec := r.Spec
	if len(b.Kept) < raw.Rows {
		b.Screened = b.Imputed.SelectRows(b.Kept)
		if err := keepRows(&spec, b.Kept); err != nil {
			return nil, err
		}
	}
	var err error
	if b.Model, err = Compile(spec, b.Screened); err != nil {
		return nil, err
	}
	b.Treated, b.Normalised = b.Model.Treated, b.Model.Normalised
	b.Result = b.Model.NewResult()
	if err := b.Model.Aggregate(b.Result, nil, nil); err != nil {
		return nil, err
	}
	b.Score, b.Rank = make([]float64, raw.Rows), make([]int, raw.Rows)
	for i := range b.Score {
		b.Score[i] = Missing
	}
	for k, i := range b.Kept {
		b.Score[i], b.Rank[i] = b.Result.Score[k], b.Result.Rank[k]
	}
	return b, nil
}

// keepRows makes spec speak of the kept rows.
func keepRows(spec *Spec, kept []int) error {
	pick := func(names []string) []string {
		if names == nil {
			return nil
		}
		out := make([]string, len(kept))
		for k, i := range kept {
			out[k] = names[i]
		}
		return out
	}
	units := spec.Units
	spec.Units, spec.Groups = pick(spec.Units), pick(spec.Groups)
	row := map[int]int{}
	for k, i := range kept {
		row[i] = k
	}
	spec.Indicators = append([]Indicator(nil), spec.Indicators...)
	for j := range spec.Indicators {
		n := &spec.Indicators[j].Normalisation
		if n.Kind != DistRef {
			continue
		}
		k, ok := row[n.Unit]
		if !ok {
			return &Error{StepNormalise, spec.Indicators[j].Code, label(units, n.Unit), "the reference unit was screened out"}
		}
		n.Unit = k
	}
	return nil
}
