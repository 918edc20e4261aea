# Everything a newcomer needs: `make demo` and `make test` set themselves up.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: demo test types baseline bench board format docs site golden clean

demo: .venv/installed
	$(BIN)/shamcrowd demo --out demo

# What pip would compile one file after the other is compiled while mypy works. Workers share
# recordings (tests/recordings.py); a worker takes a file, the longest first (tests/longest.py).
test: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory -j2 types .venv/compiled
	$(BIN)/python -m compileall -q recording simulator detectors benchmark
	$(BIN)/pytest -q -n auto --dist loadfile --no-loadscope-reorder
	$(BIN)/shamcrowd check

types: .venv/installed-dev
	$(BIN)/mypy

# The tests start hundreds of processes, and not everywhere may those keep bytecode. Nobody imports
# the tests of other packages, which are a quarter of all code.
.venv/compiled: .venv/installed-dev
	@$(BIN)/python -m compileall -qq -x '/tests?/' .venv/lib || :
	@touch $@

baseline: .venv/installed-dev
	$(BIN)/shamcrowd check --suite smoke-v2 --update-baseline

bench: .venv/installed-dev
	$(BIN)/pytest tests/speed --benchmark-enable --benchmark-only -q -s

board: .venv/installed-dev
	$(BIN)/shamcrowd bench core-v2 --out build/core-v2
	cp build/core-v2/board.md docs/board.md

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/installed-dev
	$(BIN)/python -m shamcrowd.recording.format_page docs/recording-format.md
	$(BIN)/python -m shamcrowd.benchmark.scoring.metrics_page docs/metrics.md
	$(BIN)/python -m shamcrowd.benchmark.plugin_tables docs

# The pages as a site, from build/site/index.html on; anything that is amiss in them ends it.
site: .venv/installed-docs
	$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet -b html docs build/site

golden: .venv/installed-dev
	$(BIN)/pytest -q tests/golden --snapshot-update

clean:
	rm -rf .venv demo .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis \
		build/test-recordings

# Made again whenever what is to be installed changes.
.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv .venv || \
		{ echo "No virtual environment could be made. On Debian: apt install python3-venv"; exit 1; }

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/installed-dev: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt -e '.[dev]'
	@touch $@ .venv/installed

.venv/installed-docs: .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[docs]'
	@touch $@
