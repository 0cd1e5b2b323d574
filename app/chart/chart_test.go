package chart

import (
	"bytes"
	"encoding/xml"
	"image"
	"image/png"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var cityNames = []string{"Seoul", "Tokyo", "San Francisco", "Rio de Janeiro", "Ho Chi Minh City", "Düsseldorf", "Washington", "Lagos", "Xi'an",
	"São Paulo", "Los Angeles", "Paris", "A", "<b>&\"'", "Montréal", "Kuala Lumpur", "Dallas-Fort Worth", "Zürich", "Ürümqi", "Sydney"}

func cityName(k int) string {
	if k < len(cityNames) {
		return cityNames[k]
	}
	return cityNames[k%len(cityNames)] + " " + strconv.Itoa(k)
}

func emphasisOf(k int) Emphasis {
	switch k {
	case 3:
		return Main
	case 7, 11:
		return Pinned
	}
	return Plain
}

func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// samples draws every kind of chart from random data in a width.
func samples(r *rand.Rand, width float64) map[string]*Drawing {
	f := Frame{Title: "Is <this> & that a \"title\"?", Subtitle: "what, with units", Desc: "it's <drawn>"}
	n := 5 + r.IntN(25)
	columns := []string{"Equal", "Public sector", "Business", "Research", "Infrastructure", "This view"}
	var bump []BumpLine
	for k := range n {
		l := BumpLine{Name: cityName(k), Emphasis: emphasisOf(k)}
		for range columns {
			l.Ranks = append(l.Ranks, r.IntN(20+r.IntN(80)))
		}
		bump = append(bump, l)
	}
	var paths []RankLine
	for k := range 4 + r.IntN(9) {
		l := RankLine{Name: cityName(k), Emphasis: emphasisOf(k)}
		at := 0.0
		for at < 1 {
			to := min(at+0.02+0.3*r.Float64(), 1)
			l.Steps = append(l.Steps, Step{at, to, r.IntN(60)})
			at = to
		}
		paths = append(paths, l)
	}
	var crossings []Crossing
	for k := range r.IntN(30) {
		crossings = append(crossings, Crossing{r.Float64(), cityName(k), k%2 == 0})
	}
	var dots []Dot
	var values []Value
	for k := range 100 {
		x, y := math.Floor(math.Exp(8*r.Float64()))-1, 100*r.Float64()
		if k%9 == 5 {
			x = math.NaN()
		}
		dots = append(dots, Dot{cityName(k), "id<" + strconv.Itoa(k), x, y, emphasisOf(k)})
		values = append(values, Value{cityName(k), "id", x, emphasisOf(k)})
	}
	log, linear := Axis{"Papers at main venues, 2021 to 2026", true, plain}, Axis{"Score, 0 to 100", false, plain}
	var bars []Bar
	for k := range 6 {
		bars = append(bars, Bar{cityName(k), 30 * (r.Float64() - 0.5), ""})
	}
	bars[4].Value = math.NaN()
	var years []string
	var layers []Series
	for y := 2005; y < 2026; y++ {
		years = append(years, strconv.Itoa(y))
	}
	for p := range 6 {
		s := Series{Name: []string{"Government", "Enterprise", "Startups", "Universities", "Data centres", "Telecom"}[p], Class: "p" + strconv.Itoa(p)}
		for range years {
			s.Values = append(s.Values, float64(r.IntN(40)))
		}
		layers = append(layers, s)
	}
	short := Axis{"points of the score", false, func(x float64) string {
		if math.IsNaN(x) {
			return "no value"
		}
		return strconv.FormatFloat(x, 'f', 1, 64)
	}}
	return map[string]*Drawing{
		"bump": Bump(f, columns, bump, width), "rank lines": RankLines(f, "Weight of telecom", paths, crossings, r.Float64(), width),
		"scatter": Scatter(f, log, linear, dots, width), "distribution": Distribution(f, log, values, width),
		"diverging": Diverging(f, short, bars, width), "stacked": Stacked(f, linear, years, layers, width),
	}
}

func textSize(class string) float64 {
	attrs := attributes(class)
	for k := 0; k < len(attrs); k += 2 {
		if attrs[k] == "font-size" {
			x, _ := strconv.ParseFloat(attrs[k+1], 64)
			return x
		}
	}
	return 0
}

func TestTextsLieInsideTheFrameAndNeverOnOneAnother(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		for _, width := range []float64{300, 360, 760, 900} {
			for kind, d := range samples(r, width) {
				frame := box{-0.5, -0.5, d.Width + 0.5, d.Height + 0.5}
				var boxes []box
				var words []string
				for _, m := range d.marks {
					if m.tag != "text" || strings.HasPrefix(m.class, "figure") && kind == "bump" && m.anchor == "middle" {
						continue // a place stands inside its circle, and circles may touch
					}
					b := textBox(m.anchor, m.text, m.p[0], m.p[1], textSize(m.class))
					if !b.within(frame) {
						t.Errorf("%s of %g px: %q at %v is cut off", kind, width, m.text, b)
					}
					small := box{b.x0 + 0.5, b.y0 + 1.5, b.x1 - 0.5, b.y1 - 1.5}
					for k, o := range boxes {
						if small.overlaps(o) {
							t.Errorf("%s of %g px: %q lies on %q", kind, width, m.text, words[k])
						}
					}
					boxes, words = append(boxes, small), append(words, m.text)
				}
				if t.Failed() {
					return
				}
			}
		}
	}
}

func TestShapesLieInsideTheFrameAndHaveALook(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 30 {
		for _, width := range []float64{300, 760} {
			for kind, d := range samples(r, width) {
				if len(d.marks) < 10 {
					t.Errorf("%s: only %d marks", kind, len(d.marks))
				}
				inside := func(m mark, x, y float64) {
					if !(x >= -1 && x <= d.Width+1 && y >= -1 && y <= d.Height+1) {
						t.Errorf("%s of %g px: %s %q at %g, %g is outside %g × %g", kind, width, m.tag, m.class, x, y, d.Width, d.Height)
					}
				}
				for _, m := range d.marks {
					if looks[m.class] == "" {
						t.Errorf("%s: the class %q has no look", kind, m.class)
					}
					switch m.tag {
					case "line":
						inside(m, m.p[0], m.p[1])
						inside(m, m.p[2], m.p[3])
					case "circle":
						inside(m, m.p[0]-m.p[2], m.p[1]-m.p[2])
						inside(m, m.p[0]+m.p[2], m.p[1]+m.p[2])
					case "rect":
						if m.p[2] < 0 || m.p[3] < 0 {
							t.Errorf("%s: a bar of %g × %g", kind, m.p[2], m.p[3])
						}
						inside(m, m.p[0], m.p[1])
						inside(m, m.p[0]+m.p[2], m.p[1]+m.p[3])
					case "path":
						for _, p := range m.points {
							inside(m, p.X, p.Y)
						}
					}
				}
			}
		}
	}
}

func TestBarsStartAtZeroAndAreInProportion(t *testing.T) {
	d := Diverging(Frame{}, Axis{"", false, plain}, []Bar{{"a", 10, ""}, {"b", -5, ""}, {"c", 0, ""}, {"d", 2.5, "p1"}}, 600)
	var widths []float64
	for _, m := range d.marks {
		if m.tag == "rect" {
			widths = append(widths, m.p[2])
		}
	}
	for k, want := range []float64{10, 5, 0, 2.5} {
		if math.Abs(widths[k]-widths[0]*want/10) > 1e-9 {
			t.Errorf("bars of 10, −5, 0 and 2.5 are %v long", widths)
		}
	}
	d = Stacked(Frame{}, Axis{"", false, plain}, []string{"1", "2"}, []Series{{"x", "p0", []float64{4, 8}}, {"y", "p1", []float64{6, 2}}}, 600)
	var heights []float64
	for _, m := range d.marks {
		if m.tag == "rect" && m.tip != "" {
			heights = append(heights, m.p[3])
		}
	}
	if h := heights; len(h) != 4 || math.Abs(h[0]/h[1]-4.0/6) > 1e-9 || math.Abs(h[2]/h[0]-2) > 1e-9 {
		t.Errorf("layers of 4 and 6, 8 and 2 are %v high", heights)
	}
}

func TestScalesKeepOrderAndHaveRoundTicks(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		unit := math.Pow(10, float64(r.IntN(9)-3))
		values := []float64{unit * r.Float64(), unit * r.Float64() * 50, math.NaN()}
		log := r.IntN(2) == 0
		s := newScale(Axis{Log: log}, values, r.IntN(2) == 0, 0, 500, 5)
		if a, b := s.at(values[0]), s.at(values[1]); (a < b) != (values[0] < values[1]) || min(a, b) < -1e-6 || max(a, b) > 500+1e-6 {
			t.Fatalf("%v are placed at %g and %g", values, a, b)
		}
		if len(s.ticks) < 2 || len(s.ticks) > 12 || !slices.IsSorted(s.ticks) {
			t.Fatalf("%v: ticks %v", values, s.ticks)
		}
		for _, x := range s.ticks {
			digits := strings.TrimRight(strings.TrimLeft(strings.ReplaceAll(strconv.FormatFloat(x, 'f', 9, 64), ".", ""), "0"), "0")
			if !log && len(digits) > 3 {
				t.Fatalf("%v: %v is no round tick", values, x)
			}
		}
	}
	if got := newScale(Axis{}, []float64{3, 97}, false, 0, 1, 5).ticks; !slices.Equal(got, []float64{0, 20, 40, 60, 80, 100}) {
		t.Errorf("ticks of 3 to 97: %v", got)
	}
	if got := powerTicks(0, 1500); !slices.Equal(got, []float64{0, 1, 10, 100, 1000}) {
		t.Errorf("ticks of 0 to 1500: %v", got)
	}
	for _, values := range [][]float64{nil, {5}, {0, 0}, {math.NaN()}, {math.Inf(1), 2}} {
		for _, log := range []bool{false, true} {
			if s := newScale(Axis{Log: log}, values, false, 0, 100, 5); math.IsNaN(s.at(2)) || len(s.ticks) == 0 {
				t.Errorf("%v: %+v", values, s)
			}
		}
	}
}

func TestSpreadKeepsOrderGapAndRoom(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 3000 {
		at := make([]float64, r.IntN(30))
		for i := range at {
			at[i] = 100 + 300*r.Float64()
		}
		got := spread(at, 14, 90, 420)
		order := make([]int, len(at))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int {
			if at[a] < at[b] {
				return -1
			}
			return 1
		})
		gap := min(14, 330/math.Max(1, float64(len(at)-1)))
		for k, i := range order {
			if got[i] < 90-1e-6 || got[i] > 420+1e-6 {
				t.Fatalf("%v is outside", got[i])
			}
			if k > 0 && got[i]-got[order[k-1]] < gap-1e-6 {
				t.Fatalf("%v and %v are too near", got[order[k-1]], got[i])
			}
		}
	}
	far := []float64{10, 100, 50}
	if got := spread(far, 14, 0, 200); !slices.Equal(got, far) {
		t.Errorf("%v have room and were moved to %v", far, got)
	}
}

func TestAFileStandsAlone(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	about := About{Title: "t", Link: "https://example.org/?w=1.2.3.4.5.6&q=%3Cb%3E", Edition: "AI Cities Explorer 2026.1",
		Sources: []Source{{"A <list> & more", "Some \"publisher\"", "CC0", "https://example.org/a?b&c"}, {"Another", "Somebody", "MIT", "https://example.org/b"}}}
	for kind, d := range samples(r, 760) {
		svg, width, height := d.File(about)
		var text, all strings.Builder
		decoder := xml.NewDecoder(strings.NewReader(svg))
		in := []string{}
		for {
			token, err := decoder.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			switch x := token.(type) {
			case xml.StartElement:
				in = append(in, x.Name.Local)
				for _, a := range x.Attr {
					if slices.Contains([]string{"class", "style", "href", "onload"}, a.Name.Local) || strings.Contains(a.Value, "var(") {
						t.Errorf("%s: %s=%q needs a page around it", kind, a.Name.Local, a.Value)
					}
				}
			case xml.EndElement:
				in = in[:len(in)-1]
			case xml.CharData:
				all.Write(x)
				if len(in) > 0 && in[len(in)-1] == "text" {
					text.Write(x)
					text.WriteByte(' ')
				}
			}
		}
		if !strings.Contains(svg, "<title>") || !strings.Contains(svg, "<desc>") {
			t.Errorf("%s has no title or description", kind)
		}
		drawn := strings.ReplaceAll(text.String(), " ", "")
		for _, needed := range []string{d.Title, d.Subtitle, about.Edition, about.Link, about.Sources[0].String(), about.Sources[1].String()} {
			if !strings.Contains(drawn, strings.ReplaceAll(needed, " ", "")) {
				t.Errorf("%s: %q is not drawn", kind, needed)
			}
		}
		if !strings.Contains(all.String(), about.Sources[0].Link) || !strings.Contains(all.String(), d.Desc) {
			t.Errorf("%s: the description is not whole", kind)
		}
		if width < 760 || height < int(d.Height) {
			t.Errorf("%s: %d × %d", kind, width, height)
		}
		var page any
		if err := xml.Unmarshal([]byte(d.SVG("x", "")), &page); err != nil {
			t.Errorf("%s: the page's form: %v", kind, err)
		}
	}
}

// The file's colours are the light theme's, and every class is coloured on the page too.
func TestAFileHasTheColoursOfThePage(t *testing.T) {
	style, err := os.ReadFile("../../web/style.css")
	if err != nil {
		t.Fatal(err)
	}
	for token, colour := range light {
		m := regexp.MustCompile(`--` + token + `: light-dark\((#[0-9a-f]{6}),`).FindSubmatch(style)
		if m == nil || string(m[1]) != colour {
			t.Errorf("--%s is %q on the page and %s in a file", token, m, colour)
		}
	}
	charts, err := os.ReadFile("../../web/charts.css")
	if err != nil {
		t.Fatal(err)
	}
	for class := range looks {
		if strings.HasPrefix(class, "file-") {
			continue
		}
		selector := ".chart ." + strings.ReplaceAll(class, " ", ".")
		if len(class) != 2 && !strings.Contains(string(charts), selector+" ") && !strings.Contains(string(charts), selector+",") {
			t.Errorf("web/charts.css has no rule for %s", selector)
		}
	}
}

func TestWrapKeepsAllLettersWithinTheWidth(t *testing.T) {
	text := "Sources: Papers at venues. Somebody (CC BY 4.0); https://example.org/?" + strings.Repeat("w=1.2.3&", 40) + " and more"
	lines := wrap(text, 11, 300)
	for _, line := range lines {
		if textWidth(line, 11) > 300 {
			t.Errorf("%q is too wide", line)
		}
	}
	if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(text, " ", "") {
		t.Errorf("letters are lost: %q", got)
	}
}

func TestTheDescriptionOfAPictureIsAWholeChunk(t *testing.T) {
	d := Drawing{Title: "Où?", Desc: "what"}
	about := About{Link: "https://example.org/?a", Edition: "2026.1", Sources: []Source{{"A", "B", "CC0", "https://example.org/b"}}}
	var blank, file bytes.Buffer
	if err := png.Encode(&blank, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	file.Write(blank.Bytes()[:blank.Len()-12])
	file.Write(d.PNGText(about))
	file.Write(blank.Bytes()[blank.Len()-12:])
	if _, err := png.Decode(bytes.NewReader(file.Bytes())); err != nil { // it checks the sum of every chunk
		t.Fatal(err)
	}
	for _, needed := range []string{"iTXtDescription", "Où?", about.Link, about.Edition, "https://example.org/b", "CC0"} {
		if !strings.Contains(file.String(), needed) {
			t.Errorf("%q is not in the file", needed)
		}
	}
}
