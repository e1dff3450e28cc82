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

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

PIP := $(BIN)/python -m pip --disable-pip-version-check
# A lock holds all but torch, whose build depends on where it comes from (CONTRIBUTING.md, "Locks");
# the second command brings that, and fails if the lock lacks anything else. Nothing is compiled that
# may never be imported. While pip unpacks or prepares it says nothing: the time and the folder's size
# tell that it goes on.
locked = @mkdir -p .venv; start=$$(date +%s); ( while sleep 3; do size=$$(du -sm .venv | cut -f1); \
	echo "  $$size MB unpacked, of about 2,000 ($$(($$(date +%s) - start)) s)"; done ) & \
	beat=$$!; trap 'kill $$beat' EXIT; \
	{ test -x $(BIN)/python || $(PYTHON) -m venv .venv; } && \
	$(PIP) install --no-compile --no-deps --require-hashes --requirement $(1) && \
	$(PIP) install --no-compile --no-build-isolation --editable $(2)

.venv/installed: pyproject.toml requirements.lock
	@echo "Installing what Verbatim needs into .venv: once, about 2 GB, usually three to six minutes."
	$(call locked,requirements.lock,.)
	@touch $@

.venv/dev: .venv/installed requirements-dev.lock
	@echo "Installing what its tests need: once, usually under a minute."
	$(call locked,requirements-dev.lock,'.[dev]')
	@touch $@

lock: dev ## write down, with hashes, what is installed and was tested
	@$(PIP) install --quiet uv
	@$(PIP) freeze --exclude-editable | sed 's/+cpu$$//' > .venv/tested.txt
	@index=$$($(PIP) config get global.index-url 2>/dev/null); \
	for each in "requirements.lock" "requirements-dev.lock --extra dev"; do \
		env $${index:+UV_DEFAULT_INDEX="$$index"} $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-emit-package torch --no-annotate --constraint .venv/tested.txt \
		--custom-compile-command "make lock" pyproject.toml --output-file $$each || exit 1; done

install: .venv/installed ## make the environment and install the project in it

dev: .venv/dev

seeds: install
	@echo "Reading seeds/ into the archive, if anything there is new."
	@$(BIN)/python -m index add --archive $(ARCHIVE) seeds

model: install ## install what talks to a language model (docs/model.md)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[model]'

run: seeds ## index seeds/ if it has changed and start the web app
	@echo "Starting the server; the next line is the address to open (the first time after half a minute or so)."
	@$(BIN)/python app.py --archive $(ARCHIVE) --host $(HOST) --port $(PORT)

ask: seeds ## one question in the terminal: make ask Q="what did Putin say about peacekeepers?"
	@$(BIN)/python -m bot ask --archive $(ARCHIVE) "$$Q"

test: dev ## all tests (those of the page need Chromium, else they are skipped and say so)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

wiki: dev ## what wiki/ holds, on real wikis in Chromium (those that are not installed are skipped and say so)
	$(BIN)/python -m pytest -q -m wiki tests/wiki

models: dev ## the writer on real model servers, with models trained for it (llama.cpp only after make llama)
	$(BIN)/python -m pytest -q -m models tests/test_model_servers.py

llama: dev ## build llama-cpp-python for make models: ten minutes, needs gcc and cmake
	CMAKE_BUILD_PARALLEL_LEVEL=1 $(BIN)/python -m pip install --quiet --disable-pip-version-check 'llama-cpp-python[server]'

.fuzz/installed:
	@test -x .fuzz/bin/python || $(PYTHON) -m venv .fuzz
	.fuzz/bin/python -m pip install --quiet --disable-pip-version-check 'schemathesis==4.32.5'
	@touch $@

fuzz: dev .fuzz/installed ## five minutes of requests made from the API's own description: none may be a 5xx
	$(BIN)/python -m tests.fuzz $(CURDIR)/.fuzz/bin/st

hostile: dev ## some minutes of hostile and broken feeds, XML and mail: none may crash, take over 5 s or 200 MB
	$(BIN)/python -m tests.hostile_files

load: dev ## twenty visitors at once: answers a second, and how long most wait
	$(BIN)/python -m tests.load

cluster: dev ## ten minutes of three servers over one archive in PostgreSQL, killed at random: none may lose or mix anything
	$(BIN)/python -m tests.cluster

attack: dev ## half an hour of what a server must bear: hostile requests, floods, crowds; by itself on loopback
	$(BIN)/python -m tests.attack

check: dev ## formatting, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

fix: dev ## format, and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

speed: dev ## a question, and adding articles beside llama-index's defaults: make speed ARTICLES=A.jsonl QUESTIONS=Q.jsonl
	$(BIN)/python -m tests.speed all $(ARTICLES) $(QUESTIONS)

picture: dev ## take the README's pictures of the page from the running app
	$(BIN)/python -m tests.screenshot

clean: ## remove caches and the built archive; never the seeds
	rm -rf .archive .mypy_cache .ruff_cache .pytest_cache .hypothesis
