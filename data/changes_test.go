package data

import "testing"

func TestChangesSinceAnEdition(t *testing.T) {
	const text = "edition,city_id,rank,new,changed,removed,figures\n1.1,alpha,2,3,0,1,4\n1.1,beta,,0,1,0,0\n1.2,alpha,1,0,0,0,1\n"
	got, ok := changesSince(text, "1.1")
	if !ok || got["alpha"] != (Change{2, 3, 0, 1, 4}) || got["beta"] != (Change{Changed: 1}) || len(got) != 2 {
		t.Errorf("since 1.1: %v, %v", got, ok)
	}
	if _, ok := changesSince(text, "0.9"); ok {
		t.Error("changes are known for an edition that was never released")
	}
	if got := pastEditions(text); len(got) != 2 || got[0] != "1.1" || got[1] != "1.2" {
		t.Errorf("past editions %v", got)
	}
}

func TestThePresentEditionIsNotAmongThePast(t *testing.T) {
	d := open(t)
	for _, id := range PastEditions() {
		if _, ok := ChangesSince(id); !ok || id == d.Edition.ID {
			t.Errorf("edition %s: changes known: %v", id, ok)
		}
	}
}
