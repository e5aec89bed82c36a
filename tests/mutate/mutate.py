#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks the verifying code in one place at a time and sees whether a test fails.

    tests/mutate/mutate.py --module audit --time 30
    tests/mutate/mutate.py --file src/log/ledger_rules.c
    tests/mutate/mutate.py --module crypto --sample 100 --seed 7
    tests/mutate/mutate.py --file src/log/checkpoint.c --matrix
    tests/mutate/mutate.py --list

The tree is copied to a scratch folder and built there once; each mutant is one
edit (operators.py), and the tests that enter its function until the first
fails. All edits are built at once and chosen when a test runs (schemata.py), and
a test's program is set up once (serve.c). A mutant that no test sees *survives*:
write the test, or say in explained.txt why no test can. The end is 0 when none
survived unexplained. Lines of explained.txt that no mutant of these files has any
more are told.

--matrix runs every test against every mutant that it can see, and at the end
names the tests whose every kill another test also makes: over all files that they
are about, such a test may be a copy.
"""

import argparse
import array
import collections
import concurrent.futures
import difflib
import io
import json
import math
import os
import pathlib
import random
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time

import operators
import schemata

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
EXPLAINED = HERE / 'explained.txt'

# The verifying code and the count, and the suites that can see it, those that know it best first.
MODULES = {
    'audit': (['src/audit/*.c'], ['audit']),
    'public': (['src/public/*.c'], ['public', 'audit', 'fetch']),
    'log': (['src/log/*.c'], ['log', 'audit']),
    'election': (['src/election/*.c'], ['election', 'log', 'audit']),
    'count': (['src/count/*.c'], ['count']),
    'crypto': (['src/crypto/' + name for name in (
        'ceremony.c', 'element.c', 'elgamal.c', 'group.c', 'hash.c', 'mix_file.c', 'note.c',
        'opening.c', 'opening_file.c', 'shuffle_common.c', 'shuffle_verify.c', 'sign.c',
        'threshold.c', 'vkey.c')],
        ['crypto', 'challenges', 'election', 'log', 'audit']),
    'curve': (['src/crypto/' + name for name in (
        'edwards25519.c', 'field25519.c', 'msm.c', 'ristretto255.c')],
        ['crypto', 'challenges']),
}
# Functions that make, sign or write: theirs is the honest part. Those of the
# election module turn other people's formats into a definition, or words into text.
MAKERS = re.compile(r'_make$|prove$|_random$|write_signed$|^yihu_\w+_(?:write|text|sign|sign_line|'
                    r'message_text)$|^(?:draw|decrypt|sign_vote|encrypt_words|put_ballot)$|'
                    r'^yihu_(?:encrypt|reencrypt|sign)$|_(?:free|wipe)$')
SKIPPED_FILES = {'src/election/definition_convert.c'}


SETUP = 10  # seconds of CPU time that a program's group may take to set up


class Mutant(collections.namedtuple('Mutant', 'module path edit line number was now')):
    """was, now: the lines that the edit touches; number: of its like on that line."""

    @property
    def key(self):
        return ' | '.join((self.path, squeeze(self.was), self.name))

    @property
    def name(self):
        suffix = '' if self.number == 1 else ' #%d' % self.number
        return '%s: %s%s' % (self.edit.op, squeeze(self.now), suffix)


def squeeze(text):
    return re.sub(r'\s+', ' ', text).strip()


def lines_around(text, edit):
    start = text.rfind('\n', 0, edit.start) + 1
    end = text.find('\n', max(edit.end - 1, edit.start))
    was = text[start:end]
    return was, text[start:edit.start] + edit.new + text[edit.end:end]


def mutants_of(root, module, path):
    text = (root / path).read_text()
    count = collections.Counter()
    for edit in operators.edits(text, MAKERS):
        was, now = lines_around(text, edit)
        same = (squeeze(was), edit.op, squeeze(now))
        count[same] += 1
        yield Mutant(module, path, edit, text.count('\n', 0, edit.start) + 1, count[same], was, now)


def all_mutants(root, modules, files):
    for module in modules:
        for pattern in MODULES[module][0]:
            for source in sorted(root.glob(pattern)):
                path = str(source.relative_to(root))
                if path not in SKIPPED_FILES and (not files or path in files):
                    yield from mutants_of(root, module, path)


def explained():
    """The keys of explained.txt: file | lines | edit | reason."""
    keys = set()
    for line in EXPLAINED.read_text().splitlines():
        if line.strip() and not line.startswith('#'):
            key, reason = line.rsplit(' | ', 1)
            assert reason.strip(), line
            keys.add(key)
    return keys


def gone(mutants):
    """What is explained of the sources of these mutants and is none of them."""
    paths, keys = {m.path for m in mutants}, {m.key for m in mutants}
    return sorted(key for key in explained() - keys if key.split(' | ')[0] in paths)


def git(*command):
    return subprocess.run(['git', '-C', str(ROOT), *command], check=True,
                          capture_output=True).stdout


def sources(at):
    """Names and contents of the tree, at a commit or as it lies here."""
    if at:
        with tarfile.open(fileobj=io.BytesIO(git('archive', at))) as archive:
            for member in archive:
                if member.isfile():
                    yield member.name, archive.extractfile(member).read()
        return
    listed = git('ls-files', '-z', '--cached', '--others', '--exclude-standard').decode()
    for name in filter(None, listed.split('\0')):
        if (ROOT / name).is_file():
            yield name, (ROOT / name).read_bytes()


class Build:
    """A copy of the tree, built once, and its tests."""

    def __init__(self, scratch, at, jobs):
        self.jobs = jobs
        self.root = scratch / 'tree'
        self.dir = self.root / 'build-mutants'
        self.tmp = scratch / 'tmp'
        self.tmp.mkdir(parents=True, exist_ok=True)
        self.env = dict(os.environ, TMPDIR=str(self.tmp), LC_ALL='C.UTF-8')
        self.copy(at)
        if not (self.dir / 'build.ninja').exists():
            self.run(['meson', 'setup', str(self.dir), str(self.root), '-Dwerror=false',
                      '-Doptimization=1', '-Ddebug=false'])
        self.preload = scratch / 'serve.so'
        self.run(shlex.split(os.environ.get('CC', 'cc')) + [
            '-D_GNU_SOURCE', '-O1', '-fPIC', '-shared', '-I', str(HERE.parent / 'fixture'),
            '-o', str(self.preload), str(HERE / 'serve.c')])
        self.ninja('build.ninja')  # lists tests that came since
        self.planted = {}  # path: the source as it was

    def copy(self, at):
        """Only what differs is written, so that little is built anew."""
        for name, data in sources(at):
            path = self.root / name
            if not path.exists() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                path.chmod(0o755 if data.startswith(b'#!') else 0o644)

    def run(self, command, **more):
        return subprocess.run(command, env=self.env, check=True, stdout=subprocess.DEVNULL, **more)

    def ninja(self, *targets):
        r = subprocess.run(['ninja', '-j%d' % self.jobs, '-C', str(self.dir), *targets], env=self.env,
                           capture_output=True)
        return r.returncode == 0

    def compiler(self, path):
        told = json.loads((self.dir / 'compile_commands.json').read_text())
        for row in told:
            if (self.dir / row['file']).resolve() == self.root / path:
                return row['command'].split(' -o ')[0].replace("'", '')
        return None

    def plant(self, path, edits):
        """Puts all edits, {number: edit}, into a source; tells the numbers that do
        not compile, and of the others those of one function, {first: [numbers]}."""
        text = (self.root / path).read_text()
        bad = set()
        while True:
            good = {n: e for n, e in edits.items() if n not in bad}
            planted, spans, groups = schemata.plant(text, good)
            (self.root / path).write_text(planted)
            r = subprocess.run(shlex.split(self.compiler(path)) +
                               ['-w', '-fdiagnostics-color=never', '-fsyntax-only', '-fmax-errors=0', str(self.root / path)],
                               env=self.env, cwd=self.dir, capture_output=True, text=True)
            if r.returncode == 0:
                break
            wrong = {int(x) for x in re.findall(r'\.c:(\d+):\d+: (?:fatal )?error:', r.stderr)}
            new = {n for n, (a, b) in spans.items() if any(a <= x < b for x in wrong)}
            if not new:
                (self.root / path).write_text(text)
                sys.exit(r.stderr)
            bad |= new
        self.planted[path] = text
        return bad, groups

    def restore(self):
        for path, text in self.planted.items():
            (self.root / path).write_text(text)
        self.planted = {}

    def programs(self, suites):
        told = subprocess.run(['meson', 'introspect', '--tests', str(self.dir)], env=self.env,
                              check=True, capture_output=True).stdout
        found = []
        for t in json.loads(told):
            names = [s.split(':')[-1] for s in t['suite']]
            program = pathlib.Path(t['cmd'][0])
            if program.is_relative_to(self.dir):
                for suite in set(names) & set(suites):
                    found.append(Program(suite, t, str(program.relative_to(self.dir)), self))
        return sorted(found, key=lambda t: (suites.index(t.suite), t.name))


class Program:
    """A test program, run as a whole or one test at a time."""

    def __init__(self, suite, told, target, build):
        self.suite, self.target, self.cmd = suite, target, told['cmd']
        self.name = '%s/%s' % (suite, told['name'])
        self.env = dict(build.env, **told['env'])
        self.needs = [target] + re.findall(re.escape(str(build.dir)) + r'/(tools/[\w-]+)',
                                           ' '.join(told['env'].values()))
        self.cwd = told.get('workdir') or str(build.dir)
        self.tmp, self.preload = build.tmp, build.preload
        self.kills, self.seconds = collections.Counter(), 0.0
        self.served, self.servers = threading.local(), []

    def start(self, **more):
        return subprocess.Popen(self.cmd, cwd=self.cwd, stderr=subprocess.DEVNULL, **more)

    def passes(self, limit, **env):
        """True, False, or None when it used up its seconds of CPU time, which
        does not depend on what else the machine does."""
        own = self.tmp / str(threading.get_ident())  # what it leaves there goes with it
        own.mkdir()
        child = self.start(env=dict(self.env, TMPDIR=str(own), **env), stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL)
        try:
            resource.prlimit(child.pid, resource.RLIMIT_CPU, (limit, limit))
            status = child.wait(20 * limit)
        except subprocess.TimeoutExpired:
            return None
        finally:
            child.kill()
            child.wait()
            shutil.rmtree(own)
        return None if status in (-signal.SIGXCPU, -signal.SIGKILL) else status == 0

    def server(self):
        """This thread's own."""
        if not hasattr(self.served, 'server'):
            self.served.server = Server(self)
            self.servers.append(self.served.server)
        return self.served.server

    def stop(self):
        for server in self.servers:
            server.stop()


class Server:
    """A program with serve.c before it."""

    def __init__(self, program):
        self.child = program.start(
            env=dict(program.env, LD_PRELOAD=str(program.preload), CMOCKA_TEST_ABORT='1'),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        resource.prlimit(self.child.pid, resource.RLIMIT_CPU, (SETUP, resource.RLIM_INFINITY))
        self.names = [self.line() for _ in range(int(self.line() or 0))]

    def line(self):
        for line in self.child.stdout:
            if line.startswith('= '):
                return line[2:].rstrip('\n')
        return None  # no cmocka program, or its group is not set up

    def run(self, number, index, limit, seen='-'):
        """Passes (as above), and the seconds it took."""
        self.child.stdin.write('%d %d %d %s\n' % (number, index, limit, seen))
        self.child.stdin.flush()
        result, used = self.line().split()
        return {'0': True, '1': False, '2': None}[result], int(used) / 1e6

    def stop(self):
        self.child.stdin.close()
        self.child.wait()


class Test:
    """One test of a program, or the whole of one that serve.c cannot serve."""

    def __init__(self, program, index=None, name=None):
        self.program, self.index, self.suite = program, index, program.suite
        self.name = program.name if name is None else '%s/%s' % (program.name, name)
        self.kills, self.seconds = collections.Counter(), 0.0  # of CPU time, undisturbed
        self.enters = set()  # functions, each by its first mutant

    def passes_unbroken(self, limit, seen):
        seen.unlink(missing_ok=True)
        if self.index is None:
            before = cpu_seconds()
            passes = self.program.passes(limit, YIHU_MUTANT_SEEN=str(seen))
            self.seconds = cpu_seconds() - before
        else:
            passes, self.seconds = self.program.server().run(0, self.index, limit, seen)
        self.program.seconds += self.seconds
        if seen.exists():
            self.enters = set(array.array('i', seen.read_bytes()))
        return passes

    def passes(self, number):
        limit = 1 + math.ceil(4 * self.seconds)
        if self.index is None:
            return self.program.passes(limit, YIHU_MUTANT=str(number))
        return self.program.server().run(number, self.index, limit)[0]


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def baseline(build, suites, slowest):
    """The tests that pass on the tree as it is, with the time each takes."""
    good = []
    for program in build.programs(suites):
        if not build.ninja(*program.needs):
            print('# %s does not build and is not used' % program.name)
            continue
        tests = [Test(program, i, name) for i, name in enumerate(program.server().names)]
        for test in tests or [Test(program)]:
            if test.passes_unbroken(slowest, build.dir / 'seen'):
                good.append(test)
            else:
                print('# %s fails or is slow on the tree as it is, and is not used' % test.name,
                      flush=True)
    if not any(test.suite == suites[0] for test in good):
        sys.exit('The tree as it is does not build, or fails its own tests.')
    return good


def in_order(tests, m, group=None):
    """What killed most of its time in the same function, in the same file, in all."""
    def worth(t):
        return [-t.kills[of] / (t.seconds + 0.01) for of in (group, m.path, None)] + [t.seconds]
    return sorted(tests, key=worth)


HANG = ' (hang)'


def unhung(killer):
    return killer.removesuffix(HANG)


def killed_by(test, passes, m, group=None):
    test.kills.update({group, m.path, None})
    return 'killed', test.name + (HANG if passes is None else '')


def try_planted(tests, m, number, group, every):
    """killed (by what) or survived. every: all that kill it."""
    killers = []
    for test in in_order(tests, m, group):
        passes = test.passes(number)
        if not passes:
            killers.append(killed_by(test, passes, m, group)[1])
            if not every:
                break
    return 'killed' if killers else 'survived', killers


def alone(program, tests):
    """Of a program as it is built now: its tests, and whether each passes."""
    if not tests or tests[0].index is None:
        yield program, program.passes(2 + math.ceil(4 * program.seconds), CMOCKA_TEST_ABORT='1')
        return
    server = Server(program)
    for test in tests:
        passes = len(server.names) > 0 and server.run(0, test.index, 1 + math.ceil(4 * test.seconds))[0]
        yield test, passes
    server.stop()


def try_alone(build, programs, m, tests, every):
    """A mutant outside functions, built on its own."""
    path = build.root / m.path
    text = path.read_text()
    path.write_text(text[:m.edit.start] + m.edit.new + text[m.edit.end:])
    killers = []
    try:
        for program in in_order(programs, m):
            if not build.ninja(*program.needs):
                return 'not compiled', []
            own = [t for t in tests if t.program is program] if every else []
            killers += [killed_by(t, passes, m)[1] for t, passes in alone(program, own) if not passes]
            if killers and not every:
                break
        return 'killed' if killers else 'survived', killers
    finally:
        path.write_text(text)


def suites_of(module, options):
    suites = MODULES[module][1]
    return [s for s in suites if s in options.suite] if options.suite else suites


def plant_all(build, mutants, number):
    """The numbers that do not compile, and the function of the others that are
    in one, by its first number."""
    bad, groups = set(), {}
    for path in dict.fromkeys(m.path for m in mutants):
        wrong, found = build.plant(path, {number[m]: m.edit for m in mutants if m.path == path})
        bad |= wrong
        groups.update({n: first for first, all_ in found.items() for n in all_})
    return bad, groups


def try_all(build, mutants, done, options, end):
    """Yields each mutant with what became of it, or nothing when time is up."""
    number = {m: i for i, m in enumerate(mutants, 1)}

    def late():
        return end and time.monotonic() > end

    def attempt(m):
        n = number[m]
        if late():
            return None
        if n in bad:
            return 'not compiled', []
        known = suites_of(m.module, options)
        able = [t for t in tests if t.suite in known and groups[n] in t.enters]
        return try_planted(able, m, n, groups[n], options.matrix)
    tests = []
    try:
        bad, groups = plant_all(build, mutants, number)
        suites = [s for module in dict.fromkeys(m.module for m in mutants)
                  for s in suites_of(module, options)]
        tests = baseline(build, list(dict.fromkeys(suites)), options.slowest)
        for t in tests:
            for row in done:
                if t.name in map(unhung, row['by']):
                    t.kills.update({row['key'].split(' | ')[0], None})
        planted = [m for m in mutants if number[m] in bad or number[m] in groups]
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            yield from zip(planted, pool.map(attempt, planted))
    finally:
        build.restore()
        programs = list(dict.fromkeys(t.program for t in tests))
        for program in programs:
            program.stop()
    for m in mutants:
        if number[m] not in bad and number[m] not in groups:
            able = [p for p in programs if p.suite in suites_of(m.module, options)]
            yield m, None if late() else try_alone(build, able, m, tests, options.matrix)


def show(m):
    print('%s:%d %s' % (m.path, m.line, m.edit.op))
    for line in difflib.unified_diff(m.was.splitlines(), m.now.splitlines(), n=0, lineterm=''):
        if not line.startswith(('---', '+++', '@@')):
            print('    ' + line)
    print('    %s' % m.key, flush=True)


def campaign(options, build, mutants):
    allowed = explained()
    end = time.monotonic() + options.time * 60 if options.time else None
    done, kills = {}, collections.defaultdict(set)
    log = options.scratch / ('matrix.jsonl' if options.matrix else 'results.jsonl')
    if log.exists():
        for line in log.read_text().splitlines():
            row = json.loads(line)
            done[row['key']] = row
    table = collections.defaultdict(collections.Counter)

    def count(m, result, killers):
        for name in map(unhung, killers):
            kills[name].add(m.key)
        if result == 'survived' and m.key in allowed:
            result = 'explained'
        table[m.module][result] += 1
        if result == 'survived':
            show(m)
    wanted = []
    for m in mutants:
        row = done.get(m.key)
        if options.survivors:
            if row is not None and row['result'] == 'survived' and m.key not in allowed:
                wanted.append(m)
        elif row is not None:
            count(m, row['result'], row['by'])
        else:
            wanted.append(m)
    for m, told in try_all(build, wanted, done.values(), options, end) if wanted else ():
        if told is None:
            table[m.module]['not tried'] += 1
            continue
        row = {'key': m.key, 'line': m.line, 'module': m.module, 'result': told[0], 'by': told[1]}
        with log.open('a') as out:
            out.write(json.dumps(row) + '\n')
        count(m, *told)
    return table, kills


def copies(kills):
    """Of {test: mutants that it kills}, each test whose every kill another also
    makes, and what makes them all, where one does: (test, how many, that)."""
    for test, own in sorted(kills.items()):
        others = [(name, theirs) for name, theirs in sorted(kills.items()) if name != test]
        if own <= set().union(*(theirs for _, theirs in others)):
            yield test, len(own), next((name for name, theirs in others if own <= theirs), None)


def show_copies(kills):
    found = list(copies(kills))
    print('\n%d tests kill something; every kill of these %d another also makes:' % (len(kills), len(found)))
    for test, n, by in found:
        print('%6d  %s%s' % (n, test, ', all by %s' % by if by else ''))


COLUMNS = ('killed', 'survived', 'explained', 'not compiled', 'not tried')


def summary(table):
    print('\n%-10s%9s' % ('module', 'mutants') + ''.join('%14s' % c for c in COLUMNS))
    for module, row in table.items():
        print('%-10s%9d' % (module, sum(row.values())) + ''.join('%14d' % row[c] for c in COLUMNS))
    print('CPU time %.1f minutes' % (cpu_seconds() / 60))


def parse(arguments):
    p = argparse.ArgumentParser(description=__doc__.split('\n', 1)[0])
    p.add_argument('--module', action='append', choices=MODULES, help='may be repeated; all without')
    p.add_argument('--file', action='append', help='a source, src/…; may be repeated')
    p.add_argument('--suite', action='append', help='only these tests; may be repeated')
    p.add_argument('--sample', type=int, metavar='N', help='N of the mutants, drawn by --seed')
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--time', type=float, metavar='MINUTES', help='start no mutant after that')
    p.add_argument('--matrix', action='store_true',
                   help='every test against every mutant; name those that add nothing')
    p.add_argument('--list', action='store_true', help='name the mutants, try none')
    p.add_argument('--at', metavar='COMMIT', help='instead of the tree as it lies here')
    p.add_argument('--scratch', type=pathlib.Path, metavar='FOLDER',
                   help='kept, and taken up again: what was tried there is not tried anew')
    p.add_argument('--survivors', action='store_true', help='those of --scratch that nothing explains, anew')
    p.add_argument('--jobs', type=int, default=1, metavar='N', help='mutants at a time')
    p.add_argument('--slowest', type=int, default=60, metavar='SECONDS',
                   help='tests that take more CPU time are not used (60)')
    return p.parse_args(arguments)


def main(arguments):
    options = parse(arguments)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    kept = options.scratch is not None
    if options.list:
        build, root = None, ROOT
    else:
        options.scratch = options.scratch.resolve() if kept else pathlib.Path(
            tempfile.mkdtemp(prefix='yihu-mutants-'))
        build = Build(options.scratch, options.at, options.jobs)
        root = build.root
    mutants = list(all_mutants(root, options.module or MODULES, options.file))
    stale = gone(mutants)
    if options.sample is not None and options.sample < len(mutants):
        chosen = set(random.Random(options.seed).sample(range(len(mutants)), options.sample))
        mutants = [m for i, m in enumerate(mutants) if i in chosen]
    if options.list:
        for m in mutants:
            print('%s:%d %s' % (m.path, m.line, m.name))
        print('%d mutants' % len(mutants))
        return 0
    try:
        table, kills = campaign(options, build, mutants)
    finally:
        if not kept:
            shutil.rmtree(options.scratch)
    for key in stale:
        print('# explained, but no such mutant: %s' % key)
    summary(table)
    if options.matrix:
        show_copies(kills)
    return 1 if any(row['survived'] for row in table.values()) else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
