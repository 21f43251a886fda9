# Everything a person types. `make help` lists it. Needs Python 3.11+ with venv, git and make; nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
TESTERS ?= 2
PYTEST := $(PY) -m pytest -p no:cacheprovider
STAMP := $(VENV)/.guatu
ASSETS := $(wildcard assets/*.mjs assets/src/* assets/src/*/*)
CATALOGUES := $(wildcard guatu/locale/*/LC_MESSAGES/*.po)

.PHONY: help setup run test test-fast test-pg e2e bench bench-big bench-friday soak lint format messages counts settings commands guide browser office

help: ## list what there is
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

# -- set-up, in four steps that are each done again only when what they are made from has changed ----------------------
setup: $(STAMP)-python $(STAMP)-node $(STAMP)-assets $(STAMP)-catalogues ## make the environment, the bundles and the catalogues

$(STAMP)-python: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "guatu needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version). Name another: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install -y python3-venv" >&2; exit 1; }
	@[ -x $(PY) ] || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(STAMP)-node: assets/package.json assets/package-lock.json $(STAMP)-python
	cd assets && $(CURDIR)/.ci/node npm ci
	@touch $@

$(STAMP)-assets: $(ASSETS) $(STAMP)-node
	.ci/node assets/build.mjs
	.ci/node assets/fonts.mjs
	@touch $@

$(STAMP)-catalogues: $(CATALOGUES) $(STAMP)-python
	$(PY) -m guatu.config.catalogues compile
	@touch $@

# -- using it ----------------------------------------------------------------------------------------------------------
run: setup ## set everything up, load the demonstration district the first time, serve on 127.0.0.1:$PORT (8000)
	@echo "Loading the demonstration district; the first time this takes about a minute."
	@$(VENV)/bin/guatu init --demo --once > /dev/null
	@exec $(VENV)/bin/guatu serve

# -- tests -------------------------------------------------------------------------------------------------------------
browser:
	@.ci/browser

office:
	@.ci/office

test: setup browser office ## all tests on SQLite, with one browser pass
	$(PYTEST) -n $(TESTERS) --dist loadfile

test-fast: setup ## domain and architecture only
	$(PYTEST) tests/domain tests/architecture

test-pg: setup ## all tests that work on a database, but the browser's, on a PostgreSQL of their own
	$(PY) -m tests.support.postgres -- $(PYTEST) -n $(TESTERS) --dist loadfile -m "not browser"

e2e: setup browser ## the browser tests alone
	$(PYTEST) -m browser

bench: setup ## the jobs of users beside their floors at 240 and 5,000 projects, on both databases (BENCH="--job library")
	$(PY) -m bench $(BENCH)

bench-big: setup ## the same at 500,000 projects; the databases are kept in .bench (GUATU_BENCH_KEEP) for the next run
	$(PY) -m bench --projects 500000 --keep $${GUATU_BENCH_KEEP:-.bench} $(BENCH)

bench-friday: setup ## fifty people at once, two seconds between clicks, against a server on this machine (FRIDAY="--people 20")
	$(PY) -m bench.friday $(FRIDAY)

SOAK = -o faulthandler_timeout=7200 # two hundred kills of one test take longer than any test of the suite may
soak: setup office ## kill, fuzz and stateful tests in full, on both databases (GUATU_TRIAL_DATA=FOLDER tries published files too)
	$(PYTEST) --slow 1 $(SOAK)
	$(PY) -m tests.support.postgres -- $(PYTEST) --slow 1 $(SOAK)

# -- keeping it in order -----------------------------------------------------------------------------------------------
lint: setup ## ruff, format, mypy, import contracts, guards on locks and bundles
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-cache
	$(PY) .ci/guards.py

format: setup ## put the code in order
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

messages: setup ## collect the sentences into the catalogues and compile them
	$(PY) -m guatu.config.catalogues update
	$(PY) -m guatu.config.catalogues compile

counts: setup ## record the query counts of the pages anew
	GUATU_RECORD_COUNTS=1 $(PYTEST) -k quer tests

guide: setup browser ## take the pictures of the user guide anew (docs/guide/images)
	GUATU_WRITE_GUIDE=1 $(PYTEST) tests/guide/test_walks.py
	$(PYTEST) tests/guide/test_guide.py

settings: setup ## write docs/operate/settings.md anew
	$(VENV)/bin/guatu settings --markdown > docs/operate/settings.md

commands: setup ## write docs/operate/commands.md anew
	$(VENV)/bin/guatu commands --markdown > docs/operate/commands.md
