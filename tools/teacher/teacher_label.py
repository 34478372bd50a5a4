#!/usr/bin/env python3
"""Label raw text with the teacher of teacher_train.py.

usage: teacher_label.py --model DIR IN.jsonl[.xz] --out OUT.jsonl [--words N] [--skip-words N] [--mix gmb_voa=1,uner_ewt=1]

Each input line: {"doc", "text", ...}.  With --whole (for scoring) one output line a document;
otherwise the text is cut at line ends into parts of about --longest pieces, one output line a part,
"doc" = id#number:  {"doc", "text", "entities": [[start, end, type, probability], ...], "src": name}.
Offsets are code points.  --words takes a seeded sample of the parts: about N words
(parts are drawn by a hash of their id, so a larger N holds a smaller one).
Several --model folders: their probabilities are averaged.
"""
import argparse, hashlib, json, lzma, os, re, sys, time
import torch
from teacher_common import *

KEEP = ("PER", "ORG", "LOC")


def read(path):
    op = lzma.open if path.endswith(".xz") else open
    with op(path, "rt", encoding="utf-8") as f:
        for l in f:
            if l.strip():
                yield json.loads(l)


def parts(doc, text, limit):
    """(id, text) runs of whole lines with about limit words at most (a longer line is a part of its own)."""
    cur, n, k = [], 0, 0
    for line in text.split("\n"):
        if not line.strip():
            continue
        c = len(line.split())
        if cur and n + c > limit:
            yield f"{doc}#{k}", "\n".join(cur)
            cur, n, k = [], 0, k + 1
        cur.append(line.strip())
        n += c
    if cur:
        yield f"{doc}#{k}", "\n".join(cur)


STOP = re.compile(r"[.!?]+[\"'”’)]?$")


def windows(text, pieces, longest):
    """Cut a text into windows of at most longest pieces, at line or sentence ends where possible.
    -> [(word spans, piece row)]"""
    sp = words_of(text)
    out, cur, size, good = [], [], 0, 0        # good: where the window may end best
    def row(ws):
        seq, last = [], None
        for s, e in ws:
            if last is not None and "\n" in text[last:s]:
                seq.append(None)
            seq.append(text[s:e])
            last = e
        return ws, pieces.window(seq)
    for i, (s, e) in enumerate(sp):
        c = len(pieces.word(text[s:e])[0])
        if cur and "\n" in text[cur[-1][1]:s]:
            c += 1
            good = len(cur)
        elif cur and STOP.match(text[cur[-1][0]:cur[-1][1]]) and text[s:s + 1].isupper() and len(cur) > 1 and cur[-2][1] - cur[-2][0] > 2:
            good = len(cur)
        if size + c > longest - 2 and cur:
            k = good if good > len(cur) // 3 else len(cur)
            out.append(row(cur[:k]))
            cur = cur[k:]
            size = sum(len(pieces.word(text[a:b])[0]) + ("\n" in text[b:b + 2]) for a, b in cur)
            good = 0
        cur.append((s, e))
        size += c
    if cur:
        out.append(row(cur))
    return out


def load(folder, mix):
    with open(os.path.join(folder, "config.json")) as f:
        m = Teacher(json.load(f)).bfloat16()
    sd = torch.load(os.path.join(folder, "model.pt"))
    w = sd["scheme.weight"].float()
    k = [(SCHEMES.index(a), float(b)) for a, b in (x.split("=") for x in mix.split(","))]
    sd["scheme.weight"] = (sum(b * w[i] for i, b in k) / sum(b for _, b in k))[None].expand_as(w).bfloat16().clone()
    m.load_state_dict(sd)
    return m.eval()


@torch.inference_mode()
def predict(models, rows, pad, budget, report=None):
    """rows: piece rows -> label probabilities per row."""
    res = [None] * len(rows)
    t0, done, last = time.time(), 0, time.time()
    for b in batches(rows, budget):
        ids, case, lens, flat = collate([rows[i] for i in b], pad)
        p = 0
        for m in models:
            h = m(ids, case, torch.zeros(len(b), dtype=torch.long), lens)
            p = p + m.head(h.reshape(-1, h.shape[-1])[flat]).float().softmax(-1)
        p = (p / len(models)).numpy()
        at = 0
        for i in b:
            n = len(rows[i][2])
            res[i] = p[at:at + n]
            at += n
        done += int(lens.sum())
        if report and time.time() - last > 60:
            last = time.time()
            print(f"{report}: {done} pieces, {done / (last - t0):.0f}/s", file=sys.stderr, flush=True)
    return res


def tidy(text, s, e):
    """A name holds no possessive, no quote at its ends."""
    w = text[s:e]
    if re.search(r"['’]s$", w):
        e -= 2
    while e > s and text[e - 1] in " \"“”‘’',;:":
        e -= 1
    while s < e and text[s] in " \"“”‘’',;:":
        s += 1
    m = re.match(r"the\s+", text[s:e], re.I)
    if m and text[s] == "t":
        s += m.end()
    return s, e


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("input")
    ap.add_argument("--model", action="append", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--words", type=int, default=0)
    ap.add_argument("--src", default="")
    ap.add_argument("--mix", default="gmb_voa=1,uner_ewt=1")
    ap.add_argument("--longest", type=int, default=184)
    ap.add_argument("--part", type=int, default=130, help="words in a part")
    ap.add_argument("--batch", type=int, default=6144)
    ap.add_argument("--whole", action="store_true")
    ap.add_argument("--shard", default="0/1", help="i/n: this process labels every n-th part (n processes of one thread each)")
    ap.add_argument("--threads", type=int, default=2)
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    pieces = Pieces(os.path.join(a.model[0], "vocab.txt"))
    models = [load(m, a.mix) for m in a.model]
    src = a.src or os.path.basename(a.input).split(".")[0]

    items = []
    seen = set()
    if a.whole:
        items = [(d["doc"], d["text"]) for d in read(a.input)]
    else:
        for d in read(a.input):
            for id_, t in parts(d["doc"], d["text"], a.part):
                key = hashlib.md5(t.encode()).digest()
                if key not in seen:
                    seen.add(key)
                    items.append((id_, t))
        if a.words:
            items.sort(key=lambda x: hashlib.md5((src + x[0]).encode()).digest())
            n = k = 0
            while k < len(items) and n < a.words:
                n += len(items[k][1].split())
                k += 1
            items = items[:k]

    i, n = map(int, a.shard.split("/"))
    items = items[i::n]
    tmp = a.out + ".tmp"
    nw = ns = 0
    t0 = time.time()
    with open(tmp, "w", encoding="utf-8") as f:
        step = 3000
        for i in range(0, len(items), step):
            rows, where = [], []
            for k, (id_, t) in enumerate(items[i:i + step]):
                for ws, r in windows(t, pieces, a.longest):
                    rows.append(r)
                    where.append((k, ws))
            probs = predict(models, rows, pieces.pad, a.batch, src)
            ents = [[] for _ in items[i:i + step]]
            for (k, ws), p in zip(where, probs):
                t = items[i + k][1]
                for s, e, y, c in spans_of(p):
                    if y in KEEP:
                        b, z = tidy(t, ws[s][0], ws[e - 1][1])
                        if b < z:
                            ents[k].append([b, z, y, round(c, 3)])
            for (id_, t), es in zip(items[i:i + step], ents):
                f.write(json.dumps({"doc": id_, "text": t, "entities": es, "src": src}, ensure_ascii=False) + "\n")
                nw += len(t.split())
                ns += len(es)
            f.flush()
            print(f"{src}: {min(i + step, len(items))}/{len(items)} parts, {nw} words, {time.time() - t0:.0f}s", file=sys.stderr, flush=True)
    os.replace(tmp, a.out)
    print(f"{a.out}: {len(items)} parts, {nw} words, {ns} spans", flush=True)


if __name__ == "__main__":
    main()
