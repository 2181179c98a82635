// Checks the texts that people read: that each key used is there in both languages, that none is left over, and that the writing
// keeps to the house's punctuation. `check(root)` returns one sentence for each violation.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { ahead, madeAtRunTime, mayHoldChinese } from "./texts_at_run_time.mjs";

function files(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path, ending) : path.endsWith(ending) ? [path] : [];
  });
}

// {"site.name": {zh, en}, …} of all files.
export function readTexts(root) {
  const texts = {};
  for (const file of files(join(root, "web/texts"), ".json"))
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(file, "utf8")))) texts[`${basename(file, ".json")}.${key}`] = text;
  return texts;
}

const quoted = (text) => [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inside]) => inside);
// What stands between `from` and the next `to`.
function between(text, from, to) {
  const begin = text.indexOf(from);
  return begin < 0 ? "" : text.slice(begin + from.length, text.indexOf(to, begin + from.length));
}

// Keys that a source or template names outright, and the stems of those that it puts together: {keys: [[key, at]], stems: [[stem, at]]}.
export function namedIn(root, features) {
  const keys = [], stems = [];
  for (const file of files(join(root, "web/templates"), ".mustache"))
    for (const [, key] of readFileSync(file, "utf8").matchAll(/\[\[\s*([^\]]*?)\s*\]\]/g)) keys.push([key, relative(root, file)]);
  const feature = `(${features.join("|")})`;
  const whole = new RegExp(`^${feature}\\.[a-z0-9_]*[a-z0-9]$`), stem = new RegExp(`^${feature}\\.(?:[a-z0-9_]*_)?(\\{\\}|$)`);
  for (const file of [...files(join(root, "src"), ".cc"), ...files(join(root, "src"), ".h")]) {
    if (/_test\.cc$|testing\.h$/.test(file)) continue;
    const text = readFileSync(file, "utf8").replace(/^\s*(\/\/|#include).*$/gm, "").replace(/\blog::\w+\("[^"]*"/g, ""), at = relative(root, file);
    for (const word of quoted(text)) {
      if (/\.(css|js|svg|json)$/.test(word)) continue;
      if (whole.test(word)) keys.push([word, at]);
      else if (stem.test(word)) stems.push([word.replace(/\{\}/g, "*").replace(/([_.])$/, "$1*"), at]);
    }
    for (const [, name, code] of text.matchAll(/\brefused\([^;]*?,\s*"(\w+)",\s*([^;]*)/g))
      if (/^"\w+"\)/.test(code)) keys.push([`${name}.error_${code.match(/^"(\w+)"/)[1]}`, at]);
      else stems.push([`${name}.error_*`, at]);
  }
  return { keys, stems };
}

// What a stem's stars are filled with, as madeAtRunTime says: one list of words for each way to fill them.
function fillings(root, sources) {
  return sources.flatMap((source) => {
    if (typeof source === "string") return [[source]];
    const text = readFileSync(join(root, source.file), "utf8");
    const part = source.from ? between(text, source.from, source.to ?? "}") : text;
    const words = source.each ? [...part.matchAll(source.each)].map(([, word]) => word) : quoted(part);
    return words.flatMap((word) => source.with ? source.with.map((second) => [word, second]) : [[word]]);
  });
}

function checkWriting(key, { zh, en }) {
  const wrong = [];
  if (!zh?.trim() || !en?.trim()) return [`${key}: zh and en must both say something`];
  if (/[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]/.test(zh.replace(/\{\{?\w+\}?\}/g, "字")))
    wrong.push(`${key}: half-width punctuation in Chinese: ${zh}`);
  if (/[\u4e00-\u9fff，。；：？！、]/.test(en) && !mayHoldChinese.has(key)) wrong.push(`${key}: Chinese in the English text: ${en}`);
  const holes = (text) => [...new Set([...text.matchAll(/\{+\w+\}+/g)].map(([hole]) => hole))].sort().join(" ");
  if (holes(zh) !== holes(en)) wrong.push(`${key}: zh has the places ${holes(zh) || "none"}, en ${holes(en) || "none"}`);
  return wrong;
}

const fits = (pattern, key) => pattern.endsWith("*") ? key.startsWith(pattern.slice(0, -1)) : key === pattern;

function checkAhead(texts, used, waiting) {
  return Object.keys(waiting).flatMap((pattern) => {
    const keys = Object.keys(texts).filter((key) => fits(pattern, key));
    const why = keys.length === 0 ? "has no text" : keys.some((key) => used.has(key)) ? "is used now" : null;
    return why ? [`tests/rules/texts_at_run_time.mjs: ${pattern}, written ahead, ${why}: take its line away`] : [];
  });
}

export function check(root, atRunTime = madeAtRunTime, waiting = ahead) {
  const texts = readTexts(root);
  const { keys, stems } = namedIn(root, [...new Set(Object.keys(texts).map((key) => key.split(".")[0]))]);
  const wrong = [], used = new Set();
  const use = (key, at) => texts[key] ? used.add(key) : wrong.push(`${at}: no text for ${key}`);
  for (const [key, at] of keys) use(key, at);
  for (const [stem, at] of stems)
    if (!atRunTime[stem]) wrong.push(`${at}: tests/rules/texts_at_run_time.mjs does not say what ${stem} is filled with`);
  for (const [stem, sources] of Object.entries(atRunTime)) {
    if (!stems.some(([one]) => one === stem)) wrong.push(`tests/rules/texts_at_run_time.mjs: nothing makes ${stem}`);
    if (sources.some((source) => source.any)) {
      const prefix = stem.replace("*", "");
      Object.keys(texts).filter((key) => key.startsWith(prefix)).forEach((key) => used.add(key));
      continue;
    }
    for (const source of sources)
      if (fillings(root, [source]).length === 0) wrong.push(`tests/rules/texts_at_run_time.mjs: found no words in ${source.file} for ${stem}`);
    for (const [...words] of fillings(root, sources)) use(stem.replace(/\*/g, () => words.shift()), `texts_at_run_time.mjs, ${stem}`);
  }
  for (const [key, text] of Object.entries(texts)) {
    if (!used.has(key) && !Object.keys(waiting).some((pattern) => fits(pattern, key))) wrong.push(`${key}: nothing uses this text`);
    wrong.push(...checkWriting(key, text));
  }
  return [...wrong, ...checkAhead(texts, used, waiting)];
}
