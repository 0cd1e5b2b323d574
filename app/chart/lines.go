package chart

import (
	"math"
	"slices"
	"strconv"
)

// Frame is what a chart says beside what it draws.
type Frame struct{ Title, Subtitle, Desc string }

// Emphasis is how much a thing stands out. What stands out is named and has
// another form, never another colour alone.
type Emphasis int

// Kinds of emphasis.
const (
	Plain  Emphasis = iota
	Pinned          // one of those that the visitor keeps in sight
	Main            // the one that the chart is about
)

func (e Emphasis) class(base string) string {
	switch e {
	case Main:
		return base + " main"
	case Pinned:
		return base + " pinned"
	}
	return base
}

func (e Emphasis) label() string {
	if e == Main {
		return "label main"
	}
	return "label"
}

const (
	labelSize  = 12.0
	figureSize = 11.0
	narrow     = 560.0 // px; charts below this width are drawn for a phone
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

// Bump draws how ranks change from column to column.
func Bump(f Frame, columns []string, lines []BumpLine, width float64) *Drawing {
	d := &Drawing{Width: width, Title: f.Title, Subtitle: f.Subtitle, Desc: f.Desc}
	names, worst := make([]string, len(lines)), 1
	for k, l := range lines {
		names[k] = l.Name
		for _, r := range l.Ranks {
			worst = max(worst, r)
		}
	}
	side := min(widest(names, labelSize)*1.08+10, 0.36*width)
	left := 16.0
	if width >= narrow {
		left = side + bumpDot
	}
	right := width - side - bumpDot - 4

	columnAt := func(c int) float64 {
		if len(columns) < 2 {
			return (left + right) / 2
		}
		return left + (right-left)*float64(c)/float64(len(columns)-1)
	}
	// Headings stand on as many levels as they need so as not to touch.
	headings := make([]box, len(columns))
	var free []float64 // from where on each level has room
	level := make([]int, len(columns))
	for c, name := range columns {
		w := textWidth(name, labelSize)
		x := min(max(columnAt(c)-w/2, 0), width-w)
		headings[c] = box{x0: x, x1: x + w}
		for level[c] < len(free) && free[level[c]] > x {
			level[c]++
		}
		if level[c] == len(free) {
			free = append(free, 0)
		}
		free[level[c]] = x + w + 8
	}
	top := 14*float64(len(free)) + 18
	linear := min(worst, bumpTop)
	if worst <= bumpTop+4 {
		linear = worst
	}
	y := func(rank int) float64 {
		if rank <= linear {
			return top + bumpStep*float64(rank-1)
		}
		return top + bumpStep*(float64(linear)-0.25) + bumpRest*float64(rank-linear)/float64(worst-linear)
	}
	d.Height = y(worst) + 16

	for c, name := range columns {
		d.text("axis", "start", name, headings[c].x0, 12+14*float64(level[c]))
		d.line("grid", columnAt(c), top-8, columnAt(c), d.Height-8)
	}
	if worst > linear {
		d.line("zero", left-bumpDot, y(linear)+bumpStep*0.6, right+bumpDot, y(linear)+bumpStep*0.6)
	}

	// Things of one rank stand side by side.
	type spot struct{ column, rank int }
	taken, seen := map[spot]int{}, map[spot]int{}
	for _, l := range lines {
		for c, r := range l.Ranks {
			taken[spot{c, r}]++
		}
	}
	x := make([][]float64, len(lines))
	for k, l := range lines {
		x[k] = make([]float64, len(l.Ranks))
		for c, r := range l.Ranks {
			at := spot{c, r}
			step := min(2*bumpDot, (columnAt(1)-columnAt(0))/float64(taken[at]+1))
			if len(columns) < 2 {
				step = 2 * bumpDot
			}
			x[k][c] = max(columnAt(c)+step*(float64(seen[at])-float64(taken[at]-1)/2), bumpDot+1)
			seen[at]++
		}
	}
	order := byEmphasis(len(lines), func(k int) Emphasis { return lines[k].Emphasis })
	for _, k := range order {
		l := lines[k]
		var points []Point
		flush := func() {
			if len(points) > 1 {
				d.path(l.Emphasis.class("trace"), l.Name, points)
				d.named(l.Key)
			}
			points = nil
		}
		for c, r := range l.Ranks {
			if r == 0 {
				flush()
				continue
			}
			points = append(points, Point{x[k][c], y(r)})
		}
		flush()
	}
	figures := placer{frame: box{0, 0, width, d.Height}}
	for _, k := range order {
		l := lines[k]
		for c, r := range l.Ranks {
			if r == 0 {
				continue
			}
			tip := l.Name + ": " + strconv.Itoa(r) + ", " + columns[c]
			if r <= linear {
				d.circle(l.Emphasis.class("place"), tip, x[k][c], y(r), bumpDot)
				d.named(l.Key)
				class := "figure"
				if l.Emphasis == Main {
					class = "figure main"
				}
				d.text(class, "middle", strconv.Itoa(r), x[k][c], y(r)+4)
			} else {
				d.circle(l.Emphasis.class("dot"), tip, x[k][c], y(r), 4)
				d.named(l.Key)
				figures.dots = append(figures.dots, box{x[k][c] - 4, y(r) - 4, x[k][c] + 4, y(r) + 4})
			}
		}
	}
	// Beyond the line a place is written where there is room: never in the
	// outer columns' margins, which are for the names.
	for _, k := range slices.Backward(order) {
		for c, r := range lines[k].Ranks {
			if r > linear {
				figures.frame = box{max(0, columnAt(c)-30), y(linear), min(width, columnAt(c)+30), d.Height}
				if c == 0 && width >= narrow {
					figures.frame.x0 = columnAt(c)
				}
				if c == len(columns)-1 {
					figures.frame.x1 = columnAt(c) + 4
				}
				figures.label(d, "figure", strconv.Itoa(r), x[k][c], y(r), 4, figureSize, 0, false)
			}
		}
	}
	ends := func(column int, anchor string, at, edge float64) {
		var who []int
		var ys []float64
		for k, l := range lines {
			if l.Ranks[column] > 0 {
				who, ys = append(who, k), append(ys, y(l.Ranks[column]))
			}
		}
		for n, yy := range spread(ys, labelSize*1.2, top, d.Height-8) {
			l := lines[who[n]]
			if math.Abs(yy-ys[n]) > 3 {
				d.line("lead", columnAt(column)+edge*bumpDot, ys[n], at-edge*2, yy)
			}
			size := labelSize
			if l.Emphasis == Main {
				size *= 1.08 // bold letters are wider
			}
			d.text(l.Emphasis.label(), anchor, fit(l.Name, size, side-6), at, yy+4)
		}
	}
	if len(columns) > 0 {
		ends(len(columns)-1, "start", right+bumpDot+6, 1)
		if width >= narrow {
			ends(0, "end", left-bumpDot-6, -1)
		}
	}
	return d
}

// byEmphasis lists 0 to n-1 with what stands out last, so that it is drawn on
// top.
func byEmphasis(n int, of func(int) Emphasis) []int {
	order := make([]int, n)
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(of(a)) - int(of(b)) })
	return order
}

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

// RankLines draws ranks against one weight. crossings are those of the main
// line; now is the weight at present. Ranks below those of the main line, but at
// least the first ten, are drawn.
func RankLines(f Frame, axis string, lines []RankLine, crossings []Crossing, now, width float64) *Drawing {
	d := &Drawing{Width: width, Height: rankHeight, Title: f.Title, Subtitle: f.Subtitle, Desc: f.Desc}
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
	left, right, top, bottom := 34.0, width-side-6, 24.0, rankHeight-44
	x := func(share float64) float64 { return left + (right-left)*share }
	// The square root gives the first places more room where many are drawn.
	place := func(rank int) float64 {
		if worst > 30 {
			return math.Sqrt(float64(rank - 1))
		}
		return float64(rank - 1)
	}
	y := func(rank int) float64 { return top + (bottom-top)*place(rank)/place(worst) }

	last := math.Inf(-1)
	for _, rank := range []int{1, 2, 3, 5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90, 100, 150, 200, 300, 400, 500} {
		if rank <= worst && y(rank)-last >= 18 {
			last = y(rank)
			d.line("grid", left, last, right, last)
			d.text("tick", "end", strconv.Itoa(rank), left-8, last+4)
		}
	}
	every := 20
	if width < narrow {
		every = 25
	}
	for p := 0; p <= 100; p += every {
		d.line("grid", x(float64(p)/100), bottom, x(float64(p)/100), bottom+5)
		anchor := "middle"
		if p == 0 {
			anchor = "start"
		}
		d.text("tick", anchor, strconv.Itoa(p)+"\u202f%", x(float64(p)/100), bottom+19)
	}
	d.text("axis", "middle", fit(axis, labelSize, width-8), min(max((left+right)/2, textWidth(axis, labelSize)/2), width-textWidth(axis, labelSize)/2), bottom+38)
	d.line("now", x(now), top-6, x(now), bottom)
	nowText := "now " + strconv.FormatFloat(100*now, 'f', 0, 64) + "\u202f%"
	d.text("axis", "middle", nowText, min(max(x(now), textWidth(nowText, labelSize)/2), width), top-11)

	order := byEmphasis(len(lines), func(k int) Emphasis { return lines[k].Emphasis })
	for _, k := range order {
		l := lines[k]
		var points []Point
		flush := func() {
			if len(points) > 1 {
				d.path(l.Emphasis.class("trace"), l.Name, points)
				d.named(l.Key)
			}
			points = nil
		}
		for _, s := range l.Steps {
			if s.Rank == 0 || s.Rank > worst {
				flush()
				continue
			}
			points = append(points, Point{x(s.From), y(s.Rank)}, Point{x(s.To), y(s.Rank)})
		}
		flush()
	}
	p := placer{frame: box{left, top - 4, right, bottom}}
	var main *RankLine
	for k := range lines {
		if lines[k].Emphasis == Main {
			main = &lines[k]
		}
	}
	if main != nil {
		// The line itself is kept free of labels.
		for _, s := range main.Steps {
			if s.Rank > 0 {
				p.dots = append(p.dots, box{x(s.From), y(s.Rank) - 3, x(s.To), y(s.Rank) + 3})
			}
		}
		spots := make([]Point, len(crossings))
		for k, c := range crossings {
			before, after := main.rank(c.At-1e-9), main.rank(c.At+1e-9)
			spots[k] = Point{x(c.At), (y(max(before, 1)) + y(max(after, 1))) / 2}
			d.circle("dot pinned", c.Name+": "+percentText(c.At), spots[k].X, spots[k].Y, 3.5)
			p.dots = append(p.dots, box{spots[k].X - 4, spots[k].Y - 4, spots[k].X + 4, spots[k].Y + 4})
		}
		nearest := make([]int, len(crossings))
		for k := range nearest {
			nearest[k] = k
		}
		slices.SortStableFunc(nearest, func(a, b int) int {
			x, y := math.Abs(crossings[a].At-now), math.Abs(crossings[b].At-now)
			switch {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return 0
		})
		for _, k := range nearest {
			p.label(d, "figure", crossings[k].Name+" "+percentText(crossings[k].At), spots[k].X, spots[k].Y, 4, figureSize, 21, false)
		}
	}
	var who []int
	var ys []float64
	for k, l := range lines {
		if n := len(l.Steps); n > 0 && l.Steps[n-1].Rank > 0 && l.Steps[n-1].Rank <= worst {
			who, ys = append(who, k), append(ys, y(l.Steps[n-1].Rank))
		}
	}
	for n, yy := range spread(ys, labelSize*1.2, top, bottom) {
		l := lines[who[n]]
		if math.Abs(yy-ys[n]) > 3 {
			d.line("lead", right+1, ys[n], right+7, yy)
		}
		d.text(l.Emphasis.label(), "start", fit(l.Name, labelSize*1.08, side-8), right+9, yy+4)
	}
	return d
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
