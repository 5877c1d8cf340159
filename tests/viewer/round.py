#!/usr/bin/env python3
"""round.py MULTITOOL LOG…: Microsoft's SARIF library, which viewers are made with, reads each log into its objects and
writes it again: no field is lost or changed but those that say what is so without them.
round.py MULTITOOL --files FOLDER TEXT… -- LOG…: what it reads from the files, which are below FOLDER, is one of the texts at
each region, and the fingerprints that it computes are those of the log."""

import json
import subprocess
import sys
from pathlib import Path


def written_again(multitool, log, *options):
    """The log, once the library has read it and written it again."""
    path = Path(log)
    result = path.with_name(path.name + ".again")
    subprocess.run([multitool, "rewrite", log, "--output", result, "--log", "ForceOverwrite", *options], check=True,
                   capture_output=True)
    return json.loads(result.read_text(encoding="utf-8"))


def is_said_otherwise(owner, key):
    """Is it so without the field, by the standard?"""
    return (owner[key] in ([], {}) or (key, owner[key]) == ("enabled", True)
            or (key == "ruleId" and owner["rule"]["id"] == owner[key]))


def differences(before, after, place):
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before.keys() | after.keys():
            if key in before and key in after:
                yield from differences(before[key], after[key], f"{place}.{key}")
            elif key in after or not is_said_otherwise(before, key):
                yield f"{place}.{key} is {'new' if key in after else 'lost'}"
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after)):
            yield from differences(one, other, f"{place}[{number}]")
    elif before != after:
        yield f"{place}: {before!r} became {after!r}"


def check_same(multitool, log):
    before = json.loads(Path(log).read_text(encoding="utf-8"))
    after = written_again(multitool, log)
    yield from (f"{log}: {trouble}" for trouble in differences(before, after, ""))
    # A comparison that finds nothing would prove nothing.
    after["runs"][0]["results"].append({})
    assert list(differences(before, after, ""))


def with_places(run, folder):
    """The results without fingerprints, by addresses that the library reads."""
    del run["artifacts"]
    for result in run["results"]:
        del result["partialFingerprints"]
        for location in result["locations"]:
            artifact = location["physicalLocation"]["artifactLocation"]
            location["physicalLocation"]["artifactLocation"] = {"uri": f"{folder.resolve().as_uri()}/{artifact['uri']}"}


def check_files(multitool, log, folder, texts):
    before = json.loads(Path(log).read_text(encoding="utf-8"))
    bare = json.loads(Path(log).read_text(encoding="utf-8"))
    for run in bare["runs"]:
        with_places(run, Path(folder))
    copy = Path(f"{log}.bare")
    copy.write_text(json.dumps(bare), encoding="utf-8")
    after = written_again(multitool, copy, "--insert", "RegionSnippets;RollingHashPartialFingerprints")
    for one, other in zip(before["runs"][0]["results"], after["runs"][0]["results"], strict=True):
        place = other["locations"][0]["physicalLocation"]
        if place["region"]["snippet"]["text"] not in texts:
            yield f"{place} is none of {texts}"
        if one["partialFingerprints"] != other["partialFingerprints"]:
            yield f"{place}: {one['partialFingerprints']}, not {other['partialFingerprints']}"


def main():
    multitool, *logs = sys.argv[1:]
    files = logs[0] == "--files"
    if files:
        end = logs.index("--")
        folder, texts, logs = logs[1], logs[2:end], logs[end + 1:]
    troubles = []
    for log in logs:
        troubles += check_files(multitool, log, folder, texts) if files else check_same(multitool, log)
    print(*troubles[:20], f"{len(logs)} logs, {len(troubles)} troubles", sep="\n")
    sys.exit(bool(troubles) or not logs)


main()
