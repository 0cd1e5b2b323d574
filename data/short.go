package data

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Much of the text of a record follows from the rest of it: "AI research at
// Tsinghua University" from the organisation, https://www.ycombinator.com/companies/locata
// from the name, "batch Summer 2025" from the year. In the file such parts are
// marks, one control character each; the long form is made when it is read.

const (
	markOrganisation = "\x01" // in a name or summary
	markName         = "\x02" // in a summary
	markYear         = "\x03" // in a summary
	markCity         = "\x04" // in a summary
	summaryMarks     = markOrganisation + markName + markYear + markCity

	isName     = ""     // an organisation that is the name
	isUnknown  = "\x01" // an organisation that is unknown
	markJoined = 0x05   // in an address: name without spaces; the next two are its other forms
	// markJoined+1: joined by hyphens; +2: by underscores; +3 to +5: the same of the organisation
	addressMarks = "\x05\x06\x07\x08\x0b\x0c"
)

// beginnings of addresses; in the file the first is left out, the others are a
// mark.
var beginnings = []struct{ long, short string }{
	{"https://www.", ""}, {"https://", "\x0e"}, {"http://www.", "\x0f"}, {"http://", "\x10"},
}

// shortNames returns name and organisation in the form of the file.
func shortNames(name, org string) (string, string) {
	switch {
	case org == name:
		return name, isName
	case org == "":
		return name, isUnknown
	}
	return strings.Replace(name, org, markOrganisation, 1), org
}

// longNames is the inverse of shortNames.
func longNames(name, org string) (string, string) {
	switch org {
	case isName:
		return name, name
	case isUnknown:
		return name, ""
	}
	return strings.Replace(name, markOrganisation, org, 1), org
}

func shortSummary(s string, x *Initiative, city string) string {
	if x.Year > 0 {
		s = strings.ReplaceAll(s, strconv.Itoa(x.Year), markYear)
	}
	for _, part := range []struct{ text, mark string }{{x.Name, markName}, {x.Organisation, markOrganisation}, {city, markCity}} {
		if utf8.RuneCountInString(part.text) > 2 {
			s = strings.ReplaceAll(s, part.text, part.mark)
		}
	}
	return s
}

// longSummary is the inverse of shortSummary.
func longSummary(s string, year int, name, org, city string) string {
	b := make([]byte, 0, len(s)+len(name)+len(org))
	for i := 0; i < len(s); i++ {
		switch s[i : i+1] {
		case markYear:
			b = strconv.AppendInt(b, int64(year), 10)
		case markName:
			b = append(b, name...)
		case markOrganisation:
			b = append(b, org...)
		case markCity:
			b = append(b, city...)
		default:
			b = append(b, s[i])
		}
	}
	return string(b)
}

// forms returns the ways in which a name occurs in addresses.
func forms(name string) [3]string {
	words := strings.Fields(Fold(name))
	return [3]string{strings.Join(words, ""), strings.Join(words, "-"), strings.Join(words, "_")}
}

// shortURL returns an address without its beginning and with one part that
// follows from name or organisation replaced, the longest that there is.
func shortURL(url, name, org string) string {
	best, mark := "", 0
	nameForms, orgForms := forms(name), forms(org)
	for i, form := range append(nameForms[:], orgForms[:]...) {
		if len(form) > len(best) && len(form) > 2 && strings.Contains(url, form) {
			best, mark = form, i
		}
	}
	if best != "" {
		url = strings.Replace(url, best, addressMarks[mark:mark+1], 1)
	}
	for _, b := range beginnings {
		if rest, ok := strings.CutPrefix(url, b.long); ok {
			return b.short + rest
		}
	}
	return url
}

// longURL is the inverse of shortURL.
func longURL(url, name, org string) string {
	for k := len(beginnings) - 1; k >= 0; k-- {
		if rest, ok := strings.CutPrefix(url, beginnings[k].short); ok {
			url = beginnings[k].long + rest
			break
		}
	}
	i := strings.IndexAny(url, addressMarks)
	if i < 0 {
		return url
	}
	mark := strings.IndexByte(addressMarks, url[i])
	part := ""
	if mark < 3 {
		part = forms(name)[mark]
	} else {
		part = forms(org)[mark-3]
	}
	return url[:i] + part + url[i+1:]
}
