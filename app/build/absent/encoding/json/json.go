// Package json stands in for encoding/json in the browser program (app/build/compile.go). go-app keeps states and
// notifications as JSON, which the program does not use; the real package keeps much of reflect alive. What go-app says of
// its errors is put in words by app/main.go.
package json

import "errors"

// RawMessage is JSON that is not read.
type RawMessage []byte

// Marshal writes nothing.
func Marshal(any) ([]byte, error) { return nil, errors.ErrUnsupported }

// MarshalIndent writes nothing.
func MarshalIndent(any, string, string) ([]byte, error) { return nil, errors.ErrUnsupported }

// Unmarshal reads nothing.
func Unmarshal([]byte, any) error { return errors.ErrUnsupported }
