package page

import (
	"math"
	"strconv"
	"strings"

	"aicities/data"
)

// thin separates thousands and does not break a line.
const thin = "\u202f"

// count writes a whole number with thin spaces in its thousands.
func count(n int) string {
	s := strconv.Itoa(n)
	if n < 0 {
		return "−" + count(-n)
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + thin + s[i:]
	}
	return s
}

// decimal writes a number with the given number of decimals and a true minus;
// "–" stands for a missing one.
func decimal(x float64, decimals int) string {
	if x != x {
		return "–"
	}
	s := strconv.FormatFloat(math.Abs(x), 'f', decimals, 64)
	whole, rest, _ := strings.Cut(s, ".")
	if n, err := strconv.Atoi(whole); err == nil {
		whole = count(n)
	}
	if rest != "" {
		whole += "." + rest
	}
	if x < 0 && strings.Trim(s, "0.") != "" {
		return "−" + whole
	}
	return whole
}

// figure writes a measured value with as many decimals as its size asks for.
func figure(x float64) string {
	switch {
	case x != x:
		return "–"
	case x == math.Trunc(x):
		return decimal(x, 0)
	case math.Abs(x) < 10:
		return decimal(x, 2)
	case math.Abs(x) < 1000:
		return decimal(x, 1)
	}
	return decimal(x, 0)
}

// ordinal writes 1st, 2nd, 3rd, 4th, 11th, 21st ...
func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return count(n) + suffix
}

// plural writes a count with its noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + many
}

// percent writes a share of a drawing's width, to a tenth, for an SVG attribute.
func percent(x float64) string {
	k := tenth(x)
	if k < 0 {
		k = 0
	}
	return tenths[k] + "%"
}

// score writes a score with one decimal.
func score(x float64) string {
	if k := tenth(x); k >= 0 {
		return tenths[k]
	}
	return decimal(x, 1)
}

// tenths holds 0.0 to 100.0: a page writes some thousand such numbers at every
// step of a slider.
var tenths = func() (t [1001]string) {
	for k := range t {
		t[k] = strconv.Itoa(k/10) + "." + strconv.Itoa(k%10)
	}
	return t
}()

// tenth returns the index of x in tenths, -1 where it is outside or missing.
func tenth(x float64) int {
	if !(x >= 0 && x <= 100) {
		return -1
	}
	return int(math.Round(10 * x))
}

// pillarNames are the names of the pillars in the interface, in their order.
var pillarNames = [data.NumActors]string{"Government", "Enterprise", "Startups", "Universities", "Data centres", "Telecom"}

// actorNames name one actor of a record.
var actorNames = [data.NumActors]string{"Government", "Enterprise", "Startup", "University", "Data centre", "Telecom"}

// pillarClass is the class that carries a pillar's colour.
func pillarClass(p int) string { return "p" + strconv.Itoa(p) }

// sectorName turns a sector's id into words.
func sectorName(id string) string {
	switch id {
	case "":
		return "Not stated"
	case "general_ai":
		return "General AI"
	case "hr":
		return "Human resources"
	case "public_admin":
		return "Public administration"
	}
	s := strings.ReplaceAll(id, "_", " ")
	return strings.ToUpper(s[:1]) + s[1:]
}

// join lists words as in a sentence: "a, b and c".
func join(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
