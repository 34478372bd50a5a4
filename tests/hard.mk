# What takes long or needs more tools than `make test`: fuzzing, coverage.

CLANG ?= clang
TIME  ?= 60
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

.PHONY: fuzz
-include $(wildcard build/fuzz/obj/*.d)
