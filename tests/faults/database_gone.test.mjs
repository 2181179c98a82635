// PostgreSQL goes away: the server says so plainly, goes on where no database is needed, and works again by itself.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { databases, Server } from "../http/server.mjs";
import { assertPlain503, Authorisations, OnAndOffDuty, Sessions } from "./acts.mjs";
import { randomFrom } from "./kill.mjs";
import { Cluster } from "./postgres.mjs";
import { assertLedger, assertWhole } from "./wholeness.mjs";

async function until(what, holds, seconds = 15) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(100)) if (await holds().catch(() => false)) return;
  assert.fail(`${what} did not come within ${seconds} s`);
}

describe("without PostgreSQL", { skip: !databases.includes("postgresql") && "there is no PostgreSQL" }, () => {
  let cluster, server, clients;
  const cookie = () => clients[0].visitor.cookie();
  const ready = async () => (await server.get("/readyz")).status === 200;
  const gatherer = async () => /yimen_ledger_healthy 1/.test(await (await server.get("/metrics")).text());

  before(async () => {
    cluster = await Cluster.start();
    server = await Server.start("postgresql", { beside: { folder: `${cluster.folder}/yimen`, database: cluster.url } });
    clients = [new Authorisations(server, "刘强", 2030), new OnAndOffDuty(server, "周海"), new Sessions(server, randomFrom(1), "lina")];
    for (const client of clients) await client.step();
  });
  after(async () => {
    await server?.kill();
    await cluster?.end();
  });

  // What a visitor and a machine see while nothing can be stored; each answer in good time.
  async function assertSaysSo(seconds) {
    const at = async (path, options) => {
      const began = Date.now();
      const response = await server.get(path, { signal: AbortSignal.timeout(60_000), ...options });
      assert.ok(Date.now() - began < seconds * 1000, `${path} took ${Date.now() - began} ms`);
      return response;
    };
    assert.equal((await at("/healthz")).status, 200, "the program itself is well");
    assert.equal((await at("/readyz")).status, 503, "no more visitors are to be sent here");
    for (const path of ["/", "/items/drainage-permit-new", "/search?q=psxk"])
      assert.equal((await at(path)).status, 200, `${path} is shown from memory`);
    const account = await at("/account", { headers: { cookie: cookie() } });
    assertPlain503(account, await account.text());
    const api = await at("/api/me", { headers: { authorization: `Bearer ${clients[0].visitor.cookies.get("session")}` } });
    assert.match(api.headers.get("content-type"), /application\/problem\+json/);
    assertPlain503(api, await api.text());
  }

  async function assertWorksAgain() {
    await until("readiness", ready);
    for (const client of clients) await client.settle();
    for (const client of clients) for (let n = 0; n < 3; ++n) await client.step();
    for (const client of clients) await client.settle();
    assertWhole(server);
    await until("the gathering of the ledger", gatherer, 40);
    assertLedger(server);
    assert.equal(server.process.exitCode, null);
  }

  test("a crash of PostgreSQL is said plainly, and outlived", async () => {
    // Items that somebody opened lately are kept whole; of the others only what lists show.
    assert.equal((await server.get("/items/drainage-permit-new")).status, 200);
    cluster.crash();
    await assertSaysSo(3);
    for (const client of clients.slice(0, 2)) await client.step();
    assert.deepEqual(clients.slice(0, 2).map((client) => client.unavailable), [1, 1]);
    cluster.restart();
    await assertWorksAgain();
  });

  test("a crash in the middle of acts loses none of those acknowledged", async () => {
    let over = false;
    const working = clients.map(async (client) => {
      while (!over) { await client.step(); if (client.pending) await wait(20); }
    });
    const crashing = (async () => {
      for (let n = 0; n < 3; ++n) {
        await wait(300);
        cluster.crash();
        await wait(200);
        cluster.restart();
      }
      await wait(300);
    })().finally(() => { over = true; });
    await Promise.all([crashing, ...working]);
    await assertWorksAgain();
  });

  test("connections that the database cuts are replaced without anybody noticing", async () => {
    const refused = () => clients.reduce((sum, client) => sum + client.unavailable, 0);
    const beforehand = refused();
    for (let n = 0; n < 5; ++n) {
      execFileSync("psql", [cluster.url, "-qAtc", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'yimen'"]);
      for (const client of clients) await client.step();
      assert.equal((await server.get("/account", { headers: { cookie: cookie() } })).status, 200);
    }
    assert.equal(refused(), beforehand);
    await assertWorksAgain();
  });

  test("a database that stands still holds nobody for ever", async () => {
    cluster.freeze();
    try {
      await assertSaysSo(12);
    } finally {
      cluster.thaw();
    }
    await assertWorksAgain();
  });
});
