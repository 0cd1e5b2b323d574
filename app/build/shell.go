package main

import (
	"html"
	"strings"
)

// The page colours before the style sheet has arrived; web/style.css has the same.
const (
	themeLight = "#fcfcfa"
	themeDark  = "#131418"
)

// shell is what stands around the pre-rendered root element of a page.
// All addresses are relative to the site's root but preview.
type shell struct {
	title, description string
	style, icon, touch string // style sheet, SVG icon, PNG icon for home screens
	theme              string // the one script that runs before the first paint
	scripts            []string
	preview            string // absolute address of the preview picture; empty leaves it out
	noIndex            bool   // keep search engines away: the page has no address of its own
	dataset            []byte // description of the data for search engines, JSON-LD; empty leaves it out
}

// render writes the whole document. root is the relative way to the site's root and body the HTML of the page's root
// element. The body's first element is empty: go-app replaces it by its own when the program starts.
func (s shell) render(root, body string) string {
	var b strings.Builder
	tag := func(name string, attributes ...string) {
		b.WriteString("<" + name)
		for i := 0; i < len(attributes); i += 2 {
			b.WriteString(" " + attributes[i])
			if attributes[i+1] != "" {
				b.WriteString(`="` + html.EscapeString(attributes[i+1]) + `"`)
			}
		}
		b.WriteString(">")
	}
	b.WriteString("<!doctype html>\n")
	tag("html", "lang", "en")
	b.WriteString("\n<head>\n")
	tag("meta", "charset", "utf-8")
	tag("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
	b.WriteString("\n<title>" + html.EscapeString(s.title) + "</title>\n")
	tag("meta", "name", "description", "content", s.description)
	tag("meta", "name", "color-scheme", "content", "light dark")
	tag("meta", "name", "theme-color", "content", themeLight, "media", "(prefers-color-scheme: light)")
	tag("meta", "name", "theme-color", "content", themeDark, "media", "(prefers-color-scheme: dark)")
	if s.noIndex {
		tag("meta", "name", "robots", "content", "noindex")
	}
	b.WriteByte('\n')
	tag("script", "src", root+s.theme)
	b.WriteString("</script>\n")
	tag("link", "rel", "stylesheet", "href", root+s.style)
	tag("link", "rel", "manifest", "href", root+"manifest.webmanifest")
	tag("link", "rel", "icon", "type", "image/svg+xml", "href", root+s.icon)
	tag("link", "rel", "apple-touch-icon", "href", root+s.touch)
	b.WriteByte('\n')
	tag("meta", "property", "og:type", "content", "website")
	tag("meta", "property", "og:title", "content", s.title)
	tag("meta", "property", "og:description", "content", s.description)
	if s.preview != "" {
		tag("meta", "property", "og:image", "content", s.preview)
		tag("meta", "name", "twitter:card", "content", "summary_large_image")
	}
	b.WriteByte('\n')
	for _, script := range s.scripts {
		tag("script", "src", root+script, "defer", "")
		b.WriteString("</script>")
	}
	if len(s.dataset) > 0 { // data, which no browser runs: the policy against inline script does not concern it
		b.WriteString("\n")
		tag("script", "type", "application/ld+json")
		b.Write(s.dataset)
		b.WriteString("</script>")
	}
	b.WriteString("\n</head>\n<body>\n<div id=\"program\" hidden></div>" + body + "\n")
	tag("progress", "id", "boot-progress", "max", "100", "value", "0", "aria-label", "Loading the controls", "hidden", "")
	b.WriteString("</progress>\n")
	tag("div", "id", "boot-notice", "role", "status", "hidden", "")
	b.WriteString("</div>\n</body>\n</html>\n")
	return b.String()
}
