package main

import (
	"os"
	"os/exec"
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

// What must not be linked into the program: packages that are large or turn the linker's dead-code elimination off. For most
// of them app/build/absent has one in their place, which does nothing.
var tooHeavy = []string{"net/http", "encoding/json", "regexp", "text/template", "html/template",
	"crypto/aes", "crypto/cipher", "crypto/md5", "crypto/rand", "crypto/sha1"}

func TestImportsPointOneWay(t *testing.T) {
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
