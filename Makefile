# Every target does all the set-up that it needs. `make help` lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
ARCHIVE ?= .archive
HOST ?= 127.0.0.1
PORT ?= 7860
# As it is typed: a dollar in a question is no variable.
override export Q := $(value Q)

.PHONY: help install dev lock model run ask seeds test fuzz hostile load cluster attack speed wiki models llama check fix picture clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

PIP := $(BIN)/python -m pip --disable-pip-version-check
# A lock holds all but torch, whose build depends on where it comes from (CONTRIBUTING.md, "Locks");
# the second command brings that, and fails if the lock lacks anything else. Nothing is compiled that
# may never be imported. While pip unpacks or prepares it says nothing: the time and the folder's size
# tell that it goes on.
locked = @mkdir -p .venv; start=$$(date +%s); ( while sleep 3; do size=$$(du -sm .venv | cut -f1); \
	echo "  $$size MB of about 2,000 installed ($$(($$(date +%s) - start)) s)"; done ) & \
	beat=$$!; trap 'kill $$beat' EXIT; \
	{ test -x $(BIN)/python || $(PYTHON) -m venv .venv; } && \
	$(PIP) install --no-compile --no-deps --require-hashes --requirement $(1) && \
	$(PIP) install --no-compile --no-build-isolation --editable $(2)

.venv/installed: pyproject.toml requirements.lock
	@echo "Installing the dependencies into .venv. This happens once, needs about 2 GB and usually takes three to six minutes."
	$(call locked,requirements.lock,.)
	@touch $@

.venv/dev: .venv/installed requirements-dev.lock
	@echo "Installing the test dependencies. This happens once and usually takes under a minute."
	$(call locked,requirements-dev.lock,'.[dev]')
	@touch $@

lock: dev ## write the installed, tested releases and their hashes to the lock files
	@$(PIP) install --quiet uv
	@$(PIP) freeze --exclude-editable | sed 's/+cpu$$//' > .venv/tested.txt
	@index=$$($(PIP) config get global.index-url 2>/dev/null); \
	for each in "requirements.lock" "requirements-dev.lock --extra dev"; do \
		env $${index:+UV_DEFAULT_INDEX="$$index"} $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-emit-package torch --no-annotate --constraint .venv/tested.txt \
		--custom-compile-command "make lock" pyproject.toml --output-file $$each || exit 1; done

install: .venv/installed ## create the environment and install the project in it

dev: .venv/dev

seeds: install
	@echo "Adding new articles from seeds/ to the archive."
	@$(BIN)/python -m index add --archive $(ARCHIVE) seeds

model: install ## install the packages for a language model (docs/model.md)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[model]'

run: seeds ## index seeds/ if it has changed, then start the web app
	@echo "Starting the server. The next line is the address to open. The first start takes about half a minute."
	@$(BIN)/python app.py --archive $(ARCHIVE) --host $(HOST) --port $(PORT)

ask: seeds ## ask a question in the terminal: make ask Q="what did Putin say about peacekeepers?"
	@$(BIN)/python -m bot ask --archive $(ARCHIVE) "$$Q"

test: dev ## run all tests (browser tests are skipped without Chromium)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

wiki: dev ## test wiki/ on real wikis in Chromium (wikis that are not installed are skipped)
	$(BIN)/python -m pytest -q -m wiki tests/wiki

models: dev ## test the language model part on real model servers (llama.cpp only after make llama)
	$(BIN)/python -m pytest -q -m models tests/test_model_servers.py

llama: dev ## build llama-cpp-python for make models (ten minutes; needs gcc and cmake)
	CMAKE_BUILD_PARALLEL_LEVEL=1 $(BIN)/python -m pip install --quiet --disable-pip-version-check 'llama-cpp-python[server]'

.fuzz/installed:
	@test -x .fuzz/bin/python || $(PYTHON) -m venv .fuzz
	.fuzz/bin/python -m pip install --quiet --disable-pip-version-check 'schemathesis==4.32.5'
	@touch $@

fuzz: dev .fuzz/installed ## send requests generated from the API description for five minutes; none may return 5xx
	$(BIN)/python -m tests.fuzz $(CURDIR)/.fuzz/bin/st

hostile: dev ## read hostile and broken feeds, XML and mail for some minutes; none may crash, or take over 5 s or 200 MB
	$(BIN)/python -m tests.hostile_files

load: dev ## simulate twenty visitors at once; print answers a second and waiting times
	$(BIN)/python -m tests.load

cluster: dev ## kill three servers that share a PostgreSQL archive at random for ten minutes; nothing may be lost or mixed
	$(BIN)/python -m tests.cluster

attack: dev ## attack a server on loopback for half an hour: hostile requests, floods, crowds
	$(BIN)/python -m tests.attack

check: dev ## check formatting, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

fix: dev ## format, and fix what can be fixed automatically
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

speed: dev ## time a question, and adding articles compared with llama-index: make speed ARTICLES=A.jsonl QUESTIONS=Q.jsonl
	$(BIN)/python -m tests.speed all $(ARTICLES) $(QUESTIONS)

picture: dev ## take the pictures in the README from the running app
	$(BIN)/python -m tests.screenshot

clean: ## remove caches and the built archive, but not the seeds
	rm -rf .archive .mypy_cache .ruff_cache .pytest_cache .hypothesis
