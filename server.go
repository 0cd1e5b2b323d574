// Command aicities serves the built site, and nothing else: static files that lie in the binary itself.
// It keeps no state and knows nothing about its visitors.
package main

import (
	"context"
	"crypto/tls"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"
	"time"
)

// The built site. On a fresh clone the folder holds only a place-holder: 'make build' fills it.
//
//go:embed all:dist
var dist embed.FS

// version is set by the linker for a release; a build without it reports the commit.
var version string

const (
	headerTimeout   = 5 * time.Second  // a client that sends its request slowly does not keep a connection for long
	readTimeout     = 10 * time.Second // whole request; none has a body that is read
	writeTimeout    = 5 * time.Minute  // a phone on a poor line may take minutes for the program
	idleTimeout     = 2 * time.Minute  // between two requests of one connection
	shutdownTimeout = 10 * time.Second // for answers under way when the server is told to stop
	maxHeaderBytes  = 64 << 10         // a link holds at most 2,000 characters; a longer one is given the page, which says so
	maxConnections  = 10_000           // more wait in the operating system's queue
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run serves the embedded site as the command line says.
func run(ctx context.Context, args []string, out, problems io.Writer) int {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		fmt.Fprintln(problems, "aicities:", err)
		return 1
	}
	return serve(ctx, files, args, out, problems)
}

// options are what the command line says.
type options struct {
	addr, cert, key      string
	logRequests, version bool
}

// flags returns the command line's flags, which fill in o.
func (o *options) flags() *flag.FlagSet {
	flags := flag.NewFlagSet("aicities", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.addr, "addr", "127.0.0.1:8080", "address to listen on, `host:port`")
	flags.StringVar(&o.cert, "cert", "", "TLS certificate `file` (PEM); with -key it switches TLS and HTTP/2 on")
	flags.StringVar(&o.key, "key", "", "private key `file` (PEM) of the certificate")
	flags.BoolVar(&o.logRequests, "log-requests", false, "log every request (method, path, status, never an address), not only failures")
	flags.BoolVar(&o.version, "version", false, "print the version and end")
	return flags
}

// serve is the whole program for any built site: it returns 0 after a clean stop, 1 when it cannot serve and 2 for a
// wrong command line.
func serve(ctx context.Context, files fs.FS, args []string, out, problems io.Writer) int {
	complain := func(code int, format string, values ...any) int {
		fmt.Fprintf(problems, "aicities: "+format+"\n", values...)
		return code
	}
	var o options
	flags := o.flags()
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintln(out, "aicities serves the AI Cities Explorer. Flags:")
		flags.SetOutput(out)
		flags.PrintDefaults()
		return 0
	case err != nil:
		return complain(2, "%v; -help lists the flags", err)
	case flags.NArg() > 0:
		return complain(2, "unexpected argument %q; -help lists the flags", flags.Arg(0))
	case (o.cert == "") != (o.key == ""):
		return complain(2, "TLS needs both -cert and -key")
	}
	if o.version {
		fmt.Fprintln(out, "aicities", versionText())
		return 0
	}

	site, err := newSite(files)
	if err != nil {
		return complain(1, "%v", err)
	}
	log := slog.New(slog.NewJSONHandler(problems, nil))
	server := newServer(logged(site, log, o.logRequests), log)
	scheme := "http"
	if o.cert != "" {
		pair, err := tls.LoadX509KeyPair(o.cert, o.key)
		if err != nil {
			return complain(1, "reading the TLS certificate %s and key %s: %v", o.cert, o.key, err)
		}
		scheme, server.TLSConfig = "https", &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	listener, err := net.Listen("tcp", o.addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return complain(1, "%s is taken by another program; choose another address, for example: make run ADDR=127.0.0.1:8081", o.addr)
	case err != nil:
		return complain(1, "cannot listen on %s: %v", o.addr, err)
	}
	fmt.Fprintf(out, "AI Cities Explorer is ready: %s://%s/\n", scheme, listener.Addr())
	if err := serveUntil(ctx, server, limitConnections(listener, maxConnections)); err != nil {
		return complain(1, "serving on %s: %v", o.addr, err)
	}
	fmt.Fprintln(out, "stopped")
	return 0
}

// newServer is a server with the limits above.
func newServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(discardClientErrors{log.Handler()}, slog.LevelError),
	}
}

// serveUntil serves until ctx is done, and then finishes the answers under way. It returns an error only where serving
// fails before that.
func serveUntil(ctx context.Context, server *http.Server, listener net.Listener) error {
	served := make(chan error, 1)
	go func() {
		if server.TLSConfig != nil {
			served <- server.ServeTLS(listener, "", "")
		} else {
			served <- server.Serve(listener)
		}
	}()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	finish, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(finish); err != nil {
		server.Close()
	}
	return nil
}

// versionText is the release's version, or the commit that the binary was built from.
func versionText() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value
			}
		}
	}
	return "(built without a version)"
}

// logged passes requests on and logs those that failed, or all. A line never holds an address, a query or a header
// of the visitor: what they look at is their own business.
func logged(next http.Handler, log *slog.Logger, all bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if failure := recover(); failure != nil {
				log.Error("request failed", "path", r.URL.Path, "failure", failure)
				panic(http.ErrAbortHandler)
			}
		}()
		if !all {
			next.ServeHTTP(w, r)
			return
		}
		start := time.Now()
		recorder := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(recorder, r)
		log.Info("request", "method", r.Method, "path", r.URL.Path, "status", recorder.status,
			"milliseconds", float64(time.Since(start).Microseconds())/1000)
	})
}

type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (s *statusRecorder) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

// Unwrap lets the standard library reach the writer below.
func (s *statusRecorder) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// discardClientErrors drops what net/http says about single connections (a failed TLS handshake, for example):
// those lines hold the visitor's address.
type discardClientErrors struct{ slog.Handler }

func (discardClientErrors) Handle(context.Context, slog.Record) error { return nil }

// limitConnections lets at most n connections be open at a time.
func limitConnections(l net.Listener, n int) net.Listener {
	return &limitedListener{Listener: l, places: make(chan struct{}, n)}
}

type limitedListener struct {
	net.Listener
	places chan struct{}
}

func (l *limitedListener) Accept() (net.Conn, error) {
	l.places <- struct{}{}
	conn, err := l.Listener.Accept()
	if err != nil {
		<-l.places
		return nil, err
	}
	return &limitedConn{Conn: conn, leave: sync.OnceFunc(func() { <-l.places })}, nil
}

type limitedConn struct {
	net.Conn
	leave func()
}

func (c *limitedConn) Close() error {
	defer c.leave()
	return c.Conn.Close()
}
