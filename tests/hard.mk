# What takes long or needs more tools than `make test`: fuzzing, coverage.

CLANG ?= clang
TIME  ?= 30
FUZZ  := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZED := -g -O2 -std=c11 -Iinclude -Isrc -Itests/c -Itests/fuzz -fno-sanitize-recover=all

build/fuzz/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(CLANG) $(FUZZED) -fsanitize=fuzzer-no-link,address,undefined -MMD -MP -c -o $@ $<

build/fuzz/libentente.a: $(SRC:src/%.c=build/fuzz/obj/%.o)
	@rm -f $@
	$(AR) rcs $@ $^

build/fuzz/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.h tests/fuzz/words.inc build/fuzz/libentente.a
	$(CLANG) $(FUZZED) -fsanitize=fuzzer,address,undefined -o $@ $< build/fuzz/libentente.a -lm

# The same targets without a fuzzer.
build/fuzz/replay_%: tests/fuzz/fuzz_%.c tests/fuzz/main.c tests/fuzz/fuzz.h tests/fuzz/words.inc \
    $(BUILD)/libentente.a
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -MF $@.d -Itests/c -Itests/fuzz $(LDFLAGS) -o $@ $< tests/fuzz/main.c \
	    $(BUILD)/libentente.a -lm

# The library with sanitizers in it, for Lua; make asan runs the C tests with them, too.
ASAN := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
asan-lib: ; @$(MAKE) --no-print-directory BUILD=build/asan LIB=build/asan/lib CFLAGS='$(ASAN)' all

fuzz: all ; @sh tests/fuzz/long.sh $(TIME) $(TARGETS)

# 100,000 random edits and their inverses, links as well: after each all is as in a fresh document.
# Seeds are printed; SEED=N repeats one.
test-edits: $(BUILD)/tests/test_doc $(BUILD)/tests/test_link_same
	@EDITS=100000 $(BUILD)/tests/test_doc && $(BUILD)/tests/test_link_same $${SEED:-12345} 100000

# Lines and branches of the C core that its tests reach.
coverage:
	@$(MAKE) --no-print-directory -s BUILD=build/cov LIB=build/cov/lib WERROR= ABIS= LUAS= \
	    CFLAGS='-O0 -g --coverage' LDFLAGS=--coverage build/cov/libentente.a \
	    $(CTESTS:$(BUILD)/%=build/cov/%) $(FUZZ:%=build/cov/fuzz_%)
	@sh tests/fuzz/coverage.sh

build/cov/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/main.c build/cov/libentente.a
	$(CC) $(FLAGS) -MF $@.d -Itests/c -Itests/fuzz $(LDFLAGS) -o $@ $< tests/fuzz/main.c \
	    build/cov/libentente.a -lm

# Static analysis; what is off, and why, is said in .clang-tidy and in the script.
analyse: ; @sh tests/hard/analyse.sh

# The bounded form of all that is hard, counted by tests/run.lua as the other tests are. What needs a
# tool that is not here is skipped; sanitizers and the watch for network calls are in make test, too.
check-hard: all
	@lua5.4 tests/run.lua --hard

.PHONY: asan-lib fuzz test-edits coverage analyse check-hard
-include $(wildcard build/fuzz/obj/*.d)
