// Package markup writes HTML and SVG whose text and attribute values are always
// escaped. Pages are written once with it: the same bytes are pre-rendered at
// build time and mounted in the browser, so that the program takes over a page
// without a visible change.
package markup

// Writer builds one piece of markup. The zero value is ready to use.
type Writer struct{ b []byte }

// String returns what has been written.
func (w *Writer) String() string { return string(w.b) }

// Grow makes room for n bytes in all.
func (w *Writer) Grow(n int) {
	if cap(w.b) < n {
		w.b = append(make([]byte, 0, n), w.b...)
	}
}

// Open writes a start tag. attrs are pairs of name and value; a pair with an
// empty name is left out, and a name that ends in '?' is a boolean attribute,
// present when its value is not empty.
func (w *Writer) Open(tag string, attrs ...string) *Writer {
	w.b = append(w.b, '<')
	w.b = append(w.b, tag...)
	for i := 0; i+1 < len(attrs); i += 2 {
		name, value := attrs[i], attrs[i+1]
		if name == "" {
			continue
		}
		if name[len(name)-1] == '?' {
			if value != "" {
				w.b = append(w.b, ' ')
				w.b = append(w.b, name[:len(name)-1]...)
			}
			continue
		}
		w.b = append(w.b, ' ')
		w.b = append(w.b, name...)
		w.b = append(w.b, '=', '"')
		w.escape(value)
		w.b = append(w.b, '"')
	}
	w.b = append(w.b, '>')
	return w
}

// Close writes end tags in the order given.
func (w *Writer) Close(tags ...string) *Writer {
	for _, tag := range tags {
		w.b = append(w.b, '<', '/')
		w.b = append(w.b, tag...)
		w.b = append(w.b, '>')
	}
	return w
}

// Text writes text.
func (w *Writer) Text(s string) *Writer {
	w.escape(s)
	return w
}

// El writes an element that holds text only.
func (w *Writer) El(tag, text string, attrs ...string) *Writer {
	return w.Open(tag, attrs...).Text(text).Close(tag)
}

// Raw appends markup that another Writer made.
func (w *Writer) Raw(markup string) *Writer {
	w.b = append(w.b, markup...)
	return w
}

func (w *Writer) escape(s string) {
	last := 0
	for i := 0; i < len(s); i++ {
		var e string
		switch s[i] {
		case '&':
			e = "&amp;"
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		case '"':
			e = "&quot;"
		case '\'':
			e = "&#39;"
		case 0:
			e = "\ufffd"
		default:
			continue
		}
		w.b = append(w.b, s[last:i]...)
		w.b = append(w.b, e...)
		last = i + 1
	}
	w.b = append(w.b, s[last:]...)
}
