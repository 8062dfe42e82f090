# Two commands matter: `make run` and `make test`. Both set up everything they need.
PYTHON ?= python3
BIN := .venv/bin
ROWS ?= 20000000
# The ranges say what may be used; the lock says which versions the tests ran on, and a fresh machine gets those.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock
# A file of tests runs in one process, which makes what its tests share once.
TEST := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

.PHONY: words run run-spark test quick check check-format check-lint check-types format lock bench simulate sample clean

run: .venv/running
	$(BIN)/streamlit run dashboard.py

# Starts a cluster on this machine with the sample in its tables, and the dashboard on it; see examples/spark/README.md.
run-spark: .venv/developing
	$(BIN)/python examples/spark/run.py

test: .venv/developing
	@sh tests/browser/install_chromium.sh
	$(TEST)

quick: .venv/developing
	$(TEST) -m "not slow"

check: check-format check-lint check-types

check-format: .venv/developing
	$(BIN)/ruff format --check .

check-lint: .venv/developing
	$(BIN)/ruff check .

check-types: .venv/developing
	$(BIN)/mypy

format: .venv/developing
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Brings new sentences into the Persian catalogue, where they wait for their translation.
words: .venv/running
	$(BIN)/python -m retention_core.words.collect

# Chooses the newest versions within the ranges, in a place of its own; run `make test` afterwards.
lock:
	$(PYTHON) -m venv --clear .venv/lock
	.venv/lock/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	head -n 2 requirements.lock > .venv/lock/lock
	.venv/lock/bin/python -m pip freeze >> .venv/lock/lock
	mv .venv/lock/lock requirements.lock
	rm -rf .venv/lock

bench: .venv/developing
	$(BIN)/python -m benchmarks --rows $(ROWS)

simulate: .venv/developing
	$(BIN)/python -m benchmarks.still_shops
	$(BIN)/python -m benchmarks.satisfaction_claims
	$(BIN)/python -m benchmarks.curve_coverage

sample: .venv/running
	$(BIN)/python -m data.generate

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis benchmarks/.data

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/running: .venv/bin/python requirements.txt requirements.lock
	$(INSTALL) -r requirements.txt
	@touch $@

.venv/developing: .venv/bin/python requirements.txt requirements-spark.txt requirements-dev.txt requirements.lock
	$(INSTALL) -r requirements-dev.txt
	@touch $@
