package data

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold maps text to what is compared in a search and in the folding of names:
// lower case, no diacritics, and everything but letters and digits a space.
func Fold(s string) string { return string(appendFolded(make([]byte, 0, len(s)), s)) }

func appendFolded(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			dst = append(dst, foldedASCII[c])
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if base := plain(r); base != "" {
			dst = append(dst, base...)
			continue
		}
		switch {
		case unicode.Is(unicode.Mn, r): // a combining accent
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		default:
			dst = append(dst, ' ')
		}
	}
	return dst
}

var foldedASCII = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		switch {
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			t[c] = byte(c)
		default:
			t[c] = ' '
		}
	}
	return t
}()

// plain returns the base letters of a Latin letter with a diacritic, "" for any
// other rune.
func plain(r rune) string {
	if r >= latinFirst && int(r-latinFirst) < len(latin) {
		return latin[r-latinFirst]
	}
	if r >= 0x1e00 && r <= 0x1eff { // Latin Extended Additional, as in Vietnamese
		base := ""
		for _, x := range latinAdditional {
			if r >= x.first {
				base = x.base
			}
		}
		return base
	}
	switch r {
	case 'ș', 'Ș':
		return "s"
	case 'ț', 'Ț':
		return "t"
	case 'ə', 'Ə':
		return "e"
	case 'ơ', 'Ơ', 'ǒ', 'Ǒ':
		return "o"
	case 'ư', 'Ư', 'ǔ', 'Ǔ', 'ǘ', 'ǚ', 'ǜ':
		return "u"
	case 'ǎ', 'Ǎ':
		return "a"
	case 'ǐ', 'Ǐ':
		return "i"
	case 'ǧ', 'Ǧ':
		return "g"
	case '’', '‘', 'ʻ', 'ʼ', 'ʾ', 'ʿ':
		return " "
	}
	return ""
}

// latin holds U+00C0 to U+017F.
const latinFirst = 0xc0

var latin = strings.Fields(`a a a a a a ae c e e e e i i i i d n o o o o o x o u u u u y th ss
a a a a a a ae c e e e e i i i i d n o o o o o x o u u u u y th y
a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h
i i i i i i i i i i ij ij j j k k k l l l l l l l l l l n n n n n n n n n
o o o o o o oe oe r r r r r r s s s s s s s s t t t t t t u u u u u u u u u u u u
w w y y y z z z z z z s`)

// latinAdditional says from which rune on of U+1E00 to U+1EFF the base letter is
// which.
var latinAdditional = []struct {
	first rune
	base  string
}{
	{0x1e00, "a"}, {0x1e02, "b"}, {0x1e08, "c"}, {0x1e0a, "d"}, {0x1e14, "e"}, {0x1e1e, "f"},
	{0x1e20, "g"}, {0x1e22, "h"}, {0x1e2c, "i"}, {0x1e30, "k"}, {0x1e36, "l"}, {0x1e3e, "m"},
	{0x1e44, "n"}, {0x1e4c, "o"}, {0x1e54, "p"}, {0x1e58, "r"}, {0x1e60, "s"}, {0x1e6a, "t"},
	{0x1e72, "u"}, {0x1e7c, "v"}, {0x1e80, "w"}, {0x1e8a, "x"}, {0x1e8e, "y"}, {0x1e90, "z"},
	{0x1e96, "h"}, {0x1e97, "t"}, {0x1e98, "w"}, {0x1e99, "y"}, {0x1e9a, "a"}, {0x1e9b, "s"},
	{0x1e9e, "ss"}, {0x1e9f, "d"}, {0x1ea0, "a"}, {0x1eb8, "e"}, {0x1ec8, "i"}, {0x1ecc, "o"},
	{0x1ee4, "u"}, {0x1ef2, "y"}, {0x1efa, "ll"}, {0x1efc, "v"}, {0x1efe, "y"},
}

// textRows returns the rows in which every word of text occurs, nil where text
// has no word.
func (d *Dataset) textRows(text string) Bits {
	words := strings.Fields(Fold(text))
	if len(words) == 0 {
		return nil
	}
	key := strings.Join(words, " ")
	if d.cache.text == key {
		return d.cache.textRows
	}
	d.PrepareText(d.rows.n)
	var all Bits
	for _, w := range words {
		rows := d.wordRows(w)
		if all == nil {
			all = rows
			continue
		}
		for i := range all {
			all[i] &= rows[i]
		}
	}
	d.cache.text, d.cache.textRows = key, all
	return all
}

// PrepareText folds the texts of up to n more rows and says whether all are
// folded. A lens with a text does it for all rows when it first meets them; a
// program with one thread may spread it over time before.
func (d *Dataset) PrepareText(n int) bool {
	c := &d.cache
	if c.foldedEnd == nil {
		c.folded = make([]byte, 0, 2*(len(d.rows.name.text)+len(d.rows.organisation.values.text)+len(d.rows.summary.values.text)))
		c.foldedEnd = make([]uint32, 0, d.rows.n)
	}
	for i := len(c.foldedEnd); i < d.rows.n && n > 0; i++ {
		name, org := longNames(d.rows.name.at(i), d.rows.organisation.at(i))
		c.folded = append(appendFolded(c.folded, name), '\n')
		if org != name {
			c.folded = append(appendFolded(c.folded, org), '\n')
		}
		c.folded = append(appendFolded(c.folded, d.SummaryOf(i)), '\n')
		c.foldedEnd = append(c.foldedEnd, uint32(len(c.folded)))
		n--
	}
	return len(c.foldedEnd) == d.rows.n
}

// FoldedName returns the name of a row as a search and an order by name compare
// it. The bytes belong to the dataset.
func (d *Dataset) FoldedName(row int) []byte {
	d.PrepareText(d.rows.n)
	text := d.foldedText(row)
	return text[:bytes.IndexByte(text, '\n')]
}

// foldedText returns the folded name, organisation (unless it is the name) and
// summary of a row, each with a newline at its end.
func (d *Dataset) foldedText(row int) []byte {
	start := uint32(0)
	if row > 0 {
		start = d.cache.foldedEnd[row-1]
	}
	return d.cache.folded[start:d.cache.foldedEnd[row]]
}

// Worst is the relevance of a row to a word that it does not hold.
const Worst = 6

// Relevance returns how well a row answers a text: 0 is best. It is the sum over
// the words of 0 where the word stands in the name, 2 in the organisation, 4 in
// the summary and Worst nowhere, and 1 more where it is not the beginning of a
// word there; of several places the best counts.
func (d *Dataset) Relevance(text string) func(row int) int {
	d.PrepareText(d.rows.n)
	var words [][]byte
	for w := range strings.FieldsSeq(Fold(text)) {
		words = append(words, []byte(w))
	}
	return func(row int) int {
		sum := 0
		for _, w := range words {
			sum += relevance(d.foldedText(row), w)
		}
		return sum
	}
}

// relevance of a folded text to one word.
func relevance(text, word []byte) int {
	fields := bytes.Count(text, []byte{'\n'})
	for n := range fields {
		end := bytes.IndexByte(text, '\n')
		value := 2 * n
		if n == fields-1 {
			value = 4 // the summary is last, also where the organisation is the name
		}
		for pos := 0; ; {
			k := bytes.Index(text[pos:end], word)
			if k < 0 {
				if pos > 0 {
					return value + 1
				}
				break
			}
			pos += k
			if pos == 0 || text[pos-1] == ' ' {
				return value
			}
			pos += len(word)
		}
		text = text[end+1:]
	}
	return Worst
}

// wordRows returns the rows whose folded text contains word.
func (d *Dataset) wordRows(word string) Bits {
	out := make(Bits, (d.rows.n+63)/64)
	text, ends, find := d.cache.folded, d.cache.foldedEnd, []byte(word)
	row := 0
	for pos := 0; ; {
		k := bytes.Index(text[pos:], find)
		if k < 0 {
			return out
		}
		pos += k
		for int(ends[row]) <= pos {
			row++
		}
		out[row>>6] |= 1 << (row & 63)
		pos = int(ends[row])
	}
}
