# SPDX-License-Identifier: Apache-2.0
"""Malformed and contradictory Pabulib files through `yihu-tally count`.

usage: badfiles.py YIHU_TALLY. Each is one change to a good file; each must
end with status 1, a message that names what is wrong, and no crash. Prints TAP.
"""
import os
import re
import subprocess
import sys
import tempfile

GOOD = """META
key;value
description;Yard
country;China
unit;Jishan
instance;2025
num_projects;3
num_votes;3
budget;100
vote_type;approval
rule;greedy
date_begin;01.06.2025
date_end;02.06.2025
PROJECTS
project_id;cost;name
a;60;Trees
b;50;Lamps
c;40;Bench
VOTES
voter_id;vote
1;a,b
2;a
3;c
"""
POINTS = (GOOD.replace("vote_type;approval", "vote_type;cumulative\nmax_sum_points;10")
          .replace("voter_id;vote\n1;a,b\n2;a\n3;c", "voter_id;vote;points\n1;a,b;4,6\n2;a;3\n3;c;10"))
RANKS = GOOD.replace("vote_type;approval", "vote_type;ordinal")
SCORES = POINTS.replace("cumulative\nmax_sum_points;10", "scoring\nmax_points;10")

# name, file, text before, text after, what the message must say
BAD = [
    ("no votes section", GOOD, GOOD[GOOD.index("VOTES"):], "", "0 votes"),
    ("no projects section", GOOD, GOOD[GOOD.index("PROJECTS"):GOOD.index("VOTES")], "", "line 14"),
    ("no META section", GOOD, "META\n", "", "META"),
    ("META twice", GOOD, "PROJECTS\n", "META\nkey;value\nPROJECTS\n", "line 14"),
    ("sections in another order", GOOD, "META\n", "VOTES\n", "META"),
    ("no rule", GOOD, "rule;greedy\n", "", "rule"),
    ("rule twice", GOOD, "rule;greedy\n", "rule;greedy\nrule;greedy\n", "rule"),
    ("an unknown rule", GOOD, "rule;greedy", "rule;lottery", "lottery"),
    ("an empty rule", GOOD, "rule;greedy", "rule;", "rule"),
    ("majority of approvals", GOOD, "rule;greedy", "rule;majority", "consent"),
    ("greedy-threshold without one", GOOD, "rule;greedy", "rule;greedy-threshold", "threshold"),
    ("comparison for greedy", GOOD, "rule;greedy", "rule;greedy\ncomparison;1", "comparison"),
    ("phragmen of points", POINTS, "rule;greedy", "rule;phragmen", "cumulative"),
    ("no budget", GOOD, "budget;100\n", "", "budget"),
    ("a budget of words", GOOD, "budget;100", "budget;much", "line 9"),
    ("a negative budget", GOOD, "budget;100", "budget;-100", "line 9"),
    ("a budget with an exponent", GOOD, "budget;100", "budget;1e2", "line 9"),
    ("a budget with three decimals", GOOD, "budget;100", "budget;100.005", "line 9"),
    ("a huge budget", GOOD, "budget;100", "budget;" + "9" * 40, "line 9"),
    ("a budget beyond exact numbers", GOOD, "budget;100", "budget;90071992547409.92", "line 9"),
    ("no vote_type", GOOD, "vote_type;approval\n", "", "vote_type"),
    ("an unknown vote_type", GOOD, "vote_type;approval", "vote_type;shouting", "shouting"),
    ("cumulative without a sum", POINTS, "max_sum_points;10\n", "", "max_sum_points"),
    ("more projects than said", GOOD, "num_projects;3", "num_projects;2", "num_projects"),
    ("fewer projects than said", GOOD, "num_projects;3", "num_projects;4", "num_projects"),
    ("more votes than said", GOOD, "num_votes;3", "num_votes;2", "num_votes"),
    ("fewer votes than said", GOOD, "num_votes;3", "num_votes;4", "num_votes"),
    ("a count of words", GOOD, "num_votes;3", "num_votes;three", "num_votes"),
    ("a count with decimals", GOOD, "num_votes;3", "num_votes;3.5", "num_votes"),
    ("a huge count", GOOD, "num_votes;3", "num_votes;99999999999999999999", "num_votes"),
    ("no project_id column", GOOD, "project_id;cost", "id;cost", "project_id"),
    ("no cost column", GOOD, "project_id;cost;name", "project_id;price;name", "cost"),
    ("a column twice", GOOD, "project_id;cost;name", "project_id;cost;cost", "cost"),
    ("a project twice", GOOD, "b;50;Lamps", "a;50;Lamps", "line 17"),
    ("a project without an id", GOOD, "b;50;Lamps", ";50;Lamps", "line 17"),
    ("a project without a cost", GOOD, "b;50;Lamps", "b;;Lamps", "line 17"),
    ("a project for nothing", GOOD, "b;50;Lamps", "b;0;Lamps", "line 17"),
    ("a negative cost", GOOD, "b;50;Lamps", "b;-50;Lamps", "line 17"),
    ("a cost of words", GOOD, "b;50;Lamps", "b;fifty;Lamps", "line 17"),
    ("a huge cost", GOOD, "b;50;Lamps", "b;" + "9" * 60 + ";Lamps", "line 17"),
    ("a cost in hexadecimal", GOOD, "b;50;Lamps", "b;0x32;Lamps", "line 17"),
    ("a field too few", GOOD, "b;50;Lamps", "b;50", "line 17"),
    ("a field too many", GOOD, "b;50;Lamps", "b;50;Lamps;x", "line 17"),
    ("a quote never closed", GOOD, "b;50;Lamps", 'b;50;"Lamps', "line 17"),
    ("text after a quote", GOOD, "b;50;Lamps", 'b;50;"Lamps"x', "line 17"),
    ("no voter_id column", GOOD, "voter_id;vote", "who;vote", "voter_id"),
    ("no vote column", GOOD, "voter_id;vote", "voter_id;choice", "vote"),
    ("a voter twice", GOOD, "2;a\n", "1;a\n", "line 22"),
    ("a vote for nobody's project", GOOD, "2;a\n", "2;z\n", "line 22"),
    ("an empty id in a vote", GOOD, "1;a,b", "1;a,,b", "line 21"),
    ("min_length over max_length", GOOD, "rule;greedy", "rule;greedy\nmin_length;3\nmax_length;2", "length"),
    ("a vote field too many", GOOD, "2;a\n", "2;a;b\n", "line 22"),
    ("points with decimals", POINTS, "1;a,b;4,6", "1;a,b;4,5.5", "line 22"),
    ("points of words", POINTS, "1;a,b;4,6", "1;a,b;4,six", "line 22"),
    ("no points column", POINTS, "voter_id;vote;points", "voter_id;vote;marks", "points"),
    ("a quorum of words", GOOD, "rule;greedy", "rule;greedy\nquorum;most", "quorum"),
    ("a quorum over one", GOOD, "rule;greedy", "rule;greedy\nquorum;>3/2", "quorum"),
    ("a quorum over nothing", GOOD, "rule;greedy", "rule;greedy\nquorum;>1/0", "quorum"),
    ("support of nobody", GOOD, "rule;greedy", "rule;greedy\nsupport;>1/2 friends", "support"),
    ("support of the decided without consent", GOOD, "rule;greedy", "rule;greedy\nsupport;>1/2 decided", "decided"),
    ("a NUL", GOOD, "Lamps", "La\0mps", "17"),
    ("a NUL in a vote", GOOD, "2;a\n", "2;a\0\n", "22"),
]
# One bad ballot is void and named; the rest is counted.
VOID = [
    ("too long a vote", GOOD, "rule;greedy", "rule;greedy\nmax_length;1", "line 22"),
    ("too short a vote", GOOD, "rule;greedy", "rule;greedy\nmin_length;2", "line 23"),
    ("two projects of choose-1", GOOD, "vote_type;approval", "vote_type;choose-1", "line 21"),
    ("points over the sum", POINTS, "1;a,b;4,6", "1;a,b;5,6", "line 22"),
    ("points too few", POINTS, "1;a,b;4,6", "1;a,b;4", "line 22"),
    ("points too many", POINTS, "1;a,b;4,6", "1;a,b;4,6,1", "line 22"),
    ("negative points", POINTS, "1;a,b;4,6", "1;a,b;4,-6", "line 22"),
    ("huge points", POINTS, "1;a,b;4,6", "1;a,b;4," + "9" * 30, "line 22"),
    ("a score over the most", SCORES, "3;c;10", "3;c;11", "line 24"),
    ("a rank twice", RANKS, "1;a,b", "1;a,b,a", "line 21"),
]
# Counted all the same, with a word on what is odd.
ODD = [
    ("a project twice in a vote", GOOD, "1;a,b", "1;a,a", "line 21, column 2: the project “a” is named twice; it counts once"),
    ("no date", GOOD, "date_begin;01.06.2025\n", "", "“date_begin”, which decides nothing"),
    ("no description", GOOD, "description;Yard\n", "", "“description”, which decides nothing"),
    ("a key of proposals", GOOD, "rule;greedy", "rule;greedy\nmin_project_cost;1", "“min_project_cost” restricts no vote"),
    ("other votes", GOOD, "cost;name\na;60;Trees\nb;50;Lamps\nc;40;Bench", "cost;name;votes\na;60;Trees;2\nb;50;Lamps;7\nc;40;Bench;1",
     "“Lamps” (b): the file has 7 votes, here are 1"),
    ("other winners", GOOD, "cost;name\na;60;Trees\nb;50;Lamps\nc;40;Bench", "cost;name;selected\na;60;Trees;1\nb;50;Lamps;1\nc;40;Bench;0",
     "the file has “Lamps” (b) funded, which is not here: "),
    ("a winner in a way of its own", GOOD, "cost;name\na;60;Trees\nb;50;Lamps\nc;40;Bench", "cost;name;selected\na;60;Trees;1\nb;50;Lamps;2\nc;40;Bench;1",
     "“Lamps” (b) is 2 in the file's column “selected”"),
]
# No rule is named: by each, and which have the winners of the file's column.
WINNERS = "rules with exactly the winners of the file's column “selected”: "
# By these a and c are funded, by equalshares a alone.
A_AND_C = ("greedy, greedy-no-skip, greedy-exclusive, equalshares/add1, equalshares/add1u, equalshares/add1e, "
           "equalshares/add1eu, phragmen\n")
NEAREST = "no rule here has exactly the winners of the file's column “selected”; nearest, with "
UNNAMED = [
    ("the winners of some", "unknown", ("selected", 1, 0, 1), WINNERS + A_AND_C),
    ("the winners of one", "unknown", ("selected", 1, 0, 0), WINNERS + "equalshares\n"),
    ("near some", "unknown", ("selected", 0, 0, 1), NEAREST + "1 project different: " + A_AND_C),
    ("near one", "greedy-custom", ("selected", 0, 1, 0), NEAREST + "2 projects different: equalshares\n"),
    ("a winner in a way of its own", "greedy-custom", ("selected", 1, 0, 2),
     "“Bench” (c) is 2 in the file's column “selected”", WINNERS + "greedy, greedy-no-skip, "
     "greedy-exclusive, equalshares, equalshares/add1, equalshares/add1u, equalshares/add1e, equalshares/add1eu, phragmen\n"),
    ("no winners told", "unknown", ("votes", 2, 1, 1)),
]
RAW = [
    ("an empty file", b"", ""),
    ("one byte", b"M", ""),
    ("only a BOM", b"\xef\xbb\xbf", ""),
    ("not UTF-8", GOOD.encode().replace(b"Lamps", b"La\xffmps"), "17"),
    ("half a character", GOOD.encode().replace(b"Lamps", b"\xe4\xb8"), "17"),
    ("a surrogate", GOOD.encode().replace(b"Lamps", b"\xed\xa0\x80"), "17"),
    ("UTF-16", GOOD.encode("utf-16"), ""),
    ("a picture", bytes(range(256)) * 64, ""),
    ("a page of the web", b"<!DOCTYPE html><title>404</title>", "META"),
    ("a line of 20 MB", GOOD.replace("Lamps", "x" * (20 << 20)).replace("num_votes;3", "num_votes;9").encode(), ""),
    ("a line of 100 MB", GOOD.replace("Lamps", "x" * (100 << 20)).encode(), "larger"),
]
GOOD_ONES = [
    ("the file itself", GOOD.encode()),
    ("with CRLF", GOOD.replace("\n", "\r\n").encode()),
    ("with a BOM", b"\xef\xbb\xbf" + GOOD.encode()),
    ("with both", b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()),
    ("with the columns votes and selected", GOOD.replace("cost;name", "cost;name;votes;selected")
     .replace("Trees", "Trees;2;1").replace("Lamps", "Lamps;1;0").replace("Bench", "Bench;1;1").encode()),
    ("with decimals", GOOD.replace("b;50;", "b;50.00;").encode()),
    ("with quotes", GOOD.replace("Lamps", '"La;""m""ps"').encode()),
    ("without a last LF", GOOD.rstrip("\n").encode()),
]


class Runner:
    def __init__(self, tally, folder):
        self.tally, self.n = tally, 0
        self.path = os.path.join(folder, "file.pb")

    def run(self, data, *options):
        with open(self.path, "wb") as f:
            f.write(data)
        done = subprocess.run([self.tally, "count", self.path, *options], capture_output=True, timeout=120,
                              env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"})
        return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")

    def result(self, ok, name, why):
        self.n += 1
        print(f"{'ok' if ok else 'not ok'} {self.n} - {name}")
        if not ok:
            print("# " + why[:600].replace("\n", "\n# "))

    def once(self, name, data, says):
        status, out, err = self.run(data, "--compare")
        self.result(status == 1 and err.count(says) == 1, "said once: " + name, f"{status} {out} {err}")

    def refuse(self, name, data, says, *options):
        status, out, err = self.run(data, *options)
        sane = status == 1 and not out and "Sanitizer" not in err and err.startswith("yihu-tally: ")
        self.result(sane and says in err and len(err) < 2000, "refused: " + name, f"{status} {out} {err}")

    def void(self, name, data, says):
        status, out, err = self.run(data, "--json", "--lot", "0" * 64)
        self.result(status == 0 and says in err and "this ballot is void" in err and re.search("[12] ballots? break", err)
                    and out.startswith("{"), "void: " + name, f"{status} {out} {err}")

    def odd(self, name, data, says):
        status, out, err = self.run(data, "--json", "--lot", "0" * 64)
        self.result(status == 0 and says in err and out.startswith("{"), "told: " + name, f"{status} {out} {err}")

    def by_each(self, name, data, *says):
        status, out, err = self.run(data)
        counted = out.startswith("1: greedy ·") and "names no rule by which it can be counted" in err
        told = all(err.count(text) == 1 for text in says) if says else "selected" not in err
        self.result(status == 0 and counted and told, "by every rule: " + name, f"{status} {out} {err}")

    def without_a_rule(self, name, data):
        status, out, err = self.run(data)
        self.result(status == 1 and not out and "names no rule" not in err, "no rule: " + name, f"{status} {out} {err}")

    def accept(self, name, data, *options):
        status, out, err = self.run(data, "--json", *options)
        self.result(status == 0 and '"funded":["a","c"]' in out
                    and all("the same winner" in line for line in err.splitlines()), "counted: " + name,
                    f"{status} {out} {err}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        r = Runner(sys.argv[1], folder)
        for name, data in GOOD_ONES:
            r.accept(name, data)
        for key in ("threshold;1", "min_project_score_threshold;1", "comparison;1", "eligibility;1"):
            r.accept(f"another rule without its {key}",
                     GOOD.replace("rule;greedy", f"rule;greedy-threshold\n{key}").encode(), "--rule", "greedy")
        for name, text, old, new, says in BAD:
            assert text.count(old) >= 1, name
            r.refuse(name, text.replace(old, new, 1).encode(), says)
        for name, text, old, new, says in VOID:
            assert text.count(old) >= 1, name
            r.void(name, text.replace(old, new, 1).encode(), says)
        for name, text, old, new, says in ODD:
            assert text.count(old) >= 1, name
            r.odd(name, text.replace(old, new, 1).encode(), says)
        for name, rule, column, *says in UNNAMED:
            text = GOOD.replace("rule;greedy", "rule;" + rule)
            text = text.replace("cost;name\na;60;Trees\nb;50;Lamps\nc;40;Bench",
                                "cost;name;%s\na;60;Trees;%d\nb;50;Lamps;%d\nc;40;Bench;%d" % column)
            r.by_each(name, text.encode(), *says)
        unknown = GOOD.replace("rule;greedy", "rule;unknown")
        r.by_each("with CRLF", unknown.replace("\n", "\r\n").encode())
        r.accept("by one rule, where none is named", unknown.encode(), "--rule", "greedy")
        r.without_a_rule("a vote that looks like one", GOOD.replace("rule;greedy\n", "").replace("1;a,b", "rule;unknown").encode())
        line = GOOD.replace("rule;greedy", "min_project_score_threshold;1\nrule;greedy-threshold").replace("2;a\n", "2;z\n")
        r.refuse("a line below one that --rule leaves out", line.encode(), "line 23,", "--rule", "greedy")
        r.once("a fault of the file, by every rule", GOOD.replace("2;a\n", "2;z\n").encode(), "line 22,")
        for name, data, says in RAW:
            r.refuse(name, data, says)
        print(f"1..{r.n}")


main()
