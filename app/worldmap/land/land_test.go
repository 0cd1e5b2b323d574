package land

import (
	"bytes"
	"os"
	"testing"
)

func TestLandIsDrawnFromTheBasemap(t *testing.T) {
	file, err := os.ReadFile("../../../web/basemap/land-110m.json")
	if err != nil {
		t.Fatal(err)
	}
	svg, err := SVG(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(svg, []byte("z")); n < 100 {
		t.Errorf("only %d rings of land", n)
	}
	if len(svg) > 40000 {
		t.Errorf("the outline takes %d bytes", len(svg))
	}
	if _, err := SVG([]byte(`{"objects":{}}`)); err == nil {
		t.Error("a file without land is accepted")
	}
}
