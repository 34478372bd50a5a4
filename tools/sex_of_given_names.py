#!/usr/bin/env python3
"""Tells the sex of given names from running text, for lexicon/given.tsv.

    tools/sex_of_given_names.py DATA-FOLDER [--out lexicon/given.tsv]

A name of two or three capitalised words counts for its first word by the first "he, his, him" or
"she, her" within 150 characters behind it, when no other such name stands between. Names met five
times or more of which four fifths agree are male or female; others keep what the file says, unless
text often says otherwise. Texts: Wikipedia, current events (CC BY-SA), the White House and the Kremlin.
"""
import argparse
import collections
import json
import lzma
import os
import re

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
TEXTS = ("wikipedia", "current_events", "kremlin_en_2000_2020", "white_house_2021_2026")
WORD = r"[A-Z][^\W\d_]+(?:-[A-Z][^\W\d_]+)?"
NAME = re.compile(r"\b(%s)(?: (?:[A-Z]\.|%s))?(?: (?:van|von|de|der|bin|al-))* %s\b" % (WORD, WORD, WORD))
NEXT = re.compile(r"\b(?:(he|his|him|himself)|(she|her|hers|herself))\b")


def count(folder, known, most):
    """Per given name how often a male and a female pronoun follows."""
    seen = collections.defaultdict(lambda: [0, 0])
    for source in TEXTS:
        done = 0
        with lzma.open("%s/text/%s.jsonl.xz" % (folder, source), "rt", encoding="utf-8") as f:
            for line in f:
                text = json.loads(line)["text"]
                done += len(text)
                if done > most:
                    break
                names = [m for m in NAME.finditer(text) if m.group(1) in known]
                for i, m in enumerate(names):
                    end = m.end() + 150
                    if i + 1 < len(names):
                        end = min(end, names[i + 1].start())
                    p = NEXT.search(text, m.end(), end)
                    if p:
                        seen[m.group(1)][p.group(2) is not None] += 1
    return seen


def marks(old, male, female):
    """The marks of a name after what the text said."""
    rest = [m for m in old.split() if m not in ("male", "female")]
    told = [m for m in old.split() if m in ("male", "female")]
    n, most = male + female, "male" if male > female else "female"
    if n >= 5 and max(male, female) >= 0.8 * n:
        told = [most]
    elif n >= 10 and told and told != [most]:
        told = []
    return " ".join(told + rest)


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("data")
    ap.add_argument("--out", default=os.path.join(ROOT, "lexicon", "given.tsv"))
    ap.add_argument("--most", type=int, default=120_000_000, help="characters read of each text")
    a = ap.parse_args()
    with open(a.out, encoding="utf-8") as f:
        lines = f.read().split("\n")
    known = {l.split("\t")[0] for l in lines if l and not l.startswith("#")}
    seen = count(a.data, known, a.most)
    for i, l in enumerate(lines):
        if not l or l.startswith("#"):
            continue
        cells = l.split("\t")
        cells[1:2] = [marks(cells[1] if len(cells) > 1 else "", *seen.get(cells[0], (0, 0)))]
        lines[i] = "\t".join(cells).rstrip("\t")
    with open(a.out, "w", encoding="utf-8") as f:
        f.write("\n".join(lines))


if __name__ == "__main__":
    main()
