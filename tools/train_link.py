#!/usr/bin/env python3
"""Learns the weights of antecedents (lexicon/link.tsv) from open coreference data.

    tools/train_link.py DATA-FOLDER [--out lexicon/link.tsv] [--epochs 300]

DATA-FOLDER holds coref/ontogum.train.jsonl, coref/ontogum-entities.train.jsonl,
coref/gap.development.jsonl, claims/dev.jsonl and text/wikipedia.jsonl.xz. Of OntoGUM only the genres
whose texts are open are read. From the plain text of Wikipedia he, she, his ... are learnt where men
and women were named before and the sex tells who is meant: the candidates are then those of either
sex, and what depends on the sex is hidden. The linker itself gives each anaphor's candidates and their features (tools/link_dump.c, built on the way);
a candidate is right when its last mention lies in the anaphor's gold cluster. One log-linear model
per class of anaphor, "none" included, drawn towards weights shared by related classes and these
towards zero. Running it again on the same data gives the same file.
"""
import argparse
import collections
import json
import lzma
import os
import re
import subprocess
import sys

import numpy as np

LOCAL_GENRES = {"essay", "letter", "podcast", "fiction", "whow", "conversation", "vlog"}
# Classes that share what they learn.
FAMILIES = [["he", "him", "his"], ["it", "its"], ["they", "their"], ["this"], ["proposal"],
            ["person"], ["country", "body", "group", "place"]]
# Learnt from the documents that mark proposals; the others do not know them.
FROM_CLAIMS = {"proposal"}
# Of these news says more than the others, which seldom speak of states and bodies.
ALSO_CLAIMS = {"it", "its", "they", "their", "person", "country", "body", "group", "place"}
# How strongly weights are drawn to those of the family, and these to zero: with a few hundred
# examples more (measured by leaving out a third of claims/dev.jsonl in turn).
PULL, PULL_OF_FEW, FEW = (5.0, 1.0), (10.0, 5.0), 2000
# What a text tells only because the sex is known.
TOLD_BY_SEX = {"sex", "othersex", "lastpron0", "lastpron1", "sameword", "only", "choice"}
PLAIN = {"bytes": 20000000, "longest": 30000, "weight": 0.2}
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def load(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def byte_offsets(text):
    """Byte offset of each code point."""
    out, at = [0], 0
    for ch in text:
        at += len(ch.encode("utf-8"))
        out.append(at)
    return out


class Gold:
    """Clusters of a document by byte spans: which cluster a span of ours belongs to."""

    def __init__(self, text):
        self.at = byte_offsets(text)
        self.by_end, self.exact = collections.defaultdict(list), {}

    def add(self, start, end, cluster, core=None):
        s, e = self.at[start], self.at[end]
        self.exact.setdefault((s, e), cluster)
        core = core or (start, end)
        self.by_end[self.at[core[1]]].append((s, e, cluster))
        if core[1] != end:
            self.by_end[e].append((s, e, cluster))

    def find(self, s, e):
        """Exactly the span, or the smallest gold span that holds it and ends (or has its head
        end) with it; None when there is none."""
        if (s, e) in self.exact:
            return self.exact[s, e]
        held = [g for g in self.by_end.get(e, []) if g[0] <= s or s <= g[0]]
        return min(held, key=lambda g: g[1] - g[0])[2] if held else None

    def holds(self, s, e, cluster):
        return any(c == cluster and a < e and s < b for (a, b), c in self.exact.items())


def ontogum(folder):
    """All clusters, so that an anaphor whose antecedent bears no name is none of the wrong ones."""
    named = {d["doc"]: d for d in load(folder + "/ontogum-entities.train.jsonl")}
    for d in load(folder + "/ontogum.train.jsonl"):
        if d["genre"] in LOCAL_GENRES:
            continue
        gold = Gold(d["text"])
        cores = {}
        e = named.get(d["doc"])
        for cluster, info in zip(e["clusters"], e["info"]) if e else ():
            for (s, t), i in zip(cluster, info):
                cores[s, t] = (i[2], i[3])
        for c, cluster in enumerate(d["clusters"]):
            for s, t in cluster:
                gold.add(s, t, c, cores.get((s, t)))
        yield d["doc"], d["text"], gold, None


def claims(folder):
    """Proposals called by other nouns; one document is local and never learnt from."""
    for d in load(folder + "/dev.jsonl"):
        if d["doc"] == "guarantees":
            continue
        gold = Gold(d["text"])
        ids = {e["id"]: i for i, e in enumerate(d["entities"])}
        for m in d["mentions"]:
            gold.add(m["start"], m["end"], ids[m["entity"]])
        yield d["doc"], d["text"], gold, None


def gap(folder):
    for d in load(folder + "/gap.development.jsonl"):
        gold = Gold(d["text"])
        gold.add(*d["pronoun"], 1 if d["a_coref"] or d["b_coref"] else 0)
        for k in "ab":
            gold.add(*d[k], 1 if d[k + "_coref"] else 2)
        yield d["doc"], d["text"], gold, gold.at[d["pronoun"][0]]


def plain(folder):
    """Articles that speak of persons: the first so many bytes of them."""
    left = PLAIN["bytes"]
    with lzma.open(folder + "/wikipedia.jsonl.xz", "rt", encoding="utf-8") as f:
        for i, line in enumerate(f):
            text = json.loads(line)["text"]
            if len(re.findall(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b", text)) < 4:
                continue
            n = len(text.encode("utf-8"))
            if n > PLAIN["longest"]:
                continue
            left -= n
            if left < 0:
                return
            yield "w%d" % i, text, None, None


def told_by_sex(lines):
    """(class, features, which are right) of pronouns whose candidates are of known, differing sex."""
    names, found = [], []
    for line in lines:
        f = line.split("\t")
        if f[0] == "F":
            names = f[1:]
        elif f[0] == "A":
            found.append((f[5], f[4], []))
        elif f[0] == "C":
            found[-1][2].append((f[4], f[5:]))
    hidden = [i for i, n in enumerate(names) if n in TOLD_BY_SEX]
    for sex, cls, cands in found:
        if {c[0] for c in cands} != {"1", "2"} or sex == "0":
            continue
        feats = np.array([[float(x) for x in c[1]] for c in cands], np.float32)
        feats[:, hidden] = 0
        yield cls, feats, [c[0] == sex for c in cands]


def dump(docs, *options):
    exe = os.path.join(ROOT, "build", "link_dump")
    subprocess.run(["make", "-s", "all", "build/link_dump"], cwd=ROOT, check=True)
    feed = b"".join(b"%s %d\n%s" % (n.encode(), len(t.encode()), t.encode()) for n, t, _, _ in docs)
    out = subprocess.run([exe, *options, os.path.join(ROOT, "model", "entente.model")], input=feed,
                         stdout=subprocess.PIPE, check=True).stdout.decode()
    return out.split("\n")


def examples(lines, gold):
    """(class, features of candidates, which are right, gold cluster, names of features)"""
    names, out, entities = None, [], collections.defaultdict(list)
    for line in lines:
        f = line.split("\t")
        if f[0] == "F":
            names = f[1:]
        elif f[0] == "N":
            entities[f[1]].append((int(f[2]), int(f[3]), f[4]))
        elif f[0] == "A":
            out.append((f, []))
        elif f[0] == "C":
            out[-1][1].append(f[1:])
    for (_, doc, s, e, cls, _), cands in out:
        g, only = gold[doc]
        s, e = int(s), int(e)
        if only is not None and s != only:
            continue
        mine = g.find(s, e)
        if only is None:
            right = [int(c[1]) >= 0 and mine is not None and g.find(int(c[1]), int(c[2])) == mine
                     for c in cands]
        else:  # whoever bears the right name
            bearers = {r for a, b, r in entities[doc] if g.holds(a, b, mine or 2)}
            right = [(c[0] in bearers) == (mine > 0) for c in cands]  # or one of the others
        yield cls, np.array([[float(x) for x in c[4:]] for c in cands], np.float32), right, mine, names


class Batch:
    """All examples of a class as flat arrays; row 0 of each example is "none"."""

    def __init__(self, rows, n_features):
        X, Y, starts, weights = [], [], [], []
        for feats, right, weight in rows:
            weights.append(weight)
            starts.append(starts[-1] + len(X[-1]) if X else 0)
            X.append(np.vstack([np.zeros((1, n_features), np.float32), feats]))
            Y.append([not any(right)] + list(right))
        self.X = np.vstack(X)
        self.Y = np.array([y for ys in Y for y in ys], bool)
        self.starts = np.array(starts)
        self.weight = np.array(weights)
        self.of = np.repeat(np.arange(len(starts)), [len(y) for y in Y])

    def gradient(self, w):
        z = self.X @ w
        z -= np.maximum.reduceat(z, self.starts)[self.of]
        p = np.exp(z)
        q = np.where(self.Y, p, 0)
        p /= np.add.reduceat(p, self.starts)[self.of]
        s = np.maximum(np.add.reduceat(q, self.starts), 1e-30)
        q /= s[self.of]
        return self.X.T @ ((p - q) * self.weight[self.of])

    def accuracy(self, w):
        z = self.X @ w
        hits = 0
        for i, a in enumerate(self.starts):
            b = self.starts[i + 1] if i + 1 < len(self.starts) else len(z)
            hits += self.Y[a + int(np.argmax(z[a:b]))]
        return hits / len(self.starts)


def train(batches, n, epochs, own, shared):
    """weights = base of the family + own part; L2 on both (Adam)."""
    base = np.zeros(n)
    parts = {c: np.zeros(n) for c in batches}
    m = {k: np.zeros(n) for k in list(parts) + [""]}
    v = {k: np.zeros(n) for k in list(parts) + [""]}
    for t in range(1, epochs + 1):
        grads = {"": shared * base}
        for c, b in batches.items():
            g = b.gradient(base + parts[c])
            grads[c] = g + own * parts[c]
            grads[""] = grads[""] + g
        for k, g in grads.items():
            m[k] = 0.9 * m[k] + 0.1 * g
            v[k] = 0.999 * v[k] + 0.001 * g * g
            step = 0.05 * (m[k] / (1 - 0.9 ** t)) / (np.sqrt(v[k] / (1 - 0.999 ** t)) + 1e-8)
            if k:
                parts[k] -= step
            else:
                base -= step
    return {c: base + parts[c] for c in batches}


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("data")
    ap.add_argument("--out", default=os.path.join(ROOT, "lexicon", "link.tsv"))
    ap.add_argument("--epochs", type=int, default=200)
    ap.add_argument("--without", type=int, metavar="K",
                    help="leave out every third of claims/dev.jsonl from K (0, 1, 2) on, to measure")
    a = ap.parse_args()
    docs = list(ontogum(a.data + "/coref")) + list(gap(a.data + "/coref"))
    gold = {n: (g, only) for n, _, g, only in docs}
    by, names = collections.defaultdict(list), None
    for cls, feats, right, mine, names in examples(dump(docs), gold):
        if mine is not None and not any(right):
            continue  # its antecedent is none of the candidates: nothing to learn
        if cls not in FROM_CLAIMS:
            by[cls].append((feats, right, 1.0))
    told = [d for i, d in enumerate(claims(a.data + "/claims")) if i % 3 != a.without]
    for cls, feats, right, mine, _ in examples(dump(told), {n: (g, only) for n, _, g, only in told}):
        if (cls in FROM_CLAIMS and mine is not None) or (cls in ALSO_CLAIMS and (
                mine is None or any(right))):
            by[cls].append((feats, right, 1.0))
    families = FAMILIES if a.without is None else FAMILIES[1:]  # the first learns nothing of claims
    for cls, feats, right in () if a.without is not None else told_by_sex(dump(plain(a.data + "/text"), "--blind")):
        by[cls].append((feats, right, PLAIN["weight"]))
    weights = {}
    for family in families:
        batches = {c: Batch(by[c], len(names)) for c in family if len(by[c]) >= 20}
        pull = PULL if sum(len(by[c]) for c in batches) > FEW else PULL_OF_FEW
        for c, w in (train(batches, len(names), a.epochs, *pull) if batches else {}).items():
            weights[c] = w
            print("%-9s %5d examples, %5d with an antecedent, right %.1f %%" % (
                c, len(by[c]), sum(any(r) for _, r, _ in by[c]), 100 * batches[c].accuracy(w)),
                file=sys.stderr)
    write(a.out, weights, names)


def write(path, weights, names):
    """Learnt classes replace those of the file; the others stay."""
    head, old = [], []
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            for line in f:
                (head if line.startswith("#") else old).append(line)
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(head)
        f.writelines(l for l in old if l.split("\t")[0] not in weights)
        for c, w in weights.items():
            for n, x in zip(names, w):
                if abs(x) >= 0.005:
                    f.write("%s\t%s\t%.2f\n" % (c, n, x))


if __name__ == "__main__":
    main()
