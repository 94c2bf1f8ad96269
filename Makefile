# Every command of the house. `make help` lists them.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

VENV ?= .venv
PYTEST_ARGS ?=
SOAK_ARGS ?=
SEED ?= 1
UV := uv==0.13.9
RUN := $(VENV)/bin/python
CODE := bot db sandbox bench tests
PIP_INSTALL := $(RUN) -m pip install --quiet --no-input --disable-pip-version-check \
	--require-hashes --only-binary :all:
# Runtime and development set are resolved for every supported Python and machine at once. No index is
# written down: where packages come from is the business of the machine that installs them.
COMPILE := pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

# What was compiled once is kept, whatever the machine says: a start compiles half a thousand files else.
unexport PYTHONDONTWRITEBYTECODE

# Prints the interpreter to use, or what to install; sh, because nothing else is there yet.
define FIND_PYTHON
supported() { "$$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; }; \
found=; \
for name in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
	if supported "$$name"; then found="$$name"; break; fi; \
done; \
if [ -z "$$found" ]; then \
	echo "Kömekshi needs Python 3.11 to 3.14; tried: $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)." >&2; \
	echo "Install it (Debian, Ubuntu: sudo apt-get install python3 python3-venv) or name it: make PYTHON=/path/to/python3.12 ..." >&2; \
	exit 1; \
fi; \
if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	version=$$("$$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	echo "$$found ($$version) cannot make a virtual environment: its venv module is missing." >&2; \
	echo "Install it (Debian, Ubuntu: sudo apt-get install python$$version-venv) and run make again." >&2; \
	exit 1; \
fi
endef

# A .venv that works is kept, whoever made it; one whose interpreter has gone, or that was left half
# made, is made again.
ifneq ($(shell $(RUN) -c 'import pip, sys; print(sys.version_info >= (3, 11))' 2>/dev/null),True)
$(VENV)/.made: FORCE
	@$(FIND_PYTHON); \
	echo "making $(VENV) with $$found (once)..."; \
	rm -f $(VENV)/.runtime $(VENV)/.dev; \
	"$$found" -m venv --clear $(VENV)
	@touch $@
else
$(VENV)/.made:
	@touch $@
endif

$(VENV)/.runtime: requirements.lock $(VENV)/.made
	@echo "installing what the bot needs, from requirements.lock (once, and when the lock changes)..."
	@$(PIP_INSTALL) -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "installing what the tests need, from requirements-dev.lock (once, and when the lock changes)..."
	@$(PIP_INSTALL) -r requirements-dev.lock
	@touch $@

.PHONY: run test sweep soak check static format lock clean help FORCE

run: $(VENV)/.runtime ## start the bot: on Telegram when BOT_TOKEN is set, else in the sandbox on this machine
	@$(RUN) -m bot run

test: $(VENV)/.dev ## run the tests; TEST_DATABASE_URL and TEST_REDIS_URL add PostgreSQL and Redis, PYTEST_ARGS options
	@$(RUN) -m pytest --numprocesses auto --maxprocesses 4 --dist loadgroup $(PYTEST_ARGS)

check: static test ## everything a commit must pass

sweep: $(VENV)/.dev ## tell every story with something failing in the middle of each act; SEED says where
	@$(RUN) -m pytest tests/flows --numprocesses auto --maxprocesses 4 --trouble $(SEED) $(PYTEST_ARGS)

soak: $(VENV)/.dev ## ten minutes of kills and outages on PostgreSQL and Redis (docs/soak.md); SOAK_ARGS options
	@$(RUN) -m bench soak $(SOAK_ARGS)

static: $(VENV)/.dev ## format, lint, types, imports: everything of check but the tests
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/.dev ## write the code the way the house writes it
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .

lock: ## write both lock files from pyproject.toml; LOCK_ARGS=--upgrade takes newer versions
	@$(FIND_PYTHON); \
	workshop=$$(mktemp -d); trap 'rm -rf "$$workshop"' EXIT; set -e; \
	"$$found" -m venv "$$workshop"; \
	"$$workshop/bin/python" -m pip install --quiet --disable-pip-version-check '$(UV)'; \
	"$$workshop/bin/uv" $(COMPILE) $(LOCK_ARGS) pyproject.toml -o requirements.lock; \
	"$$workshop/bin/uv" $(COMPILE) $(LOCK_ARGS) -c requirements.lock --group dev pyproject.toml -o requirements-dev.lock; \
	echo "wrote requirements.lock and requirements-dev.lock"

clean: ## remove what make made: the environment and the caches; data stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(CODE) -name __pycache__ -prune -exec rm -rf {} +

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10
