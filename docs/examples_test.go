// Package docs holds the documents to what the project is: their examples run,
// their links lead somewhere, their words are the project's.
package docs

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"aicities/data"
	"aicities/data/release"
)

// block returns the first block of code of a language in a document.
func block(t *testing.T, file, language string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "\n```"+language+"\n")
	code, _, closed := strings.Cut(rest, "\n```")
	if !found || !closed {
		t.Fatalf("%s has no block of %s", file, language)
	}
	return code + "\n"
}

// site makes a folder with the downloads of the last released edition, as the
// site serves them, and returns it with what the examples are to print.
func site(t *testing.T) (folder, want string) {
	t.Helper()
	editions, err := release.Released("../data/editions")
	if err != nil || len(editions) == 0 {
		t.Fatalf("no edition is released: %v", err)
	}
	e := editions[len(editions)-1]
	folder = t.TempDir()
	to := filepath.Join(folder, "data", e.ID)
	if err := os.MkdirAll(to, 0o755); err != nil {
		t.Fatal(err)
	}
	e.Files["SHA256SUMS.txt"] = release.Sums(e.Files)
	for name, content := range e.Files {
		if err := os.WriteFile(filepath.Join(to, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	counted, rank := 0, ""
	for _, name := range []string{"initiatives.csv", "initiatives_odbl.csv", "scores.csv"} {
		rows, err := csv.NewReader(bytes.NewReader(e.Files[name])).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		column := func(name string) int { return slices.Index(rows[0], name) }
		for _, row := range rows {
			switch {
			case row[column("city_id")] != "seoul":
			case name == "scores.csv":
				rank = row[column("rank")]
			case row[column("coverage")] == "global":
				counted++
			}
		}
	}
	return folder, fmt.Sprint(counted, " ", rank)
}

func run(t *testing.T, folder string, input string, command ...string) string {
	t.Helper()
	c := exec.Command(command[0], command[1:]...)
	c.Dir, c.Stdin = folder, strings.NewReader(input)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", command, err, out)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

func TestThePandasExampleRuns(t *testing.T) {
	python := ""
	for _, name := range []string{"python3", "/usr/bin/python3"} { // a Python of one's own may stand before the system's, which has the package
		if exec.Command(name, "-c", "import pandas").Run() == nil {
			python = name
			break
		}
	}
	if python == "" {
		t.Skip("no Python with pandas: install python3-pandas to run this example")
	}
	folder, want := site(t)
	if got := run(t, folder, block(t, "data.md", "python"), python, "-"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheRExampleRuns(t *testing.T) {
	if _, err := exec.LookPath("Rscript"); err != nil {
		t.Skip("no R: install r-base-core to run this example")
	}
	folder, want := site(t)
	if got := run(t, folder, block(t, "data.md", "r"), "Rscript", "-"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheDuckDBExampleRuns(t *testing.T) {
	runner, err := filepath.Abs("../test/lib/duckdb.mjs")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("../test/node_modules/@duckdb"); err != nil {
		t.Skip("no DuckDB: make test installs it into test/node_modules")
	}
	folder, want := site(t)
	if got := run(t, folder, block(t, "data.md", "sql"), "node", runner); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheShellExampleRuns(t *testing.T) {
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("no sha256sum on this system")
	}
	folder, _ := site(t)
	if got := run(t, folder, block(t, "data.md", "sh"), "sh"); !strings.Contains(got, "initiatives.csv: OK") || strings.Contains(got, "FAILED") {
		t.Errorf("the checksums do not hold: %s", got)
	}
}

func TestTheGoExampleRuns(t *testing.T) {
	// What is counted in the embedded edition, which may be newer than the last released one.
	d, err := data.Open()
	if err != nil {
		t.Fatal(err)
	}
	seoul, _ := d.CityByID("seoul")
	counted := 0
	for _, row := range d.RowsOfCity(seoul) {
		if d.CoverageOf(int(row)) == data.Global {
			counted++
		}
	}
	module, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	// A module of one's own, as the document says.
	folder := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(module, name))
		if err != nil {
			t.Fatal(err)
		}
		if name == "go.mod" {
			text = append(bytes.Replace(text, []byte("module aicities"), []byte("module example"), 1), "\nrequire aicities v0.0.0\n\nreplace aicities => "+module+"\n"...)
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "main.go"), []byte(block(t, "data.md", "go")), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := run(t, folder, "", "go", "run", "."); !strings.HasPrefix(got, fmt.Sprint(counted, " ")) || len(strings.Fields(got)) != 2 {
		t.Errorf("got %q, want %d and a rank", got, counted)
	}
}
