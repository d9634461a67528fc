# vault: `make site` builds the demo, `make test` runs the tests; both install what they need into .venv.
PYTHON ?= python3
BIN := .venv/bin
PICTURES ?= note-light-1366 home-dark-1366

site: .venv/installed  ## build the site of notes/ into site/
	$(BIN)/vault build

test: .venv/dev  ## run the tests
	$(BIN)/pytest -n auto --dist loadgroup --no-loadscope-reorder --max-worker-restart 0

check: .venv/dev  ## lint, format, types, the house test: what CI runs before the tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest tests/test_house.py

serve: .venv/installed  ## serve notes/ to this machine, every save on the page as it happens
	$(BIN)/vault serve --watch --open

golden: .venv/dev  ## write the golden vaults' expected sites anew; read the diff before committing it
	VAULT_GOLDEN=write $(BIN)/pytest tests/test_golden.py

reference: .venv/installed  ## write docs/templates.md anew from the templates and their records
	$(BIN)/vault theme reference > docs/templates.md

words: .venv/dev  ## bring templates/words/*.po up to the words in use; WORDS=fr begins one
	$(BIN)/python -m tests.catalogue $(WORDS)

bench: .venv/dev  ## time cold, unchanged and edited builds beside the peers (N=1000 PEERS=hugo)
	$(BIN)/python bench/run.py --n $(or $(N),1000) --peers "$(PEERS)"

soak: .venv/dev  ## thousands of random saves over a live server, compared with clean builds (SAVES=2000)
	$(BIN)/python -m bench.soak --saves $(or $(SAVES),2000)

firstview: .venv/dev  ## what a note weighs first, at N="1000 10000" notes
	$(BIN)/python -m bench.first_view $(or $(N),1000 10000)

lighthouse: site .venv/dev  ## all four categories on six kinds of pages, median of five (needs .ci/run's judges)
	$(BIN)/python -m tests.browser.lighthouse site

pictures: site .venv/dev  ## take the README's pictures anew; PICTURES= takes all 32 (needs Chromium, [images])
	$(BIN)/python -m tests.browser.pictures site docs/pictures $(PICTURES)

clean:  ## remove what make made: the environment, the site, the caches
	rm -rf .venv .vault .mypy_cache .ruff_cache .hypothesis dist
	find site -mindepth 1 ! -name .gitkeep -delete

.venv/bin/pip:
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/pip pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@$(BIN)/python -m compileall -q src/vault  # pip compiles what it copies, and this stays where it is
	@touch $@

.venv/dev: .venv/bin/pip pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@$(BIN)/python -m compileall -q src/vault
	@touch $@ .venv/installed

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

.PHONY: site test check serve golden reference words bench soak firstview lighthouse pictures clean help
