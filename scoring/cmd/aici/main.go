// Command aici builds and examines composite indicators without a browser.
//
//	aici build       -idata iData.csv -imeta iMeta.csv [-method method.json] [-out DIR]
//	aici uncertainty -idata iData.csv -imeta iMeta.csv [-method method.json] ...
//	aici sensitivity -idata iData.csv -imeta iMeta.csv [-method method.json] ...
//	aici explain     -idata iData.csv -imeta iMeta.csv [-method method.json] -a UNIT -b UNIT
//	aici mcda        -case case.json
//
// Each command says its flags with -h. See scoring/README.md for the formats.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"
)

// A command runs until it is done or ctx is cancelled. Results go to stdout,
// all else to stderr.
type command struct {
	summary string
	run     func(ctx context.Context, args []string, stdout, stderr io.Writer) error
}

var commands = map[string]command{}

// register adds a command; each file registers its own.
func register(name, summary string, run func(ctx context.Context, args []string, stdout, stderr io.Writer) error) {
	commands[name] = command{summary, run}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is main with its surroundings as arguments; it returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 || args[0] == "-h" || args[0] == "--help" || args[0] == "help" {
		usage(stderr)
		if len(args) == 0 {
			return 2
		}
		return 0
	}
	cmd, ok := commands[args[0]]
	if !ok {
		fmt.Fprintf(stderr, "aici: there is no command %q\n\n", args[0])
		usage(stderr)
		return 2
	}
	// A second interrupt ends the program at once, should a step not listen.
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- cmd.run(ctx, args[1:], stdout, stderr) }()
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
		select {
		case err = <-done:
		case <-time.After(2 * time.Second):
			err = context.Canceled
		}
	}
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "aici: stopped")
		return 130
	}
	fmt.Fprintf(stderr, "aici %s: %v\n", args[0], err)
	return 1
}

func usage(w io.Writer) {
	fmt.Fprint(w, "aici builds and examines composite indicators.\n\nCommands:\n")
	names := make([]string, 0, len(commands))
	for name := range commands {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(w, "  %-12s %s\n", name, commands[name].summary)
	}
	fmt.Fprint(w, "\n'aici COMMAND -h' lists the flags of a command.\n")
}

// progress says on w how far a long task is, at most once a second and not at
// all in the first.
type progress struct {
	w     io.Writer
	what  string
	next  time.Time
	shown bool
}

func newProgress(w io.Writer, what string) *progress {
	return &progress{w: w, what: what, next: time.Now().Add(time.Second)}
}

// step reports that done of total is reached.
func (p *progress) step(done, total int) {
	now := time.Now()
	if now.Before(p.next) {
		return
	}
	p.next = now.Add(time.Second)
	p.shown = true
	fmt.Fprintf(p.w, "\r%s: %d of %d", p.what, done, total)
}

// end finishes the line, where there is one.
func (p *progress) end() {
	if p.shown {
		fmt.Fprintf(p.w, "\r%s: done          \n", p.what)
	}
}
