package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// textTable prints aligned columns, numbers to the right as all the rest.
type textTable struct{ w *tabwriter.Writer }

func newTextTable(w io.Writer, header ...string) *textTable {
	t := &textTable{tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)}
	t.row(header...)
	return t
}

func (t *textTable) row(cells ...string) { fmt.Fprintln(t.w, strings.Join(cells, "\t")+"\t") }

func (t *textTable) flush() error { return t.w.Flush() }
