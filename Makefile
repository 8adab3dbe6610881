# make run: the gateway with the seeds.  make test: the tests that take minutes.  Both set up what they need first.
PYTHON ?= python3
BIN := .venv/bin
APART := --numprocesses auto --dist loadfile --no-loadscope-reorder
export JOINTCREDIT_HOME ?= $(CURDIR)/.jointcredit
export JOINTCREDIT_JARS ?= $(CURDIR)/.jointcredit/jars

.PHONY: setup run test test-rest test-all coverage check format docs-check bench lock clean

setup: .venv/stamp

.venv/stamp: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	@echo "Setting up .venv (about a minute, once)"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup
	@exec $(BIN)/jointcredit serve --load seeds/catalogue --load seeds/demo

# In as many processes as there are processors, four at most, each with a Neo4j of its own.
test: setup
	$(BIN)/python -m pytest -m "not slow and not alone" $(APART)

# What `make test` leaves out; what measures time runs alone.
test-rest: setup
	$(BIN)/python -m pytest -m "slow and not alone" $(APART)
	$(BIN)/python -m pytest -m alone

test-all: test test-rest

# All tests but those that measure time, with the branches that they take; `coverage html` shows them line by line.
coverage: setup
	$(BIN)/python -m pytest -m "not alone" --cov --cov-report=term $(APART)

check: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: setup
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# The pages: links, error codes, settings, every query, and every command but those in NOT_RUN of test_commands.py.
docs-check: setup
	$(BIN)/python -m pytest tests/test_docs.py tests/test_readme.py tests/cookbook tests/graph/test_settings.py

# Needs node. Without NEO4J_URI an embedded Neo4j is filled and kept in .jointcredit/bench.
bench: setup
	$(BIN)/python -m tests.bench run --entities 10000

lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--output-file requirements.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra embedded --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

clean:
	rm -rf .venv .jointcredit .coverage htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis
