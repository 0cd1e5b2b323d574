package docs

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"aicities/app/model"
	"aicities/data"
)

// grouped writes a whole number as the documents do: 5,580.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func TestFiguresOfTheDocumentsAreThoseOfTheDataset(t *testing.T) {
	d, err := data.Open()
	if err != nil {
		t.Fatal(err)
	}
	sum := func(l data.Lens) int {
		counts, n := d.Counts(l), 0
		for _, c := range d.DefaultUniverse() {
			for _, k := range counts[c] {
				n += int(k)
			}
		}
		return n
	}
	all, global := sum(data.Lens{Partial: true}), sum(data.Lens{})
	e := model.New(d)
	without := e.NewLeaveOut(e.Base())
	without.Finish()
	if without.Err != nil {
		t.Fatal(without.Err)
	}
	for file, want := range map[string][]string{
		"../README.md":    {"More than " + grouped(all/1000*1000) + " initiatives", grouped(global) + " of them from sources"},
		"../CITATION.cff": {"version: \"" + d.Edition.ID + "\"", "date-released: \"" + d.Edition.Released},
		"method.md": {
			"Spearman's correlation of " + strconv.FormatFloat(e.Base().RecordsAndScore(), 'f', 2, 64),
			"by " + strconv.FormatFloat(without.Without[0].Shift, 'f', 1, 64) + " places on average",
		},
		"data.md": {"data/" + d.Edition.ID + "/"},
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(string(text), w) {
				t.Errorf("%s does not say %q", file, w)
			}
		}
	}
}
