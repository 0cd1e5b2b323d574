package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The README's table of faults names a test for each: it has to be there.
func TestFaultsOfTheReadmeNameTestsThatExist(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(readme), "| fault | what the visitor sees | test |\n")
	if !found {
		t.Fatal("README.md has no table of faults")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	files, err := filepath.Glob("../*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"../*/*_test.go", "../*/*/*_test.go"} {
		more, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	var code strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(text)
	}
	named := regexp.MustCompile(`'([^']+)'|` + "`([^`]+)`")
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || strings.HasPrefix(cells[1], "---") {
			continue
		}
		tests := 0
		for part := range strings.SplitSeq(cells[3], ";") {
			file, names, _ := strings.Cut(strings.TrimSpace(part), ": ")
			text := code.String()
			if file != "Go" {
				b, err := os.ReadFile("../test/browser/" + file + ".test.mjs")
				if err != nil {
					t.Errorf("%s names %q: %v", cells[1], part, err)
					continue
				}
				text = string(b)
			}
			for _, m := range named.FindAllStringSubmatch(names, -1) {
				tests++
				if name := m[1] + m[2]; m[2] != "" && !strings.Contains(text, "func "+name+"(") || !strings.Contains(text, name) {
					t.Errorf("%s: there is no test %q", strings.TrimSpace(cells[1]), name)
				}
			}
		}
		if tests == 0 {
			t.Errorf("no test for %q", cells[1])
		}
	}
}
