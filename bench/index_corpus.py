#!/usr/bin/env python3
"""index_corpus.py DATA DIR N: about N documents of DATA/text as files, for bench/index.lua.

The same ones each time: those whose name's checksum falls into the share wanted.
"""
import json
import lzma
import os
import sys
import zlib

FILES = ('current_events white_house_2021_2026 white_house_briefings_2009_2017 '
         'kremlin_en_2000_2020 un_general_debate wikipedia frus_spans us_presidential_speeches '
         'history_state_gov cia_world_factbook_2026').split()
ALL = 230056  # documents in them


def main():
    data, folder, wanted = sys.argv[1], sys.argv[2], int(sys.argv[3])
    share = min(1.0, wanted * 1.01 / ALL) * 2 ** 32
    n = size = 0
    for name in FILES:
        path = '%s/text/%s.jsonl.xz' % (data, name)
        with lzma.open(path, 'rt', encoding='utf-8') as lines:
            for i, line in enumerate(lines):
                if zlib.crc32(b'%s %d' % (name.encode(), i)) >= share:
                    continue
                text = json.loads(line)['text'].encode()
                below = '%s/%s/%05d' % (folder, name, n // 500)
                os.makedirs(below, exist_ok=True)
                with open('%s/%d.txt' % (below, i), 'wb') as out:
                    out.write(text)
                n += 1
                size += len(text)
    with open(folder + '.done', 'w') as out:
        out.write('%d %d\n' % (n, size))


main()
