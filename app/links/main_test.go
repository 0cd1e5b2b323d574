package main

import (
	"slices"
	"strings"
	"testing"
)

func TestLinksAreReadAndWrittenAsByTheSite(t *testing.T) {
	run := func(in string, args ...string) []string {
		var out strings.Builder
		if err := links(strings.NewReader(in), &out, args); err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	}
	random := run("", "random", "20", "6")
	if len(random) != 20 || slices.Contains(random, "") {
		t.Errorf("random links: %q", random)
	}
	if again := run(strings.Join(random, "\n"), "canonical"); !slices.Equal(again, random) {
		t.Errorf("random links are not canonical: %q, %q", random, again)
	}
	got := run("w=2.2.2.2.2.2\n?w=10.2.2.2.2.2&nonsense=1\n", "canonical")
	if got[0] != "" || !strings.HasPrefix(got[1], "w=5.1.1.1.1.1&e=") {
		t.Errorf("canonical: %q", got)
	}
	if keys := run("", "keys"); !slices.Contains(keys, "w") || !slices.Contains(keys, "embed") {
		t.Errorf("keys: %q", keys)
	}
	if err := links(strings.NewReader(""), &strings.Builder{}, []string{"nonsense"}); err == nil || err.Error() != usage {
		t.Errorf("a wrong command line: %v", err)
	}
}
