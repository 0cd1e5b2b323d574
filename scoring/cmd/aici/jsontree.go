package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// value is a JSON value that knows where it stands, so that an error about it
// can name line and column.
type value struct {
	doc    *document
	offset int
	keys   []string
	obj    map[string]*value // an object's members
	arr    []*value          // an array's elements
	lit    any               // string, json.Number, bool or nil
	kind   byte              // '{', '[' or 0
}

type document struct {
	file string
	text []byte
}

// parseJSON reads one JSON value.
func parseJSON(file string, text []byte) (*value, error) {
	doc := &document{file, text}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	v, err := doc.read(dec)
	if err == nil {
		if _, more := dec.Token(); !errors.Is(more, io.EOF) {
			err = doc.errorf(int(dec.InputOffset()), "something follows the end of the JSON value")
		}
	}
	return v, err
}

func (d *document) errorf(offset int, format string, args ...any) error {
	offset = min(max(offset, 0), len(d.text))
	before := d.text[:offset]
	line := 1 + bytes.Count(before, []byte("\n"))
	col := offset - bytes.LastIndexByte(before, '\n')
	return fmt.Errorf("%s:%d:%d: %s", d.file, line, col, fmt.Sprintf(format, args...))
}

// next returns the next token and where it begins.
func (d *document) next(dec *json.Decoder) (json.Token, int, error) {
	start := int(dec.InputOffset())
	for start < len(d.text) && strings.IndexByte(" \t\r\n,:", d.text[start]) >= 0 {
		start++
	}
	tok, err := dec.Token()
	if err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return nil, 0, d.errorf(int(syntax.Offset)-1, "not valid JSON: %v", syntax)
		}
		return nil, 0, d.errorf(len(d.text), "the JSON ends too early")
	}
	return tok, start, nil
}

func (d *document) read(dec *json.Decoder) (*value, error) {
	tok, start, err := d.next(dec)
	if err != nil {
		return nil, err
	}
	v := &value{doc: d, offset: start, lit: tok}
	switch tok {
	case json.Delim('{'):
		v.kind, v.obj = '{', map[string]*value{}
		for dec.More() {
			key, at, err := d.next(dec)
			if err != nil {
				return nil, err
			}
			name, _ := key.(string)
			if v.obj[name] != nil {
				return nil, d.errorf(at, "the key %q is there twice", name)
			}
			member, err := d.read(dec)
			if err != nil {
				return nil, err
			}
			v.keys = append(v.keys, name)
			v.obj[name] = member
			if member.lit == nil {
				member.offset = at
			}
		}
		_, _, err = d.next(dec)
	case json.Delim('['):
		v.kind = '['
		for dec.More() {
			element, err := d.read(dec)
			if err != nil {
				return nil, err
			}
			v.arr = append(v.arr, element)
		}
		_, _, err = d.next(dec)
	}
	return v, err
}

func (v *value) errorf(format string, args ...any) error {
	return v.doc.errorf(v.offset, format, args...)
}

// null reports whether v is absent or null.
func (v *value) null() bool { return v == nil || v.kind == 0 && v.lit == nil }

// only refuses keys that are not known.
func (v *value) only(known ...string) error {
	if v.kind != '{' {
		return v.errorf("an object with some of the keys %s is expected here", strings.Join(known, ", "))
	}
	for _, k := range v.keys {
		if !slices.Contains(known, k) {
			at := v.offset
			if i := bytes.Index(v.doc.text[v.offset:], []byte(`"`+k+`"`)); i >= 0 {
				at += i
			}
			return v.doc.errorf(at, "unknown key %q; the known keys here are %s", k, strings.Join(known, ", "))
		}
	}
	return nil
}

func (v *value) number(dst *float64) error {
	if v.null() {
		return nil
	}
	n, ok := v.lit.(json.Number)
	if !ok {
		return v.errorf("a number is expected here")
	}
	x, err := n.Float64()
	if err != nil {
		return v.errorf("%s is not a number that can be used", n)
	}
	*dst = x
	return nil
}

func (v *value) integer(dst *int) error {
	if v.null() {
		return nil
	}
	x := float64(*dst)
	if err := v.number(&x); err != nil {
		return err
	}
	if x != float64(int(x)) {
		return v.errorf("a whole number is expected here")
	}
	*dst = int(x)
	return nil
}

func (v *value) bool(dst *bool) error {
	if v.null() {
		return nil
	}
	b, ok := v.lit.(bool)
	if !ok {
		return v.errorf("true or false is expected here")
	}
	*dst = b
	return nil
}

func (v *value) text(dst *string) error {
	if v.null() {
		return nil
	}
	s, ok := v.lit.(string)
	if !ok {
		return v.errorf("a text is expected here")
	}
	*dst = s
	return nil
}

// numbers reads an array of numbers; n is how many there must be, 0 for any.
func (v *value) numbers(n int) ([]float64, error) {
	if v.kind != '[' || n > 0 && len(v.arr) != n {
		if n > 0 {
			return nil, v.errorf("an array of %d numbers is expected here", n)
		}
		return nil, v.errorf("an array of numbers is expected here")
	}
	out := make([]float64, len(v.arr))
	for k, e := range v.arr {
		if e.null() {
			return nil, e.errorf("a number is expected here")
		}
		if err := e.number(&out[k]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// name looks up a name among the known ones.
func (v *value) name(what string, known []string) (int, error) {
	s, ok := v.lit.(string)
	if v.kind != 0 || !ok {
		return 0, v.errorf("the name of %s is expected here: %s", what, strings.Join(known, ", "))
	}
	if k := slices.Index(known, s); k >= 0 {
		return k, nil
	}
	return 0, v.errorf("unknown %s %q; the known ones are %s", what, s, strings.Join(known, ", "))
}
