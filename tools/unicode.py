#!/usr/bin/env python3
"""Writes src/utf8_tables.h: class and lower case of every code point, as two-stage tables.

usage: unicode.py > src/utf8_tables.h
       unicode.py --check FILE     exit 1 when FILE differs from what would be written; another
                                   Unicode version than FILE's cannot judge it and is passed over
"""
import sys
import unicodedata

BLOCK = 32
END = 0x20000  # above: utf8.c knows the few ranges there are
CLASSES = ["OTHER", "SPACE", "UPPER", "LOWER", "LETTER", "MARK", "DIGIT", "PUNCT", "SYMBOL"]


def char_class(cp):
    if cp in (9, 10, 11, 12, 13, 0x85):
        return "SPACE"
    cat = unicodedata.category(chr(cp))
    if cat in ("Lu", "Lt"):
        return "UPPER"
    if cat == "Ll":
        return "LOWER"
    if cat[0] == "L":
        return "LETTER"
    if cat == "Nd":
        return "DIGIT"
    return {"M": "MARK", "P": "PUNCT", "S": "SYMBOL", "N": "SYMBOL", "Z": "SPACE"}.get(
        cat[0], "OTHER")


def lower(cp):
    if cp == 0x130:  # its full mapping has two characters, its simple one is i
        return 0x69
    text = chr(cp).lower()
    return ord(text) if len(text) == 1 else cp


def rows(values, width):
    for i in range(0, len(values), width):
        yield "    " + ",".join(str(v) for v in values[i:i + width]) + ","


def build():
    kinds, index, blocks, stage1, stage2 = {}, [], {}, [], []
    for start in range(0, END, BLOCK):
        block = []
        for cp in range(start, start + BLOCK):
            kind = (CLASSES.index(char_class(cp)), lower(cp) - cp)
            if kind not in kinds:
                kinds[kind] = len(index)
                index.append(kind)
            block.append(kinds[kind])
        block = tuple(block)
        if block not in blocks:
            blocks[block] = len(blocks)
            stage2.extend(block)
        stage1.append(blocks[block])
    assert len(index) <= 256
    return index, stage1, stage2


def header():
    index, stage1, stage2 = build()
    out = [
        "/* utf8_tables - class and lower case of code points. Written by tools/unicode.py: do not",
        " * edit. Unicode %s. stage1[cp / %d] is a block, stage2[block * %d + cp %% %d] an index"
        % (unicodedata.unidata_version, BLOCK, BLOCK, BLOCK),
        " * into kinds. */",
        "#ifndef ENT_UTF8_TABLES_H",
        "#define ENT_UTF8_TABLES_H",
        "",
        "enum { UTF8_BLOCK = %d, UTF8_END = %d };" % (BLOCK, END),
        "",
        "static const struct {",
        "    unsigned char cls; /* ent_charclass */",
        "    int lower;         /* add this to get the lower case */",
        "} utf8_kinds[%d] = {" % len(index),
    ]
    out += ["    {ENT_CH_%s, %d}," % (CLASSES[c], d) for c, d in index]
    out += ["};", "", "static const unsigned short utf8_stage1[%d] = {" % len(stage1)]
    out += rows(stage1, 22)
    out += ["};", "", "static const unsigned char utf8_stage2[%d] = {" % len(stage2)]
    out += rows(stage2, 32)
    out += ["};", "", "#endif", ""]
    return "\n".join(out)


def main():
    if sys.argv[1:2] == ["--check"]:
        have = open(sys.argv[2]).read()
        if "Unicode %s." % unicodedata.unidata_version not in have:
            print("this Python has Unicode " + unicodedata.unidata_version)
            return 0
        if have != header():
            print(sys.argv[2] + " differs from what tools/unicode.py writes", file=sys.stderr)
            return 1
        return 0
    sys.stdout.write(header())
    return 0


sys.exit(main())
