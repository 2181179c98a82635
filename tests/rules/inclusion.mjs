// Checks the house rules on a source tree: who may include whom, where SQL stands, how long a file is, and that nothing is left
// for later. `check(root)` returns one sentence for each violation, with file and line.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, extname, join, relative } from "node:path";
import { begin, end, foundation, readGraph, section } from "./graph.mjs";

const longest = 400;
// In pieces, so that this file does not hold the words it looks for.
const unfinished = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "X" + "XX"].join("|")})\\b`);
const counted = new Set([".h", ".cc", ".mjs", ".ts", ".js", ".scss", ".sql", ".mustache", ".cmake", ".sh", ".txt", ""]);
const read_as_text = new Set([...counted, ".md", ".yaml", ".yml", ".json", ".svg", ".dmn"]);
const walked = ["src", "tests", "web", "bench", "fuzz", "bin", "cmake", "docs", "data"];
// Folders that are made of statements, and the program that wires everything.
const free_of_layers = new Set([...foundation, "ledger", "app"]);

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

function includes(text) {
  return text.split("\n").flatMap((line, i) => {
    const found = line.match(/^\s*#\s*include\s*["<]([^">]+)[">]/);
    return found ? [{ path: found[1], line: i + 1 }] : [];
  });
}

// Whether others may include it: <feature>.h, and what the folder's README lists. A folder without a README is only a contract yet.
function isPublic(root, folder, header) {
  const readme = join(root, "src", folder, "README.md");
  if (!existsSync(readme)) return true;
  const listed = readFileSync(readme, "utf8").match(/^Public headers:(.*)$/m)?.[1] ?? "";
  return header === `${folder}.h` || listed.trim().split(/[\s,]+/).includes(header);
}

const layer = {
  store: (name) => /^store(_\w+)?\.(h|cc)$/.test(name),
  page: (name) => /^(pages|api)(_\w+)?\.(h|cc)$/.test(name),
  test: (name) => /_test\.(h|cc)$/.test(name) || name === "testing.h",
  context: (folder, name) => folder === "identity" && /^context(_\w+)?\.(h|cc)$/.test(name),
};

// Needing only what stands above also means that there is no circle.
function checkGraph(graph) {
  const wrong = [];
  const above = new Set();
  for (const { name, needs } of graph) {
    for (const need of needs)
      if (!above.has(need)) wrong.push(`CMakeLists.txt: ${name} needs ${need}, which does not stand above it`);
    if (foundation.includes(name))
      for (const need of needs)
        if (!foundation.includes(need)) wrong.push(`CMakeLists.txt: ${name} must know nothing of features, but needs ${need}`);
    above.add(name);
  }
  return wrong;
}

function checkInclude(root, feature, name, path, folders) {
  if (path.includes("..")) return "names a path with ..; include from src";
  const [folder, ...rest] = path.split("/");
  if (rest.length === 0 || !folders.has(folder)) return null;
  if (!existsSync(join(root, "src", path))) return "does not exist";
  if (folder === feature.folder) return null;
  if (!feature.needs.includes(folder)) return `is of ${folder}, which ${feature.name}'s line in CMakeLists.txt does not need`;
  if (!isPublic(root, folder, rest.join("/")))
    return `is not public: ${folder}/README.md would have to list it under "Public headers:"`;
  if (free_of_layers.has(feature.folder) || layer.test(name) || layer.context(feature.folder, name)) return null;
  if (folder === "web" && !layer.page(name)) return "is of web, which only pages*.cc, api*.cc and identity/context.* include";
  if (folder === "db" && !layer.store(name)) return "is of db, which only store.*, ledger and identity/context.* include";
  return null;
}

function checkStatements(text, folder, name) {
  if (free_of_layers.has(folder) || layer.store(name) || layer.test(name)) return [];
  return text.split("\n").flatMap((line, i) => {
    const sql = /"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH) [^"]*/.test(line.replace(/\/\/.*$/, ""));
    return sql ? [{ line: i + 1, what: "an SQL statement stands outside store.*" }] : [];
  });
}

function checkFeature(root, feature, folders) {
  return files(join(root, "src", feature.folder)).filter((f) => /\.(h|cc)$/.test(f)).flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const at = relative(root, file);
    const wrong = includes(text).flatMap(({ path, line }) => {
      const why = checkInclude(root, feature, basename(file), path, folders);
      return why ? [`${at}:${line}: "${path}" ${why}`] : [];
    });
    return [...wrong, ...checkStatements(text, feature.folder, basename(file)).map((s) => `${at}:${s.line}: ${s.what}`)];
  });
}

function checkText(root) {
  const all = [...walked.flatMap((folder) => files(join(root, folder))), join(root, "CMakeLists.txt")];
  return all.filter((f) => existsSync(f) && read_as_text.has(extname(f))).flatMap((file) => {
    const at = relative(root, file);
    const lines = readFileSync(file, "utf8").split("\n");
    const wrong = lines.flatMap((line, i) => unfinished.test(line) ? [`${at}:${i + 1}: this leaves something unfinished`] : []);
    if (counted.has(extname(file)) && lines.length - 1 > longest && !at.startsWith("data/"))
      wrong.push(`${at}: has ${lines.length - 1} lines, more than ${longest}; one idea a file`);
    return wrong;
  });
}

function checkFolders(root, graph) {
  const known = new Set(graph.map((f) => f.folder));
  return readdirSync(join(root, "src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !known.has(entry.name))
    .map((entry) => `src/${entry.name}: has no line in CMakeLists.txt`);
}

function checkDrawing(root, graph) {
  const file = join(root, "docs/architecture.md");
  const document = existsSync(file) ? readFileSync(file, "utf8") : "";
  const drawn = document.slice(document.indexOf(begin), document.indexOf(end) + end.length);
  return drawn === section(graph) ? []
    : ["docs/architecture.md: the graph is not that of CMakeLists.txt; run node tests/rules/graph.mjs --write"];
}

export function check(root) {
  const graph = readGraph(readFileSync(join(root, "CMakeLists.txt"), "utf8"));
  const folders = new Set(graph.map((f) => f.folder));
  return [
    ...checkGraph(graph), ...checkFolders(root, graph), ...checkDrawing(root, graph),
    ...graph.flatMap((feature) => checkFeature(root, feature, folders)), ...checkText(root),
  ];
}
