package chart

import "strings"

// How marks look. On the page web/charts.css colours the same classes by the
// tokens of web/style.css; a file gets the tokens' light colours (a test holds
// the two equal).

const fontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"

// light holds the tokens that charts use, as they are in the light theme.
var light = map[string]string{
	"page": "#fcfcfa", "text": "#15161a", "soft": "#53565f", "line": "#dcdcd6", "up": "#1d6b43", "down": "#a3312b",
	"land": "#e4e4dd", "tier1": "#1b4fa8", "tier2": "#5f8ac9", "tier3": "#8d8f94",
	"p0": "#55799b", "p1": "#d96e18", "p2": "#b03777", "p3": "#2d8a5c", "p4": "#6350bc", "p5": "#705f00",
}

var paper = light["page"]

// Light returns a token's colour in the light theme, as #rrggbb; "" for a token
// that charts do not use.
func Light(token string) string { return light[token] }

// looks gives each class its presentation attributes; "$x" stands for the token x.
var looks = map[string]string{
	"grid":         "stroke=$line",
	"zero":         "stroke=$soft",
	"now":          "stroke=$soft stroke-dasharray=3,3",
	"lead":         "stroke=$soft stroke-width=0.75",
	"trace":        "fill=none stroke=$soft stroke-opacity=0.4 stroke-width=1.5 stroke-linejoin=round",
	"trace pinned": "fill=none stroke=$soft stroke-width=2 stroke-linejoin=round",
	"trace main":   "fill=none stroke=$text stroke-width=3 stroke-linejoin=round",
	"dot":          "fill=$soft fill-opacity=0.55",
	"dot main":     "fill=$text stroke=$page stroke-width=2",
	"dot pinned":   "fill=$page stroke=$text stroke-width=2",
	"place":        "fill=$page stroke=$soft",
	"place pinned": "fill=$page stroke=$text stroke-width=2",
	"place main":   "fill=$text",
	"bar":          "fill=$soft fill-opacity=0.45",
	"bar main":     "fill=$text",
	"neutral":      "fill=$soft fill-opacity=0.6",
	"tier1":        "fill=$tier1 stroke=$page",
	"tier2":        "fill=$tier2 stroke=$page fill-opacity=0.85",
	"tier3":        "fill=$tier3 stroke=$page fill-opacity=0.85",
	"unranked":     "fill=none stroke=$tier3",
	"up":           "fill=$up",
	"down":         "fill=$down",
	"p0":           "fill=$p0", "p1": "fill=$p1", "p2": "fill=$p2", "p3": "fill=$p3", "p4": "fill=$p4", "p5": "fill=$p5",
	"tick":        "fill=$soft font-size=12",
	"axis":        "fill=$soft font-size=12",
	"label":       "fill=$text font-size=12 stroke=$page stroke-width=3 stroke-linejoin=round paint-order=stroke",
	"label main":  "fill=$text font-size=12 font-weight=700 stroke=$page stroke-width=3 stroke-linejoin=round paint-order=stroke",
	"figure":      "fill=$text font-size=11 stroke=$page stroke-width=3 stroke-linejoin=round paint-order=stroke",
	"figure main": "fill=$page font-size=11 font-weight=700",
	"file-title":  "fill=$text font-size=20 font-weight=700",
	"file-text":   "fill=$soft font-size=13",
	"file-small":  "fill=$soft font-size=11",
}

// attributes resolves a class for a file.
func attributes(class string) []string {
	var out []string
	for _, part := range strings.Fields(looks[class]) {
		name, value, _ := strings.Cut(part, "=")
		if token, is := strings.CutPrefix(value, "$"); is {
			value = light[token]
		}
		out = append(out, name, value)
	}
	return out
}
