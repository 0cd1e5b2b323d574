package page

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"aicities/app/chart"
	"aicities/app/markup"
	"aicities/app/view"
	"aicities/app/worldmap"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// landMarkup is the outline, a file of its own so that it is fetched once.
func (s *Session) landMarkup() string {
	var w markup.Writer
	w.Open("svg", "class", "land", "aria-hidden", "true", "viewBox", s.mapBox())
	w.Open("use", "href", s.root+s.asset("land.svg")+"#land").Close("use")
	w.Close("svg")
	return w.String()
}

// mapBox is the shown part of the map in its own units.
func (s *Session) mapBox() string {
	m, width, height := s.View.Map, worldmap.Width, worldmap.Height
	if m.Zoom == 0 {
		return "0 0 " + whole(width) + " " + whole(height)
	}
	w, h := width/float64(m.Zoom), height/float64(m.Zoom)
	return px(float64(m.X)/1000*width-w/2) + " " + px(float64(m.Y)/1000*height-h/2) + " " + px(w) + " " + px(h)
}

// onMap brings a place in per cent of the whole map to per cent of its shown part.
func (s *Session) onMap(x, y float64) (float64, float64) {
	m := s.View.Map
	if m.Zoom == 0 {
		return x, y
	}
	z := float64(m.Zoom)
	return (x-float64(m.X)/10)*z + 50, (y-float64(m.Y)/10)*z + 50
}

func init() {
	pictures["map"] = func(s *Session) picture { return picture{drawing: s.mapDrawing()} }
	actions["map-zoom"] = func(a *App, e event) { a.s.zoomMap(e.arg) }
	actions["map-pan"] = func(a *App, e event) {
		dx, dy, _ := strings.Cut(e.value, " ")
		a.s.panMap(atoi(dx), atoi(dy))
	}
}

// zoomMap enlarges the map around its middle, or around the selected city where
// the whole was shown.
func (s *Session) zoomMap(arg string) {
	m := s.View.Map
	if m.Zoom == 0 {
		m = view.Map{Zoom: 1, X: 510, Y: 250} // Europe: the middle of the map is sea
		if c, ok := s.data().CityByID(s.View.Selected); ok {
			x, y := worldmap.Project(s.data().Cities[c].Lat, s.data().Cities[c].Lon)
			m.X, m.Y = int(1000*x/worldmap.Width), int(1000*y/worldmap.Height)
		}
	}
	switch arg {
	case "in":
		m.Zoom = min(2*m.Zoom, view.MapZooms[len(view.MapZooms)-1])
	case "out":
		m.Zoom /= 2
	default:
		m.Zoom = 0
	}
	s.View.Map = view.Moved(m.Zoom, m.X, m.Y)
}

// panMap moves the shown part by thousandths of its own size.
func (s *Session) panMap(dx, dy int) {
	if m := s.View.Map; m.Zoom > 0 {
		s.View.Map = view.Moved(m.Zoom, m.X+dx/m.Zoom, m.Y+dy/m.Zoom)
	}
}

// mapStep is how far an arrow key moves the map, in thousandths of what is shown.
const mapStep = 200

// mapKey does what a key asks for while the map has the focus; it reports
// whether the key was one of its own.
func (s *Session) mapKey(key string) bool {
	switch key {
	case "+", "=":
		s.zoomMap("in")
	case "-":
		s.zoomMap("out")
	case "0":
		s.zoomMap("all")
	case "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown":
		if s.View.Map.Zoom == 0 {
			return false // there is nowhere to go, and the page scrolls
		}
		step := map[string][2]int{"ArrowLeft": {-mapStep, 0}, "ArrowRight": {mapStep, 0}, "ArrowUp": {0, -mapStep}, "ArrowDown": {0, mapStep}}[key]
		s.panMap(step[0], step[1])
	default:
		return false
	}
	return true
}

// mapControls are the buttons that enlarge the map.
func (s *Session) mapControls(w *markup.Writer) {
	zoom := s.View.Map.Zoom
	w.Open("div", "class", "map-controls needs-app", "role", "group", "aria-label", "Size of the map")
	button := func(id, label, text string, off bool) {
		w.El("button", text, "type", "button", "id", "map-"+id, "data-do", "map-zoom", "data-arg", id, "aria-label", label, "title", label, "aria-disabled", strconv.FormatBool(off))
	}
	button("in", "Enlarge the map", "+", zoom == view.MapZooms[len(view.MapZooms)-1])
	button("out", "Shrink the map", "−", zoom == 0)
	button("all", "Show the whole map", "⤢", zoom == 0)
	w.Open("input", "type", "hidden", "id", "map-pan", "data-do", "map-pan", "value", "")
	w.Close("div")
}

func whole(x float64) string { return strconv.Itoa(int(x)) }

// dot is a city on the map: its entry, its place in per cent and its size in px.
type dot struct {
	entry   int
	x, y, r float64
}

// placed returns the dots of the ranked cities on the shown part of the map, the best ones last so that they
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
		if x, y = s.onMap(100*x/worldmap.Width, 100*y/worldmap.Height); x >= 0 && x <= 100 && y >= 0 && y <= 100 {
			out = append(out, dot{i, x, y, size})
		}
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
		class := s.tier(d.entry)
		if s.View.Selected == c.ID {
			class += " selected"
		}
		w.Open("circle", "data-key", c.ID, "class", class, "cx", percent(d.x), "cy", percent(d.y), "r", strconv.FormatFloat(d.r, 'f', 1, 64))
		w.El("title", c.Name+", "+rankText(r.Rank[d.entry], r.Tied[d.entry]))
		w.Close("circle")
	}
	for _, set := range labelSets {
		most := set.most
		if s.View.Map.Zoom > 0 {
			most *= 2 // there is more room between them
		}
		for _, l := range s.mapLabels(dots, set.class, set.width, most) {
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

// withOutline reads the outline of the land, a file of its own that a page has
// fetched already, and then goes on.
func (a *App) withOutline(next func()) {
	failed := func(app.Value) {
		a.ctx.Dispatch(func(ctx app.Context) {
			a.s.ui.message = "The outline of the land could not be read. Check the connection and try again."
			a.show(ctx)
		})
	}
	then(app.Window().Call("fetch", a.s.root+a.s.asset("land.svg")), func(answer app.Value) {
		then(answer.Call("text"), func(text app.Value) {
			_, path, _ := strings.Cut(text.String(), ` d="`)
			path, _, ok := strings.Cut(path, `"`)
			if !ok {
				failed(nil)
				return
			}
			a.ctx.Dispatch(func(app.Context) {
				a.s.outline = path
				next()
			})
		}, failed)
	}, failed)
}

// mapDrawing is the map as a file.
func (s *Session) mapDrawing() *chart.Drawing {
	r := s.Ranking
	f := chart.Frame{Title: "Where are the cities that lead in AI?", Subtitle: "Size: score. Colour: places 1 to 10, 11 to 30, the rest; " + lower(s.settingsSummary())}
	var places []chart.Place
	for _, d := range s.placed() {
		p := chart.Place{Name: s.cityOf(d.entry).Name, Tip: s.cityOf(d.entry).Name + ", " + rankText(r.Rank[d.entry], r.Tied[d.entry]), Class: s.tier(d.entry), X: d.x / 100, Y: d.y / 100, R: d.r}
		places = append(places, p)
	}
	for k := len(places) - 1; k >= 0 && k >= len(places)-mostGoals; k-- {
		f.Desc += places[k].Tip + ". "
	}
	return chart.Map(f, s.outline, s.mapBox(), places, wideChart, worldmap.Height/worldmap.Width)
}

// tier is the class of a city's dot.
func (s *Session) tier(entry int) string {
	switch rank := s.Ranking.Rank[entry]; {
	case rank == 0:
		return "unranked"
	case rank <= 10:
		return "tier1"
	case rank <= 30:
		return "tier2"
	}
	return "tier3"
}
