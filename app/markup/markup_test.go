package markup

import (
	"html"
	"strings"
	"testing"
)

func TestTextAndAttributesAreNeverMarkup(t *testing.T) {
	var w Writer
	w.Open("p", "title", `"><script>`, "hidden?", "", "id?", "yes", "", "dropped").Text(`</p><img src=x onerror='a'>`).Close("p")
	want := `<p title="&quot;&gt;&lt;script&gt;" id>&lt;/p&gt;&lt;img src=x onerror=&#39;a&#39;&gt;</p>`
	if w.String() != want {
		t.Errorf("%s\nwant %s", w.String(), want)
	}
}

func FuzzEscape(f *testing.F) {
	f.Add(`<a href="x">&amp;'`)
	f.Fuzz(func(t *testing.T, s string) {
		var w Writer
		w.Text(s)
		if strings.ContainsAny(w.String(), `<>"'`) {
			t.Fatalf("%q", w.String())
		}
		if got := html.UnescapeString(w.String()); got != strings.ReplaceAll(s, "\x00", "\ufffd") {
			t.Fatalf("%q comes back as %q", s, got)
		}
	})
}
