package worldmap

import (
	"math"
	"testing"
)

func TestEqualEarthKeepsAreas(t *testing.T) {
	// The area of a small cell on the map over its area on the globe is the
	// same everywhere: that is what the projection is for.
	const d = 0.001
	for _, p := range [][2]float64{{0, 0}, {37, 127}, {-33, -70}, {64, -21}, {1.3, 103.8}} {
		x0, y0 := equalEarth(p[0]-d, p[1]-d)
		x1, y1 := equalEarth(p[0]-d, p[1]+d)
		x2, y2 := equalEarth(p[0]+d, p[1]-d)
		drawn := math.Abs((x1-x0)*(y2-y0) - (x2-x0)*(y1-y0))
		r := 2 * d * math.Pi / 180
		globe := r * r * math.Cos(p[0]*math.Pi/180)
		if ratio := drawn / globe; math.Abs(ratio-1) > 1e-3 {
			t.Errorf("at %v the area is %.4f of the true one", p, ratio)
		}
	}
}

func TestProjectStaysOnTheMap(t *testing.T) {
	for _, c := range []struct {
		name           string
		lat, lon, x, y float64
	}{
		{"the north edge", North, 0, Width / 2, 0},
		{"the west end of the equator", 0, -180, 0, -1},
		{"the east end of the equator", 0, 180, Width, -1},
		{"the south edge", South, 0, Width / 2, Height},
	} {
		x, y := Project(c.lat, c.lon)
		if math.Abs(x-c.x) > 1 || (c.y >= 0 && math.Abs(y-c.y) > 1) {
			t.Errorf("%s is at %.1f, %.1f", c.name, x, y)
		}
	}
}
