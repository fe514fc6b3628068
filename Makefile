# Everything a person types. `make demo` and `make test` install what is missing by themselves.

SWIFT ?= swift
PYTHON ?= python3
VENV := .venv
PREFIX ?= /usr/local
DESTDIR ?=
BINDIR := $(PREFIX)/bin
UNITDIR ?= $(if $(filter /usr,$(PREFIX)),/lib/systemd/system,/etc/systemd/system)
RELEASE_FLAGS := -c release --static-swift-stdlib -Xlinker -s
# Build inside one folder, one build at a time: two builds would fight over it.
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: all build test demo bench lint format release install deps system-deps clean help

all: build

help:
	@echo "make demo      a working day of a dozen notebooks in a minute, against a built-in cloud"
	@echo "make test      all tests, with the real parts they need"
	@echo "make release   the program, optimised, in .build/release/curfew"
	@echo "make install   program, unit and example policy under DESTDIR and PREFIX (default /usr/local)"
	@echo "make bench     figures for 1 000, 10 000 and 100 000 notebooks"
	@echo "make lint      the style of all Swift files        make format   puts it right"

build: system-deps
	$(SWIFT) build

demo: system-deps
	$(SWIFT) build --product curfew
	@echo
	.build/debug/curfew demo

test: deps
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --disable-xctest

bench: system-deps
	$(SWIFT) build $(RELEASE_FLAGS) --product curfew
	$(SWIFT) build $(RELEASE_FLAGS) --product curfew-bench
	.build/release/curfew-bench

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

format:
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests

release: system-deps
	$(SWIFT) build $(RELEASE_FLAGS) --product curfew

# Installs what `make release` built; it builds nothing itself, so that it can run as root without a toolchain.
install:
	@test -x .build/release/curfew || { echo "make install: run 'make release' first" >&2; exit 1; }
	install -D -m 0755 .build/release/curfew $(DESTDIR)$(BINDIR)/curfew
	install -d -m 0755 $(DESTDIR)$(UNITDIR) $(DESTDIR)/etc/curfew
	sed 's|@bindir@|$(BINDIR)|' systemd/curfew.service > $(DESTDIR)$(UNITDIR)/curfew.service
	chmod 0644 $(DESTDIR)$(UNITDIR)/curfew.service
	install -d -m 0700 $(DESTDIR)/etc/curfew/credentials
	install -D -m 0644 config/policy.example.yaml $(DESTDIR)$(PREFIX)/share/doc/curfew/policy.example.yaml
	install -D -m 0644 config/policy.schema.json $(DESTDIR)$(PREFIX)/share/doc/curfew/policy.schema.json
	install -D -m 0644 docs/operations.md $(DESTDIR)$(PREFIX)/share/doc/curfew/operations.md
	install -D -m 0644 docs/policy.md $(DESTDIR)$(PREFIX)/share/doc/curfew/policy.md

deps: system-deps $(VENV)/.complete

# Debian packages, asked for only when something is missing, with sudo where one is not root.
system-deps:
	@scripts/install-system-packages

$(VENV)/.complete: Tests/Integration/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --requirement Tests/Integration/requirements.txt
	touch $@

clean:
	rm -rf .build .build-* $(VENV)
