package chart

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"testing"
)

// The colours of the pillars, as web/style.css has them, can be seen and told
// apart: with normal sight, with protanopia and with deuteranopia.

type rgb [3]float64 // linear light, 0 to 1

// parseColour reads #rrggbb.
func parseColour(t *testing.T, s string) rgb {
	t.Helper()
	var c rgb
	for k := range c {
		n, err := strconv.ParseUint(s[1+2*k:3+2*k], 16, 8)
		if err != nil {
			t.Fatalf("%q is no colour", s)
		}
		c[k] = float64(n) / 255
		if c[k] <= 0.04045 {
			c[k] /= 12.92
		} else {
			c[k] = math.Pow((c[k]+0.055)/1.055, 2.4)
		}
	}
	return c
}

// tokens reads the colours of a theme (0 light, 1 dark) from the style sheet.
func tokens(t *testing.T, theme int) map[string]rgb {
	t.Helper()
	style, err := os.ReadFile("../../web/style.css")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]rgb{}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);`).FindAllSubmatch(style, -1) {
		out[string(m[1])] = parseColour(t, string(m[2+theme]))
	}
	return out
}

// contrast is the ratio of WCAG 2.
func contrast(a, b rgb) float64 {
	luminance := func(c rgb) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] + 0.05 }
	x, y := luminance(a), luminance(b)
	return math.Max(x, y) / math.Min(x, y)
}

// Sights: matrices on linear light for full severity (Machado, Oliveira and
// Fernandes 2009, A physiologically-based model for simulation of color vision
// deficiency).
var sights = map[string][3]rgb{
	"normal sight": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
}

func seen(c rgb, m [3]rgb) (out rgb) {
	for k, row := range m {
		out[k] = math.Min(math.Max(row[0]*c[0]+row[1]*c[1]+row[2]*c[2], 0), 1)
	}
	return out
}

// lab is CIELAB under D65.
func lab(c rgb) [3]float64 {
	f := func(x float64) float64 {
		if x > 216.0/24389 {
			return math.Cbrt(x)
		}
		return (24389.0/27*x + 16) / 116
	}
	x := f((0.4124564*c[0] + 0.3575761*c[1] + 0.1804375*c[2]) / 0.95047)
	y := f(0.2126729*c[0] + 0.7151522*c[1] + 0.0721750*c[2])
	z := f((0.0193339*c[0] + 0.1191920*c[1] + 0.9503041*c[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// ciede2000 is the difference of two colours (Sharma, Wu and Dalal 2005).
func ciede2000(p, q [3]float64) float64 {
	const degree = math.Pi / 180
	mean := (math.Hypot(p[1], p[2]) + math.Hypot(q[1], q[2])) / 2
	g := 0.5 * (1 - math.Sqrt(math.Pow(mean, 7)/(math.Pow(mean, 7)+math.Pow(25, 7))))
	polar := func(c [3]float64) (chroma, hue float64) {
		a := (1 + g) * c[1]
		hue = math.Atan2(c[2], a) / degree
		if hue < 0 {
			hue += 360
		}
		return math.Hypot(a, c[2]), hue
	}
	c1, h1 := polar(p)
	c2, h2 := polar(q)
	dh, sum := h2-h1, h1+h2
	h := sum / 2
	switch {
	case c1*c2 == 0:
		dh, h = 0, sum
	case math.Abs(dh) > 180:
		if sum < 360 {
			h += 180
		} else {
			h -= 180
		}
		if dh > 0 {
			dh -= 360
		} else {
			dh += 360
		}
	}
	dL, dC, dH := q[0]-p[0], c2-c1, 2*math.Sqrt(c1*c2)*math.Sin(dh/2*degree)
	l, c := (p[0]+q[0])/2, (c1+c2)/2
	t := 1 - 0.17*math.Cos((h-30)*degree) + 0.24*math.Cos(2*h*degree) + 0.32*math.Cos((3*h+6)*degree) - 0.20*math.Cos((4*h-63)*degree)
	turn := 30 * math.Exp(-math.Pow((h-275)/25, 2))
	rc := 2 * math.Sqrt(math.Pow(c, 7)/(math.Pow(c, 7)+math.Pow(25, 7)))
	sl := 1 + 0.015*math.Pow(l-50, 2)/math.Sqrt(20+math.Pow(l-50, 2))
	sc, sh := 1+0.045*c, 1+0.015*c*t
	x, y, z := dL/sl, dC/sc, dH/sh
	return math.Sqrt(x*x + y*y + z*z - math.Sin(2*turn*degree)*rc*y*z)
}

// Pairs from the paper's own table of test data.
func TestCIEDE2000AgreesWithItsPaper(t *testing.T) {
	for _, c := range []struct {
		p, q [3]float64
		want float64
	}{
		{[3]float64{50, 2.6772, -79.7751}, [3]float64{50, 0, -82.7485}, 2.0425},
		{[3]float64{50, 0, 0}, [3]float64{50, -1, 2}, 2.3669},
		{[3]float64{50, 2.49, -0.001}, [3]float64{50, -2.49, 0.0009}, 7.1792},
		{[3]float64{50, 2.5, 0}, [3]float64{73, 25, -18}, 27.1492},
		{[3]float64{60.2574, -34.0099, 36.2677}, [3]float64{60.4626, -34.1751, 39.4387}, 1.2644},
		{[3]float64{2.0776, 0.0795, -1.1350}, [3]float64{0.9033, -0.0636, -0.5514}, 0.9082},
	} {
		if got := ciede2000(c.p, c.q); math.Abs(got-c.want) > 1e-4 {
			t.Errorf("%v and %v differ by %.4f, the paper says %.4f", c.p, c.q, got, c.want)
		}
	}
}

func TestPillarsCanBeSeenAndToldApart(t *testing.T) {
	for theme, name := range []string{"light", "dark"} {
		colours := tokens(t, theme)
		for p := range 6 {
			a, ok := colours["p"+strconv.Itoa(p)]
			if !ok {
				t.Fatalf("%s: --p%d is missing", name, p)
			}
			for _, ground := range []string{"page", "raised"} {
				if c := contrast(a, colours[ground]); c < 3 {
					t.Errorf("%s: --p%d on --%s has a contrast of %.2f, 3 is needed", name, p, ground, c)
				}
			}
			for q := range p {
				b := colours["p"+strconv.Itoa(q)]
				for sight, m := range sights {
					if d := ciede2000(lab(seen(a, m)), lab(seen(b, m))); d < 12 {
						t.Errorf("%s: --p%d and --p%d differ by %.1f under %s, 12 is needed", name, q, p, d, sight)
					}
				}
			}
		}
	}
}

func TestTextCanBeRead(t *testing.T) {
	for theme, name := range []string{"light", "dark"} {
		colours := tokens(t, theme)
		for token, least := range map[string]float64{"text": 7, "soft": 4.5, "link": 4.5, "up": 4.5, "down": 4.5} {
			if c := contrast(colours[token], colours["page"]); c < least {
				t.Errorf("%s: --%s has a contrast of %.2f against the page, %g is needed", name, token, c, least)
			}
		}
	}
}
