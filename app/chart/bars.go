package chart

import (
	"math"
)

// Bar is one row of a bar chart.
type Bar struct {
	Name  string
	Value float64 // NaN: missing
	Class string  // p0 to p5 for a pillar; "" for up and down
}

const barStep = 28.0

// Diverging draws values to both sides of zero, one row each.
func Diverging(f Frame, axis Axis, bars []Bar, width float64) *Drawing {
	d := f.drawing(width)
	d.Height = barStep*float64(len(bars)) + 30
	names, values, figures := make([]string, len(bars)), make([]float64, len(bars)), make([]string, len(bars))
	for k, b := range bars {
		names[k], values[k], figures[k] = b.Name, b.Value, axis.Format(b.Value)
	}
	left := min(widest(names, labelSize)+12, 0.4*width)
	room := widest(figures, labelSize) + 10
	s := newScale(Axis{Format: axis.Format}, values, true, left+room, width-room, 5)
	zero, bottom := s.at(0), barStep*float64(len(bars))
	for k, b := range bars {
		y := barStep * float64(k)
		d.text("label", "start", fit(b.Name, labelSize, left-8), 0, y+barStep/2+4)
		if math.IsNaN(b.Value) {
			d.text("label", "start", axis.Format(b.Value), zero+5, y+barStep/2+4)
			continue
		}
		class := b.Class
		if class == "" {
			class = "up"
			if b.Value < 0 {
				class = "down"
			}
		}
		end := s.at(b.Value)
		d.rect(class, b.Name+": "+figures[k], min(zero, end), y+5, math.Abs(end-zero), barStep-10)
		if b.Value < 0 {
			d.text("label", "end", figures[k], end-5, y+barStep/2+4)
		} else {
			d.text("label", "start", figures[k], end+5, y+barStep/2+4)
		}
	}
	d.line("zero", zero, 0, zero, bottom)
	d.text("axis", "end", fit(axis.Label, labelSize, width), width, bottom+20)
	return d
}

// Series is one layer of stacked columns, with a value for each.
type Series struct {
	Name, Class string
	Values      []float64
}

// Stacked draws columns made of layers, from zero. Layers are named beside the
// last column; values below zero are not drawn.
func Stacked(f Frame, axis Axis, columns []string, series []Series, width float64) *Drawing {
	d := f.drawing(width)
	d.Height = 300
	totals := make([]float64, len(columns))
	names := make([]string, len(series))
	for k, s := range series {
		names[k] = s.Name
		for c := range columns {
			totals[c] += max(value(s.Values, c), 0)
		}
	}
	top, bottom := 30.0, d.Height-26
	sy := newScale(Axis{Format: axis.Format}, totals, true, bottom, top, 4)
	left := 16.0
	for _, t := range sy.ticks {
		left = max(left, textWidth(axis.Format(t), labelSize)+10)
	}
	side := min(widest(names, labelSize)+20, 0.34*width)
	right := width - side
	d.text("axis", "start", fit("↑ "+axis.Label, labelSize, width), 0, 12)
	for _, t := range sy.ticks {
		class := "grid"
		if t == 0 {
			class = "zero"
		}
		d.line(class, left, sy.at(t), right, sy.at(t))
		d.text("tick", "end", axis.Format(t), left-6, sy.at(t)+4)
	}
	step := (right - left) / float64(max(len(columns), 1))
	free := math.Inf(-1)
	middles := make([]float64, len(series))
	for c, name := range columns {
		x, y := left+step*float64(c), 0.0
		for k, s := range series {
			v := max(value(s.Values, c), 0)
			if v > 0 {
				d.rect(s.Class, s.Name+", "+name+": "+axis.Format(v), x+0.1*step, sy.at(y+v), 0.8*step, sy.at(y)-sy.at(y+v))
			}
			middles[k] = sy.at(y + v/2)
			y += v
		}
		w := textWidth(name, labelSize) / 2
		if middle := x + step/2; middle-w >= free && middle+w <= width {
			d.text("tick", "middle", name, middle, bottom+18)
			free = middle + w + 8
		}
	}
	for k, y := range spread(middles, labelSize*1.25, top, bottom) {
		d.rect(series[k].Class, "", right+4, y-4, 8, 8)
		d.text("label", "start", fit(series[k].Name, labelSize, side-16), right+16, y+4)
	}
	return d
}

func value(values []float64, k int) float64 {
	if k >= len(values) || math.IsNaN(values[k]) {
		return 0
	}
	return values[k]
}

// Row is one row of a chart of stacked bars.
type Row struct {
	Name  string
	Rank  string
	Total string    // written behind the bar
	Parts []float64 // lengths from zero, one per layer; below zero is not drawn
}

// Rows draws ranked rows as bars from 0 to 100, stacked of layers whose names
// stand above the first bar.
func Rows(f Frame, layers []Series, rows []Row, width float64) *Drawing {
	const top = 26.0
	step := barStep - 4
	d := f.drawing(width)
	d.Height = top + step*float64(len(rows)) + 8
	names, ranks, totals := make([]string, len(rows)), make([]string, len(rows)), make([]string, len(rows))
	for k, r := range rows {
		names[k], ranks[k], totals[k] = r.Name, r.Rank, r.Total
	}
	rankWidth := widest(ranks, labelSize)
	left := rankWidth + 10 + min(widest(names, labelSize), 0.35*width) + 12
	right := width - widest(totals, labelSize) - 10
	x := left
	for _, l := range layers {
		if x+18+textWidth(l.Name, labelSize) > width {
			break // a picture too narrow for all names has its bars named by their tips alone
		}
		d.rect(l.Class, "", x, 6, 9, 9)
		d.text("tick", "start", l.Name, x+14, 15)
		x += 14 + textWidth(l.Name, labelSize) + 14
	}
	for k, r := range rows {
		y := top + step*float64(k)
		d.text("tick", "end", r.Rank, rankWidth, y+step/2+4)
		d.text("label", "start", fit(r.Name, labelSize, left-rankWidth-22), rankWidth+10, y+step/2+4)
		at := left
		for l, part := range r.Parts {
			length := max(part, 0) / 100 * (right - left)
			if length > 0 && length == length {
				d.rect(layers[l].Class, r.Name+", "+layers[l].Name+": "+number(part), at, y+4, max(length-1, 0.5), step-8)
				at += length
			}
		}
		d.text("label", "start", r.Total, at+8, y+step/2+4)
	}
	return d
}
