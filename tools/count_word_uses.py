#!/usr/bin/env python3
"""Counts how words are used in the open raw texts: what claim_verbs.tsv and
claim_adjective_words.tsv of lexicon/ were chosen by.

    count_word_uses.py DATA-FOLDER/text > COUNTS.tsv

Columns: word, how often, after "to", after a modal, a determiner, a subject pronoun, a form of be,
of have, a word of degree (very, more), a preposition, before a determiner. A verb's share is
(to + modal) against that plus (determiner + preposition), of 9; a word is an adjective when degree
words or its ending say so and it often follows "be". Both lists were then read through and mended
by hand. Standard library only.
"""
import collections
import json
import lzma
import re
import sys

WORD = re.compile(r"[A-Za-z]+(?:n't)?|[.,;:!?\"“”]|'s|’s|\d+")
BEFORE = [
    {"to"},
    set("will would can could may might should must shall cannot can't won't wouldn't couldn't "
        "didn't don't doesn't shouldn't".split()),
    set("the a an this these those his her its their our my your no any some each every".split()),
    set("he she they we i it who which".split()),
    set("been was were is are be being am".split()),
    set("have has had having".split()),
    set("very more most so too quite rather as".split()),
    set("of in for on with by".split()),
]
# How many characters of each file.
TEXTS = {"current_events": 28e6, "white_house_2021_2026": 40e6, "kremlin_en_2000_2020": 16e6,
         "un_general_debate": 20e6, "wikipedia": 30e6, "white_house_briefings_2009_2017": 12e6,
         "history_state_gov": 5e6}


def count(text, counts):
    words = WORD.findall(text)
    before = "."
    for i, w in enumerate(words):
        low = w.lower()
        if w == low and w.isalpha():
            c = counts[w]
            c[0] += 1
            for k, known in enumerate(BEFORE):
                if before in known:
                    c[k + 1] += 1
                    break
            if i + 1 < len(words) and words[i + 1].lower() in BEFORE[2]:
                c[9] += 1
        before = low


def main():
    counts = collections.defaultdict(lambda: [0] * 10)
    for name, limit in TEXTS.items():
        seen = 0
        with lzma.open("%s/%s.jsonl.xz" % (sys.argv[1], name), "rt", encoding="utf-8") as f:
            for line in f:
                text = json.loads(line)["text"]
                seen += len(text)
                if seen > limit:
                    break
                count(text, counts)
    for w, c in sorted(counts.items(), key=lambda x: (-x[1][0], x[0])):
        if c[0] >= 25:
            print(w, *c, sep="\t")


if __name__ == "__main__":
    main()
