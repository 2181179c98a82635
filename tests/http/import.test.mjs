// Lists handed in over HTTP: the trial, the second pair of eyes, the very same bytes, and what is hostile; on each database.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { databases, run, Server, Visitor } from "./server.mjs";

const basic = "up_task_general_basic.csv";
const header = "task_code,catalog_code,task_name,task_type,dept_code,dept_name,project_type,server_type,by_law,accept_condition,anticipate_day,promise_day,transact_addr,transact_time,link_way,supervise_way";
const row = (serial, days = 7, name = `测试事项${serial}`) => `11310120MB2F70014440001170097${serial},0001170097${serial},${name},01,11310120MB2F700144,,2,1,《条例》,条件,20,${days},一号窗口,周一,12345,12345`;
const csv = (...rows) => `${[header, ...rows].join("\n")}\n`;
const item = (serial) => `/items/11310120mb2f70014440001170097${serial}`;
const hidden = (html, name) => html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? "";

class Analyst extends Visitor {
  static async enter(server, account) {
    const analyst = new Analyst(server);
    await analyst.signIn(account);
    return analyst;
  }
  async page(path, status = 200) {
    const response = await this.get(path), html = await response.text();
    assert.equal(response.status, status, `${path}: ${html.match(/<h1[^>]*>[^<]*/)?.[0]}`);
    return html;
  }
  async send(action, page, fields = {}, files = []) {
    const html = await this.page(page), form = new FormData();
    form.set("_csrf", hidden(html, "_csrf"));
    form.set("_key", `${hidden(html, "_key")}${action}`);
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    for (const [name, bytes] of files) form.append("files", new Blob([bytes]), name);
    return this.keep(await this.server.get(action, { method: "POST", headers: { cookie: this.cookie() }, body: files.length ? form : new URLSearchParams([...form]) }));
  }
  upload(...files) { return this.send("/editing/import", "/editing/import", {}, files); }
  // Uploads and waits until the trial is over; gives the address and the page.
  async tried(...files) {
    const answer = await this.upload(...files);
    assert.equal(answer.status, 303, await answer.text());
    return this.over(answer.headers.get("location"));
  }
  async over(path) {
    for (let tries = 0; tries < 1200; ++tries) {
      const html = await this.page(path);
      if (!html.includes("查看最新进度")) return { path, html };
      await new Promise((done) => setTimeout(done, 100));
    }
    assert.fail(`${path}: never over`);
  }
  confirm({ path, html }) { return this.send(`${path}/confirm`, path, { plan: hidden(html, "plan") }); }
}

// A workbook as nobody's spreadsheet program would write it.
function zip(folder, parts) {
  const made = join(folder, `${Math.random().toString(36).slice(2)}.xlsx`);
  execFileSync("python3", ["-c", "import sys, json, zipfile\nz = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)\nfor name, text, times in json.load(sys.stdin): z.writestr(name, text * times)\nz.close()", made],
    { input: JSON.stringify(parts.map(([name, text, times = 1]) => [name, text, times])) });
  return readFileSync(made);
}
const book = [["xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="up_task_general_basic" sheetId="1" r:id="rId1"/></sheets></workbook>'],
  ["xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>']];

for (const kind of databases) describe(`importing lists on ${kind}`, () => {
  let server, xu, gao;
  before(async () => {
    server = await Server.start(kind);
    [xu, gao] = await Promise.all(["xujing", "gaoyuan"].map((account) => Analyst.enter(server, account)));
  });
  after(async () => { await server?.stop(); });
  const status = async (path) => (await server.get(path)).status;

  test("only analysts come in", async () => {
    for (const account of ["lina", "wangfang", "liuqiang", "wulei", "zhengjie"]) {
      const visitor = new Visitor(server);
      await visitor.signIn(account);
      for (const path of ["/editing/import", "/editing/export?format=csv", "/api/editing/imports"]) assert.equal((await visitor.get(path)).status, 403, `${account} ${path}`);
    }
    assert.match((await server.get("/editing/import")).headers.get("location"), /^\/sign-in/);
    assert.match(await xu.page("/editing"), /href="\/editing\/import"/);
    await xu.page("/editing/import/nothing", 404);
    await xu.page("/editing/import/0000000000000", 404);
  });

  test("files that are none are told so and kept out", async () => {
    assert.match(await (await xu.upload()).text(), /没有选择文件/);
    for (const [files, words] of [[[["list.csv", csv(row("01"))]], /不是已知的表/], [[["list.xlsx", "PK nothing"]], /不是 \.xlsx 工作簿/], [[[basic, "PK\x03\x04"]], /压缩包或工作簿/],
      [[["up_task_general_extend.csv", "task_code\n"]], /缺少 up_task_general_basic\.csv/], [[[basic, ""]], /是空的/], [[["../../etc/passwd", "x"]], /“passwd”不是已知的表/],
      [[["a.xlsx", "PK\x03\x04"], [basic, csv(row("01"))]], /工作簿要单独上传/]]) {
      const answer = await xu.upload(...files);
      assert.equal(answer.status, 422);
      assert.match(await answer.text(), words);
    }
    assert.match(await xu.page("/editing/import"), /还没有上传过清单/);
  });

  test("a half-valid list changes nothing and says what to mend, row by row, in both languages", async () => {
    const { path, html } = await xu.tried([basic, csv(row("11"), row("12", "=无"))]);
    assert.match(html, /有错误，什么都没有改变/);
    assert.match(html, /up_task_general_basic<\/td><td[^>]*>3<[\s\S]*promise_day[\s\S]*应为 0 至 365 的整数/);
    assert.match(await xu.page(`${path}?lang=en`), /must be a whole number from 0 to 365/);
    const file = await (await xu.get(`${path}/faults.csv`)).text();
    assert.match(file, /^\uFEFF?Table,Row,Column,Value,What is wrong and how to mend it\r\nup_task_general_basic,3,promise_day,'=无,/);
    await xu.page(`${path}?lang=zh`);
    assert.equal((await gao.confirm({ path, html: "" })).status, 409);
    assert.equal(await status(item("11")), 404);
    assert.match(await gao.page(path), /有错误/);
  });

  test("another person confirms the trial that was seen, and all of it is on offer", async () => {
    const trial = await xu.tried([basic, csv(row("21"), row("22"))]);
    assert.match(trial.html, /新增事项 2/);
    assert.match(trial.html, /请另一位业务分析员在本页确认/);
    assert.equal(await status(item("21")), 404);
    assert.equal((await xu.confirm(trial)).status, 403);
    assert.equal((await gao.send(`${trial.path}/confirm`, trial.path, { plan: "another" })).status, 409);
    const seen = { path: trial.path, html: await gao.page(trial.path) };
    assert.equal((await gao.confirm(seen)).status, 303);
    const done = await gao.over(trial.path);
    assert.match(done.html, /已全部发布/);
    assert.match(done.html, /高远 于/);
    assert.equal(await status(item("21")), 200);
    assert.equal(await status(item("22")), 200);
    assert.equal((await gao.confirm(seen)).status, 409);
    const again = await xu.tried([basic, csv(row("21"), row("22"))]);
    assert.match(again.html, /都已发布，没有可导入的/);
    assert.match(run(["ledger", "verify", "--db", server.database, "--keys", server.keys]), /all as it was recorded/);
  });

  test("where the catalogue changed meanwhile nothing is imported", async () => {
    const first = await xu.tried([basic, csv(row("31", 5), row("32"))]), second = await gao.tried([basic, csv(row("31", 3))]);
    assert.equal((await xu.confirm({ path: second.path, html: await xu.page(second.path) })).status, 303);
    assert.match((await xu.over(second.path)).html, /已全部发布/);
    assert.equal((await gao.confirm({ path: first.path, html: await gao.page(first.path) })).status, 303);
    assert.match((await gao.over(first.path)).html, /目录有变动/);
    assert.equal(await status(item("32")), 404);
  });

  test("a dropped list is gone, and cannot be confirmed", async () => {
    const trial = await xu.tried([basic, csv(row("41"))]);
    assert.equal((await xu.send(`${trial.path}/drop`, trial.path)).status, 303);
    assert.match(await xu.page(trial.path), /已放弃/);
    assert.equal((await gao.confirm(trial)).status, 409);
  });

  test("hostile workbooks change nothing and are told what is wrong", async () => {
    const hostile = [[[...book, ["xl/worksheets/sheet1.xml", " ".repeat(1 << 20), 200]], /解压后超过 64 MiB/],
      [[...book, ["xl/worksheets/sheet1.xml", '<!DOCTYPE s [<!ENTITY a "aaaa">]><worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>']], /声明了文档类型或实体/],
      [[["xl/workbook.xml", '<!DOCTYPE w SYSTEM "file:///etc/passwd"><workbook/>']], /声明了文档类型或实体/],
      [[...book, ["../../evil", "x"]], /指向工作簿之外/],
      [[...book, ...Array.from({ length: 1001 }, (_, i) => [`xl/worksheets/s${i}.xml`, "x"])], /超过 1000 个部分/],
      [book, /没有这张表的内容/]];
    for (const [parts, words] of hostile) {
      const { html } = await xu.tried(["list.xlsx", zip(server.folder, parts)]);
      assert.match(html, words);
    }
  });

  test("what is downloaded is imported back as it is, in both forms and by department", async () => {
    const whole = await xu.get("/editing/export?format=xlsx"), part = await xu.get("/editing/export?format=csv&department=water");
    assert.equal(whole.status, 200);
    assert.match(whole.headers.get("content-disposition"), /yimen-310120\.xlsx/);
    const { html } = await xu.tried(["all.xlsx", Buffer.from(await whole.arrayBuffer())]);
    assert.match(html, /都已发布，没有可导入的/);
    const archive = join(server.folder, "water.zip");
    writeFileSync(archive, Buffer.from(await part.arrayBuffer()));
    execFileSync("python3", ["-m", "zipfile", "-e", archive, join(server.folder, "water")]);
    assert.match(run(["catalogue", "import", join(server.folder, "water"), "--check", "--db", server.database]), /0 new items, 0 next versions, \d+ as they are/);
    for (const [path, code] of [["/editing/export", 404], ["/editing/export?format=csv&department=nobody", 404]]) assert.equal((await xu.get(path)).status, code);
  });

  test("programs do the same by the API", async () => {
    const form = new FormData();
    form.append("files", new Blob([csv(row("51"))]), basic);
    const page = await xu.page("/editing/import");
    const made = await xu.server.get("/api/editing/imports", { method: "POST", headers: { cookie: xu.cookie(), "x-csrf-token": hidden(page, "_csrf") }, body: form });
    assert.equal(made.status, 201, await made.clone().text());
    const { id } = await made.json();
    let import_;
    for (let tries = 0; tries < 1200; ++tries) {
      import_ = await (await gao.get(`/api/editing/imports/${id}`)).json();
      if (import_.state === "ready") break;
      await new Promise((done) => setTimeout(done, 100));
    }
    assert.equal(import_.new, 1);
    const lines = await (await gao.get(`/api/editing/imports/${id}/lines?kind=new`)).json();
    assert.deepEqual([lines.count, lines.lines[0].name.zh, lines.lines[0].version], [1, "测试事项51", 1]);
    const token = hidden(await gao.page("/editing/import"), "_csrf");
    const act = (what, body) => server.get(`/api/editing/imports/${id}/${what}`, { method: "POST", headers: { cookie: gao.cookie(), "x-csrf-token": token, "content-type": "application/json" }, body: JSON.stringify(body) });
    assert.equal((await act("confirm", { plan: "no" })).status, 409);
    assert.equal((await act("confirm", { plan: import_.plan })).status, 200);
    assert.match((await gao.over(`/editing/import/${id}`)).html, /已全部发布/);
    assert.equal((await act("drop", {})).status, 409);
    assert.ok((await (await gao.get("/api/editing/imports")).json()).imports.length > 3);
  });
});
