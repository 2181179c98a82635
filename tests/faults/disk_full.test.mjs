// A disk that is full: acts are refused plainly and leave nothing, reading goes on, and once there is room the same process works again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { Server, Visitor } from "../http/server.mjs";
import { assertPlain503, Authorisations, OnAndOffDuty } from "./acts.mjs";
import { Cases, casesAreServed } from "./cases.mjs";
import { rows } from "./rows.mjs";
import { assertLedger, assertWhole } from "./wholeness.mjs";

// A disk of `mebibytes` of its own; null where this machine lets nobody mount one.
function smallDisk(mebibytes) {
  const at = mkdtempSync(join(tmpdir(), "yimen-disk-"));
  const away = () => {
    try { execFileSync("umount", [at], { stdio: "ignore" }); } catch { /* was never mounted */ }
    rmSync(at, { recursive: true, force: true });
  };
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m`, "tmpfs", at], { stdio: "ignore" });
    return { at, away };
  } catch {
    away();
    return null;
  }
}

function fill(file) {
  const descriptor = openSync(file, "w");
  for (let piece = 1 << 20; piece >= 512; piece >>= 1)
    try { for (;;) writeSync(descriptor, Buffer.alloc(piece)); } catch (error) { if (error.code !== "ENOSPC") throw error; }
  closeSync(descriptor);
}

async function untilRefused(client) {
  for (let n = 0; n < 3000 && !client.unavailable; ++n) await client.step();
  assert.ok(client.unavailable, "a full disk refused nothing in 3000 acts");
}

test("on a full disk acts are refused plainly and leave nothing; with room again the same process goes on", async (t) => {
  const disk = smallDisk(24);
  if (!disk) return t.skip("no file system can be mounted here (root is needed)");
  const folder = join(disk.at, "district"), filler = join(disk.at, "filler");
  mkdirSync(folder);
  const server = await Server.start("sqlite", { beside: { folder, database: `sqlite:${folder}/test.db` } });
  t.after(async () => { await server.kill(); disk.away(); });
  const giving = new Authorisations(server, "刘强", 2030), duty = new OnAndOffDuty(server, "周海");
  const applying = casesAreServed ? new Cases(server) : null;
  await giving.step();
  await duty.step();
  await applying?.prepare();
  for (let n = 0; n < 2; ++n) await applying?.step(); // next they upload a document
  // Whoever was last seen a while ago: that the session is alive would be noted with their next page.
  // Many of them, since the log may keep room for a few small notes where an act no longer fits.
  const away = Array.from({ length: 60 }, () => new Visitor(server));
  for (const visitor of away) await visitor.enter("wulei");
  execFileSync("sqlite3", ["-cmd", ".timeout 5000", `${folder}/test.db`, "UPDATE session SET seen_at = seen_at - 120000"]);

  fill(filler);
  await untilRefused(giving);
  await untilRefused(duty);
  await applying?.step();
  if (applying) assert.equal(applying.unavailable, 1, "an upload to a full disk is refused");
  // What was refused gave room back to the log: used up again, so that not even a small note finds any.
  giving.unavailable = 0;
  await untilRefused(giving);
  for (const [path, options] of [["/", {}], ["/items/drainage-permit-new", {}], ...away.map((visitor) => ["/admin/staff", { headers: { cookie: visitor.cookie() } }]), ["/healthz", {}], ["/readyz", {}]])
    assert.equal((await server.get(path, options)).status, 200, `${path} can be read while the disk is full`);
  const program = await server.get("/api/session", { method: "POST", headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "lina", password: "yimen-demo-2026" }) });
  const problem = await program.text();
  assertPlain503(program, problem);
  assert.equal(JSON.parse(problem).status, 503);
  assert.match(server.log, /session_not_touched/);
  await giving.assertThere();
  await duty.assertThere();
  assertWhole(server);

  rmSync(filler);
  const before = [giving.acknowledged, duty.acknowledged], pid = server.process.pid;
  for (let n = 0; n < 5; ++n) await giving.step(); // the first is the one refused before, under its old key
  await duty.step();
  assert.deepEqual([giving.acknowledged, duty.acknowledged], [before[0] + 5, before[1] + 1]);
  assert.equal(server.process.pid, pid);
  for (const client of [giving, duty, applying]) await client?.settle();
  for (let n = 0; n < 9; ++n) await applying?.step(); // to the delivery
  if (applying) assert.equal(applying.finished.length, 1);
  assertWhole(server);
  assertLedger(server);
  assert.equal(rows(server.database, "PRAGMA integrity_check")[0][0], "ok");
  t.diagnostic(`${giving.acknowledged + duty.acknowledged} acts acknowledged, ${giving.unavailable + duty.unavailable} refused`);
});
