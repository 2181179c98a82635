// Every route × every demonstration identity, on each database: what the server does must be what `yimen routes` says it does.
// New routes and identities are found by themselves.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { databases, run, Server, Visitor } from "./server.mjs";

const routes = JSON.parse(run(["routes", "--json"]));
const safe = (route) => route.method === "GET";
const forPrograms = (route) => route.pattern.startsWith("/api/");
const features = readdirSync("web/texts").map((file) => file.replace(".json", ""));
const textKey = new RegExp(`\\b(${features.join("|")})\\.[a-z]+[a-z_]*\\b`);
// Nothing is found by these, and nothing is harmed: who may pass gets 404, 400 or 422.
const address = (route) => route.pattern.replace(/\{\w+\}/g, "000000000000");
const label = (route) => `${route.method} ${route.pattern}`;

// One request; `token` is what the hidden fields of a form would carry.
async function send(visitor, route, token) {
  const headers = { cookie: visitor.cookie() };
  let body;
  if (!safe(route)) {
    if (token && forPrograms(route)) headers["x-csrf-token"] = token;
    if (forPrograms(route)) headers["content-type"] = "application/json";
    headers["idempotency-key"] = `${label(route)} ${Math.random()}`;
    body = forPrograms(route) ? "{}" : new URLSearchParams(token ? { _csrf: token, _key: headers["idempotency-key"] } : {});
    if (route.method === "DELETE") body = undefined;
  }
  const response = await visitor.server.get(address(route), { method: route.method, headers, body });
  if (response.headers.get("content-type")?.startsWith("text/html")) assertWords(await response.text(), label(route));
  else await response.body?.cancel(); // live pages never end by themselves
  return visitor.keep(response);
}

// A text that is missing shows its key instead: words(…) says so in no other way.
function assertWords(html, what) {
  const shown = html.replace(/<[^>]*>/g, " ").match(textKey);
  assert.equal(shown, null, `${what} shows the key of a text that is not there: ${shown?.[0]}`);
}

async function tokenOf(visitor, page) {
  const html = await (await visitor.get(page)).text();
  return html.match(/name="_csrf" value="([^"]+)"/)[1];
}

const leadsToSignIn = (response) => response.status === 303 && response.headers.get("location").startsWith("/sign-in");

function assertPermitted(response, what) {
  assert.ok(![401, 403].includes(response.status) && !leadsToSignIn(response), `${what} must be let through, but got ${response.status}`);
  assert.ok(response.status < 500, `${what} broke with ${response.status}`);
}

for (const kind of databases) describe(`the policy on ${kind}`, () => {
  let server, accounts, refused = 0; // of those signed in, by their role
  before(async () => {
    server = await Server.start(kind);
    const page = await (await server.get("/demo")).text();
    accounts = [...page.matchAll(/name="account" value="(\w+)"/g)].map(([, account]) => account);
  });
  after(async () => { await server?.stop(); });

  test("there are an identity for each role and a route for each of its acts", async () => {
    const roles = new Set();
    for (const account of accounts) {
      const visitor = new Visitor(server);
      await visitor.enter(account);
      for (const role of (await (await visitor.get("/api/me")).json()).roles) roles.add(role);
    }
    assert.deepEqual([...roles].sort(), [...routes.find((r) => r.everybody).roles].sort());
    assert.ok(routes.length > 50);
  });

  test("whoever is not signed in is led to sign-in, and a program told so", async () => {
    for (const route of routes) {
      const visitor = new Visitor(server);
      const response = await send(visitor, route, safe(route) ? null : await tokenOf(visitor, "/sign-in"));
      if (route.everybody) assertPermitted(response, `nobody at ${label(route)}`);
      else if (forPrograms(route)) assert.equal(response.status, 401, label(route));
      else assert.ok(leadsToSignIn(response), `${label(route)} got ${response.status}`);
    }
  });

  test("each identity may do what its roles say, and nothing else", async () => {
    for (const account of accounts) {
      let visitor = new Visitor(server);
      const enter = async () => { visitor = new Visitor(server); await visitor.enter(account); };
      await enter();
      const { roles } = await (await visitor.get("/api/me")).json();
      for (const route of routes) {
        if (!visitor.cookies.has("session")) await enter(); // it signed out, as it may
        const response = await send(visitor, route, safe(route) ? null : await tokenOf(visitor, "/account"));
        const may = route.everybody || route.roles.some((role) => roles.includes(role));
        const what = `${account} (${roles}) at ${label(route)}`;
        if (may) assertPermitted(response, what);
        else {
          assert.equal(response.status, 403, `${what} must be refused`);
          ++refused;
        }
      }
    }
  });

  test("nothing is done without the form's token, whoever asks", async () => {
    for (const account of accounts) {
      const visitor = new Visitor(server);
      await visitor.enter(account);
      for (const route of routes.filter((r) => !safe(r)))
        assert.equal((await send(visitor, route, null)).status, 403, `${account} at ${label(route)}`);
      assert.equal((await visitor.get("/account")).status, 200);
    }
    for (const route of routes.filter((r) => !safe(r) && r.everybody && !forPrograms(r)))
      assert.equal((await send(new Visitor(server), route, null)).status, 403, `nobody at ${label(route)}`);
  });

  test("a token of somebody else is none", async () => {
    const [mine, theirs] = [new Visitor(server), new Visitor(server)];
    await mine.enter("lina");
    await theirs.enter("wangfang");
    const token = await tokenOf(theirs, "/account");
    for (const route of routes.filter((r) => !safe(r))) assert.equal((await send(mine, route, token)).status, 403, label(route));
  });

  test("a program's token needs no form, and gives no more than its roles", async () => {
    for (const account of accounts) {
      const begin = await server.get("/api/session", { method: "POST", headers: { "content-type": "application/json" },
        body: JSON.stringify({ name: account, password: "yimen-demo-2026" }) });
      assert.equal(begin.status, 201);
      const { token, who } = await begin.json();
      for (const route of routes.filter((r) => forPrograms(r) && r.pattern !== "/api/session")) {
        const response = await server.get(address(route), { method: route.method,
          headers: { authorization: `Bearer ${token}`, "idempotency-key": label(route), "content-type": "application/json" },
          body: safe(route) || route.method === "DELETE" ? undefined : "{}" });
        await response.body?.cancel();
        const what = `${account} at ${label(route)}`;
        if (route.everybody || route.roles.some((role) => who.roles.includes(role))) assertPermitted(response, what);
        else {
          assert.equal(response.status, 403, what);
          ++refused;
        }
      }
    }
  });

  test("every refusal of somebody signed in is in the ledger, which verifies", () => {
    const file = `${server.folder}/ledger.export`;
    run(["ledger", "export", file, "--db", server.database]);
    const entries = readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line).entry).filter((entry) => entry?.act === "refused");
    assert.ok(refused > 100);
    assert.ok(entries.length >= refused, `${refused} were refused, ${entries.length} are recorded`);
    assert.ok(entries.every((entry) => JSON.parse(entry.after).path && entry.actor_id !== "0"));
    assert.match(run(["ledger", "verify", "--db", server.database, "--keys", server.keys]), /all as it was recorded/);
  });
});
