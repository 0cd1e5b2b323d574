// Package worldmap places cities on a map of the world in the Equal Earth
// projection and draws the outline of the land under them.
package worldmap

import "math"

// The map shows the world from South to North degrees of latitude: Antarctica
// and the Arctic Ocean hold no city. Width and Height are the size of the map in its own
// units, which are those of the outline's view box.
const (
	North, South  = 78.0, -56.0
	Width, Height = 2000.0, 853.0
)

// Coefficients of Equal Earth: Šavrič, Patterson and Jenny, "The Equal Earth
// map projection", International Journal of Geographical Information Science
// 33 (2019), eq. 1 to 3.
const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796

// equalEarth returns the projection of a place in degrees, in radii of the globe.
func equalEarth(lat, lon float64) (x, y float64) {
	t := math.Asin(math.Sqrt(3) / 2 * math.Sin(lat*math.Pi/180))
	t2 := t * t
	t6 := t2 * t2 * t2
	x = 2 * math.Sqrt(3) * (lon * math.Pi / 180) * math.Cos(t) /
		(3 * (9*a4*t6*t2 + 7*a3*t6 + 3*a2*t2 + a1))
	y = t * (a1 + a2*t2 + t6*(a3+a4*t2))
	return x, y
}

// Project returns the place of a latitude and longitude (degrees) on the map:
// x from 0 (180° west) to Width and y from 0 (North) to Height (South) at the
// edges.
func Project(lat, lon float64) (x, y float64) {
	half, _ := equalEarth(0, 180)
	_, top := equalEarth(North, 0)
	px, py := equalEarth(lat, lon)
	scale := Width / (2 * half)
	return Width/2 + px*scale, (top - py) * scale
}
