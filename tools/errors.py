#!/usr/bin/env python3
"""The tagger's most frequent confusions on a set, with the names and sentences they happen to.

usage: errors.py GOLD.jsonl PRED.jsonl [KIND [N]]

PRED is what to_ner.py made of Entente's output (make accuracy leaves it in build/accuracy/). Without
KIND: one line a confusion, most frequent first. With a KIND as printed, such as "ORG->none", N of its
sentences (20), drawn with a fixed seed. Spans are trimmed as the scorer's --trim does.
"""
import collections
import json
import random
import re
import sys

LEAD = re.compile(r'^(?:[\s"\'“”‘’(\[]+|the\s+)+', re.I)
TAIL = re.compile(r"(?:['’]s|[\s\"'“”‘’)\],;:]+)+$")


def trim(text, a, b):
    m = LEAD.match(text[a:b])
    if m and m.end() < b - a:
        a += m.end()
    m = TAIL.search(text[a:b])
    if m and m.start() > 0:
        b = a + m.start()
    return a, b


def load(path):
    with open(path, encoding="utf-8") as f:
        return {d["doc"]: d for d in map(json.loads, f)}


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def confusions(gold, pred):
    """(kind, text, start, end, note) of every error."""
    for doc, g in gold.items():
        text = g["text"]
        want = {trim(text, e[0], e[1]): e[2] for e in g["entities"]}
        have = {trim(text, e[0], e[1]): e[2] for e in pred.get(doc, {"entities": []})["entities"]}
        for span, kind in have.items():
            if want.get(span) == kind:
                continue
            near = [s for s in want if overlap(s, span)]
            if span in want:
                yield want[span] + "->" + kind, text, span, ""
            elif near:
                note = " | ".join(text[a:b] for a, b in near)
                yield "bounds " + want[near[0]] + "->" + kind, text, span, "   gold: " + note
            else:
                yield "none->" + kind, text, span, ""
        for span, kind in want.items():
            if kind != "MISC" and not any(overlap(span, s) for s in have):
                yield kind + "->none", text, span, ""


def main(argv):
    if len(argv) < 3:
        sys.exit(__doc__)
    by_kind, names = collections.defaultdict(list), collections.defaultdict(collections.Counter)
    for kind, text, (a, b), note in confusions(load(argv[1]), load(argv[2])):
        line = text[max(0, a - 60):a] + "[[" + text[a:b] + "]]" + text[b:b + 40] + note
        by_kind[kind].append(line.replace("\n", " "))
        names[kind][text[a:b]] += 1
    if len(argv) > 3:
        lines = by_kind[argv[3]]
        random.Random(1).shuffle(lines)
        print("\n".join(lines[:int(argv[4]) if len(argv) > 4 else 20]))
        return
    for kind, lines in sorted(by_kind.items(), key=lambda x: -len(x[1])):
        most = ", ".join(f"{w} {n}" for w, n in names[kind].most_common(8)).replace("\n", " ")
        print(f"{len(lines):6} {kind:18} {most}")


main(sys.argv)
