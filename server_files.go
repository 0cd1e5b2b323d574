package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// site answers requests with the files of one build. Its answers are chosen by looking a path up in a table, so that no
// path, however it is written, can reach anything else.
type site struct {
	files    map[string]*file  // by the path at which it is served, such as /city/seoul
	moved    map[string]string // other spellings of a page's path → the relative address of the page
	notFound *file
}

// file is one file in the encodings that the build has it in. Encodings of equal quality are tried in this order.
type file struct {
	contentType  string
	cacheControl string
	forms        []form // brotli, gzip, plain: the plain form is always there and last
}

type form struct {
	encoding string // as in Content-Encoding; empty is the plain form
	etag     string
	length   string
	content  []byte
}

var contentTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".csv":         "text/csv; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".md":          "text/markdown; charset=utf-8",
	".msgpack":     "application/vnd.msgpack",
	".parquet":     "application/vnd.apache.parquet",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
	".xml":         "application/xml",
	".zip":         "application/zip",
}

const (
	cacheForever = "public, max-age=31536000, immutable" // the name holds the hash of the content
	cacheChecked = "no-cache"                            // kept, but asked for again each time
)

// newSite reads a build. It fails in words when there is none.
func newSite(root fs.FS) (*site, error) {
	s := &site{files: map[string]*file{}, moved: map[string]string{}}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		ending := path.Ext(name)
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") || ending == ".br" || ending == ".gz" {
			return err
		}
		f, err := readFile(root, name)
		if err != nil {
			return err
		}
		s.add(name, f)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the built site: %w", err)
	}
	if s.files["/"] == nil || s.notFound == nil {
		return nil, errors.New("the site is not built yet: run 'make build' (or 'make run', which does both)")
	}
	return s, nil
}

// add enters a file under its path: a page is served without its ending, and its other spellings lead there.
func (s *site) add(name string, f *file) {
	page, isPage := strings.CutSuffix(name, ".html")
	switch {
	case name == "404.html":
		s.notFound = f
	case name == "index.html":
		s.files["/"] = f
		s.moved["/index.html"] = "./"
		s.moved["/index"] = "./"
	case isPage:
		s.files["/"+page] = f
		s.moved["/"+name] = path.Base(page)
		s.moved["/"+page+"/"] = "../" + path.Base(page)
	default:
		s.files["/"+name] = f
	}
}

// readFile reads a file and the compressed twins that the build made of it.
func readFile(root fs.FS, name string) (*file, error) {
	f := &file{contentType: contentTypes[path.Ext(name)], cacheControl: cacheChecked}
	if f.contentType == "" {
		return nil, fmt.Errorf("%s: no content type is known for the ending %q", name, path.Ext(name))
	}
	if strings.HasPrefix(name, "assets/") {
		f.cacheControl = cacheForever
	}
	for _, twin := range []struct{ encoding, ending string }{{"br", ".br"}, {"gzip", ".gz"}, {"", ""}} {
		content, err := fs.ReadFile(root, name+twin.ending)
		if errors.Is(err, fs.ErrNotExist) && twin.encoding != "" {
			continue
		}
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(content)
		f.forms = append(f.forms, form{twin.encoding, `"` + hex.EncodeToString(sum[:12]) + `"`, strconv.Itoa(len(content)), content})
	}
	return f, nil
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	setHeaders(h, r)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are answered", http.StatusMethodNotAllowed)
		return
	}
	if r.URL.Path == "/healthz" {
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Type", contentTypes[".txt"])
		w.Write([]byte("ok\n"))
		return
	}
	if f := s.files[r.URL.Path]; f != nil {
		f.serve(w, r)
		return
	}
	// A path with encoded slashes (RawPath) would resolve the relative address differently, so it is not led anywhere.
	if to, ok := s.moved[r.URL.Path]; ok && r.URL.RawPath == "" {
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		h.Set("Location", to) // relative, so that it is right under any path and never leaves the site
		h.Set("Cache-Control", cacheChecked)
		w.WriteHeader(http.StatusPermanentRedirect)
		return
	}
	s.notFound.serveMissing(w, r)
}

// serve answers with the file: in the encoding that the client prefers, or only the range or the 'not modified' that it asked for.
func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Cache-Control", f.cacheControl)
	chosen := f.plain()
	if len(f.forms) > 1 {
		h.Set("Vary", "Accept-Encoding")
		if r.Header.Get("Range") == "" { // a range is cut out of the plain form
			chosen = f.negotiate(r.Header.Get("Accept-Encoding"))
		}
	}
	h.Set("Etag", chosen.etag)
	if chosen.encoding != "" {
		h.Set("Content-Encoding", chosen.encoding)
		h.Set("Content-Length", chosen.length)
	}
	if !conditional(r.Header) { // most requests: the whole file, written without a copy
		h.Set("Accept-Ranges", "bytes")
		h.Set("Content-Length", chosen.length)
		if r.Method != http.MethodHead {
			w.Write(chosen.content)
		}
		return
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(chosen.content))
}

// conditional says whether a request asks for a part of a file, or for the file under a condition.
func conditional(h http.Header) bool {
	for _, name := range []string{"Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"} {
		if h[name] != nil {
			return true
		}
	}
	return false
}

// serveMissing answers an unknown path with the page that helps.
func (f *file) serveMissing(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Cache-Control", cacheChecked)
	h.Set("Vary", "Accept-Encoding")
	chosen := f.negotiate(r.Header.Get("Accept-Encoding"))
	if chosen.encoding != "" {
		h.Set("Content-Encoding", chosen.encoding)
	}
	h.Set("Content-Length", chosen.length)
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		w.Write(chosen.content)
	}
}

func (f *file) plain() *form { return &f.forms[len(f.forms)-1] }

// negotiate chooses the form of the highest quality in an Accept-Encoding header (RFC 9110, section 12.5.3).
// Where nothing acceptable exists the plain form is sent, as the standard allows.
func (f *file) negotiate(accept string) *form {
	best, bestQuality := f.plain(), 0.0
	for i := range f.forms {
		if q := quality(accept, f.forms[i].encoding); q > bestQuality {
			best, bestQuality = &f.forms[i], q
		}
	}
	return best
}

// quality is the weight, 0 to 1, that an Accept-Encoding header gives to an encoding; empty is the plain form.
func quality(accept, encoding string) float64 {
	named, wildcard := -1.0, -1.0
	for item := range strings.SplitSeq(accept, ",") {
		name, parameter, weighted := strings.Cut(item, ";")
		q := 1.0
		if weighted {
			parameter = strings.ToLower(strings.TrimSpace(parameter))
			value, err := strconv.ParseFloat(strings.TrimPrefix(parameter, "q="), 64)
			if err != nil || value < 0 || value > 1 {
				continue // not a weight: the item says nothing
			}
			q = value
		}
		switch name = strings.ToLower(strings.TrimSpace(name)); {
		case name == encoding && encoding != "", name == "identity" && encoding == "", name == "x-gzip" && encoding == "gzip":
			named = q
		case name == "*":
			wildcard = q
		}
	}
	switch {
	case named >= 0:
		return named
	case encoding == "" && wildcard == 0:
		return 0
	case encoding == "":
		return 0.0001 // always acceptable, after everything that is asked for
	case wildcard >= 0:
		return wildcard
	}
	return 0
}
