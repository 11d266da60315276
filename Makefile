# The commands of this project. `make run` and `make test` need Python 3.11 or later and nothing else.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check format bench drill messages help

help: ## Say what each command does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

run: .venv/installed ## Set everything up and serve the example on http://127.0.0.1:8000 (PORT changes it)
	@exec $(BIN)/python -m svvoice.serving

test: .venv/installed-tests ## Every test: SQLite and PostgreSQL, a real browser
	$(BIN)/python -m tests.browser.installing
	$(BIN)/python -m pytest -n 2

check: .venv/installed-tests ## Format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet

format: .venv/installed-tests ## Put the code in the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/installed-tests ## The benchmarks, as a table
	$(BIN)/python -m benchmarks

drill: .venv/installed-tests ## The long drills: more kills, more people, more messages
	$(BIN)/python -m tests.drills

messages: .venv/installed-tests ## Collect the product's words for the translators
	$(BIN)/python -m translations.collect

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "svvoice needs Python 3.11 or later; $(PYTHON) is older. Try: make PYTHON=python3.12 run"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-tests: tests/requirements.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch .venv/installed $@
