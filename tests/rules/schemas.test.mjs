// The JSON Schemas that editors complete the catalogue's files with: every file is as they say, and what they refuse the program
// refuses too.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));
const catalogue = join(root, "data/catalogue");
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true });
for (const name of readdirSync(join(root, "data/schemas"))) ajv.addSchema(JSON.parse(readFileSync(join(root, "data/schemas", name), "utf8")), name);

// Types of licences stand beside the catalogue.
const licences = readdirSync(join(root, "data/licences")).filter((name) => name.endsWith(".yaml")).map((name) => `../licences/${name}`);

function schemaOf(path) {
  if (path.startsWith("../licences/")) return "licence.json";
  if (path === "../records.yaml") return "records.json";
  const parts = path.split("/");
  if (path.endsWith("/item.yaml")) return "item.json";
  if (path.endsWith("/form.yaml") || parts[0] === "forms") return "form.json";
  if (path.endsWith("/department.yaml")) return "department.json";
  if (parts[1] === "families") return "family.json";
  if (parts[2] === "golden") return "golden.json";
}
// As the program reads YAML: dates and codes stay text.
const read = (text) => parse(text, { schema: "core", version: "1.2" });
function faults(schema, text) {
  const validate = ajv.getSchema(schema);
  return validate(read(text)) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
}
const files = [...readdirSync(catalogue, { recursive: true }).map(String).filter((path) => path.endsWith(".yaml") && schemaOf(path)), ...licences, "../records.yaml"];

test("every file of the catalogue is as its schema says", () => {
  const wrong = files.flatMap((path) => faults(schemaOf(path), readFileSync(join(catalogue, path), "utf8")).map((fault) => `${path}: ${fault}`));
  assert.deepEqual(wrong.slice(0, 20), []);
  assert.ok(files.length > 30);
});

test("a schema named in a file is the one for such files", () => {
  for (const path of files) {
    const named = readFileSync(join(catalogue, path), "utf8").match(/^# yaml-language-server: \$schema=(\S+)/);
    if (!named) continue;
    assert.ok(existsSync(join(catalogue, path, "..", named[1])), `${path}: ${named[1]} is not there`);
    assert.equal(named[1].split("/").at(-1), schemaOf(path), path);
  }
});

test("the schema of items knows the themes and life events there are", () => {
  const item = JSON.parse(readFileSync(join(root, "data/schemas/item.json"), "utf8"));
  for (const [file, key] of [["themes.yaml", "themes"], ["life-events.yaml", "life_events"]]) {
    const names = read(readFileSync(join(catalogue, file), "utf8"))[key].map((one) => one.name);
    assert.deepEqual([...item.properties[key].items.enum].sort(), names.sort());
  }
});

const washing = "greening/vehicle-washing-filing/item.yaml";
const broken = [
  ["a misspelt name", washing, "popularity:", "popularty:"],
  ["a number that is too high", washing, "popularity: 65", "popularity: 650"],
  ["a text in one language", washing, "title: {zh: 注销备案，当场办结, en: Closing filed at once}", "title: 注销备案"],
  ["a channel that does not exist", washing, "visits: 0", "visits: 0\nchannels: [window, phone]"],
  ["an item type that does not exist", washing, 'item_type: "10"', 'item_type: "11"'],
  ["a code of the wrong length", washing, '"311019205000"', '"31101920500"'],
  ["a theme that does not exist", washing, "themes: [open-business", "themes: [open-busines"],
  ["a life event that does not exist", washing, "life_events: [start-company", "life_events: [start-compny"],
  ["nobody who may apply", washing, "applicants: [organisation]", "applicants: []"],
  ["a review plan that does not exist", washing, "review_plan: sole", "review_plan: alone"],
  ["decided on the spot by three levels", washing, "review_plan: sole", "review_plan: three_level"],
  ["a material without an explanation", washing, "explanation: {zh: 产权证或者租赁合同。, en: Title or lease.}", ""],
  ["a question of choice without choices", washing, "kind: yes_no", "kind: choice"],
  ["an exemption without a reason", washing, "exempt_because: {zh: 电子证照库已有，免于提交, en: Held by the e-licence library}", ""],
  ["an exemption by whom there is nobody", washing, "organisation:drainage-permit", "company:drainage-permit"],
  ["no legal basis", washing, /legal_basis:\n(?: .*\n)+/, ""],
  ["a credit code with a letter that none has", "water/department.yaml", "11310120MB2F700144", "11310120MI2F700144"],
  ["a department without a name", "water/department.yaml", /^name: .*$/m, ""],
  ["a field of no known kind", "water/drainage-permit-new/form.yaml", "kind: phone", "kind: telephone"],
  ["an effect that does not exist", "water/drainage-permit-change/item.yaml", "licence_effect: change", "licence_effect: alter"],
  ["a licence without values", "../licences/drainage-permit.yaml", /values:\n(?:  - .*\n)+/, ""],
  ["a licence whose values come from nowhere", "../licences/drainage-permit.yaml", "from: authority.name", "from: authority.phone"],
  ["a licence with years and months", "../licences/drainage-permit.yaml", "valid_for: {years: 5}", "valid_for: {years: 5, months: 6}"],
  ["a registration of something else than organisations", "../licences/business-licence.yaml", "kind: company,", "kind: club,"],
  ["a licence number without a serial", "../licences/drainage-permit.yaml", "{serial}", "serial"],
  ["a field without a label", "water/drainage-permit-new/form.yaml", /label: \{zh: 手机号码.*/, ""],
];

const program = join(root, "build/release/yimen");
test("what a schema refuses, the program refuses too", { skip: existsSync(program) ? false : "build/release/yimen is not built" }, () => {
  for (const [what, path, from, to] of broken) {
    const text = readFileSync(join(catalogue, path), "utf8");
    const changed = text.replace(from, to);
    assert.notEqual(changed, text, `${what}: nothing changed`);
    assert.notDeepEqual(faults(schemaOf(path), changed), [], `the schema accepts ${what}`);
    const around = mkdtempSync(join(tmpdir(), "yimen-catalogue-")), folder = join(around, "catalogue");
    try {
      mkdirSync(folder);
      cpSync(join(root, "data/licences"), join(around, "licences"), { recursive: true });
      for (const part of ["themes.yaml", "life-events.yaml", "forms", "greening", "water"])
        cpSync(join(catalogue, part), join(folder, part), { recursive: true });
      writeFileSync(join(folder, path), changed);
      const checked = spawnSync(program, ["catalogue", "check", folder], { encoding: "utf8" });
      assert.equal(checked.status, 1, `the program accepts ${what}`);
      assert.match(checked.stdout, new RegExp(`${path.replace("../", "").replaceAll("/", "\\/")}:\\d+: `), what);
    } finally {
      rmSync(around, { recursive: true });
    }
  }
});
