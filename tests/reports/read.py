#!/usr/bin/env python3
"""read.py FOLDER [--hidden]: reads the reports of one run in every format, FOLDER/json and so on, and compares what they
say, field by field, with the JSON. --hidden: suppressed findings were not asked for."""

import base64
import json
import re
import sys
import urllib.parse
import xml.etree.ElementTree
from pathlib import Path

RULE = "py/insecure-temporary-file"
UNUSED = "tmpguard/unused-suppression"


def path_bytes(entry):
    return base64.b64decode(entry["path_bytes"]) if "path_bytes" in entry else entry["path"].encode()


def place(entry):
    return tuple(entry[end][part] for end in ("start", "end") for part in ("line", "column"))


def excused(finding):
    return finding["suppression"] is not None or finding.get("baseline", False)


def same(what, wanted, got):
    if wanted != got:
        for a, b in zip(wanted, got):
            if a != b:
                sys.exit(f"{what}: want {a!r}, got {b!r}")
        sys.exit(f"{what}: want {len(wanted)} entries, got {len(got)}: {(wanted + got)[-1]!r}")


# ---- SARIF ------------------------------------------------------------------


def path_of_uri(location):
    uri = location["uri"]
    if uri.startswith("file://"):
        assert "uriBaseId" not in location
        return urllib.parse.unquote_to_bytes(uri[len("file://"):])
    assert urllib.parse.urlsplit(uri).scheme == ""
    assert location.get("uriBaseId") == (None if uri.startswith("../") else "%SRCROOT%")
    return urllib.parse.unquote_to_bytes(uri)


def sarif_region(region):
    start = region["startLine"], region.get("startColumn", 1)
    return start + (region.get("endLine", start[0]), region["endColumn"])


def sarif_result(result, run):
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert result["ruleId"] == rule["id"] == result["rule"]["id"] and result["rule"]["index"] == result["ruleIndex"]
    (location,) = result["locations"]
    physical = location["physicalLocation"]
    artifact = physical["artifactLocation"]
    if "index" in artifact:
        assert run["artifacts"][artifact["index"]]["location"] == artifact
    got = {"rule": rule["id"], "message": result["message"]["text"], "path": path_of_uri(artifact),
           "place": sarif_region(physical["region"]), "level": result.get("level")}
    got.update(result["properties"])
    if rule["id"] == RULE:
        got["fingerprint"] = result["partialFingerprints"]["primaryLocationLineHash"]
        suppressions = result.get("suppressions", [])
        got["suppression"] = [s["justification"] for s in suppressions if s["kind"] == "inSource"]
        got["baseline"] = [s["justification"] for s in suppressions if s["kind"] == "external"] == ["baseline"]
    return got


def sarif_wanted(finding, history):
    wanted = {key: value for key, value in finding.items() if key not in ("start", "end", "path_bytes")}
    wanted["path"] = path_bytes(finding)
    wanted["place"] = place(finding)
    wanted["level"] = "note" if history and not finding["live"] else None
    wanted["suppression"] = [finding["suppression"]["kind"]] if finding["suppression"] else []
    wanted["baseline"] = finding.get("baseline", False)
    return wanted


def read_sarif(log, report):
    runs = log["runs"]
    history = bool(report["findings"]) and "introduced" in report["findings"][0]
    assert 1 <= len(runs) <= 20
    categories = [run["automationDetails"]["id"] for run in runs]
    assert len(set(categories)) == len(categories) and all(c.startswith("tmpguard/") and c.endswith("/") for c in categories)
    assert ("tmpguard/history/" in categories) == ("commits" in report["stats"])
    for run in runs:
        assert len(run["results"]) <= 5000
        assert run["columnKind"] == "unicodeCodePoints"
        kinds = {"suppressions" in result for result in run["results"]}
        assert len(kinds) <= 1, "some results say whether they are suppressed, some do not"
        uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
        assert len(set(uris)) == len(uris)
        assert run["invocations"][0]["executionSuccessful"] == (not report["incomplete"])
        assert run["tool"]["driver"]["semanticVersion"] == report["tool"]["version"]
    got = [sarif_result(result, run) for run in runs for result in run["results"]]
    wanted = [sarif_wanted(finding, history) for finding in report["findings"]]
    for unused in report.get("unused_suppressions", []):
        wanted.append({"rule": UNUSED, "message": unused["message"], "path": path_bytes(unused), "level": None,
                       "place": place(unused), "kind": unused["kind"], "problem": unused["problem"]})
    same("sarif", wanted, got)
    said = [(n["level"], path_of_uri(n["locations"][0]["physicalLocation"]["artifactLocation"]), n["message"]["text"])
            for n in runs[0]["invocations"][0]["toolExecutionNotifications"]]
    same("sarif notifications", [("error", path_bytes(i), i["reason"]) for i in report["incomplete"]] +
         [("note", path_bytes(n), n["note"]) for n in report.get("notes", [])], said)
    stats = dict(runs[0]["properties"]["stats"])
    same("sarif stats", [{**report["stats"], "milliseconds": 0}], [{**stats, "milliseconds": 0}])
    same("sarif baseline", [report.get("baseline")], [runs[0]["properties"].get("baseline")])


# ---- GitHub -----------------------------------------------------------------


def shown(path):
    """As it stands on a terminal: what it would obey is \\x1b or \\u202e, but for line ends, which the runner gets."""
    text = path.decode("utf-8", "surrogateescape")
    out = ""
    for c in text:
        code = ord(c)
        if 0xDC80 <= code <= 0xDCFF:
            out += f"\\x{code - 0xDC00:02x}"
        elif c in "\r\n":
            out += c
        elif code < 0x20 or 0x7F <= code < 0xA0:
            out += f"\\x{code:02x}"
        elif re.match("[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", c):
            out += f"\\u{code:04x}"
        else:
            out += c
    return out


def unescape(value, pairs):
    for code, character in pairs:
        value = value.replace(code, character)
    return value.replace("%25", "%")


WORDS = (("%0D", "\r"), ("%0A", "\n"))
PROPERTY = WORDS + (("%3A", ":"), ("%2C", ","))


def read_github(lines, report, hidden):
    wanted = []
    for f in report["findings"]:
        if not (hidden and excused(f)):
            same_line = f["start"]["line"] == f["end"]["line"]
            wanted.append(("error" if f["blocks"] else "notice", shown(path_bytes(f)), f["start"]["line"],
                           (f["start"]["column"], f["end"]["column"]) if same_line else f["end"]["line"], RULE, f["message"]))
    for u in report.get("unused_suppressions", []):
        wanted.append(("error", shown(path_bytes(u)), u["start"]["line"], (u["start"]["column"], u["end"]["column"]),
                       "unused-suppression", u["message"]))
    for i in report["incomplete"]:
        wanted.append(("error", shown(path_bytes(i)), None, None, "incomplete", shown(i["reason"].encode())))
    for n in report.get("notes", []):
        wanted.append(("notice", shown(path_bytes(n)), None, None, "note", n["note"]))
    got = []
    for line in lines:
        # As the runner reads it: the first "::" behind the command ends the properties.
        command, rest, words = re.fullmatch(r"::(\w+) (.*?)::(.*)", line).groups()
        p = {key: unescape(value, PROPERTY) for key, value in (item.split("=", 1) for item in rest.split(","))}
        columns = (int(p["col"]), int(p["endColumn"])) if "col" in p else int(p["endLine"]) if "endLine" in p else None
        got.append((command, p["file"], int(p["line"]) if "line" in p else None, columns, p["title"],
                    unescape(words, WORDS).split("\n")[0]))
    same("github", wanted, got)


# ---- GitLab -----------------------------------------------------------------


def read_gitlab(issues, report, hidden):
    wanted = [(RULE, f["message"], "critical" if f["blocks"] else "info", f["path"], place(f))
              for f in report["findings"] if not (hidden and excused(f))]
    wanted += [(UNUSED, u["message"], "minor", u["path"], place(u)) for u in report.get("unused_suppressions", [])]
    wanted += [("tmpguard/incomplete", i["reason"], "blocker", i["path"], (1, 1, 1, 1)) for i in report["incomplete"]]
    got = []
    for issue in issues:
        location = issue["location"]
        begin, end = location["positions"]["begin"], location["positions"]["end"]
        assert location["lines"] == {"begin": begin["line"], "end": end["line"]}
        assert not location["path"].startswith("./")
        got.append((issue["check_name"], issue["description"], issue["severity"], location["path"],
                    (begin["line"], begin["column"], end["line"], end["column"])))
    same("gitlab", wanted, got)
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert len(set(fingerprints)) == len(fingerprints), "a fingerprint comes twice"
    assert all(re.fullmatch("[0-9a-f]{64}", fingerprint) for fingerprint in fingerprints)


# ---- GitLab's SAST report ---------------------------------------------------


def filled(value, keys):
    """Are these members of an object there, texts and not empty?"""
    return all(isinstance(value[key], str) and value[key] for key in keys)


def sast_shape(sast):
    """What its schema, 15.0.4, asks for of the members that there are."""
    assert set(sast) == {"version", "schema", "scan", "vulnerabilities", "remediations"}
    assert re.fullmatch(r"15\.[0-9]+\.[0-9]+", sast["version"]) and sast["version"] in sast["schema"]
    scan = sast["scan"]
    assert scan["type"] == "sast" and scan["status"] in ("success", "failure")
    for end in ("start_time", "end_time"):
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}", scan[end]), scan[end]
    assert scan["start_time"] <= scan["end_time"]
    for program in (scan["analyzer"], scan["scanner"]):
        assert filled(program, ("id", "name", "version")) and filled(program["vendor"], ("name",))
    for message in scan["messages"]:
        assert message["level"] in ("info", "warn", "fatal") and filled(message, ("value",))
    for found in sast["vulnerabilities"]:
        assert filled(found, ("id", "name", "description", "severity")) and len(found["name"]) <= 255
        assert found["severity"] in ("Info", "Unknown", "Low", "Medium", "High", "Critical")
        assert re.fullmatch("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}", found["id"]), found["id"]
        assert [(i["type"], i["value"]) for i in found["identifiers"]] == [("codeql_rule", RULE), ("cwe", "377")]
        for identifier in found["identifiers"]:
            assert filled(identifier, ("name",)) and identifier["url"].startswith("https://")
        assert isinstance(found["location"]["file"], str)
        assert len(found.get("solution", "")) <= 7000
    ids = [found["id"] for found in sast["vulnerabilities"]]
    assert len(set(ids)) == len(ids), "an id comes twice"
    for remedy in sast["remediations"]:
        assert filled(remedy, ("summary",)) and base64.b64decode(remedy["diff"], validate=True).startswith(b"--- ")
        assert [fixed["id"] in ids for fixed in remedy["fixes"]] == [True]


def read_sast(sast, report, hidden):
    sast_shape(sast)
    wanted = []
    for f in report["findings"]:
        if (hidden and excused(f)) or not f.get("live", True):
            continue
        at = f.get("now", f)
        wanted.append((f["message"], "High" if f["blocks"] else "Info", at["path"], at["start"]["line"], at["end"]["line"]))
    got = [(v["description"], v["severity"], v["location"]["file"], v["location"]["start_line"], v["location"]["end_line"])
           for v in sast["vulnerabilities"]]
    same("gitlab-sast", wanted, got)
    assert sast["scan"]["status"] == ("failure" if report["incomplete"] else "success")
    said = [("fatal", f"{i['path']}: {i['reason']}") for i in report["incomplete"]]
    said += [("warn", f"{u['path']}:{u['start']['line']}: {u['message']}") for u in report.get("unused_suppressions", [])]
    said += [("info", f"{n['path']}: {n['note']}") for n in report.get("notes", [])]
    same("gitlab-sast messages", said, [(m["level"], m["value"]) for m in sast["scan"]["messages"]])


# ---- JUnit ------------------------------------------------------------------


def in_xml(text):
    """What XML has no characters for is shown."""
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", lambda match: f"\\x{ord(match[0]):02x}", text)
    return re.sub("[\ufffe\uffff]", "\ufffd", text)


def junit_wanted(report):
    for f in report["findings"]:
        why = f["suppression"]["kind"] if f["suppression"] else "baseline" if f.get("baseline") else "past"
        yield (in_xml(f["path"]), f["function"], f["start"], f["end"], f["fingerprint"],
               ("failure", f["message"]) if f["blocks"] else ("skipped", why))
    for u in report.get("unused_suppressions", []):
        yield in_xml(u["path"]), "unused-suppression", u["start"], None, None, ("failure", u["message"])
    for i in report["incomplete"]:
        yield in_xml(i["path"]), "incomplete", None, None, None, ("error", in_xml(i["reason"]))


def junit_case(case):
    name, _, where = case.get("name").partition(" ")
    p = {item.get("name"): item.get("value") for item in case.iter("property")}
    end = dict(zip(("line", "column"), map(int, p["end"].split(":")))) if p else None
    start = dict(zip(("line", "column"), map(int, where.split(":")))) if where else None
    assert case.get("file") == case.get("classname") and (not start or int(case.get("line")) == start["line"])
    assert p.get("function", name) == name
    outcome = [child for child in case if child.tag != "properties"][0]
    return case.get("classname"), name, start, end, p.get("fingerprint"), (outcome.tag, outcome.get("message"))


def read_junit(root, report):
    (suite,) = root
    cases = list(suite)
    wanted = list(junit_wanted(report))
    if wanted:
        same("junit", wanted, [junit_case(case) for case in cases])
    else:
        assert len(cases) == 1 and len(cases[0]) == 0
    for element in (root, suite):
        assert int(element.get("tests")) == len(cases)
        for count, outcome in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(element.get(count)) == len(list(suite.iter(outcome)))


# ---- HTML -------------------------------------------------------------------


def html_commits(cell):
    return [(div.find("time").get("datetime"), div.find("code").text, div.find("code").tail.strip()) for div in cell]


def told_commit(commit):
    author = commit["author"].partition(" <")[0]
    return commit["date"], commit["commit"][:12], in_xml(f"{author}: {commit['subject']}").strip()


def read_html(root, report, hidden):
    """Of a history the commits are compared as sets: the same call of several branches is one row."""
    history = "commits" in report["stats"]
    wanted, commits = set(), [set(), set()]
    for f in report["findings"]:
        if hidden and excused(f):
            continue
        state = "excused" if f["suppression"] else "known" if f.get("baseline") else \
            "past" if history and not f["live"] else "live"
        where = f.get("now", f)
        wanted.add((state, f"{in_xml(where['path'])}:{where['start']['line']}:{where['start']['column']}", f["function"]))
        for number, name in enumerate(("introduced", "removed") if history else ()):
            if f[name]:
                commits[number].add(told_commit(f[name]))
    got, shown = set(), [set(), set()]
    for row in root.iter("tr"):
        if row.get("data-state"):
            cells = list(row)
            got.add((row.get("data-state"), cells[1].find("code").text, cells[2].find("code").text))
            assert cells[0].text == row.get("data-state")
            for number in range(2 if history else 0):
                shown[number].update(html_commits(cells[3 + number]))
    if history:
        assert got <= wanted, sorted(got - wanted)
    else:
        same("html", sorted(wanted), sorted(got))
    same("html commits", [sorted(each) for each in commits], [sorted(each) for each in shown])
    text = " ".join(root.itertext())
    for i in report["incomplete"]:
        assert in_xml(i["reason"]) in text
    assert not any("//" in value for item in root.iter() for value in item.attrib.values()), "it asks the network"


def main():
    folder, hidden = Path(sys.argv[1]), "--hidden" in sys.argv[2:]
    texts = {name: (folder / name).read_bytes().decode("utf-8") for name in ("json", "sarif", "github", "gitlab", "gitlab-sast", "junit", "html")}
    for name, text in texts.items():
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text), f"{name}: a control character"
    report = json.loads(texts["json"])
    read_sarif(json.loads(texts["sarif"]), report)
    read_github(texts["github"].split("\n")[:-1], report, hidden)
    read_gitlab(json.loads(texts["gitlab"]), report, hidden)
    read_sast(json.loads(texts["gitlab-sast"]), report, hidden)
    read_junit(xml.etree.ElementTree.fromstring(texts["junit"]), report)
    read_html(xml.etree.ElementTree.fromstring(texts["html"]), report, hidden)
    print(f"{len(report['findings'])} findings, {len(report['incomplete'])} incomplete")


main()
