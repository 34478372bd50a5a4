#!/usr/bin/env python3
"""Scores proposals, stances and attributions on the development documents.

    accuracy_claims.py [--fast]

Prints the scorer's figures for the model as built, then with the claim weights learnt anew for each
twelfth of the documents from the others (the figures to believe), per document, without the local
article, and unless --fast for events and attributions too.
"""
import json, os, struct, subprocess, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import numpy as np
import train_claims as T

SHARED = os.path.join(T.ROOT, "..", "shared")
sys.path.insert(0, os.path.join(SHARED, "score"))
import score_claims as S
TMP = os.path.join(T.ROOT, "build", "accuracy")
MODEL = os.path.join(T.ROOT, "model", "entente.model")


def checksum(b):
    h = 0xCBF29CE484222325
    b = b + b"\0" * (-len(b) % 8)
    for w in np.frombuffer(b, dtype="<u8").tolist():
        h = ((h ^ w) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h


def model_with(weights, thresholds, path):
    """The built model with other claim weights."""
    data = bytearray(open(MODEL, "rb").read())
    n = struct.unpack_from("<I", data, 12)[0]
    for i in range(n):
        sid, _, off, size = struct.unpack_from("<4sIII", data, 32 + 16 * i)
        if sid == b"CLAW":
            data[off:off + size] = T.packed(weights, *thresholds)
    struct.pack_into("<Q", data, 24, checksum(bytes(data[32:])))
    open(path, "wb").write(data)


def tag(lines, model=None):
    env = dict(os.environ)
    if model:
        env["ENTENTE_MODEL"] = model
    r = subprocess.run([os.path.join(T.ROOT, "bin", "entente"), "tag", "--input", "jsonl", "--format",
                        "jsonl", "--unit", "codepoint"], input="".join(lines).encode(), env=env,
                       stdout=subprocess.PIPE)
    return [json.loads(l) for l in r.stdout.decode().splitlines()]


def line(d, key="doc"):
    return json.dumps({"doc": d[key], "text": d["text"]}) + "\n"


def show(title, acc):
    row = ["%s %5.1f" % (k, 100 * acc.row(k)[2]) for k in
           ("proposals", "who-stance", "stances", "stances-polarity", "links", "names", "groups") if k in acc]
    print("%-34s %s" % (title, "  ".join(row)))


def prepared(doc):
    for m in doc["mentions"]:
        m.setdefault("kind", next((e["kind"] for e in doc["entities"] if e["id"] == m["entity"]), None))
    return doc


def other(script, gold, pred, convert=None, pick=()):
    path = os.path.join(TMP, "pred.jsonl")
    open(path, "w").write("".join(json.dumps(p) + "\n" for p in pred))
    if convert:
        r = subprocess.run(["python3", os.path.join(SHARED, "score", convert), path], stdout=subprocess.PIPE)
        open(path, "wb").write(r.stdout)
    r = subprocess.run(["python3", os.path.join(SHARED, "score", script), gold, path], stdout=subprocess.PIPE)
    for l in r.stdout.decode().splitlines():
        if any(l.startswith(k) for k in pick):
            print("   " + l)


def main():
    os.makedirs(TMP, exist_ok=True)
    gold = S.load(T.DEV)
    docs = T.load()
    built = {p["doc"]: prepared(p) for p in tag([line(d) for d in docs])}
    show("as built", S.score(gold, built))
    cands = T.label(docs, T.dump(docs, False) + T.dump(docs, True))
    names = [d["doc"] for d in docs]
    pred = {}
    for k in range(12):
        out = [n for i, n in enumerate(names) if i % 12 == k]
        w = T.train([c for c in cands if c["doc"] not in out and c["doc"] not in T.LOCAL])
        model_with(w, T.thresholds_built(), os.path.join(TMP, "fold.model"))
        for p in tag([line(d) for d in docs if d["doc"] in out], os.path.join(TMP, "fold.model")):
            pred[p["doc"]] = prepared(p)
    show("each twelfth left out", S.score(gold, pred))
    rest = {k: v for k, v in gold.items() if k not in T.LOCAL}
    show("  the same, without the article", S.score(rest, pred))
    for n in names:
        show("  " + n, S.score({n: gold[n]}, pred))
    open(os.path.join(TMP, "cv.jsonl"), "w").write("".join(json.dumps(p) + "\n" for p in pred.values()))
    if "--fast" in sys.argv:
        return
    path = os.path.join(SHARED, "data", "events", "events.dev.jsonl")
    ev = [json.loads(l) for l in open(path, encoding="utf-8") if l.strip()]
    print("events")
    other("score_events.py", path, tag([line(d, "id") for d in ev]), "to_events.py",
          ("micro", "source", "target", "detect", "PROP", "DEM", "SUP", "AGR", "REJ", "THR", "CRI", "MEET"))
    path = os.path.join(SHARED, "data", "attribution", "polnear.dev.jsonl")
    at = [json.loads(l) for l in open(path, encoding="utf-8") if l.strip()]
    print("attribution")
    other("score_attribution.py", path, tag([line(d) for d in at]), None,
          ("cue overlap", "src+cue", "source overlap", "content"))


if __name__ == "__main__":
    main()
