package docs

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// imports returns what the packages of the rooms import of each other, natively
// or in the browser.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, target := range [][]string{nil, {"GOOS=js", "GOARCH=wasm"}} {
		list := exec.Command("go", "list", "-e", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "../app/...", "../data/...", "../scoring/...")
		list.Env = append(os.Environ(), target...)
		lines, err := list.Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		for line := range strings.Lines(string(lines)) {
			names := strings.Fields(line)
			from, ok := strings.CutPrefix(names[0], "aicities/")
			if !ok || strings.Contains(from, "/absent/") { // stands in for the standard library
				continue
			}
			out[from] = slices.Clip(out[from])
			for _, name := range names[1:] {
				if to, ours := strings.CutPrefix(name, "aicities/"); ours && !slices.Contains(out[from], to) {
					out[from] = append(out[from], to)
				}
			}
			slices.Sort(out[from])
		}
	}
	return out
}

func TestTheDrawingOfTheRoomsIsWhatThePackagesImport(t *testing.T) {
	drawn, order := map[string][]string{}, []string{}
	for line := range strings.Lines(block(t, "architecture.md", "rooms")) {
		from, to, _ := strings.Cut(line, "←")
		from = strings.TrimSpace(from)
		drawn[from] = strings.Fields(to)
		for _, name := range drawn[from] {
			if !slices.Contains(order, name) {
				t.Errorf("%s imports %s, which is drawn below it", from, name)
			}
		}
		order = append(order, from)
	}
	real := imports(t)
	for from, to := range real {
		if got, ok := drawn[from]; !ok || !slices.Equal(got, to) {
			t.Errorf("docs/architecture.md draws %s ← %s, its imports are %s", from, strings.Join(got, " "), strings.Join(to, " "))
		}
	}
	for from := range drawn {
		if _, there := real[from]; !there {
			t.Errorf("docs/architecture.md draws %s, which is not there", from)
		}
	}
}
