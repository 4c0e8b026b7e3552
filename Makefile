# Everything starts here. `make run` and `make test` need Python 3.12 or newer and make, nothing else.
PORT ?= 8000
MINUTES ?= 30
HOST ?= 127.0.0.1
BIN = .venv/bin

.PHONY: run test prove mutants reached check format bench soak screens messages trace wcag lock sbom audit licences clean-data help

run: ## start the demonstration on http://localhost:8000 (PORT=, HOST=)
	@scripts/bootstrap app && exec $(BIN)/sluitend demo --host $(HOST) --port $(PORT)

test: ## install what the tests need, and run every check and the quick tests
	@scripts/bootstrap dev && exec scripts/check

prove: ## try the promises longer and wider: long plays, killed servers, every page in the browser (ARGS=)
	@scripts/bootstrap dev && exec scripts/prove $(ARGS)

mutants: ## plant small faults in a copy of the source, and say which no test notices (ARGS= names or files)
	@scripts/bootstrap dev && exec $(BIN)/python -m tests.planted $(ARGS)

reached: ## run all tests of both tiers, and say which function no test reaches
	@scripts/bootstrap dev && exec scripts/reached

check: ## run some checks again, e.g. make check ONLY="ruff pytest"
	@exec scripts/check $(ONLY)

format: ## put every file in the house style
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format . ; $(BIN)/djangofmt src

bench: ## measure against the budgets of the design (ARGS=)
	@scripts/bootstrap dev && exec $(BIN)/python -m bench $(ARGS)

soak: ## half an hour of ordinary work: nothing fails and no process grows (MINUTES=, ARGS=)
	@scripts/bootstrap dev && exec $(BIN)/python -m bench.soak --minutes $(MINUTES) $(ARGS)

screens: ## pictures of each screen of a running demonstration, narrow and wide, in docs/screens
	@scripts/bootstrap dev && exec $(BIN)/python scripts/screens.py $(ARGS)

messages: ## collect the source strings into locale/ (needs gettext)
	@scripts/bootstrap dev && exec scripts/messages

trace: ## write docs/handreiking.md anew: each statement of the guide with its entries, pages and tests
	@scripts/bootstrap dev && SLUITEND_MODE=test DJANGO_SETTINGS_MODULE=tests.settings exec $(BIN)/python -m tests.guide_trace

wcag: ## write docs/wcag.md anew: each criterion of WCAG 2.2 A and AA with the tests that hold it
	@scripts/bootstrap dev && exec $(BIN)/python -m tests.wcag

lock: ## renew the locked requirements and the page of licences (ARGS=--upgrade for newer versions)
	@scripts/bootstrap dev && scripts/lock $(ARGS) && scripts/bootstrap dev && exec $(BIN)/python -m supply licences

sbom: ## the list of parts in CycloneDX, in build/sbom.cdx.json (ARGS=--out PATH)
	@scripts/bootstrap dev && exec $(BIN)/python -m supply sbom $(ARGS)

audit: ## check the locked versions against a list in OSV format (SLUITEND_VULNERABILITIES=PATH)
	@scripts/bootstrap dev && exec $(BIN)/python -m supply audit $(ARGS)

licences: ## renew docs/licences.md and say which licence does not fit
	@scripts/bootstrap dev && exec $(BIN)/python -m supply licences $(ARGS)

clean-data: ## throw away the data of the demonstration
	@exec scripts/clean-data

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1	\2/p' Makefile
