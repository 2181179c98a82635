// A licence renewed, changed and cancelled over HTTP, by its holder and at a window, on each database.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { databases, Server, Visitor } from "./server.mjs";

const newly = { premises: "food", discharging: "no", daily_discharge: "6", treatment: "yes", network: "municipal", in_person: "yes" };
const form = {
  organisation_name: "上海力向金属制品有限公司", credit_code: "91310120MA1HQ5RT6E", legal_representative: "陈建国", registered_address: "上海市奉贤区南桥镇",
  contact_name: "李娜", contact_phone: "13817046622", delivery: "none", site_address: "上海市奉贤区南桥镇环城东路1号", floor_area: "120", activity: "中式正餐",
  daily_water: "6", outlets: "1", outlet_place: "店铺北侧", outlet_diameter: "160", water_sources: ["kitchen"], facility_kinds: ["grease_trap"], declared: "yes",
};
const renewal = { daily_discharge: "8", tested: "no", key_list: "no", in_person: "yes" };
const renewed = { unchanged: "yes", declared: "yes", facility_care: "每周清理" };

for (const kind of databases) describe(`what becomes of a licence on ${kind}`, () => {
  let server, lina, wang, zhao, visitor, pdf;
  const program = async (name, acting_for) => {
    const session = await (await server.get("/api/session", { method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ name, password: "yimen-demo-2026", acting_for }) })).json();
    const headers = { authorization: `Bearer ${session.token}` };
    const ask = (path, options = {}) => server.get(path, { ...options, headers: { ...headers, ...options.headers } });
    const send = (path, body = {}, method = "POST") => ask(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    const done = async (path, body, method) => {
      const response = await send(path, body, method);
      const answer = await response.json();
      assert.ok(response.ok, `${path}: ${response.status} ${JSON.stringify(answer)}`);
      return answer;
    };
    const refused = async (code, path, body) => {
      const answer = await (await send(path, body)).json();
      assert.equal(answer.code, code, JSON.stringify(answer));
      return answer;
    };
    return { ask, send, done, refused, get: async (path) => (await ask(path)).json() };
  };
  const hand_in = async (item, answers, fields, more = {}) => {
    const begun = await lina.done("/api/cases", { item, answers, ...more });
    await lina.done(`/api/cases/${begun.id}/form`, { fields }, "PATCH");
    const whole = await lina.get(`/api/cases/${begun.id}`);
    for (const material of whole.missing.materials) {
      const body = new FormData();
      body.append("material", material);
      body.append("file", new Blob([pdf]), "材料.pdf");
      assert.ok((await lina.ask(`/api/cases/${begun.id}/documents`, { method: "POST", body })).ok);
    }
    return lina.done(`/api/cases/${begun.id}/submit`);
  };
  const granted = async (id) => {
    await wang.done(`/api/work/${id}/accept`);
    return zhao.done(`/api/work/${id}/decision`, { decision: "grant" });
  };
  const licences = async () => (await lina.get("/api/licences")).licences;
  const page = async (path, status = 200) => {
    const response = await visitor.get(path);
    assert.equal(response.status, status, path);
    const html = await response.text();
    assert.doesNotMatch(html, /\{\{/, `${path} shows its placeholders`);
    return html;
  };

  before(async () => {
    server = await Server.start(kind);
    lina = await program("lina", "91310120MA1HQ5RT6E");
    [wang, zhao] = await Promise.all(["wangfang", "zhaomin"].map((name) => program(name)));
    visitor = new Visitor(server);
    await visitor.signIn("lina");
    const choices = await (await visitor.get("/act-for")).text();
    const [, organisation] = choices.match(/value="(\w+)"[^>]*>\s*<label[^>]*>上海力向金属制品有限公司/);
    await visitor.submit("/act-for", "/act-for", { organisation });
    pdf = Buffer.from(await (await server.get(`/items/drainage-permit-new/notice.pdf?${new URLSearchParams(newly)}`)).arrayBuffer());
  });
  after(async () => { await server?.stop(); });

  test("whoever holds none is led to the new application", async () => {
    await lina.refused("licence_missing", "/api/cases", { item: "drainage-permit-renewal", answers: renewal });
    const html = await page(`/cases/new?${new URLSearchParams({ item: "drainage-permit-renewal", ...renewal })}`);
    assert.match(html, /href="\/items\/drainage-permit-new"/);
    assert.doesNotMatch(html, /<form method="post" action="\/cases"/);
    const other = await page(`/cases/new?${new URLSearchParams({ item: "drainage-permit-renewal", lang: "en", ...renewal })}`);
    assert.match(other, /No valid licence/);
    await page("/?lang=zh");
  });

  test("the only one there is is taken, renewed, and verification of the old one says by what", async () => {
    await granted((await hand_in("drainage-permit-new", newly, form)).id);
    const [old] = await licences();
    assert.deepEqual(old.items, ["drainage-permit-renewal", "drainage-permit-change", "drainage-permit-replacement", "drainage-permit-cancellation"]);
    const begin = await page(`/cases/new?${new URLSearchParams({ item: "drainage-permit-renewal", ...renewal })}`);
    assert.ok(begin.includes(old.number));
    assert.match(begin, /有效期至 ?\d{4}/);
    const submitted = await hand_in("drainage-permit-renewal", renewal, renewed);
    assert.equal(submitted.licence, old.id);
    await lina.refused("licence_pending", `/api/cases/${(await lina.done("/api/cases", { item: "drainage-permit-renewal", answers: renewal })).id}/submit`);
    await granted(submitted.id);
    const [newest, before] = await licences();
    assert.equal(before.status, "changed");
    assert.equal(before.replaced_by.identifier, newest.identifier);
    assert.deepEqual(before.items, []);
    assert.equal(newest.number, old.number);
    assert.equal(newest.valid_from, new Date(Date.parse(old.valid_to) + 86_400_000).toISOString().slice(0, 10));
    const verify = await page(new URL(old.verify).pathname);
    assert.match(verify, /证照已变更/);
    assert.ok(verify.includes(newest.identifier) && verify.includes(new URL(newest.verify).pathname));
    assert.match(await page(new URL(newest.verify).pathname), /证照有效/);
    assert.equal((await (await server.get(`/api${new URL(old.verify).pathname}`)).json()).replaced_by.identifier, newest.identifier);
    const mine = await page("/licences");
    assert.equal(mine.match(/<li class="y-licence /g).length, 1);
    assert.match(mine, /以前的版本（1）/);
    assert.ok(mine.includes(`href="/items/drainage-permit-renewal/guide?licence=${newest.id}"`));
    assert.match(await page(`/licences/${newest.id}`), /可以办理/);
  });

  test("the renewed licence is a PDF that an independent program verifies", async () => {
    const [newest] = await licences();
    const folder = mkdtempSync(join(tmpdir(), "yimen-licence-"));
    try {
      writeFileSync(join(folder, "licence.pdf"), Buffer.from(await (await lina.ask(newest.pdf)).arrayBuffer()));
      assert.match(execFileSync("pdfsig", [join(folder, "licence.pdf")], { encoding: "utf8" }), /Signature is Valid/);
      const text = execFileSync("pdftotext", [join(folder, "licence.pdf"), "-"], { encoding: "utf8" });
      assert.ok(text.includes(newest.identifier) && text.includes(newest.number) && text.includes("8立方米"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("a clerk's application takes the licence of whoever stands there, and asks which of several", async () => {
    const person = { number: "310120199003071221", name: "李娜", phone: "13817046622" };
    const organisation = { credit_code: "91310120MA1HQ5RT6E", name: "上海力向金属制品有限公司", letter_seen: true };
    const begun = await wang.done("/api/work/applications", { item: "drainage-permit-change", answers: { changed: "name", in_person: "yes" }, person, organisation });
    const [newest] = await licences();
    assert.equal(begun.licence, newest.id);
    await granted((await hand_in("drainage-permit-new", newly, form)).id);
    const asked = await wang.refused("licence_not_chosen", "/api/work/applications", { item: "drainage-permit-change", answers: { changed: "name", in_person: "yes" }, person, organisation });
    assert.equal(asked.licences.length, 2);
    const own = await lina.refused("licence_not_chosen", "/api/cases", { item: "drainage-permit-renewal", answers: renewal });
    const chosen = own.licences.at(-1).id;
    assert.equal((await lina.done("/api/cases", { item: "drainage-permit-renewal", answers: renewal, licence: chosen })).licence, chosen);
    const html = await page(`/cases/new?${new URLSearchParams({ item: "drainage-permit-renewal", ...renewal })}`);
    assert.equal(html.match(/name="licence" type="radio"/g).length, 2);
    // Who comes from one of them has chosen: it travels through the questions to the application.
    const asks = await page(`/items/drainage-permit-renewal/guide?licence=${chosen}`);
    assert.ok(asks.includes(`<input type="hidden" name="licence" value="${chosen}">`));
    const told = await page(`/items/drainage-permit-renewal/guide?${new URLSearchParams({ ...renewal, licence: chosen })}`);
    const [, start] = told.match(/href="(\/cases\/new\?[^"]*)"/);
    const begins = await page(start.replaceAll("&amp;", "&"));
    assert.doesNotMatch(begins, /name="licence" type="radio"/);
    assert.ok(begins.includes(`<input type="hidden" name="licence" value="${chosen}">`) && begins.includes("换一份证照"));
    const clerk = new Visitor(server);
    await clerk.signIn("wangfang");
    const from = "/window/help/new?item=drainage-permit-change&changed=name&in_person=yes";
    const typed = { item: "drainage-permit-change", changed: "name", in_person: "yes", ...person, whom: "organisation", organisation: organisation.name, credit_code: organisation.credit_code, letter_seen: "yes" };
    const which = await clerk.submit(from, "/window/help/new", typed);
    assert.equal(which.status, 422);
    const choices = [...(await which.text()).matchAll(/name="licence" type="radio" value="(\w+)"/g)].map((one) => one[1]);
    assert.equal(choices.length, 2);
    assert.equal((await clerk.submit(from, "/window/help/new", { ...typed, licence: choices[0] })).status, 303);
  });

  test("a cancelled licence is told as cancelled, and no new one is made", async () => {
    const before = await licences();
    const [newest] = before;
    const submitted = await hand_in("drainage-permit-cancellation", {}, { request: "停止排水", has_place: "no", delivery: "none", declared: "yes" }, { licence: newest.id });
    const gao = await program("gaojie");
    await wang.done(`/api/work/${submitted.id}/accept`);
    await gao.done(`/api/work/${submitted.id}/decision`, { decision: "grant" });
    const now = await licences();
    assert.equal(now.length, before.length);
    assert.equal(now.find((one) => one.id === newest.id).status, "cancelled");
  });
});
