# make run starts it, make test tests it; both make what they need.
PYTHON ?= python3
BIN := .venv/bin
export FIELDCRAFT_HOME ?= $(CURDIR)/var
POSTGRESQL := $(BIN)/python scripts/with_postgresql.py
TEST_HOME := $(CURDIR)/.venv/test-home

.PHONY: run test test-fast check journeys-on-postgresql fix lock bench

run: .venv/ready
	@$(BIN)/fieldcraft demo
	@$(BIN)/fieldcraft up

# What goes on one processor goes together. The engine knows no database, so once is enough for its laws.
test: .venv/ready
	$(BIN)/python scripts/test_tools.py
	FIELDCRAFT_HOME=$(TEST_HOME) $(MAKE) --no-print-directory -j2 --output-sync=target check journeys-on-postgresql
	FIELDCRAFT_HOME=$(TEST_HOME) $(BIN)/pytest -q -n 2 -m "not journey"
	FIELDCRAFT_HOME=$(TEST_HOME) $(POSTGRESQL) $(BIN)/pytest -q -n 2 -m "not journey" --ignore=tests/engine
	FIELDCRAFT_HOME=$(TEST_HOME) $(BIN)/pytest -q -n 2 --dist loadfile -m journey

journeys-on-postgresql: .venv/ready
	$(POSTGRESQL) $(BIN)/pytest -q -m journey tests/journeys/test_agreeing.py

test-fast: .venv/ready
	FIELDCRAFT_HOME=$(TEST_HOME) $(BIN)/pytest -q -n 2 -m "not journey"

check: .venv/ready
	$(BIN)/ruff format --check src tests scripts bench
	$(BIN)/ruff check src tests scripts bench
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --profile=django --ignore=H006,H015,H030,H031,H043 --lint src
	$(BIN)/python scripts/translations.py --check
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python scripts/vendor.py --check
	$(BIN)/python scripts/build_editor.py --check

fix: .venv/ready
	$(BIN)/ruff check --fix src tests scripts bench
	$(BIN)/ruff format src tests scripts bench

# WIKI: TiddlyWiki's documentation as a folder of tiddlers; HANDBOOK: a folder of Markdown pages; without them, what can be.
bench: .venv/ready
	$(BIN)/python -m bench $(if $(WIKI),--wiki "$(WIKI)") $(if $(HANDBOOK),--handbook "$(HANDBOOK)")

lock: .venv/ready
	$(BIN)/pip freeze --exclude-editable | grep -viE '^(pip|setuptools|wheel)==' > requirements/dev.txt

.venv/ready: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check -r requirements/dev.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@
