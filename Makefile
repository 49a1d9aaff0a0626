# Two commands do everything: `make demo` runs the main job offline on data/, `make test` runs all tests.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test check audit clean

$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	$(BIN)/python -m compileall -q crawler pipelines spiders  # as an installation does: each start is a quarter of a second faster
	touch $@

demo: $(VENV)/ready
	$(BIN)/python data/demo.py

test: $(VENV)/ready
	$(BIN)/python -m pytest

check: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Looks the installed packages up in the advisory database of PyPA. Needs that service, so it is no part of any check.
audit: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/python -m pip_audit --skip-editable || echo "no audit: an advisory above, or its service cannot be reached"

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
