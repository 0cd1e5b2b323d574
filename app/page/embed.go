package page

import (
	"aicities/app/markup"
)

// The form of a page that stands in a frame on another site (embed=1): one table
// or chart, and a line that leads to the whole.

// embedded reports whether the view is shown in that form.
func (s *Session) embedded() bool { return s.View.Embed && s.embeddable() }

// embedSections are the page's sections in a frame.
func (s *Session) embedSections() []section {
	out := []section{s.embedHeader()}
	switch {
	case s.Path == rankingScreen.path:
		return append(out, s.embedHead("Which cities lead in AI?", s.summary()), s.chart(), s.table())
	case s.Path == compareScreen.path:
		list := s.compared()
		if len(list) == 0 {
			return append(out, s.embedHead("Compare cities", s.compareLead(list)), s.compareStart())
		}
		return append(out, s.embedHead(join(s.comparedNames()), s.compareLead(list)), s.compareTable(list))
	}
	c, _ := s.city()
	i, ranked := s.Ranking.Entry(c)
	out = append(out, s.cityHead(c, i, ranked))
	if ranked {
		out = append(out, s.cityPillars(i))
	}
	return out
}

// embedTop is the id of the section that stands in the place of the header.
const embedTop = "embed-top"

// embedHeader says where this comes from and leads there.
func (s *Session) embedHeader() section {
	v := s.View
	v.Embed = false
	return draw("header", embedTop, nil, func(w *markup.Writer) {
		w.El("span", siteName+", edition "+s.edition()+". "+s.settingsSummary()+".")
		w.Text(" ").El("a", "Open it in the explorer", "href", s.hrefOf(s.Path, v), "target", "_blank", "rel", "noopener")
	})
}

func (s *Session) embedHead(title, lead string) section {
	return draw("div", "intro", nil, func(w *markup.Writer) {
		w.El("h1", title).Open("p", "class", "lead").Text(lead).Close("p")
	})
}
