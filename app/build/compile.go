package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// absent holds packages that stand in for those of the standard library that go-app names and the browser never runs,
// each in the folder of its import path.
const absent = "app/build/absent"

// compilerFlags compile the program without inlining, which makes it a tenth smaller after brotli, but for the packages
// whose small functions are called in the inner loops of a step (docs/performance.md).
var compilerFlags = []string{
	"-gcflags=all=-l",
	"-gcflags=aicities/data=", "-gcflags=aicities/scoring=", "-gcflags=internal/runtime/maps=",
}

// compile builds ./app for js/wasm into path and returns its content. The go command leaves path alone when it is up to date.
func compile(path string) ([]byte, error) {
	overlay := path + ".overlay.json"
	if err := writeOverlay(overlay); err != nil {
		return nil, fmt.Errorf("leaving out what the browser does not need: %w", err)
	}
	arguments := append([]string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-overlay", overlay, "-o", path}, compilerFlags...)
	command := exec.Command("go", append(arguments, "./app")...)
	command.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if message, err := command.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("compiling ./app for js/wasm: %w\n%s", err, message)
	}
	return os.ReadFile(path)
}

// writeOverlay tells the go command (go help build, -overlay) to read the packages below absent in place of the standard
// library's own.
func writeOverlay(file string) error {
	source, err := goRoot("src")
	if err != nil {
		return err
	}
	replace := map[string]string{}
	err = filepath.WalkDir(absent, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		folder := filepath.Join(source, strings.TrimPrefix(filepath.Dir(path), filepath.FromSlash(absent)))
		own, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			return err
		}
		if len(own) == 0 {
			return errors.New(folder + " holds no Go files, expected a package of the standard library")
		}
		for _, name := range own {
			replace[name] = "" // as if it were not there
		}
		replace[filepath.Join(folder, entry.Name())], err = filepath.Abs(path)
		return err
	})
	if err != nil {
		return err
	}
	content, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o666)
}

// wasmExec reads the tool chain's own glue between the browser and a Go program.
func wasmExec() ([]byte, error) {
	file, err := goRoot("lib/wasm/wasm_exec.js")
	if err != nil {
		return nil, err
	}
	return os.ReadFile(file)
}

// goRoot is the full path of a file of the tool chain.
func goRoot(file string) (string, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("asking go for its root: %w", err)
	}
	return filepath.Join(strings.TrimSpace(string(root)), filepath.FromSlash(file)), nil
}
