// Package cipher stands in for crypto/cipher in the browser program, as crypto/aes does.
package cipher

import "errors"

// Block is a block cipher.
type Block any

// AEAD is what go-app encrypts states with.
type AEAD interface {
	NonceSize() int
	Seal(dst, nonce, plaintext, additionalData []byte) []byte
	Open(dst, nonce, ciphertext, additionalData []byte) ([]byte, error)
}

// NewGCM makes no cipher.
func NewGCM(Block) (AEAD, error) { return nil, errors.ErrUnsupported }
