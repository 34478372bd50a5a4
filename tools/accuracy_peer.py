#!/usr/bin/env python3
"""A plain linear-chain CRF as the peer of `make accuracy`: words, affixes, shapes, neighbours.

usage: accuracy_peer.py train MODEL FILE.conll...
       accuracy_peer.py tag MODEL GOLD.jsonl        -> {"doc", "entities"} lines, code points

CRFsuite by python-crfsuite, L-BFGS, L1 and L2, features seen twice: what is commonly done.
"""
import json
import re
import sys

import pycrfsuite

WORD = re.compile(r"(?:[A-Z]\.)+|\w+(?:[.,]\d+)*|['’]s\b|[^\w\s]")
SENTENCE = re.compile(r"(?<=[.!?])[\"”']?\s+(?=[A-Z\"“])|\n+")


def shape(w):
    s = re.sub(r"[A-Z]", "A", w)
    s = re.sub(r"[a-z]", "a", s)
    s = re.sub(r"\d", "9", s)
    return re.sub(r"(.)\1{2,}", r"\1\1", s)


def features(words):
    low = ["<s>", "<s>"] + [w.lower() for w in words] + ["</s>", "</s>"]
    shp = ["<s>"] + [shape(w) for w in words] + ["</s>"]
    rows = []
    for i, w in enumerate(words):
        lw = low[i + 2]
        rows.append([
            "w=" + w, "l=" + lw, "s=" + shp[i + 1], "p3=" + lw[:3], "p4=" + lw[:4],
            "x2=" + lw[-2:], "x3=" + lw[-3:], "x4=" + lw[-4:],
            "-1=" + low[i + 1], "+1=" + low[i + 3], "-2=" + low[i], "+2=" + low[i + 4],
            "-1s=" + shp[i], "+1s=" + shp[i + 2], "ss=" + shp[i] + "|" + shp[i + 1] + "|" + shp[i + 2],
            "-10=" + low[i + 1] + "|" + lw, "01=" + lw + "|" + low[i + 3]])
    return rows


def sentences(path):
    words, tags = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# doc = "):
            continue
        if not line:
            if words:
                yield words, tags
            words, tags = [], []
            continue
        w, t = line.rsplit("\t", 1)
        words.append(w)
        tags.append("O" if t.endswith("MISC") else t)
    if words:
        yield words, tags


def train(model, paths):
    t = pycrfsuite.Trainer(verbose=False)
    t.set_params({"c1": 0.1, "c2": 0.01, "max_iterations": 80, "feature.minfreq": 2})
    for p in paths:
        for words, tags in sentences(p):
            t.append(features(words), tags)
    t.train(model)


def tag(model, path):
    t = pycrfsuite.Tagger()
    t.open(model)
    for line in open(path, encoding="utf-8"):
        d = json.loads(line)
        text, out, start = d["text"], [], 0
        cuts = [m.end() for m in SENTENCE.finditer(text)] + [len(text)]
        for end in cuts:
            spans = [(m.start(), m.end()) for m in WORD.finditer(text, start, end)]
            start = end
            if not spans:
                continue
            tags = t.tag(features([text[a:b] for a, b in spans]))
            before = "O"
            for (a, b), y in zip(spans, tags):
                if y[0] == "I" and before[2:] == y[2:]:
                    out[-1][1] = b
                elif y != "O":
                    out.append([a, b, y[2:]])
                before = y
        print(json.dumps({"doc": d["doc"], "entities": out}))


if __name__ == "__main__":
    if sys.argv[1] == "train":
        train(sys.argv[2], sys.argv[3:])
    else:
        tag(sys.argv[2], sys.argv[3])
