package main

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"aicities/data"
	"aicities/data/release"
)

// check prints a reviewer's report: what the facts change against the last
// released edition, nil where there is none, and what deserves a second look.
// Nothing in it stops a build.
func (r *result) check(w io.Writer, last *release.Edition, fresh *data.Dataset) error {
	const most = 25
	section := func(title string, lines []string) {
		fmt.Fprintf(w, "\n%s: %d\n", title, len(lines))
		for _, l := range lines[:min(len(lines), most)] {
			fmt.Fprintln(w, "  "+l)
		}
		if len(lines) > most {
			fmt.Fprintf(w, "  and %d more\n", len(lines)-most)
		}
	}
	if last == nil {
		fmt.Fprintln(w, "no edition is released yet: every record is new")
	} else {
		now, err := factsOf(fresh)
		if err != nil {
			return err
		}
		c, err := release.Compare(last, now)
		if err != nil {
			return err
		}
		var added, changed, removed, figures []string
		for _, x := range c.Cities {
			for _, part := range []struct {
				to    *[]string
				names []string
			}{{&added, x.New}, {&changed, x.Changed}, {&removed, x.Removed}, {&figures, x.Figures}} {
				for _, name := range part.names {
					*part.to = append(*part.to, x.City+": "+name)
				}
			}
		}
		fmt.Fprintf(w, "against edition %s\n", last.ID)
		section("new records", added)
		section("changed records", changed)
		section("removed records", removed)
		section("changed figures", figures)
		section("cities, indicators and sources that came, went or changed", c.Others)
	}
	section("suspected duplicates (names alike within a city, from different sources)", r.alike())
	section("suspicious values", r.suspicious())
	section("rows without an organisation", r.nameless())
	section("places that do not fold to a city (all of them: -left FILE)", r.unfolded())
	section("sources without an open licence stated", r.unlicensed())
	section("addresses of an odd form", r.oddAddresses())
	section("thin evidence in the default universe, default lens", thin(fresh))
	return nil
}

// factsOf makes an edition of a dataset to compare with: it has no scores, and so
// no ranks to compare.
func factsOf(d *data.Dataset) (*release.Edition, error) {
	tables, err := release.Tables(d)
	if err != nil {
		return nil, err
	}
	return release.Make(d.Edition, tables)
}

// ordinaryWords say little about which company a name means.
var ordinaryWords = map[string]bool{
	"ai": true, "the": true, "lab": true, "labs": true, "group": true, "technology": true, "technologies": true, "tech": true,
	"systems": true, "solutions": true, "software": true, "company": true, "international": true, "holdings": true,
}

// alike lists records of different sources in one city whose names are equal
// without spaces and ordinary words.
func (r *result) alike() []string {
	byCore := map[string][]*data.Initiative{}
	for i := range r.content.Initiatives {
		x := &r.content.Initiatives[i]
		if x.City < 0 || x.Actor == data.Government && r.content.Sources[x.Refs[0].Source].Coverage == data.Partial {
			continue // registers use one name for many things
		}
		var words []string
		for _, word := range strings.Fields(plainName(x.Name)) {
			if !ordinaryWords[word] {
				words = append(words, word)
			}
		}
		if core := strings.Join(words, ""); len(core) > 3 {
			key := r.content.Cities[x.City].ID + " " + core
			byCore[key] = append(byCore[key], x)
		}
	}
	var out []string
	for key, v := range byCore {
		var parts []string
		sources := map[int]bool{}
		for _, x := range v {
			sources[x.Refs[0].Source] = true
			parts = append(parts, x.Name+" ("+r.content.Sources[x.Refs[0].Source].ID+", "+x.Actor.String()+")")
		}
		if len(sources) > 1 {
			city, _, _ := strings.Cut(key, " ")
			out = append(out, city+": "+strings.Join(parts, " = "))
		}
	}
	slices.Sort(out)
	return out
}

// suspicious lists values that are possible but seldom right.
func (r *result) suspicious() []string {
	released, _ := strconv.Atoi(r.content.Edition.Released[:min(4, len(r.content.Edition.Released))])
	largest := map[string][]float64{}
	for i := range r.facts.rows {
		if x := &r.facts.rows[i]; x.Unit != "" {
			largest[x.Unit] = append(largest[x.Unit], x.Magnitude)
		}
	}
	for _, v := range largest {
		slices.Sort(v)
	}
	var out []string
	for i := range r.facts.rows {
		x := &r.facts.rows[i]
		say := func(what string) {
			out = append(out, fmt.Sprintf("%s:%d: %s: %s", x.file, x.line, x.Name, what))
		}
		if x.Year > released && x.Status != data.Planned {
			say(fmt.Sprintf("year %d is after the edition and the status is not planned", x.Year))
		}
		if x.Actor == data.Startup && x.Year > 0 && x.Year < 1995 {
			say(fmt.Sprintf("a startup of %d", x.Year))
		}
		if x.Unit != "" {
			if v := largest[x.Unit]; x.Magnitude == 0 {
				say("magnitude 0: unknown is left empty")
			} else if median := v[len(v)/2]; len(v) >= 20 && x.Magnitude > 1000*median {
				say(fmt.Sprintf("magnitude %g %s is more than a thousand times the median", x.Magnitude, x.Unit))
			}
		}
	}
	return out
}

// nameless counts the rows without an organisation by file.
func (r *result) nameless() []string {
	n := map[string]int{}
	for i := range r.facts.rows {
		if x := &r.facts.rows[i]; x.Organisation == "" {
			n[x.file]++
		}
	}
	out := sortedKeys(n)
	for i, file := range out {
		out[i] = fmt.Sprintf("%4d rows  %s", n[file], file)
	}
	return out
}

// unfolded counts the rows without a city by place.
func (r *result) unfolded() []string {
	n := map[string]int{}
	for _, x := range r.left {
		if x.fact.Country >= 0 {
			n[x.fact.place+", "+r.content.Countries[x.fact.Country].Code+": "+x.reason]++
		}
	}
	out := sortedKeys(n)
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(n[b], n[a]) })
	for i, key := range out {
		out[i] = fmt.Sprintf("%4d rows  %s", n[key], key)
	}
	return out
}

func (r *result) unlicensed() []string {
	var out []string
	for _, s := range r.content.Sources {
		licence := strings.ToLower(s.Licence)
		for _, word := range []string{"none stated", "no licence", "unclear", "all rights reserved", "own terms"} {
			if strings.Contains(licence, word) {
				out = append(out, s.ID+": "+s.Licence)
				break
			}
		}
	}
	return out
}

func (r *result) oddAddresses() []string {
	var out []string
	for i := range r.facts.rows {
		x := &r.facts.rows[i]
		u, err := url.Parse(x.Refs[0].URL)
		if err != nil {
			continue // the build has stopped already
		}
		what := ""
		switch {
		case u.User != nil || u.Port() != "":
			what = "names a user or a port"
		case len(x.Refs[0].URL) > 300:
			what = "is longer than 300 characters"
		case strings.Contains(u.RawQuery, "utm_"):
			what = "carries tracking parameters"
		case strings.Trim(u.Hostname(), "0123456789.") == "":
			what = "has a number for a host"
		default:
			continue
		}
		out = append(out, fmt.Sprintf("%s:%d: %s %s", x.file, x.line, x.Refs[0].URL, what))
	}
	return out
}

// thin lists the cells of the universe with thin evidence, by city.
func thin(d *data.Dataset) []string {
	universe := d.DefaultUniverse()
	var out []string
	for k, e := range d.Evidence(universe, data.Lens{}) {
		var pillars []string
		for p := range data.NumActors {
			if e[p].Grade == data.Thin {
				pillars = append(pillars, fmt.Sprintf("%s (%d of %d sources)", data.Actor(p), e[p].Records+e[p].Figures, e[p].Sources))
			}
		}
		if len(pillars) > 0 {
			out = append(out, fmt.Sprintf("%s: %d thin: %s", d.Cities[universe[k]].ID, len(pillars), strings.Join(pillars, ", ")))
		}
	}
	slices.SortStableFunc(out, func(a, b string) int {
		_, a, _ = strings.Cut(a, ": ")
		_, b, _ = strings.Cut(b, ": ")
		return cmp.Compare(b[0], a[0])
	})
	return out
}
