# Everything a newcomer needs: `make demo` and `make test` set themselves up.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: demo test lint types tests gate compiled baseline bench board format docs site golden clean

demo: .venv/installed
	$(BIN)/shamcrowd demo --out demo

# What one core does is done beside what another does: types beside compiling, the gate beside the
# tests, which wait at times. The gate's lines come when it has ended, so that none are mixed.
test: .venv/installed-dev
	@$(MAKE) --no-print-directory -j2 types lint compiled
	@$(MAKE) --no-print-directory -j2 tests gate

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: .venv/installed-dev
	$(BIN)/mypy

# Workers share recordings (tests/recordings.py); a worker takes a file, the longest first
# (tests/longest.py). What one has compiled of the tests another reads, as do the processes that run
# pytest again: to compile their asserts takes longer than to collect them.
tests: export PYTHONDONTWRITEBYTECODE =
tests: .venv/installed-dev
	$(BIN)/pytest -q -n auto --dist loadfile --no-loadscope-reorder

gate: .venv/installed-dev
	@mkdir -p build
	@$(BIN)/shamcrowd check > build/gate.txt 2>&1; code=$$?; cat build/gate.txt; exit $$code

compiled: .venv/compiled
	@$(BIN)/python -m compileall -q recording simulator detectors benchmark

# The tests start hundreds of processes, and not everywhere may those keep bytecode. Nobody imports
# the tests of other packages, which are a quarter of all code, and little or nothing of some.
UNUSED := faker|fontTools|matplotlib|mypy|mypyc|pip|pkg_resources|playwright|setuptools|docutils
.venv/compiled: .venv/installed-dev
	@$(BIN)/python -m compileall -qq -x '/tests?/|-packages/($(UNUSED))/' .venv/lib || :
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
