// Command build makes the site: it compiles the program to WebAssembly, renders every page to HTML, names the assets by
// their content, compresses what compresses, and writes plain files that any static host can serve.
// It is run from the root of the repository: go run ./app/build.
// The same sources and tool chain give the same bytes on every run.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"aicities/app/page"
	"aicities/data"
)

func main() {
	out := flag.String("out", "dist", "folder that gets the site; what is in it and not of this build is removed")
	cache := flag.String("cache", ".cache", "folder that keeps the compiled program and the compressed files between builds")
	base := flag.String("base", "/", "path at which the site will be served: only the page for unknown addresses needs to know it")
	address := flag.String("site", "", "public address of the site, such as https://example.org/; it is needed for sitemap.xml and preview pictures")
	twins := flag.Bool("twins", true, "write the compressed twins of every file; false saves most of the time while working on a page")
	freeze := flag.Bool("release", false, "add the present edition of the data to the released ones in data/editions, and make no site")
	flag.Parse()
	if *freeze {
		if err := releaseEdition(); err != nil {
			fmt.Fprintln(os.Stderr, "build:", err)
			os.Exit(1)
		}
		return
	}
	start := time.Now()
	if err := build(*out, *cache, *base, *address, *twins); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
	fmt.Printf("site written to %s in %.1f s\n", *out, time.Since(start).Seconds())
}

// build makes the whole site in memory and then brings the folder out up to date with it.
func build(out, cache, base, address string, twins bool) error {
	fmt.Println("compiling the program to WebAssembly")
	wasm, err := compile(filepath.Join(cache, "app.wasm"))
	if err != nil {
		return err
	}
	dataset, err := data.Open()
	if err != nil {
		return fmt.Errorf("opening the dataset: %w", err)
	}
	assets, err := page.Assets()
	if err != nil {
		return fmt.Errorf("making the assets: %w", err)
	}
	s := newSite(base, address)
	if err := s.addAssets("web", wasm, assets); err != nil {
		return err
	}
	previews, err := page.Previews(dataset)
	if err != nil {
		return fmt.Errorf("making the previews: %w", err)
	}
	pictures, err := previewPictures(previews)
	if err != nil {
		return err
	}
	for name, content := range pictures {
		s.addAsset(name, content) // after addAssets: the program asks for none of them
	}
	routes, err := page.Routes(dataset, s.asset)
	if err != nil {
		return fmt.Errorf("listing the pages: %w", err)
	}
	if err := s.addDownloads(dataset, editionsFolder); err != nil {
		return fmt.Errorf("making the downloads: %w", err)
	}
	fmt.Printf("rendering %d pages\n", len(routes))
	if err := s.addPages(routes); err != nil {
		return err
	}
	if err := s.addSupply(); err != nil {
		return err
	}
	if err := s.addWorker("web"); err != nil {
		return err
	}
	plain := len(s.files)
	if !twins {
		return update(out, s.files)
	}
	err = addTwins(s.files, filepath.Join(cache, "compressed"), func(name string, size int) {
		if size > 1<<20 {
			fmt.Printf("compressing %s (%.1f MB)\n", name, float64(size)/1e6)
		}
	})
	if err != nil {
		return fmt.Errorf("compressing: %w", err)
	}
	wasmName := s.asset("app.wasm")
	fmt.Printf("%d files; the program is %.2f MB, %.2f MB after brotli\n", plain,
		float64(len(s.files[wasmName]))/1e6, float64(len(s.files[wasmName+".br"]))/1e6)
	return update(out, s.files)
}

// update makes the folder hold exactly files, and leaves alone what has the right content already.
// Names that start with a dot, such as .gitkeep, are not of the site.
func update(folder string, files map[string][]byte) error {
	for name, content := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o666); err != nil {
			return err
		}
	}
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		if _, wanted := files[filepath.ToSlash(name)]; wanted {
			return nil
		}
		return os.Remove(path)
	})
}

// bySize lists the names of files, the largest first, so that the longest work starts first.
func bySize(files map[string][]byte) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := len(files[b]) - len(files[a]); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return names
}
