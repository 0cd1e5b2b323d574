package page

import "aicities/app/markup"

// downloads are the tables that the builder of the site writes beside the pages,
// as CSV and JSON; it tests that they are there.
var downloads = []choice{
	{"initiatives", "Every initiative that may be passed on, with its sources"},
	{"initiatives_odbl", "Initiatives from sources under the ODbL"},
	{"values", "The indicators of every city"},
	{"values_odbl", "Indicators from sources under the ODbL"},
	{"scores", "Scores, ranks and ranges of the default method"},
	{"cities", "Cities: place, people, output"},
	{"indicators", "Indicators: how each is made"},
	{"sources", "Sources and what their licences allow"},
}

func (s *Session) methodDownloads() section {
	return methodPart("method-downloads", func(w *markup.Writer) {
		e := s.data().Edition.ID
		file := func(name, label string, attrs ...string) {
			w.El("a", label, append([]string{"href", s.href("/data/" + e + "/" + name), "download", ""}, attrs...)...)
		}
		prose(w, "Yes: edition "+e+" in whole. The project's own work is under CC BY 4.0; what a source does not let pass is left out, and each row says what it allows.")
		scrolling(w, "Files to download", func() {
			w.Open("table", "class", "figures")
			headings(w, "Table", "For spreadsheets", "For programs")
			w.Open("tbody")
			for _, d := range downloads {
				w.Open("tr").El("th", d.label, "scope", "row").Open("td")
				file(d.id+".csv", "CSV", "aria-label", d.label+", CSV")
				w.Close("td").Open("td")
				file(d.id+".json", "JSON", "aria-label", d.label+", JSON")
				w.Close("td", "tr")
			}
			w.Close("tbody", "table")
		})
		w.Open("p", "class", "prose").Text("All tables in ")
		file("ai-cities-"+e+".zip", "one archive")
		w.Text("; a data package that says what each ")
		file("datapackage.json", "column means")
		w.Text("; the ")
		file("LICENCES.md", "licences")
		w.Text("; ")
		file("SHA256SUMS.txt", "checksums")
		w.Text(". An edition never changes, so its files can be cited.").Close("p")
	})
}
