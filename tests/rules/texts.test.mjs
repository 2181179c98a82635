// The texts of the program, and the checker itself on small made-up trees.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { check, readTexts } from "./texts.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("every text that is used is there in both languages, well written, and none is left over", () => {
  assert.ok(Object.keys(readTexts(root)).length > 400);
  assert.deepEqual(check(root), []);
});

const sound = {
  "web/texts/desk.json": '{"title": {"zh": "窗口，{{count}} 件", "en": "Window, {{count}}"}, "state_open": {"zh": "开放", "en": "Open"}, "error_gone": {"zh": "没有了。", "en": "Gone."}}',
  "web/templates/desk/page.mustache": "<h1>[[desk.title]]</h1>",
  "src/desk/pages.cc": 'auto a = words(language, fmt::format("desk.state_{}", name)); return c.refused(404, "desk", "gone");\nstd::string_view names[] = {"open"};',
};
const atRunTime = { "desk.state_*": [{ file: "src/desk/pages.cc", from: "names[] = {" }] };

function violations(change = {}, made = atRunTime, ahead = {}) {
  const folder = mkdtempSync(join(tmpdir(), "yimen-texts-"));
  try {
    for (const [path, text] of Object.entries({ ...sound, ...change })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return check(folder, made, ahead);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const textsWith = (key, zh, en) => ({ "web/texts/desk.json": JSON.stringify({ ...JSON.parse(sound["web/texts/desk.json"]), [key]: { zh, en } }) });

test("a sound tree has nothing wrong", () => assert.deepEqual(violations(), []));

test("a key that no text has is seen, in a template, in C++, in a refusal and made at run time", () => {
  assert.match(violations({ "web/templates/desk/other.mustache": "[[ desk.other ]]" })[0], /other\.mustache: no text for desk\.other/);
  assert.match(violations({ "src/desk/other.cc": 'words(l, "desk.other")' })[0], /other\.cc: no text for desk\.other/);
  assert.match(violations({ "src/desk/other.cc": 'c.refused(409, "desk", "other")' })[0], /no text for desk\.error_other/);
  assert.match(violations({ "src/desk/pages.cc": sound["src/desk/pages.cc"].replace('{"open"}', '{"open", "shut"}') })[0], /no text for desk\.state_shut/);
});

test("a key put together at run time must say from what", () => {
  assert.match(violations({}, {}).join("\n"), /does not say what desk\.state_\* is filled with/);
  assert.match(violations({ "src/desk/other.cc": 'words(l, "desk.kind_" + kind)' })[0], /desk\.kind_\*/);
  assert.match(violations({ "src/desk/other.cc": 'c.refused(409, "desk", name(error))' })[0], /desk\.error_\*/);
  assert.match(violations({}, { "desk.state_*": [{ file: "src/desk/pages.cc", from: "moved[] = {" }] })[0], /found no words/);
});

test("a text that nothing uses is seen, unless it is written ahead, and then until it is used", () => {
  const change = textsWith("later_on", "以后", "Later");
  assert.deepEqual(violations(change), ["desk.later_on: nothing uses this text"]);
  assert.deepEqual(violations(change, atRunTime, { "desk.later*": "a page to come" }), []);
  assert.match(violations({ ...change, "src/desk/other.cc": 'words(l, "desk.later_on")' }, atRunTime, { "desk.later*": "" })[0], /is used now/);
  assert.match(violations({}, atRunTime, { "desk.later*": "" })[0], /has no text/);
});

test("bad writing is seen", () => {
  const wrong = (zh, en) => violations({ ...textsWith("title", zh, en) })[0];
  assert.match(wrong("窗口,{{count}} 件", "Window, {{count}}"), /half-width/);
  assert.match(wrong("{{count}} 件?", "{{count}}"), /half-width/);
  assert.match(wrong("窗口，{{count}} 件", "窗口 {{count}}"), /Chinese in the English/);
  assert.match(wrong("窗口，{{count}} 件", "Window"), /en none/);
  assert.match(wrong("", "Window"), /both say something/);
});
