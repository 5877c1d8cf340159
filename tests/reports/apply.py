#!/usr/bin/env python3
"""apply.py SARIF ROOT [one]: makes the replacements of a log's fixes in the files below ROOT, as SARIF says they are to be
made; with `one` those of the first fix alone. Prints how many fixes there were."""

import base64
import json
import re
import sys
import urllib.parse
from pathlib import Path


def line_starts(text, newlines):
    ends = "|".join(re.escape(end) for end in sorted(newlines, key=len, reverse=True))
    return [0] + [match.end() for match in re.finditer(ends, text)]


def encoding_of(data):
    """Of a Python file: UTF-8 or latin-1, by the first two lines."""
    return "latin-1" if re.search(rb"coding[:=]\s*latin-1", b"\n".join(data.split(b"\n")[:2])) else "utf-8"


def place(starts, line, column):
    return starts[line - 1] + column - 1


def apply(data, replacements, newlines):
    encoding = encoding_of(data)
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""  # no column
    text = data[len(mark):].decode(encoding, "surrogateescape")
    starts = line_starts(text, newlines)
    cuts = []
    for replacement in replacements:
        region = replacement["deletedRegion"]
        line = region["startLine"]
        content = replacement.get("insertedContent", {})
        with_ = base64.b64decode(content["binary"]).decode(encoding) if "binary" in content else content.get("text", "")
        cuts.append((place(starts, line, region.get("startColumn", 1)),
                     place(starts, region.get("endLine", line), region["endColumn"]), with_))
    for start, end, with_ in reversed(cuts):
        assert start <= end
        text = text[:start] + with_ + text[end:]
    assert cuts == sorted(cuts, key=lambda cut: cut[0]), "the replacements of a file are not in order"
    return mark + text.encode(encoding, "surrogateescape")


def main():
    log, root = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])
    count = 0
    for run in log["runs"]:
        assert run["columnKind"] == "unicodeCodePoints"
        for result in run["results"]:
            for fix in result.get("fixes", []):
                count += 1
                assert fix["description"]["text"]
                (change,) = fix["artifactChanges"]
                assert change["artifactLocation"] == result["locations"][0]["physicalLocation"]["artifactLocation"]
                if len(sys.argv) > 3 and count > 1:
                    continue
                path = root / urllib.parse.unquote(change["artifactLocation"]["uri"])
                path.write_bytes(apply(path.read_bytes(), change["replacements"], run["newlineSequences"]))
    print(count)


main()
