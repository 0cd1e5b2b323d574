package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"image/png"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"aicities/app/page"

	"github.com/andybalholm/brotli"
	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

const web = "../../web"

// smallSite is a site of four pages with all its assets.
func smallSite(t *testing.T, address string) *site {
	t.Helper()
	s := newSite("ai-cities", address)
	if err := s.addAssets(web, []byte("\x00asm"), map[string][]byte{"land.svg": []byte("<svg/>"), "preview/index.png": []byte("png")}); err != nil {
		t.Fatal(err)
	}
	var routes []page.Route
	for _, path := range []string{"/", "/404", "/method", "/city/seoul"} {
		routes = append(routes, page.Route{Path: path, Title: `"` + path + `" <b>`, Description: "about & more", Render: func(root string) app.UI {
			return app.Raw(`<main><img src="` + root + s.asset("land.svg") + `"></main>`)
		}})
	}
	if err := s.addPages(routes); err != nil {
		t.Fatal(err)
	}
	if err := s.addWorker(web); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryAddressInAPageLeadsToAFileOfTheSite(t *testing.T) {
	s := smallSite(t, "")
	reference := regexp.MustCompile(`(?:src|href)="([^"]*)"`)
	for file, content := range s.files {
		if !strings.HasSuffix(file, ".html") {
			continue
		}
		found := reference.FindAllSubmatch(content, -1)
		if len(found) < 8 {
			t.Errorf("%s refers to %d files only", file, len(found))
		}
		for _, m := range found {
			target := filepath.Join("/ai-cities", filepath.Dir(file), string(m[1]))
			if file == "404.html" {
				target = string(m[1]) // served at any depth, so all its addresses are absolute
			}
			if s.files[strings.TrimPrefix(target, "/ai-cities/")] == nil {
				t.Errorf("%s refers to %s, which is not in the site", file, m[1])
			}
		}
	}
}

func TestTheBodyBeginsWithThePlaceOfGoAppsElementAndTextIsEscaped(t *testing.T) {
	s := smallSite(t, "")
	index := string(s.files["index.html"])
	if !strings.Contains(index, "<body>\n<div id=\"program\" hidden></div><main>") {
		t.Error("the program replaces the first element of the body: it must not be the page's root element")
	}
	if !strings.Contains(index, "<title>&#34;/&#34; &lt;b&gt;</title>") || !strings.Contains(index, `content="about &amp; more"`) {
		t.Error("title or description is not escaped")
	}
}

// A rule with :has() makes the browser look at a whole screen again at each change below it, and all screens share one
// style sheet: one such rule of another screen made a step of the ranking's slider take three times as long.
func TestNoRuleOfStyleLooksInside(t *testing.T) {
	files, err := filepath.Glob("../../web/*.css")
	if err != nil || len(files) == 0 {
		t.Fatalf("no style files (%v)", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(content), "\n") {
			if strings.Contains(line, ":has(") {
				t.Errorf("%s:%d: :has() in a rule; give the element a class instead", file, n+1)
			}
		}
	}
}

func TestTheWorkerKnowsEveryFileButThoseForMachines(t *testing.T) {
	s := smallSite(t, "https://example.org")
	_, rest, _ := strings.Cut(string(s.files["worker.js"]), "const build = ")
	var build struct {
		ID         string
		Core, Lazy map[string]string
	}
	if err := json.NewDecoder(strings.NewReader(rest)).Decode(&build); err != nil {
		t.Fatal(err)
	}
	if got := slices.Collect(maps.Keys(build.Lazy)); !slices.Equal(got, []string{"city/seoul.html"}) {
		t.Errorf("kept when opened: %v", got)
	}
	for file := range s.files {
		forMachines := file == "robots.txt" || file == "sitemap.xml" || strings.HasPrefix(file, "worker") || strings.HasPrefix(file, "assets/preview/") || strings.HasPrefix(file, "assets/screenshot/")
		if _, known := build.Core[file]; known == (forMachines || file == "city/seoul.html") {
			t.Errorf("%s: installed %v", file, known)
		}
	}
	other := smallSite(t, "https://example.org")
	other.files["method.html"] = append(other.files["method.html"], ' ')
	if err := other.addWorker(web); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(other.files["worker.js"], []byte(build.ID)) {
		t.Error("a build with another page has the same id")
	}
}

func TestSitemapAndPreviewNeedTheAddressOfTheSite(t *testing.T) {
	s := smallSite(t, "https://example.org")
	if got := string(s.files["sitemap.xml"]); strings.Count(got, "<loc>") != 3 || !strings.Contains(got, "<loc>https://example.org/city/seoul</loc>") {
		t.Errorf("sitemap: %s", got)
	}
	if !strings.Contains(string(s.files["city/seoul.html"]), `og:image" content="https://example.org/assets/preview/index.`) {
		t.Error("a page without a preview of its own has that of the home page")
	}
	s = smallSite(t, "")
	if s.files["sitemap.xml"] != nil || strings.Contains(string(s.files["index.html"]), "og:image") {
		t.Error("without an address there is neither sitemap nor preview")
	}
}

func TestSitesWithWrongRoutesAreRefused(t *testing.T) {
	draw := func(string) app.UI { return app.Raw("<main></main>") }
	for _, paths := range [][]string{{"/"}, {"/404"}, {"/", "/404", "/"}} {
		s := newSite("/", "")
		var routes []page.Route
		for _, p := range paths {
			routes = append(routes, page.Route{Path: p, Render: draw})
		}
		if err := s.addPages(routes); err == nil {
			t.Errorf("%v: no error", paths)
		}
	}
}

func TestTwinsHoldTheSameAndAreKeptBetweenBuilds(t *testing.T) {
	text := bytes.Repeat([]byte("one line of many\n"), 100)
	cache := t.TempDir()
	var made atomic.Int32 // files are compressed side by side
	for range 2 {
		files := map[string][]byte{"a.html": text, "b.txt": text, "c.png": text, "d.css": []byte("x")}
		if err := addTwins(files, cache, func(string, int) { made.Add(1) }); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"a.html", "b.txt"} {
			zipped, err := gzip.NewReader(bytes.NewReader(files[name+".gz"]))
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range []io.Reader{zipped, brotli.NewReader(bytes.NewReader(files[name+".br"]))} {
				if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, text) {
					t.Errorf("%s: a twin differs from the file (%v)", name, err)
				}
			}
		}
		for _, name := range []string{"c.png.br", "c.png.gz", "d.css.br", "d.css.gz"} {
			if files[name] != nil {
				t.Errorf("%s gains nothing and was written", name)
			}
		}
		if made := made.Load(); made > 6 {
			t.Errorf("%d files were compressed: the second build has to take them from the cache", made)
		}
	}
}

func TestTheFolderHoldsTheBuildAndNothingElse(t *testing.T) {
	folder := t.TempDir()
	for _, files := range []map[string][]byte{
		{"a": []byte("1"), "b/c": []byte("2"), "b/d": []byte("3")},
		{"a": []byte("1"), "b/c": []byte("changed")},
	} {
		if err := os.WriteFile(filepath.Join(folder, ".gitkeep"), nil, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := update(folder, files); err != nil {
			t.Fatal(err)
		}
		got := map[string][]byte{}
		err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			name, _ := filepath.Rel(folder, path)
			got[filepath.ToSlash(name)], err = os.ReadFile(path)
			return err
		})
		delete(got, ".gitkeep")
		if err != nil || !maps.EqualFunc(got, files, bytes.Equal) {
			t.Errorf("the folder holds %q, want %q (%v)", got, files, err)
		}
	}
}

func TestTheIconIsMaskable(t *testing.T) {
	for _, size := range []int{192, 512} {
		content, err := iconPNG(size)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(content))
		if err != nil || img.Bounds().Dx() != size || img.Bounds().Dy() != size {
			t.Fatalf("%v, %v", err, img.Bounds())
		}
		// Outside the circle of 80 % that every mask shows there is only background.
		background := img.At(0, 0)
		for y := range size {
			for x := range size {
				dx, dy := float64(x)-float64(size)/2, float64(y)-float64(size)/2
				if img.At(x, y) != background && dx*dx+dy*dy > 0.16*float64(size*size) {
					t.Fatalf("%d px: the mark reaches to (%d, %d), where a mask may cut it off", size, x, y)
				}
			}
		}
	}
}
