package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"aicities/data"
)

func writeFile(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if err := write(w); err != nil {
		f.Close()
		return err
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// writeLeft writes the rows that are not in the dataset.
func (r *result) writeLeft(w io.Writer) error {
	out := csv.NewWriter(w)
	out.Write([]string{"file", "line", "name", "city", "country", "reason"})
	for _, x := range r.left {
		country := ""
		if x.fact.Country >= 0 {
			country = r.content.Countries[x.fact.Country].Code
		}
		out.Write([]string{x.fact.file, strconv.Itoa(x.fact.line), x.fact.Name, x.fact.place, country, x.reason})
	}
	out.Flush()
	return out.Error()
}

// dump writes the kept initiatives of cities. A record of several sources has
// them, and their addresses, separated by | in the same order; its coverage is
// global where one of them is global. National records are in no city and are
// left out.
func (r *result) dump(w io.Writer) error {
	c := r.content
	out := csv.NewWriter(w)
	out.Write([]string{"city_id", "name", "organisation", "actor", "sector", "year", "source", "coverage", "source_url"})
	for i := range c.Initiatives {
		x := &c.Initiatives[i]
		if x.City < 0 {
			continue
		}
		var sources, urls []string
		for _, ref := range x.Refs {
			sources, urls = append(sources, c.Sources[ref.Source].ID), append(urls, ref.URL)
		}
		year := ""
		if x.Year != 0 {
			year = strconv.Itoa(x.Year)
		}
		out.Write([]string{c.Cities[x.City].ID, x.Name, x.Organisation, x.Actor.String(), c.Sectors[x.Sector], year,
			strings.Join(sources, "|"), coverage(c, x).String(), strings.Join(urls, "|")})
	}
	out.Flush()
	return out.Error()
}

// coverage is global where one of the sources is.
func coverage(c *data.Content, x *data.Initiative) data.Coverage {
	for _, ref := range x.Refs {
		if c.Sources[ref.Source].Coverage == data.Global {
			return data.Global
		}
	}
	return data.Partial
}

// summary prints what was read, kept and left out, and the initiatives in the
// default universe by actor and coverage.
func (r *result) summary(w io.Writer) {
	c := r.content
	fmt.Fprintf(w, "edition %s: %d cities (%d in the default universe), %d sources, %d indicators, %d published ranks (%d scores without a rank left out)\n",
		c.Edition.ID, len(c.Cities), r.inUniverse(), len(c.Sources), len(c.Indicators), len(c.Rankings), r.facts.unranked)
	city := 0
	for _, x := range c.Initiatives {
		city += b2i(x.City >= 0)
	}
	fmt.Fprintf(w, "initiatives: %d rows in, %d left out, %d joined to another source's row of the same thing; kept %d records of cities and %d of countries\n",
		len(r.facts.rows), len(r.left), r.joined, city, len(c.Initiatives)-city)
	reasons := map[string]int{}
	for _, x := range r.left {
		reason, _, _ := strings.Cut(x.reason, ":")
		reasons[reason]++
	}
	for _, reason := range sortedKeys(reasons) {
		fmt.Fprintf(w, "  left out %5d  %s\n", reasons[reason], reason)
	}

	var n [data.NumActors][2]int
	for i := range c.Initiatives {
		if x := &c.Initiatives[i]; x.City >= 0 && c.Cities[x.City].Default {
			n[x.Actor][coverage(c, x)]++
		}
	}
	fmt.Fprintf(w, "records in the default universe:\n  %-12s %7s %8s %7s\n", "actor", "global", "partial", "all")
	var global, partial int
	for a, k := range n {
		fmt.Fprintf(w, "  %-12s %7d %8d %7d\n", data.Actor(a), k[data.Global], k[data.Partial], k[0]+k[1])
		global, partial = global+k[data.Global], partial+k[data.Partial]
	}
	fmt.Fprintf(w, "  %-12s %7d %8d %7d\n", "all", global, partial, global+partial)
}

func (r *result) inUniverse() int {
	n := 0
	for _, c := range r.content.Cities {
		n += b2i(c.Default)
	}
	return n
}

func sortedKeys(m map[string]int) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// cells prints, for each city of the default universe and each pillar, records
// from global sources, records in all, and the evidence behind the score; then
// the thinnest cells.
func (r *result) cells(w io.Writer, d *data.Dataset) error {
	universe := d.DefaultUniverse()
	global, all := d.Counts(data.Lens{}), d.Counts(data.Lens{Partial: true})
	evidence := d.Evidence(universe, data.Lens{})
	fmt.Fprintf(w, "records from global sources / in all / sources behind the pillar, grade\n%-18s", "city")
	for a := range data.NumActors {
		fmt.Fprintf(w, " %-19s", data.Actor(a))
	}
	fmt.Fprintln(w)
	var thin []string
	for k, c := range universe {
		fmt.Fprintf(w, "%-18s", d.Cities[c].ID)
		for a := range data.NumActors {
			e := evidence[k][a]
			fmt.Fprintf(w, " %-19s", fmt.Sprintf("%d/%d/%d %s", global[c][a], all[c][a], e.Sources, e.Grade))
			if e.Sources == 0 {
				thin = append(thin, d.Cities[c].ID+" "+data.Actor(a).String())
			}
		}
		fmt.Fprintln(w)
	}
	_, err := fmt.Fprintf(w, "cells without any source: %d: %s\n", len(thin), strings.Join(thin, ", "))
	return err
}
