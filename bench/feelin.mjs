// The same table of 100 rules in feelin (npm), the peer of bench/rules_bench.cc: each rule's cells as unary tests, in order,
// until one row fits. Prints evaluations a second.
import { evaluate, unaryTest } from "feelin";

const premises = ["food", "laundry", "garage", "clinic", "school", "hotel", "factory", "office", "site", "market"];
const rows = [];
for (let i = 0; i < 100; ++i) {
  const band = i % 10;
  rows.push([`"${premises[Math.floor(i / 10)]}"`, band === 9 ? ">= 450" : `[${band * 50}..${band * 50 + 50})`, band % 2 ? "-" : "true, false", `"class ${i}"`]);
}
const fits = (cell, value) => cell === "-" || unaryTest(cell, { "?": value }).value === true;

let turns = 0;
const from = performance.now();
while (performance.now() - from < 3000) {
  const input = [premises[turns % 10], (turns * 7) % 520, turns % 3 === 0];
  const row = rows.find((r) => fits(r[0], input[0]) && fits(r[1], input[1]) && fits(r[2], input[2]));
  if (!row || evaluate(row[3], {}).value === null) throw new Error("no rule matched");
  ++turns;
}
console.log(`feelin: decision table of 100 rules: ${Math.round(turns / ((performance.now() - from) / 1000))} evaluations/s`);
