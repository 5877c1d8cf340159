"""The judged disagreements of tmpguard and its peers: judged.tsv, and which group a disagreement belongs to."""

import collections
import csv
import fnmatch
import re
import sys
from pathlib import Path

FILE = Path(__file__).resolve().parent / "judged.tsv"
TMPGUARD, PEER = "tmpguard", "peer"
RIGHT = ("tmpguard", "peer", "both")
COLUMNS = ["tools", "only", "unparsed", "path", "line", "right", "reason"]

# `side` says who alone reports it; `unparsed` whether the peer said that it cannot parse the file; `text` is the line.
Disagreement = collections.namedtuple("Disagreement", "tool side unparsed path line text")


class Group:
    """A row: which tools (a list with commas, * for all), who alone reports, whether the peer could not parse the file,
    the file (a pattern), the source line (a regular expression for all of it), who is right, and why."""

    def __init__(self, row):
        self.tools, self.side, unparsed, self.path, text, self.right, self.reason = row
        self.unparsed = {"yes": True, "no": False}[unparsed]
        self.text = re.compile(text)
        self.count = 0
        if self.side not in (TMPGUARD, PEER) or self.right not in RIGHT or not self.reason:
            raise ValueError(f"bad row: {row}")

    def holds(self, one):
        return (self.side == one.side and self.unparsed == one.unparsed
                and (self.tools == "*" or one.tool in self.tools.split(","))
                and fnmatch.fnmatchcase(one.path, self.path) and self.text.fullmatch(one.text) is not None)


def read_groups():
    with open(FILE, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if rows[0] != COLUMNS:
        sys.exit(f"{FILE} does not begin with the names of its columns")
    return [Group(row) for row in rows[1:]]


def judge(disagreements):
    """Print the groups with how much each holds, and what is in none or in several. The exit code: 1 for those."""
    groups = read_groups()
    bad = []
    for one in disagreements:
        fitting = [group for group in groups if group.holds(one)]
        for group in fitting:
            group.count += 1
        if len(fitting) != 1:
            bad.append((len(fitting), one))
    print("\n| lines | tools | reported by | right | reason |\n|---|---|---|---|---|")
    for group in sorted(groups, key=lambda group: -group.count):
        if group.count:
            print(f"| {group.count} | {group.tools} | {group.side} alone | {group.right} | {group.reason} |")
    for number, one in bad:
        print(f"in {number} groups: {one.tool}, {one.side} alone, unparsed: {one.unparsed}, {one.path}:{one.line}: {one.text}")
    print(f"\n{len(disagreements)} disagreements, {len(bad)} of them not judged")
    return 1 if bad else 0
