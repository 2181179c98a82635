// A company registered, changed and closed over HTTP: it is acted for as soon as it is granted, hands in no business licence, and ends.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { databases, page, run, Server, Visitor } from "./server.mjs";

const day = (days) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const address = { division: "310120", town: "310120101", street: "人民中路100号" };
const zhangwei = { name: "张伟", number: "310120198805121230", phone: "13800138011" };
const registration = { company_kind: "one_shareholder", organisation_shareholder: "no", domicile: "own", pre_approval: "no", in_person: "yes" };
const company = {
  company_name: "上海禾苗餐饮管理有限公司", address, scope: "餐饮管理", shareholders: [{ name: "张伟", number: zhangwei.number, contribution: "500000", until: day(400) }],
  representative: zhangwei, has_supervisor: "no", contact_person: zhangwei, delivery: "none", declared: "yes", signed: "张伟",
};
const drainage = { premises: "food", discharging: "no", daily_discharge: "6", treatment: "yes", network: "municipal", in_person: "yes" };
const kitchen = {
  contact_name: "张伟", contact_phone: "13800138011", delivery: "none", site_address: address, floor_area: "120", activity: "中式正餐", daily_water: "6", outlets: "1",
  outlet_place: "店铺北侧", outlet_diameter: "160", water_sources: ["kitchen"], facility_kinds: ["grease_trap"], declared: "yes",
};

for (const kind of databases) describe(`a company of its own on ${kind}`, () => {
  let server, zhang, wang, gao, pdf, code, licence, permit, closing;
  const program = async (name, acting_for) => {
    const session = await (await server.get("/api/session", { method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ name, password: "yimen-demo-2026", acting_for }) })).json();
    const ask = (path, options = {}) => server.get(path, { ...options, headers: { authorization: `Bearer ${session.token}`, ...options.headers } });
    const send = (path, body = {}, method = "POST") => ask(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    const done = async (path, body, method) => {
      const response = await send(path, body, method), answer = await response.json();
      assert.ok(response.ok, `${path}: ${response.status} ${JSON.stringify(answer)}`);
      return answer;
    };
    return { session, ask, send, done, get: async (path) => (await ask(path)).json() };
  };
  const hand_in = async (who, item, answers, fields) => {
    const begun = await who.done("/api/cases", { item, answers });
    const kept = await who.done(`/api/cases/${begun.id}/form`, { fields }, "PATCH");
    assert.deepEqual(kept.wrong, []);
    const whole = await who.get(`/api/cases/${begun.id}`);
    assert.deepEqual(whole.missing.fields, [], item);
    for (const material of whole.missing.materials) {
      const body = new FormData();
      body.append("material", material);
      body.append("file", new Blob([pdf]), "材料.pdf");
      assert.ok((await who.ask(`/api/cases/${begun.id}/documents`, { method: "POST", body })).ok);
    }
    return who.done(`/api/cases/${begun.id}/submit`);
  };
  const granted = async (id) => {
    await wang.done(`/api/work/${id}/accept`);
    return gao.done(`/api/work/${id}/decision`, { decision: "grant" });
  };
  const organisations = async () => (await zhang.get("/api/me/organisations")).organisations;

  before(async () => {
    server = await Server.start(kind);
    [zhang, wang, gao] = await Promise.all(["zhangwei", "wangfang", "gaojie"].map((name) => program(name)));
    pdf = Buffer.from(await (await server.get(`/items/drainage-permit-new/notice.pdf?${new URLSearchParams(drainage)}`)).arrayBuffer());
  });
  after(async () => { await server?.stop(); });

  test("granted, it stands among those whom its applicant may act for, and its case leads there", async () => {
    const submitted = await hand_in(zhang, "company-registration", registration, company);
    assert.equal((await organisations()).length, 1);
    await granted(submitted.id);
    const founded = (await organisations()).find((one) => one.name === company.company_name);
    assert.match(founded.credit_code, /^91310120MA[0-9A-HJ-NPQRTUWXY]{8}$/);
    code = founded.credit_code;
    const browser = new Visitor(server);
    await browser.signIn("zhangwei");
    await browser.submit("/act-for", "/act-for", { organisation: "oneself" });
    const html = await page(browser, `/cases/${submitted.id}`);
    assert.ok(html.includes(code) && html.includes("以它的名义办事"));
    const taken = await browser.submit(`/cases/${submitted.id}`, `/cases/${submitted.id}/take`, {});
    const there = await browser.get(taken.headers.get("location"));
    assert.match(there.headers.get("location"), /^\/act-for\?return=\/licences\//);
    const [, choice] = (await page(browser, there.headers.get("location"))).match(new RegExp(`value="(\\w+)"[^>]*>\\s*<label[^>]*>${company.company_name}`));
    const chosen = await browser.submit(there.headers.get("location"), "/act-for", { organisation: choice, return: new URL(there.headers.get("location"), server.base).searchParams.get("return") });
    const shown = await page(browser, chosen.headers.get("location"));
    assert.ok(shown.includes("营业执照") && shown.includes(code));
  });

  test("it hands in no business licence, which says why, and a clerk looks at it with one click", async () => {
    const acting = await program("zhangwei", code);
    [licence] = (await acting.get("/api/licences")).licences;
    const guidance = await acting.get(`/api/items/drainage-permit-new/guidance?${new URLSearchParams(drainage)}`);
    const exempt = guidance.outcome.exempt.find((one) => one.licence === licence.id);
    assert.equal(exempt.because, `电子证照库中有营业执照，编号 ${licence.number}，长期有效，免于提交`);
    permit = await hand_in(acting, "drainage-permit-new", drainage, kitchen);
    const mine = await acting.get(`/api/cases/${permit.id}`);
    assert.equal(mine.materials.find((one) => one.licence).licence, licence.id);
    const work = await wang.get(`/api/work/${permit.id}`);
    assert.equal(work.materials.find((one) => one.licence).because, exempt.because);
    const looked = await wang.send(`/api/work/${permit.id}/licences/${licence.id}`);
    assert.equal(looked.headers.get("content-type"), "application/pdf");
    assert.equal(Buffer.from(await looked.arrayBuffer()).subarray(0, 5).toString(), "%PDF-");
    const clerk = new Visitor(server);
    await clerk.signIn("wangfang");
    const case_page = await page(clerk, `/window/cases/${permit.id}`);
    assert.ok(case_page.includes(exempt.because) && case_page.includes(`action="/window/cases/${permit.id}/licences/${licence.id}"`));
    assert.match(case_page, /<strong>查看电子证照<\/strong>/);
    const shown = await clerk.submit(`/window/cases/${permit.id}`, `/window/cases/${permit.id}/licences/${licence.id}`, {});
    assert.equal(shown.headers.get("content-type"), "application/pdf");
    assert.equal((await clerk.submit(`/window/cases/${permit.id}`, `/window/cases/${permit.id}/licences/${permit.id}`, {})).status, 404);
    assert.equal((await acting.send(`/api/work/${permit.id}/licences/${licence.id}`)).status, 403);
  });

  test("a change is entered in the register, and staff see which licence it is about", async () => {
    const acting = await program("zhangwei", code);
    const submitted = await hand_in(acting, "company-change", { changed: "name", articles_changed: "no", in_person: "yes" },
      { resolved_on: day(0), company_name: "上海禾苗食品科技有限公司", delivery: "none", declared: "yes", signed: "张伟" });
    const clerk = new Visitor(server);
    await clerk.signIn("wangfang");
    const html = await page(clerk, `/window/cases/${submitted.id}`);
    assert.ok(html.includes("办理的证照") && html.includes(licence.number));
    await clerk.get("/?lang=en");
    assert.match(await page(clerk, `/window/cases/${submitted.id}`), /The licence it is about/);
    await granted(submitted.id);
    assert.ok((await organisations()).some((one) => one.name === "上海禾苗食品科技有限公司" && one.credit_code === code));
    const [now] = (await acting.get("/api/licences")).licences;
    assert.equal(now.number, licence.number);
    assert.equal(now.holder, "上海禾苗食品科技有限公司");
  });

  test("closed, it is acted for by nobody, and its applicant still sees how it ended", async () => {
    const acting = await program("zhangwei", code);
    await granted(permit.id).catch(() => {});
    closing = await hand_in(acting, "company-cancellation", { debts: "no", listed: "no", in_person: "yes" },
      { reason: "resolved", notice_from: day(-30), branches_closed: "yes", staff_settled: "yes", delivery: "none", declared: "yes", signed: "张伟" });
    await granted(closing.id);
    assert.ok(!(await organisations()).some((one) => one.credit_code === code));
    assert.equal((await (await server.get(`/api${new URL(licence.verify).pathname}`)).json()).status, "changed");
    assert.equal((await zhang.get(`/api/cases/${closing.id}`)).state, "granted");
    const browser = new Visitor(server);
    await browser.signIn("zhangwei");
    await browser.submit("/act-for", "/act-for", { organisation: "oneself" });
    const html = await page(browser, `/cases/${closing.id}`);
    const [, notice] = html.match(/href="(\/cases\/\w+\/notices\/\w+)"/);
    assert.equal((await browser.get(notice)).headers.get("content-type"), "application/pdf");
    assert.equal((await browser.submit(`/cases/${closing.id}`, `/cases/${closing.id}/take`, {})).status, 303);
    const at_window = await wang.send("/api/work/applications", { item: "drainage-permit-new", answers: drainage, person: zhangwei,
      organisation: { credit_code: code, name: "上海禾苗食品科技有限公司", letter_seen: true } });
    assert.deepEqual((await at_window.json()).fields.map((one) => one.code), ["organisation_ended"]);
  });

  test("my cases come in pages, and what is no cursor is refused", async () => {
    const list = await zhang.get("/api/cases");
    assert.equal(list.next, null);
    assert.deepEqual((await zhang.get(`/api/cases?after=${list.cases.at(-1).id}`)).cases, []);
    assert.equal((await zhang.ask("/api/cases?after=nothing")).status, 400);
  });

  test("the ledger agrees with every row", { skip: kind !== "sqlite" }, () => {
    assert.match(run(["ledger", "verify", "--db", server.database, "--keys", server.keys]), /all as it was recorded/);
  });
});
