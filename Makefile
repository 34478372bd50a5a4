# Entente. `make try` shows it, `make test` tests it, `make` builds it with cc and make alone.
#
#   make             library, a C module for each Lua whose headers are here, model
#   make try         installs what is missing, opens a sample article in Neovim
#   make test        installs what the tests need, builds, runs every test
#   make quick       a minute's worth of checks
#   make fuzz        every fuzz target in turn, each for TIME=30 seconds (doc/reliability.md)
#   make check-hard  analysis, sanitizers, failures, fuzzing, the torture text, in bounded time
#   make coverage    lines and branches of the C core that tests reach
#   make asan        the C tests under Address- and UndefinedBehaviorSanitizer
#   make model       trains the tagger anew from DATA=../shared/data (model/card.md)
#   make accuracy-claims, train-claims   score proposals and stances; learn their weights
#   make accuracy-coref, train-link   score links; learn their weights
#   make test-edits      100,000 random edits and their inverses [SEED=N]
#   make errors-links    links that go wrong, by cause [KIND=name]
#   make accuracy-crossdoc   actors joined across documents
#   make accuracy    names found on every development set, beside a plain CRF
#   make errors      what goes wrong on SET, after make accuracy
#   make bench       speed, printed and kept under bench/results/
#   make report-page the charts of `entente report` (esbuild and node-d3, or npm)
#   make spark       PySpark for the test of doc/spark.py
#   make kills       KILLS=1000 kills while a project is indexed (some twenty minutes)
#   make bench-index     speed and size of the index of a project, over DOCUMENTS=100000 files
#   make install     into $(DESTDIR)$(PREFIX); make uninstall takes it away
#   make help        this list

CC      ?= cc
AR      ?= ar
CFLAGS  ?= -O3 -g
DATA    ?= ../shared/data
PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= build
LIB     ?= lib
VERSION := $(shell sed -n 's/^.define ENT_VERSION_[MP][A-Z]* //p' include/entente.h | paste -sd . -)

# Warnings are errors with the compilers we test with; another one's new warning stops nobody.
TESTED  := 11 12 13 14
WERROR  ?= $(if $(filter $(TESTED),$(shell $(CC) -dumpversion 2>/dev/null | cut -d . -f 1)),-Werror)
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wundef \
           -Wstrict-prototypes -Wmissing-prototypes
HARDEN  := -fstack-protector-strong
ifneq (,$(findstring -O,$(CFLAGS)))
ifeq (,$(findstring -fsanitize,$(CFLAGS)))
HARDEN  += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
endif
endif
ifeq (Darwin,$(shell uname -s))
SHARED  := -bundle -undefined dynamic_lookup
else
SHARED  := -shared -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--exclude-libs,ALL
ifneq (,$(filter x86_64 aarch64,$(shell uname -m)))
HARDEN  += -fstack-clash-protection
endif
endif
FLAGS    = -std=c11 $(WARN) $(WERROR) -Iinclude -Isrc -fPIC $(HARDEN) $(CPPFLAGS) $(CFLAGS) -MMD -MP

SRC     := $(filter-out src/lua_%,$(sort $(wildcard src/*.c)))
BINDING := $(patsubst src/%.c,%,$(sort $(wildcard src/lua_*.c)))
OBJ     := $(SRC:src/%.c=$(BUILD)/obj/%.o)

# "5.4:/usr/include/lua5.4 ...": one C module for each.
LUAS    := $(shell sh tools/luas.sh)
ABIS    := $(foreach l,$(LUAS),$(firstword $(subst :, ,$l)))
CORES   := $(ABIS:%=$(LIB)/%/entente_core.so)
incdir   = $(patsubst $1:%,-isystem %,$(filter-out %:/usr/include,$(filter $1:%,$(LUAS))))

CHARTS  := lua/entente/report/charts.js

all: $(BUILD)/libentente.a $(CORES) model/entente.model $(CHARTS)
ifeq (,$(ABIS))
	@echo "make: no Lua headers found, so nothing for Lua or Neovim was built." >&2
	@echo "      Debian: apt-get install liblua5.4-dev libluajit-5.1-dev; or LUA_INCLUDES=DIR" >&2
endif

$(BUILD)/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -c -o $@ $<

$(BUILD)/libentente.a: $(OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

# The binding is compiled once for each ABI: build/obj/5.4/lua_core.o ...
define binding
$(BUILD)/obj/$1/%.o: src/%.c Makefile
	@mkdir -p $$(@D)
	$(CC) $$(FLAGS) $(call incdir,$1) -c -o $$@ $$<

$(LIB)/$1/entente_core.so: $(BINDING:%=$(BUILD)/obj/$1/%.o) $(BUILD)/libentente.a
	@mkdir -p $$(@D)
	$(CC) $(CFLAGS) $(SHARED) $(LDFLAGS) -o $$@ $$^ -lm
endef
$(foreach a,$(ABIS),$(eval $(call binding,$a)))

# Packed anew when what it is made from has changed, if Lua and LPeg are here to do it.
model/entente.model: $(wildcard lexicon/* model/*.bin model/*.txt tools/*.lua) src/link_score.c tools/model.sh
	@sh tools/model.sh $@

# The charts of the report, bundled with D3: by itself when that is here, else by make report-page.
$(CHARTS): $(wildcard tools/report/*.js tools/report/*.txt) tools/report/bundle.sh
	@sh tools/report/bundle.sh --quiet

report-page: ; @sh tools/report/bundle.sh

# PySpark for tests/corpora, in a place of its own (some 500 MB; it needs Java, too).
spark: ; @python3 -m venv build/spark && build/spark/bin/pip -q install pyspark

# Features of the linker for tools/train_link.py.
$(BUILD)/link_dump: tools/link_dump.c $(BUILD)/libentente.a
	$(CC) $(FLAGS) -MF $@.d $(LDFLAGS) -o $@ $< $(BUILD)/libentente.a -lm

# ---- tests ------------------------------------------------------------------------------------

CTESTS := $(patsubst tests/c/%.c,$(BUILD)/tests/%,$(wildcard tests/c/test_*.c))
$(BUILD)/tests/%: tests/c/%.c $(BUILD)/libentente.a
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -MF $(BUILD)/tests/$*.d $(LDFLAGS) -o $@ $< $(BUILD)/libentente.a -lm

ctest: $(CTESTS)
	@for t in $(CTESTS); do echo "# $$t"; $$t || exit 1; done

quick: all rockspec $(CTESTS)
	@lua5.4 tests/run.lua --quick

test:
	@sh tools/setup.sh test
	@$(MAKE) --no-print-directory all $(CTESTS:$(BUILD)/%=build/%)
	@lua5.4 tests/run.lua

asan:
	@$(MAKE) --no-print-directory BUILD=build/asan LIB=build/asan/lib CFLAGS='$(ASAN)' all ctest

# Figures of the claim stage on the documents in ../shared; its weights learnt anew from them.
PYTHON  ?= python3
$(BUILD)/claim_dump: tools/claim_dump.c $(BUILD)/libentente.a
	$(CC) $(FLAGS) -MF $(BUILD)/claim_dump.d $(LDFLAGS) -o $@ $< $(BUILD)/libentente.a -lm

accuracy-claims: all $(BUILD)/claim_dump
	@$(PYTHON) tools/accuracy_claims.py

train-claims: all $(BUILD)/claim_dump
	@$(PYTHON) tools/train_claims.py --write model/CLAW.bin

test-roots: ; @sh tests/roots.sh

include tests/hard.mk

# ---- trying, measuring, installing ------------------------------------------------------------

try:
	@sh tools/setup.sh try
	@$(MAKE) --no-print-directory -s all
	@sh tools/try.sh

# Class and case of characters, from the Unicode tables of this Python.
tables: ; python3 tools/unicode.py > src/utf8_tables.h

BENCHES := $(patsubst bench/%.c,$(BUILD)/bench/%,$(wildcard bench/*.c))
$(BUILD)/bench/%: bench/%.c $(BUILD)/libentente.a
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -MF $@.d $(LDFLAGS) -o $@ $< $(BUILD)/libentente.a -lm

bench: all $(BENCHES) ; @lua5.4 bench/run.lua

DOCUMENTS ?= 100000
KILLS ?= 1000
kills: all ; @ENTENTE_KILLS=$(KILLS) sh tests/index/run.sh

bench-index: all ; @lua5.4 bench/index.lua $(DOCUMENTS) $(DATA)

install: all ; @sh tools/install.sh install '$(DESTDIR)' '$(PREFIX)' '$(VERSION)' '$(ABIS)'
uninstall:   ; @sh tools/install.sh uninstall '$(DESTDIR)' '$(PREFIX)'

# The lists of files in the rockspec.
rockspec:
	@mkdir -p rockspec build
	@sh tools/rockspec.sh >build/rockspec
	@cmp -s build/rockspec rockspec/entente-$(VERSION)-1.rockspec || \
	    cp build/rockspec rockspec/entente-$(VERSION)-1.rockspec

# The formatting that tests/style.sh asks for.
format:
	clang-format -i $(filter-out %_tables.h,$(wildcard src/*.[ch] include/*.h tests/c/*.[ch] tests/fuzz/*.[ch] tools/*.[ch] bench/*.[ch] doc/*.c))

clean:
	rm -rf build lib $(CHARTS) tools/report/node_modules

accuracy: all ; @sh tools/accuracy.sh $(DATA)
accuracy-crossdoc: all
	@mkdir -p build/accuracy
	@lua5.4 tools/crossdoc.lua $(DATA)/coref/local/ecb-crossdoc.dev.jsonl >build/accuracy/crossdoc.jsonl
	@python3 $(DATA)/../score/score_coref.py $(DATA)/coref/local/ecb-crossdoc.dev.jsonl \
	    build/accuracy/crossdoc.jsonl --match head
accuracy-coref: all ; @sh tools/accuracy_coref.sh $(DATA)
errors-links: accuracy-coref
	@python3 tools/errors_links.py $(DATA)/../score $(DATA)/coref/ontogum-entities.dev.jsonl \
	    build/accuracy/ontogum.jsonl $(KIND)
train-link: all $(BUILD)/link_dump ; @$(PYTHON) tools/train_link.py $(DATA)

# Most frequent confusions: make errors SET=local/worldwide_newswire_dev [KIND='ORG->none']
SET     ?= dev/gmb_voa_dev
errors: ; @python3 tools/errors.py $(DATA)/ner/$(SET).jsonl build/accuracy/$(notdir $(SET)).jsonl $(if $(KIND),'$(KIND)')

model: build/libentente.a ; @nice -n 10 sh tools/make_model.sh $(DATA) $(SILVER)

help: ; @sed -n 's/^#   //p' Makefile

.PHONY: errors-links kills accuracy-crossdoc report-page spark accuracy-coref train-link model format rockspec all ctest quick test asan test-roots try bench bench-index install uninstall clean help
.SECONDARY:
-include $(wildcard $(BUILD)/obj/*.d $(BUILD)/obj/*/*.d $(BUILD)/tests/*.d $(BUILD)/bench/*.d)
