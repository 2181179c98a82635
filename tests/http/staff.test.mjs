// The desks of everybody inside, over HTTP, from what an applicant handed in to a closed case, on each database.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { execFileSync } from "node:child_process";
import { databases, page, Server, Visitor } from "./server.mjs";

const simple = { premises: "food", discharging: "no", daily_discharge: "6", treatment: "yes", network: "municipal", in_person: "yes" };
const general = { ...simple, daily_discharge: "35" };
const form = {
  organisation_name: "上海力向金属制品有限公司", credit_code: "91310120MA1HQ5RT6E", legal_representative: "陈建国", registered_address: "上海市奉贤区南桥镇",
  contact_name: "李娜", contact_phone: "13817046622", delivery: "none", site_address: "上海市奉贤区南桥镇环城东路1号", floor_area: "120", activity: "中式正餐",
  daily_water: "6", outlets: "1", outlet_place: "店铺北侧", outlet_diameter: "160", water_sources: ["kitchen"], facility_kinds: ["grease_trap"], declared: "yes",
};

// A program: signs in once, sends JSON.
class Program {
  static async signIn(server, name, acting_for) {
    const program = new Program();
    program.server = server;
    const response = await server.get("/api/session", { method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ name, password: "yimen-demo-2026", acting_for }) });
    assert.equal(response.status, 201, name);
    program.token = (await response.json()).token;
    return program;
  }
  ask(path, options = {}) {
    return this.server.get(path, { ...options, headers: { authorization: `Bearer ${this.token}`, ...options.headers } });
  }
  send(path, body = {}, method = "POST") {
    return this.ask(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  }
  async done(path, body, method) {
    const response = await this.send(path, body, method);
    const answer = await response.json();
    assert.ok(response.ok, `${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }
  async refused(status, code, path, body) {
    const response = await this.send(path, body);
    const answer = await response.json();
    assert.deepEqual([response.status, answer.code], [status, code], path);
    assert.match(response.headers.get("content-type"), /problem\+json/);
  }
  async get(path) {
    const response = await this.ask(path);
    assert.equal(response.status, 200, path);
    return response.json();
  }
}

for (const kind of databases) describe(`the desks on ${kind}`, () => {
  let server, lina, wang, liu, zhao, sun, pdf;
  const enter = async (name) => {
    const visitor = new Visitor(server);
    const response = await visitor.signIn(name);
    return Object.assign(visitor, { lands: response.headers.get("location") });
  };
  const submitted = async (answers) => {
    const begun = await lina.done("/api/cases", { item: "drainage-permit-new", answers });
    await lina.done(`/api/cases/${begun.id}/form`, { fields: form }, "PATCH");
    for (const material of ["drainage-plan", "pretreatment", "forecast-report"]) {
      const body = new FormData();
      body.append("material", material);
      body.append("file", new Blob([pdf]), "材料.pdf");
      const response = await lina.ask(`/api/cases/${begun.id}/documents`, { method: "POST", body });
      assert.ok(response.ok, await response.text());
    }
    return lina.done(`/api/cases/${begun.id}/submit`);
  };
  const accepted = async (answers) => wang.done(`/api/work/${(await submitted(answers)).id}/accept`);

  before(async () => {
    server = await Server.start(kind);
    lina = await Program.signIn(server, "lina", "91310120MA1HQ5RT6E");
    [wang, liu, zhao, sun] = await Promise.all(["wangfang", "liuqiang", "zhaomin", "sunli"].map((name) => Program.signIn(server, name)));
    const notice = await server.get(`/items/drainage-permit-new/notice.pdf?${new URLSearchParams(simple)}`);
    pdf = Buffer.from(await notice.arrayBuffer());
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  });
  after(async () => { await server?.stop(); });

  test("each role lands at its desk and sees it in the navigation", async () => {
    const desks = { wangfang: "/window", liuqiang: "/review", sunli: "/issuing", zhouhai: "/figures", zhengjie: "/audit", wulei: "/admin" };
    for (const [name, desk] of Object.entries(desks)) {
      const visitor = await enter(name);
      assert.equal(visitor.lands, desk, name);
      assert.match(await page(visitor, desk), new RegExp(`y-nav__link" href="${desk}" aria-current="page"`), name);
    }
  });

  test("a program is told which formats the material it sent a file for takes", async () => {
    const begun = await lina.done("/api/cases", { item: "drainage-permit-new", answers: simple });
    const body = new FormData();
    body.append("material", "forecast-report");
    body.append("file", new Blob([Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==", "base64")]), "预测.png");
    const response = await lina.ask(`/api/cases/${begun.id}/documents`, { method: "POST", body });
    assert.equal(response.status, 422);
    const { code, title } = await response.json();
    assert.equal(code, "file_other_type");
    assert.match(title, /请上传 PDF。/);
  });

  test("an examiner and a decider grant a licence that is made and handed over", async () => {
    const { id } = await accepted(general);
    await zhao.refused(409, "stage_missing", `/api/work/${id}/decision`, { decision: "grant" });
    await liu.refused(422, "reasons_missing", `/api/work/${id}/examination`, { opinion: " ", advice: "grant" });
    assert.equal((await liu.done(`/api/work/${id}/examination`, { opinion: "管径与水量相符", advice: "grant" })).state, "under_review");
    await liu.refused(403, "same_person", `/api/work/${id}/decision`, { decision: "grant" });
    assert.equal((await zhao.done(`/api/work/${id}/decision`, { decision: "grant" })).state, "granted");
    assert.equal((await sun.done(`/api/work/${id}/result`)).state, "result_made");
    await sun.refused(422, "received_by", `/api/work/${id}/delivery`, { how: "window" });
    assert.equal((await sun.done(`/api/work/${id}/delivery`, { how: "window", received_by: "李娜" })).state, "closed");
    await sun.refused(409, "not_possible_now", `/api/work/${id}/delivery`, { how: "window", received_by: "李娜" });
    const whole = await zhao.get(`/api/work/${id}`);
    assert.deepEqual(whole.notices.map((one) => one.kind), ["receipt", "acceptance", "grant"]);
    assert.equal(whole.documents.length, 3);
    assert.ok(whole.limits.promised.because.length > 1);
  });

  test("the applicant takes a refusal by download and goes to its notice, twice without harm", async () => {
    const { id } = await accepted(simple);
    await zhao.refused(422, "reasons_missing", `/api/work/${id}/decision`, { decision: "refuse" });
    await zhao.done(`/api/work/${id}/decision`, { decision: "refuse", reasons: "隔油设施容积不足" });
    assert.match(await (await lina.ask(`/cases/${id}`)).text(), /y-told__words">隔油设施容积不足</);
    for (let i = 0; i < 2; ++i) {
      const response = await lina.ask(`/cases/${id}/take`, { method: "POST", headers: { "idempotency-key": `take-${id}-${i}` } });
      assert.equal(response.status, 303);
      assert.equal(response.headers.get("location"), `/cases/${id}`);
    }
    assert.equal((await zhao.get(`/api/work/${id}`)).state, "closed");
  });

  test("a grant taken by download leads to the licence", async () => {
    const { id } = await accepted(simple);
    await zhao.done(`/api/work/${id}/decision`, { decision: "grant" });
    const response = await lina.ask(`/cases/${id}/take`, { method: "POST", headers: { "idempotency-key": `take-${id}` } });
    assert.match(response.headers.get("location"), /^\/licences\/\w+$/);
  });

  test("limits stand still, run again and are extended once", async () => {
    const { id } = await accepted(general);
    assert.equal((await liu.done(`/api/work/${id}/suspension`, { reason: "水质检测", expected_days: 5 })).state, "suspended");
    const waiting = await (await lina.ask(`/cases/${id}`)).text();
    assert.match(waiting, /预计需要 5 个工作日/);
    assert.match(waiting, /计时已暂停/);
    assert.equal((await liu.done(`/api/work/${id}/resumption`)).state, "under_review");
    await liu.refused(422, "days_wrong", `/api/work/${id}/extension`, { days: 11, reason: "复杂" });
    assert.equal((await liu.done(`/api/work/${id}/extension`, { days: 5, reason: "现场情况复杂" })).extension_days, 5);
    await liu.refused(409, "already_extended", `/api/work/${id}/extension`, { days: 1, reason: "复杂" });
  });

  test("the worklist counts exactly, filters, and shows only what is there", async () => {
    const before = await wang.get("/api/work?state=submitted");
    const { id, number } = await submitted(simple);
    const now = await wang.get("/api/work?state=submitted");
    assert.equal(now.matching, before.matching + 1);
    assert.equal(now.states.submitted, now.matching);
    assert.ok(now.cases.some((row) => row.id === id && row.light === "green"));
    assert.deepEqual((await wang.get("/api/work?state=submitted&due=late")).cases, []);
    assert.equal((await wang.get(`/api/work?q=${encodeURIComponent(number)}`)).cases[0].id, id);
    assert.ok((await wang.get("/api/work?q=%E4%B8%8A%E6%B5%B7%E5%8A%9B")).matching >= 1);
    await wang.done(`/api/work/${id}/no-acceptance`, { reason: "不需要许可" });
    assert.equal((await wang.get("/api/work?state=submitted")).matching, before.matching);
  });

  test("nobody does what is another's: applicants, issuing clerks, officers at the window", async () => {
    const { id } = await submitted(simple);
    for (const [who, path] of [[lina, "accept"], [sun, "accept"], [liu, "accept"], [wang, "decision"], [liu, "result"]])
      assert.equal((await who.send(`/api/work/${id}/${path}`, { decision: "grant" })).status, 403, path);
    assert.equal((await server.get(`/api/work/${id}`)).status, 401);
    await wang.refused(404, "not_found", "/api/work/0000000000000/accept");
  });

  test("who was signed out elsewhere does nothing more, though they acted a moment ago", async () => {
    const [first, second] = [await submitted(simple), await submitted(simple)];
    const elsewhere = await Program.signIn(server, "wangfang"), kept = await Program.signIn(server, "wangfang");
    await elsewhere.refused(404, "not_found", "/api/work/1/accept");  // the session is remembered from here on
    await elsewhere.done(`/api/work/${first.id}/accept`);
    assert.ok((await kept.ask("/api/me/sessions", { method: "DELETE" })).ok);
    assert.equal((await elsewhere.send(`/api/work/${second.id}/accept`)).status, 401);
    assert.equal((await lina.get(`/api/cases/${second.id}`)).state, "submitted");
    wang = kept;
    await wang.done(`/api/work/${second.id}/accept`);
  });

  test("who was deactivated does nothing more, though they acted a moment ago", async () => {
    const id = (await accepted(general)).id;
    const chief = await enter("wulei");
    const person = (await page(chief, "/admin/staff")).match(/href="(\/admin\/staff\/\w+)"[^>]*>\s*刘强/)[1];
    await liu.refused(422, "reasons_missing", `/api/work/${id}/examination`, { advice: "grant", opinion: "" });
    assert.equal((await chief.submit(person, `${person}/deactivate`, {})).status, 303);
    assert.equal((await liu.send(`/api/work/${id}/examination`, { advice: "grant", opinion: "符合条件" })).status, 401);
    assert.equal((await chief.submit(person, `${person}/activate`, {})).status, 303);
    liu = await Program.signIn(server, "liuqiang");
    await liu.done(`/api/work/${id}/examination`, { advice: "grant", opinion: "符合条件" });
  });

  test("the window's pages accept, and ask once for a correction with what was ticked", async () => {
    const clerk = await enter("wangfang");
    const first = (await submitted(simple)).id, second = (await submitted(simple)).id;
    assert.match(await page(clerk, `/window/cases/${first}`), /受理通知书随即生成/);
    assert.equal((await clerk.submit(`/window/cases/${first}`, `/window/cases/${first}/accept`, {})).headers.get("location"), `/window/cases/${first}`);
    assert.match(await page(clerk, `/window/cases/${first}`), /已受理，受理通知书已生成/);
    const correction = `/window/cases/${second}/correction`;
    const empty = await clerk.submit(correction, correction, { remark: "见附件" });
    assert.equal(empty.status, 422);
    assert.match(await empty.text(), /请至少勾选一项[\s\S]*见附件/);
    assert.equal((await clerk.submit(correction, correction, { material: "drainage-plan", "remark.drainage-plan": "没有标出接入口" })).status, 303);
    assert.equal((await wang.get(`/api/work/${second}`)).state, "correction_requested");
    const late = await clerk.submit(`/window/cases/${second}`, `/window/cases/${second}/accept`, {});
    assert.equal(late.status, 409);
    assert.match(await late.text(), new RegExp(`href="/window/cases/${second}"`));
  });

  test("the officer's page keeps what was typed, says what is missing, and decides", async () => {
    const officer = await enter("zhaomin");
    const { id } = await accepted(simple);
    const path = `/review/cases/${id}`;
    assert.match(await page(officer, path), /行政复议/);
    const missing = await officer.submit(path, `${path}/decision`, { decision: "refuse", reasons: "" });
    assert.equal(missing.status, 422);
    assert.match(await missing.text(), /href="#first">请写明理由[\s\S]*id="first" name="reasons"/);
    assert.equal((await officer.submit(path, `${path}/decision`, { decision: "grant", reasons: "" })).status, 303);
    assert.match(await page(officer, path), /证照已签发[\s\S]*1\.2\.156\.3005\.2\./);
  });

  test("a document is chosen without a script and shown beside the case", async () => {
    const clerk = await enter("wangfang");
    const { id } = await submitted(simple);
    const [, document] = (await wang.get(`/api/work/${id}`)).documents;
    const html = await page(clerk, `/window/cases/${id}?document=${document.id}`);
    const source = html.match(/<iframe[^>]* src="([^"]+)"/)[1];
    assert.ok(source.endsWith(document.id));
    const shown = await clerk.get(source);
    assert.equal(shown.status, 200);
    assert.match(shown.headers.get("content-security-policy"), /frame-ancestors 'self'/);
  });

  test("the numbers of an applicant are shown once asked for, and that is recorded", async () => {
    const officer = await enter("liuqiang");
    const { id } = await accepted(simple);
    const path = `/review/cases/${id}`;
    assert.doesNotMatch(await page(officer, path), /310120199003071221/);
    assert.match(await (await officer.submit(path, `${path}/reveal`, {})).text(), /310120199003071221/);
    const auditor = await enter("zhengjie");
    assert.match(await page(auditor, `/audit/cases/${id}`), /查看完整号码/);
  });

  test("the auditor reads every entry, verifies the chain, and is told which row was changed", async () => {
    const auditor = await enter("zhengjie");
    const { id, number } = await accepted(simple);
    const found = await auditor.get(`/audit?number=${encodeURIComponent(number)}`);
    assert.equal(found.headers.get("location"), `/audit/cases/${id}`);
    assert.match(await page(auditor, "/audit?number=310120-20261125-999999-9", 404), /没有这个编号/);
    const whole = await page(auditor, `/audit/cases/${id}?verify=now`);
    assert.match(whole, /验证通过/);
    assert.match(whole, /受理[\s\S]*王芳[\s\S]*窗口人员/);
    const change = "UPDATE ledger_entry SET actor_id = 1 WHERE act = 'accept_case'";
    if (kind === "sqlite")
      execFileSync("python3", ["-c", `import sqlite3; c = sqlite3.connect('${server.database.slice(7)}', timeout=20); c.execute("""${change}"""); c.commit()`]);
    else execFileSync("psql", [server.database, "-qc", change]);
    assert.match(await page(auditor, `/audit/cases/${id}?verify=now`), /验证没有通过[\s\S]*ledger_entry 310120\//);
  });

  test("the director's figures are those of the cases", async () => {
    const director = await enter("zhouhai");
    const today = async () => {
      const html = await page(director, "/figures");
      return [...html.match(/id="sum-today"[\s\S]*?<\/dl>/)[0].matchAll(/<dd>(\d+)<\/dd>/g)].map(([, n]) => Number(n));
    };
    const before = await today();
    const { id } = await accepted(simple);
    await zhao.done(`/api/work/${id}/decision`, { decision: "grant" });
    assert.deepEqual(await today(), before.map((n) => n + 1));
  });

  test("news of every act reaches an open desk", async () => {
    const stop = new AbortController();
    const response = await wang.ask("/live/work", { signal: stop.signal });
    assert.match(response.headers.get("content-type"), /event-stream/);
    const reader = response.body.getReader();
    const heard = (async () => {
      let text = "";
      while (!text.includes("event: work")) text += new TextDecoder().decode((await reader.read()).value);
      return text;
    })();
    await submitted(simple);
    assert.match(await heard, /event: work/);
    stop.abort();
  });
});
