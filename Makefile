# Tabchain's commands. `make` lists them; scripts/env.sh has the environment they share.

SHELL := /bin/bash
.NOTPARALLEL:
.DEFAULT_GOAL := help

PORT ?= 8080
export PORT

env := . scripts/env.sh &&
wasm := --target wasm32-unknown-unknown
# The in-browser tests: the others use what a browser does not have, so these are named one by one.
browser_tests := $(foreach file,$(wildcard tests/browser*.rs),--test $(basename $(notdir $(file))))
e2e_tests := $(foreach file,$(wildcard tests/e2e*.rs),--test $(basename $(notdir $(file))))
define section
@printf '\n\033[1m=== %s\033[0m\n' "$(1)"
endef

.PHONY: help setup setup-build run dist dev test fmt fmt-check lint test-native test-browser test-e2e soak screenshots bench

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: dist ## Set up, build the release app and serve it on http://127.0.0.1:8080/ (PORT= for another)
	$(call section,Serving)
	@scripts/run.sh

test: setup fmt-check lint test-native test-browser dist test-e2e ## Set up, then run every test
	$(call section,Format - clippy - native - in-browser - end-to-end: all passed)

setup: ## Install what is missing (NO_INSTALL=1: only report it)
	$(call section,Set-up)
	@scripts/setup.sh test

setup-build:
	$(call section,Set-up)
	@scripts/setup.sh build

dist: setup-build ## Build the static folder dist, for any host and sub-path
	$(call section,Release build)
	@scripts/build.sh

dev: setup-build ## Serve a development build, rebuilt at every change
	@$(env) cargo fetch --locked && trunk serve --port $(PORT)

fmt: ## Format the sources
	@$(env) cargo fmt

fmt-check:
	$(call section,Format)
	@$(env) cargo fmt --check

lint: ## Clippy, natively and for wasm32, warnings denied
	$(call section,Clippy)
	@$(env) cargo clippy --all-targets -- -D warnings
	@$(env) cargo clippy $(wasm) --lib --bins $(browser_tests) -- -D warnings

test-native: ## Unit, vector, story, property and simulation tests
	$(call section,Native tests)
	@$(env) cargo test

test-browser: ## In-browser unit tests (tests/browser*.rs), in headless Chromium
	$(call section,In-browser tests)
	@$(if $(browser_tests),$(env) cargo test $(wasm) $(browser_tests),echo "no tests/browser*.rs")

test-e2e: ## The built app in a real browser with several tabs (needs dist)
	$(call section,End-to-end tests)
	@$(env) TABCHAIN_DIST="$(CURDIR)/dist" cargo test $(e2e_tests) -- --nocapture --test-threads=1

soak: ## Random lives of a wallet, 10,000 (SEEDS= for another number), with reloads and restores at any moment
	$(call section,Soak)
	@$(env) TABCHAIN_SEEDS="$${SEEDS:-10000}" cargo test --profile soak --test wallet_model -- --nocapture

screenshots: ## Pictures of every page, from the built app (needs dist), into TABCHAIN_SCREENSHOTS or target/screenshots
	$(call section,Screenshots)
	@$(env) TABCHAIN_DIST="$(CURDIR)/dist" TABCHAIN_SCREENSHOTS="$${TABCHAIN_SCREENSHOTS:-$(CURDIR)/target/screenshots}" \
		cargo test --test screenshots -- --nocapture --test-threads=1

bench: ## Our speed against named peers, and how long a visit takes until the node mines (needs dist)
	$(call section,Benchmarks)
	@$(env) cargo bench --bench ratios
	$(call section,Load times)
	@$(env) TABCHAIN_DIST="$(CURDIR)/dist" cargo test --test load_times -- --nocapture --test-threads=1
