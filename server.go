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
	maxHeaderBytes  = 16 << 10         // a link holds at most 2,000 characters
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

// serve is the whole program for any built site: it returns 0 after a clean stop, 1 when it cannot serve and 2 for a
// wrong command line.
func serve(ctx context.Context, files fs.FS, args []string, out, problems io.Writer) int {
	complain := func(code int, format string, values ...any) int {
		fmt.Fprintf(problems, "aicities: "+format+"\n", values...)
		return code
	}
	flags := flag.NewFlagSet("aicities", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	addr := flags.String("addr", "127.0.0.1:8080", "address to listen on, `host:port`")
	cert := flags.String("cert", "", "TLS certificate `file` (PEM); with -key it switches TLS and HTTP/2 on")
	key := flags.String("key", "", "private key `file` (PEM) of the certificate")
	requests := flags.Bool("log-requests", false, "log every request (method, path, status, never an address), not only failures")
	showVersion := flags.Bool("version", false, "print the version and end")
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
	case (*cert == "") != (*key == ""):
		return complain(2, "TLS needs both -cert and -key")
	}
	if *showVersion {
		fmt.Fprintln(out, "aicities", versionText())
		return 0
	}

	site, err := newSite(files)
	if err != nil {
		return complain(1, "%v", err)
	}

	scheme := "http"
	var tlsConfig *tls.Config
	if *cert != "" {
		pair, err := tls.LoadX509KeyPair(*cert, *key)
		if err != nil {
			return complain(1, "reading the TLS certificate %s and key %s: %v", *cert, *key, err)
		}
		scheme, tlsConfig = "https", &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	listener, err := net.Listen("tcp", *addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return complain(1, "%s is taken by another program; choose another address, for example: make run ADDR=127.0.0.1:8081", *addr)
	case err != nil:
		return complain(1, "cannot listen on %s: %v", *addr, err)
	}

	log := slog.New(slog.NewJSONHandler(problems, nil))
	server := &http.Server{
		Handler:           logged(site, log, *requests),
		TLSConfig:         tlsConfig,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(discardClientErrors{log.Handler()}, slog.LevelError),
	}
	fmt.Fprintf(out, "AI Cities Explorer is ready: %s://%s/\n", scheme, listener.Addr())

	served := make(chan error, 1)
	go func() {
		limited := limitConnections(listener, maxConnections)
		if tlsConfig != nil {
			served <- server.ServeTLS(limited, "", "")
		} else {
			served <- server.Serve(limited)
		}
	}()
	select {
	case err := <-served:
		return complain(1, "serving on %s: %v", *addr, err)
	case <-ctx.Done():
	}
	finish, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(finish); err != nil {
		server.Close()
	}
	fmt.Fprintln(out, "stopped")
	return 0
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
