// A fee that is computed from a number, over HTTP, from the item's page to a case that keeps it, on each database.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Analyst } from "./analyst.mjs";
import { databases, page, pairs, Server, Visitor } from "./server.mjs";

const item = "first-registration", guide = `/items/${item}/guide`, base = `/editing/items/${item}`;
const answers = { use: "home", built_by: "own", mortgaged: "no" };
const asked = (certificates) => new URLSearchParams({ ...answers, certificates });
const question = "领取不动产权证书的本数";

for (const kind of databases) describe(`a computed fee on ${kind}`, () => {
  let server, anybody, zhangwei, clerk, id;
  const json = async (path) => (await server.get(path)).json();
  const begin = async (certificates) => {
    const fields = pairs(await page(zhangwei, `/cases/new?item=${item}&${asked(certificates)}`), { item, ...answers, certificates });
    const response = await zhangwei.post("/cases", fields);
    assert.equal(response.status, 303, await response.text());
    return response.headers.get("location").match(/^\/cases\/(\w+)$/)[1];
  };

  before(async () => {
    server = await Server.start(kind);
    [anybody, zhangwei, clerk] = [new Visitor(server), new Visitor(server), new Visitor(server)];
    await zhangwei.signIn("zhangwei");
    await clerk.signIn("wangfang");
  });
  after(async () => { await server?.stop(); });

  test("the item says what the fee goes by, and no amount in its place", async () => {
    assert.match(await page(anybody, `/items/${item}`), new RegExp(`80 元，或按填报的“${question}”计算`));
    const { situations } = await json(`/api/items/${item}`);
    assert.deepEqual(situations.map((one) => one.fee_computed_from), [["certificates"], ["certificates"]]);
    assert.equal(situations[1].fee, `550 元，或按填报的“${question}”计算`);
  });

  test("the number is asked, and the list of materials says the fee with the reason", async () => {
    assert.match(await page(anybody, `${guide}?${new URLSearchParams(answers)}`), new RegExp(question));
    const html = await page(anybody, `${guide}?${asked("3")}`);
    assert.match(html, /100 元/);
    assert.match(html, /“领取不动产权证书的本数”填了 3 本，依据《国家发展改革委、财政部关于不动产登记收费标准等有关问题的通知》/);
    assert.match(await page(anybody, `${guide}?${asked("1")}`), /80 元/);
    assert.equal((await json(`/api/items/${item}/guidance?${asked("3")}`)).outcome.fee, "100 元");
  });

  test("a number that gives no possible fee is asked for again, in the reader's language, with what was typed", async () => {
    const wrong = "999999999999";
    for (const [visitor, lang, error] of [[anybody, "zh", `按您填的“${question}”算不出收费，请核对后重新填写`], [new Visitor(server), "en", "No fee can be worked out from “Number of certificates of title”"]]) {
      const html = await page(visitor, `${guide}?${asked(wrong)}&answering=certificates&lang=${lang}`, 422);
      assert.ok(html.includes(error), lang);
      assert.match(html, new RegExp(`value="${wrong}"`));
    }
    const response = await server.get(`/api/items/${item}/guidance?${asked(wrong)}`);
    assert.equal(response.status, 422);
    assert.deepEqual((await response.json()).questions, ["certificates"]);
    for (const [visitor, path] of [[zhangwei, "/cases/new"], [clerk, "/window/help/new"], [anybody, `/items/${item}/notice.pdf`]]) {
      const refused = await visitor.get(`${path}?item=${item}&${asked(wrong)}`);
      assert.equal(refused.status, 303, path);
      assert.match(await page(visitor, refused.headers.get("location"), 422), /算不出收费/, path);
    }
  });

  test("a form sent with such a number leads back to the question", async () => {
    const fields = pairs(await page(zhangwei, `/cases/new?item=${item}&${asked("3")}`), { item, ...answers, certificates: "999999999999" });
    const response = await zhangwei.post("/cases", fields);
    assert.match(response.headers.get("location"), /^\/items\/first-registration\/guide\?/);
  });

  test("a case shows the fee that its answers make", async () => {
    assert.match(await page(zhangwei, `/cases/new?item=${item}&${asked("3")}`), /100\.00 元/);
    id = await begin("3");
    assert.match(await page(zhangwei, `/cases/${id}/check`), /100\.00 元/);
  });

  test("and keeps it when analysts publish another rate", async () => {
    const [xu, gao] = await Promise.all(["xujing", "gaoyuan"].map((account) => Analyst.enter(server, account)));
    await xu.acted(base, `${base}/begin`);
    const revision = async () => (await xu.page(`${base}/check`)).match(/第 (\d+) 次修改/)[1];
    const rules = await (await xu.get(`${base}/rules.dmn`)).text();
    const upload = async (xml) => {
      const html = await xu.page(`${base}/rules-editor`), seen = html.match(/name="seen" value="(\w+)"/)[1];
      const sent = { _csrf: html.match(/name="_csrf" value="([^"]*)"/)[1], _key: `rules-${Math.random()}`, seen, xml };
      assert.equal((await xu.post(`${base}/rules`, sent, { accept: "application/json" })).status, 200);
    };
    await upload(rules.replace("80 + 10 *", "80 - 10 *"));
    assert.match(await xu.page(`${base}/check`), /答案为 use home, [^<]*certificates \d+ 时，“fee”算出来是 -/);
    await upload(rules.replace("80 + 10 *", "80 + 20 *"));
    assert.match(await xu.page(`${base}/check`), /✕[\s\S]*own-house/, "the example expects the old rate");
    await xu.change(`${base}/examples/3`, { fee: "120" });
    await gao.acted(`${base}/check`, `${base}/check`, { revision: await revision() });
    const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
    await gao.acted(`${base}/publish`, `${base}/publish`, { revision: await revision(), from: today });
    assert.match(await page(anybody, `${guide}?${asked("3")}`), /120 元/);
    assert.match(await page(zhangwei, `/cases/${id}/check`), /100\.00 元/);
    const later = await begin("3");
    assert.match(await page(zhangwei, `/cases/${later}/check`), /120\.00 元/);
  });
});
