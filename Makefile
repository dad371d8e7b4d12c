# What one can do here. Needs Python 3.11 or newer and make, nothing else; `make` alone tells the rest.

PYTHON = python3
BIN = .venv/bin
VENDOR = templates/web/static/vendor/.made
W3C = tests/conformance/w3c/.made
BENCHMARKS = bench-workflow bench-documents bench-search bench-relevance bench-meeting

# Packages are installed from pins with hashes only; the product itself without looking for anything.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

OPENSEARCH = build/opensearch/klassesti.txt
PREFLIGHT = build/preflight/klassesti.txt

.PHONY: help run test sure coverage demo bench $(BENCHMARKS) pins opensearch preflight look screenshots migrering clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: .venv/.runtime ## the server on http://localhost:8000, with the demo council on the first run
	@$(MAKE) --no-print-directory look || echo "Fikk ikke hentet utseendet; sidene blir enkle, men virker."
	@test -e var/saksbehandling.db || { rm -rf var/.ny && mkdir -p var && $(BIN)/saksbehandling --data var/.ny demo last \
		&& mv var/.ny/* var/ && rm -rf var/.ny; }
	$(BIN)/saksbehandling --data var server

test: .venv/.dev ## every test that this machine can run; the rest say why they are skipped
	$(BIN)/python -m pytest -n auto

sure: .venv/.dev look $(W3C) ## what CI runs: style, types, the order of the features, and the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto

coverage: .venv/.dev look ## the tests once more, with the lines and branches that none of them reaches; takes two thirds more
	$(BIN)/python -m pytest -n auto --cov --cov-report=term:skip-covered

demo: .venv/.runtime ## carry PS 87/19 from an empty database to its saksprotokoll, printing each step
	@rm -rf var/ps-87-19
	$(BIN)/saksbehandling --data var/ps-87-19 demo ps-87-19

bench: .venv/.bench ## compare speed with others, as ratios; bench-workflow, bench-documents, bench-search for one
	@for each in $(BENCHMARKS); do $(BIN)/python -W ignore benchmarks/$${each#bench-}.py || exit 1; done

$(BENCHMARKS): .venv/.bench
	@$(BIN)/python -W ignore benchmarks/$(@:bench-%=%).py

opensearch: .venv/.dev $(OPENSEARCH) ## run the tests of the search engines against a real OpenSearch of three nodes; needs a JDK and Maven
	SAKSBEHANDLING_TEST_OPENSEARCH=$(CURDIR)/$(OPENSEARCH) $(BIN)/python -m pytest -n 0 tests/unit/search_engine/test_engines.py \
		tests/unit/search_engine/test_same_hits.py tests/unit/search_engine/test_opensearch.py

preflight: .venv/.dev $(PREFLIGHT) ## have PDFBox judge the PDF/A of every kind of document; needs LibreOffice, a JDK and Maven
	SAKSBEHANDLING_TEST_PREFLIGHT=$(CURDIR)/$(PREFLIGHT) $(BIN)/python -m pytest -n auto tests/unit/protokoll/test_preflight.py

look: $(VENDOR) ## fetch the design system with npm (from PyPI if this machine has none)

pins: .venv/.dev ## work out requirements/*.txt and package-lock.json anew
	cd requirements && for each in runtime dev bench node; do \
		../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
			--no-emit-index-url $$each.in -o $$each.txt || exit 1; done
	npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

screenshots: .venv/.dev look ## take the pictures of the pages that README.md shows
	$(BIN)/python docs/bilder/ta_bilder.py

migrering: .venv/.dev ## write the next migration from the models: make migrering MELDING="what changed"
	$(BIN)/python -m saksbehandling.migrations.run "$(MELDING)"
	$(BIN)/ruff check --quiet --fix src/saksbehandling/migrations/versions
	$(BIN)/ruff format --quiet src/saksbehandling/migrations/versions

clean: ## take away everything that is made, but not var/
	rm -rf .venv build dist node_modules templates/web/static/vendor tests/conformance/w3c .mypy_cache .ruff_cache
	rm -rf .pytest_cache .coverage .import_linter_cache .hypothesis src/*.egg-info

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Trenger Python 3.11 eller nyere. Si hvilken: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv .venv || { \
		echo "Fikk ikke laget .venv. I Debian og Ubuntu trengs pakken python3-venv." >&2; rm -rf .venv; exit 1; }

.venv/.runtime: .venv/bin/python requirements/runtime.txt setup.cfg pyproject.toml
	$(INSTALL) --require-hashes -r requirements/runtime.txt
	$(INSTALL) --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.txt
	$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

.venv/.bench: .venv/.dev requirements/bench.txt
	$(INSTALL) --require-hashes -r requirements/bench.txt
	@touch $@

# A machine without Node gets npm inside the virtual environment.
NPM = PATH="$$PATH:$(CURDIR)/$(BIN)"; export PATH; \
	command -v npm >/dev/null || $(INSTALL) --require-hashes -r requirements/node.txt || exit 1;

$(VENDOR): package-lock.json package.json requirements/look.py requirements/node.txt .venv/bin/python
	@$(NPM) npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	$(BIN)/python requirements/look.py
	@touch $@

$(W3C): tests/conformance/hent.py requirements/node.txt .venv/bin/python
	@$(NPM) $(BIN)/python tests/conformance/hent.py
	@touch $@

build/%/klassesti.txt: tests/factories/%-pom.xml
	@mkdir -p $(@D)
	mvn -q -B -f $< dependency:build-classpath -Dmdep.outputFile=$(CURDIR)/$@
