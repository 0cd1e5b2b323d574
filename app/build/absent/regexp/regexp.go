// Package regexp stands in for regexp in the browser program (app/build/compile.go). go-app can match routes by pattern,
// which the program does not use (page.TakeRoute); the real package brings the tables of every script of Unicode along.
package regexp

// Regexp is a pattern.
type Regexp struct{}

// MustCompile compiles no pattern.
func MustCompile(pattern string) *Regexp {
	panic("regexp: the browser program has no patterns: " + pattern)
}

// MatchString matches nothing.
func (*Regexp) MatchString(string) bool { return false }
