# Everything one does with Quoth from a checkout. `make` alone lists it.

.DEFAULT_GOAL := help
.NOTPARALLEL:

# The first Python here that is new enough; `make run PYTHON=/path/to/python3.12` takes another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

# The tests on all cores; `make test ARGS="-n 0"` runs them one after the other, as debuggers and snapshots need it.
ALL_CORES := -n auto --dist worksteal --inline-snapshot=disable

# What is compiled while installing.
NATIVE := $(wildcard retrieval/index/native/*.[ch])

PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet

# An installation that was cut off cannot be trusted, and a .venv works only where it was made and with its own Python.
# The file `complete` is away while one installs and then names the place; without it .venv is made anew.
ifneq ($(shell .venv/bin/python -c 'import pip' 2>/dev/null && cat .venv/complete 2>/dev/null),$(CURDIR))
.venv/made: anew
endif

# Standard output belongs to the bot and the tests, and standard input too: installing keeps its hands off both.
define install
@rm -f .venv/complete
@$(PIP) install --require-hashes -r $(1) </dev/null >&2
@$(PIP) install --no-deps --no-build-isolation --editable . </dev/null >&2
@.venv/bin/python -m compileall -q bot retrieval
@pwd -P > .venv/complete
@touch $@
endef

.PHONY: help run test quick check docs lock clean anew

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

run: .venv/runtime ## start the bot, or without DISCORD_TOKEN a chat in the terminal
	@.venv/bin/quoth run --chat-without-token $(ARGS)

test: .venv/development ## run every test (make test ARGS="-k names")
	@.venv/bin/python -m pytest $(ALL_CORES) $(ARGS)

quick: .venv/development ## run the tests without the slow ones and the browser
	@.venv/bin/python -m pytest $(ALL_CORES) -m "not slow and not browser" $(ARGS)

check: ## run every check that CI runs
	@.ci/run

docs: .venv/made ## make the documentation's site in build/site
	@.ci/docs

lock: .venv/made ## write requirements/ anew from pyproject.toml
	@.ci/lock

clean: ## delete what was made here: .venv and caches, never data/
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis retrieval/index/native/_native.so
	@find bot retrieval tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/made:
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Quoth needs Python 3.11 or later, and $(or $(PYTHON),python3) is not that: name one with PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments: on Debian and Ubuntu, apt install python3-venv" >&2; exit 1; }
	@echo "Setting up .venv (first time only, about a minute) …" >&2
	@rm -rf .venv
	@"$(PYTHON)" -m venv .venv </dev/null >&2
	@touch $@

.venv/runtime: .venv/made pyproject.toml requirements/runtime.txt $(NATIVE) build_native.py
	$(call install,requirements/runtime.txt)

.venv/development: .venv/made pyproject.toml requirements/dev.txt $(NATIVE) build_native.py
	$(call install,requirements/dev.txt)
