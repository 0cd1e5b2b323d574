//go:build !js

package page

import (
	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
)

// Preview is what a page's picture for chats and social sites shows: bars on a
// scale of 0 to 100.
type Preview struct {
	Name  string // of its file below preview/, as that of its page, without an ending
	Title string
	Lead  string // the one thing to know
	Note  string
	Rows  []PreviewRow
	Key   []string // names of the pillars where rows are stacked of them
}

// PreviewRow is one bar, made of pillars.
type PreviewRow struct {
	Name, Figure string
	Parts        [view.Pillars]float64
}

// previewRows is how many cities the picture of a ranking lists.
const previewRows = 8

// Previews returns the pictures of the ranking, of the ranking under each preset
// and of every city of the default universe.
func Previews(ds *data.Dataset) ([]Preview, error) {
	e := model.New(ds)
	s := NewSession(e, "/", "./", func(string) string { return "" })
	c, err := certaintyOf(e, s.Ranking)
	if err != nil {
		return nil, err
	}

	out := []Preview{s.rankingPreview("index", "Which cities lead in AI?")}
	r := s.Ranking
	for i := range r.Cities {
		city := s.cityOf(i)
		p := Preview{Name: "city/" + city.ID, Title: city.Name + ", " + s.countryOf(i).Name,
			Lead: ordinal(r.Rank[i]) + " of " + count(len(r.Cities)) + " large cities by their work on AI",
			Note: "With other reasonable choices: " + rangeWords(c.Intervals[i].Low, c.Intervals[i].High)}
		for k, name := range pillarNames {
			row := PreviewRow{Name: name, Figure: score(r.Pillar[i][k])}
			if x := r.Pillar[i][k]; x > 0 {
				row.Parts[k] = x
			}
			p.Rows = append(p.Rows, row)
		}
		out = append(out, p)
	}
	for k, p := range view.Presets[1:] {
		s.View = view.Default()
		s.View.Weights = p.Weights
		s.Refresh()
		out = append(out, s.rankingPreview("preset/"+p.ID, presetQuestions[k]))
	}
	return out, nil
}

func (s *Session) rankingPreview(name, title string) Preview {
	r := s.Ranking
	total := 0
	for _, n := range r.Initiatives {
		total += n
	}
	p := Preview{Name: name, Title: title, Lead: plural(len(r.Cities), "large city", "large cities") + ", " + plural(total, "initiative", "initiatives") + " with their sources",
		Key: pillarNames[:], Note: "Change what counts, see why, share the view"}
	for _, i := range r.Order[:min(previewRows, len(r.Order))] {
		p.Rows = append(p.Rows, PreviewRow{Name: rankText(r.Rank[i], r.Tied[i]) + "  " + s.cityOf(i).Name, Figure: score(r.Score[i]), Parts: r.Part[i]})
	}
	return p
}

// rangeWords writes a rank interval in words.
func rangeWords(low, high int) string {
	if low == high {
		return ordinal(low) + " as well"
	}
	return ordinal(low) + " to " + ordinal(high)
}
