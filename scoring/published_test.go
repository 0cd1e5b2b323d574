package scoring

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// hdiModel is the Human Development Index as a Spec: life expectancy; the mean
// of expected and mean years of schooling; the logarithm of income; each
// between fixed goalposts; geometric mean of the three.
//
// Reference: UNDP, Human Development Report 2023-24, technical note 1.
func hdiModel(tb testing.TB, raw *Matrix) *Model {
	tb.Helper()
	h, err := NewHierarchy([]string{"le", "eys", "mys", "gni"}, []string{"health", "education", "education", "income"},
		[]string{"HDI", "health", "education", "income"}, []string{"", "HDI", "HDI", "HDI"}, nil)
	if err != nil {
		tb.Fatal(err)
	}
	posts := func(low, high float64) Normalisation { return Normalisation{Kind: Goalposts, A: low, B: high} }
	m, err := Compile(Spec{
		Hierarchy: h,
		Indicators: []Indicator{
			{Code: "le", Direction: 1, Normalisation: posts(20, 85)},
			{Code: "eys", Direction: 1, Normalisation: posts(0, 18)},
			{Code: "mys", Direction: 1, Normalisation: posts(0, 15)},
			{Code: "gni", Direction: 1, Treatment: Treatment{First: Log, Always: true}, Normalisation: posts(math.Log(100), math.Log(75000))},
		},
		Aggregation: []Aggregation{{Kind: Arithmetic}, {Kind: Geometric}},
	}, raw)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// Published components and values of the Human Development Index 2022 (UNDP,
// CC BY 3.0 IGO).
func TestHumanDevelopmentIndex(t *testing.T) {
	countries := []struct {
		name              string
		le, eys, mys, gni float64
		hdi               float64
	}{
		{"Switzerland", 84.255, 16.5837307, 13.90406622, 69432.78669, 0.967},
		{"Norway", 83.393, 18.63846016, 13.06234279, 69189.76165, 0.966},
		{"Hong Kong", 84.315, 17.8495903, 12.34776974, 62485.50516, 0.956},
		{"Singapore", 84.133, 16.90273094, 11.92488003, 88761.14559, 0.949},
		{"Liechtenstein", 84.656, 15.46640015, 12.351169, 146673.2415, 0.942},
		{"United Arab Emirates", 79.196, 17.20813942, 12.77375031, 74103.71494, 0.937},
		{"South Korea", 84.024, 16.50964928, 12.61409234, 46026.4542, 0.929},
		{"United States", 78.203, 16.41274071, 13.57549953, 65564.93798, 0.927},
		{"China", 78.587, 15.21793605, 8.106910446, 18024.88747, 0.788},
		{"Brazil", 73.425, 15.5788002, 8.278307638, 14615.89235, 0.760},
		{"India", 67.744, 12.58370972, 6.570700169, 6950.526798, 0.644},
		{"Nigeria", 53.633, 10.51407, 7.585969925, 4754.836408, 0.548},
		{"South Sudan", 55.567, 5.634770141, 5.726140022, 690.6607575, 0.381},
		{"Somalia", 56.107, 7.647232333, 1.900300026, 1072.201461, 0.380},
	}
	raw := NewMatrix(len(countries), 4)
	for i, c := range countries {
		for j, v := range []float64{c.le, c.eys, c.mys, c.gni} {
			raw.Set(i, j, v)
		}
	}
	m := hdiModel(t, raw)
	r := m.NewResult()
	if err := m.Aggregate(r, nil, nil); err != nil {
		t.Fatal(err)
	}
	for i, c := range countries {
		if got := math.Round(r.Score[i]*1000) / 1000; got != c.hdi {
			t.Errorf("HDI of %s is %v, published is %v", c.name, r.Score[i], c.hdi)
		}
		if r.Rank[i] != i+1 {
			t.Errorf("%s ranks %d of the 14, published order makes it %d", c.name, r.Rank[i], i+1)
		}
	}
}

// shared is the folder of published cases beside the project, where there is
// one.
func shared(t *testing.T, path ...string) string {
	t.Helper()
	dir := filepath.Join("..", "..", "shared", "cases")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: the folder ../shared/cases is not beside the project; the project's own tables are tested without it")
	}
	return filepath.Join(append([]string{dir}, path...)...)
}

func TestHumanDevelopmentIndexOfAllCountries(t *testing.T) {
	rows := readCSV(t, shared(t, "undp_hdi", "hdi_2022.csv"))
	if len(rows) != 193 {
		t.Fatalf("%d countries, want 193", len(rows))
	}
	raw := NewMatrix(len(rows), 4)
	for i, row := range rows {
		for j, c := range []string{"life_expectancy_years", "expected_schooling_years", "mean_schooling_years", "gni_per_capita_2017ppp_usd"} {
			raw.Set(i, j, parse(t, row[c]))
		}
	}
	m := hdiModel(t, raw)
	r := m.NewResult()
	if err := m.Aggregate(r, nil, nil); err != nil {
		t.Fatal(err)
	}
	value, published := make([]float64, len(rows)), make([]float64, len(rows))
	for i, row := range rows {
		published[i] = parse(t, row["hdi_published"])
		value[i] = math.Round(r.Score[i]*1000) / 1000
		if value[i] != published[i] {
			t.Errorf("HDI of %s is %v, published is %v", row["country"], r.Score[i], published[i])
		}
	}
	// Published ranks are those of more digits than are printed, so they are
	// compared with the ranks of the printed values: as competition ranks the
	// two agree on each country whose printed value no other has.
	ranks := Rank(nil, value, DefaultTolerance)
	count := map[float64]int{}
	for _, v := range published {
		count[v]++
	}
	for i, row := range rows {
		if want := int(parse(t, row["hdi_rank_published"])); count[published[i]] == 1 && ranks[i] != want {
			t.Errorf("%s ranks %d, published is %d", row["country"], ranks[i], want)
		}
	}
}

func TestASEMStagesAgreeWithCOINr(t *testing.T) {
	dir := shared(t, "coinr_asem")
	r, raw := asem(t)
	b, err := Build(r, raw)
	if err != nil {
		t.Fatal(err)
	}
	h := r.Hierarchy
	stage := func(m *Matrix) func(i, node int) float64 { return m.At }
	for name, at := range map[string]func(i, node int) float64{
		"Raw": stage(b.Raw), "Denominated": stage(b.Denominated), "Imputed": stage(b.Imputed), "Screened": stage(b.Screened),
		"Treated": stage(b.Treated), "Normalised": stage(b.Normalised), "Aggregated": b.Result.Value,
	} {
		compared := 0
		for _, row := range readCSV(t, filepath.Join(dir, "step_"+name+".csv")) {
			i := slices.Index(r.Units, row["uCode"])
			for code, cell := range row {
				if code == "uCode" {
					continue
				}
				want, got := parse(t, cell), at(i, h.Find(code))
				if IsMissing(want) != IsMissing(got) || math.Abs(got-want) > 1e-9*math.Abs(want) {
					t.Errorf("%s: %s of %s is %v, COINr's is %v", name, code, row["uCode"], got, want)
				}
				compared++
			}
		}
		if compared < 51*49 {
			t.Errorf("%s: only %d values compared", name, compared)
		}
	}
	for _, row := range readCSV(t, filepath.Join(dir, "effective_weights.csv")) {
		got, want := EffectiveWeights(h, r.Weights)[h.Find(row["iCode"])], parse(t, row["EffWeight"])
		if math.Abs(got-want) > 1e-15 {
			t.Errorf("effective weight of %s is %v, COINr's is %v", row["iCode"], got, want)
		}
	}
	for _, row := range readCSV(t, filepath.Join(dir, "stats_raw.csv")) {
		s := Describe(raw.Col(h.Find(row["iCode"])))
		flag := map[bool]string{true: "LOW", false: "ok"}
		out := map[bool]string{true: "OUT", false: "ok"}
		for name, got := range map[string]float64{"Min": s.Min, "Max": s.Max, "Mean": s.Mean, "Median": s.Median, "Std": s.Std, "Skew": s.Skew, "Kurt": s.Kurt,
			"N.Avail": float64(s.N), "N.NonZero": float64(s.NonZero), "N.Unique": float64(s.Unique), "N.Same": float64(s.Same),
			"Frc.Avail": s.Available, "Frc.NonZero": s.ShareNonZero, "Frc.Unique": s.ShareUnique, "Frc.Same": s.ShareSame} {
			if want := parse(t, row[name]); math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
				t.Errorf("%s of %s is %v, COINr's is %v", name, row["iCode"], got, want)
			}
		}
		for name, got := range map[string]string{"Flag.Avail": flag[s.LowAvailable], "Flag.NonZero": flag[s.LowNonZero], "Flag.Unique": flag[s.LowUnique], "Flag.SkewKurt": out[s.Outliers]} {
			if got != row[name] {
				t.Errorf("%s of %s is %s, COINr's is %s", name, row["iCode"], got, row[name])
			}
		}
	}
}
