// Licences and their verification over HTTP, on each database; the life that ends in a licence is lived in the journeys.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { databases, Server, Visitor } from "./server.mjs";

for (const kind of databases) describe(`licences on ${kind}`, () => {
  let server;
  before(async () => { server = await Server.start(kind); });
  after(async () => { await server?.stop(); });

  test("an unknown token gets an honest answer, in both languages and as a problem", async () => {
    for (const [lang, words] of [["zh", "没有这份证照"], ["en", "There is no such licence"]]) {
      const response = await server.get(`/verify/AbCdEfGhIjKlMnOpQrStUv?lang=${lang}`);
      assert.equal(response.status, 404);
      assert.equal(response.headers.get("x-robots-tag"), "noindex");
      assert.match(await response.text(), new RegExp(words));
    }
    const response = await server.get("/api/verify/AbCdEfGhIjKlMnOpQrStUv");
    assert.equal(response.status, 404);
    assert.match(response.headers.get("content-type"), /application\/problem\+json/);
    assert.equal((await response.json()).type, "/problems/no_such_licence");
  });

  test("verification explains itself and names what is wrong with what was typed", async () => {
    assert.match(await (await server.get("/verify")).text(), /扫码最快/);
    const empty = await server.get("/verify?code=");
    assert.equal(empty.status, 422);
    assert.match(await empty.text(), /请填写证照编号/);
    const mistyped = await server.get("/verify?code=1.2.156.3005.2.11100000000013338W087.11370800MB28559184.37080001202411010001.001.4");
    assert.equal(mistyped.status, 422);
    const elsewhere = await server.get("/verify?code=1.2.156.3005.2.11100000000013338W087.11370800MB28559184.37080001202411010001.001.3");
    assert.equal(elsewhere.status, 404);
    assert.match(await elsewhere.text(), /没有这份证照/);
  });

  test("what is typed is shown as text, never as markup", async () => {
    const page = await (await server.get(`/verify?code=${encodeURIComponent('"><script>alert(1)</script>')}`)).text();
    assert.ok(!page.includes("<script>alert"));
  });

  test("one's own licences ask for signing in, and are for applicants", async () => {
    for (const path of ["/licences", "/licences/123", "/licences/123/pdf", "/window/licences/123/pdf"]) {
      const response = await server.get(path);
      assert.equal(response.status, 303, path);
      assert.match(response.headers.get("location"), /^\/sign-in\?return=/);
    }
    assert.equal((await server.get("/api/licences")).status, 401);
    const clerk = new Visitor(server);
    await clerk.signIn("wangfang");
    assert.equal((await clerk.get("/licences")).status, 403);
    assert.equal((await clerk.get("/window/licences/123/pdf")).status, 404);
  });

  test("whoever has none is told what would be here", async () => {
    const visitor = new Visitor(server);
    await visitor.signIn("zhangwei");
    const page = await (await visitor.get("/licences")).text();
    assert.match(page, /您本人名下还没有电子证照/);
    assert.match(page, /href="\/licences" aria-current="page"/);
    assert.deepEqual(await (await visitor.get("/api/licences")).json(), { licences: [] });
    for (const path of ["/licences/123", "/licences/nonsense/pdf", "/api/licences/123"]) assert.equal((await visitor.get(path)).status, 404, path);
  });

  test("whoever asks too often waits", async () => {
    const statuses = [];
    for (let i = 0; i < 80; ++i) statuses.push((await server.get(`/api/verify/guess${i}`)).status);
    assert.ok(statuses.includes(429));
    const response = await server.get("/api/verify/once-more");
    if (response.status === 429) assert.ok(Number(response.headers.get("retry-after")) > 0);
  });
});
