// The graph of features, read from CMakeLists.txt: who needs whom. `node tests/rules/graph.mjs` prints the section of
// docs/architecture.md that shows it; with --write it puts the section into that file.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const foundation = ["base", "crypto", "db", "web", "document"];
export const begin = "<!-- graph: made by `node tests/rules/graph.mjs --write` -->";
export const end = "<!-- end of graph -->";

// [{name, folder, needs}] in the order of the file; folder is the one under src/.
export function readGraph(cmake) {
  const bare = cmake.replace(/#.*$/gm, "");
  return [...bare.matchAll(/\byimen_(feature|program)\(\s*([^)]*)\)/g)].map(([, kind, inside]) => {
    const [name, ...words] = inside.trim().split(/\s+/);
    const lists = { NEEDS: [], PACKAGES: [], SOURCE: [] };
    let list = null;
    for (const word of words) {
      if (word in lists) list = lists[word];
      else list?.push(word);
    }
    return { name, folder: kind === "program" ? lists.SOURCE[0].replace(/^src\//, "") : name, needs: lists.NEEDS };
  });
}

export function reachable(graph, from) {
  const needs = new Map(graph.map((f) => [f.name, f.needs]));
  const seen = new Set();
  const visit = (name) => (needs.get(name) ?? []).forEach((n) => seen.has(n) || (seen.add(n), visit(n)));
  visit(from);
  return seen;
}

// Of a feature's needs, those that it does not have through another need as well: what a reader wants to see drawn.
function drawn(graph, feature) {
  const known = graph.filter((f) => feature.needs.includes(f.name));
  return feature.needs.filter((need) => !known.some((other) => reachable(graph, other.name).has(need)));
}

export function section(graph) {
  const edges = graph.flatMap((f) => drawn(graph, f).map((need) => `  ${f.name} --> ${need}`));
  const rows = graph.map((f) => `| ${f.name} | ${f.needs.join(", ") || "—"} |`);
  return [
    begin,
    "An arrow leads from a folder to what it needs. What it needs through another arrow too is not drawn; the table names everything",
    "that a folder may include.",
    "",
    "```mermaid",
    "flowchart TD",
    "  subgraph foundation [\"knows no feature\"]",
    ...foundation.filter((name) => graph.some((f) => f.name === name)).map((name) => `    ${name}`),
    "  end",
    ...edges,
    "```",
    "",
    "| folder | may include |",
    "|---|---|",
    ...rows,
    end,
  ].join("\n");
}

// The document with its section replaced, or added at the end.
export function withSection(document, graph) {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) return `${document.trimEnd()}\n\n${section(graph)}\n`;
  return document.slice(0, from) + section(graph) + document.slice(to + end.length);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = new URL("../../", import.meta.url);
  const graph = readGraph(readFileSync(new URL("CMakeLists.txt", root), "utf8"));
  const file = new URL("docs/architecture.md", root);
  if (process.argv.includes("--write")) writeFileSync(file, withSection(readFileSync(file, "utf8"), graph));
  else console.log(section(graph));
}
