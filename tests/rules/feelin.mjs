// Evaluates the corpus of FEEL expressions in yimen and in npm's feelin. The corpus is feel/*.txt: an expression a line, or
// "tests VALUE : CELL" for unary tests of a value; "#" begins a heading. By itself (`node tests/rules/feelin.mjs`) this prints every
// difference as a line of JSON; feelin.test.mjs holds them against the list of those that are explained. Given a folder of the DMN
// conformance kit it takes the literal expressions of its models instead, those that need no input; who is right there the kit says.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { evaluate, FeelDate, FeelDateTime, FeelDuration, FeelTime, isFunction, isRange, unaryTest } from "feelin";

export const program = process.env.YIMEN_PROGRAM ?? fileURLToPath(new URL("../../build/release/yimen", import.meta.url));

export function corpus() {
  const folder = fileURLToPath(new URL("feel", import.meta.url));
  const lines = readdirSync(folder).sort().flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
  return lines.filter((line) => line.trim() && !line.startsWith("#"));
}

// {expression} or, of "tests VALUE : cell", the cell and the value it tests.
function read(line) {
  const tests = line.match(/^tests (.*?) : (.*)$/);
  return tests ? { expression: tests[2], context: { "?": JSON.parse(tests[1]) }, tests: true } : { expression: line };
}

export function ours(lines) {
  const input = lines.map((line) => JSON.stringify(read(line))).join("\n");
  const out = execFileSync(program, ["rules", "evaluate"], { input, encoding: "utf8", maxBuffer: 1 << 26 });
  return out.trimEnd().split("\n").map((line) => {
    const answer = JSON.parse(line);
    return "fault" in answer ? "fault" : shown(answer.value);
  });
}

export function theirs(lines) {
  return lines.map((line) => {
    const { expression, context, tests } = read(line);
    try {
      return shown((tests ? unaryTest : evaluate)(expression, context ?? {}).value);
    } catch (error) {
      return error.name === "SyntaxError" || /^(Incomplete|Unrecognized) /.test(error.message) ? "fault" : "thrown";
    }
  });
}

// Doubles keep 15 digits for certain.
const number = (n) => (Number.isFinite(n) ? String(Number(n.toPrecision(14))) : String(n));

// A value of either as text: moments and durations by their kind, members by name.
function shown(value) {
  if (value === null || value === undefined) return "null";
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object") return typeof value === "function" ? "function" : String(value);
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  for (const [kind, type] of [["date", FeelDate], ["time", FeelTime], ["date and time", FeelDateTime]])
    if (value instanceof type) return `${kind} ${value}`;
  if (value instanceof FeelDuration) return `duration ${value}`;
  if (isRange(value)) return range(value);
  if (isFunction(value)) return "function";
  if (value.type && value.text !== undefined) return value.type === "function" ? "function" : `${value.type.replace(/.*duration/, "duration")} ${value.text}`;
  return `{${Object.keys(value).sort().map((name) => `${name}: ${shown(value[name])}`).join(", ")}}`;
}

function range(r) {
  const end = (v) => (typeof v === "object" && v !== null ? `@"${v}"` : shown(v));
  return `range ${r["start included"] ? "[" : "("}${end(r.start)}..${end(r.end)}${r["end included"] ? "]" : ")"}`;
}

// The literal expressions of the models below a folder that compile without a name from outside.
export function expressionsOfKit(folder) {
  const entities = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  const found = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".dmn")).flatMap((name) =>
    [...readFileSync(join(folder, name), "utf8").matchAll(/<(?:\w+:)?literalExpression[^>]*>\s*<(?:\w+:)?text>([^<]*)</g)].map(([, text]) =>
      text.replace(/&(lt|gt|quot|apos|amp);/g, (_, entity) => entities[entity]).replace(/\s*\n\s*/g, " ").trim()));
  const lines = [...new Set(found)].filter((text) => text && !text.startsWith("tests "));
  const outcomes = ours(lines);
  return lines.filter((_, i) => outcomes[i] !== "fault");
}

export function differences(lines = corpus()) {
  const a = ours(lines), b = theirs(lines);
  return lines.map((expression, i) => ({ expression, yimen: a[i], feelin: b[i] })).filter((d) => d.yimen !== d.feelin);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = process.argv[2] ? expressionsOfKit(process.argv[2]) : corpus();
  const found = differences(lines);
  for (const difference of found) console.log(JSON.stringify(difference));
  console.log(`${lines.length} expressions, ${found.length} differences`);
}
