#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does each operator of mutate.py find what it should, and nothing else? TAP."""

import contextlib
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import mutate
import operators
import schemata

SAMPLE = '''/* if (a == b) in a comment */
#include "sample.h"

static rule *const rules[] = {
\trule_one, rule_two, NULL,
};

static int check(const struct thing *t, struct yihu_error *err)
{
\tif (t->n != 3 || t->size < bound(t->a, t->b))
\t\treturn yihu_fail(err, YIHU_EARG, _("if (a == b) in %u words"), t->n + 1);
\tassert(t->n == 3 && t->size > 1);
\treturn t->last - 1 > 7 ? YIHU_EFORMAT : YIHU_OK;
}

static bool same(const uint8_t *p, struct yihu_point a, struct yihu_point b, struct yihu_scalar s)
{
\tstruct yihu_frame f;
\tyihu_frame_init(&f, "label");
\tyihu_frame_item(&f, p,
\t\t\t32);
\tyihu_frame_be64(&f, 7);
\tuse(yihu_point_add(yihu_point_mul(s, a), b), yihu_point_sub(a, b), yihu_scalar_neg(s));
\treturn a.x == b.x && (p[0] >= 4 || p[1] <= 5);
}

void sample_free(struct thing *t)
{
\tif (t == NULL)
\t\treturn;
}
'''

EXPECTED = {
    'row-drop': [('rule_one,', ''), ('rule_two,', '')],
    'cond-off': [('(t->n != 3 || t->size < bound(t->a, t->b))',
                  '(((t->n != 3 || t->size < bound(t->a, t->b))) && 0)')],
    'swap': [('!=', '=='), ('||', '&&'), ('<', '<='), ('>', '>='), ('==', '!='), ('&&', '||'),
             ('>=', '>'), ('||', '&&'), ('<=', '<')],
    'operand-drop': [('t->n != 3', '((t->n != 3) && 0)'),
                     ('t->size < bound(t->a, t->b)', '((t->size < bound(t->a, t->b)) && 0)'),
                     ('a.x == b.x', '((a.x == b.x) || 1)'),
                     ('(p[0] >= 4 || p[1] <= 5)', '(((p[0] >= 4 || p[1] <= 5)) || 1)'),
                     ('p[0] >= 4', '((p[0] >= 4) && 0)'), ('p[1] <= 5', '((p[1] <= 5) && 0)')],
    'input-drop': [('yihu_frame_item(&f, p,\n\t\t\t32)', '(void)0'),
                   ('yihu_frame_be64(&f, 7)', '(void)0')],
    'term-drop': [('yihu_point_add(yihu_point_mul(s, a), b)', 'yihu_point_mul(s, a)'),
                  ('yihu_point_add(yihu_point_mul(s, a), b)', 'b'),
                  ('yihu_point_mul(s, a)', 'a'), ('yihu_point_sub(a, b)', 'a'),
                  ('yihu_scalar_neg(s)', 's')],
    'bound': [(' - 1', '')],
    'early': [('', '\treturn 0;\n'), ('', '\treturn true;\n')],
}

TYPES = '''#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#define _(s) s
enum { YIHU_OK, YIHU_EARG, YIHU_EFORMAT };
struct thing { unsigned n, size, a, b, last; };
struct yihu_point { int x; };
struct yihu_scalar { int x; };
struct yihu_frame { int x; };
struct yihu_error;
typedef int rule;
extern rule rule_one_, rule_two_;
#define rule_one &rule_one_
#define rule_two &rule_two_
unsigned bound(unsigned, unsigned);
int yihu_fail(struct yihu_error *, int, const char *, ...);
void yihu_frame_init(struct yihu_frame *, const char *);
void yihu_frame_item(struct yihu_frame *, const void *, size_t);
void yihu_frame_be64(struct yihu_frame *, uint64_t);
struct yihu_point yihu_point_add(struct yihu_point, struct yihu_point);
struct yihu_point yihu_point_sub(struct yihu_point, struct yihu_point);
struct yihu_point yihu_point_mul(struct yihu_scalar, struct yihu_point);
struct yihu_scalar yihu_scalar_neg(struct yihu_scalar);
void use(struct yihu_point, struct yihu_point, struct yihu_scalar);
void sample_free(struct thing *);
'''


def applied(text, edit):
    return text[:edit.start] + edit.new + text[edit.end:]


def operator_finds(op):
    found = [(SAMPLE[e.start:e.end], e.new) for e in operators.edits(SAMPLE, mutate.MAKERS)
             if e.op == op]
    if sorted(found) != sorted(EXPECTED[op]):
        return 'found %r' % found
    return None


def no_other_operator():
    found = {e.op for e in operators.edits(SAMPLE, mutate.MAKERS)}
    return None if found == set(EXPECTED) else 'found %s' % sorted(found)


def every_mutant_of_the_sample_compiles():
    compiler = os.environ.get('CC', 'cc').split()
    edits = operators.edits(SAMPLE, mutate.MAKERS)
    for text in [SAMPLE] + [applied(SAMPLE, e) for e in edits]:
        r = subprocess.run([*compiler, '-std=c17', '-w', '-fsyntax-only', '-x', 'c', '-'],
                           input=(TYPES + text.replace('#include "sample.h"', '')).encode(),
                           capture_output=True)
        if r.returncode != 0:
            return r.stderr.decode().splitlines()[0]
    return None


RUN = '''#include <stdio.h>
static int nonzero(int x)
{
\tif (x == 0)
\t\tgoto done;
\treturn 1;
done:
\treturn 0;
}

int main(void)
{
\treturn 2 * nonzero(7) + nonzero(0);
}
'''


def planted_mutants_run_as_built_ones():
    """Each number gives what the same mutant gives when built on its own."""
    compiler = os.environ.get('CC', 'cc').split() + ['-std=gnu17', '-w', '-x', 'c', '-']
    edits = dict(enumerate((e for e in operators.edits(RUN) if e.start < RUN.index('int main')), 1))
    planted, spans, groups = schemata.plant(RUN, edits)
    if sorted(spans) != sorted(edits) or groups != {1: sorted(edits)}:
        return 'planted %r' % groups
    with tempfile.TemporaryDirectory() as folder:
        def status(text, **env):
            program = os.path.join(folder, 'program')
            if text is not None:
                subprocess.run([*compiler, '-o', program], input=text.encode(), check=True)
            return subprocess.run([program], env=dict(os.environ, **env)).returncode
        alone = {n: status(applied(RUN, e)) for n, e in edits.items()}
        seen = os.path.join(folder, 'seen')
        if status(planted, YIHU_MUTANT_SEEN=seen) != 2 or os.path.getsize(seen) != 4:
            return 'without a number it is not the source as it was'
        together = {n: status(None, YIHU_MUTANT=str(n)) for n in edits}
    return None if alone == together and set(alone.values()) != {2} else '%r %r' % (alone, together)


# A project whose only test sees one of its two rules.
PROJECT = {
    'meson.build': '''project('mini', 'c')
lib = static_library('mini', 'src/mini.c')
test('mini', executable('mini', 'main.c', link_with: lib, dependencies: dependency('cmocka')), suite: 'mini')
''',
    'src/mini.c': '''#include <stddef.h>
typedef int rule(int);
int check(int x);

static int positive(int x)
{
	if (x < 1)
		return 1;
	return 0;
}

static int small(int x)
{
	if (x > 99)
		return 2;
	return 0;
}

static rule *const rules[] = {
	positive, small, NULL,
};

int check(int x)
{
	int r = 0;
	for (size_t i = 0; rules[i] && r == 0; i++)
		r = rules[i](x);
	return r;
}
''',
    'main.c': '''#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
int check(int x);
static int low;
static int set_up(void **state)
{
\tlow = 1;
\treturn 0;
}
static void none_is_refused(void **state)
{
\tassert_int_equal(check(low - 1), 1);
}
static void some_pass(void **state)
{
\tassert_int_equal(check(low), 0);
\tassert_int_equal(check(7), 0);
}
int main(void)
{
\tconst struct CMUnitTest tests[] = {
\t\tcmocka_unit_test(none_is_refused),
\t\tcmocka_unit_test(some_pass),
\t};
\treturn cmocka_run_group_tests(tests, set_up, NULL);
}
''',
}
# The same and more, and no cmocka.
SEEING = dict(PROJECT, **{'main.c': '''int check(int x);
int main(void)
{
\treturn check(0) == 1 && check(1) == 0 && check(99) == 0 && check(100) == 2 ? 0 : 1;
}
'''})
UNSEEN = {
    'src/mini.c | if (x > 99) | cond-off: if (((x > 99)) && 0)': 'survived',
    'src/mini.c | if (x > 99) | swap: if (x >= 99)': 'survived',
    'src/mini.c | if (x > 99) | early: return 0; if (x > 99)': 'survived',
    'src/mini.c | positive, small, NULL, | row-drop: positive, NULL,': 'survived',
}


def campaign_over(project, folder, *options):
    """The end of a campaign over a project, and what became of each mutant."""
    def sources(_):
        return ((name, text.encode()) for name, text in project.items())
    explained = pathlib.Path(folder, 'explained.txt')
    explained.write_text('%s | told\nsrc/mini.c | gone | edit | told\n' % next(iter(UNSEEN)))
    with contextlib.ExitStack() as restored, contextlib.redirect_stdout(io.StringIO()) as out:
        for name, value in (('sources', sources), ('EXPLAINED', explained),
                            ('MODULES', {'mini': (['src/*.c'], ['mini'])})):
            restored.callback(setattr, mutate, name, getattr(mutate, name))
            setattr(mutate, name, value)
        end = mutate.main(['--scratch', folder, *options])
    log = pathlib.Path(folder, 'matrix.jsonl' if '--matrix' in options else 'results.jsonl').read_text()
    return end, {r['key']: r['result'] for r in map(json.loads, log.splitlines())}, out.getvalue()


def what_no_test_sees_survives_until_one_does():
    with tempfile.TemporaryDirectory() as folder:
        end, first, out = campaign_over(PROJECT, folder, '--jobs', '2')
        if out.count('# explained, but no such mutant: src/mini.c | gone | edit') != 1:
            return out
        if end != 1 or {k: r for k, r in first.items() if r != 'killed'} != UNSEEN:
            return '%d %r' % (end, first)
        if out.count('    src/mini.c |') != len(UNSEEN) - 1:  # one of them is explained
            return out
        end, then, _ = campaign_over(SEEING, folder, '--survivors')
        told = next(iter(UNSEEN))
        if end != 0 or {k: r for k, r in then.items() if r != 'killed'} != {told: 'survived'}:
            return '%d %r' % (end, then)
    return None


# With a copy of one of its tests, and of less.
COPIED = dict(PROJECT, **{'main.c': PROJECT['main.c'].replace('''static void some_pass''', '''static void one_passes(void **state)
{
\tassert_int_equal(check(low), 0);
}
static void one_is_refused(void **state)
{
\tassert_int_equal(check(low - 1), 1);
}
static void some_pass''').replace('\t\tcmocka_unit_test(some_pass),\n', '''\t\tcmocka_unit_test(some_pass),
\t\tcmocka_unit_test(one_passes),
\t\tcmocka_unit_test(one_is_refused),
''')})


def the_matrix_names_what_adds_nothing():
    names = 'mini/mini/none_is_refused', 'mini/mini/one_is_refused', 'mini/mini/one_passes', 'mini/mini/some_pass'
    with tempfile.TemporaryDirectory() as folder:
        _, _, plain = campaign_over(PROJECT, folder, '--matrix')
    with tempfile.TemporaryDirectory() as folder:
        _, results, out = campaign_over(COPIED, folder, '--matrix')
    if {k: r for k, r in results.items() if r != 'killed'} != UNSEEN:
        return '%r' % results
    for name, other in zip(names, (names[1], names[0], names[3], names[2])):
        if not re.search(r'^ +\d+  %s, all by %s$' % (name, other), out, re.M):
            return out
    return plain if 'of these 0 another' not in plain else None


def every_module_has_its_sources():
    for module, (patterns, _) in mutate.MODULES.items():
        for pattern in patterns:
            if not list(mutate.ROOT.glob(pattern)):
                return '%s has no %s' % (module, pattern)
    return None


def every_mutant_changes_its_source_and_has_a_key_of_its_own():
    seen = set()
    for m in mutate.all_mutants(mutate.ROOT, mutate.MODULES, None):
        if m.was == m.now:
            return 'nothing changes: %s' % m.key
        if m.key in seen:
            return 'twice: %s' % m.key
        seen.add(m.key)
    return None if len(seen) > 1000 else '%d mutants' % len(seen)


def every_explanation_has_its_mutant():
    return '; '.join(mutate.gone(list(mutate.all_mutants(mutate.ROOT, mutate.MODULES, None)))) or None


def every_explanation_has_its_four_parts():
    for key in mutate.explained():
        if len(key.split(' | ')) < 3 or not (mutate.ROOT / key.split(' | ')[0]).exists():
            return key
    return None


def main():
    tests = [('operator %s finds what it should' % op, lambda op=op: operator_finds(op))
             for op in EXPECTED]
    for f in (no_other_operator, every_mutant_of_the_sample_compiles,
              planted_mutants_run_as_built_ones,
              what_no_test_sees_survives_until_one_does, the_matrix_names_what_adds_nothing,
              every_explanation_has_its_mutant, every_module_has_its_sources,
              every_mutant_changes_its_source_and_has_a_key_of_its_own,
              every_explanation_has_its_four_parts):
        tests.append((re.sub('_', ' ', f.__name__), f))
    print('1..%d' % len(tests))
    failed = 0
    for i, (name, test) in enumerate(tests, 1):
        trouble = test()
        failed += trouble is not None
        print('%s %d - %s' % ('ok' if trouble is None else 'not ok', i, name))
        if trouble is not None:
            print('# ' + trouble)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
