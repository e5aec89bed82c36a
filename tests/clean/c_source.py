# SPDX-License-Identifier: Apache-2.0
"""C as this folder's checks read it: tokens, calls and the texts given to them.

No compiler: the sources are laid out by clang-format, and what is asked of
them (which text goes to which function, where a function ends) shows in that.
"""
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|[A-Za-z_]\w*|\S', re.S)
NAME = re.compile(r"[A-Za-z_]\w*$")
KEYWORDS = {"if", "for", "while", "switch", "return", "sizeof", "else", "do", "case"}
MARKS = {"_", "N_", "yihu_gettext", "yihu_ngettext"}


def files(*patterns):
    """The paths that git keeps, or would keep, of these patterns."""
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=ROOT,
                          capture_output=True, text=True, check=True)
    return sorted({f for f in done.stdout.split("\n") if f and (ROOT / f).exists()})


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def tokens(text, comments=False):
    """[(token, where it begins)]."""
    return [(m.group(), m.start()) for m in TOKEN.finditer(text)
            if comments or not m.group().startswith(("/*", "//"))]


@dataclass
class Call:
    name: str
    line: int
    around: list = field(default_factory=list)  # the calls it stands in, the outermost first
    arguments: list = field(default_factory=list)  # of each its tokens

    def literal(self, i):
        """The string of argument i, or None where it is none. A macro's part is left out."""
        if i >= len(self.arguments) or not self.arguments[i]:
            return None
        if not self.arguments[i][0].startswith('"'):
            return None
        return "".join(t[1:-1] for t in self.arguments[i] if t.startswith('"'))


def calls(text):
    """Every name with parentheses behind it, in the order in which they close."""
    open_calls = []
    previous = None
    for token, at in tokens(text):
        for call in open_calls[-1:]:
            if call is not None and token == ",":
                call.arguments.append([])
        if token not in (",",):
            for call in open_calls:
                if call is not None and call.arguments:
                    call.arguments[-1].append(token)
        if token in "([{":
            called = token == "(" and previous and NAME.match(previous) and previous not in KEYWORDS
            around = [c.name for c in open_calls if c is not None]
            open_calls.append(Call(previous, text.count("\n", 0, at) + 1, around, [[]])
                              if called else None)
        elif token in ")]}" and open_calls:
            call = open_calls.pop()
            if call is not None:
                call.arguments[-1].pop()  # the parenthesis that closes it
                yield call
        previous = token


def texts(text):
    """Each text that is marked for translation: (line, text, the calls around it)."""
    for call in calls(text):
        if call.name in MARKS:
            for i in range(2 if call.name == "yihu_ngettext" else 1):
                said = call.literal(i)
                if said is not None:
                    yield call.line, said, [c for c in call.around if c not in MARKS]


@dataclass
class Function:
    name: str
    path: str
    line: int
    lines: int


def functions(path):
    """The functions that a file defines; each begins and ends at a line's beginning, so it is laid out."""
    begins = None
    for n, line in enumerate(read(path).split("\n"), 1):
        if line.startswith("{") and begins:
            at, head = begins
            body = n
        elif line.startswith("}") and begins and body:
            yield Function(called_first(head), path, at, n - at + 1)
            begins = body = None
        elif re.match(r"[A-Za-z_]", line):
            begins, body = (n, line), None


def called_first(head):
    """The name before the first parenthesis that is not an attribute's; a test's is its sentence."""
    found = re.search(r"(?:TEST\()?\b([A-Za-z_]\w*)[()](?!\()", head)
    return found[1] if found else head


@dataclass
class Prototype:
    name: str
    path: str
    line: int
    comment: str  # above it or behind it, or above the group that it stands in; empty where there is none
    own: bool = True  # not the group's


def prototypes(path):
    """What a header exports. A group is prototypes with no empty line between, under one comment."""
    text = re.sub(r"^[ \t]*#(?:.*\\\n)*.*$|^[A-Z_]+$", lambda m: re.sub(r"[^\n]", " ", m[0]), read(path), flags=re.M)
    found, statement, depth, ended, above, group = [], [], 0, 0, "", ""
    for token, at in tokens(text, comments=True):
        if token.startswith(("/*", "//")):
            if depth == 0 and not statement:
                if "\n" in text[ended:at]:
                    above, ended = token, at + len(token)
                elif found:
                    found[-1].comment, found[-1].own = token, True
            continue
        if not statement:
            began, lines = at, text[ended:at].count("\n")
            own = bool(above) and lines == 1
            group = above if own else group if lines == 1 and not above else ""
            above = ""
        statement.append(token)
        depth += (token in "([{") - (token in ")]}")
        if depth == 0 and (token == ";" or (token == "}" and "(" in statement and "=" not in statement)):
            name = name_of_prototype(statement)
            if name:
                found.append(Prototype(name, path, text.count("\n", 0, began) + 1, group, own))
            else:
                group = ""
            statement, ended = [], at + 1
    return found


def name_of_prototype(statement):
    if statement[0] in ("static", "typedef", "extern") or "{" in statement:
        return None
    for word, after in zip(statement, statement[1:]):
        if after == "(" and NAME.match(word) and word != "__attribute__":
            return word
    return None
