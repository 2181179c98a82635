// Holds our FEEL against npm's feelin over a corpus of expressions: where they differ, feelin-differences.json says who is right by
// DMN 1.5 and why. Of an expression in neither engine's favour ("unsettled") the text can be read both ways.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { corpus, differences, program } from "./feelin.mjs";

const skip = !existsSync(program) && "no program is built";
const explained = JSON.parse(readFileSync(new URL("feelin-differences.json", import.meta.url), "utf8"));
const listed = explained.flatMap((group) => group.differences);

test("every expression has one outcome in both engines, or a difference that is explained", { skip }, () => {
  assert.ok(corpus().length >= 300);
  assert.deepEqual(differences().map((d) => JSON.stringify(d)).sort(), listed.map((d) => JSON.stringify(d)).sort());
});

test("every explanation says who is right, after which clause and why", () => {
  for (const { right, clause, why, differences } of explained) {
    // Where feelin is right, ours is to be mended and not explained.
    assert.ok(["yimen", "both", "unsettled"].includes(right), right);
    assert.match(clause, /^10\.3\./);
    assert.ok(why.length > 20 && differences.length > 0, clause);
  }
});

test("no expression stands in the corpus twice", () => {
  const lines = corpus();
  assert.deepEqual(lines.filter((line, i) => lines.indexOf(line) !== i), []);
});

test("evaluation of lines answers each by one line, whatever it is", { skip }, () => {
  const lines = ['{"expression":"fee * 1.06","context":{"fee":100}}', "no JSON", '{"expression":"1 +"}', "[]", '{"expression":"?","context":{"a":2,"?":1},"tests":true}',
    '{"expression":"a","context":[]}', "x".repeat(2 << 20), '{"expression":"[1/3, @\\"2026-11-24\\", {a: \\"\\\\n\\"}]"}'];
  const run = () => execFileSync(program, ["rules", "evaluate"], { input: lines.join("\n") + "\n", encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] });
  let out;
  assert.throws(run, (error) => { out = error.stdout; return error.status === 1; });
  const answers = out.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.equal(answers.length, lines.length);
  assert.deepEqual(answers[0], { value: 106, notes: [] });
  for (const i of [1, 3, 5, 6]) assert.match(answers[i].fault, /^no request: /);
  assert.ok(answers[2].position >= 3);
  assert.match(out, /0\.3333333333333333333333333333333333,\{"type":"date","text":"2026-11-24"\},\{"a":"\\n"\}/);
});
