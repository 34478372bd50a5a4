#!/usr/bin/env python3
"""Shows where found mentions differ from gold: which, how often, and in what sentence.

usage: errors_mentions.py GOLD.jsonl PRED.jsonl [--kind KIND] [--docs DOC,DOC] [--lines N]

Sorts: missed, spurious, span (kind right, ends differ), kind (span right). Names and groups only;
--kind looks at one. GOLD as data/claims/dev.jsonl, PRED from `entente tag --unit codepoint`.
Standard library only.
"""

import argparse
import collections
import json


def load(path):
    docs = {}
    for line in open(path, encoding="utf-8"):
        d = json.loads(line)
        kinds = {e["id"]: e["kind"] for e in d.get("entities", [])}
        d["names"] = [
            (m["start"], m["end"], m.get("kind") or kinds[m["entity"]])
            for m in d["mentions"]
            if m["form"] == "name" and (m.get("kind") or kinds[m["entity"]]) != "proposal"
        ]
        docs[d["doc"]] = d
    return docs


def around(text, start, end, width=40):
    left, right = text[max(0, start - width) : start], text[end : end + width]
    return f"{left}[{text[start:end]}]{right}".replace("\n", "/")


def compare(gold, pred, text):
    """Yields (sort, gold mention, predicted mention)."""
    by_span = {m[:2]: m for m in pred}
    taken = set()
    for g in gold:
        p = by_span.get(g[:2])
        if p:
            taken.add(p)
            yield ("right" if p[2] == g[2] else "kind"), g, p
    for g in gold:
        if g[:2] in by_span:
            continue
        p = next(
            (p for p in pred if p not in taken and p[2] == g[2] and p[0] < g[1] and g[0] < p[1]),
            None,
        )
        if p:
            taken.add(p)
        yield ("span" if p else "missed"), g, p
    for p in pred:
        if p not in taken:
            yield "spurious", None, p


def main():
    a = argparse.ArgumentParser()
    a.add_argument("gold")
    a.add_argument("pred")
    a.add_argument("--kind")
    a.add_argument("--docs")
    a.add_argument("--lines", type=int, default=40)
    o = a.parse_args()
    gold, pred = load(o.gold), load(o.pred)
    table, shown = collections.Counter(), collections.defaultdict(list)
    for name, g in gold.items():
        if o.docs and name not in o.docs.split(","):
            continue
        for sort, a_, b in compare(g["names"], pred[name]["names"], g["text"]):
            kinds = (a_[2] if a_ else "-", b[2] if b else "-")
            table[(sort, *kinds)] += 1
            if sort != "right" and (not o.kind or o.kind in kinds):
                at = a_ or b
                also = f" <- [{g['text'][b[0]:b[1]]}]" if sort == "span" else ""
                shown[(sort, *kinds)].append(f"{name}: {around(g['text'], *at[:2])}{also}")
    for key, n in sorted(table.items(), key=lambda x: (x[0][0], -x[1])):
        print(f"{n:5}  {key[0]:9} gold {key[1]:13} found {key[2]}")
    for key, lines in sorted(shown.items(), key=lambda x: -len(x[1])):
        print(f"\n== {key[0]}: gold {key[1]}, found {key[2]} ({len(lines)})")
        print("\n".join(lines[: o.lines]))


main()
