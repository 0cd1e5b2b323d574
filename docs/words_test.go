package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// documents lists the Markdown files of the project.
func documents(t *testing.T) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); entry.IsDir() && (name == "node_modules" || name == "dist" || name == ".git" || name == ".cache" || name == "testdata") {
			return fs.SkipDir
		}
		if filepath.Ext(path) == ".md" {
			out = append(out, path)
		}
		return nil
	})
	if err != nil || len(out) < 5 {
		t.Fatalf("documents %v: %v", out, err)
	}
	return out
}

// One thing has one name. What is found is another name or spelling of it.
var words = []struct{ other, ours string }{
	{`normali[z]\w*`, "normalisation, normalise"},
	{`start-ups?`, "startup"},
	{`data[ -]centers?`, "data centre"},
	{`data sets?`, "dataset"},
	{`organi[z]ations?`, "organisation"},
	{`neighbor\w*`, "neighbour"},
	{`catalogs?`, "catalogue"},
	{`sub-?ind(ex|ices)`, "pillar"},
	{`confidence intervals? of (the|a) ranks?|rank ranges?`, "rank interval"},
	{`aggregat(e|ion)s? of pillars`, "aggregation over pillars"},
	{`winsori[z]\w*`, "winsorisation, winsorise"},
	{`weigh(t|ed)ing schemes?`, "weights"},
	{`data releases?|data versions?|version of the data`, "edition"},
	{`permalinks?|saved searches`, "view, link"},
}

// What code and addresses say is not prose.
var notProse = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`|\\]\\([^)]*\\)|https?://\\S+")

func TestWordsAreTheProjectsOwn(t *testing.T) {
	texts := map[string]string{} // where → text
	for _, file := range documents(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts[file] = notProse.ReplaceAllString(string(text), "")
	}
	// What the interface says: every string of the packages that make pages, but titles of works and records, which are facts.
	for _, folder := range []string{"../app/page", "../app/model", "../app/chart", "../app/view"} {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", folder, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			tree, err := parser.ParseFile(set, file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				if spec, ok := n.(*ast.ValueSpec); ok && spec.Names[0].Name == "references" {
					return false // titles as they were published
				}
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, err := strconv.Unquote(lit.Value); err == nil {
						texts[set.Position(lit.Pos()).String()] = text
					}
				}
				return true
			})
		}
	}
	if len(texts) < 500 {
		t.Fatalf("only %d texts were read", len(texts))
	}
	for _, w := range words {
		other := regexp.MustCompile(`(?i)\b(` + w.other + `)\b`)
		for where, text := range texts {
			if found := other.FindString(text); found != "" {
				t.Errorf("%s says %q, the project's word is %q", where, found, w.ours)
			}
		}
	}
}
