package main

import (
	"strings"
	"testing"
)

func TestValidatePrintsEveryStudy(t *testing.T) {
	var out strings.Builder
	if err := validate(&out, "", 3, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Counterpoint Research", "PitchBook", "Oliver Wyman Forum", "fewer than 8 shared", "initiatives"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing:\n%s", want, out.String())
		}
	}
}

func TestValidateRefusesWhatItCannotUse(t *testing.T) {
	if err := validate(&strings.Builder{}, "city=atlantis", 0, false); err == nil {
		t.Error("no error")
	}
}
