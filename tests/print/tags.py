# SPDX-License-Identifier: Apache-2.0
# Is all text of a PDF in its elements, and has each figure its words?
# usage: tags.py FILE...   (fails with the first that is not so)
import json, re, subprocess, sys
from collections import Counter


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def signs(text):
    return Counter(re.sub(r'\s', '', text))


for path in sys.argv[1:]:
    lines = run('pdfinfo', '-struct-text', path).splitlines()
    told = ''.join(line.strip()[1:-1] for line in lines if line.strip().startswith('"'))
    seen = run('pdftotext', '-raw', path, '-')
    assert lines[0] == 'Document' and all(line.startswith(' ') for line in lines[1:]), f'{path}: not one document'
    assert signs(told) == signs(seen), f'{path}: outside: {signs(seen) - signs(told)}, twice: {signs(told) - signs(seen)}'
    objects = json.loads(run('qpdf', '--json', path))['qpdf'][1].values()
    values = [o['value'] for o in objects if isinstance(o.get('value'), dict)]
    figures = [v for v in values if v.get('/S') == '/Figure']
    assert all(len(v.get('/Alt', '')) > 4 for v in figures), f'{path}: a figure without words'
    headings = [v for v in values if v.get('/S') == '/H1']
    catalog = next(v for v in values if v.get('/Type') == '/Catalog')
    assert headings and catalog['/MarkInfo']['/Marked'] and catalog['/Lang'], f'{path}: no heading or no language'
