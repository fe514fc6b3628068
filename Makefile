# Everything a person types. `make demo` and `make test` install what is missing by themselves.

SWIFT ?= swift
PYTHON ?= python3
VENV := .venv
TOOLS := .tools
PREFIX ?= /usr/local
DESTDIR ?=
BINDIR := $(PREFIX)/bin
DOCDIR := $(PREFIX)/share/doc/curfew
UNITDIR ?= $(if $(filter /usr,$(PREFIX)),/lib/systemd/system,/etc/systemd/system)
# journalctl reads the catalogs of /usr/lib and /usr/local/lib only; elsewhere, say CATALOGDIR=/usr/local/lib/systemd/catalog.
CATALOGDIR ?= $(PREFIX)/lib/systemd/catalog
# Where the shells look for completions of programs below PREFIX.
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
FISHDIR ?= $(PREFIX)/share/fish/vendor_completions.d
# Test targets that need the processor and nothing else.
RECKONING := CurfewCoreTests CurfewEngineTests PolicyFileTests FuzzTests
# What `make install` installs; a test installs the debug build.
BINARY ?= .build/release/curfew
# What `make soak` lives through.
DAYS ?= 1000000
# What `make fuzz` plays.
CASES ?= 100000
SEED ?= $(shell date +%s)
FIRST ?= 0
RELEASE_FLAGS := -c release --static-swift-stdlib -Xlinker -s
# Build inside one folder, one build at a time: two builds would fight over it.
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: all build test demo bench fuzz lint format release install deps system-deps clean help mutants soak

all: build

help:
	@echo "make demo      a working day of a dozen notebooks in a minute, against a built-in cloud"
	@echo "make test      all tests, with the real parts they need"
	@echo "make release   the program, optimised, in .build/release/curfew"
	@echo "make install   program, completions, units, message catalog, example policy under DESTDIR and PREFIX (default /usr/local)"
	@echo "make bench     figures for 1 000, 10 000 and 100 000 notebooks"
	@echo "make soak      simulated days under faults; DAYS=1000000 SEED=1 say how many notebook-days and which"
	@echo "make mutants   shows that the simulated days notice a broken core"
	@echo "make fuzz      spoiled policies and replies; CASES=100000 SEED=… say how many and which"
	@echo "make lint      the style of all Swift files        make format   puts it right"

build: system-deps
	$(SWIFT) build

demo: system-deps
	$(SWIFT) build --product curfew
	@echo
	.build/debug/curfew demo

test: deps
	$(SWIFT) build --build-tests
# In two passes: what reckons for minutes would keep those waiting that talk with servers and programs.
	SWIFT=$(SWIFT) scripts/run-tests $(addprefix --filter ,$(RECKONING))
	SWIFT=$(SWIFT) scripts/run-tests $(addprefix --skip ,$(RECKONING)) --skip EndToEndTests
# The built program wants the machine for itself: its tests look at the real time.
	SWIFT=$(SWIFT) scripts/run-tests --filter EndToEndTests
	$(MAKE) mutants

# Each mutation of the core must break a promise in the simulated days.
mutants:
	SWIFT=$(SWIFT) $(PYTHON) Tests/Mutants/mutants.py

# Random fleets held to every promise; DAYS= notebook-days, SEED= the first fleet.
soak: system-deps
	$(SWIFT) build -c release --scratch-path .build-soak -Xswiftc -enable-testing -Xswiftc -enforce-exclusivity=unchecked --product curfew-soak
	.build-soak/release/curfew-soak $(DAYS) $(SEED)

bench: system-deps
	$(SWIFT) build $(RELEASE_FLAGS) --product curfew
	$(SWIFT) build $(RELEASE_FLAGS) --product curfew-bench
	.build/release/curfew-bench

fuzz: system-deps
	$(SWIFT) build $(RELEASE_FLAGS) --product curfew-fuzz
	.build/release/curfew-fuzz --cases $(CASES) --seed $(SEED) --first $(FIRST)

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

format:
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests

# The commit that `curfew --version` names; outside a git checkout it names none, unless one is given here.
release bench: export CURFEW_COMMIT ?= $(shell git rev-parse --short=12 HEAD 2>/dev/null)
release bench: export CURFEW_COMMIT_DATE ?= $(shell git log -1 --format=%ct 2>/dev/null)
release bench: export CURFEW_COMMIT_CHANGED ?= $(shell git diff --quiet HEAD 2>/dev/null || echo 1)
release: system-deps
	$(SWIFT) build $(RELEASE_FLAGS) --product curfew

# Installs what `make release` built; it builds nothing itself, so that it can run as root without a toolchain.
install:
	@test -x $(BINARY) || { echo "make install: $(BINARY) is missing; run 'make release' first" >&2; exit 1; }
	install -D -m 0755 $(BINARY) $(DESTDIR)$(BINDIR)/curfew
	install -d -m 0755 $(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR) $(DESTDIR)$(FISHDIR)
	$(BINARY) --generate-completion-script bash > $(DESTDIR)$(BASHDIR)/curfew
	$(BINARY) --generate-completion-script zsh > $(DESTDIR)$(ZSHDIR)/_curfew
	$(BINARY) --generate-completion-script fish > $(DESTDIR)$(FISHDIR)/curfew.fish
	chmod 0644 $(DESTDIR)$(BASHDIR)/curfew $(DESTDIR)$(ZSHDIR)/_curfew $(DESTDIR)$(FISHDIR)/curfew.fish
	install -d -m 0755 $(DESTDIR)$(UNITDIR) $(DESTDIR)/etc/curfew
	for unit in curfew.service curfew@.service curfew.socket; do \
		sed -e 's|@bindir@|$(BINDIR)|' -e 's|@docdir@|$(DOCDIR)|' systemd/$$unit > $(DESTDIR)$(UNITDIR)/$$unit && \
		chmod 0644 $(DESTDIR)$(UNITDIR)/$$unit || exit 1; \
	done
	install -d -m 0700 $(DESTDIR)/etc/curfew/credentials
	install -d -m 0755 $(DESTDIR)$(CATALOGDIR)
	sed 's|@docurl@|file://$(DOCDIR)|' systemd/curfew.catalog > $(DESTDIR)$(CATALOGDIR)/curfew.catalog
	chmod 0644 $(DESTDIR)$(CATALOGDIR)/curfew.catalog
	install -d -m 0755 $(DESTDIR)$(DOCDIR)
# With the whole path of the schema, because the example is copied elsewhere.
	sed '1s|$$schema=|&$(DOCDIR)/|' config/policy.example.yaml > $(DESTDIR)$(DOCDIR)/policy.example.yaml
	chmod 0644 $(DESTDIR)$(DOCDIR)/policy.example.yaml
	install -D -m 0644 config/ssh-sessions.example $(DESTDIR)$(DOCDIR)/ssh-sessions.example
	install -D -m 0644 config/policy.schema.json $(DESTDIR)$(DOCDIR)/policy.schema.json
	install -D -m 0644 docs/control-api.yaml $(DESTDIR)$(DOCDIR)/control-api.yaml
	for page in logging operations policy threat-model; do \
		install -D -m 0644 docs/$$page.md $(DESTDIR)$(DOCDIR)/$$page.md || exit 1; \
	done

deps: system-deps $(VENV)/.complete $(TOOLS)/prometheus $(TOOLS)/.shells

# Debian packages, asked for only when something is missing, with sudo where one is not root.
# Once: where they cannot be had, nobody wants to wait for that each time.
$(TOOLS)/.shells:
	@mkdir -p $(TOOLS)
	@scripts/install-shells
	@touch $@

system-deps:
	@scripts/install-system-packages

$(VENV)/.complete: Tests/Integration/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --requirement Tests/Integration/requirements.txt
	touch $@

$(TOOLS)/prometheus:
	scripts/unpack-prometheus $@

clean:
	rm -rf .build .build-* $(VENV) $(TOOLS)
