# SPDX-License-Identifier: Apache-2.0
"""The edits that a mutant of a C source may have, each a small fault that a
person could make and that some test must see.

The sources are formatted by clang-format, so that plain text is enough:
comments, strings and preprocessor lines are blanked, and what is left is
searched. An edit that does not compile is counted as such and costs little.
"""

import re
from typing import NamedTuple


class Edit(NamedTuple):
    start: int  # of the text that is replaced
    end: int
    new: str
    op: str


BLANK = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|^[ \t]*#(?:\\\n|[^\n])*',
    re.S | re.M)


def blank(text):
    """The text with everything that is no code as spaces, and constants in quotes
    as words, as long as before."""
    return BLANK.sub(lambda m: re.sub(r'[^\n]', '_' if m.group()[0] in '"\'' else ' ', m.group()),
                     text)


class Function(NamedTuple):
    name: str
    returns: str
    start: int  # of the body, after its brace
    end: int


def functions(code):
    found = []
    for m in re.finditer(r'^\{\n(.*?)^\}', code, re.S | re.M):
        head = code[:m.start()]
        head = head[max(head.rfind('\n\n'), head.rfind('}\n'), head.rfind(';\n')) + 1:].strip()
        name = re.search(r'(\w+)\s*\(', head)
        if name and not head.startswith(('struct ', 'enum ', 'typedef ')) or name and '(' in head:
            returns = head[:name.start()].replace('static', '').replace('inline', '').strip()
            found.append(Function(name.group(1), returns, m.start(1), m.end(1)))
    return found


def closing(code, at):
    """The index of the parenthesis that closes the one at `at`."""
    depth = 0
    for i in range(at, len(code)):
        if code[i] in '([{':
            depth += 1
        elif code[i] in ')]}':
            depth -= 1
            if depth == 0:
                return i
    raise ValueError('unbalanced')


def conditions_off(code, f):
    """if (X) → if ((X) && 0): X is worked out, and nothing follows from it."""
    for m in re.finditer(r'\bif \(', code[f.start:f.end]):
        start = f.start + m.end() - 1
        end = closing(code, start)
        yield Edit(start, end + 1, '((%s) && 0)', 'cond-off')


SWAPS = {
    '!=': ('==',), '==': ('!=',), '<': ('<=',), '<=': ('<',), '>': ('>=',), '>=': ('>',),
    '&&': ('||',), '||': ('&&',),
}


def operators_swapped(code, f):
    for m in re.finditer(r'(?<=\s)(!=|==|<=|>=|<|>|&&|\|\|)(?=\s)', code[f.start:f.end]):
        for new in SWAPS[m.group()]:
            yield Edit(f.start + m.start(), f.start + m.end(), new, 'swap')


LEFT = re.compile(r'\breturn |[^=!<>]= | \? | : |, |[(;{]\s*$')


def operands(code, at, width):
    """The operands on both sides of the && or || at `at`."""
    depth, i = 0, at - 1
    while True:
        c = code[i]
        if c in ')]':
            depth += 1
        elif c in '([':
            if depth == 0:
                break
            depth -= 1
        elif depth == 0:
            if c in ';{},?' or code[i:i + 3] == ' : ' or code[i - 1:i + 1] in ('&&', '||'):
                break
            if code[i - 1:i + 2] in (' = ',) or code[i - 6:i] == 'return':
                break
        i -= 1
    left = (i + 1, at)
    depth, i = 0, at + width
    while True:
        c = code[i]
        if c in '([':
            depth += 1
        elif c in ')]':
            if depth == 0:
                break
            depth -= 1
        elif depth == 0 and (c in ';,?' or code[i:i + 2] in ('&&', '||') or code[i:i + 3] == ' : '):
            break
        i += 1
    return left, (at + width, i)


def trimmed(code, span):
    start, end = span
    while code[start].isspace():
        start += 1
    while code[end - 1].isspace():
        end -= 1
    return start, end


def operands_dropped(code, f):
    """a || b → a without b's say, and b without a's: both are worked out."""
    seen = set()
    for m in re.finditer(r'(?<=\s)(&&|\|\|)(?=\s)', code[f.start:f.end]):
        at = f.start + m.start()
        for span in operands(code, at, 2):
            start, end = trimmed(code, span)
            if (start, end) not in seen:
                seen.add((start, end))
                yield Edit(start, end, '((%s) && 0)' if m.group() == '||' else '((%s) || 1)',
                           'operand-drop')


INPUT = re.compile(r'^\t+(?:yihu_(?:frame_(?:item|be32|be64|open|more)|message_(?:label|item)|'
                   r'buf_(?:put|u8|be32|be64|str)|store_be(?:32|64))|crypto_hash_\w+_update|memcpy|'
                   r'update|hash_\w+)\(', re.M)


def inputs_dropped(code, f):
    """A line that feeds a hash, a message or a value is left out."""
    for m in INPUT.finditer(code, f.start, f.end):
        end = closing(code, m.end() - 1) + 1
        if code[end] == ';':
            start = m.start() + len(m.group()) - len(m.group().lstrip())
            yield Edit(start, end, '(void)0', 'input-drop')


TERMS = re.compile(r'\byihu_(point_add|point_sub|scalar_add|scalar_sub|scalar_mul|point_mul|'
                   r'scalar_neg|scalar_inv)\(')


def arguments(code, at):
    """The spans of a call's arguments; `at` is its parenthesis."""
    end, depth, spans, start = closing(code, at), 0, [], at + 1
    for i in range(at + 1, end):
        if code[i] in '([{':
            depth += 1
        elif code[i] in ')]}':
            depth -= 1
        elif code[i] == ',' and depth == 0:
            spans.append(trimmed(code, (start, i)))
            start = i + 1
    spans.append(trimmed(code, (start, end)))
    return spans, end + 1


def terms_dropped(code, f):
    """add(a, b) → a, and b; mul(s, p) → p; neg(a) → a."""
    for m in TERMS.finditer(code, f.start, f.end):
        spans, end = arguments(code, m.end() - 1)
        kept = {'point_mul': [1], 'point_sub': [0], 'scalar_sub': [0]}.get(m.group(1),
                                                                         range(len(spans)))
        for k in kept:
            yield Edit(m.start(), end, code[slice(*spans[k])], 'term-drop')


def bounds_moved(code, f):
    for m in re.finditer(r' [+-] 1\b(?![.\w])', code[f.start:f.end]):
        yield Edit(f.start + m.start(), f.start + m.end(), '', 'bound')


def returned_early(code, f):
    value = {'int': '0', 'bool': 'true'}.get(f.returns)
    if value is not None:
        yield Edit(f.start, f.start, '\treturn %s;\n' % value, 'early')
    elif f.returns == 'void':
        yield Edit(f.start, f.start, '\treturn;\n', 'early')


def rows_dropped(code):
    """static rule *const rules[] = {a, b, NULL} → without a, without b."""
    for m in re.finditer(r'\] = \{(\s*\w+(?:,\s*\w+)*,?\s*)\};', code):
        for name in re.finditer(r'\b[a-z]\w*,?', m.group(1)):
            yield Edit(m.start(1) + name.start(), m.start(1) + name.end(), '', 'row-drop')


OPERATORS = (conditions_off, operators_swapped, operands_dropped, inputs_dropped, terms_dropped,
             bounds_moved, returned_early)

# What only reports, frees or asserts; where a fault cannot make a lie pass.
IGNORED = re.compile(r'\b(?:assert|static_assert|yihu_fail|audit_(?:fault|skip|step)\w*|free|'
                     r'yihu_progress_step|sodium_memzero|yihu_buf_free)\s*\(')


def ignored_spans(code):
    return [(m.start(), closing(code, m.end() - 1)) for m in IGNORED.finditer(code)]


def edits(text, skip=None):
    """All edits of a source, in the order of their place. Functions whose names
    match `skip` are left alone."""
    code = blank(text)
    ignored = ignored_spans(code)
    found = list(rows_dropped(code))
    for f in functions(code):
        if skip is None or not skip.search(f.name):
            for operator in OPERATORS:
                found.extend(operator(code, f))
    result = []
    for e in sorted(set(found)):
        if any(a <= e.start < b for a, b in ignored):
            continue
        old = text[e.start:e.end]
        new = e.new % old if '%s' in e.new else e.new
        if e.op == 'term-drop':
            # The argument as it stands in the text, strings included.
            k = code[e.start:e.end].find(e.new)
            new = old[k:k + len(e.new)]
        result.append(Edit(e.start, e.end, new, e.op))
    return result
