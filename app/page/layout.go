package page

import (
	"aicities/app/markup"
)

// siteName stands in the header and in titles.
const siteName = "AI Cities Explorer"

// top is the header with the menu.
func (s *Session) top(current string) section {
	return draw("header", "top", nil, func(w *markup.Writer) {
		w.El("a", siteName, "class", "brand", "href", s.href("/"))
		w.Open("nav", "aria-label", "Screens")
		for _, m := range menu {
			now := ""
			if m.name == current {
				now = "page"
			}
			attrs := []string{"href", s.href(m.path)}
			if now != "" {
				attrs = append(attrs, "aria-current", now)
			}
			w.El("a", m.label, attrs...)
		}
		w.Close("nav")
		w.Open("div", "class", "tools")
		w.Open("button", "type", "button", "class", "quiet needs-app find", "data-do", "palette", "id", "find").Text("Find").El("kbd", "Ctrl K").Close("button")
		w.El("button", "Views", "type", "button", "class", "quiet needs-app", "data-do", "saved", "id", "saved-open", "title", "Views that you keep in this browser")
		w.El("button", "Share", "type", "button", "class", "quiet needs-app", "data-do", "share", "id", "share")
		w.El("button", "◐", "type", "button", "class", "quiet needs-app", "data-do", "theme", "id", "theme",
			"aria-label", "Switch between light and dark", "title", "Light or dark")
		w.Close("div")
	})
}

// notes says in words what a link held that could not be used.
func (s *Session) notes() section {
	return draw("div", "notes", []string{"role", "status"}, func(w *markup.Writer) {
		if s.ui.message != "" {
			w.Open("div", "class", "note").El("p", s.ui.message)
			w.El("button", "Dismiss", "type", "button", "class", "quiet", "data-do", "dismiss", "id", "dismiss").Close("div")
			return
		}
		if len(s.Problems)+len(s.aged) == 0 || s.ui.said {
			return
		}
		w.Open("div", "class", "note")
		w.Open("div")
		for _, line := range s.aged {
			w.El("p", line)
		}
		if len(s.Problems) > 0 {
			w.El("p", "Part of the link could not be used. The rest of the view is shown.")
			w.Open("ul")
			for _, p := range s.Problems {
				w.Open("li")
				if p.Key != "" {
					w.El("code", p.Key+"="+p.Value).Text(": ")
				}
				w.Text(p.Reason + ".").Close("li")
			}
			w.Close("ul")
		}
		w.Close("div")
		w.El("button", "Dismiss", "type", "button", "class", "quiet", "data-do", "dismiss", "id", "dismiss")
		w.Close("div")
	})
}

// footer is the same on every screen.
var footer = func() string {
	var w markup.Writer
	w.Open("footer", "id", "foot")
	w.El("p", "AI Cities Explorer ranks large cities by what public records show of their work on artificial intelligence. "+
		"Everything is computed in your browser; nothing about you leaves it.")
	w.El("p", "Outline of the land: Natural Earth, public domain. Data: each record names its source; licences are listed with the sources.")
	w.Close("footer")
	return w.String()
}()

var notFoundScreen = screen{
	name:        "",
	title:       func(*Session) string { return "Page not found · " + siteName },
	description: func(*Session) string { return "There is no page at this address." },
	sections: func(s *Session) []section {
		return []section{draw("section", "lost", nil, func(w *markup.Writer) {
			w.El("h1", "There is no page at this address")
			w.Open("p").Text("The ranking is ").El("a", "here", "href", s.href("/"), "data-plain", "").
				Text(". Each city has a page of its own:").Close("p")
			w.Open("ul", "class", "columns")
			base := s.Explorer.Base()
			for _, i := range base.Order {
				c := s.data().Cities[base.Cities[i]]
				w.Open("li").El("a", c.Name, "href", s.href("/city/"+c.ID), "data-plain", "").Close("li")
			}
			w.Close("ul")
		})}
	},
}
