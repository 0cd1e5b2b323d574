package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"slices"
	"testing"

	"aicities/app/chart"
	"aicities/app/page"
	"aicities/data"
)

func TestPreviewsShowEveryPageThatIsShared(t *testing.T) {
	ds, err := data.Open()
	if err != nil {
		t.Fatal(err)
	}
	previews, err := page.Previews(ds)
	if err != nil {
		t.Fatal(err)
	}
	if len(previews) != 1+100+4 {
		t.Fatalf("%d previews", len(previews))
	}
	pictures, err := previewPictures(previews)
	if err != nil {
		t.Fatal(err)
	}
	again, err := previewPictures(previews[:3])
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range again {
		if !bytes.Equal(content, pictures[name]) {
			t.Errorf("%s has other bytes the second time", name)
		}
	}
	seen := map[string]string{}
	total := 0
	for _, p := range previews {
		content := pictures["preview/"+p.Name+".png"]
		total += len(content)
		if other, twice := seen[string(content)]; twice {
			t.Errorf("%s and %s look the same", p.Name, other)
		}
		seen[string(content)] = p.Name
		picture, err := png.Decode(bytes.NewReader(content))
		if err != nil {
			t.Fatalf("%s: %v", p.Name, err)
		}
		if b := picture.Bounds(); b.Dx() != 1200 || b.Dy() != 630 {
			t.Errorf("%s: %v", p.Name, b)
		}
		if len(content) > 60<<10 {
			t.Errorf("%s has %d bytes", p.Name, len(content))
		}
		indexed, ok := picture.(*image.Paletted)
		if !ok {
			t.Fatalf("%s has no palette", p.Name)
		}
		count := map[color.Color]int{}
		var byIndex [256]int
		for _, k := range indexed.Pix {
			byIndex[k]++
		}
		for k, c := range indexed.Palette {
			count[c] += byIndex[k]
		}
		for k, fill := range previewFills()[1:] {
			c, err := colourOf(fill)
			if err != nil {
				t.Fatal(err)
			}
			drawn := slices.ContainsFunc(p.Rows, func(r page.PreviewRow) bool { return r.Parts[k] > 1 })
			if drawn && count[c] < 20 {
				t.Errorf("%s: the bar of pillar %d is not drawn", p.Name, k)
			}
		}
		ground, err := colourOf("page")
		if err != nil {
			t.Fatal(err)
		}
		if ink := 1200*630 - count[ground]; ink < 10000 {
			t.Errorf("%s is nearly blank: %d pixels are drawn", p.Name, ink)
		}
		for x := range 1200 { // nothing runs out of the picture
			for _, y := range []int{0, 629} {
				if picture.At(x, y) != picture.At(0, 0) {
					t.Errorf("%s: something is cut off at %d, %d", p.Name, x, y)
				}
			}
		}
	}
	t.Logf("%d pictures, %d kB", len(pictures), total>>10)
}

func TestEveryInkOfAPreviewIsAToken(t *testing.T) {
	for _, token := range append(append([]string{"page"}, inks...), previewFills()...) {
		if len(chart.Light(token)) != 7 {
			t.Errorf("%s is no token of a chart", token)
		}
	}
}

func BenchmarkPreviewPictures(b *testing.B) {
	ds, err := data.Open()
	if err != nil {
		b.Fatal(err)
	}
	previews, err := page.Previews(ds)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := previewPictures(previews); err != nil {
			b.Fatal(err)
		}
	}
}
