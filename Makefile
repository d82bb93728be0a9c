# Two commands: `make run` serves the demonstration, `make test` tests everything. CONTRIBUTING.md says what the others are for.
SHELL := /bin/bash
PORT ?= 5000
EMPTY ?=  # 1: without the demonstration, in a folder of its own
INSTANCE ?= $(or $(TRACKER_INSTANCE),$(if $(EMPTY),our-office,instance))
JOBS ?= 2
BIN := .venv/bin
PYTEST = $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder  # a file's tests share what they have made; the browser's begin early
LOCKED := pyproject.toml requirements.lock requirements-dev.lock tools/prepare

.PHONY: run test check lint format types soak bench lock migration clean
.DEFAULT_GOAL := run

run: .venv/.ready-run
	@$(BIN)/tracker --instance "$(INSTANCE)" init
	@$(if $(EMPTY),,$(BIN)/tracker --instance "$(INSTANCE)" demo --if-empty)
	@exec $(BIN)/tracker --instance "$(INSTANCE)" serve --port $(PORT)

test: .venv/.ready-test lint types
	$(PYTEST) -m "not soak"

check: .venv/.ready-test lint types
	TRACKER_TEST_ENGINES=sqlite $(PYTEST) -m "not soak and not browser and not installed and not slow" -q

lint: .venv/.ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/djlint --check --quiet templates
	$(BIN)/lint-imports

format: .venv/.ready-test
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/djlint --reformat --quiet templates || true  # it says 1 where it changed something

types: .venv/.ready-test
	$(BIN)/mypy

soak: .venv/.ready-test
	EXAMPLES=400 $(PYTEST) -o faulthandler_timeout=7200 -m "soak or not browser"

bench: .venv/.ready-test
	for each in $$(grep -l __main__ benchmarks/*.py); do echo "== $$each"; $(BIN)/python -m "benchmarks.$$(basename "$$each" .py)" || exit 1; done

# --- what is written by programs ---

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml
lock:
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -o requirements-dev.lock

migration: .venv/.ready-test
	$(BIN)/python tools/next_migration.py $(MESSAGE)
	$(BIN)/ruff check --quiet --fix migrations && $(BIN)/ruff format --quiet migrations

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build

# --- what the others need: once, and again when the locks change ---

.venv/.ready-run: $(LOCKED)
	@tools/prepare run

.venv/.ready-test: $(LOCKED)
	@tools/prepare test
