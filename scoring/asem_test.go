package scoring

import (
	"encoding/binary"
	"encoding/csv"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
)

// readCSV returns the rows of a CSV file by column name.
func readCSV(tb testing.TB, file string) []map[string]string {
	tb.Helper()
	f, err := os.Open(file)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		m := map[string]string{}
		for k, name := range rows[0] {
			m[name] = r[k]
		}
		out = append(out, m)
	}
	return out
}

func parse(tb testing.TB, cell string) float64 {
	tb.Helper()
	if cell == "" || cell == "NA" {
		return Missing
	}
	x, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		tb.Fatal(err)
	}
	return x
}

// asem returns the ASEM example with COINr's default pipeline.
func asem(tb testing.TB) (Recipe, *Matrix) {
	tb.Helper()
	iData := readCSV(tb, filepath.Join("testdata", "asem", "iData.csv"))
	iMeta := readCSV(tb, filepath.Join("testdata", "asem", "iMeta.csv"))
	var r Recipe
	var codes, parents, aggs, aggParents []string
	weight := map[string]float64{}
	for _, m := range iMeta {
		code := m["iCode"]
		switch m["Type"] {
		case "Indicator":
			codes, parents = append(codes, code), append(parents, m["Parent"])
			r.Indicators = append(r.Indicators, Indicator{Code: code, Direction: int(parse(tb, m["Direction"])), Treatment: WinsoriseThenLog})
			var d Denominator
			if by := m["Denominator"]; by != "" && by != "NA" {
				for _, u := range iData {
					d.By = append(d.By, parse(tb, u[by]))
				}
			}
			r.Denominators = append(r.Denominators, d)
		case "Aggregate":
			parent := m["Parent"]
			if parent == "NA" {
				parent = ""
			}
			aggs, aggParents = append(aggs, code), append(aggParents, parent)
		}
		weight[code] = parse(tb, m["Weight"])
	}
	h, err := NewHierarchy(codes, parents, aggs, aggParents, nil)
	if err != nil {
		tb.Fatal(err)
	}
	r.Hierarchy = h
	for _, c := range h.Codes {
		r.Weights = append(r.Weights, weight[c])
	}
	raw := NewMatrix(len(iData), len(codes))
	for i, u := range iData {
		r.Units = append(r.Units, u["uCode"])
		r.ImputeGroups = append(r.ImputeGroups, u["EurAsia_group"])
		for j, c := range codes {
			raw.Set(i, j, parse(tb, u[c]))
		}
	}
	r.Impute = ImputeGroupMean
	r.Screen.MinAvailable = 0.9
	return r, raw
}

func TestASEMGivesCOINrsScoresAndRanks(t *testing.T) {
	r, raw := asem(t)
	b, err := Build(r, raw)
	if err != nil {
		t.Fatal(err)
	}
	row := map[string]int{}
	for i, u := range r.Units {
		row[u] = i
	}
	want := readCSV(t, filepath.Join("testdata", "asem", "results_scores.csv"))
	if len(want) != 51 {
		t.Fatalf("%d countries in results_scores.csv, want 51", len(want))
	}
	for _, w := range want {
		i := row[w["uCode"]]
		if got := strconv.Itoa(b.Rank[i]); got != w["Rank"] {
			t.Errorf("%s has rank %s, COINr's is %s", w["uCode"], got, w["Rank"])
		}
		for code, cell := range w {
			if code == "uCode" || code == "Rank" {
				continue
			}
			got, published := b.Result.Value(i, r.Hierarchy.Find(code)), parse(t, cell)
			if math.Abs(got-published) > 1e-9*math.Abs(published) {
				t.Errorf("%s of %s is %v, COINr's is %v", code, w["uCode"], got, published)
			}
		}
	}
}

// The published figures below are those of COINr 1.1.14 for the ASEM example.
func TestASEMTreatmentDetails(t *testing.T) {
	r, raw := asem(t)
	b, err := Build(r, raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []struct {
		code                     string
		winsorised               int
		skew, kurt, skew1, kurt1 float64
	}{
		{"LPI", 0, -0.30426812829704819, -0.65675141248512903, 0, 0},
		{"Flights", 1, 2.2435557296680129, 6.2982019598769803, 1.7538116254508289, 3.2469219917528669},
		{"Services", 4, 3.9504499646293532, 17.647611965368469, 1.6247752296825091, 2.1155434559483615},
		{"ForPort", 3, 6.9277658793969117, 48.815215313507601, 1.3594524289403809, 0.90110773644184217},
		{"FemLab", 1, -2.0089044650369225, 5.000513712708023, -1.8924041132490048, 4.3633665306399569},
	} {
		d := b.Model.Details[r.Hierarchy.Find(w.code)]
		got := [5]float64{float64(d.Winsorised), d.Check[0].Skew, d.Check[0].Kurt, d.Check[1].Skew, d.Check[1].Kurt}
		want := [5]float64{float64(w.winsorised), w.skew, w.kurt, w.skew1, w.kurt1}
		for k := range got {
			if math.Abs(got[k]-want[k]) > 1e-9*max(1, math.Abs(want[k])) {
				t.Errorf("%s: treatment %v, COINr's is %v", w.code, got, want)
				break
			}
		}
		if d.Second {
			t.Errorf("%s: a logarithm was taken where winsorising was enough", w.code)
		}
	}
}

func TestASEMEffectiveWeights(t *testing.T) {
	r, _ := asem(t)
	eff := EffectiveWeights(r.Hierarchy, r.Weights)
	for code, want := range map[string]float64{"Goods": 0.02, "Renew": 1.0 / 30, "Tariff": 1.0 / 60, "StMob": 0.0125, "TolMin": 1.0 / 54,
		"Physical": 0.1, "Social": 1.0 / 6, "Conn": 0.5, "Index": 1} {
		if got := eff[r.Hierarchy.Find(code)]; math.Abs(got-want) > 1e-15 {
			t.Errorf("effective weight of %s is %v, want %v", code, got, want)
		}
	}
}

func TestBuildDoesNotChangeItsInput(t *testing.T) {
	r, raw := asem(t)
	before := raw.Clone()
	if _, err := Build(r, raw); err != nil {
		t.Fatal(err)
	}
	for k, v := range raw.Data {
		if v != before.Data[k] && !(IsMissing(v) && IsMissing(before.Data[k])) {
			t.Fatalf("value %d was %v and is %v", k, before.Data[k], v)
		}
	}
}

func BenchmarkASEMReaggregate(b *testing.B) {
	r, raw := asem(b)
	built, err := Build(r, raw)
	if err != nil {
		b.Fatal(err)
	}
	benchAggregate(b, built.Model, nil)
}

func BenchmarkASEMBuild(b *testing.B) {
	r, raw := asem(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Build(r, raw); err != nil {
			b.Fatal(err)
		}
	}
}

// TestSameFiguresOnEveryMachine holds amd64 and WebAssembly to the same bits:
// the expected number is the hash of all scores under logarithms, powers and
// exponentials. After a change that means to change figures, both must print
// the same new one. Other processors may fuse a multiplication and an addition
// and differ in the last bit.
func TestSameFiguresOnEveryMachine(t *testing.T) {
	if runtime.GOARCH != "amd64" && runtime.GOARCH != "wasm" {
		t.Skipf("skipped: %s may fuse multiplications and additions", runtime.GOARCH)
	}
	hash := fnv.New64a()
	r, raw := asem(t)
	for _, treatment := range []Treatment{WinsoriseThenLog, {First: LogCT, Always: true}, {First: BoxCox, Lambda: 0.3, Always: true}} {
		for _, a := range []Aggregation{{}, {Kind: Geometric}, {Kind: Harmonic}, {Kind: PowerMean, P: 0.7}, {Kind: Median}, {Kind: Copeland}, {Kind: TOPSIS}} {
			for j := range r.Indicators {
				r.Indicators[j].Treatment = treatment
				r.Indicators[j].Normalisation = Normalisation{A: 1, B: 100}
			}
			r.Aggregation = []Aggregation{a, {}, {}}
			b, err := Build(r, raw)
			if err != nil {
				t.Fatal(err)
			}
			for i, score := range b.Score {
				var bits [16]byte
				binary.LittleEndian.PutUint64(bits[:], math.Float64bits(score))
				binary.LittleEndian.PutUint64(bits[8:], uint64(b.Rank[i]))
				hash.Write(bits[:])
			}
		}
	}
	const want = 0x57ad2bed58d1b4c5
	if got := hash.Sum64(); got != want {
		t.Errorf("the hash of the figures is %#x on %s, want %#x", got, runtime.GOARCH, uint64(want))
	}
}
