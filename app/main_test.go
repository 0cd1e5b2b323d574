package main

import (
	"io"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/errors"
)

func TestErrorsOfGoAppAreInWords(t *testing.T) {
	before := errors.Encoder
	defer func() { errors.Encoder = before }()
	errors.Encoder = inWords
	for _, c := range []struct {
		err  error
		want string
	}{
		{errors.New("no such thing"), "no such thing"},
		{errors.New("mounting failed").WithTag("type", "div"), "mounting failed map[type:div]"},
		{errors.New("mounting failed").Wrap(errors.New("half of it").Wrap(io.ErrUnexpectedEOF)), "mounting failed: half of it: unexpected EOF"},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
