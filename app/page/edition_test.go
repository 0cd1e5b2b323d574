package page

import (
	"strings"
	"testing"

	"aicities/data"
)

func TestALinkOfAnotherEditionSaysWhatChangedForItsCities(t *testing.T) {
	s := session(t, "/compare")
	s.Open("/compare", "c=seoul,lagos&e=2019.1")
	if len(s.Problems) > 0 || !strings.Contains(s.notes().markup, "made on edition 2019.1") {
		t.Errorf("an edition that is not known: %v %s", s.Problems, s.notes().markup)
	}
	c, _ := s.data().CityByID("seoul")
	i, _ := s.Explorer.Base().Entry(c)
	now := s.Explorer.Base().Rank[i]
	lines := strings.Join(s.sinceEdition("2025.1", map[string]data.Change{"seoul": {Rank: now + 2, New: 3, Removed: 1, Figures: 2}, "oslo": {New: 1}}, true), "\n")
	for _, want := range []string{"Seoul: " + ordinal(now+2) + " then and " + ordinal(now) + " now", "3 new records, 1 removed record, 2 figures", "Lagos: nothing changed"} {
		if !strings.Contains(lines, want) {
			t.Errorf("%q is not said in\n%s", want, lines)
		}
	}
	s.Open("/", "")
	if lines := s.sinceEdition("2025.1", map[string]data.Change{"seoul": {New: 3}, "oslo": {New: 1}}, true); len(lines) != 2 || !strings.HasPrefix(lines[1], "4 records have changed since, in 2 places") {
		t.Errorf("a view without cities is told %q", lines)
	}
	s.Open("/", "w=2.1.1.1.1.1&e="+s.edition())
	if len(s.aged) > 0 {
		t.Errorf("a link of this edition is told %q", s.aged)
	}
}
