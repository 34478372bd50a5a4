#!/bin/sh
# Each fuzz target with so many inputs from the seeds and what once failed, the same in every run.
cd "$(dirname "$0")/../.." || exit 2
FUZZ_RUNS=${FUZZ_RUNS:-500} exec sh tests/fuzz/long.sh
