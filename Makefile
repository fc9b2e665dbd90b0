# `make` lists the targets. Everything happens in .venv; nothing outside it is touched, except that
# `make test` installs Chromium where none is found and the machine lets it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test evaluate agreement notebooks format benchmarks clean

help:  ## List the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

# The stamp is newer than pyproject.toml only after a whole install, so a broken one is repeated.
$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("chiptrace needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

demo: $(VENV)/installed  ## Build the seeds' graph, ask it a question, draw it
	@$(BIN)/kg build seeds/ -o demo/graph
	@$(BIN)/kg ask demo/graph who-uses --chip "Nvidia Blackwell family"
	@$(BIN)/kg draw demo/graph -o demo/graph.html
	@echo "Open demo/graph.html in a browser; it needs no network."

test: $(VENV)/installed  ## Run every check: ruff, mypy, pytest with doctests, the notebooks
	@sh tests/find_browser.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

evaluate: $(VENV)/installed  ## Measure how well the labelled documents are read, tables on stdout
	$(BIN)/kg evaluate tests/corpus/dev
	$(BIN)/kg evaluate tests/corpus/test

agreement: $(VENV)/installed  ## Measure how far the two labellings of the corpus agree
	$(BIN)/python -m tests.agreement

notebooks: $(VENV)/installed  ## Run the notebooks and keep what comes out of them
	$(BIN)/python -m tests.notebooks

format: $(VENV)/installed  ## Put the code into the shape that `make test` asks for
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

benchmarks: $(VENV)/installed  ## Measure speed as ratios against named peers
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/gate.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/controls.py
	$(BIN)/python benchmarks/query.py
	$(BIN)/python benchmarks/serve.py

clean:  ## Remove what the targets made
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
