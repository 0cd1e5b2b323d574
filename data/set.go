package data

import "math/bits"

// Set is a set of codes 0 to 255 (actors, sectors, countries, sources, ...).
// It is a value: comparable with ==, and its zero value is the empty set.
type Set [4]uint64

// SetOf returns the set of the given codes.
func SetOf(codes ...int) Set {
	var s Set
	for _, c := range codes {
		s.Add(c)
	}
	return s
}

// Add puts a code in; codes outside 0 to 255 are ignored.
func (s *Set) Add(code int) {
	if code >= 0 && code < 256 {
		s[code>>6] |= 1 << (code & 63)
	}
}

// Remove takes a code out.
func (s *Set) Remove(code int) {
	if code >= 0 && code < 256 {
		s[code>>6] &^= 1 << (code & 63)
	}
}

// Has says whether a code is in.
func (s Set) Has(code int) bool {
	return code >= 0 && code < 256 && s[code>>6]&(1<<(code&63)) != 0
}

// Empty says whether no code is in.
func (s Set) Empty() bool { return s == Set{} }

// Len returns the number of codes in.
func (s Set) Len() int {
	return bits.OnesCount64(s[0]) + bits.OnesCount64(s[1]) + bits.OnesCount64(s[2]) + bits.OnesCount64(s[3])
}

// Codes returns the codes in ascending order.
func (s Set) Codes() []int {
	var out []int
	for w, v := range s {
		for ; v != 0; v &= v - 1 {
			out = append(out, w<<6+bits.TrailingZeros64(v))
		}
	}
	return out
}

func (s Set) and(t Set) Set {
	return Set{s[0] & t[0], s[1] & t[1], s[2] & t[2], s[3] & t[3]}
}

func (s Set) or(t Set) Set {
	return Set{s[0] | t[0], s[1] | t[1], s[2] | t[2], s[3] | t[3]}
}

func (s Set) without(t Set) Set {
	return Set{s[0] &^ t[0], s[1] &^ t[1], s[2] &^ t[2], s[3] &^ t[3]}
}
