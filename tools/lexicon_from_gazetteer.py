#!/usr/bin/env python3
"""Chooses the names of lexicon/ from the raw gazetteer: facts that are open, frequent and safe.

usage: lexicon_from_gazetteer.py [DATA] [LEXICON]     (../shared/data, lexicon)

Writes countries.tsv, orgs.tsv, places.tsv, people.tsv, given.tsv and family.tsv. The word lists
(titles, nouns) are kept by hand. How often a name occurs is counted in the raw text first; the same
data gives the same files. Standard library only.
"""

import collections
import lzma
import json
import os
import re
import sys
import unicodedata

from lexicon_own import (
    CLUSTERS,
    COMMON,
    GENERAL,
    MORE_ADJECTIVES,
    MORE_NAMES,
    MORE_PEOPLES,
    MORE_SEATS,
    NAMES,
    NOT_NAMES,
    NOT_OF,
    NO_COUNTRY,
    NO_ORG,
    REGIONAL,
    SEATS_OF_BODIES,
    SHORT_NO,
)

DATA = sys.argv[1] if len(sys.argv) > 1 else "../shared/data"
OUT = sys.argv[2] if len(sys.argv) > 2 else "lexicon"

# Raw text in which names are counted: news first, then statements, then general.
COUNTED = (
    "current_events",
    "current_events_links",
    "kremlin_en_2000_2020",
    "us_presidential_speeches",
    "history_state_gov",
    "cia_world_factbook_2026",
    "wikipedia",
    "white_house_2021_2026",
)
MOST_WORDS = 6


def rows(name):
    """Rows of a gazetteer file as dicts; attributes and flags taken apart."""
    with open(f"{DATA}/gazetteer/{name}.tsv", encoding="utf-8") as f:
        head = f.readline().rstrip("\n").split("\t")
        for line in f:
            r = dict(zip(head, line.rstrip("\n").split("\t")))
            r["at"] = dict(a.split("=", 1) for a in r["attributes"].split(";") if "=" in a)
            flags = [x for x in r["ambiguous"].split(";") if x]
            r["flags"] = {x for x in flags if "=" not in x}
            r["also"] = {y for x in flags if x.startswith("x=") for y in x[2:].split("+")}
            r["lc"] = float(r["lc"]) if r["lc"] else None
            r["src"] = set(r["source"].split("|"))
            if r["src"] != {"iso-codes"}:  # LGPL facts alone are left out
                yield r


def clean(name):
    name = unicodedata.normalize("NFC", name).strip().replace("’", "'")
    return "" if re.search(r"[;\[\]()\"\t/]|--", name) or not re.search(r"\w", name) else name


def usual(name):
    """Left out: more words than a walk is worth, or no capital at all."""
    return name and len(name.split()) <= MOST_WORDS and re.search(r"[A-ZÀ-ÞĀ-Ž]", name)


WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?")


def key(name):
    return tuple(w.replace("’", "'").rstrip(".") for w in WORD.findall(name.replace("'s", "")))


def count(names):
    """How often each name occurs in the text, longest match first; a word at a sentence's start
    alone is not counted, since its capital says nothing."""
    want = {}
    first = collections.defaultdict(int)
    for n in names:
        k = key(n)
        if k:
            want[k] = 0
            first[k[0]] = max(first[k[0]], len(k))
    news = dict(want)
    for source in COUNTED:
        path = f"{DATA}/text/{source}.jsonl.xz"
        if not os.path.exists(path):
            continue
        with lzma.open(path, "rt", encoding="utf-8") as f:
            for line in f:
                text = json.loads(line)["text"]
                for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
                    tokens = [w.replace("’", "'").rstrip(".") for w in WORD.findall(sentence)]
                    tokens = [w[:-2] if w.endswith("'s") else w for w in tokens]
                    i = 0
                    while i < len(tokens):
                        step = 1
                        for n in range(min(first.get(tokens[i], 0), len(tokens) - i), 0, -1):
                            k = tuple(tokens[i : i + n])
                            if k in want:
                                if i > 0 or n > 1:
                                    want[k] += 1
                                    news[k] += source.startswith("current")
                                step = n
                                break
                        i += step
    return want, news


# ---- countries ------------------------------------------------------------------------------


def put(column, item):
    item = item.strip()
    bare = item.split(" [")[0]
    if bare and all(bare != x.split(" [")[0] for x in column):
        column.append(item)


def marked(r, name):
    """A country's name that is also a common word counts only with a capital."""
    return f"{name} [word]" if r["flags"] & {"w", "d"} else name


def countries():
    table = {}
    for r in rows("countries"):
        iso, name = r["at"].get("iso2"), clean(r["name"])
        if (
            r["kind"] != "country"
            or iso in NO_COUNTRY | {None}
            or not usual(name)
            or name in NOT_NAMES
        ):
            continue
        c = table.setdefault(
            iso,
            {
                "name": NAMES.get(iso, r["canonical"]),
                "names": [],
                "adjectives": [],
                "peoples": [],
                "seats": [],
            },
        )
        if (
            not r["flags"] & {"a", "m"}
            and not name.lower().startswith("the ")
            and (iso, name) not in NOT_OF
        ):
            if len(name) > 2 and " - " not in name:
                put(c["names"], marked(r, name))
    for iso, c in table.items():
        for column, more in (
            ("names", MORE_NAMES),
            ("adjectives", MORE_ADJECTIVES),
            ("peoples", MORE_PEOPLES),
            ("seats", MORE_SEATS),
        ):
            for x in more.get(iso, []):
                put(c[column], x)
    taken = {x.split(" [")[0] for c in table.values() for x in c["adjectives"] + c["peoples"]}
    for r in rows("demonyms"):
        iso, name = r["at"].get("iso2"), clean(r["name"])
        if iso not in table or r["kind"] in ("ethnic", "group") or not usual(name) or name in taken:
            continue
        if (
            (iso, name) in NOT_OF
            or name in NOT_NAMES
            or "w" in r["flags"]
            or "countries" in r["also"]
        ):
            continue
        plural = r["kind"] == "noun_plural" or re.search(r"(?<![sui])s$|men$", name)
        put(table[iso]["peoples" if plural else "adjectives"], marked(r, name))
    for iso, c in table.items():
        for a in c["adjectives"]:  # plurals of adjectives in -an, -i
            bare = a.split(" [")[0]
            if re.search(r"(?<!m)(an|ni|ri|qi|ti|li)$", bare) and len(bare) > 4:
                put(c["peoples"], bare + "s")
    for r in rows("places"):
        iso, name = r["at"].get("country"), clean(r["name"])
        if (
            r["kind"] == "capital"
            and iso in table
            and usual(name)
            and name != table[iso]["name"]
            and "D.C." not in name
            and "DC" not in name
            and not any(name in seats for seats in SEATS_OF_BODIES.values())
        ):
            put(table[iso]["seats"], f"{name} [word]" if "w" in r["flags"] else name)
    names = collections.Counter(x.split(" [")[0] for c in table.values() for x in c["names"])
    for c in table.values():
        c["names"] = [
            n
            for n in c["names"]
            if n.split(" [")[0] != c["name"]
            and names[n.split(" [")[0]] == 1
            or n.split(" [")[0] in ("Congo",)
        ]
    return table


def write(name, head, lines):
    path = f"{OUT}/{name}.tsv"
    with open(path, "w", encoding="utf-8") as f:
        f.write("".join(f"# {h}\n" for h in head))
        for line in lines:
            f.write("\t".join(line).rstrip("\t") + "\n")


def write_countries(table):
    lines = []
    for iso, c in sorted(table.items(), key=lambda x: x[1]["name"]):
        word = (
            " [word]"
            if c["name"] in ("Turkey", "China", "Chad", "Jordan", "Georgia", "Guinea")
            else ""
        )
        names = [n for n in c["names"]]
        lines.append(
            [
                iso,
                c["name"] + word,
                ";".join(names),
                ";".join(c["adjectives"]),
                ";".join(c["peoples"]),
                ";".join(c["seats"]),
            ]
        )
    write(
        "countries",
        [
            "code\tname\tother names\tadjectives\tpeoples\tcapitals and seats",
            "Lists are separated by ; and [word] or [case] mark what needs a capital.",
        ],
        lines,
    )


# ---- the rest -------------------------------------------------------------------------------


def weight(n, step=1):
    """Log frequency in few steps, so that entries share payloads."""
    w = 0
    while n > 0 and w < 12:
        n //= 2
        w += 1
    return 20 * max(w - step, 0) // 20 * 20 if w else 0


def linked():
    """Bodies linked in current events, with the short names that are plainly theirs."""
    with open(f"{DATA}/gazetteer/wikilinks_2025_2026.tsv", encoding="utf-8") as f:
        f.readline()
        for line in f:
            title, n, guess, surfaces = line.rstrip("\n").split("\t")
            name = clean(re.sub(r" \(.*", "", title))
            if guess != "org" or int(n) < 2 or not usual(name) or name in NO_ORG | GENERAL:
                continue
            if "(" in title and not re.search(r"group\)|website\)|company\)", title):
                yield [name]
                continue
            short = [
                x
                for x in map(clean, surfaces.split("|"))
                if x != name
                and re.fullmatch(r"[A-Z][A-Za-z]?[A-Z0-9+]{1,5}", x)
                and x not in SHORT_NO
            ]
            yield [name] + short[:2]


# Offices of bodies stand among the raw organisations; they are titles.
OFFICE = re.compile(
    r"^(UN|EU|U\.S\.|US|World Bank|NATO|AU) .*\b"
    r"(Secretary[- ]General|Representative|Envoy|Resident|President|Ambassador|Commissioner)$"
)


def plain_words():
    """Words of the hand-written and learnt lists, lower-cased."""
    lists = "words verbs modifiers titles groupnouns orgnouns placenouns orgwords".split()
    found = set()
    for name in lists:
        with open(f"{OUT}/{name}.tsv", encoding="utf-8") as f:
            found |= {x.split("\t")[0].strip().lower() for x in f if not x.startswith("#")}
    return found


def orgs(counts, news):
    clusters = [list(c) for c in CLUSTERS]
    listed = {a for c in clusters for a in c}
    for c in linked():
        if c[0] not in listed:
            clusters.append([c[0]] + [x for x in c[1:] if x not in listed])
            listed |= set(c)
    lines, common = [], COMMON | plain_words()
    for c in clusters:
        word = c[0].removeprefix("The ")
        doubt = " " not in word and word.lower() in common and not word.isupper()
        mark = "word 180" if doubt else "200"
        seats = ";".join(SEATS_OF_BODIES.get(c[0], []))
        lines.append([c[0], ";".join(c[1:]), "", mark, seats])
    chosen = {}
    for r in rows("orgs"):
        name = clean(r["name"])
        if not usual(name) or name in listed or name in NO_ORG or r["flags"] & {"w", "a"}:
            continue
        if r["kind"] in ("org_historical", "government_historical") or name.startswith("the "):
            continue
        if OFFICE.search(name):
            continue
        single = " " not in name
        n = counts.get(key(name), 0)
        if single and (r["also"] or "d" in r["flags"] or n < 3):
            continue
        if (
            name in GENERAL
            or r["also"] & {"countries", "demonyms", "people"}
            or n < (1 if not single else 3)
        ):
            continue
        if r["kind"] == "party" and n < 2:
            continue
        chosen.setdefault(name, (r, n))
    for name, (r, n) in sorted(chosen.items()):
        caps = re.fullmatch(r"[A-Z0-9.&-]{2,6}", name)
        mark = "case " if caps else "word " if "p" in r["flags"] else ""
        rest = name.removeprefix("The ").lower()
        sure = (
            n >= 30
            and not single
            and not r["flags"] | r["also"]
            and (" " in rest or rest not in common)
        )
        lines.append(
            [
                name,
                "",
                r["at"].get("country", "") if r["at"].get("country", "") in ISO else "",
                f"{mark}{200 if sure else min(180, 60 + 12 * min(n, 10))}",
            ]
        )
    write(
        "orgs",
        ["name\tother names\tcountry\tmarks\tseats (cities that stand for it when they act)", "Names of one line are one organisation."],
        lines,
    )


def places(counts, news):
    lines = {}
    for r in rows("countries"):
        name = clean(r["name"])
        if r["kind"] in ("region", "bloc", "breakaway", "subdivision") and usual(name):
            name = name.removeprefix("the ")
            if "a" in r["flags"] or name in ("free world",):
                continue
            mark = ["region"] if r["kind"] in ("region", "bloc") else []
            mark += ["word"] if r["flags"] & {"w", "p"} else []
            iso = r["at"].get("iso2", "")
            lines[name] = [name, iso if iso in ISO else "", " ".join(mark + ["180"])]
    for name in REGIONAL:
        lines[name] = [name, "", "region 150"]
    for r in rows("places"):
        name, n = clean(r["name"]), 0
        if not usual(name) or name in lines or r["kind"] in ("us_state_abbr",):
            continue
        n = counts.get(key(name), 0)
        state = r["kind"] in ("us_state",)
        if not state:
            if (
                r["flags"] & {"w", "a", "d"}
                or n < 3
                or r["also"] & {"countries", "demonyms", "given_names"}
            ):
                continue
            if r["also"] and (n < 30 or "people" in r["also"]):
                continue
        iso = r["at"].get("country", "")
        lines[name] = [name, iso if iso in ISO else "", f"{min(160, 60 + 10 * min(n // 3, 10))}"]
    write("places", ["name\tcountry\tmarks"], [lines[k] for k in sorted(lines)])


OLD = {"frus_person", "biography", "us_diplomat"}


def people(counts, news):
    lines = {}
    for r in rows("people"):
        name = clean(r["name"])
        if (
            not usual(name)
            or " " not in name
            or r["flags"] & {"w", "p"}
            or name in lines
            or re.match(r"(of|the|and|for|in) |.*\b(Cardinal|President|Minister) ", name)
        ):
            continue
        if re.search(r"\d|\.\s*$", name) or r["also"] & {"places", "orgs", "countries"}:
            continue
        n = counts.get(key(name), 0)
        if r["kind"] in OLD and (r["kind"] != "us_diplomat" or n < 3):
            continue
        if n < (1 if r["kind"] in ("head_of_government", "head_of_state", "foreign_leader") else 2):
            continue
        iso = r["at"].get("country", "")
        lines[name] = [name, iso if iso in ISO else "", f"{min(200, 100 + 10 * min(n // 2, 10))}"]
    write("people", ["name\tcountry\tmarks"], [lines[k] for k in sorted(lines)])


def given(counts):
    lines = {}
    for r in rows("given_names"):
        name = clean(r["name"])
        if not usual(name) or " " in name or len(name) < 2 or "." in name:
            continue
        g = {"M": ["male"], "F": ["female"]}.get(r["at"].get("gender", ""), [])
        m, f = (int(r["at"].get(f"us_rank_{x}", 10**6)) for x in "MF")
        if m < 10**6 and f < 10**6:  # of both sexes in the census: the much more frequent one
            g = ["male"] if m * 5 < f else ["female"] if f * 5 < m else []
        n, people_n = counts.get(key(name), 0), int(r["at"].get("n_people", 0))
        if n + people_n < 2 and "us_freq_pct" not in r["at"]:
            continue
        if r["also"] & {"countries", "demonyms"} and people_n < 3:
            continue
        if r["lc"] is not None and r["lc"] > 0.6:
            continue
        mark = g + (["word"] if r["flags"] & {"w", "d"} else [])
        lines[name] = [name, " ".join(mark + [f"{20 * min(1 + (people_n + 1).bit_length(), 10)}"])]
    write(
        "given",
        ["name\tmarks (weight by number of known people)"],
        [lines[k] for k in sorted(lines)],
    )


def family(counts):
    lines = {}
    for r in rows("family_names"):
        name = clean(r["name"])
        if not usual(name) or len(name) < 3 or "." in name or " " in name and len(name.split()) > 3:
            continue
        people_n = int(r["at"].get("n_people", 0))
        rank = int(r["at"].get("us_rank", 10**6))
        n = counts.get(key(name), 0)
        old = r["src"] <= {"us-census-1990"}
        if (
            (r["lc"] or 0) > 0.5
            or "countries" in r["also"]
            and people_n < 10
            or "demonyms" in r["also"]
        ):
            continue
        if rank > 8000 and n < (4 if old else 2) or "w" in r["flags"] and people_n < 4:
            continue
        mark = ["word"] if r["flags"] & {"w", "d"} else []
        lines[name] = [name, " ".join(mark + [f"{20 * min(1 + (people_n + 1).bit_length(), 10)}"])]
    write(
        "family",
        ["name\tmarks (weight by number of known people)"],
        [lines[k] for k in sorted(lines)],
    )


def main():
    global ISO
    table = countries()
    ISO = set(table)
    write_countries(table)
    names = {
        clean(r["name"])
        for f in ("orgs", "places", "people", "given_names", "family_names")
        for r in rows(f)
    }
    counts, news = count(n for n in names if usual(n))
    orgs(counts, news)
    places(counts, news)
    people(counts, news)
    given(counts)
    family(counts)


main()
