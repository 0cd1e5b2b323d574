package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"aicities/app/model"
	"aicities/app/page"
	"aicities/data"
	"aicities/data/release"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// downloads is a site of downloads only.
func downloads(t *testing.T, ds *data.Dataset, folder string) map[string][]byte {
	t.Helper()
	s := newSite("/", "")
	if err := s.addDownloads(ds, folder); err != nil {
		t.Fatal(err)
	}
	return s.files
}

func openData(t *testing.T) *data.Dataset {
	t.Helper()
	ds, err := data.Open()
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

func TestTheDownloadsOfAnEditionAreWholeAndTheSameOnEveryBuild(t *testing.T) {
	ds := openData(t)
	files := downloads(t, ds, t.TempDir())
	folder := "data/" + ds.Edition.ID + "/"
	var names []string
	for _, table := range []string{"cities", "indicators", "initiatives", "initiatives_odbl", "scores", "sources", "values", "values_odbl"} {
		names = append(names, folder+table+".csv", folder+table+".json")
		if !json.Valid(files[folder+table+".json"]) {
			t.Errorf("%s.json is not JSON", table)
		}
	}
	names = append(names, folder+"LICENCES.md", folder+"SHA256SUMS.txt", folder+"ai-cities-"+ds.Edition.ID+".zip", folder+"datapackage.json")
	slices.Sort(names)
	if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, names) {
		t.Errorf("files %v\nwant %v", got, names)
	}
	if !maps.EqualFunc(files, downloads(t, ds, t.TempDir()), bytes.Equal) {
		t.Error("two builds give different downloads")
	}
	listed := 0
	for line := range strings.Lines(string(files[folder+"SHA256SUMS.txt"])) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		want := sha256.Sum256(files[folder+name])
		if sum != hex.EncodeToString(want[:]) {
			t.Errorf("the checksum of %s is not that of the file", name)
		}
		listed++
	}
	if listed != len(files)-1 {
		t.Errorf("%d checksums for %d files", listed, len(files)-1)
	}
}

func TestAReleasedEditionIsServedAsItWasReleased(t *testing.T) {
	ds, folder := openData(t), t.TempDir()
	for _, id := range []string{"2000.1", ds.Edition.ID} {
		e := &release.Edition{ID: id, Files: map[string][]byte{"datapackage.json": []byte(`{}`), "LICENCES.md": []byte("as released")}}
		if err := release.Release(folder, e); err != nil {
			t.Fatal(err)
		}
	}
	files := downloads(t, ds, folder)
	if got := string(files["data/"+ds.Edition.ID+"/LICENCES.md"]); got != "as released" {
		t.Errorf("the present edition is made anew: %.60q", got)
	}
	if files["data/2000.1/ai-cities-2000.1.zip"] == nil || files["data/2000.1/LICENCES.md"] != nil {
		t.Errorf("of an older edition there is to be the archive and nothing else: %v", slices.Collect(maps.Keys(files)))
	}
}

// Ranks of the released edition and of the page must not contradict each other: a change of the default method is a reason
// for a new edition, too.
func TestTheScoresOfTheDownloadsAreThoseOfTheDefaultView(t *testing.T) {
	ds := openData(t)
	e := model.New(ds)
	r := e.Base()
	files := downloads(t, ds, "../../"+editionsFolder)
	rows, err := csv.NewReader(bytes.NewReader(files["data/"+ds.Edition.ID+"/scores.csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(r.Cities)+1 {
		t.Fatalf("%d rows, want one for each of %d cities", len(rows)-1, len(r.Cities))
	}
	at := func(row []string, column string) float64 {
		x, err := strconv.ParseFloat(row[slices.Index(rows[0], column)], 64)
		if err != nil {
			t.Fatalf("%v: column %s: %v", row, column, err)
		}
		return x
	}
	for k, row := range rows[1:] {
		i := r.Order[k]
		if ds.Cities[r.Cities[i]].ID != row[0] || int(at(row, "rank")) != r.Rank[i] || at(row, "score")-r.Score[i] > 1e-4 || r.Score[i]-at(row, "score") > 1e-4 {
			t.Errorf("row %d is %v, the ranking has %s at %d with %v: name a new edition in data/facts/edition.csv and release it with go run ./app/build -release", k+2, row[:3], ds.Cities[r.Cities[i]].ID, r.Rank[i], r.Score[i])
		}
		if low, mid, high := at(row, "rank_low"), at(row, "rank_median"), at(row, "rank_high"); low > mid || mid > high || low < 1 || high > float64(len(r.Cities)) {
			t.Errorf("%s: the interval %v to %v does not hold its middle %v", row[0], low, high, mid)
		}
	}
}

func TestDownloadsAreNotKeptByTheServiceWorkerAndHaveNoBrotliTwins(t *testing.T) {
	s := smallSite(t, "")
	s.files["data/1.1/cities.csv"] = bytes.Repeat([]byte("a,b\r\n"), 1000)
	s.files["data/1.1/ai-cities-1.1.zip"] = []byte("zip")
	if err := s.addWorker(web); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(s.files["worker.js"], []byte("data/1.1")) {
		t.Error("the service worker keeps downloads")
	}
	if err := addTwins(s.files, t.TempDir(), func(string, int) {}); err != nil {
		t.Fatal(err)
	}
	var twins []string
	for name := range s.files {
		if strings.HasPrefix(name, "data/") && slices.Contains([]string{".br", ".gz"}, path.Ext(name)) {
			twins = append(twins, name)
		}
	}
	if !slices.Equal(twins, []string{"data/1.1/cities.csv.gz"}) {
		t.Errorf("twins %v, want that of the table, with gzip", twins)
	}
}

func TestTheMethodPageDescribesTheDownloadsToSearchEngines(t *testing.T) {
	s := smallSite(t, "https://example.org")
	if err := s.addDownloads(openData(t), "../../"+editionsFolder); err != nil {
		t.Fatal(err)
	}
	html := shell{dataset: s.dataset}.render("./", "<main></main>")
	_, rest, _ := strings.Cut(html, `<script type="application/ld+json">`)
	text, _, found := strings.Cut(rest, "</script>")
	var d struct {
		Type         string `json:"@type"`
		Name         string
		License      string
		Version      string
		Distribution []struct{ ContentURL, ContentSize string }
	}
	if err := json.Unmarshal([]byte(text), &d); err != nil || !found {
		t.Fatalf("%v in %q", err, text)
	}
	if d.Type != "Dataset" || d.Name == "" || d.License == "" || len(d.Distribution) < 10 {
		t.Errorf("%+v", d)
	}
	for _, f := range d.Distribution {
		name, ok := strings.CutPrefix(f.ContentURL, "https://example.org/")
		if content := s.files[name]; !ok || content == nil || f.ContentSize != strconv.Itoa(len(content))+" B" {
			t.Errorf("%s of %s is not a file of the site", f.ContentURL, f.ContentSize)
		}
	}
	if strings.Contains(shell{}.render("./", ""), "ld+json") {
		t.Error("a page without data describes some")
	}
}

func TestTheMethodPageLinksToEveryTable(t *testing.T) {
	ds := openData(t)
	files := downloads(t, ds, "../../"+editionsFolder)
	routes, err := page.Routes(ds, func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	k := slices.IndexFunc(routes, func(r page.Route) bool { return r.Path == "/method" })
	markup := app.HTMLString(routes[k].Render("./"))
	for name := range files {
		if !strings.Contains(markup, `href="./`+name+`"`) {
			t.Errorf("no link to %s", name)
		}
	}
}
