//go:build js

// Package rand stands in for crypto/rand in the browser program (app/build/compile.go). The real package passes what the
// browser's own generator gives through another one, whose self-tests the linker cannot leave out.
package rand

import (
	"crypto/internal/sysrand"
	"io"
)

// Reader is the browser's own generator (crypto.getRandomValues).
var Reader io.Reader = generator{}

type generator struct{}

// Read fills b.
func (generator) Read(b []byte) (int, error) {
	sysrand.Read(b)
	return len(b), nil
}
