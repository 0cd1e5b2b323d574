package main

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"aicities/data"
)

// half splits the facts: a copy of the folder without every second initiative,
// figure and source, and a folder for import with those.
func half(t *testing.T, facts string) (kept, further string) {
	t.Helper()
	kept, further = t.TempDir(), t.TempDir()
	if err := os.CopyFS(kept, os.DirFS(facts)); err != nil {
		t.Fatal(err)
	}
	move := func(file, to string, columns []string, value func(name string, get func(string) string) string) {
		text, err := os.ReadFile(filepath.Join(kept, file))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		stay, leave := [][]string{rows[0]}, [][]string{columns}
		for i, v := range rows[1:] {
			if i%2 == 0 {
				stay = append(stay, v)
				continue
			}
			get := func(name string) string { return v[slices.Index(rows[0], name)] }
			var out []string
			for _, c := range columns {
				out = append(out, value(c, get))
			}
			leave = append(leave, out)
		}
		for path, rows := range map[string][][]string{filepath.Join(kept, file): stay, filepath.Join(further, to): leave} {
			err := writeFile(path, func(w io.Writer) error { return csv.NewWriter(w).WriteAll(rows) })
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	names, err := os.ReadDir(filepath.Join(kept, "initiatives"))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		source, _ := strings.CutSuffix(n.Name(), ".csv")
		move("initiatives/"+n.Name(), "initiatives_"+n.Name(), importInitiatives, func(name string, get func(string) string) string {
			if name == "source" {
				return source
			}
			return get(name)
		})
	}
	move("measured.csv", "indicators_all.csv", importIndicators, func(name string, get func(string) string) string {
		switch name {
		case "indicator":
			name = "measure"
		case "year":
			name = "period"
		}
		return get(name)
	})
	return kept, further
}

func TestImportingTheSecondHalfGivesTheWhole(t *testing.T) {
	kept, further := half(t, "../facts")
	counts, err := importFrom(further, kept)
	if err != nil {
		t.Fatal(err)
	}
	fresh := 0
	for file, c := range counts {
		fresh += c.fresh
		if c.changed+c.same+len(c.rejected) > 0 {
			t.Errorf("%s: %d changed, %d the same, rejected %v", file, c.changed, c.same, c.rejected)
		}
	}
	if fresh < 10000 {
		t.Errorf("%d new rows, want more than 10,000", fresh)
	}
	whole, err := build(kept)
	if err != nil {
		t.Fatal(err)
	}
	got, err := data.Encode(whole.content)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../dataset.msgpack")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the dataset of both halves is not that of the whole")
	}
	again, err := importFrom(further, kept)
	if err != nil {
		t.Fatal(err)
	}
	for file, c := range again {
		if c.fresh+c.changed+len(c.rejected) > 0 {
			t.Errorf("importing %s again: %d new, %d changed, rejected %v", file, c.fresh, c.changed, c.rejected)
		}
	}
}

func TestImportSaysWhatItDoesWithEachRow(t *testing.T) {
	facts, further := writeFacts(t, little), t.TempDir()
	header := strings.Join(importInitiatives, ",") + "\n"
	for name, text := range map[string]string{
		"new.sources.csv": "source,title,publisher,url,licence,as_of,records,coverage,how_taken,known_bias\nfresh,Fresh,P,https://f.example/,CC0,2026,1,global,,\nworse,Worse,P,,,2026,1,global,,\n",
		"initiatives_new.csv": header +
			"Newco,Newco,Beta,BB,,,startup,,private,2024,,,,https://f.example/n,fresh\n" +
			"Acme,Acme,Alpha,AA,,,enterprise,health,private,,,,,https://p.example/a,list\n" +
			"\"ACME, Inc.\",Acme,Suburb,AA,10.1,20,startup,health,private,2020,3,people,\"Makes, and mends\",https://q.example/a,more\n" +
			"Other law,Government of Bland,Beta,BB,-10,20,government,,public,2021,,,,https://l.example/2,laws\n" +
			"World law,OECD,Alpha,AA,10,20,government,,public,2021,,,,https://l.example/3,laws\n" +
			"Oldco,Oldco,Beta,BB,,,startup,,private,20x4,,,,https://f.example/o,fresh\n" +
			"Odd \x02 text,Oddco,Beta,BB,,,startup,,private,,,,,https://f.example/o,fresh\n" +
			"Nowhere,Nowhere,Beta,BB,,,startup,,private,,,,,https://f.example/o,unknown\n",
		"indicators_new.csv": "city_id,indicator,value,unit,year,source,source_url\nbeta,watts,7,W,2025,fresh,https://f.example/w\nalpha,speed_national,6,Mbit/s,2026,fresh,https://f.example/s\ngamma,watts,7,W,2025,fresh,https://f.example/w\n",
	} {
		if err := os.WriteFile(filepath.Join(further, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	counts, err := importFrom(further, facts)
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string][4]int{"new.sources.csv": {1, 0, 0, 1}, "initiatives_new.csv": {3, 1, 1, 3}, "indicators_new.csv": {2, 0, 0, 1}} {
		c := counts[file]
		if got := [4]int{c.fresh, c.changed, c.same, len(c.rejected)}; got != want {
			t.Errorf("%s: new, changed, same, rejected %v, want %v: %v", file, got, want, c.rejected)
		}
	}
	var b bytes.Buffer
	reportImport(&b, counts)
	for _, want := range []string{`initiatives_new.csv:7: column year: "20x4" is not a year`, `initiatives_new.csv:9: column source: "unknown" is not known`, "indicators_new.csv:4: column city_id", "new.sources.csv:3: column licence"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, b.String())
		}
	}
	r, err := build(facts)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.content.Initiatives) != 4 || len(r.left) != 1 || r.left[0].fact.Name != "World law" {
		t.Errorf("%d records, %d left out, want 4 and the one of an international body", len(r.content.Initiatives), len(r.left))
	}
	if r.facts.rows[0].Status != data.StatusUnknown {
		t.Error("an import made up a status")
	}
	status := slices.IndexFunc(r.facts.rows, func(x fact) bool { return x.Name == "ACME, Inc." })
	if r.facts.rows[status].Status != data.Running {
		t.Error("an import lost a status")
	}
}
