package page

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"aicities/app/view"
)

func TestSavedViewsComeBackFromTheirFile(t *testing.T) {
	s := session(t, "/")
	r := rand.New(rand.NewPCG(6, 2026))
	cities := []string{"seoul", "lagos", "sao-paulo", "tokyo"}
	var views []savedView
	for i, path := range []string{"/", "/compare", "/initiatives", "/regions", "/method", "/city/seoul", "/", "/compare"} {
		name := []string{"Plain", `"quoted" \ and <b>`, "São Paulo 人工智能 🏙", "tab\tand line\nend", "a/b"}[i%5] + strconv.Itoa(i)
		v, ok := s.saved(name, path, view.Format(view.Random(r, cities)))
		if !ok {
			t.Fatalf("%q at %s cannot be kept", name, path)
		}
		views = append(views, v)
	}
	got, left, problem := s.readSaved(savedText(views))
	if problem != "" || left != 0 || !slices.Equal(got, views) {
		t.Errorf("problem %q, %d left out\n%v\n%v", problem, left, got, views)
	}
	if got, left, problem := s.readSaved(savedText(nil)); problem != "" || left != 0 || len(got) != 0 {
		t.Errorf("no views: %v, %d, %q", got, left, problem)
	}
}

func TestAFileThatHoldsNoSavedViewsIsRefusedInWords(t *testing.T) {
	s := session(t, "/")
	for _, c := range []struct{ text, want string }{
		{"", "not readable as JSON from character 1"},
		{"<!doctype html>", "not readable as JSON from character 1"},
		{`{"ai-cities-views":1,"views":[}`, "not readable as JSON from character 31"},
		{`{"ai-cities-views":1,"views":[]} more`, "not readable"},
		{`{"ai-cities-views":1,"views":["\x"]}`, "not readable"},
		{strings.Repeat("[", 100000), "not readable"},
		{strings.Repeat(`{"a":`, 50000), "not readable"},
		{"null", "no saved views"}, {"[]", "no saved views"}, {`"text"`, "no saved views"}, {"1e999", "not readable"},
		{`{"views":[]}`, "no saved views"}, {`{"ai-cities-views":"1","views":[]}`, "no saved views"}, {`{"ai-cities-views":1,"views":{}}`, "no saved views"},
		{`{"ai-cities-views":2,"views":[]}`, "another version"},
		{`{"ai-cities-views":1,"views":[` + strings.Repeat(" ", mostSavedLen) + "]}", "too large"},
	} {
		views, _, problem := s.readSaved(c.text)
		if len(views) > 0 || !strings.Contains(problem, c.want) {
			t.Errorf("%.60q: %v, %q, want %q", c.text, views, problem, c.want)
		}
	}
}

func TestOnlyViewsOfThisSiteAreTakenFromAFile(t *testing.T) {
	s := session(t, "/")
	file := func(items ...string) string {
		return `{"ai-cities-views":1,"views":[` + strings.Join(items, ",") + `]}`
	}
	many := make([]string, mostSaved+5)
	for i := range many {
		many[i] = `{"name":"` + strconv.Itoa(i) + `","path":"/","query":""}`
	}
	for _, c := range []struct {
		text string
		want []savedView
		left int
	}{
		{file(`{"name":"a","path":"/","query":"w=5.1.1.1.1.1"}`), []savedView{{"a", "/", "w=5.1.1.1.1.1"}}, 0},
		{file(`{"name":"a","path":"/","query":"?w=5.1.1.1.1.1&nonsense=<b>&__proto__=1"}`), []savedView{{"a", "/", "w=5.1.1.1.1.1"}}, 0},
		{file(`{"name":"a","path":"javascript:alert(1)","query":""}`, `{"name":"a","path":"//elsewhere","query":""}`, `{"name":"a","path":"/city/atlantis","query":""}`), nil, 3},
		{file(`null`, `1`, `"x"`, `[]`, `{}`, `{"name":1,"path":"/","query":""}`, `{"name":" ","path":"/","query":""}`, `{"name":"a","path":"/"}`), nil, 8},
		{file(`{"name":"a\u0000\ud83c\udfd9\ud800b","path":"/","query":""}`), []savedView{{"a 🏙 b", "/", ""}}, 0},
		{file(`{"name":"a","path":"/","query":""}`, `{"name":"a","path":"/compare","query":""}`), []savedView{{"a", "/", ""}, {"a (2)", "/compare", ""}}, 0},
		{"\ufeff" + file(`{"name":"a","path":"/","query":"","more":[1,true,false,null,-2.5e3,{"x":[]}]}`), []savedView{{"a", "/", ""}}, 0},
	} {
		views, left, problem := s.readSaved(c.text)
		if problem != "" || left != c.left || !slices.Equal(views, c.want) {
			t.Errorf("%.80s: %v, %d left, %q; want %v, %d", c.text, views, left, problem, c.want, c.left)
		}
	}
	views, left, _ := s.readSaved(file(many...))
	if len(views) != mostSaved || left != 5 {
		t.Errorf("%d of too many views were taken, %d left out", len(views), left)
	}
}

func TestImportedViewsJoinTheKeptOnes(t *testing.T) {
	a, b := savedView{"a", "/", ""}, savedView{"b", "/compare", ""}
	other := savedView{"a", "/method", ""}
	views, added, again := merged([]savedView{a}, []savedView{a, other, b})
	if want := []savedView{a, {"a (2)", "/method", ""}, b}; !slices.Equal(views, want) || added != 2 || again != 1 {
		t.Errorf("%v, %d added, %d again", views, added, again)
	}
	long := savedView{Name: strings.Repeat("é", longestName)}
	free := freeName([]savedView{long}, long.Name)
	if utf8.RuneCountInString(free) != longestName || !strings.HasSuffix(free, "é (2)") {
		t.Errorf("a long name that is taken becomes %q", free)
	}
}

func FuzzAnyFileGivesViewsOrAProblem(f *testing.F) {
	f.Add(savedText([]savedView{{"a", "/", "w=5.1.1.1.1.1"}}))
	f.Add(`{"ai-cities-views":1,"views":[{"name":"\ud83c\udfd9","path":"/city/seoul","query":"q=%ff"}]}`)
	f.Add(`[[[{"a":-1e-5}]]]`)
	s := session(f, "/")
	f.Fuzz(func(t *testing.T, text string) {
		views, _, problem := s.readSaved(text)
		if problem != "" {
			return
		}
		again, left, problem := s.readSaved(savedText(views))
		if problem != "" || left != 0 || !slices.Equal(again, views) {
			t.Errorf("%v came back as %v, %d left out, %q", views, again, left, problem)
		}
	})
}
