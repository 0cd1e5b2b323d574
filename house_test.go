package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// The rule of the house: imports point one way, facts → data → scoring → app, and each room has few friends outside.
// A room that is not in the table may import everything.
var rooms = []struct {
	path    string   // this package and those below it
	but     []string // commands below it that never reach the browser
	project []string // what it may import of the project, itself aside
	outside []string // what it may import beside the standard library
}{
	{"aicities/data", []string{"aicities/data/build", "aicities/data/release"}, nil, []string{"github.com/vmihailenco/msgpack/v5"}},
	{"aicities/scoring", []string{"aicities/scoring/cmd"}, nil, nil},
	{"aicities/app", []string{"aicities/app/build", "aicities/app/rank", "aicities/app/worldmap/land"}, []string{"aicities/data", "aicities/scoring"},
		[]string{"github.com/maxence-charriere/go-app/v10/pkg"}},
}

// tooHeavy lists what must not be linked into the program: packages that turn the linker's dead-code elimination off, and
// those that app/build/absent has one in the place of, which does nothing.
func tooHeavy(t *testing.T) []string {
	const absent = "app/build/absent"
	packages := []string{"text/template", "html/template"}
	err := fs.WalkDir(os.DirFS(absent), ".", func(file string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			packages = append(packages, path.Dir(file))
		}
		return err
	})
	if err != nil || !slices.Contains(packages, "net/http") {
		t.Fatalf("%s: %v, %v", absent, packages, err)
	}
	return packages
}

func TestImportsPointOneWay(t *testing.T) {
	tooHeavy := tooHeavy(t)
	list := exec.Command("go", "list", "-e", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm") // files for the build command alone are not part of the program
	listed, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	checked := 0
	for line := range strings.Lines(string(listed)) {
		fields := strings.Fields(line)
		pkg, imports := fields[0], fields[1:]
		if pkg == "aicities" {
			for _, i := range imports {
				if isOutside(i) || within(i, "aicities") {
					t.Errorf("the server imports %s: it needs the standard library only", i)
				}
			}
		}
		for _, room := range rooms {
			if !within(pkg, room.path) || slices.ContainsFunc(room.but, func(b string) bool { return within(pkg, b) }) {
				continue
			}
			checked++
			for _, i := range imports {
				allowed := func(list []string) bool {
					return slices.ContainsFunc(list, func(a string) bool { return within(i, a) })
				}
				switch {
				case slices.Contains(tooHeavy, i):
					t.Errorf("%s imports %s, which must not be in the program", pkg, i)
				case within(i, "aicities") && !within(i, room.path) && !allowed(room.project):
					t.Errorf("%s imports %s against the direction of the data", pkg, i)
				case isOutside(i) && !within(i, "aicities") && !allowed(room.outside):
					t.Errorf("%s imports %s, which is not among its friends", pkg, i)
				}
			}
		}
	}
	if checked < len(rooms) {
		t.Fatalf("only %d packages were checked", checked)
	}
}

// within says whether a package is at or below a path.
func within(pkg, path string) bool { return pkg == path || strings.HasPrefix(pkg, path+"/") }

// isOutside says whether an import is not of the standard library: only there the first element has no dot.
func isOutside(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(first, ".")
}
