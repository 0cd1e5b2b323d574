// Package aes stands in for crypto/aes in the browser program (app/build/compile.go). go-app can encrypt states, which the
// program does not use; the self-tests of the real package are roots for the linker.
package aes

import (
	"crypto/cipher"
	"errors"
)

// NewCipher makes no cipher.
func NewCipher([]byte) (cipher.Block, error) { return nil, errors.ErrUnsupported }
