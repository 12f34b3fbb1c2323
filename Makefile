# make demo    environment, install, the whole job on the bundled notices
# make check   everything CI runs: style, types, import order, tests
# make bench   the figures of docs/benchmarks.md

PYTHON ?= python3
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo check style types tests bench clean

demo: $(VENV)/installed
	$(BIN)/duizhao demo

check: style types tests

style: $(VENV)/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/developing
	$(BIN)/mypy
	$(BIN)/basedpyright --pythonpath $(BIN)/python

tests: $(VENV)/developing
	$(BIN)/python -m pytest -n $(JOBS)

bench: $(VENV)/developing
	-$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python bench/bench.py
	$(BIN)/python bench/corpus_search.py --clauses 100000 2000000 # minutes, and 2 GB of temporary disk
	$(BIN)/python bench/corpus_add.py --notices 10000

clean:
	rm -rf $(VENV) build dist duizhao-demo

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(BIN)/python pyproject.toml constraints.txt $(shell find extract compare corpus templates duizhao -type f -not -name '*.pyc')
	$(BIN)/python -m pip install --quiet --constraint constraints.txt .
	rm -f $(VENV)/developing
	touch $@

$(VENV)/developing: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test,lint]'
	rm -f $(VENV)/installed
	touch $@
