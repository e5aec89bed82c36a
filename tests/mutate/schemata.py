# SPDX-License-Identifier: Apache-2.0
"""All mutants of a source in one: each function keeps its body and gets, before
it, a copy of it for each of its mutants, which runs when YIHU_MUTANT has that
mutant's number. Then nothing is built between mutants.

A mutant outside functions has no such copy and is built on its own.
"""

import re

import operators

# The number, and a note in the file YIHU_MUTANT_SEEN of each function entered, in
# each run anew. serve.c changes both.
HEAD = '''#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
struct yihu_mutant { int number, run; };
__attribute__((weak, visibility("hidden"))) struct yihu_mutant yihu_mutant;
__attribute__((constructor)) static void mutant_read(void)
{
	const char *text = getenv("YIHU_MUTANT");
	yihu_mutant.number = text ? atoi(text) : 0;
	void (*take)(struct yihu_mutant *) = dlsym((void *)0, "yihu_mutant_take");
	if (take)
		take(&yihu_mutant);
}
__attribute__((unused)) static void mutant_seen(int *seen, int id)
{
	const char *name = getenv("YIHU_MUTANT_SEEN");
	*seen = yihu_mutant.run + 1;
	int fd = name ? open(name, O_WRONLY | O_APPEND | O_CREAT, 0600) : -1;
	if (fd >= 0) {
		write(fd, &id, sizeof id);
		close(fd);
	}
}
'''


def copy_of(body, returns):
    """A body as a block of its own: its labels are its own, and it does not run on."""
    labels = re.findall(r'^\s*(\w+):$', operators.blank(body), re.M)
    own = ''.join('__label__ %s; ' % x for x in labels if x != 'default')
    return '{ %s\n%s%s }\n' % (own, body, 'return;' if returns == 'void' else '__builtin_trap();')


def plant(text, edits):
    """The source with all of `edits`, {number: edit}; its lines (from, to) of
    each number; and the first number of each function with its others."""
    found, at, lines, groups = [], 0, {}, {}
    left = dict(edits)
    for f in operators.functions(operators.blank(text)):
        own = {n: e for n, e in left.items() if f.start <= e.start and e.end <= f.end}
        if not own:
            continue
        for n in own:
            del left[n]
        first = min(own)
        groups[first] = sorted(own)
        found.append(text[at:f.start])
        found.append('\tstatic int mutant_seen_;\n\tif (mutant_seen_ <= yihu_mutant.run)\n'
                     '\t\tmutant_seen(&mutant_seen_, %d);\n' % first)
        found.append('if (yihu_mutant.number >= %d && yihu_mutant.number <= %d) {\n' % (first, max(own)))
        for n, e in sorted(own.items()):
            body = text[f.start:e.start] + e.new + text[e.end:f.end]
            lines[n] = (len(found), len(found) + 1)
            found.append('if (yihu_mutant.number == %d) %s' % (n, copy_of(body, f.returns)))
        found.append('}\n')
        at = f.start
    found.append(text[at:])
    starts, line = [], 1
    for piece in found:
        starts.append(line)
        line += piece.count('\n')
    # The head goes after the includes and defines that say which functions there are.
    head = HEAD
    result = ''.join(found)
    spans = {n: (starts[a], starts[b]) for n, (a, b) in lines.items()}
    includes = [m for m in re.finditer(r'^#include.*\n', text, re.M)]
    place = includes[-1].end()
    moved = head.count('\n')
    result = result[:place] + head + result[place:]
    spans = {n: (a + moved, b + moved) for n, (a, b) in spans.items()}
    return result, spans, groups
