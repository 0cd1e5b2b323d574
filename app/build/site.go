package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"aicities/app/page"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// site is the site while it is being made.
type site struct {
	base    string            // path at which it will be served, with a slash at both ends
	address string            // public address with a slash at its end, or empty
	files   map[string][]byte // file name → content
	assets  map[string]string // plain name of an asset → its file name with the hash of its content
	pages   []string          // paths of the pages that have an address, sorted
	dataset []byte            // description of the downloads for search engines, once they are there
}

func newSite(base, address string) *site {
	base = "/" + strings.Trim(base, "/") + "/"
	if base == "//" {
		base = "/"
	}
	if address != "" {
		address = strings.TrimRight(address, "/") + "/"
	}
	return &site{base: base, address: address, files: map[string][]byte{}, assets: map[string]string{}}
}

// addAsset stores content under assets/ with its hash in the name, so that it can be kept for ever by every cache.
func (s *site) addAsset(name string, content []byte) {
	sum := sha256.Sum256(content)
	ending := path.Ext(name)
	file := "assets/" + strings.TrimSuffix(name, ending) + "." + hex.EncodeToString(sum[:5]) + ending
	s.files[file] = content
	s.assets[name] = file
}

// asset gives the file name of an asset, and an empty string for an unknown one.
func (s *site) asset(name string) string { return s.assets[name] }

// addAssets adds everything that pages refer to: what the pages made, the icons, the style sheet, the program and its scripts.
func (s *site) addAssets(web string, wasm []byte, made map[string][]byte) error {
	for name, content := range made {
		s.addAsset(name, content)
	}
	s.addAsset("icon.svg", iconSVG())
	for _, size := range []int{192, 512} {
		icon, err := iconPNG(size)
		if err != nil {
			return err
		}
		s.addAsset(fmt.Sprintf("icon-%d.png", size), icon)
	}
	forPages := make(map[string]string, len(s.assets)) // what the program may ask for: it cannot contain its own name
	for name, file := range s.assets {
		forPages[name] = file
	}
	s.addAsset("app.wasm", wasm)

	style, err := readStyles(web)
	if err != nil {
		return err
	}
	s.addAsset("style.css", style)
	exec, err := wasmExec()
	if err != nil {
		return err
	}
	s.addAsset("wasm_exec.js", exec)
	live, err := readAll(web, "live.js", "records.js", "drag.js")
	if err != nil {
		return err
	}
	s.addAsset("live.js", live)
	theme, err := readAll(web, "theme.js")
	if err != nil {
		return err
	}
	s.addAsset("theme.js", theme)
	boot, err := withConstant(filepath.Join(web, "boot.js"), "site", map[string]any{
		"wasm": s.asset("app.wasm"), "wasmBytes": len(wasm), "assets": forPages,
	})
	if err != nil {
		return err
	}
	s.addAsset("boot.js", boot)
	for name, picture := range map[string]string{"screenshot/wide.png": "ranking.png", "screenshot/narrow.png": "ranking-phone.png"} {
		content, err := os.ReadFile(filepath.Join(web, "..", "docs", "pictures", picture))
		if err != nil {
			return err
		}
		s.addAsset(name, content)
	}
	return s.addManifest(filepath.Join(web, "manifest.webmanifest"))
}

// addManifest adds the web app manifest with the hashed names of its pictures.
func (s *site) addManifest(file string) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var manifest map[string]any
	if err := json.Unmarshal(content, &manifest); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for _, list := range []string{"icons", "screenshots"} {
		pictures, _ := manifest[list].([]any)
		for _, p := range pictures {
			picture, _ := p.(map[string]any)
			name, _ := picture["src"].(string)
			if s.asset(name) == "" {
				return fmt.Errorf("%s: %s names the picture %q, which is not among the assets", file, list, name)
			}
			picture["src"] = s.asset(name)
		}
	}
	s.files["manifest.webmanifest"], err = json.Marshal(manifest)
	return err
}

// addPages renders every route, the shell for cities that are opened off line, the sitemap and robots.txt.
func (s *site) addPages(routes []page.Route) error {
	around := shell{
		style: s.asset("style.css"), icon: s.asset("icon.svg"), touch: s.asset("icon-192.png"), theme: s.asset("theme.js"),
		scripts: []string{s.asset("wasm_exec.js"), s.asset("live.js"), s.asset("boot.js")},
	}
	for _, r := range routes {
		file, root := place(r.Path)
		if r.Path == "/404" {
			root = s.base // it is served at any depth, so only an absolute address finds the assets
		} else {
			s.pages = append(s.pages, r.Path)
		}
		if _, twice := s.files[file]; twice {
			return fmt.Errorf("two pages have the path %s", r.Path)
		}
		around.title, around.description = r.Title, r.Description
		around.noIndex = r.Path == "/404"
		around.preview = s.preview(file)
		around.dataset = nil
		if r.Path == "/method" {
			around.dataset = s.dataset
		}
		s.files[file] = []byte(around.render(root, app.HTMLString(r.Render(root))))
	}
	slices.Sort(s.pages)
	for _, needed := range []string{"index.html", "404.html"} {
		if s.files[needed] == nil {
			return fmt.Errorf("no route makes %s", needed)
		}
	}
	around.dataset = nil
	around.title, around.description, around.preview, around.noIndex = "AI Cities Explorer", "A city, opened without a connection.", "", true
	s.files["city/offline.html"] = []byte(around.render("../", `<div id="`+page.RootID+`"><main class="opening"><p>Opening this page from your device…</p></main></div>`))

	s.files["robots.txt"] = []byte("User-agent: *\nAllow: /\n")
	if s.address == "" {
		return nil // a sitemap must hold whole addresses, so there is none before the site has one
	}
	s.files["robots.txt"] = append(s.files["robots.txt"], "Sitemap: "+s.address+"sitemap.xml\n"...)
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
	for _, p := range s.pages {
		b.WriteString("<url><loc>" + html.EscapeString(s.address+strings.TrimPrefix(p, "/")) + "</loc></url>\n")
	}
	b.WriteString("</urlset>\n")
	s.files["sitemap.xml"] = []byte(b.String())
	return nil
}

// place gives the file of a page and the relative way from it to the site's root.
func place(pagePath string) (file, root string) {
	name := strings.TrimPrefix(pagePath, "/")
	if name == "" {
		return "index.html", "./"
	}
	if depth := strings.Count(name, "/"); depth > 0 {
		return name + ".html", strings.Repeat("../", depth)
	}
	return name + ".html", "./"
}

// preview is the whole address of the preview picture of a page's file, its own or else the home page's.
func (s *site) preview(file string) string {
	own := s.asset("preview/" + strings.TrimSuffix(file, ".html") + ".png")
	if own == "" {
		own = s.asset("preview/index.png")
	}
	if own == "" || s.address == "" {
		return ""
	}
	return s.address + own
}

// addWorker adds the service worker with the list of the files that it keeps and their hashes, and the worker that takes it back.
func (s *site) addWorker(web string) error {
	core, lazy := map[string]string{}, map[string]string{}
	for name, content := range s.files {
		sum := sha256.Sum256(content)
		hash := base64.RawURLEncoding.EncodeToString(sum[:12])
		switch {
		case name == "robots.txt", name == "sitemap.xml", name == "licences.txt", name == "sbom.cdx.json", strings.HasPrefix(name, "assets/preview/"), strings.HasPrefix(name, "assets/screenshot/"), strings.HasPrefix(name, "data/"):
			// for machines and downloads: never kept
		case strings.HasPrefix(name, "city/") && name != "city/offline.html":
			lazy[name] = hash
		default:
			core[name] = hash
		}
	}
	source, err := os.ReadFile(filepath.Join(web, "worker.js"))
	if err != nil {
		return err
	}
	list, err := json.Marshal([]any{core, lazy})
	if err != nil {
		return err
	}
	sum := sha256.Sum256(append(list, source...))
	worker, err := withConstant(filepath.Join(web, "worker.js"), "build", map[string]any{
		"id": hex.EncodeToString(sum[:6]), "core": core, "lazy": lazy,
	})
	if err != nil {
		return err
	}
	s.files["worker.js"] = worker
	s.files["worker-withdraw.js"], err = os.ReadFile(filepath.Join(web, "worker-withdraw.js"))
	return err
}

// withConstant reads a script and puts 'const name = value;' behind its first line, which says why the file is JavaScript.
func withConstant(file, name string, value any) ([]byte, error) {
	script, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	first, rest, _ := strings.Cut(string(script), "\n")
	return []byte(first + "\nconst " + name + " = " + string(encoded) + ";\n" + rest), nil
}

// readStyles joins the style sheets: style.css first, which holds the tokens, then each other in order of name.
func readStyles(web string) ([]byte, error) {
	files, err := filepath.Glob(filepath.Join(web, "*.css"))
	if err != nil {
		return nil, err
	}
	names := []string{"style.css"}
	for _, file := range files {
		if name := filepath.Base(file); name != names[0] {
			names = append(names, name)
		}
	}
	return readAll(web, names...)
}

// readAll reads files of a folder, one after the other.
func readAll(folder string, names ...string) ([]byte, error) {
	var all []byte
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return nil, err
		}
		all = append(all, content...)
	}
	return all, nil
}
