// Two programs serve one PostgreSQL: they may start at the same moment, and it is all one to people which of them answers.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { databases, run, Server, Visitor } from "../http/server.mjs";
import { Authorisations, Sessions } from "./acts.mjs";
import { assertNoCaseTwice, Cases, casesAreServed } from "./cases.mjs";
import { randomFrom } from "./kill.mjs";
import { number, rows } from "./rows.mjs";
import { assertLedger, assertWhole } from "./wholeness.mjs";

describe("two nodes on one PostgreSQL", { skip: !databases.includes("postgresql") && "there is no PostgreSQL" }, () => {
  let first, second;
  before(async () => {
    // An empty database and the installation's keys are what an administrator prepares; both nodes find no tables yet.
    const prepared = Server.prepare("postgresql");
    run(["keys", "make", "--keys", prepared.keys]);
    [first, second] = await Promise.all([Server.start("postgresql", { beside: prepared }), Server.start("postgresql", { beside: prepared })]);
  });
  after(async () => {
    await first?.stop();
    await second?.stop();
  });

  test("both migrated at once, and everything is there once", () => {
    const versions = rows(first.database, "SELECT number FROM schema_version");
    assert.equal(versions.length, new Set(versions.flat()).size);
    assert.deepEqual(rows(first.database, "SELECT sign_in_name, count(*) FROM account GROUP BY sign_in_name HAVING count(*) <> 1"), []);
    assert.deepEqual(rows(first.database, "SELECT item, version, count(*) FROM item_version GROUP BY item, version HAVING count(*) <> 1"), []);
    assert.equal(number(first.database, "SELECT count(DISTINCT number) FROM node"), 2);
    assert.match(run(["migrate", "--db", first.database]), / 0 migrations applied/);
  });

  test("a session begun at one is good at the other, and ended at one is ended at both", async () => {
    const visitor = new Visitor(first);
    await visitor.enter("lina");
    visitor.server = second;
    assert.equal((await visitor.get("/account")).status, 200);
    await visitor.submit("/account", "/sign-out", {});
    visitor.server = first;
    assert.equal((await visitor.get("/account")).status, 303);
  });

  test("one key sent to both at once makes one act, and both answer alike", async () => {
    const administrator = new Authorisations(first, "刘强", 2030);
    await administrator.step();
    const elsewhere = Object.assign(new Visitor(second), { cookies: administrator.visitor.cookies });
    for (let n = 0; n < 20; ++n) {
      const form = { _csrf: administrator.visitor.token, _key: `twice-${n}`, act: "examine_case", item: "*", from: "2026-01-01", to: `2031-01-${10 + n}` };
      const path = `${administrator.page}/authorisations`;
      const answers = await Promise.all([administrator.visitor, elsewhere, administrator.visitor, elsewhere].map((one) => one.post(path, form)));
      assert.deepEqual(answers.map((answer) => [answer.status, answer.headers.get("location")]), Array(4).fill([303, administrator.page]));
      administrator.given.push(form.to);
    }
    await administrator.settle();
  });

  test("acts at both make ids that never meet, and one ledger that verifies", async () => {
    const clients = [new Sessions(first, randomFrom(1), "lina"), new Sessions(second, randomFrom(2), "lina"),
      new Authorisations(first, "赵敏", 2100), new Authorisations(second, "赵敏", 2200),
      ...(casesAreServed ? [new Cases(first), new Cases(second)] : [])];
    for (const client of clients) await client.prepare?.();
    await Promise.all(clients.map(async (client) => { for (let n = 0; n < 60; ++n) await client.step(); }));
    for (const client of clients) await client.settle();
    assert.equal(number(first.database, "SELECT count(*) - count(DISTINCT id) FROM ledger_entry"), 0);
    assertNoCaseTwice(first, clients);
    assertWhole(first);
    assertLedger(first);
  });
});
