// Package land draws the outline of the world's land for the map. It is used
// when the site is built, not in the browser.
package land

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"aicities/app/worldmap"
)

// topology is the part of a TopoJSON file that an outline needs.
type topology struct {
	Transform struct {
		Scale, Translate [2]float64
	}
	Arcs    [][][2]int
	Objects struct {
		Land struct {
			Geometries []struct {
				Type string
				Arcs [][][]int
			}
		}
	}
}

// SVG draws the land of a TopoJSON file (object "land", multipolygons) as
// an SVG file with one path of the id "land". It leaves out what lies wholly
// south of the map.
func SVG(topojson []byte) ([]byte, error) {
	var t topology
	if err := json.Unmarshal(topojson, &t); err != nil {
		return nil, fmt.Errorf("basemap: %w", err)
	}
	arcs := make([][][2]float64, len(t.Arcs))
	for i, arc := range t.Arcs {
		var qx, qy int
		for _, d := range arc {
			qx, qy = qx+d[0], qy+d[1]
			arcs[i] = append(arcs[i], [2]float64{
				float64(qx)*t.Transform.Scale[0] + t.Transform.Translate[0],
				float64(qy)*t.Transform.Scale[1] + t.Transform.Translate[1],
			})
		}
	}
	var path strings.Builder
	for _, g := range t.Objects.Land.Geometries {
		if g.Type != "MultiPolygon" {
			return nil, fmt.Errorf("basemap: a multipolygon is expected, not %q", g.Type)
		}
		for _, polygon := range g.Arcs {
			for _, ring := range polygon {
				drawRing(&path, ringOf(arcs, ring))
			}
		}
	}
	if path.Len() == 0 {
		return nil, fmt.Errorf("basemap: it holds no land")
	}
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g"><path id="land" d="%s"/></svg>`+"\n",
		worldmap.Width, worldmap.Height, path.String()), nil
}

// ringOf joins arcs; a negative number is an arc turned round.
func ringOf(arcs [][][2]float64, ring []int) [][2]float64 {
	var points [][2]float64
	for _, k := range ring {
		if k >= 0 {
			points = append(points, arcs[k]...)
			continue
		}
		arc := arcs[^k]
		for i := len(arc) - 1; i >= 0; i-- {
			points = append(points, arc[i])
		}
	}
	return points
}

// drawRing appends one ring in whole units with relative lines, which is what
// compresses best. A ring that crosses the 180th meridian is followed beyond it
// and drawn at both edges of the map.
func drawRing(path *strings.Builder, points [][2]float64) {
	south, west, east := true, points[0][0], points[0][0]
	for i := range points {
		south = south && points[i][1] < worldmap.South
		if i > 0 {
			for points[i][0]-points[i-1][0] > 180 {
				points[i][0] -= 360
			}
			for points[i][0]-points[i-1][0] < -180 {
				points[i][0] += 360
			}
		}
		west, east = min(west, points[i][0]), max(east, points[i][0])
	}
	if south {
		return
	}
	drawAt(path, points, 0)
	if west < -180 {
		drawAt(path, points, 360)
	}
	if east > 180 {
		drawAt(path, points, -360)
	}
}

// drawAt draws a ring moved east by some degrees; what lies beyond the edge of
// the map collapses onto it.
func drawAt(path *strings.Builder, points [][2]float64, move float64) {
	var x, y int
	for i, p := range points {
		px, py := worldmap.Project(max(p[1], worldmap.South-4), min(max(p[0]+move, -180), 180))
		nx, ny := int(math.Round(px)), int(math.Round(py))
		switch {
		case i == 0:
			fmt.Fprintf(path, "M%d %dl", nx, ny)
		case nx == x && ny == y:
			continue
		default:
			fmt.Fprintf(path, "%d %d ", nx-x, ny-y)
		}
		x, y = nx, ny
	}
	path.WriteByte('z')
}
