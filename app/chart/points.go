package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// Dot is one thing with its values. A missing value (NaN) leaves it out.
type Dot struct {
	Name     string
	Key      string // id, where a click may choose it
	X, Y     float64
	Emphasis Emphasis
}

const dotSize = 4.0

// Scatter draws two values of each thing against one another. It names what
// stands out, by emphasis or by lying far from the others.
func Scatter(f Frame, x, y Axis, dots []Dot, width float64) *Drawing {
	d := f.drawing(width)
	d.Height = min(0.62*width+60, 520)
	if width < narrow {
		d.Height = width + 40
	}
	var shown []Dot
	var xs, ys []float64
	for _, p := range dots {
		if x.drawable(p.X) && y.drawable(p.Y) {
			shown, xs, ys = append(shown, p), append(xs, p.X), append(ys, p.Y)
		}
	}
	top, bottom := 30.0, d.Height-46
	sy := newScale(y, ys, false, bottom-10, top+10, 6)
	left := 16.0
	for _, t := range sy.ticks {
		left = max(left, textWidth(y.Format(t), labelSize)+12)
	}
	right := width - 12
	sx := newScale(x, xs, false, left+10, right-10, int(max(3, width/110)))

	d.text("axis", "start", fit("↑ "+y.Label, labelSize, width), 0, 12)
	d.text("axis", "end", fit(x.Label+" →", labelSize, width), width, d.Height-6)
	for _, t := range sy.ticks {
		d.line("grid", left, sy.at(t), right, sy.at(t))
		d.text("tick", "end", y.Format(t), left-8, sy.at(t)+4)
	}
	horizontalTicks(d, x, &sx, bottom, top)

	p := placer{frame: box{left, top - 12, width, bottom}}
	place := make([]Point, len(shown))
	for k, s := range shown {
		place[k] = Point{sx.at(s.X), sy.at(s.Y)}
		p.dots = append(p.dots, box{place[k].X - dotSize, place[k].Y - dotSize, place[k].X + dotSize, place[k].Y + dotSize})
	}
	order := byEmphasis(len(shown), func(k int) Emphasis { return shown[k].Emphasis })
	for _, k := range order {
		r := dotSize
		if shown[k].Emphasis != Plain {
			r = dotSize + 2
		}
		d.circle(shown[k].Emphasis.class("dot"), shown[k].Name+": "+x.Format(shown[k].X)+", "+y.Format(shown[k].Y), place[k].X, place[k].Y, r)
		d.named(shown[k].Key)
	}
	most := 14
	if width < narrow {
		most = 6
	}
	for _, k := range slices.Backward(order) {
		if e := shown[k].Emphasis; e != Plain {
			p.label(d, e.label(), shown[k].Name, place[k].X, place[k].Y, dotSize+2, labelSize, 48, true)
		}
	}
	for _, k := range outliers(place) {
		if most == 0 {
			break
		}
		if shown[k].Emphasis == Plain && p.label(d, "label", shown[k].Name, place[k].X, place[k].Y, dotSize, labelSize, 0, false) {
			most--
		}
	}
	return d
}

// horizontalTicks writes the ticks of an axis below a plot, leaving out those
// that would touch.
func horizontalTicks(d *Drawing, a Axis, s *scale, bottom, top float64) {
	free := math.Inf(-1)
	for _, t := range s.ticks {
		at, text := s.at(t), a.Format(t)
		w := textWidth(text, labelSize) / 2
		middle := min(max(at, w), d.Width-w)
		d.line("grid", at, top, at, bottom+5)
		if middle-w >= free {
			d.text("tick", "middle", text, middle, bottom+19)
			free = middle + w + 8
		}
	}
}

// outliers lists points by how far they lie from the middle of all, in
// Mahalanobis distance, the farthest first.
func outliers(points []Point) []int {
	n := float64(len(points))
	var mx, my, xx, yy, xy float64
	for _, p := range points {
		mx, my = mx+p.X/n, my+p.Y/n
	}
	for _, p := range points {
		xx, yy, xy = xx+(p.X-mx)*(p.X-mx)/n, yy+(p.Y-my)*(p.Y-my)/n, xy+(p.X-mx)*(p.Y-my)/n
	}
	far := make([]float64, len(points))
	order := make([]int, len(points))
	for k, p := range points {
		order[k] = k
		dx, dy := p.X-mx, p.Y-my
		if det := xx*yy - xy*xy; det > 1e-9 {
			far[k] = (yy*dx*dx - 2*xy*dx*dy + xx*dy*dy) / det
		} else {
			far[k] = dx*dx + dy*dy
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(far[b], far[a]) })
	return order
}

// Value is one thing with one value.
type Value struct {
	Name     string
	Key      string  // id, where a click may choose it
	X        float64 // NaN: missing
	Emphasis Emphasis
}

// A distribution has its bars above a strip of dots, and names below that.
const (
	distributionPlot  = 190.0
	distributionStrip = 26.0
	distributionNames = 96.0
)

// distribution is a distribution being drawn.
type distribution struct {
	*Drawing
	axis   Axis
	values []Value // those that can be drawn
	scale  scale
	bottom float64 // of the bars
	dots   float64 // where the values lie
}

// Distribution draws how values are spread: how many lie in each range, and
// below it each value on its own. It names what stands out, and the highest and
// the lowest.
func Distribution(f Frame, axis Axis, values []Value, width float64) *Drawing {
	c := &distribution{Drawing: f.drawing(width), axis: axis}
	c.Height = 20 + distributionPlot + distributionStrip + distributionNames
	c.bottom = 20 + distributionPlot
	c.dots = c.bottom + 20 + distributionStrip/2 + 4
	var xs []float64
	for _, v := range values {
		if axis.drawable(v.X) {
			c.values, xs = append(c.values, v), append(xs, v.X)
		}
	}
	c.scale = newScale(axis, xs, false, 8, width-8, int(max(3, width/110)))
	c.bars()
	c.line("zero", c.scale.start, c.bottom, c.scale.end, c.bottom)
	horizontalTicks(c.Drawing, axis, &c.scale, c.bottom, c.bottom)
	c.text("axis", "end", fit(axis.Label+" →", labelSize, width), width, c.Height-6)
	c.strip()
	return c.Drawing
}

// bars draws how many values lie in each of some ranges of equal length.
func (c *distribution) bars() {
	bins := 24
	if c.Width < narrow {
		bins = 14
	}
	s := &c.scale
	counts, most, main := make([]int, bins), 1, -1
	for _, v := range c.values {
		k := min(int(float64(bins)*(s.transform(v.X)-s.low)/(s.high-s.low)), bins-1)
		counts[k]++
		most = max(most, counts[k])
		if v.Emphasis == Main {
			main = k
		}
	}
	for k, n := range counts {
		if n == 0 {
			continue
		}
		w := (s.end - s.start) / float64(bins)
		x, h := s.start+w*float64(k), (distributionPlot-14)*float64(n)/float64(most)
		class := "bar"
		if k == main {
			class = "bar main"
		}
		low, high := s.invert(s.low+(s.high-s.low)*float64(k)/float64(bins)), s.invert(s.low+(s.high-s.low)*float64(k+1)/float64(bins))
		c.rect(class, strconv.Itoa(n)+" from "+c.axis.Format(low)+" to "+c.axis.Format(high), x+0.5, c.bottom-h, w-1, h)
		c.text("figure", "middle", strconv.Itoa(n), x+w/2, c.bottom-h-4)
	}
}

// strip draws each value, and names what stands out, the highest and the lowest.
func (c *distribution) strip() {
	p := placer{frame: box{0, c.dots - 8, c.Width, c.Height - 20}}
	order := byEmphasis(len(c.values), func(k int) Emphasis { return c.values[k].Emphasis })
	for _, k := range order {
		v := c.values[k]
		r := dotSize
		if v.Emphasis != Plain {
			r = dotSize + 2
		}
		c.circle(v.Emphasis.class("dot"), v.Name+": "+c.axis.Format(v.X), c.scale.at(v.X), c.dots, r)
		c.named(v.Key)
	}
	for _, k := range slices.Backward(order) {
		if c.values[k].Emphasis != Plain {
			c.name(&p, c.values[k], distributionNames-22)
		}
	}
	if len(c.values) == 0 {
		return
	}
	byValue := func(a, b Value) int { return cmp.Compare(a.X, b.X) }
	if v := slices.MaxFunc(c.values, byValue); v.Emphasis == Plain {
		c.name(&p, v, 40)
	}
	if v := slices.MinFunc(c.values, byValue); v.Emphasis == Plain && c.strictlyLowest(v.X) {
		c.name(&p, v, 40)
	}
}

// name writes a value below its dot, up to reach px away.
func (c *distribution) name(p *placer, v Value, reach float64) {
	text, x, y := v.Name+" "+c.axis.Format(v.X), c.scale.at(v.X), c.dots
	half := textWidth(text, labelSize*1.08) / 2
	at := min(max(x, half+0.5), c.Width-half-0.5)
	for away := 16.0; away <= reach; away += 15 {
		b := textBox("middle", text, at, y+away+5, labelSize*1.08)
		if b.within(p.frame) && !slices.ContainsFunc(p.labels, b.overlaps) {
			c.line("lead", x, y+6, x, y+away-5)
			c.text(v.Emphasis.label(), "middle", text, at, y+away+5)
			p.labels = append(p.labels, b, box{x - 1, y, x + 1, y + away - 5})
			return
		}
	}
}

// strictlyLowest reports whether only one value is the lowest.
func (c *distribution) strictlyLowest(x float64) bool {
	n := 0
	for _, v := range c.values {
		if v.X == x {
			n++
		}
	}
	return n == 1
}
