// Package http stands in for net/http in the browser program (app/build/compile.go). go-app names these types and
// functions in its HTTP handler and file resolver, which run on a server only; the real package brings TLS, certificates
// and HTTP/2 along, whose initialisers the linker cannot leave out.
package http

import (
	"errors"
	"io"
	"net/url"
)

// What go-app compares and writes as status.
const (
	StatusOK                  = 200
	StatusNotModified         = 304
	StatusNotFound            = 404
	StatusInternalServerError = 500
)

// Dir names a folder of files to serve.
type Dir string

// Handler answers requests.
type Handler interface {
	ServeHTTP(ResponseWriter, *Request)
}

// Header holds the headers of a message.
type Header map[string][]string

// Get returns the first value of a header.
func (h Header) Get(key string) string {
	if v := h[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Set sets a header.
func (h Header) Set(key, value string) { h[key] = []string{value} }

// Request is what a handler is asked.
type Request struct {
	URL    *url.URL
	Header Header
	Host   string
	TLS    *struct{}
}

// Response is what a server answered.
type Response struct {
	StatusCode int
	Header     Header
	Body       io.ReadCloser
}

// ResponseWriter takes an answer.
type ResponseWriter interface {
	Header() Header
	Write([]byte) (int, error)
	WriteHeader(statusCode int)
}

// FileServer has no files to serve in a browser.
func FileServer(Dir) Handler { return nil }

// Get fetches nothing: the program makes no requests.
func Get(string) (*Response, error) { return nil, errors.ErrUnsupported }

// NotFound answers that there is nothing.
func NotFound(w ResponseWriter, _ *Request) { w.WriteHeader(StatusNotFound) }
