package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// module is one Go module whose code is part of the program or of the server.
type module struct{ path, version, folder string }

// linkedModules lists the modules behind the program and the server, the standard library first. The project itself is left out.
func linkedModules() ([]module, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("asking go for its root: %w", err)
	}
	found := map[module]bool{}
	for target, environment := range map[string][]string{"./app": {"GOOS=js", "GOARCH=wasm"}, ".": {"CGO_ENABLED=0"}} {
		list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", target)
		list.Env = append(os.Environ(), environment...)
		lines, err := list.Output()
		if err != nil {
			return nil, fmt.Errorf("listing the modules of %s: %w", target, err)
		}
		for line := range strings.Lines(string(lines)) {
			if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 {
				found[module{f[0], f[1], f[2]}] = true
			}
		}
	}
	modules := make([]module, 0, len(found)+1)
	for m := range found {
		modules = append(modules, m)
	}
	slices.SortFunc(modules, func(a, b module) int { return strings.Compare(a.path, b.path) })
	standard := module{"std", strings.TrimPrefix(runtime.Version(), "go"), strings.TrimSpace(string(root))}
	return slices.Insert(modules, 0, standard), nil
}

// licence reads a module's licence and names it as SPDX does.
func (m module) licence() (id, text string, err error) {
	entries, err := os.ReadDir(m.folder)
	if err != nil {
		return "", "", err
	}
	for _, e := range entries {
		if name := strings.ToUpper(e.Name()); strings.HasPrefix(name, "LICENSE") || strings.HasPrefix(name, "LICENCE") || name == "COPYING" {
			content, err := os.ReadFile(filepath.Join(m.folder, e.Name()))
			if err != nil {
				return "", "", err
			}
			id, err := licenceID(string(content))
			if err != nil {
				return "", "", fmt.Errorf("module %s: %w", m.path, err)
			}
			return id, string(content), nil
		}
	}
	return "", "", fmt.Errorf("module %s has no licence file: it must not be shipped", m.path)
}

// licenceID recognises the licences that the project's modules may have.
func licenceID(text string) (string, error) {
	words := strings.Join(strings.Fields(text), " ")
	switch {
	case strings.Contains(words, "Apache License Version 2.0"):
		return "Apache-2.0", nil
	case strings.Contains(words, "Permission is hereby granted, free of charge"):
		return "MIT", nil
	case strings.Contains(words, "Redistribution and use in source and binary forms") && strings.Contains(words, "Neither the name"):
		return "BSD-3-Clause", nil
	case strings.Contains(words, "Redistribution and use in source and binary forms"):
		return "BSD-2-Clause", nil
	}
	return "", fmt.Errorf("the licence is not one of Apache-2.0, MIT, BSD-2-Clause and BSD-3-Clause")
}

// addSupply adds the list of linked modules (CycloneDX) and their licences.
func (s *site) addSupply() error {
	modules, err := linkedModules()
	if err != nil {
		return err
	}
	type object = map[string]any
	var components []object
	var licences strings.Builder
	licences.WriteString("The program and the server of the AI Cities Explorer contain code of these modules, under their licences.\n")
	for _, m := range modules {
		id, text, err := m.licence()
		if err != nil {
			return err
		}
		components = append(components, object{
			"type": "library", "name": m.path, "version": m.version, "purl": "pkg:golang/" + m.path + "@" + m.version,
			"licenses": []object{{"license": object{"id": id}}},
		})
		licences.WriteString("\n== " + m.path + " " + m.version + " (" + id + ") ==\n\n" + strings.TrimSpace(text) + "\n")
	}
	s.files["licences.txt"] = []byte(licences.String())
	s.files["sbom.cdx.json"], err = json.MarshalIndent(object{
		"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
		"metadata":   object{"component": object{"type": "application", "name": "aicities", "licenses": []object{{"license": object{"id": "Apache-2.0"}}}}},
		"components": components,
	}, "", "  ")
	return err
}
