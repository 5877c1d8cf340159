// validate.js NODE_MODULES FILE…: each is SARIF, by the published schema. Ends with 1 and says where one is not.
"use strict";
const fs = require("fs");
const path = require("path");
const modules = process.argv[2];
const Ajv = require(path.join(modules, "ajv"));
const ajv = new Ajv({ schemaId: "auto", allErrors: true, format: "full", unknownFormats: [] });
ajv.addMetaSchema(require(path.join(modules, "ajv/lib/refs/json-schema-draft-04.json")));
const validate = ajv.compile(require(path.join(modules, "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")));
const isSarif = (log) => {
    if (validate(log)) return true;
    for (const error of validate.errors.slice(0, 5)) console.log(`${error.dataPath}: ${error.message}`);
    return false;
};
// A schema that takes anything would prove nothing.
const log = JSON.parse(fs.readFileSync(process.argv[3], "utf8"));
log.runs[0].columnKind = "bytes";
if (validate(log)) {
    console.log("the schema does not look at columnKind");
    process.exit(1);
}
let bad = 0;
for (const file of process.argv.slice(3)) {
    if (isSarif(JSON.parse(fs.readFileSync(file, "utf8")))) continue;
    console.log(`${file} is no SARIF`);
    bad = 1;
}
process.exit(bad);
