package page

import (
	"strings"

	"aicities/app/view"
)

// Each preset after the first has a page of its own below presetPath, with its
// title, description and preview picture for those who are sent its link. The
// program opens it as the ranking with the preset's weights.
const presetPath = "/preset/"

// presetQuestions are the questions that the presets after the first answer.
var presetQuestions = []string{
	"Which cities lead in AI by their public sector?", "Which cities lead in AI business?",
	"Which cities lead in AI research?", "Which cities lead in infrastructure for AI?",
}

// openPreset turns the path of a preset's page into the ranking's path and
// query. A query of its own goes before.
func openPreset(path, query string) (string, string) {
	id, is := strings.CutPrefix(path, presetPath)
	if !is {
		return path, query
	}
	for _, p := range view.Presets {
		if p.ID == id {
			if query == "" {
				v := view.Default()
				v.Weights = p.Weights
				query = "?" + view.Format(v)
			}
			return "/", query
		}
	}
	return path, query
}
