package page

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"aicities/app/view"
)

// Saved views as text: what the browser keeps and what is exported is one JSON
// document, {"ai-cities-views":1,"views":[{"name","path","query"},...]}.

// savedView is a view under a name. Path and Query are as in the address bar,
// below the site's root and without a question mark.
type savedView struct{ Name, Path, Query string }

const (
	savedFormat  = "ai-cities-views" // the key that tells the file from any other, with the version of its form
	savedVersion = 1
	mostSaved    = 100
	mostSavedLen = 512 << 10 // bytes of a file: a hundred of the longest views are half of it
)

// savedText writes views as a file.
func savedText(views []savedView) string {
	b := []byte(`{"` + savedFormat + `":` + strconv.Itoa(savedVersion) + `,"views":[`)
	for i, v := range views {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, "\n{\"name\":"...), jsonText(v.Name)...)
		b = append(append(b, `,"path":`...), jsonText(v.Path)...)
		b = append(append(b, `,"query":`...), jsonText(v.Query)...)
		b = append(b, '}')
	}
	return string(append(b, "\n]}\n"...))
}

// readSaved reads a file of views. Each view goes through the codec of links, so
// that nothing but a view can come in; entries that are none are left out and
// counted. problem says in words why nothing could be read.
func (s *Session) readSaved(text string) (views []savedView, left int, problem string) {
	if len(text) > mostSavedLen {
		return nil, 0, "the file is too large to be one of saved views"
	}
	r := jsonReader{text: strings.TrimPrefix(text, "\ufeff")}
	document, ok := r.document()
	if !ok {
		return nil, 0, "the file is not readable as JSON from character " + count(utf8.RuneCountInString(r.text[:r.at])+1) + " on"
	}
	top, _ := document.(map[string]any)
	version, marked := top[savedFormat].(float64)
	list, listed := top["views"].([]any)
	switch {
	case !marked || !listed:
		return nil, 0, "the file holds no saved views of this site"
	case version != savedVersion:
		return nil, 0, "the file was written by another version of this site"
	}
	for _, item := range list {
		fields, _ := item.(map[string]any)
		name, _ := fields["name"].(string)
		path, _ := fields["path"].(string)
		query, isText := fields["query"].(string)
		v, ok := s.saved(name, path, query)
		if !isText || !ok || len(views) == mostSaved {
			left++
			continue
		}
		v.Name = freeName(views, v.Name)
		views = append(views, v)
	}
	return views, left, ""
}

// saved makes a view that can be kept of what may be anything.
func (s *Session) saved(name, path, query string) (savedView, bool) {
	name = savedName(name)
	at := *s
	at.Path = path
	if name == "" || at.screenOf() == &notFoundScreen {
		return savedView{}, false
	}
	v, _ := view.Parse(query, s.Explorer.Vocabulary())
	return savedView{name, path, view.Format(v)}, true
}

// longestName is how many characters a name has at most.
const longestName = 80

// savedName is a name without what cannot be seen, and not too long.
func savedName(name string) string { return shortened(view.CleanText(name), longestName) }

func shortened(s string, most int) string {
	letters := []rune(s)
	return strings.TrimSpace(string(letters[:min(len(letters), most)]))
}

// freeName is the name, or the name with a number behind it where it is taken.
func freeName(views []savedView, name string) string {
	taken := func(n string) bool {
		return slices.ContainsFunc(views, func(v savedView) bool { return v.Name == n })
	}
	free := name
	for i := 2; taken(free); i++ {
		number := " (" + strconv.Itoa(i) + ")"
		free = shortened(name, longestName-len(number)) + number
	}
	return free
}

// jsonReader reads JSON (RFC 8259) into nil, bool, float64, string, []any and
// map[string]any. encoding/json is too heavy for the program.
type jsonReader struct {
	text  string
	at    int
	depth int
}

// deepest is how far values may be nested.
const deepest = 16

// document reads a text that holds one value and nothing else. Where it fails,
// at is the place.
func (r *jsonReader) document() (any, bool) {
	v, ok := r.value()
	r.space()
	return v, ok && r.at == len(r.text)
}

func (r *jsonReader) space() {
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n", r.text[r.at]) >= 0 {
		r.at++
	}
}

// take passes over white space and the byte c, if it is next.
func (r *jsonReader) take(c byte) bool {
	r.space()
	if r.at < len(r.text) && r.text[r.at] == c {
		r.at++
		return true
	}
	return false
}

func (r *jsonReader) value() (any, bool) {
	if r.depth == deepest {
		return nil, false
	}
	r.depth++
	defer func() { r.depth-- }()
	r.space()
	rest := r.text[r.at:]
	switch {
	case strings.HasPrefix(rest, "{"):
		return r.object()
	case strings.HasPrefix(rest, "["):
		return r.array()
	case strings.HasPrefix(rest, `"`):
		return r.string()
	}
	for _, word := range []struct {
		text  string
		value any
	}{{"null", nil}, {"true", true}, {"false", false}} {
		if strings.HasPrefix(rest, word.text) {
			r.at += len(word.text)
			return word.value, true
		}
	}
	end := 0
	for end < len(rest) && strings.IndexByte("+-.0123456789eE", rest[end]) >= 0 {
		end++
	}
	n, err := strconv.ParseFloat(rest[:end], 64)
	if err != nil {
		return nil, false
	}
	r.at += end
	return n, true
}

func (r *jsonReader) object() (any, bool) {
	r.at++
	out := map[string]any{}
	if r.take('}') {
		return out, true
	}
	for {
		r.space()
		if !strings.HasPrefix(r.text[r.at:], `"`) {
			return nil, false
		}
		key, ok := r.string()
		if !ok || !r.take(':') {
			return nil, false
		}
		value, ok := r.value()
		if !ok {
			return nil, false
		}
		out[key] = value
		if r.take('}') {
			return out, true
		}
		if !r.take(',') {
			return nil, false
		}
	}
}

func (r *jsonReader) array() (any, bool) {
	r.at++
	out := []any{}
	if r.take(']') {
		return out, true
	}
	for {
		value, ok := r.value()
		if !ok {
			return nil, false
		}
		out = append(out, value)
		if r.take(']') {
			return out, true
		}
		if !r.take(',') {
			return nil, false
		}
	}
}

// string reads a string whose quotation mark is next.
func (r *jsonReader) string() (string, bool) {
	r.at++
	var b []byte
	for r.at < len(r.text) {
		c := r.text[r.at]
		switch {
		case c == '"':
			r.at++
			return string(b), true
		case c < ' ':
			return "", false
		case c != '\\':
			b = append(b, c)
			r.at++
			continue
		}
		if r.at+1 == len(r.text) {
			return "", false
		}
		if k := strings.IndexByte(`"\/bfnrt`, r.text[r.at+1]); k >= 0 {
			b = append(b, "\"\\/\b\f\n\r\t"[k])
			r.at += 2
			continue
		}
		first, ok := r.unit()
		if !ok {
			return "", false
		}
		if !utf16.IsSurrogate(first) {
			b = utf8.AppendRune(b, first)
			continue
		}
		// Half a pair stands for the replacement character.
		before := r.at
		second, _ := r.unit()
		pair := utf16.DecodeRune(first, second)
		if pair == utf8.RuneError {
			r.at = before
		}
		b = utf8.AppendRune(b, pair)
	}
	return "", false
}

// unit reads \uXXXX if it is next.
func (r *jsonReader) unit() (rune, bool) {
	if r.at+6 > len(r.text) || r.text[r.at] != '\\' || r.text[r.at+1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(r.text[r.at+2:r.at+6], 16, 16)
	if err != nil {
		return 0, false
	}
	r.at += 6
	return rune(n), true
}
