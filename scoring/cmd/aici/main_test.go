package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const testdata = "../../testdata/asem"

// aici runs the command and returns exit code and what it prints.
func aici(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = run(context.Background(), args, &out, &err)
	return code, out.String(), err.String()
}

// buildWith runs a build of the ASEM example by a method.
func buildWith(t *testing.T, method string) (dir string, code int, stderr string) {
	t.Helper()
	dir = t.TempDir()
	args := []string{"build", "-idata", testdata + "/iData.csv", "-imeta", testdata + "/iMeta.csv", "-out", dir}
	if method != "" {
		args = append(args, "-method", write(t, dir, "method.json", method))
	}
	code, _, stderr = aici(t, args...)
	return dir, code, stderr
}

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// records reads a CSV file with its header.
func records(t *testing.T, file string) [][]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestBuildWithoutAMethodIsCOINrsDefault(t *testing.T) {
	dir, code, stderr := buildWith(t, "")
	if code != 0 {
		t.Fatal(stderr)
	}
	rows := records(t, filepath.Join(dir, "scores.csv"))
	if got := strings.Join(rows[0], ","); got != "uCode,index,rank,Physical,ConEcFin,Political,Instit,P2P,Environ,Social,SusEcFin,Conn,Sust" {
		t.Errorf("the header is %s", got)
	}
	units := records(t, testdata+"/iData.csv")
	if len(rows) != len(units) || len(rows) != 52 {
		t.Fatalf("%d rows of %d", len(rows), len(units))
	}
	for i := range rows {
		if rows[i][0] != units[i][1] && i > 0 {
			t.Fatalf("row %d is %s, in iData it is %s", i, rows[i][0], units[i][1])
		}
	}
	want := map[string][]string{}
	for _, r := range records(t, testdata+"/results_scores.csv") {
		want[r[0]] = r
	}
	for _, r := range rows[1:] {
		got, err := strconv.ParseFloat(r[1], 64)
		published, err2 := strconv.ParseFloat(want[r[0]][2], 64)
		if err != nil || err2 != nil || math.Abs(got-published) > 1e-9*published || r[2] != want[r[0]][1] {
			t.Errorf("%s: index %s rank %s, COINr's are %s and %s", r[0], r[1], r[2], want[r[0]][2], want[r[0]][1])
		}
	}
	for _, name := range []string{"step_Raw", "step_Denominated", "step_Imputed", "step_Screened", "step_Treated", "step_Normalised", "step_Aggregated", "weights", "treatment", "stats", "consistency"} {
		if n := len(records(t, filepath.Join(dir, name+".csv"))); n < 19 {
			t.Errorf("%s.csv has %d rows", name, n)
		}
	}
	// The default said in a file is the same.
	readme := readmeMethods(t)
	other, code, stderr := buildWith(t, readme[0])
	if code != 0 {
		t.Fatal(stderr)
	}
	for _, name := range []string{"scores.csv", "step_Aggregated.csv"} {
		a, _ := os.ReadFile(filepath.Join(dir, name))
		b, _ := os.ReadFile(filepath.Join(other, name))
		if len(a) == 0 || !bytes.Equal(a, b) {
			t.Errorf("%s differs from that of the method that the README gives as the default", name)
		}
	}
}

// readmeMethods returns the method files of the README.
func readmeMethods(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range regexp.MustCompile("(?s)```json\n(.*?)```").FindAllSubmatch(text, -1) {
		out = append(out, string(m[1]))
	}
	if len(out) < 7 {
		t.Fatalf("%d method files in the README, one per step is expected", len(out))
	}
	return out
}

func TestEveryMethodOfTheREADMERuns(t *testing.T) {
	for _, method := range readmeMethods(t) {
		dir, code, stderr := buildWith(t, method)
		if code != 0 {
			t.Errorf("%s: %s", method, stderr)
			continue
		}
		ranked := 0
		for _, r := range records(t, filepath.Join(dir, "scores.csv"))[1:] {
			if r[2] != "" {
				ranked++
			}
		}
		if ranked == 0 {
			t.Errorf("%s: no unit is ranked", method)
		}
	}
}

func TestEveryNameRuns(t *testing.T) {
	with := func(step, settings string) string {
		return `{"denominate": true, "impute": {"f_i": "i_mean"}, ` + step + `: ` + settings + `}`
	}
	rest := `, "aggregate": {}`
	for _, name := range normalisations {
		extra := map[string]string{"n_dist2ref": `, "iref": "DEU"`, "n_goalposts": `, "gposts": [0, 100, 1]`}[name]
		method := strings.TrimSuffix(with(`"normalise"`, `{"f_n": "`+name+`"`+extra+`}`), "}") + rest + "}"
		_, code, stderr := buildWith(t, method)
		if name == "n_fracmax" {
			// The best cost to export or import of ASEM is 0: nothing is a fraction of it.
			if code != 1 || !strings.Contains(stderr, "indicator CostImpEx") {
				t.Errorf("%s: %s", name, stderr)
			}
			continue
		}
		if code != 0 {
			t.Errorf("%s: %s", name, stderr)
		}
	}
	for _, name := range transforms {
		// Logarithms of the raw values meet zeros here, which is an error.
		method := with(`"treat"`, `{"f1": "`+name+`", "f2": null, "lambda": 0.5}`)
		_, code, stderr := buildWith(t, method)
		if zeros := name == "log"; zeros != (code == 1) || zeros && !strings.Contains(stderr, "no logarithm") {
			t.Errorf("%s: %s", name, stderr)
		}
	}
	for _, name := range aggregations {
		extra := map[string]string{"a_genmean": `, "p": 2`}[name]
		method := with(`"normalise"`, `{"l_u": [1, 100]}, "aggregate": {"f_ag": "`+name+`"`+extra+`}`)
		if name == "a_copeland" || name == "a_topsis" {
			method = strings.Replace(method, `{"f_ag": "`+name+`"}`, `[{"f_ag": "`+name+`"}, {}, {}]`, 1)
		}
		if _, code, stderr := buildWith(t, method); code != 0 {
			t.Errorf("%s: %s", name, stderr)
		}
	}
	for _, name := range imputations {
		if _, code, stderr := buildWith(t, `{"impute": {"f_i": "`+name+`", "group": "EurAsia_group"}, "normalise": {}, "aggregate": {}}`); code != 0 {
			t.Errorf("%s: %s", name, stderr)
		}
	}
	for _, name := range screens {
		if _, code, stderr := buildWith(t, `{"screen": {"unit_screen": "`+name+`"}, "normalise": {}, "aggregate": {}}`); code != 0 {
			t.Errorf("%s: %s", name, stderr)
		}
	}
}

func TestScreenedUnitsStayWithEmptyCells(t *testing.T) {
	dir, code, stderr := buildWith(t, `{"screen": {"dat_thresh": 0.98, "force": {"AUT": false}}, "normalise": {}, "aggregate": {}}`)
	if code != 0 {
		t.Fatal(stderr)
	}
	empty := 0
	for _, r := range records(t, filepath.Join(dir, "scores.csv"))[1:] {
		if (r[1] == "") != (r[2] == "") || (r[1] == "") != (r[5] == "") {
			t.Errorf("half of a row is empty: %v", r)
		}
		if r[1] == "" {
			empty++
		}
		if r[0] == "AUT" && r[1] != "" {
			t.Errorf("a unit that is forced out has an index: %v", r)
		}
	}
	kept := len(records(t, filepath.Join(dir, "step_Normalised.csv"))) - 1
	if empty == 0 || kept+empty != 51 {
		t.Errorf("%d units are empty and %d are kept, of 51", empty, kept)
	}
}

func TestWeightsFromAFile(t *testing.T) {
	dir, code, stderr := buildWith(t, "")
	if code != 0 {
		t.Fatal(stderr)
	}
	text, err := os.ReadFile(filepath.Join(dir, "weights.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(string(text), "\n")
	for k, r := range rows {
		if strings.HasPrefix(r, "Conn,3,") {
			rows[k] = "Conn,3,0,0"
		}
	}
	write(t, dir, "w.csv", strings.Join(rows, "\n"))
	method := write(t, dir, "method.json", `{"impute": {}, "normalise": {}, "aggregate": {}, "weights": "w.csv"}`)
	if code, _, stderr := aici(t, "build", "-idata", testdata+"/iData.csv", "-imeta", testdata+"/iMeta.csv", "-method", method, "-out", dir); code != 0 {
		t.Fatal(stderr)
	}
	for _, r := range records(t, filepath.Join(dir, "scores.csv"))[1:] {
		if r[1] != r[12] {
			t.Fatalf("with no weight on Conn the index of %s is %s, Sust is %s", r[0], r[1], r[12])
		}
	}
}

func TestErrorsSayWhere(t *testing.T) {
	dir := t.TempDir()
	iData := "uCode,x,y\nA,1,2\nB,3,oops\n"
	iMeta := "Level,iCode,Direction,Weight,Parent,Type\n1,x,1,1,I,Indicator\n1,y,-1,1,I,Indicator\n2,I,1,1,,Aggregate\n"
	good := strings.Replace(iData, "oops", "4", 1)
	for _, tt := range []struct {
		name, iData, iMeta, method string
		words                      []string
	}{
		{"a value that is no number", iData, iMeta, "", []string{"iData.csv:3:5", `"oops"`}},
		{"a row that is too short", "uCode,x,y\nA,1\n", iMeta, "", []string{"iData.csv:2:", "2 fields where the header has 3"}},
		{"a unit twice", "uCode,x,y\nA,1,2\nA,2,3\n", iMeta, "", []string{"iData.csv:3:1", `"A" is there twice`}},
		{"no uCode", "x,y\n1,2\n", iMeta, "", []string{"iData.csv:1:1", "uCode"}},
		{"an unknown type", good, strings.Replace(iMeta, "Aggregate", "Agregate", 1), "", []string{"iMeta.csv:4:", "Agregate", "Denominator"}},
		{"a direction of neither", good, strings.Replace(iMeta, "y,-1", "y,0", 1), "", []string{"iMeta.csv:3:5", "direction of y"}},
		{"an unknown parent", good, strings.Replace(iMeta, "1,I,Indicator", "1,J,Indicator", 1), "", []string{"iMeta.csv:2:", "J"}},
		{"an indicator without data", "uCode,x\nA,1\nB,2\n", iMeta, "", []string{"iMeta.csv:3:3", "y has no column"}},
		{"an unknown key", good, iMeta, "{\n \"normalize\": {}\n}", []string{"method.json:2:2", `"normalize"`, "normalise"}},
		{"an unknown name", good, iMeta, `{"normalise": {"f_n": "n_max"}}`, []string{"method.json:1:23", `"n_max"`, "n_dist2max"}},
		{"a parameter of another method", good, iMeta, `{"normalise": {"f_n": "n_rank", "l_u": [0, 1]}}`, []string{"method.json:1:", `"l_u"`}},
		{"not JSON", good, iMeta, "{\n  \"normalise\": }", []string{"method.json:2:", "JSON"}},
		{"JSON that ends", good, iMeta, `{"normalise": {`, []string{"method.json:1:", "too early"}},
		{"a key twice", good, iMeta, `{"weights": null, "weights": null}`, []string{"method.json:1:19", "twice"}},
		{"a method per level", good, iMeta, `{"aggregate": [{}, {}, {}]}`, []string{"method.json:1:15", "3 methods for 1 levels"}},
		{"an unknown unit", good, iMeta, `{"normalise": {"f_n": "n_dist2ref", "iref": "Z"}}`, []string{"method.json:1:45", `"Z"`}},
		{"an unknown group", good, iMeta, `{"impute": {"f_i": "i_mean_grp", "group": "G"}}`, []string{"method.json:1:43", `"G"`, "uCode"}},
		{"an unknown indicator", good, iMeta, `{"normalise": {"indicators": {"z": {}}}}`, []string{"method.json:1:36", `"z"`}},
		{"weights that are not there", good, iMeta, `{"weights": "none.csv"}`, []string{"method.json:1:13", "none.csv"}},
		{"a constant", "uCode,x,y\nA,1,2\nB,1,3\n", iMeta, `{"normalise": {}, "aggregate": {}}`, []string{"indicator x", "every value is 1"}},
		{"a zero in a geometric mean", good, iMeta, `{"normalise": {}, "aggregate": {"f_ag": "a_gmean"}}`, []string{"indicator x", "unit A", "geometric mean"}},
		{"a share above one", good, iMeta, `{"screen": {"dat_thresh": 2}}`, []string{"method.json:1:27", "from 0 to 1"}},
		{"no unit is left", good, iMeta, `{"screen": {"force": {"A": false, "B": false}}}`, []string{"no unit is left"}},
	} {
		args := []string{"build", "-idata", write(t, dir, "iData.csv", tt.iData), "-imeta", write(t, dir, "iMeta.csv", tt.iMeta), "-out", dir}
		if tt.method != "" {
			args = append(args, "-method", write(t, dir, "method.json", tt.method))
		}
		code, _, stderr := aici(t, args...)
		if code != 1 {
			t.Errorf("%s: exit code %d, %s", tt.name, code, stderr)
		}
		for _, w := range tt.words {
			if !strings.Contains(stderr, w) {
				t.Errorf("%s: %q does not say %q", tt.name, stderr, w)
			}
		}
	}
}

func TestCommandLine(t *testing.T) {
	if code, _, stderr := aici(t); code != 2 || !strings.Contains(stderr, "build") {
		t.Errorf("no command: exit code %d, %s", code, stderr)
	}
	if code, _, stderr := aici(t, "bild"); code != 2 || !strings.Contains(stderr, `"bild"`) {
		t.Errorf("unknown command: exit code %d, %s", code, stderr)
	}
	if code, _, stderr := aici(t, "build", "-h"); code != 0 || !strings.Contains(stderr, "-imeta") {
		t.Errorf("help: exit code %d, %s", code, stderr)
	}
	if code, _, stderr := aici(t, "build"); code != 1 || !strings.Contains(stderr, "-idata") {
		t.Errorf("no files: exit code %d, %s", code, stderr)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, stderr bytes.Buffer
	code := run(ctx, []string{"build", "-idata", testdata + "/iData.csv", "-imeta", testdata + "/iMeta.csv"}, &out, &stderr)
	if code != 130 || !strings.Contains(stderr.String(), "stopped") {
		t.Errorf("interrupted: exit code %d, %s", code, stderr.String())
	}
	code, stdout, errs := aici(t, "build", "-idata", testdata+"/iData.csv", "-imeta", testdata+"/iMeta.csv")
	if first := strings.Split(stdout, "\n")[1]; code != 0 || !strings.Contains(first, "CHE") {
		t.Errorf("the printed table begins with %q, Switzerland is first: %s", first, errs)
	}
}

// TestSchemaNamesWhatTheCommandKnows holds method.schema.json to the code.
func TestSchemaNamesWhatTheCommandKnows(t *testing.T) {
	text, err := os.ReadFile("../../method.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	at := func(path ...string) []string {
		var v any = schema
		for _, k := range path {
			m, ok := v.(map[string]any)
			if !ok || m[k] == nil {
				t.Fatalf("the schema has no %v", path)
			}
			v = m[k]
		}
		var out []string
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				if s, ok := e.(string); ok {
					out = append(out, s)
				}
			}
		case map[string]any:
			for k := range v {
				out = append(out, k)
			}
		}
		slices.Sort(out)
		return out
	}
	var parameters []string
	for _, keys := range normaliseKeys {
		parameters = append(parameters, keys...)
	}
	parameters = append(parameters, "f_n")
	for _, tt := range []struct {
		code []string
		path []string
	}{
		{imputations, []string{"properties", "impute", "properties", "f_i", "enum"}},
		{screens, []string{"properties", "screen", "properties", "unit_screen", "enum"}},
		{transforms, []string{"$defs", "transform", "enum"}},
		{normalisations, []string{"$defs", "normalisation", "properties", "f_n", "enum"}},
		{aggregations, []string{"$defs", "aggregation", "properties", "f_ag", "enum"}},
		{parameters, []string{"$defs", "normalisation", "properties"}},
		{[]string{"$schema", "denominate", "impute", "screen", "treat", "normalise", "aggregate", "weights"}, []string{"properties"}},
	} {
		want := slices.Clone(tt.code)
		slices.Sort(want)
		want = slices.Compact(want)
		if got := at(tt.path...); !slices.Equal(got, want) {
			t.Errorf("%v of the schema are %v, the command knows %v", tt.path, got, want)
		}
	}
}

// mcda runs a case and returns its results.
func mcda(t *testing.T, text []byte) map[string]any {
	t.Helper()
	file := write(t, t.TempDir(), "case.json", string(text))
	code, stdout, stderr := aici(t, "mcda", "-case", file, "-json")
	if code != 0 {
		t.Errorf("%s: %s", text, stderr)
		return nil
	}
	var out map[string]any
	if err := json.Unmarshal([]byte(stdout), &out); err != nil {
		t.Errorf("%s: %v", stdout, err)
	}
	return out
}

// agree compares a result, a number or a list, with what is expected.
func agree(got, want any, tolerance float64) bool {
	switch want := want.(type) {
	case float64:
		g, ok := got.(float64)
		return ok && math.Abs(g-want) <= tolerance
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(want) {
			return false
		}
		for k := range want {
			if !agree(g[k], want[k], tolerance) {
				return false
			}
		}
		return true
	}
	return false
}

// Figures that the test suites of scikit-criteria and COINr publish.
func TestMCDA(t *testing.T) {
	kracka := `[[33.95, 23.78, 11.45, 39.97, 29.44, 167.1, 3.852], [38.9, 4.17, 6.32, 0.01, 4.29, 132.52, 25.184], [37.59, 9.36, 8.23, 4.35, 10.22, 136.71, 10.845],
		[30.44, 37.59, 13.91, 74.08, 45.1, 198.34, 2.186], [36.21, 14.79, 9.17, 17.77, 17.06, 148.3, 6.61], [37.8, 8.55, 7.97, 2.35, 9.25, 134.83, 11.935]], "types": [-1, -1, -1, -1, 1, -1, 1]`
	for _, text := range []string{
		`{"id": "topsis", "method": "TOPSIS", "settings": "no normalisation, Euclidean distance", "matrix": [[1, 0, 3], [0, 5, 6]], "types": [1, 1, 1], "weights": [1, 1, 1],
			"expected": {"score": [0.14639248, 0.85360752], "rank": [2, 1], "ideal": [1, 5, 6], "anti_ideal": [0, 0, 3]}}`,
		`{"id": "wsm", "method": "weighted sum", "settings": "cost criteria inverted 1/x, then each criterion divided by its sum, weights normalised", "matrix": ` + kracka + `, "weights": [20, 20, 20, 20, 20, 20, 20],
			"expected": {"score": [0.12040426, 0.3458235, 0.13838192, 0.12841246, 0.12346084, 0.14351701], "rank": [6, 1, 3, 4, 5, 2]}}`,
		`{"id": "ratio", "method": "ratio system", "settings": "vector normalisation", "matrix": ` + kracka + `, "weights": null,
			"expected": {"score": [-1.62447867, -0.25233889, -0.84635037, -2.23363519, -1.18698242, -0.77456208], "rank": [5, 1, 3, 6, 4, 2]}}`,
		`{"id": "refpoint", "method": "reference point", "settings": "vector normalisation", "matrix": ` + kracka + `, "weights": null,
			"expected": {"score": [0.68934931, 0.69986697, 0.59817104, 0.85955696, 0.6002238, 0.61480595], "rank": [4, 5, 1, 6, 2, 3]}}`,
		`{"id": "wpm", "method": "weighted product", "settings": "no normalisation", "matrix": [[1, 2, 3], [4, 5, 6]], "types": [1, 1, 1], "weights": null,
			"expected": {"log10_score": [0.77815125, 2.07918125], "rank": [2, 1]}}`,
		`{"id": "copeland", "method": "Copeland", "matrix": [[1, 3, 2], [2, 2, 3], [3, 1, 1], [4, 5, 4]], "expected": {"score": [-1, 1, -3, 3], "orm_2_1": 0.6666666667, "n_dominant": 3}}`,
		`{"id": "gmean", "method": "geometric mean", "matrix": [[1, 4], [9, 4]], "expected": {"score": [2, 6]}}`,
		`{"id": "genmean", "method": "a_genmean", "p": 2, "matrix": [[1, 7], [null, 4]], "expected": {"score": [5, 4]}}`,
		`{"id": "norm", "method": "normalisation: n_borda", "matrix": [[5], [9], [7]], "types": [-1], "expected": {"matrix": [2, 0, 1]}}`,
	} {
		var c struct{ Expected map[string]any }
		if err := json.Unmarshal([]byte(text), &c); err != nil {
			t.Fatal(err)
		}
		got := mcda(t, []byte(text))
		if len(got) != len(c.Expected) {
			t.Errorf("%s: results %v", text, got)
		}
		for k, want := range c.Expected {
			if !agree(got[k], want, 1e-8) {
				t.Errorf("%s: %s is %v", text, k, got[k])
			}
		}
	}
	for _, tt := range []struct{ name, text, word string }{
		{"an unknown method", `{"method": "dice", "matrix": [[1]]}`, "TOPSIS"},
		{"no matrix", `{"method": "TOPSIS"}`, "matrix"},
		{"a ragged matrix", `{"method": "TOPSIS", "matrix": [[1, 2], [3]]}`, "case.json:1:41"},
		{"a type of neither", `{"method": "TOPSIS", "matrix": [[1]], "types": [2]}`, "case.json:1:49"},
		{"a result that there is not", `{"method": "TOPSIS", "matrix": [[1], [2]], "expected": {"orm": 1}}`, "similarity"},
		{"a zero in a product", `{"method": "weighted product", "matrix": [[1], [0]]}`, "above zero"},
	} {
		file := write(t, t.TempDir(), "case.json", tt.text)
		if code, _, stderr := aici(t, "mcda", "-case", file, "-json"); code != 1 || !strings.Contains(stderr, tt.word) {
			t.Errorf("%s: exit code %d, %s", tt.name, code, stderr)
		}
	}
}

func TestPublishedMCDACases(t *testing.T) {
	text, err := os.ReadFile("../../../../shared/cases/mcda/cases.json")
	if err != nil {
		t.Skip("skipped: the folder ../shared/cases is not beside the project; TestMCDA has figures of its own")
	}
	var cases []json.RawMessage
	if err := json.Unmarshal(text, &cases); err != nil || len(cases) < 7 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for _, raw := range cases {
		var c struct {
			ID        string
			Expected  map[string]any
			Tolerance float64
		}
		if err := json.Unmarshal(raw, &c); err != nil {
			t.Fatal(err)
		}
		got := mcda(t, raw)
		for k, want := range c.Expected {
			if !agree(got[k], want, c.Tolerance) {
				t.Errorf("%s: %s is %v, published %v", c.ID, k, got[k], want)
			}
		}
	}
}
