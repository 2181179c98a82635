// A window clerk applies with somebody standing there, over HTTP, from whom it is for to handing in, on each database.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { pdf } from "../journeys/papers.mjs";
import { databases, hidden, page, pairs, Server, Visitor } from "./server.mjs";

const answers = { premises: "food", discharging: "no", daily_discharge: "6", treatment: "yes", network: "municipal", in_person: "yes" };
const asked = new URLSearchParams({ item: "drainage-permit-new", ...answers });
const start = `/window/help/new?${asked}`;
const company = { whom: "organisation", credit_code: "91310120MA1HQ5RT6E", organisation: "上海力向金属制品有限公司" };
const lina = { number: "310120199003071221", name: "李娜", phone: "13900000000", ...company };
const wang = { number: "310120197502034012", name: "王小明", phone: "13900001234", ...company };
const form = { contact_name: "李娜", contact_phone: "13817046622", delivery: "none", site_address: "环城东路1号", floor_area: "120", activity: "中式正餐", daily_water: "6",
  outlets: "1", outlet_place: "店铺北侧", outlet_diameter: "160", water_sources: ["kitchen"], facility_kinds: ["grease_trap"] };
const sections = { contact: ["contact_name", "contact_phone", "delivery"], site: ["site_address", "floor_area", "activity"],
  discharge: ["daily_water", "outlets", "outlet_place", "outlet_diameter", "water_sources"], facilities: ["facility_kinds"] };
const needed = ["drainage-plan", "pretreatment", "forecast-report"];

for (const kind of databases) describe(`help at a window on ${kind}`, () => {
  let server, clerk, officer;
  const post = async (from, action, fields) => clerk.post(action, pairs(await page(clerk, from), fields));
  const say = (whom) => post(start, "/window/help/new", { item: "drainage-permit-new", ...answers, ...whom });
  const begin = async (whom) => {
    const response = await say(whom);
    assert.equal(response.status, 303, await response.text());
    return response.headers.get("location").match(/^\/window\/drafts\/(\w+)$/)[1];
  };
  const upload = async (base, material) => {
    const html = await page(clerk, `${base}/materials`);
    const body = new FormData();
    for (const [name, value] of Object.entries({ _csrf: hidden(html, "_csrf"), _key: hidden(html, "_key"), material })) body.append(name, value);
    body.append("file", new Blob([pdf(material)]), "材料.pdf");
    return clerk.keep(await server.get(`${base}/documents`, { method: "POST", headers: { cookie: clerk.cookie() }, body }));
  };
  const fill = async (base) => {
    for (const [section, names] of Object.entries(sections)) {
      const response = await post(`${base}/form/${section}`, `${base}/form/${section}`, Object.fromEntries(names.map((name) => [name, form[name]])));
      assert.equal(response.status, 303, section);
    }
    for (const material of needed) assert.equal((await upload(base, material)).status, 303);
  };

  before(async () => {
    server = await Server.start(kind);
    clerk = new Visitor(server);
    await clerk.signIn("wangfang");
    officer = new Visitor(server);
    await officer.signIn("liuqiang");
  });
  after(async () => { await server?.stop(); });

  test("the list of materials leads a clerk to the window's form, and others to their own", async () => {
    const guide = `/items/drainage-permit-new/guide?${new URLSearchParams(answers)}`;
    assert.match(await page(clerk, guide), /href="\/window\/help\/new\?item=drainage-permit-new/);
    for (const visitor of [officer, new Visitor(server)]) {
      const html = await page(visitor, guide);
      assert.ok(!html.includes("/window/help/new"));
      assert.match(html, /href="\/cases\/new\?/);
    }
  });

  test("without all answers the way leads back to the questions", async () => {
    const response = await clerk.get("/window/help/new?item=drainage-permit-new&premises=food");
    assert.match(response.headers.get("location"), /^\/items\/drainage-permit-new\/guide\?/);
    assert.equal((await clerk.get("/window/help/new?item=none")).status, 404);
  });

  test("everything wrong is named at once, beside its field, and what was typed stays", async () => {
    const response = await say({ number: "310120199003071222", name: "李娜", phone: "1", whom: "organisation", credit_code: "", organisation: "" });
    assert.equal(response.status, 422);
    const html = await response.text();
    assert.match(html, /<title>错误：/);
    for (const field of ["number", "phone", "credit_code", "organisation"]) {
      assert.match(html, new RegExp(`<li><a href="#${field}">`));
      assert.match(html, new RegExp(`aria-describedby="${field}-error"`));
    }
    assert.match(html, /value="310120199003071222"/);
    assert.match(html, /name="premises" value="food"/);
  });

  test("another name than the registered one is refused without a hint of the right one", async () => {
    const html = await (await say({ ...lina, name: "李想" })).text();
    assert.match(html, /id="name-error"/);
    assert.ok(!html.includes("李娜"));
    const other = await (await say({ ...lina, organisation: "别的公司" })).text();
    assert.match(other, /id="organisation-error"/);
    assert.ok(!other.includes("上海力向"));
  });

  test("the same form sent twice begins one draft and registers one person", async () => {
    const whom = { ...wang, number: "310120198811110028", name: "周小梅", letter_seen: "yes" };
    const fields = pairs(await page(clerk, start), { item: "drainage-permit-new", ...answers, ...whom });
    const [first, second] = await Promise.all([clerk.post("/window/help/new", fields), clerk.post("/window/help/new", fields)]);
    assert.equal(first.status, 303);
    assert.equal(second.headers.get("location"), first.headers.get("location"));
    // On the register now, with the letter that was seen: no need to see it again.
    await begin({ ...whom, letter_seen: "" });
  });

  test("who is not on the register needs a letter of authorisation to act for a company", async () => {
    const refused = await say(wang);
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /id="letter_seen-error"/);
    const id = await begin({ ...wang, letter_seen: "yes" });
    assert.match(await page(clerk, `/window/drafts/${id}/materials`), /id="m-identity-card"/);
    assert.match(await page(clerk, `/window/drafts/${id}/form/contact`), /value="13900001234"/);
  });

  test("one sitting: filled in, handed in, accepted; unfinished until then", async () => {
    const id = await begin(lina);
    const base = `/window/drafts/${id}`;
    assert.match(await page(clerk, base), /上海力向金属制品有限公司/);
    assert.match(await page(clerk, "/window/help"), new RegExp(`href="${base}"`));
    assert.equal((await clerk.get(`${base}/submitted`)).headers.get("location"), base);
    await fill(base);
    const check = await page(clerk, `${base}/check`);
    const paper = check.match(new RegExp(`${base}/documents/\\w+`))[0];
    assert.equal((await clerk.get(paper)).headers.get("content-type"), "application/pdf");
    assert.equal((await post(`${base}/check`, `${base}/submit`, {})).status, 422);
    const fields = pairs(check, { declared: "yes" });
    for (const response of await Promise.all([clerk.post(`${base}/submit`, fields), clerk.post(`${base}/submit`, fields)]))
      assert.equal(response.headers.get("location"), `${base}/submitted`);
    const done = await page(clerk, `${base}/submitted`);
    assert.match(done, new RegExp(`href="/window/cases/${id}/notices/\\w+"`));
    assert.match(done, new RegExp(`href="/window/cases/${id}"`));
    assert.ok(!(await page(clerk, "/window/help")).includes(base));
    assert.equal((await clerk.get(base)).headers.get("location"), `/window/cases/${id}`);
    assert.match(await page(clerk, `/window/cases/${id}`), /窗口帮办/);
    assert.equal((await post(`/window/cases/${id}`, `/window/cases/${id}/accept`, {})).status, 303);
    // The company's agent follows it at home.
    const home = new Visitor(server);
    await home.signIn("lina");
    const chosen = (await page(home, "/act-for")).match(/value="(\w+)"[^>]*>\s*<label[^>]*>上海力向/)[1];
    await home.submit("/act-for", "/act-for", { organisation: chosen });
    assert.match(await page(home, `/cases/${id}`), /已受理/);
  });

  test("a correction is mended at the window where the case was begun there", async () => {
    const id = await begin(lina);
    const base = `/window/drafts/${id}`;
    await fill(base);
    await post(`${base}/check`, `${base}/submit`, { declared: "yes" });
    await post(`/window/cases/${id}/correction`, `/window/cases/${id}/correction`, { field: "floor_area", "remark.floor_area": "与图纸不一致" });
    assert.match(await page(clerk, `/window/cases/${id}`), new RegExp(`href="${base}"`));
    assert.match(await page(clerk, base), /与图纸不一致/);
    await post(`${base}/form/site`, `${base}/form/site`, { site_address: form.site_address, floor_area: "150", activity: form.activity });
    assert.equal((await post(`${base}/check`, `${base}/resubmit`, { declared: "yes" })).headers.get("location"), `${base}/submitted`);
  });

  test("a program does the same by the API", async () => {
    const json = { "content-type": "application/json" };
    const { token } = await (await server.get("/api/session", { method: "POST", headers: json, body: JSON.stringify({ name: "wangfang", password: "yimen-demo-2026" }) })).json();
    const bearer = { authorization: `Bearer ${token}` };
    const call = (method, path, body, headers = {}) => server.get(path, { method, headers: { ...bearer, ...json, ...headers }, body: body && JSON.stringify(body) });
    const described = await (await server.get("/api/openapi.json")).json();
    const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
    ajv.addSchema({ $id: "api", components: described.components });
    const holds = (schema, value) => assert.ok(ajv.validate({ $ref: `api#/components/schemas/${schema}` }, value), `${schema}: ${ajv.errorsText()}`);

    const wrong = await call("POST", "/api/work/applications", { person: { number: "1", name: "", phone: "" }, item: "drainage-permit-new", answers });
    assert.equal(wrong.status, 422);
    const problem = await wrong.json();
    holds("NewcomerProblem", problem);
    assert.deepEqual(problem.fields.map((one) => one.field), ["name", "number", "phone"]);
    assert.equal((await call("POST", "/api/work/applications", { person: lina, item: "none", answers })).status, 422);
    const application = { person: { number: lina.number, name: "李娜", phone: "13900000000" }, item: "drainage-permit-new", answers,
      organisation: { credit_code: lina.credit_code, name: lina.organisation } };
    const [first, second] = await Promise.all([1, 2].map(() => call("POST", "/api/work/applications", application, { "idempotency-key": "h-1" })));
    assert.equal(first.status, 201);
    const begun = await first.json();
    holds("OwnCase", begun);
    assert.equal((await second.json()).id, begun.id);
    assert.equal(begun.path, `/window/drafts/${begun.id}`);
    assert.equal((await call("PATCH", `/api/work/${begun.id}/form`, { fields: { ...form, declared: "yes" } })).status, 200);
    const early = await (await call("POST", `/api/work/${begun.id}/submit`)).json();
    holds("Problem", early);
    assert.deepEqual(early.materials, needed);
    for (const material of needed) {
      const body = new FormData();
      body.append("material", material);
      body.append("file", new Blob([pdf(material)]), "a.pdf");
      assert.equal((await server.get(`/api/work/${begun.id}/documents`, { method: "POST", headers: bearer, body })).status, 201);
    }
    const handed = await (await call("POST", `/api/work/${begun.id}/submit`)).json();
    holds("OwnCase", handed);
    assert.equal(handed.state, "submitted");
    assert.equal((await call("POST", `/api/work/${begun.id}/accept`)).status, 200);
    assert.equal((await call("POST", "/api/work/000000000000/submit")).status, 404);
  });

  test("what somebody keeps at home is not found at the window", async () => {
    const home = new Visitor(server);
    await home.signIn("lina");
    // She alone cannot begin what is for organisations, and the page says so.
    const alone = await page(home, `/cases/new?${asked}`);
    assert.match(alone, /这个事项由单位办理，个人不能申请/);
    assert.doesNotMatch(alone, /action="\/cases"/);
    const refused = await home.submit("/cases", "/cases", { item: "drainage-permit-new", ...answers });
    assert.equal(refused.status, 422);
    const company = (await page(home, "/act-for")).match(/value="(\w+)"[^>]*>\s*<label[^>]*>上海力向金属制品有限公司/)[1];
    await home.submit("/act-for", "/act-for", { organisation: company });
    const response = await home.submit(`/cases/new?${asked}`, "/cases", { item: "drainage-permit-new", ...answers });
    const id = response.headers.get("location").split("/").pop();
    for (const path of ["", "/form/contact", "/materials", "/check", "/submitted"]) assert.equal((await clerk.get(`/window/drafts/${id}${path}`)).status, 404, path);
    assert.ok(!(await page(clerk, "/window/help")).includes(id));
  });
});
