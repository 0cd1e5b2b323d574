package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"aicities/scoring"
)

// table is a CSV file whose cells know where they stand.
type table struct {
	file   string
	header []string
	rows   [][]string
	pos    [][][2]int // line and column of each cell
	head   [][2]int
}

// readTable reads a CSV file with a header line.
func readTable(file string) (*table, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))))
	r.FieldsPerRecord = -1
	t := &table{file: file}
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var pe *csv.ParseError
		if errors.As(err, &pe) {
			return nil, fmt.Errorf("%s:%d:%d: %w", file, pe.Line, pe.Column, pe.Err)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		pos := make([][2]int, len(rec))
		for k := range rec {
			pos[k][0], pos[k][1] = r.FieldPos(k)
			rec[k] = strings.TrimSpace(rec[k])
		}
		if t.header == nil {
			t.header, t.head = rec, pos
			for k, name := range rec {
				if name == "" {
					continue
				}
				for l := range k {
					if rec[l] == name {
						return nil, fmt.Errorf("%s:%d:%d: column %q is there twice", file, pos[k][0], pos[k][1], name)
					}
				}
			}
			continue
		}
		if len(rec) != len(t.header) {
			return nil, fmt.Errorf("%s:%d:%d: %d fields where the header has %d", file, pos[0][0], pos[len(rec)-1][1], len(rec), len(t.header))
		}
		t.rows, t.pos = append(t.rows, rec), append(t.pos, pos)
	}
	if t.header == nil {
		return nil, fmt.Errorf("%s:1:1: the file is empty; a header line is expected", file)
	}
	return t, nil
}

// col returns the position of a column, -1 when there is none.
func (t *table) col(name string) int {
	for k, h := range t.header {
		if h == name {
			return k
		}
	}
	return -1
}

// need returns the position of a column that must be there.
func (t *table) need(name string) (int, error) {
	if k := t.col(name); k >= 0 {
		return k, nil
	}
	return -1, fmt.Errorf("%s:1:1: there is no column %q; the columns are %s", t.file, name, strings.Join(t.header, ", "))
}

// at makes an error about a cell.
func (t *table) at(row, col int, format string, args ...any) error {
	p := t.pos[row][col]
	return fmt.Errorf("%s:%d:%d: %s", t.file, p[0], p[1], fmt.Sprintf(format, args...))
}

// missing reports whether a cell says that there is no value.
func missing(cell string) bool { return cell == "" || cell == "NA" || cell == "NaN" }

// number reads a cell; a missing one is scoring.Missing.
func (t *table) number(row, col int) (float64, error) {
	cell := t.rows[row][col]
	if missing(cell) {
		return scoring.Missing, nil
	}
	x, err := strconv.ParseFloat(cell, 64)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		return 0, t.at(row, col, "%q in column %s is not a number; leave it empty where it is unknown", cell, t.header[col])
	}
	return x, nil
}

// format writes a number with all its digits, a missing one as nothing.
func format(x float64) string {
	if scoring.IsMissing(x) {
		return ""
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// writeCSV writes rows below header into DIR/name.
func writeCSV(dir, name string, header []string, rows [][]string) error {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	err = w.Write(header)
	if err == nil {
		err = w.WriteAll(rows)
	}
	return errors.Join(err, f.Close())
}
