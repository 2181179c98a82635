// A district's whole list: 100,000 items as CSV, imported into an empty database, beside a plain load of the same files into plain
// tables. Run by bench.mjs as the row `import`.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newDatabase } from "./programs.mjs";

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

// GB 32100: the check character behind 17 others.
function creditCode(body) {
  let weight = 1, sum = 0;
  for (const c of body) {
    sum += alphabet.indexOf(c) * weight;
    weight = weight * 3 % 31;
  }
  return body + alphabet[(31 - sum % 31) % 31];
}

const cell = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function table(folder, name, columns, rows) {
  const lines = [columns.join(","), ...rows.map((row) => row.map((one) => cell(String(one))).join(","))];
  writeFileSync(join(folder, `${name}.csv`), `\uFEFF${lines.join("\r\n")}\r\n`);
}

const businesses = ["道路货物运输经营许可", "食品经营许可", "排水许可证核发", "户外广告设置许可", "特种设备使用登记", "医疗机构执业登记"];
const acts = ["新办", "变更", "延续", "补证", "注销"];

export function generate(folder, count) {
  mkdirSync(folder, { recursive: true });
  const departments = Array.from({ length: 40 }, (_, i) => creditCode(`11310120MB2F7${String(i).padStart(4, "0")}`));
  const basic = [], extend = [], material = [], questions = [];
  for (let i = 0; i < count; ++i) {
    const department = departments[i % departments.length], catalogue = `0001${String(i).padStart(8, "0")}`, code = `${department}4${catalogue}`;
    const name = `${businesses[i % businesses.length]}（${acts[i % acts.length]}）第${i}项`;
    basic.push([code, catalogue, name, "01", 1, 1, 4, department, `示范区第${i % 40}局`, i % 5 ? 2 : 1, "1,2", `【行政法规】《有关管理条例》第${i % 60}条\n【部门规章】《有关管理办法》第${i % 30}条`,
      "申请人具备法律、法规规定的条件\n提交的材料真实、完整", "申请\n受理\n审查\n决定\n送达", "1,2", 20, 1, i % 5 ? 7 : 0, 1, "无", 1, 0, "",
      `示范区行政服务中心${i % 9}号窗口`, "周一至周五 9:00–11:30、13:00–17:00", "12345", "12345 投诉", "2026-01-01"]);
    extend.push([code, 1, 1, 1, 5, "许可证", "准营准办", "准营准办", "无"]);
    for (let m = 1; m <= 3; ++m)
      material.push([code, `m${m}`, `${["申请表", "营业执照", "场所证明"][m - 1]}`, 3, 3, 1, m === 2 ? 20 : 10, 1, "按要求填写，加盖公章，复印件注明与原件一致", m]);
    questions.push([code, "多久能办好？", "材料齐全的，在承诺时限内办结。", 1]);
  }
  table(folder, "up_task_general_basic", "task_code catalog_code task_name task_type task_version task_state use_level dept_code dept_name project_type server_type by_law accept_condition handle_flow handle_type anticipate_day anticipate_type promise_day promise_type special_procedure limit_scene_num is_fee fee_basis transact_addr transact_time link_way supervise_way plan_effective_date".split(" "), basic);
  table(folder, "up_task_general_extend", "task_code is_online is_schedule is_service_terminals handle_area result_name user_topic_type corp_topic_type limit_explain".split(" "), extend);
  table(folder, "up_task_general_material", "task_code row_guid material_name material_type material_format is_need source_type page_num fill_explain order_num".split(" "), material);
  table(folder, "up_task_general_questions", "task_code question answer order_num".split(" "), questions);
}

const tables = ["up_task_general_basic", "up_task_general_extend", "up_task_general_material", "up_task_general_questions"];

// Seconds, and the most memory it held.
function run(program, args) {
  return new Promise((done, failed) => {
    const began = performance.now(), child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    let said = "", most = 0;
    const watch = setInterval(() => {
      try {
        most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0) * 1024);
      } catch { /* it has ended */ }
    }, 20);
    child.stdout.on("data", (bytes) => { said += bytes; });
    child.on("exit", (code) => {
      clearInterval(watch);
      if (code) failed(new Error(`${program} ${args.join(" ")}: ${said.slice(0, 500)}`));
      else done({ seconds: (performance.now() - began) / 1000, memory: most, said });
    });
  });
}

// The same files, every column a text, one transaction, no keys, no checks.
function plainLoad(kind, folder) {
  const columns = (name) => readFileSync(join(folder, `${name}.csv`), "utf8").slice(1).split("\r\n", 1)[0].split(",");
  const make = (name) => `CREATE TABLE ${name} (${columns(name).map((one) => `${one} TEXT`).join(", ")});`;
  const began = performance.now();
  if (kind === "sqlite")
    execFileSync("sqlite3", [`${folder}.plain.db`], { input: ["BEGIN;", ...tables.flatMap((name) => [make(name), ".mode csv", `.import --skip 1 ${folder}/${name}.csv ${name}`]), "COMMIT;"].join("\n") });
  else
    execFileSync("psql", [newDatabase(kind, folder), "-q", "-1"], { input: tables.flatMap((name) => [make(name), `\\copy ${name} FROM '${folder}/${name}.csv' CSV HEADER`]).join("\n") });
  return (performance.now() - began) / 1000;
}

export async function importing(row, count) {
  const folder = mkdtempSync(join(tmpdir(), "yimen-exchange-"));
  try {
    generate(join(folder, "list"), count);
    const bytes = tables.reduce((sum, name) => sum + statSync(join(folder, "list", `${name}.csv`)).size, 0);
    for (const kind of ["sqlite", "postgresql"]) {
      const database = newDatabase(kind, folder);
      const { seconds, memory, said } = await run("build/release/yimen", ["catalogue", "import", join(folder, "list"), "--db", database, "--log-level", "error"]);
      if (!said.includes(`${count} new items`)) throw new Error(said);
      const again = await run("build/release/yimen", ["catalogue", "import", join(folder, "list"), "--db", database, "--log-level", "error"]);
      if (!again.said.includes(`${count} as they are published already`)) throw new Error(again.said);
      row(`import of ${count.toLocaleString("en")} items as CSV (${Math.round(bytes / 1e6)} MB), ${kind}`, `${seconds.toFixed(1)} s, ${Math.round(memory / 2 ** 20)} MB; again, all known: ${again.seconds.toFixed(1)} s`, "≤ 60 s",
        `the same files loaded plain: ${plainLoad(kind, join(folder, "list")).toFixed(1)} s`);
      // A tenth of the rows says something else.
      const changed = join(folder, "changed");
      cpSync(join(folder, "list"), changed, { recursive: true });
      const basic = join(changed, "up_task_general_basic.csv");
      let at = 0;
      writeFileSync(basic, readFileSync(basic, "utf8").replace(/9:00–11:30/g, (hours) => (at++ % 10 ? hours : "8:30–11:30")));
      const tenth = await run("build/release/yimen", ["catalogue", "import", changed, "--db", database, "--log-level", "error"]);
      if (!tenth.said.includes(`${Math.ceil(count / 10)} next versions`)) throw new Error(tenth.said);
      row(`the same with a tenth of it changed, ${kind}`, `${tenth.seconds.toFixed(1)} s, ${Math.round(tenth.memory / 2 ** 20)} MB`, "≤ 60 s", "");
      rmSync(changed, { recursive: true });
      if (kind !== "sqlite") continue;
      const book = join(folder, "list.xlsx");
      execFileSync("build/release/yimen", ["catalogue", "export", "--format", "xlsx", book, "--db", database, "--log-level", "error"]);
      const workbook = await run("build/release/yimen", ["catalogue", "import", book, "--db", newDatabase(kind, mkdtempSync(join(folder, "xlsx-"))), "--log-level", "error"]);
      row(`import of ${count.toLocaleString("en")} items as XLSX with yimen_item (${Math.round(statSync(book).size / 1e6)} MB), ${kind}`, `${workbook.seconds.toFixed(1)} s, ${Math.round(workbook.memory / 2 ** 20)} MB`, "≤ 60 s", "");
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
