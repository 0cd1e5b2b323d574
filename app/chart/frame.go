package chart

import "slices"

// Frame is what a chart says beside what it draws.
type Frame struct{ Title, Subtitle, Desc string }

// drawing begins the chart's drawing.
func (f Frame) drawing(width float64) *Drawing {
	return &Drawing{Width: width, Title: f.Title, Subtitle: f.Subtitle, Desc: f.Desc}
}

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
