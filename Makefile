# Two commands matter: `make run` and `make test`. Both set up everything they need.
PYTHON ?= python3
BIN := .venv/bin
ROWS ?= 20000000

.PHONY: run test check format bench simulate sample clean

run: .venv/running
	$(BIN)/streamlit run dashboard.py

test: .venv/developing
	@sh tests/browser/install_chromium.sh
	$(BIN)/python -m pytest -n auto

check: .venv/developing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/developing
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/developing
	$(BIN)/python -m benchmarks.cohort_table --rows $(ROWS)
	$(BIN)/python -m benchmarks.cohort_switches --rows $(ROWS)
	$(BIN)/python -m benchmarks.loading

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

.venv/running: .venv/bin/python requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/developing: .venv/bin/python requirements.txt requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
