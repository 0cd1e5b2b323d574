ADDR ?= 127.0.0.1:8080
SITE ?=
BASE ?= /
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: load vuln run build test screenshots bench facts-report lint clean help

run: build ## build what has changed and serve the site (make run ADDR=127.0.0.1:8081 for another address)
	@exec bin/aicities -addr $(ADDR)

build: ## write the site to dist/ and the server that contains it to bin/aicities
	@echo "building the site (the first time takes a minute or two)"
	@go run ./app/build -site "$(SITE)" -base "$(BASE)"
	@echo "building the server"
	@CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/aicities .

test: ## install what the tests need and run them all; the last line says 'N passed, N failed'
	@test/run

screenshots: build ## take the pictures of the README anew (needs what 'make test' installs)
	@[ -d test/node_modules ] || { echo "run make test first: it installs the browser"; exit 1; }
	@node test/screenshots.mjs

bench: build ## measure page and engine beside their rivals in Chromium; writes bench/results.md (keep the machine quiet)
	@command -v npm >/dev/null || { echo "bench: npm is missing: install Node.js 20 or later"; exit 1; }
	@command -v "$${CHROMIUM:-chromium}" >/dev/null || { echo "bench: Chromium is missing: install it, or name it in CHROMIUM"; exit 1; }
	@cd bench && { cmp -s package-lock.json node_modules/.installed || { npm ci --ignore-scripts --loglevel=error && cp package-lock.json node_modules/.installed; }; } || { echo "bench: npm could not install the rivals; check the connection"; exit 1; }
	@node bench/run.mjs
	@go test -run '^$$' -bench . -benchmem ./scoring/... ./data/...

facts-report: ## records and sources behind each of the 100 cities and six pillars, the thinnest cells last
	@go run ./data/build -cells

lint: ## gofmt, go vet, staticcheck, dead code, import directions, words and links of the documents
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$unformatted" ]; then echo "not gofmt-ed: $$unformatted"; exit 1; fi
	@go vet ./...
	@go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...
	@test/deadcode
	@go test -run '^TestImportsPointOneWay$$' .
	@go test -run '^Test(Links|Words)' ./docs

load: ## load the server and nginx with the same built site and print their figures side by side
	@bench/load/run

vuln: ## look for known vulnerabilities in what is linked (needs a connection to the Go vulnerability database)
	@GOBIN="$(CURDIR)/bin" go install golang.org/x/vuln/cmd/govulncheck@v1.1.4
	@timeout 120 bin/govulncheck ./...; code=$$?; [ $$code -eq 0 ] || [ $$code -eq 3 ] || \
		echo "vuln: not checked: the Go vulnerability database cannot be reached from here"; exit $$code

clean: ## remove everything that was built or downloaded into the tree
	@rm -rf .cache bin test/node_modules bench/node_modules bench/.cache
	@find dist -mindepth 1 ! -name .gitkeep -delete

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
