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

# The bounded form of all that is hard: sanitizers, fuzzing, no network.
check-hard: all
	@sh tests/sanitize.sh
	@sh tests/network.sh
	@sh tests/fuzz/long.sh $(TIME)

.PHONY: fuzz test-edits coverage analyse check-hard
-include $(wildcard build/fuzz/obj/*.d)
