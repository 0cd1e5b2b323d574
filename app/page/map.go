package page

import (
	"math"
	"slices"
	"strconv"

	"aicities/app/markup"
	"aicities/app/worldmap"
)

// landMarkup is the outline, a file of its own so that it is fetched once.
func (s *Session) landMarkup() string {
	var w markup.Writer
	w.Open("svg", "class", "land", "aria-hidden", "true", "viewBox", "0 0 "+whole(worldmap.Width)+" "+whole(worldmap.Height))
	w.Open("use", "href", s.root+s.asset("land.svg")+"#land").Close("use")
	w.Close("svg")
	return w.String()
}

func whole(x float64) string { return strconv.Itoa(int(x)) }

// dot is a city on the map: its entry, its place in per cent and its size in px.
type dot struct {
	entry   int
	x, y, r float64
}

// placed returns the dots of the ranked cities, the best ones last so that they
// lie on top.
func (s *Session) placed() []dot {
	r := s.Ranking
	best := 0.0
	for i := range r.Cities {
		if r.Rank[i] > 0 {
			best = math.Max(best, r.Score[i])
		}
	}
	var out []dot
	for _, i := range slices.Backward(r.Order) {
		c := s.cityOf(i)
		x, y := worldmap.Project(c.Lat, c.Lon)
		size := 2.5
		if r.Rank[i] > 0 && best > 0 {
			size = 2.5 + 6*math.Max(r.Score[i], 0)/best
		}
		out = append(out, dot{i, 100 * x / worldmap.Width, 100 * y / worldmap.Height, size})
	}
	return out
}

// dots draws the cities over the land, with names at those that have room.
func (s *Session) dots() string {
	r := s.Ranking
	var w markup.Writer
	w.Open("svg", "class", "dots", "role", "img", "aria-label", "World map of the ranked cities")
	dots := s.placed()
	for _, d := range dots {
		c := s.cityOf(d.entry)
		class := "tier3"
		switch rank := r.Rank[d.entry]; {
		case rank == 0:
			class = "unranked"
		case rank <= 10:
			class = "tier1"
		case rank <= 30:
			class = "tier2"
		}
		if s.View.Selected == c.ID {
			class += " selected"
		}
		w.Open("circle", "data-key", c.ID, "class", class, "cx", percent(d.x), "cy", percent(d.y), "r", strconv.FormatFloat(d.r, 'f', 1, 64))
		w.El("title", c.Name+", "+rankText(r.Rank[d.entry], r.Tied[d.entry]))
		w.Close("circle")
	}
	for _, set := range labelSets {
		for _, l := range s.mapLabels(dots, set.class, set.width, set.most) {
			w.Open("text", "data-key", set.class+l.id, "class", "name "+l.class, "x", percent(l.x), "y", percent(l.y), "dx", l.dx, "dy", l.dy, "text-anchor", l.anchor)
			w.Text(l.name).Close("text")
		}
	}
	w.Close("svg")
	return w.String()
}

// mapLabel is a name with its place: in per cent for the drawing, and as a box
// in px to keep it clear of others.
type mapLabel struct {
	id, name, class string
	x, y            float64
	dx, dy, anchor  string
	left, top, w, h float64 // box in px on a map of labelWidth
}

// Names are placed twice: for the map beside the controls and for a phone's. The
// style sheet shows one of the two.
var labelSets = []struct {
	class string
	width float64 // of the map, px
	most  int
}{{"wide", 820, 14}, {"narrow", 340, 5}}

// mapLabels names the selected city and the best ones, each at the first of four
// places where it touches neither another name nor the dot of another leader.
func (s *Session) mapLabels(dots []dot, class string, mapWidth float64, most int) []mapLabel {
	height := mapWidth * worldmap.Height / worldmap.Width
	var wanted []dot
	for _, d := range slices.Backward(dots) {
		if s.View.Selected == s.cityOf(d.entry).ID {
			wanted = slices.Insert(wanted, 0, d)
		} else if len(wanted) < most {
			wanted = append(wanted, d)
		}
	}
	var out []mapLabel
	for _, d := range wanted {
		c := s.cityOf(d.entry)
		x, y := d.x/100*mapWidth, d.y/100*height
		width := 7.2 * float64(len([]rune(c.Name)))
		gap := d.r + 4
		for _, l := range []mapLabel{
			{dx: px(gap), dy: "4", anchor: "start", left: x + gap, top: y - 7},
			{dx: px(-gap), dy: "4", anchor: "end", left: x - gap - width, top: y - 7},
			{dx: "0", dy: px(-gap - 1), anchor: "middle", left: x - width/2, top: y - gap - 13},
			{dx: "0", dy: px(gap + 11), anchor: "middle", left: x - width/2, top: y + gap - 1},
		} {
			l.id, l.name, l.class, l.x, l.y, l.w, l.h = c.ID, c.Name, class, d.x, d.y, width, 14
			if l.left < 0 || l.left+l.w > mapWidth || l.top < 0 || !free(l, out, wanted, d, mapWidth, height) {
				continue
			}
			out = append(out, l)
			break
		}
	}
	return out
}

func px(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// free reports whether a label's box touches no other label and no other dot
// that is to be named.
func free(l mapLabel, placed []mapLabel, named []dot, own dot, mapWidth, mapHeight float64) bool {
	for _, o := range placed {
		if l.left < o.left+o.w && o.left < l.left+l.w && l.top < o.top+o.h && o.top < l.top+l.h {
			return false
		}
	}
	for _, d := range named {
		x, y, r := d.x/100*mapWidth, d.y/100*mapHeight, d.r-2
		if d.entry != own.entry && x > l.left-r && x < l.left+l.w+r && y > l.top-r && y < l.top+l.h+r {
			return false
		}
	}
	return true
}

// nearestDot returns the city whose dot is nearest to a place on the map (in per
// cent of its size) and within reach (per cent of its width), or "".
func (s *Session) nearestDot(x, y, reach float64) string {
	best, id := reach, ""
	for _, d := range s.placed() {
		if dist := math.Hypot(d.x-x, (d.y-y)*worldmap.Height/worldmap.Width); dist <= best {
			best, id = dist, s.cityOf(d.entry).ID
		}
	}
	return id
}
