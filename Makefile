# Two commands are enough:  make chat  (set up, build, train, talk)   make test  (set up, build, train, every test)
# No target asks a question, and each can be run twice.

PREFIX ?= /usr/local
BUILD := swift build -c release --static-swift-stdlib -Xlinker -s
# Tests link the shared runtime, so they have a build folder of their own.
TEST := swift test -c release --scratch-path .build-tests
STEWARD := .build/release/steward
PACKAGES := libreadline-dev libicu-dev libsqlite3-dev zlib1g-dev
# What tells that a package is there, whatever installed it.
HEADERS := readline/readline.h unicode/brkiter.h sqlite3.h zlib.h
OUR_CODE := Package.swift Sources Tests

.PHONY: chat test setup build train store bench bench-pytorch soak install format lint clean

chat: build train store
	@exec $(STEWARD) chat

test: lint build train store
	$(TEST)

setup:
	@missing=; for header in $(HEADERS); do \
	  [ -e /usr/include/$$header ] || [ -n "$$(find /usr/include -path "*/$$header" -print -quit 2>/dev/null)" ] || missing=yes; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	install="apt-get install -y --no-install-recommends $(PACKAGES)"; \
	if ! command -v apt-get >/dev/null; then echo "make: install the development files of readline, ICU, SQLite and zlib, then run make again" >&2; exit 1; fi; \
	if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as=sudo; \
	else echo "make: some system packages are missing; run this as root, then make again: apt-get update && $$install" >&2; exit 1; fi; \
	echo "installing $(PACKAGES)"; \
	$$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive $$install -qq

build: setup
	@echo "building the release"
	$(BUILD) --product steward

# The default model, when there is none that this program reads, or its texts have changed.
train: build
	@if ! $(STEWARD) parse ready --model default >/dev/null 2>&1 || [ -n "$$(find intents corpora/dialogues corpora/knowledge corpora/store corpora/thesaurus -type f -newer models/default.safetensors -print -quit)" ]; then \
	  echo "training the default model"; $(STEWARD) train; fi

store: build
	@$(STEWARD) store init

bench: build train store
	@$(STEWARD) bench --train intents
	@$(STEWARD) bench --orders 1000000
	@Tests/bench.sh $(STEWARD)

# The same network in PyTorch beside ours, in a virtual environment of its own: some gigabytes, only when asked for.
DATA ?=
bench-pytorch: build
	@[ -n "$(DATA)" ] || { echo "make: name a file of text TAB intent lines: make bench-pytorch DATA=train.tsv" >&2; exit 1; }
	@[ -x .build/pytorch/bin/python ] || { python3 -m venv .build/pytorch && .build/pytorch/bin/pip install -q torch numpy; }
	.build/pytorch/bin/python Tests/Benchmarks/pytorch.py "$(DATA)" --steward $(STEWARD)

# Seconds that each parser is fed damaged input.
FUZZ_SECONDS ?= 600

soak: build train store
	STEWARD_SOAK=1 FUZZ_SECONDS=$(FUZZ_SECONDS) $(TEST) --no-parallel

install: build train
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/steward/models
	install -m 755 $(STEWARD) $(DESTDIR)$(PREFIX)/bin/steward
	cp -R intents corpora $(DESTDIR)$(PREFIX)/share/steward/
	cp models/current models/default.safetensors $(DESTDIR)$(PREFIX)/share/steward/models/

format:
	swift format --in-place --recursive $(OUR_CODE)

lint:
	@echo "checking the format"
	@swift format lint --strict --recursive $(OUR_CODE)

clean:
	rm -rf .build .build-tests models store
