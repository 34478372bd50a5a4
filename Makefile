# Entente. `make try` shows it, `make test` tests it, `make` builds it.
CC      ?= cc
CFLAGS  ?= -O2 -g
WARN    := -std=c11 -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wundef -Werror
INC     := -Iinclude -Isrc

STAGES  := mem utf8 token sent model gaz feat tag mention claim analyse link doc
SRC     := $(filter-out src/lua_core.c,$(wildcard src/*.c))
OBJ     := $(SRC:src/%.c=build/obj/%.o)

LUAS    := 5.4 5.1 5.3 5.2
HAVE    := $(foreach v,$(LUAS),$(if $(wildcard /usr/include/lua$(v)/lua.h),$(v)))
CORES   := $(HAVE:%=lib/%/entente_core.so)

all: build/libentente.a $(CORES) model/entente.model

build/obj/%.o: src/%.c $(wildcard src/*.h include/*.h)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(WARN) $(INC) -fPIC -c -o $@ $<

build/libentente.a: $(OBJ)
	@rm -f $@
	ar rcs $@ $^

lib/%/entente_core.so: src/lua_core.c build/libentente.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(WARN) $(INC) -I/usr/include/lua$* -fPIC -shared -o $@ src/lua_core.c build/libentente.a -lm

model/entente.model: $(wildcard lexicon/*.tsv model/*.bin tools/*.lua)
	@if [ -f tools/pack.lua ]; then lua5.4 tools/pack.lua $@; fi

CTESTS := $(patsubst tests/c/%.c,build/tests/%,$(wildcard tests/c/test_*.c))
build/tests/%: tests/c/%.c build/libentente.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(WARN) $(INC) -o $@ $< build/libentente.a -lm

ctest: $(CTESTS)
	@for t in $(CTESTS); do echo "# $$t"; $$t || exit 1; done

# A minute's worth of checks before a change is shared.
quick: all ctest
	@if [ -f model/entente.model ]; then echo 'Angela Merkel met Vladimir Putin in Moscow.' | bin/entente tag --format jsonl | grep -q '"kind":"person"'; fi
	@echo quick ok

clean:
	rm -rf build lib model/entente.model
.PHONY: all ctest quick clean
