package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// onASEM runs a command on the ASEM example with -json and reads its answer.
func onASEM(t *testing.T, into any, command string, args ...string) string {
	t.Helper()
	args = append([]string{command, "-idata", testdata + "/iData.csv", "-imeta", testdata + "/iMeta.csv", "-json"}, args...)
	code, stdout, stderr := aici(t, args...)
	if code != 0 {
		t.Fatalf("%v: %s", args, stderr)
	}
	if err := json.Unmarshal([]byte(stdout), into); err != nil {
		t.Fatal(err)
	}
	return stdout
}

func TestUncertaintyOfASEM(t *testing.T) {
	var r uncertaintyReport
	first := onASEM(t, &r, "uncertainty", "-draws", "500", "-smaa")
	if len(r.Units) != 51 || r.Units[0].Code != "CHE" || r.Units[0].Rank != 1 || r.Draws != 500 {
		t.Fatalf("%d units, the first %+v", len(r.Units), r.Units[0])
	}
	members := 0
	for k, g := range r.Groups {
		members += len(g)
		for _, code := range g {
			for _, u := range r.Units {
				if u.Code == code && u.Group != k+1 {
					t.Errorf("%s is in group %d and says %d", code, k+1, u.Group)
				}
			}
		}
	}
	if members != 51 {
		t.Errorf("%d units are in groups", members)
	}
	var p float64
	for _, u := range r.Units {
		if u.Low > u.Median || u.Median > u.High || u.Mean == nil || *u.Mean < 1 || *u.Mean > 51 {
			t.Errorf("%+v", u)
		}
		p += u.First
	}
	if p < 1-1e-9 {
		t.Errorf("someone is first with probability %v", p)
	}
	p = 0
	for _, u := range r.SMAA {
		p += u.Rank[0]
		if (u.Central == nil) != (u.Rank[0] == 0) || (u.Confidence == nil) != (u.Central == nil) {
			t.Errorf("%+v", u)
		}
	}
	if p < 1-1e-9 {
		t.Errorf("first ranks are acceptable for %v of the weights", p)
	}
	if again := onASEM(t, &r, "uncertainty", "-draws", "500", "-smaa"); again != first {
		t.Error("the same seed gives other figures")
	}
	if other := onASEM(t, &r, "uncertainty", "-draws", "500", "-seed", "2"); other == first {
		t.Error("another seed gives the same figures")
	}
}

func TestNothingUncertainLeavesTheRanks(t *testing.T) {
	var r uncertaintyReport
	onASEM(t, &r, "uncertainty", "-draws", "20", "-concentration", "0", "-treat", "", "-impute", "", "-normalise", "", "-aggregate", "", "-drop", "0")
	for _, u := range r.Units {
		if u.Low != u.Rank || u.High != u.Rank {
			t.Errorf("%+v", u)
		}
	}
}

func TestSensitivityOfASEM(t *testing.T) {
	var r sensitivityReport
	onASEM(t, &r, "sensitivity", "-runs", "600")
	if r.Runs != 600 || len(r.Indices) != 6 || !(r.Mean > 0) {
		t.Fatalf("%+v", r)
	}
	for _, x := range r.Indices {
		if x.Total.Value < 0 || x.Total.Low > x.Total.High || x.First.Low > x.First.High {
			t.Errorf("%+v", x)
		}
	}
}

func TestExplainASEM(t *testing.T) {
	var r explanation
	onASEM(t, &r, "explain", "-a", "NLD", "-b", "DEU")
	if r.A.Code != "NLD" || r.A.Rank != 2 || r.B.Rank != 9 || math.Abs(r.Difference-(r.A.Score-r.B.Score)) > 1e-12 {
		t.Fatalf("%+v %+v", r.A, r.B)
	}
	sum := map[int]float64{}
	for _, c := range r.Contributions {
		sum[c.Level] += c.Contribution
	}
	for level := 1; level <= 3; level++ {
		if math.Abs(sum[level]-r.Difference) > 1e-9 {
			t.Errorf("level %d adds up to %v, want %v", level, sum[level], r.Difference)
		}
	}
	// The Netherlands lead in both sub-indices, so no weights help Germany.
	if o := r.Overtaking; o.Lower != "DEU" || !o.Dominated || o.Possible || !o.Exact {
		t.Errorf("%+v", o)
	}
	if len(r.Paths) != 2 || !r.Paths[0].Exact || len(r.WhatIf) == 0 {
		t.Errorf("%d paths, %d what-ifs", len(r.Paths), len(r.WhatIf))
	}
	for k := 1; k < len(r.WhatIf); k++ {
		if r.WhatIf[k].Rank >= 9 {
			t.Errorf("%+v gains nothing", r.WhatIf[k])
		}
	}
	var other explanation
	onASEM(t, &other, "explain", "-a", "DNK", "-b", "NOR")
	if o := other.Overtaking; !o.Possible || o.Dominated || math.Abs(o.L1["Conn"]-*o.One["Conn"]) > 1e-6 {
		t.Errorf("two weights leave one way: %+v", o)
	}
}

// With the weights of the eight pillars free, Germany can pass the Netherlands.
func TestExplainByTheWeightsOfALevel(t *testing.T) {
	var r explanation
	onASEM(t, &r, "explain", "-a", "NLD", "-b", "DEU", "-level", "2")
	o := r.Overtaking
	if !o.Possible || !o.Exact || len(o.L1) != 8 || len(r.Paths) != 8 {
		t.Fatalf("%+v", o)
	}
	change := 0.0
	for code, w := range o.L1 {
		change += math.Abs(w - o.Given[code])
	}
	if math.Abs(change-o.DistanceL1) > 1e-9 {
		t.Errorf("the weights change by %v, %v is said", change, o.DistanceL1)
	}
	if r.A.Reach.BestBound > r.A.Reach.Best || r.A.Reach.Best > 2 || r.A.Reach.Worst < 9 {
		t.Errorf("%+v", r.A.Reach)
	}
	var byIndicator explanation
	onASEM(t, &byIndicator, "explain", "-a", "NLD", "-b", "DEU", "-level", "1")
	if n := len(byIndicator.Overtaking.Given); n != 49 {
		t.Errorf("%d indicators", n)
	}
}

func TestTablesOfCertaintyArePrinted(t *testing.T) {
	files := []string{"-idata", testdata + "/iData.csv", "-imeta", testdata + "/iMeta.csv"}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"uncertainty", "-draws", "50", "-smaa"}, "P(top 10)"},
		{[]string{"sensitivity", "-runs", "100"}, "normalisation"},
		{[]string{"explain", "-a", "CHE", "-b", "DNK"}, "impossible: CHE"},
		{[]string{"explain", "-a", "DNK", "-b", "NOR"}, "this one alone"},
	} {
		code, stdout, stderr := aici(t, append(c.args, files...)...)
		if code != 0 || !strings.Contains(stdout, c.want) {
			t.Errorf("%v: exit %d, %s\n%s", c.args, code, stderr, stdout)
		}
	}
}

func TestCertaintyErrors(t *testing.T) {
	files := []string{"-idata", testdata + "/iData.csv", "-imeta", testdata + "/iMeta.csv"}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"explain", "-a", "NLD"}, "-b is required"},
		{[]string{"explain", "-a", "NLD", "-b", "XXX"}, `no unit "XXX"`},
		{[]string{"explain", "-a", "NLD", "-b", "NLD"}, "two are needed"},
		{[]string{"explain", "-a", "NLD", "-b", "DEU", "-level", "9"}, "the level must be 1 to 3"},
		{[]string{"uncertainty", "-normalise", "n_none"}, "the known ones are n_minmax"},
		{[]string{"uncertainty", "-draws", "0"}, "at least one draw"},
		{[]string{"uncertainty", "-drop", "2"}, "must be 0 to 1"},
		{[]string{"sensitivity", "-runs", "3"}, "3 runs are too few"},
	} {
		code, _, stderr := aici(t, append(c.args, files...)...)
		if code != 1 || !strings.Contains(stderr, c.want) {
			t.Errorf("%v: exit %d, %q, want %q", c.args, code, stderr, c.want)
		}
	}
}

func TestAnInterruptStopsALongRun(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs bytes.Buffer
	code := run(ctx, []string{"uncertainty", "-idata", testdata + "/iData.csv", "-imeta", testdata + "/iMeta.csv", "-draws", "1000000"}, &out, &errs)
	if code != 130 || out.Len() != 0 {
		t.Errorf("exit %d, %q", code, errs.String())
	}
}
