package chart

// Place is a dot on a map.
type Place struct {
	Name  string // written beside it; "" leaves it out
	Tip   string
	Class string // tier1, tier2 or tier3
	X, Y  float64
	R     float64 // px
}

// ground is an outline under a drawing, in units of its own.
type ground struct{ path, box string }

// leaders is how many of the last places are named wherever their names find room.
const leaders = 10

// Map draws places over the outline path, of which the view box shown is drawn;
// X and Y of a place are shares (0 to 1) of the shown part. Names that would
// touch another are left out; the last places come first, and those of the last
// leaders may lie on other dots.
func Map(f Frame, path, shown string, places []Place, width, ratio float64) *Drawing {
	d := f.drawing(width)
	d.Height, d.ground = width*ratio, ground{path, shown}
	names := placer{frame: box{0, 0, width, d.Height}}
	for _, p := range places {
		d.circle(p.Class, p.Tip, p.X*width, p.Y*d.Height, p.R)
		x, y := p.X*width, p.Y*d.Height
		names.dots = append(names.dots, box{x - p.R, y - p.R, x + p.R, y + p.R})
	}
	for k := len(places) - 1; k >= 0; k-- {
		if p := places[k]; p.Name != "" {
			names.label(d, "label", p.Name, p.X*width, p.Y*d.Height, p.R, labelSize, 0, k >= len(places)-leaders)
		}
	}
	return d
}
