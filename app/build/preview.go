package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"aicities/app/chart"
	"aicities/app/page"
	"aicities/app/view"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Preview pictures have the size that chats and social sites ask for.
const previewWidth, previewHeight = 1200, 630

// inks are the colours of a preview, by token. Pictures have a palette: for each ink of text as many steps from the page's
// colour as make letters smooth, and the pillars. So a picture is a few kB.
var inks = []string{"text", "soft"}

const inkSteps = 48

func previewPalette() (color.Palette, error) {
	ground, err := colourOf("page")
	if err != nil {
		return nil, err
	}
	palette := color.Palette{ground}
	for _, token := range inks {
		ink, err := colourOf(token)
		if err != nil {
			return nil, err
		}
		for k := 1; k <= inkSteps; k++ {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*(inkSteps-k) + int(b)*k) / inkSteps) }
			palette = append(palette, color.RGBA{mix(ground.R, ink.R), mix(ground.G, ink.G), mix(ground.B, ink.B), 255})
		}
	}
	for _, token := range previewFills() {
		fill, err := colourOf(token)
		if err != nil {
			return nil, err
		}
		palette = append(palette, fill)
	}
	return palette, nil
}

// previewFills are the tokens of areas, in the palette's order after the inks.
func previewFills() []string {
	fills := []string{"line"}
	for p := range view.Pillars {
		fills = append(fills, "p"+strconv.Itoa(p))
	}
	return fills
}

// colourOf reads a token of the light theme.
func colourOf(token string) (color.RGBA, error) {
	n, err := strconv.ParseUint(chart.Light(token)[1:], 16, 32)
	if err != nil {
		return color.RGBA{}, fmt.Errorf("the token %s is no colour: %w", token, err)
	}
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}, nil
}

// previewPictures draws pictures, by the name of their asset. The same previews give the same bytes.
func previewPictures(previews []page.Preview) (map[string][]byte, error) {
	palette, err := previewPalette()
	if err != nil {
		return nil, err
	}
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	bold, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return nil, err
	}
	pictures, errs := make([][]byte, len(previews)), make([]error, len(previews))
	var all sync.WaitGroup
	next := make(chan int)
	for range runtime.NumCPU() {
		all.Go(func() {
			c := canvas{palette: palette, fonts: [2]*opentype.Font{regular, bold}, faces: map[faceKey]font.Face{}}
			for k := range next {
				pictures[k], errs[k] = c.preview(&previews[k])
			}
		})
	}
	for k := range previews {
		next <- k
	}
	close(next)
	all.Wait()
	out := make(map[string][]byte, len(previews))
	for k, p := range previews {
		if errs[k] != nil {
			return nil, fmt.Errorf("the preview %s: %w", p.Name, errs[k])
		}
		out["preview/"+p.Name+".png"] = pictures[k]
	}
	return out, nil
}

type faceKey struct {
	bold bool
	size float64
}

// canvas draws one picture after the other.
type canvas struct {
	palette color.Palette
	fonts   [2]*opentype.Font
	faces   map[faceKey]font.Face
	picture *image.Paletted
	mask    *image.Alpha
	err     error
}

func (c *canvas) face(bold bool, size float64) font.Face {
	key := faceKey{bold, size}
	if c.faces[key] == nil {
		f := c.fonts[0]
		if bold {
			f = c.fonts[1]
		}
		face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			c.err = err
			return nil
		}
		c.faces[key] = face
	}
	return c.faces[key]
}

// text writes with its base line at y and returns its width. With width above 0 the size shrinks until the text fits.
func (c *canvas) text(ink int, bold bool, size float64, x, y, width int, right bool, s string) int {
	s = strings.ReplaceAll(s, "\u202f", " ") // the fonts have no thin space
	face := c.face(bold, size)
	if face == nil {
		return 0
	}
	for _, r := range s {
		if index, err := c.fonts[0].GlyphIndex(nil, r); err != nil || index == 0 {
			c.err = fmt.Errorf("%q: the font has no %q", s, r)
		}
	}
	for width > 0 && font.MeasureString(face, s).Ceil() > width && size > 12 {
		size -= 2
		if face = c.face(bold, size); face == nil {
			return 0
		}
	}
	w := font.MeasureString(face, s).Ceil()
	if right {
		x -= w
	}
	area := image.Rect(x-2, y-int(1.2*size), x+w+2, y+int(0.4*size)).Intersect(c.mask.Rect)
	draw.Draw(c.mask, area, image.Transparent, image.Point{}, draw.Src)
	d := font.Drawer{Dst: c.mask, Src: image.Opaque, Face: face, Dot: fixed.P(x, y)}
	d.DrawString(s)
	for row := area.Min.Y; row < area.Max.Y; row++ {
		for col := area.Min.X; col < area.Max.X; col++ {
			if step := int(c.mask.AlphaAt(col, row).A) * inkSteps / 255; step > 0 {
				c.picture.SetColorIndex(col, row, uint8(ink*inkSteps+step))
			}
		}
	}
	return w
}

// fill paints an area; n is the place among previewFills.
func (c *canvas) fill(n, x0, y0, x1, y1 int) {
	index := uint8(1 + len(inks)*inkSteps + n)
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			c.picture.SetColorIndex(x, y, index)
		}
	}
}

const (
	textInk = iota
	softInk
)

func (c *canvas) preview(p *page.Preview) ([]byte, error) {
	frame := image.Rect(0, 0, previewWidth, previewHeight)
	c.picture, c.mask = image.NewPaletted(frame, c.palette), image.NewAlpha(frame)
	const left, right = 64, previewWidth - 64
	c.text(softInk, true, 26, left, 70, 0, false, "AI Cities Explorer")
	c.text(textInk, true, 60, left, 152, right-left, false, p.Title)
	c.text(textInk, false, 34, left, 206, right-left, false, p.Lead)
	c.text(softInk, false, 26, left, 248, right-left, false, p.Note)

	const names, figures = 300, 96 // widths of the columns beside the bars
	top, bottom := 284, previewHeight-40
	if len(p.Key) > 0 {
		bottom -= 40
	}
	step := (bottom - top) / max(len(p.Rows), 1)
	height := min(step-8, 34)
	scale := float64(right-left-names-figures) / 100
	for k, row := range p.Rows {
		y := top + k*step + (step-height)/2
		base := y + height/2 + 9
		c.text(textInk, false, 26, left, base, names-16, false, row.Name)
		x := float64(left + names)
		c.fill(0, left+names, y+height-2, left+names+int(100*scale), y+height)
		for n, part := range row.Parts {
			end := x + max(part, 0)*scale
			if int(end) > int(x) {
				c.fill(1+n, int(x), y, max(int(end)-1, int(x)+1), y+height)
			}
			x = end
		}
		c.text(textInk, true, 26, right, base, 0, true, row.Figure)
	}
	x := left
	for n, name := range p.Key {
		y := previewHeight - 44
		c.fill(1+n, x, y-15, x+16, y+1)
		x += 24 + c.text(softInk, false, 21, x+24, y, 0, false, name) + 28
	}
	if c.err != nil {
		return nil, c.err
	}
	var out bytes.Buffer
	if err := png.Encode(&out, c.picture); err != nil { // the best compression takes eight times as long for a tenth of the size
		return nil, err
	}
	return out.Bytes(), nil
}
