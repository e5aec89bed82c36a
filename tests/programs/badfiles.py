# SPDX-License-Identifier: Apache-2.0
"""Malformed and contradictory Pabulib files through `yihu-tally count`.

usage: badfiles.py YIHU_TALLY. Each is one change to a good file; each must
end with status 1, a message that names what is wrong, and no crash. Prints TAP.
"""
import os
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
    ("a threshold for greedy", GOOD, "rule;greedy", "rule;greedy\nthreshold;2", "threshold"),
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
    ("a project twice in a vote", GOOD, "1;a,b", "1;a,a", "line 21"),
    ("an empty id in a vote", GOOD, "1;a,b", "1;a,,b", "line 21"),
    ("too long a vote", GOOD, "rule;greedy", "rule;greedy\nmax_length;1", "line 22"),
    ("too short a vote", GOOD, "rule;greedy", "rule;greedy\nmin_length;2", "line 23"),
    ("min_length over max_length", GOOD, "rule;greedy", "rule;greedy\nmin_length;3\nmax_length;2", "length"),
    ("a vote field too many", GOOD, "2;a\n", "2;a;b\n", "line 22"),
    ("two projects of choose-1", GOOD, "vote_type;approval", "vote_type;choose-1", "line 21"),
    ("points over the sum", POINTS, "1;a,b;4,6", "1;a,b;5,6", "line 22"),
    ("points too few", POINTS, "1;a,b;4,6", "1;a,b;4", "line 22"),
    ("points too many", POINTS, "1;a,b;4,6", "1;a,b;4,6,1", "line 22"),
    ("negative points", POINTS, "1;a,b;4,6", "1;a,b;4,-6", "line 22"),
    ("points with decimals", POINTS, "1;a,b;4,6", "1;a,b;4,5.5", "line 22"),
    ("huge points", POINTS, "1;a,b;4,6", "1;a,b;4," + "9" * 30, "line 22"),
    ("points of words", POINTS, "1;a,b;4,6", "1;a,b;4,six", "line 22"),
    ("no points column", POINTS, "voter_id;vote;points", "voter_id;vote;marks", "points"),
    ("a score over the most", SCORES, "3;c;10", "3;c;11", "line 24"),
    ("a rank twice", RANKS, "1;a,b", "1;a,b,a", "line 21"),
    ("a quorum of words", GOOD, "rule;greedy", "rule;greedy\nquorum;most", "quorum"),
    ("a quorum over one", GOOD, "rule;greedy", "rule;greedy\nquorum;>3/2", "quorum"),
    ("a quorum over nothing", GOOD, "rule;greedy", "rule;greedy\nquorum;>1/0", "quorum"),
    ("support of nobody", GOOD, "rule;greedy", "rule;greedy\nsupport;>1/2 friends", "support"),
    ("support of the decided without consent", GOOD, "rule;greedy", "rule;greedy\nsupport;>1/2 decided", "decided"),
    ("no date", GOOD, "date_begin;01.06.2025\n", "", "date_begin"),
    ("no description", GOOD, "description;Yard\n", "", "description"),
    ("a NUL", GOOD, "Lamps", "La\0mps", "17"),
    ("a NUL in a vote", GOOD, "2;a\n", "2;a\0\n", "22"),
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

    def refuse(self, name, data, says):
        status, out, err = self.run(data)
        sane = status == 1 and not out and "Sanitizer" not in err and err.startswith("yihu-tally: ")
        self.result(sane and says in err and len(err) < 2000, "refused: " + name, f"{status} {out} {err}")

    def accept(self, name, data, *options):
        status, out, err = self.run(data, "--json", *options)
        self.result(status == 0 and '"funded":["a","c"]' in out and not err, "counted: " + name,
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
        for name, data, says in RAW:
            r.refuse(name, data, says)
        print(f"1..{r.n}")


main()
