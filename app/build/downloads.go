package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"

	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
	"aicities/data/release"
)

// The folder of the released editions, as archives with their checksums.
const editionsFolder = "data/editions"

// addDownloads adds data/<edition>/: the tables of the present edition as CSV and JSON with their description, licences,
// checksums and all of it as one archive; and the archives of older editions. An edition that was released is served as it
// was released.
func (s *site) addDownloads(ds *data.Dataset, folder string) error {
	editions, err := release.Released(folder)
	if err != nil {
		return err
	}
	var now *release.Edition
	for _, e := range editions {
		if e.ID == ds.Edition.ID {
			now = e
			continue
		}
		if err := s.addDownload(e, false); err != nil {
			return err
		}
	}
	if now == nil {
		if now, err = freshEdition(ds); err != nil {
			return err
		}
	}
	if err := s.addDownload(now, true); err != nil {
		return err
	}
	s.dataset, err = s.describeData(ds, now)
	return err
}

// describeData describes the downloads for dataset search engines (schema.org/Dataset as JSON-LD). Addresses are whole where
// the site's is known, else relative to the page.
func (s *site) describeData(ds *data.Dataset, e *release.Edition) ([]byte, error) {
	tables, err := e.Tables()
	if err != nil {
		return nil, err
	}
	folder := s.address + "data/" + e.ID + "/"
	file := func(name, kind string) map[string]any {
		return map[string]any{"@type": "DataDownload", "encodingFormat": kind, "contentUrl": folder + name, "contentSize": strconv.Itoa(len(s.files["data/"+e.ID+"/"+name])) + " B"}
	}
	files := []any{file("ai-cities-"+e.ID+".zip", "application/zip")}
	for _, t := range tables {
		files = append(files, file(t+".csv", "text/csv"), file(t+".json", "application/json"))
	}
	var measured []string
	for _, x := range ds.Indicators {
		measured = append(measured, x.Title)
	}
	description := map[string]any{
		"@context": "https://schema.org/", "@type": "Dataset", "name": ds.Edition.Title, "version": e.ID, "datePublished": ds.Edition.Released,
		"description": "Initiatives on artificial intelligence in large cities of the world, by governments, enterprises, startups, universities, data centres and telecom operators, each with its source; indicators, scores, ranks and rank intervals of an index made from them.",
		"license":     "https://creativecommons.org/licenses/by/4.0/", "isAccessibleForFree": true, "creator": map[string]any{"@type": "Organization", "name": "AI Cities Explorer"},
		"keywords": []string{"artificial intelligence", "cities", "composite indicator", "ranking", "open data"}, "variableMeasured": measured,
		"spatialCoverage": "World", "distribution": files,
	}
	if s.address != "" {
		description["url"] = s.address + "method"
	}
	return json.Marshal(description) // it writes < as \u003c, so nothing in it can end the element around it
}

// addDownload adds an edition as one archive and, where each table is asked for, its files.
func (s *site) addDownload(e *release.Edition, each bool) error {
	files := map[string][]byte{}
	if each {
		maps.Copy(files, e.Files)
		tables, err := e.Tables()
		if err != nil {
			return err
		}
		for _, t := range tables {
			if files[t+".json"], err = e.JSON(t); err != nil {
				return err
			}
		}
	}
	archive, err := e.Zip()
	if err != nil {
		return err
	}
	files["ai-cities-"+e.ID+".zip"] = archive
	files["SHA256SUMS.txt"] = release.Sums(files)
	for name, content := range files {
		s.files["data/"+e.ID+"/"+name] = content
	}
	return nil
}

// freshEdition makes the edition that the present facts and the default method give.
func freshEdition(ds *data.Dataset) (*release.Edition, error) {
	tables, err := release.Tables(ds)
	if err != nil {
		return nil, err
	}
	scores, err := scoresTable(ds)
	if err != nil {
		return nil, err
	}
	return release.Make(ds.Edition, append(tables, scores))
}

// scoresTable is the ranking of the default view with its rank intervals. Figures have four decimals: more would not be the
// same on every machine.
func scoresTable(ds *data.Dataset) (release.Table, error) {
	e := model.New(ds)
	r := e.Base()
	if r.Err != nil {
		return release.Table{}, fmt.Errorf("the default view gives no ranking: %w", r.Err)
	}
	certainty, err := e.NewCertainty(r)
	if err != nil {
		return release.Table{}, err
	}
	if err := certainty.Step(model.Draws); err != nil {
		return release.Table{}, err
	}
	certainty.Finish()
	t := release.Table{
		Name: "scores", Title: "Scores, ranks and rank intervals of the default method", Key: []string{"city_id"}, Refers: map[string]string{"city_id": "cities.id"},
		Terms: []string{"CC-BY-4.0"}, Note: "Name AI Cities Explorer and its edition. Made, among others, from information of OpenStreetMap, which is made available under the ODbL.",
		Columns: []release.Column{
			{Name: "city_id", Type: "string", Description: "city"},
			{Name: "rank", Type: "integer", Description: "1 is best; cities of the same score share the better rank; empty: not ranked"},
			{Name: "score", Type: "number", Description: "score of the index, 0 to 100"},
		},
	}
	for _, id := range view.PillarIDs {
		t.Columns = append(t.Columns, release.Column{Name: id, Type: "number", Description: "score of the pillar, 0 to 100; empty: no value"})
	}
	t.Columns = append(t.Columns,
		release.Column{Name: "rank_low", Type: "integer", Description: "5th percentile of the rank over " + strconv.Itoa(model.Draws) + " other reasonable choices of method, weights and sources"},
		release.Column{Name: "rank_median", Type: "integer", Description: "50th percentile"},
		release.Column{Name: "rank_high", Type: "integer", Description: "95th percentile"},
		release.Column{Name: "band", Type: "integer", Description: "cities of one number cannot be told apart; 1 is the first of these groups"},
		release.Column{Name: "initiatives", Type: "integer", Description: "records that the indicators count"},
	)
	for _, i := range r.Order {
		sure := certainty.Intervals[i]
		row := []string{ds.Cities[r.Cities[i]].ID, whole(r.Rank[i]), decimals(r.Score[i])}
		for _, x := range r.Pillar[i] {
			row = append(row, decimals(x))
		}
		t.Rows = append(t.Rows, append(row, whole(sure.Low), whole(sure.Median), whole(sure.High), whole(certainty.Group[i]+1), strconv.Itoa(r.Initiatives[i])))
	}
	return t, nil
}

// whole writes a number that counts from 1, nothing for 0.
func whole(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func decimals(x float64) string {
	if x != x {
		return ""
	}
	return strconv.FormatFloat(x, 'f', 4, 64)
}

// releaseEdition writes the present edition to the released ones. From then on it never changes.
func releaseEdition() error {
	ds, err := data.Open()
	if err != nil {
		return err
	}
	e, err := freshEdition(ds)
	if err != nil {
		return err
	}
	if err := release.Release(editionsFolder, e); err != nil {
		return err
	}
	fmt.Printf("edition %s is released: commit %s, then run go run ./data/build -changelog\n", e.ID, editionsFolder)
	return nil
}
