# The targets with a comment after two hashes are the menu that `make` alone prints.
.DEFAULT_GOAL := help
# SwiftPM parallelises by itself, and two of its runs would wait for each other.
.NOTPARALLEL:

SWIFT ?= swift
PREFIX ?= /usr/local
AIWG := .build/release/aiwg
# What the system would have to bring along goes into the binary; asked for when libyaml is there.
STATIC ?= $(shell scripts/static-flags.sh)
# Otherwise Swift looks types up by name at their first use, and searches all conformances for each: a tenth of a small check.
SPEED := -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
# The man page and the completions, and the packages.
SHARE := .build/share
PACKAGES := .build/packages

.PHONY: help
help: ## Print this menu
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

.PHONY: libyaml
libyaml:
	@scripts/ensure-libyaml.sh

.PHONY: build
build: libyaml ## Build for debugging
	$(SWIFT) build

.PHONY: release
release: libyaml ## Build the optimised binary, .build/release/aiwg
	$(SWIFT) build -c release --product aiwg $(STATIC) $(SPEED)

.PHONY: test
test: lint ## Lint, then run all tests
	$(SWIFT) test

.PHONY: torture
# Its tests put a library between the binary and the system, which a loader has to do.
torture: STATIC = --static-swift-stdlib
torture: release ## Kill, starve and crowd the optimised binary, in full: takes an hour
	AIWG_BINARY=$(CURDIR)/$(AIWG) SWIFT="$(SWIFT)" scripts/torture.sh

.PHONY: bench
bench: release ## Time it beside a floor in C, and write docs/performance.md: make bench SIZES="100 1000"
	benchmarks/bench.py --aiwg $(AIWG) --write docs/performance.md

.PHONY: lint
lint: libyaml ## Check formatting, imports, and that shipped.c lists every shipped file
	$(SWIFT) format lint --strict --parallel -r Package.swift Sources Tests
	scripts/generate-shipped.sh --check
	$(SWIFT) build --explicit-target-dependency-import-check error

.PHONY: format
format: ## Format the Swift sources in place
	$(SWIFT) format format -i --parallel -r Package.swift Sources Tests

.PHONY: golden
golden: libyaml ## Record the golden of a platform: make golden PLATFORM=x
	@test -n "$(PLATFORM)" || { echo 'usage: make golden PLATFORM=x' >&2; exit 64; }
	@echo 'recording; a recording run fails on purpose, and the run after it must pass'
	-RECORD=1 PLATFORM="$(PLATFORM)" $(SWIFT) test --filter GoldenTests
	PLATFORM="$(PLATFORM)" $(SWIFT) test --filter GoldenTests
	@echo 'now read Tests/GoldenTests/Goldens/$(PLATFORM).txtar'

.PHONY: fuzz
fuzz: libyaml ## Feed the rooms that read other people's bytes: make fuzz N=1000000
	scripts/fuzz.sh "$(or $(N),1000000)"

.PHONY: shipped
shipped: ## Regenerate the list of files that are compiled in
	scripts/generate-shipped.sh

.PHONY: schemas
schemas: libyaml ## Record schemas/ from the tables that the decoders read by
	@echo 'recording; a recording run fails on purpose, and the run after it must pass'
	-RECORD=1 $(SWIFT) test --filter CommittedTests
	$(SWIFT) test --filter SchemaTests

.PHONY: docs
docs: release ## Regenerate docs/commands, docs/platforms, the picture in README.md and the tables of docs/lint.md
	scripts/generate-docs.sh $(AIWG)
	scripts/generate-picture.sh $(AIWG) docs/images/first-deploy.svg
	@echo 'recording; a recording run fails on purpose, and the run after it must pass'
	-RECORD=1 $(SWIFT) test --filter RuleTableTests
	$(SWIFT) test --filter RuleTableTests

.PHONY: manual
manual: release ## Write the man page and completions for shells into .build/share
	scripts/generate-manual.sh $(AIWG) .build/share

.PHONY: check
check: ## Run what CI runs
	.ci/run

.PHONY: deploy
deploy: target-given release ## Build, then deploy the shipped library to every platform: make deploy TARGET=dir
	mkdir -p "$(TARGET)"
	$(AIWG) deploy --target "$(TARGET)"
	$(AIWG) check --target "$(TARGET)"
	$(AIWG) status --target "$(TARGET)"

.PHONY: target-given
target-given:
	@test -n "$(TARGET)" || { echo 'usage: make deploy TARGET=dir' >&2; exit 64; }

# Made where there is a script for it.
.PHONY: share
share: release
	@if [ -x scripts/generate-manual.sh ]; then scripts/generate-manual.sh $(AIWG) $(SHARE); fi

.PHONY: install
install: share ## Install the binary, man page and completions: make install PREFIX=/usr/local
	packaging/stage.sh $(AIWG) $(SHARE) "$(DESTDIR)$(PREFIX)"

.PHONY: deb
deb: share ## Make a Debian package of the binary
	packaging/deb.sh $(AIWG) $(SHARE) $(PACKAGES)

.PHONY: wheel
wheel: share ## Make a Python wheel of the binary
	packaging/wheel.py $(AIWG) $(SHARE) $(PACKAGES)

.PHONY: test-packages
test-packages: share ## Make the packages twice, and install them where nothing else is
	scripts/test-packages.sh $(AIWG) $(SHARE)

.PHONY: clean
clean: ## Remove what was built
	$(SWIFT) package clean
