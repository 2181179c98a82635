// Whatever the catalogue says is wrong with an item is told to analysts in both languages: each sentence of its sources stands in the
// list of src/catalogue/fault_words.cc, so that a new one cannot be shown in English on a Chinese page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const literal = /"((?:[^"\\]|\\.)*)"/g;
const plain = (text) => JSON.parse(`"${text}"`);
const sources = ["reader", "read_item", "read_form", "check_form", "check_item", "check_licence", "check_offer", "read_rules", "follow_rules", "try_answers", "evaluating", "item_rules", "check_rules", "check_computed", "outcomes"];

// A sentence is what is handed to a fault, or what a function of such sentences returns; it has words.
function sentencesOf(name) {
  const text = readFileSync(`src/catalogue/${name}.cc`, "utf8");
  return text.replace(/"\s*\n\s*"/g, "").split(";").filter((statement) => /fault\(|faults\w*\.push_back|return (fmt::format\()?"/.test(statement))
    .flatMap((statement) => [...statement.slice(statement.search(/fault|return/)).matchAll(literal)].map(([, found]) => plain(found)))
    .filter((found) => /[a-z]{2,} \S*[a-z]{2,}/.test(found) && !/^(add one|tell them|remove it)/.test(found) && !/^\{\}\{\}/.test(found));
}

// Sentences that go over several lines are one.
const table = readFileSync("src/catalogue/fault_words.cc", "utf8").replace(/"\s*\n\s*"/g, "");
const known = [...table.slice(table.indexOf("sentences[] = {")).matchAll(/^ {4}\{"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\},$/gm)].map(([, message, zh, en]) => ({ message: plain(message), zh: plain(zh), en: plain(en) }));

test("every fault of the catalogue has its sentence in Chinese", () => {
  assert.ok(known.length > 60);
  const generic = { 'a second {} "{}": rename one': 'a second question "{}": rename one' };
  for (const name of sources)
    for (const sentence of sentencesOf(name)) assert.ok(known.some((one) => one.message.replaceAll("{{", "{").replaceAll("}}", "}") === (generic[sentence] ?? sentence)), `src/catalogue/${name}.cc: ${sentence}`);
});

test("no Chinese sentence is in English, and no sentence of either names a file", () => {
  for (const { message, zh, en } of known) {
    assert.match(zh, /[\u4e00-\u9fff]/, message);
    assert.doesNotMatch(zh, /[a-z]{3,} [a-z]{3,} [a-z]{3,}/i, message);
    assert.doesNotMatch(zh + (en || message), /\.yaml/, message);
  }
});
