package docs

import (
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"aicities/app/model"
	"aicities/app/page"
	"aicities/data"
)

// What a newcomer does first, from the documentation alone: run the commands of
// the README, correct a fact and see it on the city's page, add a source, add an
// indicator.

// elsewhere are the commands of the documents that are not run here, with the
// reason.
var elsewhere = map[string]string{
	"make run":                     "starts a server: the browser tests do it",
	"make run ADDR=127.0.0.1:8081": "the same",
	"make test":                    "this is a part of it",
	"ENGINES='chromium firefox webkit' make test": "the same",
	"make build":                      "make test begins with it",
	"go run ./app/build -twins=false": "make build does the same and more",
	"make screenshots":                "needs the browser that make test installs",
	"make lint":                       "fetches its tools; its tests of the documents are beside this one",
	"go run ./app/build -release":     "the edition is released: data/release tests it",
	"go run ./data/build -import DIR": "DIR is the reader's: data/build tests it",
	"go run ./scoring/cmd/aici build -idata iData.csv -imeta iMeta.csv -method method.json -out results": "the files are the reader's: scoring/cmd/aici tests it",
	"go run ./data/build -left FILE": "FILE is the reader's: data/build tests what it writes",
}

var (
	inline  = regexp.MustCompile("`((?:make|go run|[A-Z]+='?[^`']*'? make)\\b[^`]*)`")
	inBlock = regexp.MustCompile(`(?m)^((?:make|go run)\b[^\n]*?)(?:   .*)?$`)
)

// commands lists what a document tells its reader to run.
func commands(text string) []string {
	var out []string
	add := func(found [][]string) {
		for _, m := range found {
			if c := strings.TrimSpace(m[1]); !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	for _, f := range fenced.FindAllString(text, -1) {
		add(inBlock.FindAllStringSubmatch(f, -1))
	}
	add(inline.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1))
	return out
}

func TestTheCommandsOfTheDocumentsRunFromAFreshClone(t *testing.T) {
	if out, err := exec.Command("git", "rev-parse", "--git-dir").CombinedOutput(); err != nil {
		t.Skipf("this is not a clone (%s): the commands are run where there is a repository", strings.TrimSpace(string(out)))
	}
	clone := filepath.Join(t.TempDir(), "clone")
	if out, err := exec.Command("git", "clone", "--quiet", "--no-hardlinks", "..", clone).CombinedOutput(); err != nil {
		t.Fatalf("git clone: %v\n%s", err, out)
	}
	ran := 0
	for _, file := range []string{"README.md", "scoring/README.md", "CONTRIBUTING.md", "docs/data.md", "data/README.md"} {
		text, err := os.ReadFile(filepath.Join(clone, filepath.FromSlash(file)))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		for _, command := range commands(string(text)) {
			if elsewhere[command] != "" {
				continue
			}
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
			c := exec.CommandContext(ctx, "sh", "-c", command)
			c.Dir = clone
			out, err := c.CombinedOutput()
			cancel()
			if err != nil || len(out) == 0 {
				t.Errorf("%s: %s: %v\n%s", file, command, err, out)
			}
			ran++
		}
	}
	if ran < 5 {
		t.Errorf("only %d commands were run", ran)
	}
}

// The targets of make help are all that the Makefile has.
func TestMakeHelpListsEveryTarget(t *testing.T) {
	text, err := os.ReadFile("../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	help := run(t, "..", "", "make", "--no-print-directory", "help")
	targets := regexp.MustCompile(`(?m)^([a-z][a-z-]*):`).FindAllStringSubmatch(string(text), -1)
	for _, m := range targets {
		if !strings.Contains(help, "make "+m[1]+" ") {
			t.Errorf("make help does not list %s", m[1])
		}
	}
	if len(targets) < 8 {
		t.Errorf("only %d targets found", len(targets))
	}
}

// copyOfFacts is a copy of the facts that a newcomer changes.
func copyOfFacts(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../data/facts")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// change rewrites the rows of a file of facts, header first.
func change(t *testing.T, dir, file string, edit func(rows [][]string) [][]string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(file))
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(in).ReadAll()
	in.Close()
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := csv.NewWriter(out).WriteAll(edit(rows)); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// explore builds a dataset from facts with the command of the documents and
// opens it.
func explore(t *testing.T, facts string) *model.Explorer {
	t.Helper()
	file := filepath.Join(t.TempDir(), "dataset.msgpack")
	run(t, "..", "", "go", "run", "./data/build", "-facts", facts, "-out", file)
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, err := data.Decode(content)
	if err != nil {
		t.Fatal(err)
	}
	return model.New(d)
}

// shown is the page of a path as the builder of the site draws it.
func shown(e *model.Explorer, path string) string {
	s := page.NewSession(e, path, "./", func(string) string { return "" })
	return page.Markup(s.Sections())
}

func TestACorrectedFactIsSeenOnTheCitysPage(t *testing.T) {
	const city, old, fresh = "baghdad", "Baghdad", "Corrected Institute of Learning Machines"
	facts := copyOfFacts(t)
	corrected := ""
	change(t, facts, "initiatives/pages2.csv", func(rows [][]string) [][]string {
		for _, row := range rows[1:] {
			if row[2] == old {
				corrected, row[0] = row[0], fresh
				break
			}
		}
		return rows
	})
	if corrected == "" {
		t.Fatalf("pages2.csv has no record of %s to correct", old)
	}
	got := shown(explore(t, facts), "/city/"+city)
	if !strings.Contains(got, fresh) || strings.Contains(got, corrected) {
		t.Errorf("the page has the correction: %v, and what it corrects (%s): %v", strings.Contains(got, fresh), corrected, strings.Contains(got, corrected))
	}
}

func TestAnAddedSourceIsSeenWithItsRecordAndLicence(t *testing.T) {
	facts := copyOfFacts(t)
	change(t, facts, "sources.csv", func(rows [][]string) [][]string {
		return append(rows, []string{"newcomer_list", "List of a newcomer", "A newcomer", "https://newcomer.example/", "CC BY 4.0", "2026-11", "global", "city", "Whole list", "One city"})
	})
	row := "name,organisation,city,country,lat,lon,actor,sector,ownership,year,status,magnitude,unit,summary,source_url\nNewcomer Laboratory,Newcomer,Baghdad,IQ,,,university,research,public,2025,running,,,A laboratory,https://newcomer.example/1\n"
	if err := os.WriteFile(filepath.Join(facts, "initiatives", "newcomer_list.csv"), []byte(row), 0o644); err != nil {
		t.Fatal(err)
	}
	e := explore(t, facts)
	if got := shown(e, "/city/baghdad"); !strings.Contains(got, "Newcomer Laboratory") || !strings.Contains(got, "https://newcomer.example/1") {
		t.Error("the city's page lacks the record or its link")
	}
	if got := shown(e, "/method"); !strings.Contains(got, `id="source-newcomer_list"`) || !strings.Contains(got, "List of a newcomer") {
		t.Error("the method page lacks the source")
	}
}

func TestAnAddedIndicatorIsCountedAndSeen(t *testing.T) {
	facts := copyOfFacts(t)
	change(t, facts, "indicators.csv", func(rows [][]string) [][]string {
		return append(rows, []string{"net_newcomer", "telecom", "Masts counted by a newcomer", "masts", "1", "measured", "", "newcomer_masts", "", "zero", "", "global", "log", "yes", "city", "1", ""})
	})
	change(t, facts, "measured.csv", func(rows [][]string) [][]string {
		return append(rows, []string{"newcomer_masts", "baghdad", "900000", "masts", "2026", "hand", "https://newcomer.example/masts"}, []string{"newcomer_masts", "seoul", "12", "masts", "2026", "hand", "https://newcomer.example/masts"})
	})
	e := explore(t, facts)
	if got := shown(e, "/method"); !strings.Contains(got, "Masts counted by a newcomer") {
		t.Error("the method page lacks the indicator")
	}
	if got := shown(e, "/city/baghdad"); !strings.Contains(got, "Masts counted by a newcomer") {
		t.Error("the city's page lacks the indicator")
	}
	before, err := data.Open()
	if err != nil {
		t.Fatal(err)
	}
	telecom := func(e *model.Explorer) float64 {
		r := e.Base()
		city, _ := e.Data.CityByID("baghdad")
		i, ok := r.Entry(city)
		if !ok || r.Err != nil {
			t.Fatalf("baghdad is not ranked: %v", r.Err)
		}
		return r.Pillar[i][data.Telecom]
	}
	if was, is := telecom(model.New(before)), telecom(e); is <= was {
		t.Errorf("the city with the most masts had %.1f in its pillar and has %.1f: the indicator does not count", was, is)
	}
}
