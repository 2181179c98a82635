// Kills the server with SIGKILL at random moments while clients do durable acts, and looks after each restart.
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { Server } from "../http/server.mjs";
import { Authorisations, OnAndOffDuty, Sessions, Unanswered } from "./acts.mjs";
import { assertNoCaseTwice, Cases, casesAreServed } from "./cases.mjs";
import { assertLedger, assertWhole } from "./wholeness.mjs";

// Told apart by a seed, which a failing run prints: the moments of the kills come out nearly the same.
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

async function work(client, until) {
  while (!until.over) {
    try {
      await client.step();
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      if (!until.killed) throw new Error(`no answer although nobody killed the server: ${error.message}`);
      return;
    }
  }
}

export async function killAgainAndAgain(kind, times) {
  const seed = Number(process.env.YIMEN_TEST_SEED ?? Date.now() % 1_000_000);
  const random = randomFrom(seed);
  const server = await Server.start(kind);
  try {
    const clients = [new Sessions(server, random, "lina"), new Sessions(server, random, "zhangwei"), new Authorisations(server, "刘强", 2030),
      new Authorisations(server, "赵敏", 2100), new OnAndOffDuty(server, "周海"),
      ...(casesAreServed ? [new Cases(server), new Cases(server), new Cases(server)] : [])];
    let slowest = 0;
    for (const client of clients) await client.prepare?.();
    const acknowledged = () => clients.reduce((sum, client) => sum + client.acknowledged, 0);
    for (let n = 1; n <= times; ++n) {
      const until = { over: false, killed: false };
      const working = clients.map((client) => work(client, until));
      for (const before = acknowledged(); acknowledged() === before;) await Promise.race([wait(5), ...working]);
      await Promise.race([wait(random() * 250), ...working]);
      until.killed = until.over = true;
      await server.kill();
      await Promise.all(working);
      const began = Date.now();
      await server.begin();
      slowest = Math.max(slowest, Date.now() - began);
      for (const client of clients) await client.settle();
      assertWhole(server);
      assertNoCaseTwice(server, clients);
      if (n % 10 === 0) assertLedger(server);
    }
    assertLedger(server);
    assert.ok(acknowledged() > times * 5, `only ${acknowledged()} acts were acknowledged`);
    const sum = (field) => clients.reduce((all, client) => all + (client[field] ?? 0), 0);
    return `${acknowledged()} acts acknowledged over ${times} kills, ${clients.reduce((all, client) => all + (client.finished?.length ?? 0), 0)} cases taken to delivery; of those cut off and sent again ${sum("doneUnanswered")} had been done ` +
      `and ${sum("lostUnanswered")} had not; the slowest restart took ${slowest} ms`;
  } catch (error) {
    error.message += ` (YIMEN_TEST_SEED=${seed}; the server said: ${server.log.slice(-2000)})`;
    throw error;
  } finally {
    await server.kill();
  }
}
