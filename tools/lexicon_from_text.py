#!/usr/bin/env python3
"""Learns lexicon/verbs.tsv and lexicon/modifiers.tsv from raw text, by counting what stands beside.

usage: lexicon_from_text.py [DATA] [LEXICON]     (../shared/data, lexicon)

A verb stands behind pronouns, modal verbs and "to", hardly ever behind an article; one that stands
behind articles as well is "vnoun" (call, plan). A modifier stands between an article, numeral or
pronoun and a noun of lexicon/groupnouns.tsv ("the armed rebels"). The words of lexicon/words.tsv
are left out. The same text gives the same files. Standard library only.
"""

import collections
import json
import lzma
import sys
import re

DATA = sys.argv[1] if len(sys.argv) > 1 else "../shared/data"
OUT = sys.argv[2] if len(sys.argv) > 2 else "lexicon"
# Source and how many of its documents to skip for each one read: the big ones would drown the rest.
TEXTS = (
    ("current_events", 1),
    ("current_events_links", 1),
    ("white_house_2021_2026", 2),
    ("kremlin_en_2000_2020", 1),
    ("us_presidential_speeches", 1),
    ("history_state_gov", 1),
    ("wikipedia", 3),
    ("white_house_briefings_2009_2017", 2),
)
# Classes of words.tsv that say nothing of grammar: their words are looked at here too.
OPEN = {"speech", "political", "folk", "event", "visit"}
TOKEN = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-z]+)?|[.,;:!?()\"“”—–-]|\d[\d,.]*")
BEFORE_NOUN = set(
    "the some many several these those other two three four our their his its all most "
    "few both a an no any".split()
)
BEFORE_VERB = set("he she they we it who i".split())
BEFORE_BASE = set("will would could can may might should must cannot did does do not".split())


def words_of(name):
    """Rows of a lexicon file: the word and its marks."""
    with open(f"{OUT}/{name}.tsv", encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#") and line.strip():
                word, _, marks = line.rstrip("\n").partition("\t")
                yield word, marks


class Counts:
    """How often a word occurs, and how often behind each kind of word."""

    def __init__(self, heads):
        self.heads = heads
        self.all, self.pronoun, self.to, self.modal, self.article, self.head, self.modifier = (
            collections.Counter() for _ in range(7)
        )

    def read(self, text):
        tokens = TOKEN.findall(text)
        two = one = ""
        for i, w in enumerate(tokens):
            word = w.lower() if i == 0 or tokens[i - 1] in ".!?" else w
            self.all[word] += 1
            self.pronoun[word] += one in BEFORE_VERB
            self.to[word] += one == "to"
            self.modal[word] += one in BEFORE_BASE
            self.article[word] += one in BEFORE_NOUN
            if word in self.heads and one.islower():
                self.head[one] += 1
                self.modifier[one] += two in BEFORE_NOUN
            two, one = one, word


def inflected(base):
    """Regular forms of a verb."""
    if base.endswith("e"):
        return {base + "s", base + "d", base[:-1] + "ing"}
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return {base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
    if re.search(r"([sxz]|[cs]h)$", base):
        return {base + "es", base + "ed", base + "ing"}
    forms = {base + "s", base + "ed", base + "ing"}
    if re.search(r"[^aeiou][aeiou][^aeiouwyx]$", base):
        forms |= {base + base[-1] + "ed", base + base[-1] + "ing"}
    return forms


def learn_verbs(c, known):
    """Words that behave as verbs: {word: class}."""
    verbs = {}

    def put(w):
        noun = c.article[w] / c.all[w]
        if noun < 0.30:
            verbs[w] = "verb" if noun < 0.06 else "vnoun"

    for w, n in c.all.items():
        if n < 40 or len(w) < 2 or not (w.isalpha() and w.islower()) or w in known:
            continue
        if w.endswith("ly"):
            if n >= 100 and c.article[w] / n < 0.12:
                verbs[w] = "adv"
        elif (
            len(w) > 4
            and w.endswith("ed")
            or c.pronoun[w] >= 12
            and c.pronoun[w] / n >= 0.025
            or c.modal[w] + c.to[w] >= 25
            and (c.modal[w] + c.to[w]) / n >= 0.15
        ):
            put(w)
    for base in [w for w in sorted(verbs) if (c.modal[w] + c.to[w]) / c.all[w] >= 0.12]:
        for w in sorted(inflected(base)):
            if w not in verbs and w not in known and c.all[w] >= 8:
                put(w)
    return verbs


def learn_modifiers(c, known, verbs):
    for w, n in sorted(c.modifier.items()):
        share = n / c.head[w]
        if (
            n >= 3
            and w.isalpha()
            and w not in known
            and c.all[w] >= 20
            and share >= (0.35 if verbs.get(w) == "verb" else 0.07)
        ):
            yield w


def write(name, head, lines):
    with open(f"{OUT}/{name}.tsv", "w", encoding="utf-8") as f:
        f.write("".join(f"# {h}\n" for h in head) + "".join(f"{line}\n" for line in lines))


def main():
    c = Counts({w for w, _ in words_of("groupnouns")})
    known = {w for w, marks in words_of("words") if not set(marks.split()) <= OPEN}
    for source, step in TEXTS:
        with lzma.open(f"{DATA}/text/{source}.jsonl.xz", "rt", encoding="utf-8") as f:
            for i, line in enumerate(f):
                if i % step == 0:
                    c.read(json.loads(line)["text"])
    verbs = learn_verbs(c, known)
    write(
        "verbs",
        [
            "Verb forms and adverbs, learnt from raw text by tools/lexicon_from_text.py.",
            "word\tclass: verb, vnoun (a verb and a noun), adv",
        ],
        [f"{w}\t{k}" for w, k in sorted(verbs.items())],
    )
    write(
        "modifiers",
        ["Words that stand before group nouns, learnt from raw text by the same.", "word"],
        learn_modifiers(c, known, verbs),
    )


main()
