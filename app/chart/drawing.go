// Package chart draws: data in, SVG out. One code lays a chart out; a Drawing
// then writes it in two forms, one for the page (classes, coloured by the
// tokens of the style sheet) and one that stands alone as a file (colours
// resolved, title, link, edition and sources inside).
//
// Each chart is drawn for a given width, so that its letters stay readable: a
// page holds a wide and a narrow form and shows the one that fits (Pair).
package chart

import (
	"encoding/binary"
	"hash/crc32"
	"strconv"
	"strings"

	"aicities/app/markup"
)

// Drawing is a chart laid out. Lengths are in px, from the upper left corner.
type Drawing struct {
	Width, Height float64
	Title         string // the question that it answers
	Subtitle      string // what is drawn, with units
	Desc          string // what it shows, in words
	marks         []mark
	ground        ground // of a map, in files
}

// mark is one shape or text. Its class says how it looks (look.go).
type mark struct {
	tag    string // line, path, circle, rect or text
	class  string
	p      [4]float64 // x1 y1 x2 y2; cx cy r; x y width height; x y
	points []Point    // of a path
	text   string     // of a text
	tip    string     // what a shape stands for
	key    string     // id of what a shape stands for, "" where it cannot be chosen
	anchor string     // of a text: start, middle or end
}

// Point is a place on a drawing.
type Point struct{ X, Y float64 }

func (d *Drawing) line(class string, x1, y1, x2, y2 float64) {
	d.marks = append(d.marks, mark{tag: "line", class: class, p: [4]float64{x1, y1, x2, y2}})
}

func (d *Drawing) path(class, tip string, points []Point) {
	d.marks = append(d.marks, mark{tag: "path", class: class, tip: tip, points: points})
}

func (d *Drawing) circle(class, tip string, x, y, r float64) {
	d.marks = append(d.marks, mark{tag: "circle", class: class, tip: tip, p: [4]float64{x, y, r}})
}

func (d *Drawing) rect(class, tip string, x, y, width, height float64) {
	d.marks = append(d.marks, mark{tag: "rect", class: class, tip: tip, p: [4]float64{x, y, width, height}})
}

// trace draws the line of one thing through points, where there are two at
// least.
func (d *Drawing) trace(e Emphasis, name, key string, points []Point) {
	if len(points) > 1 {
		d.path(e.class("trace"), name, points)
		d.named(key)
	}
}

// named gives the shape drawn last the id of what it stands for: on the page a
// click on it selects that.
func (d *Drawing) named(key string) { d.marks[len(d.marks)-1].key = key }

// text writes with its base line at y.
func (d *Drawing) text(class, anchor, text string, x, y float64) {
	if text != "" {
		d.marks = append(d.marks, mark{tag: "text", class: class, anchor: anchor, text: text, p: [4]float64{x, y}})
	}
}

// About is what a file says of itself.
type About struct {
	Title, Link, Edition string
	Sources              []Source
}

// Source is where data come from.
type Source struct{ Title, Publisher, Licence, Link string }

// String names the source in one line, without its link.
func (s Source) String() string {
	return s.Title + ". " + s.Publisher + " (" + s.Licence + ")"
}

// SVG returns the page's form. id is that of the element; its title and
// description get ids from it.
func (d *Drawing) SVG(id, class string) string {
	var w markup.Writer
	w.Open("svg", "id", id, "class", strings.TrimSpace("chart "+class), "viewBox", "0 0 "+number(d.Width)+" "+number(d.Height),
		"role", "img", "aria-labelledby", id+"-title "+id+"-desc")
	w.El("title", d.Title, "id", id+"-title")
	w.El("desc", d.Desc, "id", id+"-desc")
	for i := range d.marks {
		key := d.marks[i].key
		d.marks[i].write(&w, func(class string) []string {
			if key == "" {
				return []string{"class", class}
			}
			return []string{"class", class, "data-do", "select", "data-arg", key}
		})
	}
	w.Close("svg")
	return w.String()
}

// Pair returns the page's form of a chart in two widths; the style sheet shows
// the one that fits.
func Pair(id string, wide, narrow *Drawing) string {
	return wide.SVG(id, "wide") + narrow.SVG(id+"-narrow", "narrow")
}

const (
	filePad   = 24.0
	fileTitle = 20.0 // font sizes
	fileText  = 13.0
	fileSmall = 11.0
	lineStep  = 1.35

	fileSources = 4 // named under the chart; the description names all
)

// File returns the form that stands alone, an SVG document with its size in px.
// It is in light colours and sets title, subtitle, edition, link and sources
// around the chart.
func (d *Drawing) File(about About) (svg string, width, height int) {
	var head, foot Drawing
	room := d.Width
	y := 0.0
	for _, line := range wrap(d.Title, fileTitle*1.06, room) { // bold letters are wider
		y += fileTitle * lineStep
		head.text("file-title", "start", line, 0, y)
	}
	for _, line := range wrap(d.Subtitle, fileText, room) {
		y += fileText * lineStep
		head.text("file-text", "start", line, 0, y)
	}
	headHeight := y + 16
	y = 8
	small := func(text string) {
		for _, line := range wrap(text, fileSmall, room) {
			y += fileSmall * lineStep
			foot.text("file-small", "start", line, 0, y)
		}
	}
	small(about.Edition + ". " + about.Link)
	if n := len(about.Sources); n > 0 {
		names := make([]string, min(n, fileSources))
		for k := range names {
			names[k] = about.Sources[k].String()
		}
		text := "Sources: " + strings.Join(names, "; ")
		if n > fileSources {
			text += "; and " + strconv.Itoa(n-fileSources) + " more, which the file's description and the link name"
		}
		small(text + ".")
	}
	w, h := d.Width+2*filePad, headHeight+d.Height+y+2*filePad
	width, height = int(w+0.5), int(h+0.5)

	var m markup.Writer
	m.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	m.Open("svg", "xmlns", "http://www.w3.org/2000/svg", "width", strconv.Itoa(width), "height", strconv.Itoa(height),
		"viewBox", "0 0 "+strconv.Itoa(width)+" "+strconv.Itoa(height), "role", "img", "font-family", fontFamily)
	m.El("title", d.Title)
	m.El("desc", d.description(about))
	m.Open("rect", "width", "100%", "height", "100%", "fill", paper).Close("rect")
	group := func(dy float64, marks []mark) {
		m.Open("g", "transform", "translate("+number(filePad)+" "+number(filePad+dy)+")")
		for i := range marks {
			marks[i].write(&m, attributes)
		}
		m.Close("g")
	}
	group(0, head.marks)
	if d.ground.path != "" {
		m.Open("svg", "x", number(filePad), "y", number(filePad+headHeight), "width", number(d.Width), "height", number(d.Height), "viewBox", d.ground.box)
		m.Open("path", "d", d.ground.path, "fill", light["land"]).Close("path", "svg")
	}
	group(headHeight, d.marks)
	group(headHeight+d.Height, foot.marks)
	m.Close("svg")
	return m.String() + "\n", width, height
}

// description is all that a file says of itself beside its title.
func (d *Drawing) description(about About) string {
	text := d.Desc + " " + about.Edition + ". This view: " + about.Link
	for _, s := range about.Sources {
		text += "\nSource: " + s.String() + ". " + s.Link
	}
	return text
}

// PNGText returns the same description as a chunk for a PNG file: it goes before
// the last one (iTXt of the PNG specification, 11.3.4.5).
func (d *Drawing) PNGText(about About) []byte {
	// Keyword, and five zeros: its end, not compressed, its method, no language,
	// no translated keyword.
	body := "iTXtDescription\x00\x00\x00\x00\x00" + d.Title + " " + d.description(about)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	chunk = append(chunk, body...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE([]byte(body)))
}

// write writes a mark; look gives the attributes of its class.
func (m *mark) write(w *markup.Writer, look func(class string) []string) {
	var attrs []string
	switch m.tag {
	case "line":
		attrs = []string{"x1", number(m.p[0]), "y1", number(m.p[1]), "x2", number(m.p[2]), "y2", number(m.p[3])}
	case "circle":
		attrs = []string{"cx", number(m.p[0]), "cy", number(m.p[1]), "r", number(m.p[2])}
	case "rect":
		attrs = []string{"x", number(m.p[0]), "y", number(m.p[1]), "width", number(m.p[2]), "height", number(m.p[3])}
	case "path":
		attrs = []string{"d", pathData(m.points)}
	case "text":
		attrs = []string{"x", number(m.p[0]), "y", number(m.p[1]), "text-anchor", m.anchor}
	}
	w.Open(m.tag, append(attrs, look(m.class)...)...)
	w.Text(m.text)
	if m.tip != "" {
		w.El("title", m.tip)
	}
	w.Close(m.tag)
}

func pathData(points []Point) string {
	b := make([]byte, 0, 12*len(points))
	for k, p := range points {
		letter := byte('L')
		if k == 0 {
			letter = 'M'
		}
		b = append(append(append(append(b, letter), number(p.X)...), ' '), number(p.Y)...)
	}
	return string(b)
}

// number writes a length to a tenth of a px.
func number(x float64) string {
	s := strconv.FormatFloat(x, 'f', 1, 64)
	s = strings.TrimSuffix(s, ".0")
	if s == "-0" {
		return "0"
	}
	return s
}
