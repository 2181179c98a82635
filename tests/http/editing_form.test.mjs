// An item's own form, what its author may try of it, and what the gate says, over HTTP on each database.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Analyst, text } from "./analyst.mjs";
import { databases, hidden, Server } from "./server.mjs";

const both = (name, zh, en) => ({ [`${name}.zh`]: zh, [`${name}.en`]: en });
const today = () => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);

for (const kind of databases) describe(`a draft's form on ${kind}`, () => {
  let server, xu, gao;
  const item = "awning-filing", base = `/editing/items/${item}`, permit = "/editing/items/drainage-permit-new";
  before(async () => {
    server = await Server.start(kind);
    [xu, gao] = await Promise.all(["xujing", "gaoyuan"].map((account) => Analyst.enter(server, account)));
    await xu.acted("/editing/new", "/editing/new", { name_zh: "遮阳棚备案", name_en: "Awnings", item, department: "greening", applicant: "organisation" });
    await xu.acted(permit, `${permit}/begin`);
  });
  after(async () => { await server?.stop(); });
  const seen = (html, path) => html.match(new RegExp(`action="${path}"[\\s\\S]*?name="seen" value="(\\w+)"`))[1];

  test("what is missing everywhere is told at once, in words, and empty lists too", async () => {
    const zh = await xu.page(`${base}/check`);
    for (const words of ["基本编码", "一句话说明", "主题", "请写明设定依据", "至少要有一个情形"]) assert.match(zh, new RegExp(words));
    const list = zh.match(/<ol class="y-problems">([\s\S]*?)<\/ol>/)[1];
    assert.doesNotMatch(list.replace(/<[^>]*>/g, ""), /[a-z_]{4,}/i, `no names of the files, no English: ${list.replace(/<[^>]*>/g, "")}`);
    assert.match(await xu.page(`${base}/check?lang=en`), /say what it rests on/);
    await xu.get(`${base}?lang=zh`);
  });

  test("the standard form is copied, and gone with its last section", async () => {
    assert.match(await xu.page(`${base}/sections`), /还没有自己的表单/);
    await xu.acted(`${base}/sections`, `${base}/form-begin`);
    await xu.acted(`${base}/sections`, `${base}/form-begin`, {}, 409);
    assert.match(await xu.page(`${base}/sections`), /申请单位[\s\S]*联系人[\s\S]*承诺/);
  });

  test("a copy of a section has fields of its own names that speak of each other", async () => {
    const list = await xu.page(`${base}/sections`);
    const copied = await xu.acted(`${base}/sections`, `${base}/sections/3/copy`, { seen: seen(list, `${base}/sections/3/copy`) });
    assert.equal(copied.headers.get("location").split("?")[0], `${base}/sections/4`);
    assert.match(await xu.page(`${base}/fields-4`), /has_place_2/);
    assert.match(await xu.page(`${base}/fields-4/3`), /name="visible"[^>]*value="has_place_2/);
    assert.equal((await xu.act(`${base}/sections`, `${base}/sections/4/copy`, { seen: "0".repeat(32) })).status, 409, "not the one that was seen");
    const now = await xu.page(`${base}/sections`);
    await xu.acted(`${base}/sections`, `${base}/sections/4/remove`, { seen: seen(now, `${base}/sections/4/remove`) });
  });

  test("a table's columns are added, put in order and removed, and a list of choices is pasted", async () => {
    const made = await xu.send(await xu.open(`${base}/fields-3/new`), { ...both("label", "遮阳棚清单", "Awnings"), kind: "table" });
    const columns = made.headers.get("location").split("?")[0];
    assert.match(columns, /columns-3-\d+$/);
    await xu.change(`${columns}/new`, { ...both("label", "长度", "Length"), kind: "number", ...both("unit", "米", "m") });
    const pasted = Array.from({ length: 500 }, (_, at) => `m${at}\t材质${at}\tMaterial ${at}`).join("\n");
    const opened = async () => {
      const form = await xu.open(`${columns}/new`);
      return { ...form, fields: form.fields.filter(([name]) => !name.startsWith("choices")) };
    };
    assert.equal((await xu.send(await opened(), { ...both("label", "材质", "Material"), kind: "choice", choices: pasted })).status, 303);
    const wrong = await xu.send(await opened(), { ...both("label", "甲", "A"), kind: "choice", choices: "a\t甲\tA\nb\t乙" });
    assert.equal(wrong.status, 422);
    assert.match(await text(wrong), /第 2 行不完整或有误/);
    assert.match(await xu.page(`${columns}/2`), /m499\t材质499/);
    const list = await xu.page(columns);
    assert.match(list, /length[\s\S]*material/);
    await xu.acted(columns, `${columns}/2/move`, { seen: seen(list, `${columns}/2/move`), to: "up" });
    const moved = await xu.page(columns);
    assert.match(moved, /material[\s\S]*length/);
    await xu.acted(columns, `${columns}/1/remove`, { seen: seen(moved, `${columns}/1/remove`) });
    assert.doesNotMatch(await xu.page(columns), /material/);
  });

  test("a formula that cannot be read is told beside its box, with what can be named", async () => {
    const refused = await xu.change(`${base}/fields-3/new`, { ...both("label", "说明", "Why"), kind: "text", visible: "lenght > 3" }, 422);
    assert.match(refused, /id="b-visible-error"[^>]*>[\s\S]{0,80}未定义/);
    assert.match(refused, /y-names__one[\s\S]*has_place = true/);
    await xu.send(await xu.open(`${base}/fields-3/new`), { then: "theirs" });
    await xu.change(`${base}/fields-3/new`, { ...both("label", "说明", "Why"), kind: "text", required: "when", "required.when": "has_place = true" });
    assert.match(await xu.page(`${base}/fields-3`), /"y-code y-quiet">why</, "named by its English words");
  });

  test("what means nothing for the kind is not kept", async () => {
    await xu.change(`${base}/questions/new`, { ...both("label", "多宽？", "Width"), kind: "number", ...both("unit", "米", "m"), "choices.0.value": "x" });
    assert.doesNotMatch(await xu.page(`${base}/questions/1`), /value="x"/);
  });

  test("the draft's form is tried as an applicant would fill it in, and nothing comes of it", async () => {
    const path = `${permit}/preview`;
    const html = await xu.page(path);
    const answers = (fields) => xu.act(path, `${path}/answers`, fields);
    assert.equal((await answers({ premises: "construction" })).status, 303);
    assert.match(await xu.page(path), /这样回答的结果[\s\S]*施工/);
    const checked = await xu.post(path, { _csrf: hidden(html, "_csrf"), _key: "preview-check", then: "check", _field: "contact_email", contact_email: "nonsense" });
    assert.equal(checked.status, 422);
    const told = await text(checked);
    assert.match(told, /href="#f-contact_email"/);
    assert.match(told, /value="nonsense"/);
    const live = await xu.post(`${path}/live`, [["_csrf", hidden(html, "_csrf")], ["_field", "contact_email"], ["contact_email", "a@example.cn"], ["_seen", "contact_email"]]);
    assert.equal(live.status, 200);
    assert.match(await text(live), /id="saved"[\s\S]*contact_email-error/);
    assert.match(await xu.page(path), /a@example\.cn/);
    assert.doesNotMatch(await gao.page(path), /a@example\.cn/, "theirs alone");
    assert.equal((await answers({ then: "restart" })).status, 303);
    assert.doesNotMatch(await xu.page(path), /a@example\.cn/);
  });

  test("pages of a draft whose tables are broken say so and break nothing", async () => {
    const xml = await text(await xu.get(`${permit}/rules.dmn`)), html = await xu.page(`${permit}/rules-editor`);
    const broken = await xu.post(`${permit}/rules`, { _csrf: hidden(html, "_csrf"), _key: "broken", seen: html.match(/name="seen" value="(\w+)"/)[1], then: "save", xml: xml.replace("&lt;= 10", "&lt;= (") }, { accept: "application/json" });
    assert.equal(broken.status, 200);
    for (const path of ["", "/check", "/rules", "/rules/situation", "/preview", "/compare", "/examples"]) await xu.page(permit + path);
    assert.match(await xu.page(`${permit}/check`), /决策表[\s\S]*修改以上问题后再试算/);
    await xu.acted(permit, `${permit}/discard`);
    await xu.acted(permit, `${permit}/begin`);
  });

  test("the replay names the very cases that would come out otherwise", async () => {
    const session = await (await server.get("/api/session", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ name: "lina", password: "yimen-demo-2026", acting_for: "91310120MA1HQ5RT6E" }) })).json();
    assert.ok(session.token);
    const before = await xu.page(`${permit}/check`);
    const tried = Number(before.match(/试算了最近 (\d+) 件/)[1]), unchanged = Number(before.match(/其中 (\d+) 件/)[1]);
    assert.equal(unchanged, 0, "nothing is changed yet");
    const list = await xu.page(`${permit}/situations`);
    for (let at = 1; at < list.split("/remove\"").length; ++at) await xu.change(`${permit}/situations/${at}`, { fee: "12.50" });
    await xu.change("/editing/items/drainage-permit-new/codes", both("fee_basis", "收费办法", "Fee rules"));
    const examples = await xu.page(`${permit}/check`);
    assert.equal(Number(examples.match(/其中 (\d+) 件/)?.[1] ?? NaN), tried, "every case would cost something now");
    if (tried > 0) assert.match(examples, /收费[\s\S]*12\.50? 元/);
    await xu.acted(permit, `${permit}/discard`);
  });

  test("somebody else's saving is told to whoever has the item open, at once", async () => {
    const other = "/editing/items/vehicle-washing-filing";
    await xu.acted(other, `${other}/begin`);
    const stopping = new AbortController();
    const live = await fetch(`${server.base}/live/editing/vehicle-washing-filing`, { headers: { cookie: xu.cookie() }, signal: stopping.signal });
    assert.equal(live.status, 200);
    const reader = live.body.getReader();
    const news = (async () => {
      let all = "";
      while (!all.includes("event: work")) all += Buffer.from((await reader.read()).value ?? []).toString();
      return all;
    })();
    await gao.change(`${other}/basics`, both("hours", "周二至周四", "Tuesday to Thursday"));
    assert.match(await news, /event: work/);
    stopping.abort();
    assert.match(await xu.page(other), /高远 于 [^<]* 编辑/);
    assert.match(await xu.page(`${other}/basics`), /周二至周四/);
  });

  test("a version is scheduled for a later day and is not in force before", async () => {
    const other = "/editing/items/vehicle-washing-filing";
    const revision = (await xu.page(`${other}/check`)).match(/第 (\d+) 次修改/)[1];
    await xu.acted(`${other}/check`, `${other}/check`, { revision });
    await xu.acted(`${other}/publish`, `${other}/publish`, { revision, from: "2099-01-01" });
    assert.match(await xu.page(other), /第 2 版[\s\S]*待生效[\s\S]*第 1 版[\s\S]*现行/);
    assert.doesNotMatch(await text(await server.get("/items/vehicle-washing-filing")), /周二至周四/);
    await xu.acted(other, `${other}/withdraw`, { from: today(), reason: "暂停" });
    assert.equal((await server.get("/items/vehicle-washing-filing")).status, 404);
    assert.match(await xu.page("/editing?state=withdrawn&q=vehicle-washing"), /没有符合条件/, "a later version offers it again");
  });
});
