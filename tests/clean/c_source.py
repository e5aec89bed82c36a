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
