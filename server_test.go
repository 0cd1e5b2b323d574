package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

const homePage = "<!doctype html><title>home</title>"

// smallBuild is a build in miniature.
func smallBuild(t testing.TB) fs.FS {
	t.Helper()
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	w.Write([]byte(homePage))
	w.Close()
	return fstest.MapFS{
		".gitkeep":                 {},
		"index.html":               {Data: []byte(homePage)},
		"index.html.gz":            {Data: zipped.Bytes()},
		"index.html.br":            {Data: []byte("brotli form")},
		"method.html":              {Data: []byte("method")},
		"city/seoul.html":          {Data: []byte("seoul")},
		"404.html":                 {Data: []byte("no such page")},
		"worker.js":                {Data: []byte("worker")},
		"manifest.webmanifest":     {Data: []byte("{}")},
		"assets/app.0a1b2c.wasm":   {Data: []byte("0123456789")},
		"assets/land.0a1b2c.svg":   {Data: []byte("<svg/>")},
		"data/2026.1/data.msgpack": {Data: []byte("x")},
	}
}

func smallSite(t testing.TB) *site {
	t.Helper()
	s, err := newSite(smallBuild(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ask sends a request to the handler as the network would bring it.
func ask(h http.Handler, method, target string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t testing.TB, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestFilesAreServedWithTheirTypeAndCaching(t *testing.T) {
	s := smallSite(t)
	for _, c := range []struct{ path, contentType, caching, content string }{
		{"/", "text/html; charset=utf-8", cacheChecked, homePage},
		{"/?weights=1,2,3", "text/html; charset=utf-8", cacheChecked, homePage},
		{"/method", "text/html; charset=utf-8", cacheChecked, "method"},
		{"/city/seoul", "text/html; charset=utf-8", cacheChecked, "seoul"},
		{"/worker.js", "text/javascript; charset=utf-8", cacheChecked, "worker"},
		{"/manifest.webmanifest", "application/manifest+json", cacheChecked, "{}"},
		{"/assets/app.0a1b2c.wasm", "application/wasm", cacheForever, "0123456789"},
		{"/assets/land.0a1b2c.svg", "image/svg+xml", cacheForever, "<svg/>"},
		{"/data/2026.1/data.msgpack", "application/vnd.msgpack", cacheChecked, "x"},
	} {
		r := ask(s, "GET", c.path)
		if r.StatusCode != 200 || r.Header.Get("Content-Type") != c.contentType || r.Header.Get("Cache-Control") != c.caching {
			t.Errorf("%s: %d, %q, %q", c.path, r.StatusCode, r.Header.Get("Content-Type"), r.Header.Get("Cache-Control"))
		}
		if got := body(t, r); got != c.content {
			t.Errorf("%s: content %q, want %q", c.path, got, c.content)
		}
	}
}

func TestWhatIsNotAFileOfTheSiteIsNotFound(t *testing.T) {
	s := smallSite(t)
	for _, target := range []string{
		"/nowhere", "/city/", "/city", "/assets/", "/assets", "/data/", "/404", "/404.html", "/.gitkeep",
		"/index.html.gz", "/index.html.br", "/city/seoul.html.br", "/METHOD",
		"//", "//method", "/city//seoul", "/./method", "/city/../method", "/../../etc/passwd",
		"/%2e%2e/method", "/city/%2e%2e/method", "/..%2fmethod", "/..%5cmethod", "/city%5cseoul", "/method%00", "/%00",
		"/method%2f", "/" + strings.Repeat("a", 8000), "/" + strings.Repeat("../", 2000), "//example.org/%2e%2e",
	} {
		r := ask(s, "GET", target)
		if got := body(t, r); r.StatusCode != 404 || got != "no such page" || r.Header.Get("Location") != "" {
			t.Errorf("%.60q: %d %q, Location %q", target, r.StatusCode, got, r.Header.Get("Location"))
		}
	}
}

func TestOtherSpellingsOfAPageLeadToItUnderAnyPath(t *testing.T) {
	s := smallSite(t)
	for _, c := range []struct{ from, to string }{
		{"/index.html", "/"}, {"/index", "/"}, {"/index.html?c=a&d=%20b", "/?c=a&d=%20b"},
		{"/method.html", "/method"}, {"/method/", "/method"},
		{"/city/seoul.html?x=1", "/city/seoul?x=1"}, {"/city/seoul/", "/city/seoul"},
		{"/index.html?//example.org", "/?//example.org"},
	} {
		for _, prefix := range []string{"", "/ai-cities"} {
			r := ask(http.StripPrefix(prefix, s), "GET", prefix+c.from)
			asked, _ := url.Parse("http://host" + prefix + c.from)
			to, err := asked.Parse(r.Header.Get("Location"))
			if r.StatusCode != 308 || err != nil || to.String() != "http://host"+prefix+c.to {
				t.Errorf("%s%s: %d to %v, want %s%s", prefix, c.from, r.StatusCode, to, prefix, c.to)
			}
		}
	}
}

func TestOnlyGetAndHeadAreAnswered(t *testing.T) {
	s := smallSite(t)
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"} {
		for _, target := range []string{"/", "/nowhere", "/healthz", "/index.html"} {
			if r := ask(s, method, target); r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: %d, Allow %q", method, target, r.StatusCode, r.Header.Get("Allow"))
			}
		}
	}
	for _, target := range []string{"/", "/nowhere"} {
		get, head := ask(s, "GET", target), ask(s, "HEAD", target)
		if got := body(t, head); got != "" || head.StatusCode != get.StatusCode || head.Header.Get("Content-Length") != get.Header.Get("Content-Length") {
			t.Errorf("HEAD %s: %d, %q bytes said, %d sent", target, head.StatusCode, head.Header.Get("Content-Length"), len(got))
		}
	}
	if r := ask(s, "GET", "/healthz"); r.StatusCode != 200 || body(t, r) != "ok\n" || r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("/healthz: %d", r.StatusCode)
	}
}

func TestTheEncodingOfTheHighestQualityIsSent(t *testing.T) {
	s := smallSite(t)
	for _, c := range []struct{ accept, want string }{
		{"", ""}, {"br", "br"}, {"gzip", "gzip"}, {"gzip, deflate, br, zstd", "br"}, {"BR", "br"}, {"x-gzip", "gzip"},
		{"gzip;q=1.0, br;q=0.5", "gzip"}, {"br;q=0", ""}, {"br;q=0, gzip", "gzip"}, {"*", "br"}, {"*;q=0.1, br;q=0", "gzip"},
		{"identity;q=1, br;q=0.2", ""}, {"identity;q=0, gzip;q=0.001", "gzip"}, {"deflate", ""}, {"*;q=0", ""},
		{"br;q=2", ""}, {"br;q=abc", ""}, {"br;level=3", ""}, {",,;", ""}, {"br ; Q=0.4 , gzip ; q=0.6", "gzip"}, {"brr", ""},
	} {
		r := ask(s, "GET", "/", "Accept-Encoding", c.accept)
		if got := r.Header.Get("Content-Encoding"); got != c.want || r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: %q, want %q; Vary %q", c.accept, got, c.want, r.Header.Get("Vary"))
		}
		if sent := body(t, r); r.Header.Get("Content-Length") != fmt.Sprint(len(sent)) {
			t.Errorf("Accept-Encoding %q: length %s, sent %d", c.accept, r.Header.Get("Content-Length"), len(sent))
		}
	}
	if r := ask(s, "GET", "/worker.js", "Accept-Encoding", "br"); r.Header.Get("Content-Encoding") != "" || r.Header.Get("Vary") != "" {
		t.Error("a file without twins is sent plain, whatever is asked for")
	}
}

func TestConditionalRequests(t *testing.T) {
	s := smallSite(t)
	tags := map[string]bool{}
	for _, encoding := range []string{"br", "gzip", "identity"} {
		tag := ask(s, "GET", "/", "Accept-Encoding", encoding).Header.Get("Etag")
		tags[tag] = true
		for _, c := range []struct {
			match string
			want  int
		}{{tag, 304}, {`"other", ` + tag, 304}, {"W/" + tag, 304}, {"*", 304}, {`"other"`, 200}} {
			r := ask(s, "GET", "/", "Accept-Encoding", encoding, "If-None-Match", c.match)
			if sent := body(t, r); r.StatusCode != c.want || r.StatusCode == 304 && (sent != "" || r.Header.Get("Etag") != tag) {
				t.Errorf("%s, If-None-Match %s: %d", encoding, c.match, r.StatusCode)
			}
		}
		if r := ask(s, "GET", "/", "Accept-Encoding", encoding, "If-Match", `"other"`); r.StatusCode != 412 {
			t.Errorf("If-Match of another tag: %d", r.StatusCode)
		}
	}
	if len(tags) != 3 {
		t.Errorf("each encoding needs a tag of its own, got %v", tags)
	}
}

func TestRangesAreCutFromThePlainForm(t *testing.T) {
	s := smallSite(t)
	for _, c := range []struct {
		asked  string
		status int
		want   string
	}{
		{"bytes=0-3", 206, "0123"}, {"bytes=7-", 206, "789"}, {"bytes=-2", 206, "89"}, {"bytes=5-99", 206, "56789"},
		{"bytes=10-", 416, ""}, {"lines=1-2", 416, ""}, {"bytes=3-1", 416, ""},
	} {
		r := ask(s, "GET", "/assets/app.0a1b2c.wasm", "Range", c.asked)
		if got := body(t, r); r.StatusCode != c.status || c.status == 206 && got != c.want {
			t.Errorf("%s: %d %q", c.asked, r.StatusCode, got)
		}
	}
	r := ask(s, "GET", "/", "Range", "bytes=0-4", "Accept-Encoding", "br, gzip")
	if got := body(t, r); got != homePage[:5] || r.Header.Get("Content-Encoding") != "" || r.Header.Get("Content-Range") != fmt.Sprintf("bytes 0-4/%d", len(homePage)) {
		t.Errorf("range of a compressible file: %q, %v", got, r.Header)
	}
	tag := ask(s, "GET", "/").Header.Get("Etag")
	if r := ask(s, "GET", "/", "Range", "bytes=0-4", "If-Range", tag); r.StatusCode != 206 {
		t.Errorf("If-Range of the same content: %d", r.StatusCode)
	}
	if r := ask(s, "GET", "/", "Range", "bytes=0-4", "If-Range", `"old"`); r.StatusCode != 200 || body(t, r) != homePage {
		t.Errorf("If-Range of other content: %d", r.StatusCode)
	}
}

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	s := smallSite(t)
	for _, target := range []string{"/", "/nowhere", "/healthz", "/index.html", "/assets/app.0a1b2c.wasm"} {
		for _, method := range []string{"GET", "POST"} {
			r := ask(s, method, target)
			for name, want := range commonHeaders {
				if got := r.Header.Get(name); got != want {
					t.Errorf("%s %s: %s is %q", method, target, name, got)
				}
			}
			if r.Header.Get("Strict-Transport-Security") != "" {
				t.Errorf("%s: HSTS without TLS", target)
			}
		}
	}
	csp := commonHeaders["Content-Security-Policy"]
	for _, part := range []string{"script-src 'self' 'wasm-unsafe-eval';", "style-src 'self';", "connect-src 'self';", "object-src 'none'",
		"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "default-src 'none'"} {
		if !strings.Contains(csp, part) {
			t.Errorf("the policy lacks %q", part)
		}
	}
	if strings.Contains(csp, "unsafe-inline") || strings.Contains(csp, "'unsafe-eval'") {
		t.Error("the policy allows inline or evaluated script")
	}
	if r := ask(s, "GET", "/", "X-Forwarded-Proto", "https"); r.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no HSTS behind a proxy that ends TLS")
	}
}

func TestOnlyTheEmbedFormMayBeFramed(t *testing.T) {
	s := smallSite(t)
	for _, c := range []struct {
		target string
		framed bool
	}{{"/?embed=1", true}, {"/city/seoul?a=b&embed=1", true}, {"/", false}, {"/?embed=0", false}, {"/?embed=11", false}, {"/?x=embed=1", false}, {"/?embed", false}} {
		h := ask(s, "GET", c.target).Header
		anyone := strings.HasSuffix(h.Get("Content-Security-Policy"), "frame-ancestors *")
		if anyone != c.framed || (h.Get("X-Frame-Options") == "") != c.framed {
			t.Errorf("%s: %q, %q", c.target, h.Get("Content-Security-Policy"), h.Get("X-Frame-Options"))
		}
	}
}

func TestAFolderWithoutABuildSaysHowToBuild(t *testing.T) {
	_, err := newSite(fstest.MapFS{".gitkeep": {}})
	if err == nil || !strings.Contains(err.Error(), "make build") {
		t.Errorf("got %v", err)
	}
	if _, err := newSite(fstest.MapFS{"strange.xyz": {}}); err == nil || !strings.Contains(err.Error(), "strange.xyz") {
		t.Errorf("a file of unknown type: %v", err)
	}
}

func FuzzAnyPathGetsAFileARedirectInsideOrNotFound(f *testing.F) {
	for _, seed := range []string{"/", "/city/seoul", "/..", "/%2e", "//x", "/a\\b", "/\x00", "/index.html"} {
		f.Add(seed)
	}
	s := smallSite(f)
	f.Fuzz(func(t *testing.T, path string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.URL.Path = path
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		switch w.Code {
		case 404:
		case 200:
			if s.files[path] == nil && path != "/healthz" {
				t.Errorf("%q is no file and was served", path)
			}
		case 308:
			to := w.Header().Get("Location")
			if strings.Contains(to, "//") || strings.HasPrefix(to, "/") || strings.Contains(to, ":") {
				t.Errorf("%q leads to %q", path, to)
			}
		default:
			t.Errorf("%q: %d", path, w.Code)
		}
	})
}

// start runs the server on a free port with a small site and returns its address and a way to stop it, which gives its exit code and output.
func start(t *testing.T, args ...string) (address string, stop func() (int, string)) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, written := io.Pipe()
	var problems bytes.Buffer
	code := make(chan int, 1)
	go func() {
		code <- serve(ctx, smallBuild(t), append([]string{"-addr", "127.0.0.1:0"}, args...), written, &problems)
		written.Close()
	}()
	line := make([]byte, 200)
	n, err := out.Read(line)
	if err != nil {
		t.Fatalf("the server did not start: %s", problems.String())
	}
	said := string(line[:n])
	address = strings.TrimSuffix(strings.TrimSpace(said[strings.Index(said, "http"):]), "/")
	go io.Copy(io.Discard, out)
	t.Cleanup(cancel)
	return address, func() (int, string) {
		cancel()
		return <-code, problems.String()
	}
}

func TestTheServerStartsAnswersAndStopsCleanly(t *testing.T) {
	address, stop := start(t, "-log-requests")
	r, err := http.Get(address + "/method?secret=view")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != 200 || body(t, r) != "method" {
		t.Errorf("%d", r.StatusCode)
	}
	code, log := stop()
	if code != 0 {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(log, `"path":"/method"`) || !strings.Contains(log, `"status":200`) || strings.Contains(log, "secret") || strings.Contains(log, "127.0.0.1") {
		t.Errorf("the log should hold path and status, and neither view nor address: %s", log)
	}
	if _, err := http.Get(address); err == nil {
		t.Error("the server still answers after it has stopped")
	}
}

func TestATakenPortIsSaidInOneLine(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	var problems bytes.Buffer
	code := serve(t.Context(), smallBuild(t), []string{"-addr", taken.Addr().String()}, io.Discard, &problems)
	if code != 1 || strings.Count(problems.String(), "\n") != 1 || !strings.Contains(problems.String(), taken.Addr().String()+" is taken") {
		t.Errorf("%d: %s", code, problems.String())
	}
}

func TestAWrongCommandLineIsSaidInOneLine(t *testing.T) {
	for _, args := range [][]string{
		{"-nonsense"}, {"-addr"}, {"extra"}, {"-cert", "only.pem"}, {"-key", "only.pem"}, {"-log-requests=perhaps"},
		{"-cert", "missing.pem", "-key", "missing.pem"}, {"-addr", "no port"}, {"-addr", "127.0.0.1:99999"},
	} {
		var problems bytes.Buffer
		code := serve(t.Context(), smallBuild(t), args, io.Discard, &problems)
		if code == 0 || strings.Count(problems.String(), "\n") != 1 || !strings.HasPrefix(problems.String(), "aicities: ") {
			t.Errorf("%v: %d %q", args, code, problems.String())
		}
	}
	var out bytes.Buffer
	if code := serve(t.Context(), smallBuild(t), []string{"-help"}, &out, io.Discard); code != 0 || !strings.Contains(out.String(), "-cert") {
		t.Errorf("-help: %d %q", code, out.String())
	}
	out.Reset()
	if code := serve(t.Context(), smallBuild(t), []string{"-version"}, &out, io.Discard); code != 0 || !strings.HasPrefix(out.String(), "aicities ") {
		t.Errorf("-version: %d %q", code, out.String())
	}
}

func TestTLSBringsHTTP2AndStrictTransport(t *testing.T) {
	cert, key, pool := selfSigned(t)
	address, stop := start(t, "-cert", cert, "-key", key)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
	defer client.CloseIdleConnections()
	r, err := client.Get(address + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.ProtoMajor != 2 || r.Header.Get("Strict-Transport-Security") != strictTransport {
		t.Errorf("%s, HSTS %q", r.Proto, r.Header.Get("Strict-Transport-Security"))
	}
	r.Body.Close()
	if code, log := stop(); code != 0 {
		t.Errorf("exit code %d: %s", code, log)
	}
}

func TestSlowClientsDoNotStopOthers(t *testing.T) {
	address, stop := start(t)
	host := strings.TrimPrefix(address, "http://")
	for range 200 {
		conn, err := net.Dial("tcp", host)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ") // and never ends
	}
	r, err := http.Get(address + "/")
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != 200 {
		t.Errorf("%d", r.StatusCode)
	}
	if code, _ := stop(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

func TestTooLargeHeadersAreRefused(t *testing.T) {
	address, stop := start(t)
	defer stop()
	r, err := http.Get(address + "/?" + strings.Repeat("x", 2*maxHeaderBytes))
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("%d", r.StatusCode)
	}
}

func TestNoMoreConnectionsThanTheLimit(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer inner.Close()
	limited := limitConnections(inner, 1)
	accepted := make(chan net.Conn)
	go func() {
		for {
			conn, err := limited.Accept()
			if err != nil {
				return
			}
			accepted <- conn
		}
	}()
	for range 2 {
		conn, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
	}
	first := <-accepted
	select {
	case <-accepted:
		t.Fatal("a second connection was accepted while the first was open")
	case <-time.After(50 * time.Millisecond):
	}
	first.Close()
	first.Close() // closing twice frees one place only
	(<-accepted).Close()
}

// selfSigned writes a certificate for 127.0.0.1 and its key, and gives the pool that trusts it.
func selfSigned(t *testing.T) (certFile, keyFile string, pool *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile = filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	for file, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: der}, keyFile: {Type: "EC PRIVATE KEY", Bytes: keyDER}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pool = x509.NewCertPool()
	pool.AddCert(cert)
	return certFile, keyFile, pool
}

func BenchmarkHomePage(b *testing.B) {
	s := smallSite(b)
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Encoding", "br")
	b.ReportAllocs()
	for b.Loop() {
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
}

func TestTheGuideForStaticHostsNamesTheHeadersThatAreSent(t *testing.T) {
	guide, err := os.ReadFile("docs/deploying.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range commonHeaders {
		if !strings.Contains(string(guide), "\n  "+name+": "+value+"\n") {
			t.Errorf("docs/deploying.md does not hold %s: %s", name, value)
		}
		if !strings.Contains(string(guide), "\n| "+name+" |") {
			t.Errorf("docs/deploying.md does not say why %s is sent", name)
		}
	}
	for _, line := range []string{"  Strict-Transport-Security: " + strictTransport, "  Cache-Control: " + cacheForever, "  Cache-Control: " + cacheChecked} {
		if !strings.Contains(string(guide), "\n"+line+"\n") {
			t.Errorf("docs/deploying.md lacks %q", line)
		}
	}
}
