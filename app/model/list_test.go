package model

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"aicities/app/view"
	"aicities/data"
)

// passes is the definition of the list, field by field; lifted is the field
// whose condition does not count.
func passes(d *data.Dataset, v view.View, row int, lifted Field) bool {
	one := func(f Field, chosen []string, id string) bool {
		return f == lifted || len(chosen) == 0 || slices.Contains(chosen, id)
	}
	single := func(f Field, chosen, id string) bool { return f == lifted || chosen == "" || chosen == id }
	city, level := "", "national"
	if c := d.CityOf(row); c >= 0 {
		city, level = d.Cities[c].ID, "city"
	}
	year := d.YearOf(row)
	text := data.Fold(d.NameOf(row) + "\n" + d.OrganisationOf(row) + "\n" + d.SummaryOf(row))
	words := true
	for _, w := range strings.Fields(data.Fold(v.Lens.Text)) {
		words = words && strings.Contains(text, w)
	}
	sources := len(v.Lens.Sources) == 0 || lifted == BySource
	for _, s := range d.SourcesOf(row) {
		sources = sources || slices.Contains(v.Lens.Sources, d.Sources[s].ID)
	}
	from, to := v.Lens.From, v.Lens.To
	return single(ByCity, v.Lens.City, city) &&
		one(ByCountry, v.Lens.Countries, d.Countries[d.CountryOf(row)].Code) &&
		one(ByActor, v.Lens.Actors, d.ActorOf(row).String()) &&
		one(BySector, v.Lens.Sectors, d.Sectors[d.SectorOf(row)]) &&
		one(ByOwnership, v.Lens.Ownership, d.OwnershipOf(row).String()) &&
		(lifted == ByYear || from == 0 && to == 0 || year != 0 && year >= from && (to == 0 || year <= to)) &&
		single(ByCoverage, v.List.Coverage, d.CoverageOf(row).String()) &&
		single(ByLevel, v.List.Level, level) &&
		sources && (words || lifted == ByText)
}

// listViews are views that narrow the list in many ways.
func listViews(n int) (out []view.View) {
	r := rand.New(rand.NewPCG(7, 8))
	pick := func(ids ...string) string { return ids[r.IntN(len(ids))] }
	maybe := func(p float64, ids ...string) []string {
		if r.Float64() > p {
			return nil
		}
		return []string{pick(ids...), pick(ids...)}
	}
	out = append(out, view.Default())
	for range n {
		v := view.Default()
		v.Lens.Actors = maybe(0.4, view.PillarIDs[:]...)
		v.Lens.Sectors = maybe(0.3, "health", "transport", "public_admin", "general_ai")
		v.Lens.Ownership = maybe(0.3, "public", "private")
		v.Lens.Countries = maybe(0.3, "US", "NL", "KR", "GB", "CN")
		v.Lens.Sources = maybe(0.3, "us_federal_2025", "oecd_ai", "pages2", "yc_directory")
		v.Lens.City = pick("", "", "", "seoul", "london", "new-york")
		v.Lens.Text = pick("", "", "robot", "AI health", "São", "zzzz")
		if r.IntN(3) == 0 {
			v.Lens.From, v.Lens.To = 2010+r.IntN(10), 2020+r.IntN(6)
		}
		v.List = view.List{Coverage: pick(view.CoverageIDs...), Level: pick(view.LevelIDs...), Order: pick(view.OrderIDs...)}
		v.Partial = r.IntN(2) == 0
		out = append(out, view.Canonical(v))
	}
	return out
}

func TestTheListIsItsDefinition(t *testing.T) {
	e := explorer(t)
	d, l := e.Data, NewLister(e)
	for _, v := range listViews(25) {
		got := l.List(e.Rank(v))
		var want []int32
		var without [NumFields]int
		for row := range d.Len() {
			if passes(d, v, row, -1) {
				want = append(want, int32(row))
			}
			for f := range without {
				if passes(d, v, row, Field(f)) {
					without[f]++
				}
			}
		}
		rows := slices.Clone(got.Rows)
		slices.Sort(rows)
		if !slices.Equal(rows, want) {
			t.Errorf("%q: %d records, want %d", view.Format(v), len(rows), len(want))
		}
		if got.Without != without {
			t.Errorf("%q: without each condition %v, want %v", view.Format(v), got.Without, without)
		}
	}
}

func TestCountsOfTheListAreWhatChoosingAValueShows(t *testing.T) {
	e := explorer(t)
	d, l := e.Data, NewLister(e)
	for _, v := range listViews(12) {
		counts := l.List(e.Rank(v)).Counts
		check := func(f Field, code int, change func(*view.View)) {
			w := v
			change(&w)
			if n := len(l.List(e.Rank(w)).Rows); n != counts[f][code] {
				t.Errorf("%q: field %d, value %d: %d promised, %d shown", view.Format(v), f, code, counts[f][code], n)
			}
		}
		for a, id := range view.PillarIDs {
			check(ByActor, a, func(w *view.View) { w.Lens.Actors = []string{id} })
		}
		for _, id := range []string{"health", "retail", "general_ai"} {
			if s, ok := d.SectorByID(id); ok {
				check(BySector, s, func(w *view.View) { w.Lens.Sectors = []string{id} })
			}
		}
		for _, id := range []string{"seoul", "paris"} {
			c, _ := d.CityByID(id)
			check(ByCity, c, func(w *view.View) { w.Lens.City = id })
		}
		for _, id := range []string{"US", "FR"} {
			c, _ := d.CountryByCode(id)
			check(ByCountry, c, func(w *view.View) { w.Lens.Countries = []string{id} })
		}
		for _, id := range []string{"oecd_ai", "ai_conferences"} {
			s, _ := d.SourceByID(id)
			check(BySource, s, func(w *view.View) { w.Lens.Sources = []string{id} })
		}
		for _, id := range view.OwnershipID {
			o, _ := data.ParseOwnership(id)
			check(ByOwnership, int(o), func(w *view.View) { w.Lens.Ownership = []string{id} })
		}
		for i, y := range d.Years() {
			if y > 2018 {
				check(ByYear, i, func(w *view.View) { w.Lens.From, w.Lens.To = y, y })
			}
		}
		for i := range 2 {
			check(ByCoverage, i, func(w *view.View) { w.List.Coverage = view.CoverageIDs[i+1] })
			check(ByLevel, i, func(w *view.View) { w.List.Level = view.LevelIDs[i+1] })
		}
	}
}

func TestTheListFeedsTheRankingWithWhatItsIndicatorsCount(t *testing.T) {
	e := explorer(t)
	l := NewLister(e)
	for _, v := range listViews(12) {
		// What the list alone leaves out must not hide what the ranking counts.
		v.Lens.City, v.List = "", view.List{}
		r := e.Rank(v)
		counted, nations := 0.0, map[int]float64{}
		perActor := [data.NumActors]int{}
		for j, def := range e.Data.Indicators {
			for i, x := range r.Raw[j] {
				switch {
				case x != x:
				case def.Made == data.MadeOfInitiatives:
					counted += x
				case def.Made == data.MadeOfNationalRecord:
					nations[e.Data.Cities[r.Cities[i]].Country] = x
				}
			}
			if def.Made == data.MadeOfInitiatives {
				perActor[def.Actor]++
			}
		}
		for _, x := range nations {
			counted += x
		}
		if slices.Max(perActor[:]) > 1 {
			t.Skip("an actor has two indicators made of initiatives; their sum counts records twice")
		}
		if got := l.List(r).Feeding; got != int(counted) {
			t.Errorf("%q: %d feed the ranking, its indicators count %v", view.Format(v), got, counted)
		}
	}
}

func TestOrdersOfTheList(t *testing.T) {
	e := explorer(t)
	d, l := e.Data, NewLister(e)
	city := func(row int32) string {
		if c := d.CityOf(int(row)); c >= 0 {
			return "0" + data.Fold(d.Cities[c].Name)
		}
		return "1" + data.Fold(d.Countries[d.CountryOf(int(row))].Name)
	}
	name := func(row int32) string { return strings.TrimLeft(data.Fold(d.NameOf(int(row))), " ") }
	year := func(row int32, unknown int) int {
		if y := d.YearOf(int(row)); y != 0 {
			return y
		}
		return unknown
	}
	for order, follows := range map[string]func(a, b int32) bool{
		"":       func(a, b int32) bool { return len(d.SourcesOf(int(a))) >= len(d.SourcesOf(int(b))) },
		"name":   func(a, b int32) bool { return name(a) <= name(b) },
		"city":   func(a, b int32) bool { return city(a) <= city(b) },
		"year":   func(a, b int32) bool { return year(a, 0) >= year(b, 0) },
		"oldest": func(a, b int32) bool { return year(a, 9999) <= year(b, 9999) },
		"actor":  func(a, b int32) bool { return d.ActorOf(int(a)) <= d.ActorOf(int(b)) },
	} {
		v := view.Default()
		v.List.Order = order
		rows := l.List(e.Rank(v)).Rows
		if len(rows) != d.Len() {
			t.Errorf("%q: %d rows", order, len(rows))
		}
		for i := 1; i < len(rows); i++ {
			if !follows(rows[i-1], rows[i]) {
				t.Errorf("%q: %q stands before %q", order, d.NameOf(int(rows[i-1])), d.NameOf(int(rows[i])))
				break
			}
		}
	}
	v := view.Default()
	v.Lens.Text = "robotics"
	relevance := d.Relevance("robotics")
	rows := l.List(e.Rank(v)).Rows
	for i := 1; i < len(rows); i++ {
		if relevance(int(rows[i-1])) > relevance(int(rows[i])) {
			t.Fatal("with words, the best answers are not first")
		}
	}
	if len(rows) == 0 || !strings.Contains(data.Fold(d.NameOf(int(rows[0]))), "robotics") {
		t.Error("the best answer does not have the word in its name")
	}
}

func BenchmarkList(b *testing.B) {
	e := explorer(b)
	l := NewLister(e)
	for i := 0; b.Loop(); i++ {
		v := view.Default()
		v.Lens.From = 2000 + i%25
		l.List(e.Rank(v))
	}
}

func BenchmarkListWords(b *testing.B) {
	e := explorer(b)
	l := NewLister(e)
	for i := 0; b.Loop(); i++ {
		v := view.Default()
		v.Lens.Text = []string{"a", "ai", "rob"}[i%3]
		l.List(e.Rank(v))
	}
}

func BenchmarkLister(b *testing.B) {
	e := explorer(b)
	for b.Loop() {
		NewLister(e).order("name")
	}
}
