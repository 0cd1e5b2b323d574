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

// signed writes a change with its sign; "0" for none.
func signed(n int) string {
	if n > 0 {
		return "+" + count(n)
	}
	return count(n)
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

// percent writes a share of a drawing's width for an SVG attribute.
func percent(x float64) string {
	if x != x || x < 0 {
		x = 0
	}
	return strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64) + "%"
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
