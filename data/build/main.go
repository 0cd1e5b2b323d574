// Command build makes data/dataset.msgpack from the facts in data/facts.
//
//	go run ./data/build            build, print what was kept and what was not
//	go run ./data/build -dump      print the kept initiatives as CSV
//	go run ./data/build -cells     print records by city and pillar
//	go run ./data/build -left FILE write the rows left out, with reasons
//	go run ./data/build -check     print a reviewer's report
//	go run ./data/build -changelog write what the released editions changed
//	go run ./data/build -import DIR join further files with the facts
//
// A bad row stops the build: nothing is written, and each problem is printed
// with file, line, column and what is expected there.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"aicities/data"
	"aicities/data/release"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// options are what the command line says.
type options struct {
	facts, out, editions, changelogFile string
	left, importFrom                    string
	dump, cells, check, changelog       bool
}

func parseOptions(args []string) (o options, err error) {
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	flags.StringVar(&o.facts, "facts", "data/facts", "folder of the facts")
	flags.StringVar(&o.out, "out", "data/dataset.msgpack", "file to write")
	flags.StringVar(&o.left, "left", "", "write the rows left out, with reasons, to this CSV `file`")
	flags.BoolVar(&o.dump, "dump", false, "write the kept initiatives of cities to standard output as CSV, and write no dataset")
	flags.BoolVar(&o.cells, "cells", false, "print records and sources by city and pillar, and write no dataset")
	flags.BoolVar(&o.check, "check", false, "print a reviewer's report (changes against the last released edition, suspected duplicates, odd values), and write no dataset")
	flags.StringVar(&o.editions, "editions", "data/editions", "`folder` of the released editions")
	flags.StringVar(&o.changelogFile, "changelog-file", "data/CHANGELOG.md", "`file` that -changelog writes")
	flags.BoolVar(&o.changelog, "changelog", false, "write what each released edition changed to data/CHANGELOG.md, and what has changed since each to changes.csv beside them; write no dataset")
	flags.StringVar(&o.importFrom, "import", "", "join the files of a `folder` (initiatives_*.csv, indicators_*.csv, *.sources.csv) with the facts, say what is new, changed, the same and rejected, and write no dataset")
	err = flags.Parse(args)
	return o, err
}

func run(args []string) error {
	o, err := parseOptions(args)
	if err != nil {
		return err
	}
	if o.importFrom != "" {
		counts, err := importFrom(o.importFrom, o.facts)
		if err != nil {
			return err
		}
		reportImport(os.Stdout, counts)
		return nil
	}
	r, err := build(o.facts)
	if err != nil {
		return fmt.Errorf("the facts in %s need correction:\n%w", o.facts, err)
	}
	stdout := bufio.NewWriter(os.Stdout)
	defer stdout.Flush()
	if o.left != "" {
		if err := writeFile(o.left, r.writeLeft); err != nil {
			return err
		}
	}
	if o.dump {
		r.summary(os.Stderr)
		return r.dump(stdout)
	}
	file, err := data.Encode(r.content)
	if err != nil {
		return err
	}
	d, err := data.Decode(file)
	if err != nil {
		return err
	}
	switch {
	case o.cells:
		return r.cells(stdout, d)
	case o.changelog, o.check:
		return r.againstReleased(stdout, o, d)
	}
	r.summary(stdout)
	if err := os.WriteFile(o.out, file, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "wrote %s: %d bytes\n", o.out, len(file))
	return nil
}

// againstReleased writes what changed between the released editions, or reports on
// the facts d against the last of them.
func (r *result) againstReleased(stdout io.Writer, o options, d *data.Dataset) error {
	released, err := release.Released(o.editions)
	if err != nil {
		return err
	}
	if o.changelog {
		if err := writeChanges(o.editions, o.changelogFile, released, d); err != nil {
			return err
		}
		fmt.Fprintf(stdout, "wrote %s and %s\n", o.changelogFile, filepath.Join(o.editions, "changes.csv"))
		return nil
	}
	var last *release.Edition
	if n := len(released); n > 0 {
		last = released[n-1]
	}
	r.summary(stdout)
	return r.check(stdout, last, d)
}

// writeChanges writes the change log of the released editions, and the changes of
// the present facts against each older one for the program.
func writeChanges(folder, changelog string, released []*release.Edition, d *data.Dataset) error {
	err := writeFile(changelog, func(w io.Writer) error { return release.Changelog(w, released) })
	if err != nil {
		return err
	}
	if n := len(released); n == 0 || released[n-1].ID != d.Edition.ID {
		now, err := factsOf(d)
		if err != nil {
			return err
		}
		released = append(released, now)
	}
	return writeFile(filepath.Join(folder, "changes.csv"), func(w io.Writer) error { return release.Since(w, released) })
}
