// node ruff.js MODULES PREVIEW: ruff as a library. Reads a JSON list of files on standard input and writes {FILE:
// {"lines": [line, …], "mentions": [line, …], "unparsed": bool}}. A mention is a
// report of something that is no call. Files about which nothing is said are left out.
"use strict";

const fs = require("fs");
const path = require("path");

const [modules, preview] = process.argv.slice(2);
const ruff = require(path.join(modules, "@astral-sh/ruff-wasm-nodejs"));
const settings = { preview: preview === "preview", lint: { select: ["S306"] } };
let workspace = new ruff.Workspace(settings, ruff.PositionEncoding.Utf32);
// With preview, ruff tells rules by name.
const RULES = ["S306", "suspicious-mktemp-usage"];
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

// With preview, ruff reports the function where it is only named, too.
function isCall(text, one) {
  const line = text.split(/\r\n|\r|\n/)[one.end_location.row - 1];
  return [...line][one.end_location.column - 2] === ")";
}

function check(file) {
  let text;
  try {
    text = decoder.decode(fs.readFileSync(file));
  } catch (error) {
    return { lines: [], mentions: [], unparsed: true }; // ruff reads UTF-8 and nothing else
  }
  let said;
  try {
    said = workspace.check(text);
  } catch (error) { // too deeply nested for it
    workspace = new ruff.Workspace(settings, ruff.PositionEncoding.Utf32);
    return { lines: [], mentions: [], unparsed: true };
  }
  const rows = said.filter((one) => RULES.includes(one.code));
  const lines = rows.filter((one) => isCall(text, one)).map((one) => one.start_location.row);
  const mentions = rows.filter((one) => !isCall(text, one)).map((one) => one.start_location.row);
  return { lines, mentions, unparsed: said.some((one) => one.code === "invalid-syntax") };
}

const files = {};
for (const file of JSON.parse(fs.readFileSync(0, "utf-8"))) {
  const said = check(file);
  if (said.lines.length > 0 || said.mentions.length > 0 || said.unparsed) files[file] = said;
}
fs.writeFileSync(1, JSON.stringify(files));
