"""Shared parts of the offline name teacher: words, word pieces, encoder, decoding.

The teacher is a transformer encoder (MPNet or BERT layout, weights read from a
safetensors file) with two added input embeddings:

* case:   how the word is written (lower, Capitalised, ALL CAPS, mixed, ...), because
          the available encoders were pretrained on lower-cased text;
* scheme: which data set (annotation habit) a window follows, so that the habit
          can be chosen when labelling.

A linear layer on the first piece of each word gives BIO labels; spans are read
from the best valid BIO sequence.  Everything runs in bfloat16; the optimiser
keeps its own float32 copy of the parameters (see teacher_train.py).
"""
import json, math, os, re, struct, unicodedata
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

TYPES = ["PER", "ORG", "LOC", "MISC"]
LABELS = ["O"] + [p + "-" + t for t in TYPES for p in "BI"]
LID = {l: i for i, l in enumerate(LABELS)}
MISC_IDS = [LID["B-MISC"], LID["I-MISC"]]
SCHEMES = ["gmb_voa", "uner_ewt", "redocred", "crossner_politics", "crossner_other",
           "gum", "btc", "wnut17", "any"]

# ---------------------------------------------------------------- words
# Finer than most treebanks: hyphens and slashes split, abbreviations such as U.S. and
# inner apostrophes (Sana'a, O'Brien) do not, possessive 's is its own word.
WORD = re.compile(r"""
    (?:[^\W\d_]\.){2,}                                  # U.S.  U.N.  a.m.
  | ['’](?:s|S|re|ve|ll|d|m)(?![^\W_])                  # clitics
  | [^\W_]+(?:['’](?!(?:s|S|re|ve|ll|d|m|t)(?![^\W_]))[^\W_]+)*   # words, numbers
  | \S                                                  # one sign
""", re.X)


def words_of(text):
    """[(start, end)] of the words of text, in code points."""
    return [m.span() for m in WORD.finditer(text)]


CASES = ["none", "lower", "init", "one", "upper", "mixed", "digit", "alnum", "punct", "quote"]


def case_of(w):
    """Index in CASES: how word w is written."""
    if any(c.isalpha() for c in w):
        if any(c.isdigit() for c in w):
            return 7
        a = [c for c in w if c.isalpha()]
        if all(c.islower() for c in a):
            return 1
        if a[0].isupper() and all(c.islower() for c in a[1:]) and len(a) > 1:
            return 2
        if all(c.isupper() for c in a):
            return 3 if len(a) == 1 else 4
        if not any(c.isupper() for c in a):
            return 1
        return 5
    if any(c.isdigit() for c in w):
        return 6
    return 9 if w in "\"'“”‘’«»`" else 8


N_CASE = 2 * len(CASES)          # first piece / later piece


class Pieces:
    """Lower-casing, accent-stripping greedy word pieces over a vocab.txt (one piece a line)."""

    def __init__(self, vocab_path):
        with open(vocab_path, encoding="utf-8") as f:
            self.vocab = {l.rstrip("\n"): i for i, l in enumerate(f)}
        g = lambda *names: next(self.vocab[n] for n in names if n in self.vocab)
        self.cls, self.sep = g("<s>", "[CLS]"), g("</s>", "[SEP]")
        self.pad, self.unk, self.mask = g("<pad>", "[PAD]"), g("[UNK]", "<unk>"), g("<mask>", "[MASK]")
        self.cache = {}

    def _pieces(self, word):
        s = unicodedata.normalize("NFD", word.lower())
        s = "".join(c for c in s if unicodedata.category(c) != "Mn")
        out = []
        for part in re.findall(r"[^\W_]+|\S", s):
            i, ids = 0, []
            while i < len(part):
                j = len(part)
                while j > i:
                    p = ("##" if i else "") + part[i:j]
                    if p in self.vocab:
                        ids.append(self.vocab[p])
                        break
                    j -= 1
                else:
                    ids = [self.unk]
                    break
                i = j
            out += ids
        return out[:12] or [self.unk]

    def word(self, w):
        """(piece ids, case ids) of one word; remembered."""
        r = self.cache.get(w)
        if r is None:
            ids, c = self._pieces(w), case_of(w)
            r = (ids, [c] + [c + len(CASES)] * (len(ids) - 1))
            self.cache[w] = r
        return r

    def window(self, words):
        """words: list of str, or None for a break (sentence or paragraph).
        -> piece ids, case ids, index of the first piece of each word that is not None."""
        ids, cs, first = [self.cls], [0], []
        for w in words:
            if w is None:
                if ids[-1] != self.sep:
                    ids.append(self.sep)
                    cs.append(0)
                continue
            a, b = self.word(w)
            first.append(len(ids))
            ids += a
            cs += b
        ids.append(self.sep)
        cs.append(0)
        return ids, cs, first


# ---------------------------------------------------------------- encoder
def read_safetensors(path):
    """name -> float32 tensor; a minimal reader of the safetensors layout."""
    kinds = {"F32": np.float32, "F16": np.float16, "I64": np.int64}
    out = {}
    with open(path, "rb") as f:
        n = struct.unpack("<Q", f.read(8))[0]
        head = json.loads(f.read(n))
        data = f.read()
    for k, v in head.items():
        if k == "__metadata__" or v["dtype"] not in kinds:
            continue
        a, b = v["data_offsets"]
        x = np.frombuffer(data[a:b], dtype=kinds[v["dtype"]]).reshape(v["shape"])
        if x.dtype != np.int64:
            out[k] = torch.from_numpy(x.astype(np.float32))
    return out


class Layer(nn.Module):
    """Post-norm transformer layer."""

    def __init__(self, d, ff, heads, eps):
        super().__init__()
        self.h = heads
        self.qkv, self.o = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.f1, self.f2 = nn.Linear(d, ff), nn.Linear(ff, d)
        self.n1, self.n2 = nn.LayerNorm(d, eps=eps), nn.LayerNorm(d, eps=eps)

    def forward(self, x, bias):
        B, T, D = x.shape
        q, k, v = self.qkv(x).view(B, T, 3, self.h, D // self.h).permute(2, 0, 3, 1, 4)
        if torch.is_grad_enabled():      # plain attention: its backward pass is faster on a CPU
            s = torch.matmul(q * (q.shape[-1] ** -0.5), k.transpose(-1, -2)) + bias
            a = torch.matmul(F.softmax(s, -1), v)
        else:
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = self.n1(x + self.o(a.transpose(1, 2).reshape(B, T, D)))
        return self.n2(x + self.f2(F.gelu(self.f1(x))))


class Teacher(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        d = cfg["hidden_size"]
        self.cfg = cfg
        self.mpnet = cfg["model_type"] == "mpnet"
        self.word = nn.Embedding(cfg["vocab_size"], d)
        self.pos = nn.Embedding(cfg["max_position_embeddings"], d)
        self.case = nn.Embedding(N_CASE, d)
        self.scheme = nn.Embedding(len(SCHEMES), d)
        self.norm = nn.LayerNorm(d, eps=cfg["layer_norm_eps"])
        self.layers = nn.ModuleList([Layer(d, cfg["intermediate_size"], cfg["num_attention_heads"], cfg["layer_norm_eps"])
                                     for _ in range(cfg["num_hidden_layers"])])
        if self.mpnet:
            self.rel = nn.Embedding(32, cfg["num_attention_heads"])
        self.head = nn.Linear(d, len(LABELS))
        nn.init.normal_(self.case.weight, std=0.01)
        nn.init.normal_(self.scheme.weight, std=0.01)
        self._bias = {}

    @staticmethod
    def from_pretrained(folder):
        """Encoder weights of a folder with config.json and model.safetensors; new parts random."""
        with open(os.path.join(folder, "config.json")) as f:
            cfg = json.load(f)
        m = Teacher(cfg)
        w = read_safetensors(os.path.join(folder, "model.safetensors"))
        w = {k.split(".", 1)[1] if k.startswith(("mpnet.", "bert.")) else k: v for k, v in w.items()}
        sd = {"word.weight": w["embeddings.word_embeddings.weight"], "pos.weight": w["embeddings.position_embeddings.weight"],
              "norm.weight": w["embeddings.LayerNorm.weight"], "norm.bias": w["embeddings.LayerNorm.bias"]}
        if "embeddings.token_type_embeddings.weight" in w:      # one segment only: fold it in
            sd["pos.weight"] = sd["pos.weight"] + w["embeddings.token_type_embeddings.weight"][0]
        if m.mpnet:
            sd["rel.weight"] = w["encoder.relative_attention_bias.weight"]
        for i in range(cfg["num_hidden_layers"]):
            p, q = f"encoder.layer.{i}.", f"layers.{i}."
            names = [p + "attention.attn." + c for c in "qkv"] if m.mpnet else [p + "attention.self." + c for c in ("query", "key", "value")]
            for s in (".weight", ".bias"):
                sd[q + "qkv" + s] = torch.cat([w[n + s] for n in names])
                sd[q + "o" + s] = w[p + ("attention.attn.o" if m.mpnet else "attention.output.dense") + s]
                sd[q + "n1" + s] = w[p + ("attention.LayerNorm" if m.mpnet else "attention.output.LayerNorm") + s]
                sd[q + "f1" + s] = w[p + "intermediate.dense" + s]
                sd[q + "f2" + s] = w[p + "output.dense" + s]
                sd[q + "n2" + s] = w[p + "output.LayerNorm" + s]
        miss, extra = m.load_state_dict(sd, strict=False)
        assert not extra and all(k.split(".")[0] in ("case", "scheme", "head") for k in miss), (miss, extra)
        return m

    def rel_index(self, T):
        if T not in self._bias:
            r = torch.arange(T)[None, :] - torch.arange(T)[:, None]
            n = r.abs()
            far = 8 + (torch.log(n.clamp(min=1).float() / 8) / math.log(128 / 8) * 8).long()
            b = torch.where(n < 8, n, far.clamp(max=15)) + (r > 0).long() * 16
            self._bias[T] = b
        return self._bias[T]

    def forward(self, ids, case, scheme, lens, drop=0.0):
        """ids, case: (B,T); scheme, lens: (B,) -> hidden states (B,T,d)."""
        B, T = ids.shape
        off = 2 if self.mpnet else 0
        x = self.word(ids) + self.pos.weight[off:off + T] + self.case(case) + self.scheme(scheme)[:, None]
        x = self.norm(x)
        if drop:
            x = F.dropout(x, drop)
        dead = (torch.arange(T)[None, :] >= lens[:, None])[:, None, None, :]
        bias = torch.zeros(B, 1, T, T, dtype=x.dtype) if not self.mpnet else \
            self.rel(self.rel_index(T)).permute(2, 0, 1)[None].expand(B, -1, -1, -1)
        bias = bias.detach().masked_fill(dead, -1e4)
        for l in self.layers:
            x = l(x, bias)
        return x


# ---------------------------------------------------------------- batches
def batches(items, budget):
    """Group (index, ids, ...) items of like length: padded pieces a batch <= budget."""
    order = sorted(range(len(items)), key=lambda i: len(items[i][0]))
    out, cur = [], []
    for i in order:
        if cur and len(items[i][0]) * (len(cur) + 1) > budget:
            out.append(cur)
            cur = []
        cur.append(i)
    if cur:
        out.append(cur)
    return out


def collate(rows, pad):
    """rows: (ids, case, first, ...) -> ids, case, lens, flat positions of first pieces."""
    T = max(len(r[0]) for r in rows)
    T += -T % 16
    ids = torch.full((len(rows), T), pad)
    case = torch.zeros((len(rows), T), dtype=torch.long)
    flat = []
    for i, r in enumerate(rows):
        ids[i, :len(r[0])] = torch.tensor(r[0])
        case[i, :len(r[1])] = torch.tensor(r[1])
        flat += [i * T + f for f in r[2]]
    return ids, case, torch.tensor([len(r[0]) for r in rows]), torch.tensor(flat)


# ---------------------------------------------------------------- decoding
def viterbi(logp):
    """Best valid BIO sequence (I-X only after B-X or I-X). logp: (n, labels) numpy."""
    L = len(LABELS)
    ok = np.ones((L, L), bool)
    for j, l in enumerate(LABELS):
        if l[0] == "I":
            for i, k in enumerate(LABELS):
                ok[i, j] = k != "O" and k[2:] == l[2:]
    tr = np.where(ok, 0.0, -1e9)
    start = np.array([-1e9 if l[0] == "I" else 0.0 for l in LABELS])
    n = len(logp)
    s, back = start + logp[0], np.zeros((n, L), np.int64)
    for t in range(1, n):
        m = s[:, None] + tr
        back[t] = m.argmax(0)
        s = m.max(0) + logp[t]
    y = np.empty(n, np.int64)
    y[-1] = s.argmax()
    for t in range(n - 1, 0, -1):
        y[t - 1] = back[t, y[t]]
    return y


def spans_of(p):
    """Spans of a window from label probabilities (words, labels): [(first word, last word + 1, type, score)].
    The score is the least, over the words, of the probability of the type (begin or inside);
    the boundary word after the span counts too, with its probability of not going on."""
    out = []
    a = p.argmax(1)
    if not a.any():
        return out
    lp = np.log(np.maximum(p, 1e-9))
    hot = a.nonzero()[0]                       # decode only stretches that hold a label other than O
    lo = 0
    while lo < len(hot):
        hi = lo
        while hi + 1 < len(hot) and hot[hi + 1] - hot[hi] <= 2:
            hi += 1
        s, e = int(hot[lo]), int(hot[hi]) + 1
        y = viterbi(lp[s:e])
        i = 0
        while i < len(y):
            if LABELS[y[i]][0] == "B":
                t = LABELS[y[i]][2:]
                b, ins = LID["B-" + t], LID["I-" + t]
                j = i + 1
                while j < len(y) and y[j] == ins:
                    j += 1
                c = min([float(p[s + i, b])] + [float(p[k, b] + p[k, ins]) for k in range(s + i + 1, s + j)])
                if s + j < len(p):
                    c = min(c, 1 - float(p[s + j, ins]))
                out.append((s + i, s + j, t, c))
                i = j
            else:
                i += 1
        lo = hi + 1
    return out
