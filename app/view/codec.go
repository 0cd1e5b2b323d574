package view

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Vocabulary tells which open names (cities, sectors, ...) exist in the
// dataset. A nil function lets every well-formed name pass.
type Vocabulary struct {
	City, Sector, Country, Source, Indicator, Region func(id string) bool
}

// Problem is one part of a link that could not be used.
type Problem struct {
	Key, Value string // as in the link, cut to a readable length
	Reason     string // plain words
}

// field is one key of the link: how it is read from and written into a view.
// get returns "" for the default.
type field struct {
	key string
	get func(*View) string
	set func(*View, string, *Vocabulary) string // returns the reason it was refused, or ""
}

// fields in the canonical order of the link.
var fields = []field{
	{"w", func(v *View) string { return formatWeights(v.Weights) }, func(v *View, s string, _ *Vocabulary) string {
		w, ok := parseWeights(s)
		if !ok {
			return "six whole numbers of 0 to 1000, not all zero, are expected"
		}
		v.Weights = w
		return ""
	}},
	{"iw", func(v *View) string { return formatShares(v.Indicators) }, func(v *View, s string, voc *Vocabulary) string {
		m, why := parseShares(s, voc)
		v.Indicators = m
		return why
	}},
	oneOf("norm", NormIDs, func(v *View) *string { return &v.Norm }),
	oneOf("within", WithinIDs, func(v *View) *string { return &v.Within }),
	oneOf("over", AggIDs, func(v *View) *string { return &v.Over }),
	oneOf("treat", TreatIDs, func(v *View) *string { return &v.Treat }),
	oneOf("missing", MissingIDs, func(v *View) *string { return &v.Missing }),
	flag("perhead", func(v *View) *bool { return &v.PerHead }),
	flag("partial", func(v *View) *bool { return &v.Partial }),
	oneOf("cities", UniverseIDs, func(v *View) *string { return &v.Universe.Kind }),
	name("region", func(v *View) *string { return &v.Universe.Region }, func(voc *Vocabulary) func(string) bool { return voc.Region }),
	list("own", MaxOwn, func(v *View) *[]string { return &v.Universe.Cities }, cityOf),
	closedList("actor", PillarIDs[:], func(v *View) *[]string { return &v.Lens.Actors }),
	set("sector", 30, func(v *View) *[]string { return &v.Lens.Sectors }, func(voc *Vocabulary) func(string) bool { return voc.Sector }),
	closedList("ownership", OwnershipID, func(v *View) *[]string { return &v.Lens.Ownership }),
	set("country", 20, func(v *View) *[]string { return &v.Lens.Countries }, func(voc *Vocabulary) func(string) bool { return voc.Country }),
	set("source", 12, func(v *View) *[]string { return &v.Lens.Sources }, func(voc *Vocabulary) func(string) bool { return voc.Source }),
	name("in", func(v *View) *string { return &v.Lens.City }, cityOf),
	year("from", func(v *View) *int { return &v.Lens.From }),
	year("to", func(v *View) *int { return &v.Lens.To }),
	text("q", func(v *View) *string { return &v.Lens.Text }),
	oneOf("coverage", CoverageIDs, func(v *View) *string { return &v.List.Coverage }),
	oneOf("level", LevelIDs, func(v *View) *string { return &v.List.Level }),
	oneOf("order", OrderIDs, func(v *View) *string { return &v.List.Order }),
	{"sort", func(v *View) string { return v.Sort }, func(v *View, s string, _ *Vocabulary) string {
		if id := strings.TrimPrefix(s, "-"); s != "" && (id == "" || !slices.Contains(SortIDs, id)) {
			return "no such column"
		}
		v.Sort = s
		return ""
	}},
	text("find", func(v *View) *string { return &v.Find }),
	name("city", func(v *View) *string { return &v.Selected }, cityOf),
	list("pin", MaxPinned, func(v *View) *[]string { return &v.Pinned }, cityOf),
	list("c", MaxCompare, func(v *View) *[]string { return &v.Compare }, cityOf),
	list("pair", 2, func(v *View) *[]string { return &v.Pair }, cityOf),
	name("vs", func(v *View) *string { return &v.Against }, cityOf),
	{"at", func(v *View) string { return formatMap(v.Map) }, func(v *View, s string, _ *Vocabulary) string {
		m, ok := parseMap(s)
		v.Map = m
		if !ok {
			return "an enlargement and a place in thousandths, such as 4.820.310, are expected"
		}
		return ""
	}},
	oneOf("chart", ChartIDs, func(v *View) *string { return &v.Chart }),
	name("x", func(v *View) *string { return &v.X }, indicatorOf),
	name("y", func(v *View) *string { return &v.Y }, indicatorOf),
	oneOf("pivot", append([]string{""}, PillarIDs[:]...), func(v *View) *string { return &v.Pivot }),
	name("of", func(v *View) *string { return &v.Focus }, indicatorOf),
	flag("embed", func(v *View) *bool { return &v.Embed }),
	{"e", func(v *View) string { return v.Edition }, func(v *View, s string, _ *Vocabulary) string {
		if !wellFormedEdition(s) {
			return "an edition looks like 2026.1"
		}
		v.Edition = s
		return ""
	}},
}

func cityOf(voc *Vocabulary) func(string) bool      { return voc.City }
func indicatorOf(voc *Vocabulary) func(string) bool { return voc.Indicator }

// Keys returns the keys that a link may hold, in their order.
func Keys() []string {
	keys := make([]string, len(fields))
	for i := range fields {
		keys[i] = fields[i].key
	}
	return keys
}

// Format returns the canonical query string of v, without the question mark;
// "" for the default view.
func Format(v View) string {
	v = Canonical(v)
	var b strings.Builder
	for i := range fields {
		if s := fields[i].get(&v); s != "" {
			if b.Len() > 0 {
				b.WriteByte('&')
			}
			b.WriteString(fields[i].key)
			b.WriteByte('=')
			escape(&b, s)
		}
	}
	return b.String()
}

// Link returns the query string of v as the site writes it: it names the edition
// as soon as there is anything to name.
func Link(v View, edition string) string {
	v.Edition = ""
	if Format(v) != "" {
		v.Edition = edition
	}
	return Format(v)
}

// Parse reads a query string (with or without the question mark). Keys and
// values that it cannot use are left at their default and returned as problems,
// at most ten of them.
func Parse(query string, voc Vocabulary) (View, []Problem) {
	v := Default()
	var problems []Problem
	report := func(key, value, reason string) {
		if len(problems) < 10 {
			problems = append(problems, Problem{shorten(key), shorten(value), reason})
		}
	}
	query = strings.TrimPrefix(query, "?")
	if len(query) > 2*MaxLength {
		query = query[:2*MaxLength]
		report("", "", "the link is too long; its end was left out")
	}
	var seen [64]bool
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		rawKey, rawValue, _ := strings.Cut(part, "=")
		key, ok1 := unescape(rawKey)
		value, ok2 := unescape(rawValue)
		i := slices.IndexFunc(fields, func(f field) bool { return f.key == key })
		switch {
		case !ok1 || !ok2:
			report(rawKey, rawValue, "it is not readable text")
		case i < 0:
			report(key, value, "this setting is not known")
		case seen[i]:
			report(key, value, "it stands twice; the first counts")
		default:
			seen[i] = true
			if value == "" {
				continue
			}
			if why := fields[i].set(&v, value, &voc); why != "" {
				report(key, value, why)
			}
		}
	}
	c := Canonical(v)
	if c.Universe.Kind != v.Universe.Kind {
		report("cities", v.Universe.Kind, "it needs a region or a list of cities")
	}
	if len(c.Compare) != len(v.Compare) {
		report("c", "", "two to six different cities can be compared")
	}
	return c, problems
}

// Canonical returns the one form of v that its link stands for: weights in
// lowest terms, sets sorted, values outside their vocabulary or limits dropped.
func Canonical(v View) View {
	v = v.clone()
	for i := range v.Weights {
		v.Weights[i] = min(max(v.Weights[i], 0), maxWeight)
	}
	v.Weights = v.Weights.reduced()
	for id, x := range v.Indicators {
		if x < 0 || x > maxShare || !wellFormed(id) {
			delete(v.Indicators, id)
		}
	}
	if len(v.Indicators) == 0 {
		v.Indicators = nil
	}
	for _, f := range fields {
		if f.key == "w" || f.key == "iw" {
			continue
		}
		if s := f.get(&v); s != "" {
			// What is refused must not stay: empty is every field's default.
			f.set(&v, "", &Vocabulary{})
			f.set(&v, s, &Vocabulary{})
		}
	}
	if v.Lens.From != 0 && v.Lens.To != 0 && v.Lens.From > v.Lens.To {
		v.Lens.From, v.Lens.To = v.Lens.To, v.Lens.From
	}
	switch v.Universe.Kind {
	case "region":
		if v.Universe.Region == "" {
			v.Universe.Kind = ""
		}
	case "own":
		if len(v.Universe.Cities) < 2 {
			v.Universe.Kind = ""
		}
	}
	if v.Universe.Kind != "region" {
		v.Universe.Region = ""
	}
	if v.Universe.Kind != "own" {
		v.Universe.Cities = nil
	}
	if len(v.Pair) != 2 || !slices.Contains(v.Compare, v.Pair[0]) || !slices.Contains(v.Compare, v.Pair[1]) {
		v.Pair = nil
	}
	fit(&v)
	return v
}

// fit shortens the longest lists from their end until the link is short enough.
func fit(v *View) {
	for length(v) > MaxLength {
		longest := &v.Universe.Cities
		for _, l := range []*[]string{&v.Pinned, &v.Lens.Sources, &v.Lens.Countries, &v.Lens.Sectors} {
			if len(*l) > len(*longest) {
				longest = l
			}
		}
		if len(*longest) == 0 {
			v.Indicators = nil
			return
		}
		*longest = (*longest)[:len(*longest)-1]
	}
}

// length of the link of a canonical view, in bytes.
func length(v *View) int {
	n := 0
	for _, f := range fields {
		if s := f.get(v); s != "" {
			n += len(f.key) + 2
			for _, r := range s {
				n += escapedLength(r)
			}
		}
	}
	return n
}

// --- kinds of fields ---------------------------------------------------------

func oneOf(key string, ids []string, at func(*View) *string) field {
	return field{key, func(v *View) string { return *at(v) }, func(v *View, s string, _ *Vocabulary) string {
		if !slices.Contains(ids, s) {
			return "known are: " + strings.Join(ids[1:], ", ")
		}
		*at(v) = s
		return ""
	}}
}

func flag(key string, at func(*View) *bool) field {
	return field{key, func(v *View) string {
		if *at(v) {
			return "1"
		}
		return ""
	}, func(v *View, s string, _ *Vocabulary) string {
		if s != "1" && s != "" {
			return "only 1 is known"
		}
		*at(v) = s == "1"
		return ""
	}}
}

func text(key string, at func(*View) *string) field {
	return field{key, func(v *View) string { return *at(v) }, func(v *View, s string, _ *Vocabulary) string {
		*at(v) = CleanText(s)
		return ""
	}}
}

func year(key string, at func(*View) *int) field {
	return field{key, func(v *View) string {
		if *at(v) == 0 {
			return ""
		}
		return strconv.Itoa(*at(v))
	}, func(v *View, s string, _ *Vocabulary) string {
		*at(v) = 0
		if s == "" {
			return ""
		}
		n, ok := parseInt(s)
		if !ok || n < MinYear || n > MaxYear {
			return "a year from " + strconv.Itoa(MinYear) + " to " + strconv.Itoa(MaxYear) + " is expected"
		}
		*at(v) = n
		return ""
	}}
}

func name(key string, at func(*View) *string, known func(*Vocabulary) func(string) bool) field {
	return field{key, func(v *View) string { return *at(v) }, func(v *View, s string, voc *Vocabulary) string {
		*at(v) = ""
		if s == "" {
			return ""
		}
		if !wellFormed(s) {
			return "this is not a name"
		}
		if k := known(voc); k != nil && !k(s) {
			return "this is not known here"
		}
		*at(v) = s
		return ""
	}}
}

// list keeps the order of its names; doubles and unknown ones drop out.
func list(key string, most int, at func(*View) *[]string, known func(*Vocabulary) func(string) bool) field {
	return field{key, func(v *View) string { return strings.Join(*at(v), ",") }, func(v *View, s string, voc *Vocabulary) string {
		var out []string
		why := ""
		for id := range strings.SplitSeq(s, ",") {
			switch k := known(voc); {
			case id == "" || slices.Contains(out, id):
			case !wellFormed(id) || (k != nil && !k(id)):
				why = "not known here: " + shorten(id)
			case len(out) == most:
				why = "at most " + strconv.Itoa(most) + " names fit"
			default:
				out = append(out, id)
			}
		}
		*at(v) = out
		return why
	}}
}

// set is a list without an order of its own: it is kept sorted.
func set(key string, most int, at func(*View) *[]string, known func(*Vocabulary) func(string) bool) field {
	f := list(key, most, at, known)
	parse := f.set
	f.set = func(v *View, s string, voc *Vocabulary) string {
		why := parse(v, s, voc)
		slices.Sort(*at(v))
		return why
	}
	return f
}

// closedList is a set over a closed vocabulary, kept in its order. All of them
// at once is a choice of its own: it leaves out records without the property.
func closedList(key string, ids []string, at func(*View) *[]string) field {
	return field{key, func(v *View) string { return strings.Join(*at(v), ",") }, func(v *View, s string, _ *Vocabulary) string {
		chosen := strings.Split(s, ",")
		why := ""
		for _, id := range chosen {
			if id != "" && !slices.Contains(ids, id) {
				why = "known are: " + strings.Join(ids, ", ")
			}
		}
		var out []string
		for _, id := range ids {
			if slices.Contains(chosen, id) {
				out = append(out, id)
			}
		}
		*at(v) = out
		return why
	}}
}

// --- values ------------------------------------------------------------------

func formatWeights(w Weights) string {
	if w == EqualWeights {
		return ""
	}
	var b []byte
	for i, x := range w {
		if i > 0 {
			b = append(b, '.')
		}
		b = strconv.AppendInt(b, int64(x), 10)
	}
	return string(b)
}

func parseWeights(s string) (Weights, bool) {
	parts := strings.Split(s, ".")
	if len(parts) != Pillars {
		return Weights{}, false
	}
	var w Weights
	sum := 0
	for i, p := range parts {
		n, ok := parseInt(p)
		if !ok || n > maxWeight {
			return Weights{}, false
		}
		w[i] = n
		sum += n
	}
	return w.reduced(), sum > 0
}

func formatShares(m map[string]int) string {
	ids := make([]string, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for i, id := range ids {
		ids[i] = id + ":" + strconv.Itoa(m[id])
	}
	return strings.Join(ids, ",")
}

func parseShares(s string, voc *Vocabulary) (map[string]int, string) {
	m := map[string]int{}
	why := ""
	for part := range strings.SplitSeq(s, ",") {
		id, value, _ := strings.Cut(part, ":")
		n, ok := parseInt(value)
		switch {
		case part == "":
		case !ok || n > maxShare || !wellFormed(id) || (voc.Indicator != nil && !voc.Indicator(id)):
			why = "an indicator and a weight of 0 to 100 tenths are expected: " + shorten(part)
		case len(m) == 40:
			why = "at most 40 indicators fit"
		default:
			m[id] = n
		}
	}
	if len(m) == 0 {
		m = nil
	}
	return m, why
}

func formatMap(m Map) string {
	m = m.clamped()
	if m.Zoom == 0 {
		return ""
	}
	return strconv.Itoa(m.Zoom) + "." + strconv.Itoa(m.X) + "." + strconv.Itoa(m.Y)
}

func parseMap(s string) (Map, bool) {
	if s == "" {
		return Map{}, true
	}
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return Map{}, false
	}
	var n [3]int
	for i, p := range parts {
		var ok bool
		if n[i], ok = parseInt(p); !ok || n[i] > 1000 {
			return Map{}, false
		}
	}
	m := Map{n[0], n[1], n[2]}.clamped()
	return m, m.Zoom > 0
}

// parseInt reads a whole number that is not negative, in its shortest form.
func parseInt(s string) (int, bool) {
	if s == "" || len(s) > 5 || (len(s) > 1 && s[0] == '0') {
		return 0, false
	}
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n, true
}

// wellFormed reports whether s can be an id: letters, digits, space, '-', '_',
// at most 40 bytes.
func wellFormed(s string) bool {
	if s == "" || len(s) > 40 || s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	for _, c := range []byte(s) {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == ' ') {
			return false
		}
	}
	return true
}

func wellFormedEdition(s string) bool {
	if s == "" {
		return true
	}
	y, n, ok := strings.Cut(s, ".")
	yn, ok1 := parseInt(y)
	_, ok2 := parseInt(n)
	return ok && ok1 && ok2 && yn >= 2000 && yn <= 9999
}

// CleanText folds white space, drops control characters and cuts the text so
// that it fits into a link.
func CleanText(s string) string {
	var b strings.Builder
	used, space := 0, false
	for _, r := range s {
		if r == utf8.RuneError || r < ' ' || r == 0x7f || r == ' ' || r == '\u00a0' {
			space = b.Len() > 0
			continue
		}
		n := escapedLength(r)
		if space {
			n++
		}
		if used += n; used > MaxText {
			break
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

func escapedLength(r rune) int {
	if r < utf8.RuneSelf && (plain(byte(r)) || r == ' ') {
		return 1
	}
	return 3 * utf8.RuneLen(r)
}

// plain bytes stand in a query as they are.
func plain(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '-' || c == '_' || c == '.' || c == '~' || c == ',' || c == ':'
}

func escape(b *strings.Builder, s string) {
	const hex = "0123456789ABCDEF"
	for _, c := range []byte(s) {
		switch {
		case plain(c):
			b.WriteByte(c)
		case c == ' ':
			b.WriteByte('+')
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
}

func unescape(s string) (string, bool) {
	if !strings.ContainsAny(s, "%+") {
		return s, utf8.ValidString(s)
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '+':
			b = append(b, ' ')
		case '%':
			if i+2 >= len(s) {
				return "", false
			}
			h, l := unhex(s[i+1]), unhex(s[i+2])
			if h < 0 || l < 0 {
				return "", false
			}
			b = append(b, byte(h<<4|l))
			i += 2
		default:
			b = append(b, s[i])
		}
	}
	return string(b), utf8.Valid(b)
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// shorten cuts s for a message; the message is text, never markup.
func shorten(s string) string {
	const most = 40
	if len(s) <= most {
		return strings.ToValidUTF8(s, "?")
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
