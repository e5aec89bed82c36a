#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Is each character that a PDF says it has also to be seen on the paper?

usage: ink.py FILE.pdf...

pdftotext tells where each word stands, pdftoppm what is there. Words of
characters of one width (Chinese) are looked at one by one, others whole."""
import html
import re
import subprocess
import sys
import unicodedata

DPI = 72
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


def wide(c):
    return unicodedata.east_asian_width(c) in 'WF'


def parts(word, x1, x2):
    """What of a word is looked at by itself: (characters, from, to)."""
    if not all(map(wide, word)):
        return [(word, x1, x2)]
    step = (x2 - x1) / len(word)
    return [(c, x1 + i * step, x1 + (i + 1) * step) for i, c in enumerate(word)]


def pages(pdf):
    """Each page's grey dots, as (width, bytes)."""
    data = subprocess.run(['pdftoppm', '-r', str(DPI), '-gray', pdf], check=True, capture_output=True).stdout
    while data:
        head = re.match(rb'P5\n(\d+) (\d+)\n255\n', data)
        w, h = int(head[1]), int(head[2])
        yield w, data[head.end():head.end() + w * h]
        data = data[head.end() + w * h:]


def has_ink(page, x1, y1, x2, y2):
    w, dots = page
    rows = [dots[y * w + int(x1):y * w + int(x2) + 1] for y in range(int(y1), int(y2) + 1)]
    return max(map(max, rows)) - min(map(min, rows)) > 50


def check(pdf):
    boxes = subprocess.run(['pdftotext', '-bbox', pdf, '-'], check=True, capture_output=True, text=True).stdout
    seen, missing = 0, []
    for page, (_, _, words) in zip(pages(pdf), PAGE.findall(boxes), strict=True):
        for *box, text in WORD.findall(words):
            x1, y1, x2, y2 = map(float, box)
            for run, left, right in parts(html.unescape(text), x1, x2):
                seen += 1
                if not has_ink(page, left, y1, right, y2):
                    missing.append(f'{pdf}: “{run}” of “{text}” is not to be seen')
    return missing if seen else [f'{pdf}: no text']


missing = [line for pdf in sys.argv[1:] for line in check(pdf)]
print('\n'.join(missing))
sys.exit(1 if missing or len(sys.argv) < 2 else 0)
