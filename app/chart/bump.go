package chart

import (
	"math"
	"slices"
	"strconv"
)

// BumpLine is one thing through the columns of a bump chart. A rank of 0 stands
// for none.
type BumpLine struct {
	Name     string
	Key      string // id, where a click may choose it
	Ranks    []int
	Emphasis Emphasis
}

// Ranks up to bumpTop have a step of their own in a bump chart; those beyond are
// drawn closer together, below a line.
const (
	bumpTop  = 20
	bumpStep = 23.0
	bumpDot  = 9.5
	bumpRest = 110.0
)

// bump is a bump chart being drawn.
type bump struct {
	*Drawing
	columns []string
	lines   []BumpLine
	order   []int // of the lines, as they are drawn

	left, right, top float64 // of the places
	side             float64 // room for the names
	worst            int     // the last rank
	linear           int     // the last one with a step of its own
	x                [][]float64
}

// Bump draws how ranks change from column to column.
func Bump(f Frame, columns []string, lines []BumpLine, width float64) *Drawing {
	b := &bump{Drawing: f.drawing(width), columns: columns, lines: lines}
	b.order = byEmphasis(len(lines), func(k int) Emphasis { return lines[k].Emphasis })
	names := make([]string, len(lines))
	b.worst = 1
	for k, l := range lines {
		names[k] = l.Name
		for _, r := range l.Ranks {
			b.worst = max(b.worst, r)
		}
	}
	b.linear = min(b.worst, bumpTop)
	if b.worst <= bumpTop+4 {
		b.linear = b.worst
	}
	b.side = min(widest(names, labelSize)*1.08+10, 0.36*width)
	b.left = 16.0
	if width >= narrow {
		b.left = b.side + bumpDot
	}
	b.right = width - b.side - bumpDot - 4

	b.grid()
	b.place()
	b.traces()
	b.figures(b.places())
	if len(columns) > 0 {
		b.ends(len(columns)-1, 1)
		if width >= narrow {
			b.ends(0, -1)
		}
	}
	return b.Drawing
}

func (b *bump) columnAt(c int) float64 {
	if len(b.columns) < 2 {
		return (b.left + b.right) / 2
	}
	return b.left + (b.right-b.left)*float64(c)/float64(len(b.columns)-1)
}

func (b *bump) y(rank int) float64 {
	if rank <= b.linear {
		return b.top + bumpStep*float64(rank-1)
	}
	return b.top + bumpStep*(float64(b.linear)-0.25) + bumpRest*float64(rank-b.linear)/float64(b.worst-b.linear)
}

// grid draws the columns with their headings, and the line below the ranks with
// a step of their own. The height follows from the headings, which stand on as
// many levels as they need so as not to touch.
func (b *bump) grid() {
	headings, level := make([]float64, len(b.columns)), make([]int, len(b.columns))
	var free []float64 // from where on each level has room
	for c, name := range b.columns {
		w := textWidth(name, labelSize)
		x := min(max(b.columnAt(c)-w/2, 0), b.Width-w)
		for level[c] < len(free) && free[level[c]] > x {
			level[c]++
		}
		if level[c] == len(free) {
			free = append(free, 0)
		}
		free[level[c]] = x + w + 8
		headings[c] = x
	}
	b.top = 14*float64(len(free)) + 18
	b.Height = b.y(b.worst) + 16
	for c, name := range b.columns {
		b.text("axis", "start", name, headings[c], 12+14*float64(level[c]))
		b.line("grid", b.columnAt(c), b.top-8, b.columnAt(c), b.Height-8)
	}
	if b.worst > b.linear {
		y := b.y(b.linear) + bumpStep*0.6
		b.line("zero", b.left-bumpDot, y, b.right+bumpDot, y)
	}
}

// place finds where each rank stands in its column: things of one rank stand
// side by side.
func (b *bump) place() {
	type spot struct{ column, rank int }
	taken, seen := map[spot]int{}, map[spot]int{}
	for _, l := range b.lines {
		for c, r := range l.Ranks {
			taken[spot{c, r}]++
		}
	}
	b.x = make([][]float64, len(b.lines))
	for k, l := range b.lines {
		b.x[k] = make([]float64, len(l.Ranks))
		for c, r := range l.Ranks {
			at := spot{c, r}
			step := min(2*bumpDot, (b.columnAt(1)-b.columnAt(0))/float64(taken[at]+1))
			if len(b.columns) < 2 {
				step = 2 * bumpDot
			}
			b.x[k][c] = max(b.columnAt(c)+step*(float64(seen[at])-float64(taken[at]-1)/2), bumpDot+1)
			seen[at]++
		}
	}
}

// traces draws the lines from place to place, broken where there is none.
func (b *bump) traces() {
	for _, k := range b.order {
		l := b.lines[k]
		var points []Point
		for c, r := range l.Ranks {
			if r == 0 {
				b.trace(l.Emphasis, l.Name, l.Key, points)
				points = nil
				continue
			}
			points = append(points, Point{b.x[k][c], b.y(r)})
		}
		b.trace(l.Emphasis, l.Name, l.Key, points)
	}
}

// places draws each rank, with its figure inside where it has a step of its own,
// and returns where those beyond lie.
func (b *bump) places() (beyond []box) {
	for _, k := range b.order {
		l := b.lines[k]
		for c, r := range l.Ranks {
			if r == 0 {
				continue
			}
			x, y, figure := b.x[k][c], b.y(r), strconv.Itoa(r)
			tip := l.Name + ": " + figure + ", " + b.columns[c]
			if r > b.linear {
				b.circle(l.Emphasis.class("dot"), tip, x, y, 4)
				b.named(l.Key)
				beyond = append(beyond, box{x - 4, y - 4, x + 4, y + 4})
				continue
			}
			b.circle(l.Emphasis.class("place"), tip, x, y, bumpDot)
			b.named(l.Key)
			class := "figure"
			if l.Emphasis == Main {
				class = "figure main"
			}
			b.text(class, "middle", figure, x, y+4)
		}
	}
	return beyond
}

// figures writes the ranks beyond the line where there is room: never in the
// outer columns' margins, which are for the names.
func (b *bump) figures(dots []box) {
	p := placer{dots: dots}
	for _, k := range slices.Backward(b.order) {
		for c, r := range b.lines[k].Ranks {
			if r <= b.linear {
				continue
			}
			p.frame = box{max(0, b.columnAt(c)-30), b.y(b.linear), min(b.Width, b.columnAt(c)+30), b.Height}
			if c == 0 && b.Width >= narrow {
				p.frame.x0 = b.columnAt(c)
			}
			if c == len(b.columns)-1 {
				p.frame.x1 = b.columnAt(c) + 4
			}
			p.label(b.Drawing, "figure", strconv.Itoa(r), b.x[k][c], b.y(r), 4, figureSize, 0, false)
		}
	}
}

// ends writes the names beside an outer column: on its right where direction is
// 1, on its left where it is -1.
func (b *bump) ends(column int, direction float64) {
	anchor, x := "start", b.right+bumpDot+6
	if direction < 0 {
		anchor, x = "end", b.left-bumpDot-6
	}
	var who []int
	var ys []float64
	for k, l := range b.lines {
		if l.Ranks[column] > 0 {
			who, ys = append(who, k), append(ys, b.y(l.Ranks[column]))
		}
	}
	for n, y := range spread(ys, labelSize*1.2, b.top, b.Height-8) {
		l := b.lines[who[n]]
		if math.Abs(y-ys[n]) > 3 {
			b.line("lead", b.columnAt(column)+direction*bumpDot, ys[n], x-direction*2, y)
		}
		size := labelSize
		if l.Emphasis == Main {
			size *= 1.08 // bold letters are wider
		}
		b.text(l.Emphasis.label(), anchor, fit(l.Name, size, b.side-6), x, y+4)
	}
}
