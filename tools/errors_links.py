#!/usr/bin/env python3
"""What goes wrong in linking, by cause, and how much better links alone could be.

    tools/errors_links.py SCORE-FOLDER GOLD.jsonl PRED.jsonl [KIND]

GOLD is one of coref/ontogum-entities.*.jsonl, PRED the output of `tag --format jsonl --unit
codepoint` (make accuracy-coref leaves it in build/accuracy/ontogum.jsonl), SCORE-FOLDER the one that
holds score_coref.py, whose alignment of entities is used. Printed are counts by cause, the recall
and precision that perfect links over the mentions as found would reach, and with KIND (name,
nominal, pronoun) each error of that kind.
"""
import collections
import json
import sys


def align(scorer, gold, pred):
    """Spans of the prediction as gold spans, their clusters, and which gold entity each is."""
    clusters, single = scorer.gold_mentions(gold)
    by = collections.defaultdict(list)
    for m in pred["mentions"]:
        if m["kind"] != "proposal":
            by[m["entity"]].append((m["start"], m["end"]))
    spans = [g for c in clusters for g in c] + single
    found = scorer.map_spans(spans, [sorted(v) for v in by.values()], "head")
    found = [sorted(c) for c in scorer.dedup(found)]
    entity = {g[:2]: i for i, c in enumerate(clusters) for g in c}
    shared = [[0] * len(found) for _ in clusters]
    for j, c in enumerate(found):
        for m in c:
            if m in entity:
                shared[entity[m]][j] += 1
    pairs = [(i, j) for i, j in scorer.hungarian_max(shared) if shared[i][j] > 0]
    return clusters, {s[:2] for s in single}, found, entity, {j: i for i, j in pairs}


def missed(clusters, found, entity_of):
    """(kind, cause, span, first span of its entity) of each mention that is not the first."""
    where = {m: j for j, c in enumerate(found) for m in c}
    for i, c in enumerate(clusters):
        c = sorted(c)
        for g in c[1:]:
            j = where.get(g[:2])
            if j is None:
                cause = "not found"
            elif entity_of.get(j) == i:
                cause = "right"
            else:
                cause = "apart" if entity_of.get(j) is None else "in another"
            yield g[2], cause, g[:2], c[0][:2]


def wrong(scorer, text, clusters, single, found, entity, entity_of):
    """(kind, cause, span, first span of its cluster) of what is attached in clusters that count."""
    kinds = {g[:2]: g[2] for c in clusters for g in c}
    for j, c in enumerate(found):
        if not any(m in entity or m in single for m in c):
            continue
        for m in c[1:]:
            kind = kinds.get(m) or ("name" if m in single else scorer.guess_kind(text[m[0]:m[1]]))
            if m in entity and entity_of.get(j) == entity[m]:
                cause = "right"
            elif m not in entity:
                cause = "named once" if m in single else "not marked"
            else:
                cause = "cluster of another" if j in entity_of else "cluster of nobody"
            yield kind, cause, m, c[0]


def main():
    sys.path.insert(0, sys.argv[1])
    import score_coref as scorer
    gold, kind = scorer.load(sys.argv[2]), (sys.argv[4:] or [None])[0]
    with open(sys.argv[3], encoding="utf-8") as f:
        pred = {d["doc"]: d for d in map(json.loads, f)}
    counts, lines = collections.Counter(), []
    for name, g in gold.items():
        text = g["text"]
        clusters, single, found, entity, entity_of = align(scorer, g, pred[name])
        for side, rows in (("missed", missed(clusters, found, entity_of)), ("wrong", wrong(
                scorer, text, clusters, single, found, entity, entity_of))):
            for k, cause, m, first in rows:
                counts[side, k, cause] += 1
                if k == kind and cause != "right":
                    told = [" ".join(text[s:e].split()) for s, e in (m, first)]
                    lines.append("\t".join([side, cause, name] + told))
    for key, n in sorted(counts.items()):
        print("%-7s %-8s %-18s %5d" % (key + (n,)))
    for k in ("name", "nominal", "pronoun"):
        of = {s: {c: n for (t, x, c), n in counts.items() if t == s and x == k}
              for s in ("missed", "wrong")}
        all_gold, all_made = (sum(of[s].values()) or 1 for s in ("missed", "wrong"))
        print("with perfect links over these mentions: %-8s R %.1f  P %.1f" % (
            k, 100 - 100 * of["missed"].get("not found", 0) / all_gold,
            100 - 100 * (of["wrong"].get("not marked", 0)) / all_made))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
