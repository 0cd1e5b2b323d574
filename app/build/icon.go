package main

import (
	"bytes"
	"encoding/hex"
	"image"
	"image/color"
	"image/png"
	"strconv"
	"strings"
)

// The mark is a skyline that is also a bar chart: three towers on a 16 × 16 grid, the tallest with a light on top.
// It keeps inside the circle of 80 % that every mask of a maskable icon shows.
var (
	markBackground = color.RGBA{0x16, 0x2b, 0x4d, 0xff}
	markTowers     = color.RGBA{0xff, 0xff, 0xff, 0xff}
	markLight      = color.RGBA{0xff, 0xb0, 0x00, 0xff}
)

var mark = []struct {
	x, y, width, height int
	fill                color.RGBA
}{
	{0, 0, 16, 16, markBackground},
	{4, 9, 2, 3, markTowers},
	{7, 7, 2, 5, markTowers},
	{10, 6, 2, 6, markTowers},
	{10, 4, 2, 1, markLight},
}

// iconSVG draws the mark as an SVG document.
func iconSVG() []byte {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" shape-rendering="crispEdges">`)
	for _, r := range mark {
		b.WriteString(`<path fill="` + cssColour(r.fill) + `" d="M` + strconv.Itoa(r.x) + " " + strconv.Itoa(r.y) +
			"h" + strconv.Itoa(r.width) + "v" + strconv.Itoa(r.height) + "h-" + strconv.Itoa(r.width) + `z"/>`)
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

func cssColour(c color.RGBA) string { return "#" + hex.EncodeToString([]byte{c.R, c.G, c.B}) }

// iconPNG draws the mark as a square PNG of size × size pixels.
func iconPNG(size int) ([]byte, error) {
	img := image.NewPaletted(image.Rect(0, 0, size, size), color.Palette{markBackground, markTowers, markLight})
	for _, r := range mark {
		for y := r.y * size / 16; y < (r.y+r.height)*size/16; y++ {
			for x := r.x * size / 16; x < (r.x+r.width)*size/16; x++ {
				img.Set(x, y, r.fill)
			}
		}
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err := encoder.Encode(&b, img)
	return b.Bytes(), err
}
