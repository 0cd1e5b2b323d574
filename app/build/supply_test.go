package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestEveryLinkedModuleIsListedWithItsLicence(t *testing.T) {
	t.Chdir("../..")
	s := newSite("/", "")
	if err := s.addSupply(); err != nil {
		t.Fatal(err)
	}
	var bom struct {
		BOMFormat  string
		Components []struct {
			Name, Version string
			Licenses      []struct{ License struct{ ID string } }
		}
	}
	if err := json.Unmarshal(s.files["sbom.cdx.json"], &bom); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range bom.Components {
		names = append(names, c.Name)
		if c.Version == "" || len(c.Licenses) != 1 || c.Licenses[0].License.ID == "" {
			t.Errorf("%s lacks version or licence", c.Name)
		}
		if !strings.Contains(string(s.files["licences.txt"]), "== "+c.Name+" ") {
			t.Errorf("the licence of %s is not in licences.txt", c.Name)
		}
	}
	for _, needed := range []string{"std", "github.com/maxence-charriere/go-app/v10", "github.com/vmihailenco/msgpack/v5"} {
		if !slices.Contains(names, needed) {
			t.Errorf("%s is linked and not listed", needed)
		}
	}
	if slices.Contains(names, "github.com/andybalholm/brotli") {
		t.Error("the compressor is a tool of the build and not part of what is shipped")
	}
}

func TestALicenceThatIsNotKnownStopsTheBuild(t *testing.T) {
	if id, err := licenceID("All rights reserved."); err == nil {
		t.Errorf("taken for %s", id)
	}
}
