package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A problem is one thing wrong with the facts, said so that it can be found and
// put right.
type problem struct {
	File   string // relative to the folder of facts
	Line   int
	Column string
	What   string // what is there and what is expected
}

func (p problem) Error() string {
	s := fmt.Sprintf("%s:%d: ", p.File, p.Line)
	if p.Column != "" {
		s += "column " + p.Column + ": "
	}
	return s + p.What
}

// problems collects what is wrong; the build goes on to find more, and stops
// before it writes anything.
type problems []problem

func (p *problems) add(f *row, column, format string, args ...any) {
	*p = append(*p, problem{f.file, f.line(column), column, fmt.Sprintf(format, args...)})
}

func (p problems) err() error {
	if len(p) == 0 {
		return nil
	}
	const most = 20
	var errs []error
	for _, x := range p[:min(len(p), most)] {
		errs = append(errs, x)
	}
	if len(p) > most {
		errs = append(errs, fmt.Errorf("and %d more", len(p)-most))
	}
	return errors.Join(errs...)
}

// row is one line of a CSV file, read by column name.
type row struct {
	file    string
	columns []string
	values  []string
	lines   []int
	bad     *problems
}

func (r *row) line(column string) int {
	if i := slices.Index(r.columns, column); i >= 0 && i < len(r.lines) {
		return r.lines[i]
	}
	return r.lines[0]
}

// text returns a value as it stands. A column that the file lacks is a mistake
// of the program.
func (r *row) text(column string) string {
	i := slices.Index(r.columns, column)
	if i < 0 {
		panic("no column " + column + " in " + r.file)
	}
	return r.values[i]
}

func (r *row) fail(column, format string, args ...any) { r.bad.add(r, column, format, args...) }

// required returns a value that must not be empty.
func (r *row) required(column string) string {
	s := r.text(column)
	if s == "" {
		r.fail(column, "is empty, expected a value")
	}
	return s
}

var slugForm = regexp.MustCompile(`^[a-z0-9]+([-_][a-z0-9]+)*$`)

// id returns an identifier: lower-case letters and digits, joined by - or _.
func (r *row) id(column string) string {
	s := r.required(column)
	if s != "" && !slugForm.MatchString(s) {
		r.fail(column, "%q is not an id, expected lower-case letters and digits joined by - or _", s)
	}
	return s
}

// oneOf returns the position of a value in a list of allowed ones.
func (r *row) oneOf(column string, allowed ...string) int {
	s := r.text(column)
	if i := slices.Index(allowed, s); i >= 0 {
		return i
	}
	r.fail(column, "%q is not known, expected one of %s", s, quoteList(allowed))
	return 0
}

func quoteList(v []string) string {
	out := make([]string, len(v))
	for i, s := range v {
		if out[i] = s; s == "" {
			out[i] = "(empty)"
		}
	}
	return strings.Join(out, ", ")
}

// number returns a number in a range, NaN where empty.
func (r *row) number(column string, low, high float64) float64 {
	s := r.text(column)
	if s == "" {
		return math.NaN()
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) || strings.ContainsAny(s, "xX_") {
		r.fail(column, "%q is not a number, expected digits such as 12.5 or 1e9", s)
		return math.NaN()
	}
	if x < low || x > high {
		r.fail(column, "%s is out of range, expected %g to %g", s, low, high)
		return math.NaN()
	}
	return x
}

// requiredNumber returns a number in a range that must be there.
func (r *row) requiredNumber(column string, low, high float64) float64 {
	if r.required(column) == "" {
		return 0
	}
	if x := r.number(column, low, high); x == x {
		return x
	}
	return 0
}

const firstYear, lastYear = 1900, 2035

// year returns a year, 0 where empty.
func (r *row) year(column string) int {
	s := r.text(column)
	if s == "" {
		return 0
	}
	y, err := strconv.Atoi(s)
	if err != nil || len(s) != 4 || y < firstYear || y > lastYear {
		r.fail(column, "%q is not a year, expected four digits from %d to %d, or nothing", s, firstYear, lastYear)
		return 0
	}
	return y
}

var periodForm = regexp.MustCompile(`^\d{4}(-\d{4})?$`)

// period returns a year or a span of years.
func (r *row) period(column string) string {
	s := r.text(column)
	if !periodForm.MatchString(s) {
		r.fail(column, "%q is not a period, expected a year (2025) or a span (2021-2026)", s)
	}
	return s
}

// address returns a web address; where may it be empty is the caller's to say.
func (r *row) address(column string, optional bool) string {
	s := r.text(column)
	if s == "" {
		if !optional {
			r.fail(column, "is empty, expected the http or https address where the fact was read")
		}
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || !strings.Contains(u.Hostname(), ".") || strings.ContainsAny(s, " \"<>\\^`{|}") {
		r.fail(column, "%q is not a web address, expected http:// or https:// and a host, without spaces", s)
	}
	return s
}

// list returns the values of a list separated by |.
func (r *row) list(column string) []string {
	s := r.text(column)
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// readTable reads a CSV file with exactly the given columns.
func readTable(dir, file string, columns []string, bad *problems) ([]row, error) {
	f, err := os.Open(filepath.Join(dir, filepath.FromSlash(file)))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return parseTable(f, file, columns, bad), nil
}

func parseTable(in io.Reader, file string, columns []string, bad *problems) []row {
	c := csv.NewReader(in)
	c.FieldsPerRecord = -1
	var rows []row
	for first := true; ; first = false {
		values, err := c.Read()
		if err == io.EOF {
			if first {
				*bad = append(*bad, problem{file, 1, "", "is empty, expected the header " + strings.Join(columns, ",")})
			}
			return rows
		}
		if err != nil {
			line := 1
			var pe *csv.ParseError
			if errors.As(err, &pe) {
				line, err = pe.Line, pe.Err
			}
			*bad = append(*bad, problem{file, line, "", err.Error() + ", expected comma-separated values, quoted with \" where they hold a comma or a quote"})
			return rows
		}
		r := row{file: file, columns: columns, values: values, bad: bad}
		for i := range values {
			line, _ := c.FieldPos(i)
			r.lines = append(r.lines, line)
		}
		if first {
			if !slices.Equal(values, columns) {
				*bad = append(*bad, problem{file, 1, "", fmt.Sprintf("header is %s, expected %s", strings.Join(values, ","), strings.Join(columns, ","))})
				return nil
			}
			continue
		}
		if len(values) != len(columns) {
			*bad = append(*bad, problem{file, r.lines[0], "", fmt.Sprintf("has %d fields, expected %d: %s", len(values), len(columns), strings.Join(columns, ","))})
			continue
		}
		for i, v := range values {
			checkText(&r, columns[i], v)
		}
		rows = append(rows, r)
	}
}

// checkText finds what no value may hold.
func checkText(r *row, column, v string) {
	switch {
	case !utf8.ValidString(v):
		r.fail(column, "%q is not UTF-8", v)
	case v != strings.TrimSpace(v):
		r.fail(column, "%q begins or ends with a space, expected none", v)
	case strings.ContainsFunc(v, unicode.IsControl):
		r.fail(column, "%q holds a line break or control character, expected one line of text", v)
	case strings.ContainsFunc(v, invisible):
		r.fail(column, "%q holds a character that nobody sees, expected plain text", v)
	case entity.MatchString(v):
		r.fail(column, "%q holds markup of a web page, expected plain text (& for &amp;)", v)
	case mojibake.MatchString(v):
		r.fail(column, "%q was read in the wrong alphabet, expected UTF-8 (São for SÃ£o)", v)
	}
}

// Traces of copying that no text of the facts may hold.
var (
	entity   = regexp.MustCompile(`&(#[0-9]+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos|nbsp);|</?[a-z]+( [^>]*)?/?>`)
	mojibake = regexp.MustCompile(`[ÃÂ][\x{80}-\x{bf}]|â€|\x{fffd}`)
)

// invisible is true of characters without a shape: soft hyphens, marks of
// direction, spaces without width. The joiners that Persian and Indic writing
// needs are none of them.
func invisible(c rune) bool {
	return unicode.In(c, unicode.Cf, unicode.Co) && c != '\u200c' && c != '\u200d'
}

// checkName finds what a copy leaves at the end of a name: a comma, a bracket or
// quotation mark without its other half, an address in place of words.
func checkName(r *row, column, v string) {
	switch {
	case strings.ContainsAny(v[max(0, len(v)-1):], ",:;|"):
		r.fail(column, "%q ends with a mark that belongs to what stood behind it, expected a name", v)
	case strings.Count(v, "(") != strings.Count(v, ")"):
		r.fail(column, "%q has a bracket without its other half", v)
	case strings.Count(v, `"`)%2 != 0 || strings.Count(v, "“") != strings.Count(v, "”"):
		r.fail(column, "%q has a quotation mark without its other half", v)
	case strings.Contains(v, "://"):
		r.fail(column, "%q holds a web address, which belongs into source_url", v)
	}
}
