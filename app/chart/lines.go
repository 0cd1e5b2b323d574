package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// Step is a range of a weight, as shares from 0 to 1, with one rank in it.
type Step struct {
	From, To float64
	Rank     int // 0: none
}

// RankLine is the rank of one thing while a weight goes from 0 to 1.
type RankLine struct {
	Name     string
	Key      string // id, where a click may choose it
	Steps    []Step
	Emphasis Emphasis
}

// Crossing is where the main line meets another.
type Crossing struct {
	At   float64
	Name string
	Up   bool // the main one is above with more weight
}

const rankHeight = 380.0

// rankLines is a chart of rank lines being drawn.
type rankLines struct {
	*Drawing
	lines                    []RankLine
	left, right, top, bottom float64 // of the lines
	side                     float64 // room for the names
	worst                    int     // the last rank that is drawn
}

// RankLines draws ranks against one weight. crossings are those of the main
// line; now is the weight at present. Ranks below those of the main line, but at
// least the first ten, are drawn.
func RankLines(f Frame, axis string, lines []RankLine, crossings []Crossing, now, width float64) *Drawing {
	d := f.drawing(width)
	d.Height = rankHeight
	worst := 10
	names := make([]string, len(lines))
	for k, l := range lines {
		names[k] = l.Name
		for _, s := range l.Steps {
			if l.Emphasis == Main {
				worst = max(worst, s.Rank+1)
			}
		}
	}
	side := min(widest(names, labelSize)*1.08+10, 0.36*width)
	c := &rankLines{d, lines, 34, width - side - 6, 24, rankHeight - 44, side, worst}
	c.axes(axis, now)
	c.traces()
	c.crossings(crossings, now)
	c.ends()
	return d
}

func (c *rankLines) x(share float64) float64 { return c.left + (c.right-c.left)*share }

func (c *rankLines) y(rank int) float64 {
	return c.top + (c.bottom-c.top)*c.depth(rank)/c.depth(c.worst)
}

// depth is how far below the first place a rank lies. The square root gives the
// first places more room where many are drawn.
func (c *rankLines) depth(rank int) float64 {
	if c.worst > 30 {
		return math.Sqrt(float64(rank - 1))
	}
	return float64(rank - 1)
}

// axes draws the ticks of ranks and weights, and where the weight is now.
func (c *rankLines) axes(axis string, now float64) {
	last := math.Inf(-1)
	for _, rank := range []int{1, 2, 3, 5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90, 100, 150, 200, 300, 400, 500} {
		if rank <= c.worst && c.y(rank)-last >= 18 {
			last = c.y(rank)
			c.line("grid", c.left, last, c.right, last)
			c.text("tick", "end", strconv.Itoa(rank), c.left-8, last+4)
		}
	}
	every := 20
	if c.Width < narrow {
		every = 25
	}
	for p := 0; p <= 100; p += every {
		x := c.x(float64(p) / 100)
		c.line("grid", x, c.bottom, x, c.bottom+5)
		anchor := "middle"
		if p == 0 {
			anchor = "start"
		}
		c.text("tick", anchor, strconv.Itoa(p)+"\u202f%", x, c.bottom+19)
	}
	half := textWidth(axis, labelSize) / 2
	c.text("axis", "middle", fit(axis, labelSize, c.Width-8), min(max((c.left+c.right)/2, half), c.Width-half), c.bottom+38)
	c.line("now", c.x(now), c.top-6, c.x(now), c.bottom)
	nowText := "now " + strconv.FormatFloat(100*now, 'f', 0, 64) + "\u202f%"
	c.text("axis", "middle", nowText, min(max(c.x(now), textWidth(nowText, labelSize)/2), c.Width), c.top-11)
}

// traces draws the lines, broken where there is no rank or one that is not drawn.
func (c *rankLines) traces() {
	for _, k := range byEmphasis(len(c.lines), func(k int) Emphasis { return c.lines[k].Emphasis }) {
		l := c.lines[k]
		var points []Point
		for _, s := range l.Steps {
			if s.Rank == 0 || s.Rank > c.worst {
				c.trace(l.Emphasis, l.Name, l.Key, points)
				points = nil
				continue
			}
			points = append(points, Point{c.x(s.From), c.y(s.Rank)}, Point{c.x(s.To), c.y(s.Rank)})
		}
		c.trace(l.Emphasis, l.Name, l.Key, points)
	}
}

// crossings draws where the main line meets others, and names those that have
// room, the nearest to the present weight first. The line itself is kept free of
// labels.
func (c *rankLines) crossings(crossings []Crossing, now float64) {
	var main *RankLine
	for k := range c.lines {
		if c.lines[k].Emphasis == Main {
			main = &c.lines[k]
		}
	}
	if main == nil {
		return
	}
	p := placer{frame: box{c.left, c.top - 4, c.right, c.bottom}}
	for _, s := range main.Steps {
		if s.Rank > 0 {
			p.dots = append(p.dots, box{c.x(s.From), c.y(s.Rank) - 3, c.x(s.To), c.y(s.Rank) + 3})
		}
	}
	spots, nearest := make([]Point, len(crossings)), make([]int, len(crossings))
	for k, other := range crossings {
		before, after := main.rank(other.At-1e-9), main.rank(other.At+1e-9)
		x, y := c.x(other.At), (c.y(max(before, 1))+c.y(max(after, 1)))/2
		c.circle("dot pinned", other.Name+": "+percentText(other.At), x, y, 3.5)
		p.dots = append(p.dots, box{x - 4, y - 4, x + 4, y + 4})
		spots[k], nearest[k] = Point{x, y}, k
	}
	slices.SortStableFunc(nearest, func(a, b int) int {
		return cmp.Compare(math.Abs(crossings[a].At-now), math.Abs(crossings[b].At-now))
	})
	for _, k := range nearest {
		p.label(c.Drawing, "figure", crossings[k].Name+" "+percentText(crossings[k].At), spots[k].X, spots[k].Y, 4, figureSize, 21, false)
	}
}

// ends writes the names at the right of the lines.
func (c *rankLines) ends() {
	var who []int
	var ys []float64
	for k, l := range c.lines {
		if n := len(l.Steps); n > 0 && l.Steps[n-1].Rank > 0 && l.Steps[n-1].Rank <= c.worst {
			who, ys = append(who, k), append(ys, c.y(l.Steps[n-1].Rank))
		}
	}
	for n, y := range spread(ys, labelSize*1.2, c.top, c.bottom) {
		l := c.lines[who[n]]
		if math.Abs(y-ys[n]) > 3 {
			c.line("lead", c.right+1, ys[n], c.right+7, y)
		}
		c.text(l.Emphasis.label(), "start", fit(l.Name, labelSize*1.08, c.side-8), c.right+9, y+4)
	}
}

// rank returns the rank at a weight, 0 for none.
func (l *RankLine) rank(share float64) int {
	for _, s := range l.Steps {
		if share <= s.To {
			return s.Rank
		}
	}
	if n := len(l.Steps); n > 0 {
		return l.Steps[n-1].Rank
	}
	return 0
}

// percentText writes a share as per cent with one decimal.
func percentText(share float64) string { return strconv.FormatFloat(100*share, 'f', 1, 64) + "\u202f%" }
