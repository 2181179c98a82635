// Measures the release beside its peers, in one run on one machine, and prints one table. Started by bin/bench.
import { execFileSync, spawnSync } from "node:child_process";
import { asked, fill } from "./worklist.mjs";
import { importing } from "./exchange.mjs";
import { item, guidance, load, Nginx, password, pgbench, wrk, Yimen, sleep } from "./programs.mjs";

const quick = process.argv.includes("--quick");
const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const seconds = quick ? 1 : 5, rounds = quick ? 1 : 3;
const clients = 32;  // cases under way, and clients of pgbench
const rows = [];

const thousand = (n) => Math.round(n).toLocaleString("en");
const ms = (us) => `${(us / 1000).toFixed(us < 10000 ? 1 : 0)} ms`;
const mb = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function row(what, figure, aim, beside = "") {
  rows.push([what, figure, aim, beside]);
  console.error(`${what}: ${figure}${beside ? ` (${beside})` : ""}`);
}

function failed(figures, what) {
  if (figures.failed) throw new Error(`${what}: ${figures.failed} requests failed ${figures.why ?? ""}`);
}

async function start() {
  for (const kind of ["sqlite", "postgresql"]) {
    const first = await Yimen.start(kind);
    const empty = first.startup, times = [];
    for (let i = 0; i < rounds; ++i) {
      await first.end();
      await first.begin();
      times.push(first.startup);
    }
    await sleep(quick ? 200 : 2000);
    row(`start to first answer, ${kind}`, `${Math.round(median(times))} ms`, "≤ 1 s", `${Math.round(empty)} ms with an empty database`);
    row(`memory when idle, ${kind}`, mb(first.memory()), "≤ 100 MB");
    await first.stop();
  }
}

// Both servers in turn, so that what else the machine does meets both alike; the medians.
async function pages() {
  const yimen = await Yimen.start();
  for (const [name, path] of [["item page", item], ["guidance result", guidance]])
    for (const encoding of ["identity", "br"]) {
      const header = `Accept-Encoding: ${encoding}`;
      const { bytes, encodings } = await rawPage(yimen.port, path, encoding);
      const nginx = await Nginx.start(bytes, encodings);
      const ours = [], theirs = [], checks = [];
      for (let i = 0; i < rounds; ++i) {
        const common = ["--connections", 256, "--seconds", seconds, "--header", header];
        ours.push(await load("pages", ["--port", yimen.port, "--path", path, ...common]));
        theirs.push(await load("pages", ["--port", nginx.port, "--path", "/page", ...common]));
        checks.push(await wrk(`http://127.0.0.1:${yimen.port}${path}`, seconds, [header]));
      }
      await nginx.stop();
      for (const figures of [...ours, ...theirs]) failed(figures, name);
      const of = (runs, key) => median(runs.map((figures) => figures[key]));
      row(`${name}, ${encoding === "br" ? "compressed" : "plain"} (${thousand(bytes.length)} bytes)`,
        `${thousand(of(ours, "per_second"))}/s, p50 ${ms(of(ours, "p50_us"))}, p99 ${ms(of(ours, "p99_us"))}`, "≥ 10,000/s, p99 ≤ 20 ms",
        `nginx, same bytes: ${thousand(of(theirs, "per_second"))}/s, p99 ${ms(of(theirs, "p99_us"))}; wrk on ours: ${thousand(median(checks))}/s`);
    }
  await yimen.stop();
}

// The bytes as they go over the line: fetch would unpack them.
async function rawPage(port, path, encoding) {
  const { get } = await import("node:http");
  return new Promise((done, failed) => get({ host: "127.0.0.1", port, path, headers: { "accept-encoding": encoding } }, (answer) => {
    const parts = [];
    answer.on("data", (part) => parts.push(part));
    answer.on("end", () => done({ bytes: Buffer.concat(parts), encodings: answer.headers["content-encoding"] }));
  }).on("error", failed));
}

async function search() {
  const yimen = await Yimen.start("sqlite", ["--trusted-proxies", "127.0.0.1"]);
  const paths = ["排水", "psxk", "开饭店", "drainage", "网约车", "gongsi", "医保", "洗车"].flatMap((q) => ["--path", `/search?q=${encodeURIComponent(q)}`]);
  const figures = await load("pages", ["--port", yimen.port, ...paths, "--connections", 16, "--seconds", seconds, "--many-addresses"]);
  failed(figures, "search");
  row("search page, 16 people at once", `p95 ${ms(figures.p95_us)}, ${thousand(figures.per_second)}/s`, "p95 ≤ 5 ms");
  await yimen.stop();
  if (!quick) millionItems();
}

// The index alone, with a list as long as a province's.
function millionItems() {
  const program = new URL("../build/release/bench/search_bench", import.meta.url).pathname;
  execFileSync("cmake", ["--build", "build/release", "--target", "search_bench"], { stdio: ["ignore", "ignore", "inherit"] });
  const measured = spawnSync(program, ["--benchmark_format=json"], { encoding: "utf8" });
  if (measured.status !== 0) throw new Error(`search_bench failed: ${measured.stderr}`);
  const { p50_ms, p95_ms, bytes_an_item } = JSON.parse(measured.stdout).benchmarks[0];
  row("search over 1,000,000 items", `p50 ${p50_ms.toFixed(1)} ms, p95 ${p95_ms.toFixed(1)} ms`, "p95 ≤ 20 ms",
    `${Math.round(bytes_an_item)} bytes an item; ${measured.stderr.match(/[\d.]+ s to make/)?.[0] ?? ""}`);
}

// As a clerk of the centre, who sees every department, and an officer, who sees one.
async function worklist() {
  const yimen = await Yimen.start("postgresql");
  const count = quick ? 20_000 : 1_000_000;
  await fill(yimen, count);
  for (const [who, desk] of [["wangfang", "/window"], ["zhaomin", "/review"]]) {
    const header = `Authorization: Bearer ${await yimen.session(who)}`;
    const figures = await load("pages", ["--port", yimen.port, ...asked.flatMap((query) => ["--path", desk + query]), "--connections", 16,
      "--seconds", seconds, "--header", header]);
    failed(figures, `worklist ${desk}`);
    row(`worklist ${desk} over ${thousand(count)} cases, 16 people at once`, `p50 ${ms(figures.p50_us)}, p95 ${ms(figures.p95_us)}, ${thousand(figures.per_second)}/s`,
      "p95 ≤ 10 ms", "searches, filters and exact counts in turn");
  }
  await yimen.stop();
}

// Decision tables and expressions, each engine by itself on one core; ours is compiled once, feelin reads the text each time.
function rules() {
  execFileSync("cmake", ["--build", "build/release", "--target", "rules_bench"], { stdio: ["ignore", "ignore", "inherit"] });
  const program = new URL("../build/release/bench/rules_bench", import.meta.url).pathname;
  const measured = execFileSync(program, ["--benchmark_format=json", `--benchmark_min_time=${quick ? 0.2 : 2}`], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const ours = Object.fromEntries(JSON.parse(measured).benchmarks.map((b) => [b.name, b.items_per_second]));
  const feelin = new URL("feelin.mjs", import.meta.url).pathname;
  const theirs = JSON.parse(execFileSync("node", [feelin, quick ? 0.5 : 3], { encoding: "utf8" }));
  row("decision table of 100 rules, one core", `${thousand(ours["decision table of 100 rules"])} evaluations/s`, "≥ 500,000/s",
    `feelin: ${thousand(theirs.tables)}/s, that is ${thousand(theirs.unaryTests)} unary tests/s`);
  for (const kind of ["arithmetic", "condition", "loop"])
    row(`— expression, ${kind}`, `${thousand(ours[`expression/${kind}`])}/s`, "—", `feelin: ${thousand(theirs[kind])}/s`);
}

async function streams() {
  const yimen = await Yimen.start();
  const count = quick ? 500 : 10000;
  const [clerk, applicant] = [await yimen.session("wangfang"), await yimen.session("zhangwei")];
  const figures = await load("streams", ["--port", yimen.port, "--path", "/live/work", "--header", `Authorization: Bearer ${clerk}`, "--count", count,
    "--process", yimen.process.pid, "--page", item, "--seconds", seconds, ...(await eventTrigger(yimen.port, applicant))]);
  if (figures.open !== count) throw new Error(`only ${figures.open} streams are open`);
  row(`memory with ${thousand(count)} event streams`, mb(figures.memory_with), "≤ 1 GB",
    `${((figures.memory_with - figures.memory_before) / count / 1024).toFixed(1)} KB each; opened in ${figures.open_seconds.toFixed(1)} s`);
  row("a page meanwhile, 8 connections", `p99 ${ms(figures.page_with.p99_us)}, ${thousand(figures.page_with.per_second)}/s`, "—",
    `without streams: p99 ${ms(figures.page_before.p99_us)}, ${thousand(figures.page_before.per_second)}/s`);
  if (figures.event_reached !== undefined)
    row("one event to all of them", figures.event_reached < count ? `reached ${figures.event_reached}` : ms(figures.event_all_us), "—",
      `first after ${ms(figures.event_first_us)}`);
  await yimen.stop();
}

// A case that its applicant takes back is told to every worklist; the request that does so.
async function eventTrigger(port, token) {
  const ask = (path, body) => fetch(`http://127.0.0.1:${port}${path}`, { method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` }, body: JSON.stringify(body) });
  const begun = await ask("/api/cases", { item: "drainage-permit-new", answers: Object.fromEntries(new URLSearchParams(guidance.split("?")[1])) });
  if (begun.status !== 201) return [];
  const { id } = await begun.json();
  return ["--trigger", `POST /api/cases/${id}/withdraw`, "--trigger-header", `Authorization: Bearer ${token}`, "--trigger-body", '{"reason":"bench"}'];
}

async function life() {
  for (const kind of ["postgresql", "sqlite"]) {
    const yimen = await Yimen.start(kind);
    const lives = (seconds, ...more) => load("life", ["--port", yimen.port, "--password", password, "--seconds", seconds, "--at-once", clients, ...more]);
    const peer = async () => (kind === "postgresql" ? pgbench(quick ? 1 : 5, clients) : 0);
    // A planner that has never seen a table full guesses; PostgreSQL looks by itself within a minute of the first load.
    await lives(quick ? 1 : 3);
    if (kind === "postgresql") execFileSync("psql", [yimen.database, "-qc", "ANALYZE"]);
    // The peer before, between and after, so that what else the machine does meets both alike.
    let before = await peer();
    for (const [what, more] of [["seven acts, nothing handed in", ["--without-documents"]], ["ten acts, three documents, a licence", []]]) {
      const figures = await lives(quick ? 1 : 10, ...more);
      failed(figures, `life on ${kind}`);
      const after = await peer(), beside = (before + after) / 2;
      before = after;
      row(`whole life of a case, ${kind}: ${what}`,
        `${thousand(figures.cases_per_second)} cases/s, ${thousand(figures.acts_per_second)} acts/s, life p99 ${ms(figures.life.p99_us)}`,
        kind === "postgresql" ? "≥ 500 cases/s, ≥ 0.35 of pgbench" : "—",
        beside ? `pgbench -N -M prepared: ${thousand(beside)}/s, so ${(figures.acts_per_second / beside).toFixed(2)}` : "");
      for (const [act, times] of Object.entries(figures.acts))
        row(`— ${act}, ${kind}, ${what.split(",")[0]}`, `p50 ${ms(times.p50_us)}, p95 ${ms(times.p95_us)}, p99 ${ms(times.p99_us)}`, "—");
    }
    await yimen.stop();
  }
}

const all = { start, pages, search, worklist, rules, streams, life, import: () => importing(row, quick ? 10_000 : 100_000) };
let broken = 0;
for (const [name, measure] of Object.entries(all)) {
  if (wanted.length && !wanted.includes(name)) continue;
  try {
    await measure();
  } catch (error) {
    console.error(`${name}: ${error.message}`);
    rows.push([name, `not measured: ${error.message.split("\n")[0].slice(0, 160)}`, "", ""]);
    broken = 1;
  }
}
console.log("| what | measured | aim | beside it in the same run |\n|---|---|---|---|");
for (const cells of rows) console.log(`| ${cells.join(" | ")} |`);
process.exit(broken);
