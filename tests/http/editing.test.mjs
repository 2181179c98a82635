// The analysts' pages over HTTP, on each database: every route, who may, what is refused, and two who edit at once.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { actionOf, Analyst, boxes, text } from "./analyst.mjs";
import { databases, hidden, run, Server, Visitor } from "./server.mjs";

const item = "drainage-permit-new", base = `/editing/items/${item}`;
for (const kind of databases) describe(`editing items on ${kind}`, () => {
  let server, xu, gao;
  before(async () => {
    server = await Server.start(kind);
    [xu, gao] = await Promise.all(["xujing", "gaoyuan"].map((account) => Analyst.enter(server, account)));
  });
  after(async () => { await server?.stop(); });
  const revision = async () => (await xu.page(`${base}/check`)).match(/第 (\d+) 次修改/)[1];
  const begun = async () => { if (!(await xu.page(base)).includes("task-basics")) await xu.acted(base, `${base}/begin`); };

  test("only analysts come in; everybody else is refused", async () => {
    for (const account of ["lina", "wangfang", "liuqiang", "wulei", "zhengjie"]) {
      const visitor = new Visitor(server);
      await visitor.signIn(account);
      for (const path of ["/editing", "/editing/new", base, `${base}/basics`, `${base}/rules`, `${base}/check`]) assert.equal((await visitor.get(path)).status, 403, `${account} ${path}`);
    }
    assert.match((await server.get("/editing")).headers.get("location"), /^\/sign-in/);
  });

  test("the list shows, finds, narrows and pages", async () => {
    assert.match(await xu.page("/editing"), /y-table--dense/);
    assert.match(await xu.page("/editing?q=" + encodeURIComponent("排水许可证核发")), /排水许可证核发（新办）/);
    assert.match(await xu.page("/editing?q=drainage-permit-new"), /共 1 个事项/);
    assert.match(await xu.page("/editing?q=%25"), /没有符合条件/);
    assert.match(await xu.page("/editing?department=water&state=published"), /水务局/);
    assert.match(await xu.page("/editing?state=nonsense&page=-1&q=" + "x".repeat(5000)), /没有符合条件/);
    await xu.page("/editing?page=99999999999");
  });

  test("nothing is edited before a draft is begun, and what there is not is not found", async () => {
    for (const path of ["basics", "materials", "materials/1", "rules", "rules.dmn", "rules-editor", "check", "publish", "preview"]) await xu.page(`${base}/${path}`, 404);
    await xu.page("/editing/items/no-such-item", 404);
    await xu.page(`${base}/compare`);
  });

  test("every page of a draft opens, in both languages", async () => {
    await begun();
    for (const path of ["", "/basics", "/codes", "/law", "/law/1", "/law/new", "/steps", "/steps/1", "/faqs/2", "/questions", "/questions/1", "/situations", "/situations/1", "/materials",
      "/materials/3", "/sections", "/sections/1", "/fields-1", "/fields-1/2", "/examples", "/examples/new", "/rules", "/preview", "/check", "/compare", "/publish"]) {
      await xu.page(base + path);
      await xu.page(`${base + path}?lang=en`);
    }
    await xu.get(`${base}?lang=zh`);
    for (const path of ["/nothing", "/materials/999", "/materials/0", "/materials/abc", "/fields-99", "/fields-0", "/basics/1"]) assert.ok([404, 409].includes((await xu.get(base + path)).status), path);
  });

  test("mistakes stand beside their boxes and nothing typed is lost", async () => {
    await begun();
    const html = await xu.change(`${base}/codes`, { catalogue_code: "12", visits: "many", "fee_basis.zh": "收费办法" }, 422);
    assert.match(html, /应为 12 位数字/);
    assert.match(html, /请填整数/);
    assert.match(html, /value="many"/);
    assert.match(html, /href="#b-fee_basis-en"/);
    assert.match(await xu.page(`${base}/codes`), /value="many"/, "also after leaving the page");
    await xu.send(await xu.open(`${base}/codes`), { then: "theirs" });
    assert.doesNotMatch(await xu.page(`${base}/codes`), /value="many"/);
  });

  test("what is typed is kept aside by itself, for its author alone", async () => {
    await begun();
    const form = await xu.open(`${base}/basics`);
    const kept = await xu.post(form.action, [["_csrf", hidden(form.html, "_csrf")], ["_field", "phone"], ["phone.zh", "刚刚输入"], ["phone.en", "just typed"]], { accept: "application/json" });
    assert.equal(kept.status, 200);
    assert.match((await kept.json()).saved, /已暂存/);
    assert.match(await xu.page(`${base}/basics`), /刚刚输入[\s\S]*just typed/);
    assert.doesNotMatch(await gao.page(`${base}/basics`), /刚刚输入/);
    await xu.send(await xu.open(`${base}/basics`), { then: "theirs" });
  });

  test("two who edit at once cannot overwrite each other in silence", async () => {
    await begun();
    const mine = await xu.open(`${base}/law/1`), theirs = await gao.open(`${base}/law/1`);
    assert.equal((await gao.send(theirs, { "article.zh": "第二十一条第一款" })).status, 303);
    const refused = await xu.send(mine, { "article.zh": "第二十一条第二款" });
    assert.equal(refused.status, 409);
    const html = await text(refused);
    assert.match(html, /别人刚刚改过这里/);
    assert.match(html, /value="第二十一条第二款"/, "what I typed");
    assert.match(html, /y-theirs__text">第二十一条第一款/, "what they saved");
    assert.match(await xu.page(`${base}/law/1`), /别人刚刚改过这里[\s\S]*value="第二十一条第二款"/, "and after a reload");
    assert.equal((await xu.send({ action: actionOf(html), fields: boxes(html) })).status, 303, "mine, knowingly");
    assert.match(await gao.page(`${base}/law/1`), /value="第二十一条第二款"/);
    const stale = await xu.open(`${base}/law/1`);
    await gao.change(`${base}/law/1`, { "article.zh": "第二十一条" });
    const again = await text(await xu.send(stale, { "article.zh": "另一个" }));
    assert.equal((await xu.send({ action: actionOf(again), fields: boxes(again) }, { then: "theirs" })).status, 303, "theirs");
    assert.match(await xu.page(`${base}/law/1`), /value="第二十一条"/);
    assert.match(await xu.page(`${base}/law/1`), /高远 也打开着/);
  });

  test("entries are added, moved and removed, and only the one that was seen", async () => {
    await begun();
    await xu.change(`${base}/steps/new`, { zh: "最后一步", en: "The last step" });
    const list = await xu.page(`${base}/steps`);
    const places = [...list.matchAll(new RegExp(`action="(${base}/steps/(\\d+)/move)"[\\s\\S]*?name="seen" value="(\\w+)"`, "g"))];
    const [, move, , seen] = places.at(-1);
    await xu.acted(`${base}/steps`, move, { to: "up", seen });
    const stale = await xu.act(`${base}/steps`, move.replace("/move", "/remove"), { seen });
    assert.equal(stale.status, 409, "another entry stands there now");
    await xu.acted(`${base}/steps`, `${base}/steps/${places.length - 1}/remove`, { seen });
    assert.doesNotMatch(await xu.page(`${base}/steps`), /最后一步/);
  });

  test("a row more is offered without JavaScript", async () => {
    await begun();
    const form = await xu.open(`${base}/questions/1`);
    const more = await xu.send(form, { then: "more" });
    assert.equal(more.status, 200);
    assert.ok((await text(more)).split("y-rows__row").length > form.html.split("y-rows__row").length);
    await xu.send(await xu.open(`${base}/questions/1`), { then: "theirs" });
  });

  test("tables are made, edited row by row, downloaded and uploaded", async () => {
    await begun();
    if ((await xu.page(`${base}/rules`)).includes("rules-begin")) await xu.acted(`${base}/rules`, `${base}/rules-begin`);
    const grid = async () => {
      const html = await xu.page(`${base}/rules/situation`);
      const fields = [...html.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>\n?([^<]*)<\/textarea>/g)].map(([, name, value]) => [name, value.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")]);
      return { html, action: actionOf(html, "data-autosave"), fields: [["_csrf", hidden(html, "_csrf")], ["_key", hidden(html, "_key")], ...fields] };
    };
    const first = await grid();
    const rows = (table) => new Set(table.fields.map(([name]) => name.match(/^r(\d+)\./)?.[1]).filter(Boolean)).size;
    const count = rows(first);
    assert.equal((await xu.send(first, { then: "add" })).status, 303);
    assert.equal(rows(await grid()), count + 1);
    assert.equal((await xu.send(await grid(), { then: `up-${count}`, [`r${count}.n0`]: "测试依据" })).status, 303);
    assert.equal((await grid()).fields.find(([name]) => name === `r${count - 1}.n0`)[1], "测试依据");
    assert.equal((await xu.send(first, { "r0.i0": '"x"' })).status, 409, "an old page");
    await xu.send(await grid(), { then: "theirs" });
    assert.equal((await xu.send(await grid(), { then: `remove-${count - 1}` })).status, 303);
    assert.equal(rows(await grid()), count);

    const file = await xu.get(`${base}/rules.dmn`);
    assert.match(file.headers.get("content-disposition"), /drainage-permit-new\.dmn/);
    const xml = await text(file);
    const upload = async (content) => {
      const html = await xu.page(`${base}/rules`), body = new FormData();
      for (const [name, value] of Object.entries({ _csrf: hidden(html, "_csrf"), _key: `${hidden(html, "_key")}up`, seen: html.match(/name="seen" value="(\w+)"/)[1] })) body.append(name, value);
      body.append("file", new Blob([content]), "a.dmn");
      return server.get(`${base}/rules.dmn`, { method: "POST", body, headers: { cookie: xu.cookie() } });
    };
    const hostile = { "an entity": `<!DOCTYPE d [<!ENTITY a "${"b".repeat(100)}">]>${xml.replace(/<\?xml[^>]*>/, "")}`, "no xml": "PK\u0003\u0004", "not closed": xml.slice(0, -20),
      "deep nesting": "<a>".repeat(60_000), "too large": `${xml}<!--${"x".repeat(5 << 20)}-->`, nothing: "" };
    for (const [what, content] of Object.entries(hostile)) {
      const response = await upload(content);
      assert.equal(response.status, 422, what);
      assert.match(await text(response), /没有采用这个文件|没有选择文件/, what);
    }
    assert.equal((await upload("x".repeat(10 << 20))).status, 413, "10 MB");
    assert.equal(await text(await xu.get(`${base}/rules.dmn`)), xml, "nothing changed");
    assert.equal((await upload(xml.replace("</definitions>", "<!-- uploaded --></definitions>"))).status, 303);
    assert.match(await text(await xu.get(`${base}/rules.dmn`)), /uploaded/);
  });

  test("the table editor's saving is refused on an old model and takes only models", async () => {
    const html = await xu.page(`${base}/rules-editor`);
    const xml = await text(await xu.get(`${base}/rules.dmn`)), seen = html.match(/name="seen" value="(\w+)"/)[1];
    const send = (fields) => xu.post(`${base}/rules`, { _csrf: hidden(html, "_csrf"), _key: `editor-${Math.random()}`, seen, xml, ...fields }, { accept: "application/json" });
    assert.equal((await send({ xml: "<broken" })).status, 422);
    assert.equal((await send({ then: "keep", xml: xml.replace("uploaded", "kept") })).status, 200);
    assert.match(await xu.page(`${base}/rules-editor`), /kept/);
    assert.doesNotMatch(await text(await xu.get(`${base}/rules.dmn`)), /kept/);
    const saved = await send({ xml: xml.replace("uploaded", "edited") });
    assert.equal(saved.status, 200);
    const old = await send({ xml: xml.replace("uploaded", "mine") });
    assert.equal(old.status, 409);
    assert.equal((await send({ xml: xml.replace("uploaded", "mine"), seen: (await old.json()).seen })).status, 200, "mine, knowingly");
  });

  test("two pairs of eyes publish version 2, and version 1 stays for whoever began under it", async () => {
    await begun();
    await xu.acted(base, `${base}/discard`);
    await begun();
    await xu.change(`${base}/basics`, { "summary.zh": "第二版的说明。", "summary.en": "What version 2 says." });
    await xu.change(`${base}/basics`, { "summary.zh": "" }, 422);
    await xu.send(await xu.open(`${base}/basics`), { then: "theirs" });
    assert.match(await xu.page(`${base}/compare`), /<ins class="y-fresh">[^<]*第二版/);
    await xu.acted(`${base}/check`, `${base}/check`, { revision: await revision() }, 403);
    await gao.acted(`${base}/publish`, `${base}/publish`, { revision: await revision(), from: "2030-01-01" }, 409);
    await gao.acted(`${base}/check`, `${base}/check`, { revision: "1" }, 409);
    await gao.acted(`${base}/check`, `${base}/check`, { revision: await revision() });
    const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
    await gao.acted(`${base}/publish`, `${base}/publish`, { revision: await revision(), from: "2020-01-01" }, 422);
    await gao.acted(`${base}/publish`, `${base}/publish`, { revision: await revision(), from: "soon" }, 422);
    await xu.acted(`${base}/publish`, `${base}/publish`, { revision: await revision(), from: today }, 403);
    await gao.acted(`${base}/publish`, `${base}/publish`, { revision: await revision(), from: today });
    assert.match(await text(await server.get(`/items/${item}`)), /第二版的说明/);
    assert.match(await xu.page(base), /第 2 版[\s\S]*现行[\s\S]*第 1 版[\s\S]*已被取代/);
    assert.match(await xu.page(`${base}/compare?from=1&to=2`), /第二版/);
    assert.equal((await xu.get(`${base}/compare?from=1&to=99`)).status, 404);
  });

  test("a draft with faults is named part by part and not published", async () => {
    await begun();
    const list = await xu.page(`${base}/situations`);
    const seen = list.match(/\/situations\/1\/remove"[\s\S]*?name="seen" value="(\w+)"/)[1];
    const count = list.split("/remove\"").length - 1;
    await xu.acted(`${base}/situations`, `${base}/situations/1/remove`, { seen });
    for (let left = count - 1; left > 0; --left) {
      const now = await xu.page(`${base}/situations`);
      await xu.acted(`${base}/situations`, `${base}/situations/1/remove`, { seen: now.match(/\/situations\/1\/remove"[\s\S]*?name="seen" value="(\w+)"/)[1] });
    }
    const html = await gao.page(`${base}/check`);
    assert.match(html, /处需要修改/);
    await gao.acted(`${base}/check`, `${base}/check`, { revision: await revision() }, 422);
    assert.match(await text(await server.get(`/items/${item}`)), /第二版的说明/, "nothing of it is public");
    await xu.acted(base, `${base}/discard`);
  });

  test("a new item begins from nothing or from another, under a name of its own", async () => {
    const made = (fields) => xu.act("/editing/new", "/editing/new", { name_zh: "取水许可", name_en: "Well permit", item: "well-permit", department: "water", ...fields });
    for (const wrong of [{ item: "Well Permit" }, { item: item }, { department: "" }, { name_en: "" }, { copy_of: "nothing" }]) {
      const response = await made(wrong);
      assert.equal(response.status, 422, JSON.stringify(wrong));
      assert.match(await text(response), /value="取水许可"/, "what was typed stays");
    }
    assert.equal((await made({})).headers.get("location"), "/editing/items/well-permit");
    assert.match(await xu.page("/editing?q=well-permit"), /编辑中/);
    assert.equal((await server.get("/items/well-permit")).status, 404, "nobody else sees it");
    assert.match(await xu.page("/editing/items/well-permit/check"), /处需要修改/);
    await xu.acted("/editing/items/well-permit", "/editing/items/well-permit/discard");
  });

  test("a withdrawn item is offered no longer, and its version stays for cases under way", async () => {
    const path = "/editing/items/vehicle-washing-filing";
    const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
    await xu.acted(path, `${path}/withdraw`, { from: today, reason: "" }, 422);
    await xu.acted(path, `${path}/withdraw`, { from: "2020-01-01", reason: "并入其他事项" }, 422);
    assert.equal((await server.get("/items/vehicle-washing-filing")).status, 200);
    await xu.acted(path, `${path}/withdraw`, { from: today, reason: "并入其他事项" });
    assert.equal((await server.get("/items/vehicle-washing-filing")).status, 404);
    assert.match(await xu.page(path), /并入其他事项/);
    assert.match(await xu.page("/editing?state=withdrawn"), /vehicle-washing-filing/);
  });

  test("every act is in the ledger, which verifies", () => {
    assert.match(run(["ledger", "verify", "--db", server.database, "--keys", server.keys]), /all as it was recorded/);
  });
});
