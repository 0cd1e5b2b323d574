package chart

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// spread moves places so that they keep their order, lie at least gap apart and
// between low and high, as near as possible (least squares) to where they were.
// Where there is no room for that the gap shrinks.
//
// Reference: isotonic regression by pooling adjacent violators (Barlow et al.,
// 1972) of what remains after the gaps are taken off.
func spread(at []float64, gap, low, high float64) []float64 {
	n := len(at)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(at[a], at[b]) })
	if n > 1 {
		gap = min(gap, (high-low)/float64(n-1))
	}
	type block struct{ sum, count float64 }
	var blocks []block
	for k, i := range order {
		b := block{at[i] - float64(k)*gap, 1}
		for len(blocks) > 0 && blocks[len(blocks)-1].sum/blocks[len(blocks)-1].count > b.sum/b.count {
			last := blocks[len(blocks)-1]
			b = block{b.sum + last.sum, b.count + last.count}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	out := make([]float64, n)
	k := 0
	for _, b := range blocks {
		for range int(b.count) {
			z := min(max(b.sum/b.count, low), high-float64(n-1)*gap)
			out[order[k]] = z + float64(k)*gap
			k++
		}
	}
	return out
}

// box is a rectangle on a drawing.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) overlaps(o box) bool { return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1 }

func (b box) within(o box) bool { return b.x0 >= o.x0 && b.x1 <= o.x1 && b.y0 >= o.y0 && b.y1 <= o.y1 }

// textBox is the room of a text whose base line is at y.
func textBox(anchor, text string, x, y, size float64) box {
	w := textWidth(text, size)
	switch anchor {
	case "middle":
		x -= w / 2
	case "end":
		x -= w
	}
	return box{x, y - 0.82*size, x + w, y + 0.26*size}
}

// placer finds room for labels beside what they name.
type placer struct {
	frame  box
	labels []box // placed; a label never lies on another
	dots   []box // a label lies on one only where it must
}

// label writes text beside the dot of radius r at (x, y), in the first of eight
// directions and up to reach px away in which there is room, and reports whether
// it found one. A label that must be there may lie on dots, not on labels.
func (p *placer) label(d *Drawing, class, text string, x, y, r, size, reach float64, must bool) bool {
	rounds := 1
	if must {
		rounds = 2
	}
	for round := range rounds {
		for away := 3.0; away <= reach || away == 3; away += 9 {
			for _, direction := range []Point{{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}} {
				anchor := "middle"
				if direction.X > 0 {
					anchor = "start"
				} else if direction.X < 0 {
					anchor = "end"
				}
				out := r + away
				if direction.X != 0 && direction.Y != 0 {
					out *= math.Sqrt2 / 2
				}
				lx, ly := x+direction.X*out, y+0.28*size+direction.Y*(out+0.25*size)
				b := textBox(anchor, text, lx, ly, size)
				if !b.within(p.frame) || slices.ContainsFunc(p.labels, b.overlaps) ||
					round == 0 && slices.ContainsFunc(p.dots, b.overlaps) {
					continue
				}
				if away > 3 {
					d.line("lead", x+direction.X*r, y+direction.Y*r, x+direction.X*(out-1), y+direction.Y*(out-1))
				}
				p.labels = append(p.labels, b)
				d.text(class, anchor, text, lx, ly)
				return true
			}
		}
	}
	return false
}

// fit shortens text to a width in px.
func fit(text string, size, width float64) string {
	if textWidth(text, size) <= width {
		return text
	}
	letters := []rune(text)
	for len(letters) > 1 && textWidth(string(letters)+"…", size) > width {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimRight(string(letters), " ") + "…"
}

// widest returns the width of the widest text.
func widest(texts []string, size float64) float64 {
	w := 0.0
	for _, s := range texts {
		w = max(w, textWidth(s, size))
	}
	return w
}
