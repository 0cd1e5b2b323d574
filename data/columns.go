package data

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// A dataset file is one MessagePack array
//
//	["aicities", schema version, checksum, {column: str or bin, ...}]
//
// A text column is a str: its values joined by newlines. A number column is a
// bin: its values as variable-length integers (zigzag where they may be
// negative). A column of real numbers is two number columns, mantissa and
// decimal exponent. The shape is chosen for two things: it compresses well, and
// opening it copies bytes instead of making objects.

// columns collects what Encode writes.
type columns struct {
	names []string
	text  map[string]string
	bin   map[string][]byte
	err   error
}

func newColumns() *columns {
	return &columns{text: map[string]string{}, bin: map[string][]byte{}}
}

func (c *columns) strings(name string, v []string) {
	for _, s := range v {
		if strings.Contains(s, "\n") && c.err == nil {
			c.err = errors.New("data: column " + name + ": a value contains a line break: " + strconv.Quote(s))
		}
	}
	c.names = append(c.names, name)
	c.text[name] = strings.Join(v, "\n")
}

// ints writes whole numbers, which must be 0 or greater.
func (c *columns) ints(name string, v []int) {
	b := make([]byte, 0, len(v))
	for _, x := range v {
		if x < 0 && c.err == nil {
			c.err = errors.New("data: column " + name + ": negative value " + strconv.Itoa(x))
		}
		b = appendVarint(b, uint64(x))
	}
	c.names = append(c.names, name)
	c.bin[name] = b
}

func (c *columns) signed(name string, v []int) {
	b := make([]byte, 0, len(v))
	for _, x := range v {
		b = appendVarint(b, zigzag(int64(x)))
	}
	c.names = append(c.names, name)
	c.bin[name] = b
}

// decimals writes real numbers as mantissa and decimal exponent; NaN has the
// exponent missingExponent.
func (c *columns) decimals(name string, v []float64) {
	mant, exp := make([]int, len(v)), make([]int, len(v))
	for i, x := range v {
		mant[i], exp[i] = splitDecimal(x)
	}
	c.signed(name+".mantissa", mant)
	c.signed(name+".exponent", exp)
}

func appendVarint(b []byte, x uint64) []byte {
	for x >= 0x80 {
		b = append(b, byte(x)|0x80)
		x >>= 7
	}
	return append(b, byte(x))
}

func zigzag(x int64) uint64   { return uint64(x<<1) ^ uint64(x>>63) }
func unzigzag(x uint64) int64 { return int64(x>>1) ^ -int64(x&1) }

const (
	missingExponent = 127
	maxExponent     = 30
)

// splitDecimal returns m and e with x = m × 10^e by the shortest decimal form
// of x.
func splitDecimal(x float64) (mant, exp int) {
	if x != x {
		return 0, missingExponent
	}
	s := strconv.FormatFloat(x, 'e', -1, 64) // d.ddde±dd
	digits, tail, _ := strings.Cut(s, "e")
	exp, _ = strconv.Atoi(tail)
	whole, frac, _ := strings.Cut(digits, ".")
	mant, _ = strconv.Atoi(whole + frac)
	return mant, exp - len(frac)
}

// joinDecimal is the inverse of splitDecimal; it is exact up to 15 digits and
// exponents from -22 to 22, and else within one unit in the last place.
func joinDecimal(mant, exp int) float64 {
	x := float64(mant)
	for ; exp > 22; exp -= 22 {
		x *= 1e22
	}
	if exp >= 0 {
		return x * pow10[exp]
	}
	for ; exp < -22; exp += 22 {
		x /= 1e22
	}
	return x / pow10[-exp]
}

var pow10 = [23]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// reader reads columns and remembers the first error. After an error it returns
// columns of the right length filled with zeros, so that callers need no check
// between columns; such lengths are bounded by the bytes that were there.
type reader struct {
	text map[string]string
	bin  map[string][]byte
	err  error
}

func (r *reader) fail(column, what string) {
	if r.err == nil {
		r.err = errors.New("data: column " + column + ": " + what)
	}
}

// strings reads a text column of exactly n values; n < 0 takes any number.
func (r *reader) strings(name string, n int) []string {
	s, ok := r.text[name]
	if !ok {
		r.fail(name, "absent")
	}
	v := splitLines(s)
	if s == "" && n == 1 {
		v = []string{""}
	}
	if n < 0 || len(v) == n {
		return v
	}
	r.fail(name, "has "+strconv.Itoa(len(v))+" values, expected "+strconv.Itoa(n))
	return make([]string, n)
}

// lines reads a text column without splitting it.
func (r *reader) lines(name string) lines {
	s, ok := r.text[name]
	if !ok {
		r.fail(name, "absent")
	}
	return lines{text: s}
}

func splitLines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// raw returns the bytes of a number column and the number of its values.
func (r *reader) raw(name string) ([]byte, int) {
	b, ok := r.bin[name]
	if !ok {
		r.fail(name, "absent")
	}
	n := 0
	for _, c := range b {
		if c < 0x80 {
			n++
		}
	}
	return b, n
}

// ints reads a number column of exactly n values in 0 to max; n < 0 takes any
// number.
func (r *reader) ints(name string, n, max int) []int { return readInts[int](r, name, n, max) }

// readInts is ints for a narrower type, which must hold max.
func readInts[T uint8 | uint16 | int](r *reader, name string, n, max int) []T {
	b, have := r.raw(name)
	if have != n && n >= 0 {
		r.fail(name, "has "+strconv.Itoa(have)+" values, expected "+strconv.Itoa(n))
		return make([]T, n)
	}
	v := make([]T, have)
	for i := range v {
		var x uint64
		x, b = nextVarint(b)
		if max < 0 || x > uint64(max) {
			r.fail(name, "value "+strconv.FormatUint(x, 10)+" is out of range, expected 0 to "+strconv.Itoa(max))
			return v
		}
		v[i] = T(x)
	}
	return v
}

// bytes reads a number column of exactly n values in 0 to max, max < 256. The
// result may be a part of the file: it must not be changed.
func (r *reader) bytes(name string, n, max int) []uint8 {
	b := r.bin[name]
	if len(b) == n && max < 0x80 { // one byte each, unless one is too great
		ok := true
		for _, c := range b {
			ok = ok && int(c) <= max
		}
		if ok {
			return b
		}
	}
	return readInts[uint8](r, name, n, max)
}

func (r *reader) signed(name string, n int) []int {
	v := r.ints(name, n, math.MaxInt)
	for i, x := range v {
		v[i] = int(unzigzag(uint64(x)))
	}
	return v
}

// nextVarint reads one integer; bits past 64 are dropped, a value cut short at
// the end of b ends there.
func nextVarint(b []byte) (uint64, []byte) {
	if len(b) > 0 && b[0] < 0x80 {
		return uint64(b[0]), b[1:]
	}
	var x uint64
	for i, c := range b {
		x |= uint64(c&0x7f) << (7 * min(i, 9))
		if c < 0x80 {
			return x, b[i+1:]
		}
	}
	return x, nil
}

func (r *reader) decimals(name string, n int) []float64 {
	mant, exp := r.signed(name+".mantissa", n), r.signed(name+".exponent", n)
	out := make([]float64, n)
	for i := range out {
		switch e := exp[i]; {
		case e == missingExponent:
			out[i] = nan
		case e < -maxExponent || e > maxExponent:
			r.fail(name, "exponent "+strconv.Itoa(e)+" is out of range")
		default:
			out[i] = joinDecimal(mant[i], e)
		}
	}
	return out
}

// lines is a text column that is split when a value is first asked for.
type lines struct {
	text string
	end  []uint32
}

// at returns value i, or "" where there is none.
func (l *lines) at(i int) string {
	if l.end == nil {
		l.split()
	}
	if i < 0 || i >= len(l.end) {
		return ""
	}
	start := uint32(0)
	if i > 0 {
		start = l.end[i-1] + 1
	}
	return l.text[start:l.end[i]]
}

func (l *lines) split() {
	l.end = make([]uint32, 0, strings.Count(l.text, "\n")+1)
	for pos := 0; ; pos++ {
		k := strings.IndexByte(l.text[pos:], '\n')
		if k < 0 {
			break
		}
		pos += k
		l.end = append(l.end, uint32(pos))
	}
	l.end = append(l.end, uint32(len(l.text)))
}

// repeating is a text column in which values occur again: its different values
// in order of first occurrence, and for each row 0 for the next of them, or k
// for the k-th most recently used one (move to front, Bentley et al. 1986).
type repeating struct {
	values lines
	recent []byte // variable-length integers; nil once read
	index  []uint32
}

// at returns the value of row i, or "" where there is none.
func (c *repeating) at(i int) string {
	if c.recent != nil {
		c.read()
	}
	if i < 0 || i >= len(c.index) {
		return ""
	}
	return c.values.at(int(c.index[i]))
}

func (c *repeating) read() {
	c.index = make([]uint32, 0, len(c.recent))
	var front []uint32 // most recently used first
	for b := c.recent; len(b) > 0; {
		var k uint64
		k, b = nextVarint(b)
		var v uint32
		switch {
		case k == 0:
			v = uint32(len(front))
			front = append(front, v)
			k = uint64(len(front))
		case k <= uint64(len(front)):
			v = front[k-1]
		default: // not written by Encode
			c.index = append(c.index, 0)
			continue
		}
		copy(front[1:k], front[:k-1])
		front[0] = v
		c.index = append(c.index, v)
	}
	c.recent = nil
}

func (c *columns) repeating(name string, v []string) {
	var values, front []string
	seen := map[string]bool{}
	recent := make([]int, len(v))
	for i, s := range v {
		k := 0
		if seen[s] {
			for front[k] != s {
				k++
			}
			recent[i] = k + 1
		} else {
			seen[s] = true
			values = append(values, s)
			front = append(front, "")
			k = len(front) - 1
		}
		copy(front[1:k+1], front[:k])
		front[0] = s
	}
	c.strings(name, values)
	c.ints(name+".recent", recent)
}

func (r *reader) repeating(name string) repeating {
	recent, _ := r.raw(name + ".recent")
	return repeating{values: r.lines(name), recent: recent}
}
