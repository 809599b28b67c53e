# Two commands matter: `make demo` and `make test`.  Both make the environment first, and say what they do.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: help demo test env rules lint audit lock clean

help:
	@echo "make demo   makes the environment and runs the demo study to demo-report/report.pdf"
	@echo "make test   makes the environment and runs the tests"
	@echo "make lint   ruff, mypy --strict, import-linter, CITATION.cff"
	@echo "make audit  known vulnerabilities of the locked packages (asks the package registry; says so where it cannot)"
	@echo "make lock   renews requirements.lock from pyproject.toml (needs uv)"
	@echo "make clean  removes the environment and what the demo wrote"

env: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) was not found; name yours with: make PYTHON=python3"; exit 2; }
	@echo "== making the environment in $(VENV) from requirements.lock (about a minute, 1.3 GB; only the package registry is asked)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)
	@echo "== environment ready"

rules: $(STAMP)
	@echo "== compiling the scorer's rules where they changed (half a minute; without a C compiler they stay plain Python)"
	@$(BIN)/python -m discourse.compiled

demo: rules
	@echo "== running the demo study: corpora/tiktok-refugees-demo -> demo-report/"
	@$(BIN)/discourse demo --out demo-report

test: rules
	@echo "== running the tests (default run; see CONTRIBUTING.md for the long ones)"
	@# in the order of the folders: by number of tests the notebooks come last, and one process waits a minute for them
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(STAMP)
	@echo "== ruff";           $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "== mypy --strict";  $(BIN)/mypy
	@echo "== import-linter";  $(BIN)/lint-imports
	@echo "== CITATION.cff";   $(BIN)/cffconvert --validate

audit: $(STAMP)
	@echo "== pip-audit (licences are checked by tests/test_licences.py)"
	@$(BIN)/pip-audit --progress-spinner off --disable-pip --no-deps -r requirements.lock > $(VENV)/audit.txt 2>&1; true
	@if grep -q "^Found [0-9]* known vulnerabilit" $(VENV)/audit.txt; then cat $(VENV)/audit.txt; exit 1; fi
	@n=$$(grep -c "could not be audited" $(VENV)/audit.txt || true); \
	if [ "$$n" -gt 0 ]; then echo "   the registry in use holds no vulnerability records for $$n packages"; \
	elif grep -q "No known vulnerabilities" $(VENV)/audit.txt; then echo "   no known vulnerabilities"; \
	else echo "   the registry could not be asked"; fi

lock:
	uv pip compile pyproject.toml --extra notebook --group dev --universal --python-version 3.11 --generate-hashes --no-header --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV) demo-report
