# `make demo` and `make test` set up everything they need in .venv
SHELL := /bin/sh
PYTHON ?= python3
SERVE ?= 1
ADDRESS ?= 127.0.0.1:8000
BIN := .venv/bin
# tests and measurements start hundreds of processes: none compiles what another has compiled
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-spark lint types bench bench-web bench-people lock clean

.venv/run-time: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Karvon needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo 'The virtual environment could not be made. On Debian: apt-get install python3-venv'; exit 1; }
	@echo 'Setting up: installing the run-time libraries into .venv'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/develop: .venv/run-time requirements-dev.txt
	@echo 'Setting up: installing the test tools into .venv'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

demo: .venv/run-time
	@KARVON_HOME="$${KARVON_HOME:-.demo}" $(BIN)/karvon demo $(if $(filter 0,$(SERVE)),--no-serve,--serve --address $(ADDRESS))

lint: .venv/develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	find src/karvon/web -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	$(BIN)/lint-imports

types: .venv/develop
	$(BIN)/mypy

# three at a time: a browser leaves half of two cores waiting
# everything on SQLite, and what touches the database again on a private PostgreSQL
test: .venv/develop lint types
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder
	$(BIN)/python -m tests.postgres -- $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

.venv/spark/installed: .venv/develop requirements-spark.txt
	@echo 'Setting up: installing Spark beside the other libraries (400 MB)'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade --target $(@D) -r requirements-spark.txt
	@touch $@

# people in bulk on Spark in local mode; needs Java 17 or newer
test-spark: .venv/spark/installed
	PYTHONPATH=.venv/spark $(BIN)/python -m pytest -m spark tests/bulk tests/cli/test_participants.py

bench: .venv/develop
	$(BIN)/python -m bench

# the website on 10,000 rows beside what pretix and Indico were measured to take; needs chromium
bench-web: .venv/develop
	$(BIN)/python -m bench.web

# the peers never come into Karvon's own environment; wheels only, so that nothing is built
.venv/peers/installed: requirements-peers.txt
	@echo 'Setting up: installing what Karvon is measured beside into .venv/peers (900 MB)'
	@test -x $(@D)/bin/python || $(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements-peers.txt
	@touch $@

# who is who beside other tools: SIZES=0 leaves the large lists out, SEEDS=1 judges one list
bench-people: .venv/develop .venv/peers/installed
	$(BIN)/python -m bench.people_peers $(if $(SIZES),--sizes $(SIZES)) $(if $(SEEDS),--seeds $(SEEDS))

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q pyproject.toml requirements-build.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q requirements-dev.in -c requirements.txt -o requirements-dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q requirements-spark.in -o requirements-spark.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-package pyicu --no-header -q requirements-peers.in -o requirements-peers.txt

clean:
	rm -rf .venv build dist
