package main

import "net/http"

// Every answer carries these headers. The reason stands beside each.
var commonHeaders = map[string]string{
	"Content-Security-Policy":      policy("'none'"),
	"X-Frame-Options":              "DENY",                            // the same as frame-ancestors, for browsers that do not know it
	"X-Content-Type-Options":       "nosniff",                         // a file is what its type says and nothing else
	"Referrer-Policy":              "strict-origin-when-cross-origin", // other sites do not learn the visitor's view
	"Permissions-Policy":           permissions,                       // nothing on the device is needed, so nothing can be asked for
	"Cross-Origin-Opener-Policy":   "same-origin",                     // a page that opened this one cannot reach into it
	"Cross-Origin-Resource-Policy": "same-origin",                     // other sites cannot load parts of this one
}

// Behind TLS, browsers are told to stay there for two years.
const strictTransport = "max-age=63072000; includeSubDomains"

const permissions = "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), " +
	"magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=(), xr-spatial-tracking=()"

// policy is the Content-Security-Policy for pages that only ancestors may frame.
func policy(ancestors string) string {
	return "default-src 'none'; " + // what is not named below is not loaded
		"script-src 'self' 'wasm-unsafe-eval'; " + // own files and the compilation of WebAssembly; no inline script, no eval
		"style-src 'self'; " + // own files; no inline style
		"img-src 'self' data: blob:; " + // own pictures, and charts that the page itself turns into a picture
		"connect-src 'self'; " + // no request leaves the site
		"font-src 'self'; manifest-src 'self'; worker-src 'self'; " +
		"object-src 'none'; base-uri 'none'; form-action 'none'; " + // no plug-in, no moved base, no form that sends
		"frame-ancestors " + ancestors // who may show the page in a frame
}

// prepared is commonHeaders as an answer has them: made once, not for each answer.
var prepared = func() http.Header {
	h := http.Header{}
	for name, value := range commonHeaders {
		h.Set(name, value)
	}
	return h
}()

// setHeaders sets the headers of every answer. Only the form of a page that is made for embedding (embed=1) may stand
// in another site's frame.
func setHeaders(h http.Header, r *http.Request) {
	for name, values := range prepared {
		h[name] = values
	}
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		h.Set("Strict-Transport-Security", strictTransport)
	}
	if r.URL.RawQuery != "" && r.URL.Query().Get("embed") == "1" {
		h.Set("Content-Security-Policy", policy("*"))
		h.Del("X-Frame-Options")
	}
}
