#!/bin/sh
# Entente over a corpus as a Slurm array: one task for each file of JSON lines below a folder.
#
#     ls CORPUS/*.jsonl >files.txt
#     sbatch --array=1-$(wc -l <files.txt) doc/slurm.sh files.txt OUT
#
# A task that was done is not done again, so the same line may be given after a failure. What a task
# writes gets its name only when it is whole.
#SBATCH --job-name=entente
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
set -eu
file=$(sed -n "${SLURM_ARRAY_TASK_ID}p" "$1")
out=$2/$(basename "$file")
mkdir -p "$2"
[ ! -e "$out" ] || exit 0
"${ENTENTE:-entente}" tag --input jsonl --format jsonl --jobs "${SLURM_CPUS_PER_TASK:-1}" \
    "$file" >"$out.part" || test $? = 1
mv "$out.part" "$out"
