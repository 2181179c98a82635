// What bench/rules_bench.cc measures, in feelin (npm): a table of 100 rules, each rule's cells as unary tests, in order, until one
// row fits; and the same expressions. Prints one JSON object of counts a second. Usage: node bench/feelin.mjs [SECONDS]
import { evaluate, unaryTest } from "feelin";

const seconds = Number(process.argv[2] ?? 3);
const premises = ["food", "laundry", "garage", "clinic", "school", "hotel", "factory", "office", "site", "market"];
const rows = [];
for (let i = 0; i < 100; ++i) {
  const band = i % 10;
  rows.push([`"${premises[Math.floor(i / 10)]}"`, band === 9 ? ">= 450" : `[${band * 50}..${band * 50 + 50})`, band % 2 ? "-" : "true, false", `"class ${i}"`]);
}

let tests = 0;
function fits(cell, value) {
  if (cell === "-") return true;
  ++tests;
  return unaryTest(cell, { "?": value }).value === true;
}

function table(turn) {
  const input = [premises[turn % 10], (turn * 7) % 520, turn % 3 === 0];
  const row = rows.find((r) => fits(r[0], input[0]) && fits(r[1], input[1]) && fits(r[2], input[2]));
  if (!row || evaluate(row[3], {}).value === null) throw new Error("no rule matched");
}

// How often a second, over as many turns as fit into the time.
function rate(act) {
  const from = performance.now();
  let turns = 0;
  while (performance.now() - from < seconds * 1000) act(turns++);
  return turns / ((performance.now() - from) / 1000);
}

const tables = rate(table), from = performance.now();
tests = 0;
while (performance.now() - from < seconds * 1000) table(tests);
const unaryTests = tests / ((performance.now() - from) / 1000);
const expression = (text) => rate(() => evaluate(text, { a: 12, b: "abc" }));
console.log(JSON.stringify({
  tables, unaryTests,
  arithmetic: expression("a * 3 + 2 > 20"),
  condition: expression('if starts with(b, "a") and a in [1..20] then "yes" else "no"'),
  loop: expression("sum(for i in 1..10 return i * a)"),
}));
