#!/usr/bin/env python3
"""Train the name teacher on CoNLL-style files.

usage: teacher_train.py --weights DIR --train DIR --demonyms FILE --countries FILE --out DIR [options]

--weights    folder with config.json, model.safetensors, vocab.txt of an MPNet or BERT encoder
--train      folder with NAME_train.conll (token TAB BIO, "# doc = id", blank line between sentences)
--demonyms, --countries   .tsv whose first column is a name; single-word LOC spans that are demonyms
             and no country become MISC in the sets of --fix, so that all sets agree on them
--silver     files of teacher_label.py, learnt as scheme "any" (self-training), optional
Seeded; the result depends on the number of threads only through rounding.
"""
import argparse, glob, json, math, os, random, time
import torch
import torch.nn.functional as F
from teacher_common import *

NO_MISC = {"uner_ewt", "btc", "wnut17"}       # sets in which O may hide MISC
SINGLE = {"btc", "wnut17", "crossner_politics", "crossner_other"}   # sentences stand alone


def first_column(path):
    with open(path, encoding="utf-8") as f:
        next(f)
        return {l.split("\t")[0] for l in f}


def read_conll(path):
    """[[(token, label), ...] sentence, ...] per document."""
    docs, doc, sent = [], [], []
    def end_sent():
        nonlocal sent
        if sent:
            doc.append(sent)
        sent = []
    with open(path, encoding="utf-8") as f:
        for l in f:
            l = l.rstrip("\n")
            if l.startswith("# doc"):
                end_sent()
                if doc:
                    docs.append(doc)
                doc = []
            elif not l.strip():
                end_sent()
            elif "\t" in l:
                t, y = l.split("\t")[:2]
                sent.append((t, y))
    end_sent()
    if doc:
        docs.append(doc)
    return docs


def clean(sent, name, demonyms):
    """Agreement between the sets; then words finer than tokens."""
    toks, labs = [t for t, _ in sent], [y if y in LID else "O" for _, y in sent]
    for i, (t, y) in enumerate(zip(toks, labs)):
        alone = y[0] == "B" and (i + 1 == len(labs) or labs[i + 1][0] != "I")
        if alone and name in ("redocred", "btc") and y == "B-LOC" and t in demonyms:
            labs[i] = "B-MISC" if name == "redocred" else "O"
        if alone and name == "gmb_voa" and t in ("U.S.", "US", "U.S") and y in ("B-ORG", "B-PER"):
            labs[i] = "B-LOC"
    w, out = [], []
    for t, y in zip(toks, labs):
        for k, (a, b) in enumerate(words_of(t)):
            w.append(t[a:b])
            out.append(LID["I" + y[1:] if k and y[0] == "B" else y])
    # a word-final apostrophe split from its s etc. cannot start a span; repair dangling I
    for i, y in enumerate(out):
        l = LABELS[y]
        if l[0] == "I" and (i == 0 or LABELS[out[i - 1]][2:] != l[2:]):
            out[i] = LID["B" + l[1:]]
    return w, out


def recase(words, how):
    if how == "upper":
        return [w.upper() for w in words]
    if how == "lower":
        return [w.lower() for w in words]
    small = {"a", "an", "the", "of", "in", "on", "to", "for", "and", "or", "by", "at", "as", "with", "from"}
    return [w if w in small else w[:1].upper() + w[1:] for w in words]


def windows(docs, name, pieces, rng, demonyms, longest):
    """One epoch's windows: runs of sentences of random total length."""
    out = []
    for doc in docs:
        cur_w, cur_y, n = [], [], 0
        goal = rng.choice((40, 90, 140, longest))
        def flush():
            nonlocal cur_w, cur_y, n, goal
            if cur_y:
                out.append((cur_w, cur_y, name))
            cur_w, cur_y, n = [], [], 0
            goal = rng.choice((40, 90, 140, longest))
        for sent in doc:
            w, y = clean(sent, name, demonyms)
            size = sum(len(pieces.word(x)[0]) for x in w)
            while size > longest - 4:                 # a monstrous sentence: cut it
                k, c = 0, 0
                while k < len(w) and c + len(pieces.word(w[k])[0]) <= longest - 4:
                    c += len(pieces.word(w[k])[0])
                    k += 1
                flush()
                cur_w, cur_y = w[:k], y[:k]
                flush()
                w, y, size = w[k:], y[k:], size - c
            if n and (n + size > goal - 4 or name in SINGLE):
                flush()
            if not w:
                continue
            if cur_w and rng.random() < 0.3:
                cur_w = cur_w + [None]
                n += 1
            cur_w, cur_y, n = cur_w + w, cur_y + y, n + size
        flush()
    return out


def encode(win, pieces, rng, a):
    """Augment and turn into pieces: (ids, case, first, labels, scheme, misc unknown)."""
    w, y, name = win
    r = rng.random()
    if r < 3 * a.recase:
        how = ("upper", "lower", "title")[int(r / a.recase)]
        k = iter(recase([x for x in w if x is not None], how))
        w = [None if x is None else next(k) for x in w]
    ids, cs, first = pieces.window(w)
    if rng.random() < 0.5:                            # hide some words, not how they are written
        ends = first[1:] + [len(ids) - 1]
        for f, e in zip(first, ends):
            if rng.random() < a.hide:
                for k in range(f, e):
                    if ids[k] != pieces.sep:
                        ids[k] = pieces.mask
    s = SCHEMES.index("any" if rng.random() < a.any else name)
    return ids, cs, first, y, s, name in NO_MISC


def read_silver(path, pieces, limit, rng):
    lines = open(path, encoding="utf-8").read().split("\n")
    rng.shuffle(lines)
    out, n = [], 0
    for l in lines:
        if not l:
            continue
        d = json.loads(l)
        sp = words_of(d["text"])
        if not sp or len(sp) > 120:
            continue
        at = {s: i for i, (s, e) in enumerate(sp)}
        to = {e: i for i, (s, e) in enumerate(sp)}
        y = [0] * len(sp)
        for s, e, t, p in d["entities"]:
            if s in at and e in to:
                for i in range(at[s], to[e] + 1):
                    y[i] = LID[("B-" if i == at[s] else "I-") + t]
        out.append(([d["text"][s:e] for s, e in sp], y, "any"))
        n += len(sp)
        if n > limit:
            break
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--weights", required=True)
    ap.add_argument("--train", required=True)
    ap.add_argument("--demonyms", required=True)
    ap.add_argument("--countries", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--share", default="gmb_voa=0.45,btc=0.5,wnut17=0.7,crossner_politics=3",
                    help="part of a set seen per epoch (default 1)")
    ap.add_argument("--skip", default="", help="sets left out, e.g. gmb_voa")
    ap.add_argument("--epochs", type=int, default=2)
    ap.add_argument("--batch", type=int, default=6144, help="padded pieces a step")
    ap.add_argument("--longest", type=int, default=184, help="pieces in a window")
    ap.add_argument("--lr", type=float, default=9e-5)
    ap.add_argument("--lr-new", type=float, default=1e-3)
    ap.add_argument("--layer-decay", type=float, default=0.93)
    ap.add_argument("--recase", type=float, default=0.04)
    ap.add_argument("--hide", type=float, default=0.08)
    ap.add_argument("--any", type=float, default=0.15)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--max-steps", type=int, default=0)
    ap.add_argument("--init", help="model.pt to go on from, instead of the bare encoder")
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    os.makedirs(a.out, exist_ok=True)
    pieces = Pieces(os.path.join(a.weights, "vocab.txt"))
    demonyms = first_column(a.demonyms) - first_column(a.countries)
    share = {k: float(v) for k, v in (x.split("=") for x in a.share.split(",") if x)}
    sets = {}
    for p in sorted(glob.glob(os.path.join(a.train, "*_train.conll"))):
        name = os.path.basename(p)[:-len("_train.conll")]
        if name in SCHEMES and name not in a.skip.split(","):
            sets[name] = read_conll(p)

    model = Teacher.from_pretrained(a.weights)
    if a.init:
        model.load_state_dict(torch.load(a.init))
    # frozen: word, position and relative-position tables (small data would only spoil rare words)
    for e in [model.word, model.pos] + ([model.rel] if model.mpnet else []):
        e.weight.requires_grad_(False)
    model.bfloat16()
    live, groups = [], {}
    depth = len(model.layers)
    for n, p in model.named_parameters():
        if not p.requires_grad:
            continue
        master = p.detach().float().clone()
        master.grad = torch.zeros_like(master)
        live.append((p, master))
        if n.split(".")[0] in ("case", "scheme", "head"):
            lr = a.lr_new
        else:
            d = int(n.split(".")[1]) + 1 if n.startswith("layers.") else 0
            lr = a.lr * a.layer_decay ** (depth - d)
        wd = 0.01 if p.dim() == 2 and n.startswith("layers.") else 0.0
        groups.setdefault((lr, wd), []).append(master)
    opt = torch.optim.AdamW([{"params": v, "lr": k[0], "weight_decay": k[1], "top": k[0]} for k, v in groups.items()],
                            betas=(0.9, 0.98), eps=1e-6, fused=True)

    # all epochs' batches first, so that the schedule is known
    plan = []
    for ep in range(a.epochs):
        wins = []
        for name, docs in sets.items():
            ws = windows(docs, name, pieces, rng, demonyms, a.longest)
            k = share.get(name, 1.0)
            if k < 1:                                # another part every epoch
                at = int(len(ws) * ((ep * k) % 1))
                wins += (ws[at:] + ws[:at])[:int(len(ws) * k)]
            else:
                wins += ws * int(k)
        rng.shuffle(wins)
        rows = [encode(w, pieces, rng, a) for w in wins]
        n = sum(len(r[0]) for r in rows)
        print(f"epoch {ep}: {len(rows)} windows, {n} pieces", flush=True)
        per = max(1, int(len(rows) * a.batch * 30 / n))
        for i in range(0, len(rows), per):
            chunk = rows[i:i + per]
            bs = batches(chunk, a.batch)
            rng.shuffle(bs)
            plan += [[chunk[j] for j in b] for b in bs]
    total = a.max_steps or len(plan)
    print(f"{len(plan)} steps", flush=True)

    t0, run, seen = time.time(), 0.0, 0
    speed = {k: 0.0 for k in range(1, a.threads + 1)}     # pieces/s by number of threads: on a shared
    clock = time.time()                                   # machine fewer may be faster
    warm = max(1, int(0.06 * total))
    for step, rows in enumerate(plan[:total]):
        best = max(speed, key=speed.get)
        n_thr = best if 0 not in speed.values() and step % 6 else min(speed, key=speed.get)
        torch.set_num_threads(n_thr)
        clock = time.time()
        ids, case, lens, flat = collate(rows, pieces.pad)
        y = torch.tensor([l for r in rows for l in r[3]])
        hidden_misc = torch.tensor([r[5] for r in rows for _ in r[3]])
        h = model(ids, case, torch.tensor([r[4] for r in rows]), lens, 0.1)
        h = F.dropout(h.reshape(-1, h.shape[-1])[flat], 0.1)
        lp = F.log_softmax(model.head(h).float(), -1)
        gold = lp.gather(1, y[:, None])[:, 0]
        wide = torch.logsumexp(lp[:, [0] + MISC_IDS], 1)
        loss = -torch.where((y == 0) & hidden_misc, wide, gold).mean()
        loss.backward()
        f = (step + 1) / warm if step < warm else max(0.02, (total - step) / (total - warm))
        norm = float(torch.nn.utils.get_total_norm([p.grad for p, _ in live if p.grad is not None]))
        for p, m in live:
            if p.grad is None:
                p.grad = torch.zeros_like(p)
            m.grad.copy_(p.grad)
            if norm > 1.0:
                m.grad.mul_(1.0 / norm)
            p.grad = None
        for g in opt.param_groups:
            g["lr"] = g["top"] * f
        opt.step()
        with torch.no_grad():
            for p, m in live:
                p.copy_(m)
        run += float(loss.detach())
        seen += int(lens.sum())
        now = int(lens.sum()) / (time.time() - clock)
        speed[n_thr] = now if not speed[n_thr] else 0.5 * speed[n_thr] + 0.5 * now
        if step % 5 == 4:
            print(f"  {step + 1} {n_thr} threads", {k: round(v) for k, v in speed.items()}, flush=True)
        if step % 25 == 24:
            print(f"step {step + 1}/{total} loss {run / 25:.4f} pieces/s {seen / (time.time() - t0):.0f} {time.time() - t0:.0f}s", flush=True)
            run = 0.0
        if step % 100 == 99 or step + 1 == total:
            torch.save(model.state_dict(), os.path.join(a.out, "model.pt.tmp"))
            os.replace(os.path.join(a.out, "model.pt.tmp"), os.path.join(a.out, "model.pt"))
    with open(os.path.join(a.out, "config.json"), "w") as f:
        json.dump(model.cfg, f)
    with open(os.path.join(a.weights, "vocab.txt"), encoding="utf-8") as f, open(os.path.join(a.out, "vocab.txt"), "w", encoding="utf-8") as g:
        g.write(f.read())


if __name__ == "__main__":
    main()
