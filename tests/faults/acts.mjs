// Clients that do durable acts over HTTP and remember what the server acknowledged. step() does one act; settle(), once the server
// works again, sends anew what stayed unanswered or was answered 503, with the same idempotency key. Then assertThere() finds each
// acknowledged act done once, and nothing else.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Visitor } from "../http/server.mjs";
import { rows } from "./rows.mjs";

// What a broken connection throws: the act may have been done, or not.
export class Unanswered extends Error {}

export async function reached(request) {
  try {
    return await request();
  } catch (error) {
    if (error instanceof TypeError && /^(fetch failed|terminated)$/.test(error.message)) throw new Unanswered(String(error.cause ?? error));
    throw error;
  }
}

// Said to a person: what happened, and what to do; and to a program: when to come again.
export function assertPlain503(response, page) {
  assert.equal(response.status, 503);
  assert.match(response.headers.get("retry-after") ?? "", /^\d+$/);
  assert.match(page, /系统暂时不能处理|The service cannot answer/);
}

class Client {
  constructor(server) { Object.assign(this, { server, acknowledged: 0, unavailable: 0, pending: null }); }

  // A browser that became one of the demonstration's identities, with the token of its forms.
  async enter(account) {
    const visitor = new Visitor(this.server);
    const response = await this.insist(() => visitor.enter(account));
    assert.equal(response.status, 303, `${account} enters`);
    ++this.acknowledged;
    visitor.token = (await this.open(visitor, "/account")).match(/name="_csrf" value="([^"]+)"/)[1];
    return visitor;
  }
  // Asks again after each 503, as somebody who wants in would.
  async insist(request) {
    for (let tries = 0; ; ++tries) {
      const response = await reached(request);
      if (response.status !== 503 || tries === 200) return response;
      ++this.unavailable;
      await reached(() => response.text());
      await wait(50);
    }
  }
  async open(visitor, path) {
    const response = await this.insist(() => visitor.get(path));
    assert.equal(response.status, 200, path);
    return reached(() => response.text());
  }

  // Sends a form, and remembers it until it is answered.
  async send(visitor, path, fields, done) {
    this.pending = { visitor, path, fields: { _csrf: visitor.token, _key: randomUUID(), ...fields }, done };
    await this.sendPending();
  }
  async sendPending() {
    const { visitor, path, fields, done } = this.pending;
    const response = await reached(() => visitor.post(path, fields));
    const page = await reached(() => response.text());
    if (response.status === 503) {
      assertPlain503(response, page);
      ++this.unavailable;
      return;
    }
    this.pending = null;
    done(response);
    ++this.acknowledged;
  }
  // One act; or once more the one that is not known to be done.
  step() { return this.pending ? this.sendPending() : this.act(); }
  async settle() {
    if (this.pending) await this.sendPending();
    assert.equal(this.pending, null, "the server works again");
    await this.assertThere();
  }
}

// Signs in, chooses whom to act for, signs out, over and over.
export class Sessions extends Client {
  constructor(server, random, account) {
    super(server);
    Object.assign(this, { random, account, live: [], ended: [] });
  }
  async act() {
    const dice = this.random();
    if (this.live.length < 2 || (dice < 0.3 && this.live.length < 8)) {
      const visitor = await this.enter(this.account);
      const page = await this.open(visitor, "/act-for");
      const choices = [...page.matchAll(/name="organisation" type="radio" value="(\w+)"[\s\S]*?<label[^>]*>([^<]*)</g)].map(([, id, name]) => ({ id, name }));
      this.live.push({ visitor, choices, bearer: visitor.cookies.get("session"), actingFor: null });
      return;
    }
    const session = this.live[Math.floor(this.random() * this.live.length)];
    if (dice > 0.85) {
      await this.send(session.visitor, "/sign-out", {}, (response) => {
        assert.equal(response.status, 303);
        this.live = this.live.filter((one) => one !== session);
        this.ended.push(session);
      });
    } else {
      const choice = session.choices[Math.floor(this.random() * session.choices.length)];
      await this.send(session.visitor, "/act-for", { organisation: choice.id, return: "" }, (response) => {
        assert.equal(response.status, 303, `${this.account} acts for ${choice.name}`);
        session.actingFor = choice.id === "oneself" ? null : choice.name;
      });
    }
  }
  async assertThere() {
    const me = (session) => this.server.get("/api/me", { headers: { authorization: `Bearer ${session.bearer}` } });
    for (const session of this.live) {
      const answer = await me(session);
      assert.equal(answer.status, 200, "an acknowledged session is there");
      assert.equal((await answer.json()).acting_for, session.actingFor, "the acknowledged choice is there");
    }
    for (const session of this.ended.splice(0)) assert.equal((await me(session)).status, 401, "an ended session stays ended");
  }
}

// The administrator gives authorisations to an officer; each has a last day of its own, by which it is known again.
export class Authorisations extends Client {
  constructor(server, officer, firstYear) {
    super(server);
    Object.assign(this, { officer, firstYear, given: [], attempts: 0, doneUnanswered: 0, lostUnanswered: 0 });
  }
  async act() {
    if (!this.visitor) {
      const visitor = await this.enter("wulei");
      const page = await this.open(visitor, "/admin/staff");
      this.page = page.match(new RegExp(`href="(/admin/staff/\\w+)"[^>]*>\\s*${this.officer}`))[1];
      this.visitor = visitor;
    }
    const to = new Date(Date.UTC(this.firstYear, 0, 1 + this.attempts++)).toISOString().slice(0, 10);
    await this.send(this.visitor, `${this.page}/authorisations`, { act: "examine_case", item: "*", from: "2026-01-01", to }, (response) => {
      assert.equal(response.status, 303, `giving an authorisation until ${to}`);
      this.given.push(to);
    });
  }
  async settle() {
    const before = this.pending && rows(this.server.database, `SELECT 1 FROM authorisation WHERE valid_to = '${this.pending.fields.to}'`);
    if (before) before.length ? ++this.doneUnanswered : ++this.lostUnanswered;
    await super.settle();
  }
  async assertThere() {
    const there = rows(this.server.database, `SELECT valid_to FROM authorisation WHERE valid_to >= '${this.firstYear}' AND valid_to < '${this.firstYear + 50}'`);
    assert.deepEqual(there.flat().sort(), [...this.given].sort(), "each acknowledged authorisation is there once, and no other");
  }
}

// The administrator takes a member of staff off duty and back again.
export class OnAndOffDuty extends Client {
  constructor(server, member) {
    super(server);
    Object.assign(this, { member, active: true });
  }
  async act() {
    if (!this.visitor) {
      const visitor = await this.enter("wulei");
      const page = await this.open(visitor, "/admin/staff");
      this.page = page.match(new RegExp(`href="(/admin/staff/\\w+)"[^>]*>\\s*${this.member}`))[1];
      this.visitor = visitor;
    }
    const wanted = !this.active;
    await this.send(this.visitor, `${this.page}/${wanted ? "activate" : "deactivate"}`, {}, (response) => {
      assert.equal(response.status, 303, `${this.member} ${wanted ? "on" : "off"} duty`);
      this.active = wanted;
    });
  }
  async assertThere() {
    assert.equal(rows(this.server.database, `SELECT active FROM staff WHERE name = '${this.member}'`)[0][0], this.active ? "1" : "0");
  }
}
