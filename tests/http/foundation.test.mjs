// The live program over HTTP, on each database.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { execFileSync } from "node:child_process";
import { databases, run, Server, Visitor } from "./server.mjs";

const raw = (port, text) => new Promise((done) => {
  const socket = connect(port, "127.0.0.1", () => socket.write(text));
  let answer = "";
  socket.on("data", (bytes) => (answer += bytes));
  socket.on("close", () => done(answer));
  setTimeout(() => socket.destroy(), 20_000).unref();
});

for (const kind of databases) describe(`on ${kind}`, () => {
  let server;
  before(async () => { server = await Server.start(kind); });
  after(async () => { if (server) await server.stop(); });

  test("public pages answer in both languages", async () => {
    for (const path of ["/", "/items", "/search?q=psxk", "/search?q=%E6%8E%92%E6%B0%B4", "/items/drainage-permit-new",
      "/items/drainage-permit-new/guide", "/demo", "/sign-in"]) {
      for (const [lang, html] of [["zh", 'lang="zh-CN"'], ["en", 'lang="en"']]) {
        const response = await server.get(`${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
        assert.equal(response.status, 200, path);
        assert.ok((await response.text()).includes(html), path);
      }
    }
  });

  test("pinyin initials find the drainage permit first", async () => {
    const found = await (await server.get("/api/items?q=psxk")).json();
    assert.ok(found.items[0].id.startsWith("drainage-permit"));
  });

  test("the one-time notice is a PDF that says what is needed", async () => {
    const file = `${server.folder}/notice.pdf`;
    const response = await server.get("/items/drainage-permit-new/notice.pdf");
    if (response.status === 303) return; // guidance is asked first
    assert.equal(response.status, 200);
    writeFileSync(file, Buffer.from(await response.arrayBuffer()));
    assert.match(execFileSync("pdftotext", [file, "-"], { encoding: "utf8" }), /排水许可证/);
  });

  test("every answer carries the security headers", async () => {
    for (const path of ["/", "/nope", "/api/items", "/healthz"]) {
      const { headers } = await server.get(path);
      assert.match(headers.get("content-security-policy"), /default-src 'none'/);
      assert.ok(!headers.get("content-security-policy").includes("unsafe"));
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.ok(headers.get("x-request-id"));
    }
  });

  test("each role lands where it works, and nowhere else", async () => {
    const places = { "/window": ["wangfang", "zhengjie"], "/admin": ["wulei"], "/admin/staff": ["wulei"] };
    for (const name of ["lina", "wangfang", "wulei", "zhengjie"]) {
      const visitor = new Visitor(server);
      assert.equal((await visitor.signIn(name)).status, 303, name);
      for (const [path, allowed] of Object.entries(places))
        assert.equal((await visitor.get(path)).status, allowed.includes(name) ? 200 : 403, `${name} ${path}`);
    }
    for (const path of Object.keys(places)) {
      const response = await server.get(path);
      assert.equal(response.status, 303);
      assert.match(response.headers.get("location"), /^\/sign-in\?return=/);
    }
  });

  test("a wrong password and an unknown name get the same answer", async () => {
    const wrong = await new Visitor(server).signIn("zhangwei", "not this one");
    const unknown = await new Visitor(server).signIn("nobody-here", "not this one");
    assert.equal(wrong.status, unknown.status);
    assert.ok(wrong.status >= 400);
  });

  test("signing in makes a new session, and its cookie is for the browser alone", async () => {
    const visitor = new Visitor(server);
    visitor.cookies.set("session", "chosen-by-somebody-else");
    const response = await visitor.signIn("zhangwei");
    assert.notEqual(visitor.cookies.get("session"), "chosen-by-somebody-else");
    assert.match(response.headers.get("set-cookie"), /session=[^;]+;.*HttpOnly/);
  });

  test("a form without its token, or from another site, is refused", async () => {
    const visitor = new Visitor(server);
    await visitor.signIn("zhangwei");
    assert.equal((await visitor.post("/sign-out", { _key: "k" })).status, 403);
    assert.equal((await visitor.post("/sign-out", { _key: "k" }, { "sec-fetch-site": "cross-site" })).status, 403);
    assert.equal((await visitor.get("/account")).status, 200);
  });

  test("what no browser sends is refused", async () => {
    const { port } = server;
    assert.match(await raw(port, "GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), /^HTTP\/1.1 400 /);
    assert.match(await raw(port, "GET /%ff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), /^HTTP\/1.1 400 /);
    assert.match(await raw(port, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), /^HTTP\/1.1 400 /);
    assert.match(await raw(port, `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20000)}\r\n\r\n`), /^HTTP\/1.1 431 /);
    assert.match(await raw(port, "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), /^HTTP\/1.1 400 /);
    assert.match(await raw(port, "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n"), /^HTTP\/1.1 413 /);
    assert.match(await raw(port, "DELETE /items HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), /^HTTP\/1.1 405 /);
    assert.match(await raw(port, "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), /ok\n$/);
  });

  test("the API answers errors as problems", async () => {
    const response = await server.get("/api/items/no-such-item");
    assert.equal(response.status, 404);
    assert.match(response.headers.get("content-type"), /application\/problem\+json/);
    assert.equal((await server.get("/api/me")).status, 401);
  });

  test("the ledger verifies, and names a row that was changed behind its back", async () => {
    const visitor = new Visitor(server);
    await visitor.signIn("zhangwei");
    const verify = ["ledger", "verify", "--db", server.database, "--keys", server.keys];
    assert.match(run(verify), /all as it was recorded/);
    const change = "UPDATE ledger_entry SET act = 'nothing' WHERE seq = 1 AND chain = (SELECT MIN(chain) FROM ledger_entry)";
    if (kind === "sqlite")
      execFileSync("sqlite3", ["-cmd", ".timeout 5000", server.database.slice(7), change]);
    else execFileSync("psql", [server.database, "-qc", change]);
    assert.throws(() => run(verify), (error) => error.status === 1 && /ledger_entry 310120\//.test(error.stdout));
  });

  test("a backup taken while serving can be restored", { skip: kind !== "sqlite" }, () => {
    const copy = `${server.folder}/copy.db`;
    run(["backup", copy, "--db", server.database]);
    assert.match(run(["restore", copy, "--db", `sqlite:${server.folder}/other.db`]), /restored/);
    assert.throws(() => run(["restore", copy, "--replace", "--db", server.database]), /serves from it/);
    assert.throws(() => run(["backup", copy, "--db", server.database]), /overwrites nothing/);
  });

  test("a stop is graceful", async () => {
    const stopping = await Server.start(kind);
    const answer = stopping.get("/items/drainage-permit-new");
    assert.equal((await answer).status, 200);
    assert.equal(await stopping.stop(), 0);
  });
});
