package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// encoders are the twins that a compressible file gets, by the ending of their name.
var encoders = map[string]func([]byte) ([]byte, error){
	".br": func(content []byte) ([]byte, error) {
		var b bytes.Buffer
		w := brotli.NewWriterLevel(&b, brotli.BestCompression)
		if _, err := w.Write(content); err != nil {
			return nil, err
		}
		err := w.Close()
		return b.Bytes(), err
	},
	".gz": func(content []byte) ([]byte, error) {
		var b bytes.Buffer
		w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(content); err != nil {
			return nil, err
		}
		err = w.Close()
		return b.Bytes(), err
	},
}

// compressible says whether a file gains from compression: text and WASM do, pictures are compressed already.
func compressible(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".css", ".csv", ".html", ".js", ".json", ".msgpack", ".svg", ".txt", ".wasm", ".webmanifest", ".xml":
		return true
	}
	return false
}

// addTwins adds to files the compressed twins of all that is compressible, where the twin is smaller.
// Compressing the WASM takes many seconds, so twins are kept in cacheDir by the hash of what they were made from;
// a twin that this build does not use is removed from there. progress is told of each that has to be made.
func addTwins(files map[string][]byte, cacheDir string, progress func(name string, size int)) error {
	if err := os.MkdirAll(cacheDir, 0o777); err != nil {
		return err
	}
	type job struct{ name, ending string }
	jobs := make(chan job)
	var (
		wait  sync.WaitGroup
		mu    sync.Mutex
		first error
		used  = map[string]bool{}
		twins = map[string][]byte{}
	)
	for range runtime.NumCPU() {
		wait.Go(func() {
			for j := range jobs {
				content := files[j.name]
				sum := sha256.Sum256(content)
				key := hex.EncodeToString(sum[:]) + j.ending
				twin, err := cached(filepath.Join(cacheDir, key), func() ([]byte, error) {
					progress(j.name+j.ending, len(content))
					return encoders[j.ending](content)
				})
				mu.Lock()
				used[key] = true
				if err != nil && first == nil {
					first = err
				}
				if len(twin) < len(content) {
					twins[j.name+j.ending] = twin
				}
				mu.Unlock()
			}
		})
	}
	for _, name := range bySize(files) {
		if compressible(name) {
			for ending := range encoders {
				if ending == ".br" && strings.HasPrefix(name, "data/") {
					continue // the best brotli takes half a minute for these, and few fetch them
				}
				jobs <- job{name, ending}
			}
		}
	}
	close(jobs)
	wait.Wait()
	if first != nil {
		return first
	}
	for name, twin := range twins {
		files[name] = twin
	}
	entries, err := os.ReadDir(cacheDir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !used[e.Name()] {
			if err := os.Remove(filepath.Join(cacheDir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// cached reads path, or makes its content and writes it there in one step.
func cached(path string, encode func() ([]byte, error)) ([]byte, error) {
	if content, err := os.ReadFile(path); err == nil {
		return content, nil
	}
	content, err := encode()
	if err != nil {
		return nil, err
	}
	half, err := os.CreateTemp(filepath.Dir(path), "half-") // its own name: files of equal content share a key
	if err != nil {
		return nil, err
	}
	_, err = half.Write(content)
	if closing := half.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return nil, err
	}
	return content, os.Rename(half.Name(), path)
}
