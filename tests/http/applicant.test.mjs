// An applicant's case over HTTP, from guidance to handing in, correction and withdrawal, on each database.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { databases, hidden, page, pairs, Server, Visitor } from "./server.mjs";

const answers = { premises: "food", discharging: "no", daily_discharge: "6", treatment: "yes", network: "municipal", in_person: "yes" };
const query = new URLSearchParams({ item: "drainage-permit-new", ...answers });
const needed = ["drainage-plan", "pretreatment", "forecast-report"];
// What is not known from the registers.
const typed = {
  contact: { contact_name: "李娜", contact_phone: "13800138012", delivery: "none" },
  site: { site_address: "上海市奉贤区环城东路1号", floor_area: "１，２００", activity: "中式正餐，100个餐位" },
  discharge: { daily_water: "6", outlets: "1", outlet_place: "店铺北侧，接入南桥路污水管", outlet_diameter: "160", water_sources: ["kitchen", "toilet"] },
  facilities: { facility_kinds: ["grease_trap"], cleaning: "", remarks: "" },
};
const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

for (const kind of databases) describe(`an applicant on ${kind}`, () => {
  let server, lina, zhangwei, clerk, pdf;

  const post = async (visitor, from, action, fields) => visitor.post(action, pairs(await page(visitor, from), fields));
  const multipart = async (visitor, action, fields, files, headers = {}) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    for (const [name, bytes] of files) body.append("file", new Blob([bytes]), name);
    return visitor.keep(await server.get(action, { method: "POST", headers: { ...headers, cookie: visitor.cookie() }, body }));
  };
  const upload = async (visitor, id, material, files) => {
    const html = await page(visitor, `/cases/${id}/materials`);
    return multipart(visitor, `/cases/${id}/documents`, { _csrf: hidden(html, "_csrf"), _key: hidden(html, "_key"), material }, files);
  };
  const begin = async (visitor) => {
    const response = await post(visitor, `/cases/new?${query}`, "/cases", { item: "drainage-permit-new", ...answers });
    assert.equal(response.status, 303);
    return response.headers.get("location").match(/^\/cases\/(\w+)$/)[1];
  };
  const fill = async (visitor, id) => {
    for (const [section, fields] of Object.entries(typed)) {
      const response = await post(visitor, `/cases/${id}/form/${section}`, `/cases/${id}/form/${section}`, fields);
      assert.equal(response.status, 303, section);
    }
    for (const material of needed) assert.equal((await upload(visitor, id, material, [["材料.pdf", pdf]])).status, 303);
  };
  const number = (html) => html.match(/y-panel__number">([^<]+)</)?.[1];
  const signInFor = async (name, organisation) => {
    const visitor = new Visitor(server);
    await visitor.signIn(name);
    if (organisation) {
      const html = await page(visitor, "/act-for");
      const chosen = html.match(new RegExp(`value="(\\w+)"[^>]*>\\s*<label[^>]*>${organisation}`))[1];
      assert.equal((await visitor.submit("/act-for", "/act-for", { organisation: chosen })).status, 303);
    }
    return visitor;
  };

  before(async () => {
    server = await Server.start(kind);
    lina = await signInFor("lina", "上海力向金属制品有限公司");
    zhangwei = await signInFor("zhangwei");
    clerk = await signInFor("wangfang");
    pdf = Buffer.from(await (await server.get(`/items/drainage-permit-new/notice.pdf?${new URLSearchParams(answers)}`)).arrayBuffer());
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  });
  after(async () => { if (server) await server.stop(); });

  test("beginning asks to sign in first and comes back", async () => {
    const response = await server.get(`/cases/new?${query}`);
    assert.equal(response.status, 303);
    const back = decodeURIComponent(response.headers.get("location").match(/return=(.*)$/)[1]);
    assert.equal(back, `/cases/new?${query}`);
    const html = await page(lina, back);
    assert.match(html, /上海力向金属制品有限公司/);
    assert.match(html, /排水管网平面图及说明/);
  });

  test("without all answers the way leads back to the questions", async () => {
    const response = await lina.get("/cases/new?item=drainage-permit-new&premises=food");
    assert.equal(response.status, 303);
    assert.match(response.headers.get("location"), /^\/items\/drainage-permit-new\/guide\?/);
  });

  test("the same form sent twice begins one draft", async () => {
    const html = await page(lina, `/cases/new?${query}`);
    const fields = pairs(html, { item: "drainage-permit-new", ...answers });
    const [first, second] = await Promise.all([lina.post("/cases", fields), lina.post("/cases", fields)]);
    assert.equal(first.status, 303);
    assert.equal(second.headers.get("location"), first.headers.get("location"));
  });

  test("from answers to a case number", async () => {
    const id = await begin(lina);
    const tasks = await page(lina, `/cases/${id}`);
    assert.match(tasks, /上传材料/);
    const prefilled = await page(lina, `/cases/${id}/form/applicant`);
    assert.match(prefilled, /91310120MA1HQ5RT6E/);
    await fill(lina, id);
    const check = await page(lina, `/cases/${id}/check`);
    assert.match(check, /1200 平方米/);
    assert.ok(!check.includes("处没有填好"));
    const fields = pairs(check, { declared: "yes" });
    const [first, second] = await Promise.all([lina.post(`/cases/${id}/submit`, fields), lina.post(`/cases/${id}/submit`, fields)]);
    assert.equal(first.status, 303);
    assert.equal(first.headers.get("location"), `/cases/${id}/submitted`);
    assert.equal(second.headers.get("location"), `/cases/${id}/submitted`);
    const again = await lina.post(`/cases/${id}/submit`, fields);
    assert.equal(again.headers.get("location"), `/cases/${id}/submitted`);
    const confirmation = await page(lina, `/cases/${id}/submitted`);
    assert.match(number(confirmation), /^[\d-]+/);
    assert.match(confirmation, new RegExp(`/cases/${id}/notices/`));
    const progress = await page(lina, `/cases/${id}`);
    assert.match(progress, /待受理/);
    assert.match(progress, /为什么是这一天/);
    assert.match(await page(lina, "/cases"), /待受理/);
    assert.equal((await lina.get(`/cases/${id}/form/contact`)).headers.get("location"), `/cases/${id}`);
    const list = await (await lina.get("/api/cases")).json();
    assert.equal(list.cases.filter((one) => one.id === id && one.number).length, 1);
  });

  test("everything wrong is named at once, beside its field, and nothing typed is lost", async () => {
    const id = await begin(lina);
    const wrong = { contact_name: "", contact_phone: "12345", delivery: "" };
    const response = await post(lina, `/cases/${id}/form/contact`, `/cases/${id}/form/contact`, wrong);
    assert.equal(response.status, 422);
    const html = await response.text();
    assert.match(html, /<title>错误：/);
    for (const field of ["contact_name", "contact_phone", "delivery"]) {
      assert.match(html, new RegExp(`<li><a href="#f-${field}">`));
      assert.match(html, new RegExp(`aria-describedby="[^"]*${field}-error`));
    }
    const elsewhere = await signInFor("lina", "上海力向金属制品有限公司");
    assert.match(await page(elsewhere, `/cases/${id}/form/contact`), /value="12345"/);
  });

  test("a field that an answer calls for is asked for and not held against anybody", async () => {
    const id = await begin(lina);
    const path = `/cases/${id}/form/contact`;
    const before = await page(lina, path);
    assert.match(before, /data-field="delivery_address" hidden/);
    const response = await lina.post(path, pairs(before, { ...typed.contact, delivery: "courier", delivery_address: "" }));
    assert.equal(response.headers.get("location"), `${path}#f-delivery_address`);
    const shown = await page(lina, path);
    assert.ok(!/data-field="delivery_address" hidden/.test(shown));
    assert.equal((await post(lina, path, path, { ...typed.contact, delivery: "courier", delivery_address: "" })).status, 422);
  });

  test("a form saves by itself, and gets the fields that an answer calls for, what is computed and what is wrong", async () => {
    const id = await begin(lina);
    const live = async (section, seen, fields) => {
      const html = await page(lina, `/cases/${id}/form/${section}`);
      const response = await lina.post(`/cases/${id}/form/${section}/live`, [["_csrf", hidden(html, "_csrf")], ...seen.map((name) => ["_seen", name]), ...fields]);
      assert.equal(response.status, 200);
      return response.text();
    };
    const shown = await live("contact", ["delivery"], [["_field", "delivery"], ["delivery", "courier"]]);
    assert.match(shown, /id="saved" hx-swap-oob="innerHTML">已保存 \d\d:\d\d</);
    assert.match(shown, /data-field="delivery_address" id="field-delivery_address" hx-swap-oob="true"/);
    assert.doesNotMatch(shown, /<html|id="field-delivery"/);
    assert.equal((await (await lina.get(`/api/cases/${id}`)).json()).form.delivery, "courier");
    const gone = await live("contact", ["delivery", "delivery_address"], [["_field", "delivery"], ["delivery", "none"]]);
    assert.match(gone, /data-field="delivery_address" hidden id="field-delivery_address"/);
    const wrong = await live("contact", ["contact_phone"], [["_field", "contact_phone"], ["contact_phone", "123"]]);
    assert.match(wrong, /id="contact_phone-error"[^>]*hx-swap-oob="true"><p class="govuk-error-message">/);
    assert.doesNotMatch(wrong, /id="contact_name-error"[^>]*><p/);
    const typing = await live("contact", ["contact_phone"], [["_field", "contact_phone"], ["contact_phone", "1234"], ["_typing", "contact_phone"]]);
    assert.doesNotMatch(typing, /govuk-error-message/);
    const computed = await live("discharge", ["daily_water", "outlets"], [["_field", "outlets"], ["outlets", "4"]]);
    assert.match(computed, /id="field-daily_by_outlet"[\s\S]*<output>1.5 立方米<\/output>/);
    assert.equal((await (await lina.get(`/api/cases/${id}`)).json()).form.daily_by_outlet, "1.5");
    assert.equal((await zhangwei.post(`/cases/${id}/form/contact/live`, [["_csrf", hidden(await page(zhangwei, "/cases"), "_csrf")]])).status, 404);
  });

  test("rows of a table come and go without losing what was typed", async () => {
    const id = await begin(lina);
    const path = `/cases/${id}/form/discharge`;
    const table = async () => (await (await lina.get(`/api/cases/${id}`)).json()).form.outlet_list;
    const added = await post(lina, path, path, { ...typed.discharge, outlets: "2", then: "add:outlet_list" });
    assert.equal(added.status, 303);
    assert.match(added.headers.get("location"), /#f-outlet_list-0$/);
    const row = (at, road) => ({ [`outlet_list-${at}-road`]: road, [`outlet_list-${at}-diameter`]: "２００", [`outlet_list-${at}-well`]: "yes" });
    const two = { "outlet_list-rows": "1", ...row(0, "南桥路") };
    await post(lina, path, path, { ...typed.discharge, outlets: "2", ...two, then: "add:outlet_list" });
    const html = await page(lina, path);
    assert.match(html, /name="outlet_list-0-road"[^>]*value="南桥路"/);
    assert.match(html, /name="outlet_list-rows" value="2"/);
    assert.match(html, /value="2"[^>]*>|name="outlets"[^>]*value="2"/);
    const wrong = await post(lina, path, path, { ...typed.discharge, outlets: "2", "outlet_list-rows": "2", ...row(0, "南桥路"), ...row(1, ""), "outlet_list-1-diameter": "一" });
    assert.equal(wrong.status, 422);
    const told = await wrong.text();
    for (const box of ["f-outlet_list-1-road", "f-outlet_list-1-diameter"]) assert.match(told, new RegExp(`<li><a href="#${box}">`));
    assert.match(told, /各排放口明细，第 2 行，接入的道路/);
    await post(lina, path, path, { ...typed.discharge, outlets: "2", "outlet_list-rows": "2", ...row(0, "南桥路"), ...row(1, "环城路"), then: "remove:outlet_list:0" });
    assert.deepEqual((await table()).map((one) => one.road), ["环城路"]);
    // What is left empty goes when somebody goes on.
    const went = await post(lina, path, path, { ...typed.discharge, outlets: "2", "outlet_list-rows": "2", ...row(0, "环城路") });
    assert.equal(went.status, 303);
    assert.deepEqual(await table(), [{ road: "环城路", diameter: "200", built_on: "", well: "yes" }]);
    assert.match(await page(lina, `/cases/${id}/check`), /<th scope="col">接入的道路<\/th>/);
  });

  test("a program gives parts and rows as objects, and nobody gives what is computed", async () => {
    const id = await begin(lina);
    const html = await page(lina, `/cases/${id}/form/contact`);
    const patch = (fields) => server.get(`/api/cases/${id}/form`, { method: "PATCH", headers: { cookie: lina.cookie(), "content-type": "application/json", "x-csrf-token": hidden(html, "_csrf") }, body: JSON.stringify({ fields }) });
    const kept = await patch({ keeper: { name: "王小明", number: "31012019900307122x", phone: "138 0013 8012" }, site_address: { division: "310120", town: "310120101", street: "环城东路1号" } });
    assert.equal(kept.status, 200);
    assert.deepEqual((await kept.json()).wrong.map((one) => [one.field, one.part]), [["keeper", "number"]]);
    const form = (await (await lina.get(`/api/cases/${id}`)).json()).form;
    assert.equal(form.keeper.phone, "13800138012");
    assert.equal((await patch({ daily_by_outlet: "5" })).status, 422);
    assert.equal((await patch({ keeper: { name: 5 } })).status, 400);
  });

  test("what registers say is not changed here", async () => {
    const id = await begin(lina);
    const html = await page(lina, `/cases/${id}/form/applicant`);
    assert.ok(!/name="credit_code"/.test(html));
    await lina.post(`/cases/${id}/form/applicant`, [...pairs(html, { credit_code: "91110000802100433B" }), ["_field", "credit_code"]]);
    assert.equal((await (await lina.get(`/api/cases/${id}`)).json()).form.credit_code, "91310120MA1HQ5RT6E");
  });

  test("a file is what its bytes say, and its error stands beside its material", async () => {
    const id = await begin(lina);
    const refused = await upload(lina, id, "drainage-plan", [["图纸.pdf", Buffer.from("not a PDF at all")]]);
    assert.equal(refused.status, 422);
    const html = await refused.text();
    assert.match(html, /<a href="#file-drainage-plan">/);
    assert.match(html, /id="file-drainage-plan-error"/);
    // A picture is no test report, whatever its name says; beside it a good file is kept.
    const mixed = await upload(lina, id, "forecast-report", [["报告.pdf", png], ["报告二.pdf", pdf]]);
    assert.equal(mixed.status, 422);
    assert.match(await mixed.text(), /报告二\.pdf/);
    assert.equal((await upload(lina, id, "drainage-plan", [])).status, 422);
    assert.equal((await upload(lina, id, "no-such-material", [["a.pdf", pdf]])).status, 422);
    assert.equal((await upload(lina, id, "drainage-plan", [["一.png", png], ["二.pdf", pdf]])).status, 303);
    const { documents } = await (await lina.get(`/api/cases/${id}`)).json();
    assert.deepEqual(documents.map((d) => d.media_type), ["application/pdf", "image/png", "application/pdf"]);
  });

  test("a document is shown to its applicant, a range at a time, and nothing in it runs", async () => {
    const id = await begin(lina);
    await upload(lina, id, "drainage-plan", [["图.png", png], ["图.pdf", pdf]]);
    const { documents: [picture, paper] } = await (await lina.get(`/api/cases/${id}`)).json();
    const whole = await lina.get(`/cases/${id}/documents/${paper.id}`);
    assert.equal(whole.headers.get("content-type"), "application/pdf");
    assert.equal(whole.headers.get("x-content-type-options"), "nosniff");
    assert.match(whole.headers.get("content-security-policy"), /default-src 'none'/);
    assert.deepEqual(Buffer.from(await whole.arrayBuffer()), pdf);
    const part = await lina.get(`/cases/${id}/documents/${paper.id}`, { range: "bytes=5-104" });
    assert.equal(part.status, 206);
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), pdf.subarray(5, 105));
    assert.match((await lina.get(`/cases/${id}/documents/${picture.id}`)).headers.get("content-security-policy"), /sandbox/);
    assert.equal((await zhangwei.get(`/cases/${id}/documents/${paper.id}`)).status, 404);
    const removed = await post(lina, `/cases/${id}/materials`, `/cases/${id}/documents/${paper.id}/remove`, {});
    assert.equal(removed.status, 303);
    assert.equal((await lina.get(`/cases/${id}/documents/${paper.id}`)).status, 404);
  });

  test("handing in too early names everything in the way", async () => {
    const id = await begin(lina);
    const response = await post(lina, `/cases/${id}/check`, `/cases/${id}/submit`, {});
    assert.equal(response.status, 422);
    const html = await response.text();
    for (const way of ["/form/site?return=check#f-floor_area", "/materials#file-drainage-plan", "#f-declared"]) assert.ok(html.includes(way), way);
    assert.match(html, /<title>错误：/);
  });

  test("others find nothing", async () => {
    const id = await begin(lina);
    for (const path of ["", "/form/contact", "/materials", "/check", "/withdraw"]) assert.equal((await zhangwei.get(`/cases/${id}${path}`)).status, 404, path);
    assert.equal((await post(zhangwei, "/act-for", `/cases/${id}/submit`, { declared: "yes" })).status, 404);
    assert.equal((await clerk.get(`/cases/${id}`)).status, 403);
    assert.equal((await clerk.get(`/window/cases/${id}`)).status, 404);
    assert.equal((await zhangwei.get(`/api/cases/${id}`)).status, 404);
    // Whoever may act for the organisation is led to the choice.
    const herself = await signInFor("lina");
    assert.match((await herself.get(`/cases/${id}`)).headers.get("location"), /^\/act-for\?return=/);
  });

  test("a correction shows what was asked, is handed in again, and told", async () => {
    const id = await begin(lina);
    await fill(lina, id);
    await post(lina, `/cases/${id}/check`, `/cases/${id}/submit`, { declared: "yes" });
    const asked = await post(clerk, `/window/cases/${id}/correction`, `/window/cases/${id}/correction`,
      { field: "floor_area", "remark.floor_area": "与图纸不一致", material: "drainage-plan", "remark.drainage-plan": "看不清管径" });
    assert.equal(asked.status, 303);
    const staffView = await page(clerk, `/window/cases/${id}`);
    const path = staffView.match(new RegExp(`/window/cases/${id}/documents/\\w+`))[0];
    assert.equal((await clerk.get(path)).status, 200);
    assert.match(staffView, new RegExp(`/window/cases/${id}/notices/`));

    assert.match(await page(lina, "/cases"), /现在补正/);
    const tasks = await page(lina, `/cases/${id}`);
    assert.match(tasks, /与图纸不一致/);
    assert.match(tasks, /看不清管径/);
    const section = await page(lina, `/cases/${id}/form/site`);
    assert.match(section, /y-field--asked" data-field="floor_area"/);
    assert.ok(!/y-field--asked" data-field="activity"/.test(section));
    await post(lina, `/cases/${id}/form/site`, `/cases/${id}/form/site`, { ...typed.site, floor_area: "120" });
    await upload(lina, id, "drainage-plan", [["新图.pdf", pdf]]);
    assert.match(await page(lina, `/cases/${id}`), /已补正/);
    assert.equal((await post(lina, `/cases/${id}/check`, `/cases/${id}/resubmit`, {})).status, 422);
    const again = await post(lina, `/cases/${id}/check`, `/cases/${id}/resubmit`, { declared: "yes" });
    assert.equal(again.headers.get("location"), `/cases/${id}/submitted`);

    const fresh = await page(lina, "/notifications");
    assert.match(fresh, /需要您补正/);
    assert.match(fresh, /新<\/strong>/);
    assert.ok(!/新<\/strong>/.test(await page(lina, "/notifications")));
  });

  test("withdrawing asks for a reason; a draft goes without one", async () => {
    const id = await begin(lina);
    await fill(lina, id);
    await post(lina, `/cases/${id}/check`, `/cases/${id}/submit`, { declared: "yes" });
    const refused = await post(lina, `/cases/${id}/withdraw`, `/cases/${id}/withdraw`, { reason: "　" });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /id="reason-error"/);
    assert.equal((await post(lina, `/cases/${id}/withdraw`, `/cases/${id}/withdraw`, { reason: "不开店了" })).status, 303);
    assert.match(await page(lina, `/cases/${id}`), /已撤回/);
    const draft = await begin(lina);
    assert.equal((await post(lina, `/cases/${draft}/withdraw`, `/cases/${draft}/withdraw`, {})).headers.get("location"), "/cases");
    assert.ok(!(await page(lina, "/cases")).includes(draft));
  });

  test("an empty list says what would be there", async () => {
    assert.match(await page(zhangwei, "/cases"), /还没有办件/);
    assert.match(await page(zhangwei, "/notifications"), /还没有消息/);
  });

  test("a program does the same by the API", async () => {
    const json = { "content-type": "application/json" };
    const session = await (await server.get("/api/session", { method: "POST", headers: json,
      body: JSON.stringify({ name: "lina", password: "yimen-demo-2026", acting_for: "91310120MA1HQ5RT6E" }) })).json();
    const bearer = { authorization: `Bearer ${session.token}` };
    const call = (method, path, body, headers = {}) => server.get(path, { method, headers: { ...bearer, ...json, ...headers }, body: body && JSON.stringify(body) });
    const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
    const described = await (await server.get("/api/openapi.json")).json();
    ajv.addSchema({ $id: "api", components: described.components });
    // As the description says.
    const holds = (schema, value) => assert.ok(ajv.validate({ $ref: `api#/components/schemas/${schema}` }, value), `${schema}: ${ajv.errorsText()}`);
    const begun = await call("POST", "/api/cases", { item: "drainage-permit-new", answers }, { "idempotency-key": "a-1" });
    assert.equal(begun.status, 201);
    const { id, state } = await begun.json();
    assert.equal(state, "draft");
    assert.equal((await (await call("POST", "/api/cases", { item: "drainage-permit-new", answers }, { "idempotency-key": "a-1" })).json()).id, id);
    assert.equal((await call("POST", "/api/cases", { item: "drainage-permit-new", answers: {} })).status, 422);
    assert.equal((await call("PATCH", `/api/cases/${id}/form`, { fields: { nonsense: "x" } })).status, 422);
    assert.equal((await call("PATCH", `/api/cases/${id}/form`, { fields: { activity: 7 } })).status, 400);
    assert.equal((await call("PATCH", `/api/cases/${id}/form`, { fields: { credit_code: "91110000802100433B" } })).status, 422);
    const early = await call("POST", `/api/cases/${id}/submit`);
    assert.equal(early.status, 422);
    const problem = await early.json();
    assert.equal(problem.code, "form_incomplete");
    holds("Problem", problem);
    holds("OwnCaseInFull", await (await call("GET", `/api/cases/${id}`)).json());
    holds("OwnCases", await (await call("GET", "/api/cases")).json());
    assert.ok(problem.fields.some((one) => one.field === "floor_area"));
    assert.deepEqual(problem.materials, needed);
    const wrong = await call("PATCH", `/api/cases/${id}/form`, { fields: { ...Object.assign({}, ...Object.values(typed)), outlets: "many", declared: "yes" } });
    const saved = await wrong.json();
    holds("Saved", saved);
    assert.deepEqual(saved.wrong.map((one) => one.field), ["outlets"]);
    assert.equal((await call("PATCH", `/api/cases/${id}/form`, { fields: { outlets: "2" } })).status, 200);
    const visitor = { cookie: () => "", keep: (response) => response };
    for (const material of needed) {
      const added = await multipart(visitor, `/api/cases/${id}/documents`, { material }, [["a.pdf", pdf]], bearer);
      assert.equal(added.status, 201);
      const attached = await added.json();
      holds("Attached", attached);
      const [document] = attached.documents;
      if (material !== "drainage-plan") continue;
      assert.equal((await call("DELETE", `/api/cases/${id}/documents/${document.id}`)).status, 204);
      assert.equal((await multipart(visitor, `/api/cases/${id}/documents`, { material }, [["a.pdf", pdf]], bearer)).status, 201);
    }
    assert.equal((await multipart(visitor, `/api/cases/${id}/documents`, { material: "drainage-plan" }, [["a.pdf", Buffer.from("x")]], bearer)).status, 422);
    const submits = await Promise.all([1, 2].map(() => call("POST", `/api/cases/${id}/submit`, undefined, { "idempotency-key": "s-1" })));
    const [first, second] = await Promise.all(submits.map((one) => one.json()));
    assert.equal(first.state, "submitted");
    holds("OwnCase", first);
    assert.equal(second.number, first.number);
    assert.equal((await call("POST", `/api/cases/${id}/submit`)).status, 409);
    assert.equal((await call("POST", `/api/cases/${id}/withdraw`, {})).status, 422);
    assert.equal((await (await call("POST", `/api/cases/${id}/withdraw`, { reason: "不办了" })).json()).state, "withdrawn");
    assert.equal((await call("GET", "/api/cases/0000000000000")).status, 404);
    assert.equal((await server.get("/api/cases")).status, 401);
  });
});
