// An auditor without our program: what src/ledger/README.md says of the bytes is enough to verify an export with another implementation.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import smCrypto from "sm-crypto";
import { databases, run, Server, Visitor } from "./server.mjs";

const { sm2, sm3 } = smCrypto;
const hash = (bytes) => Buffer.from(sm3([...bytes]), "hex");
const zeroes = Buffer.alloc(32);
const netstring = (value) => {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value));
  return Buffer.concat([Buffer.from(`${bytes.length}:`), bytes, Buffer.from(",")]);
};

function entryHash(e) {
  return hash(Buffer.concat(["yimen ledger entry 1", e.division, e.chain, e.seq, e.id, e.kind, e.actor_kind, e.actor_id, e.actor_role,
    e.actor_session, e.act, e.at, e.before, e.after, Buffer.from(e.subject_digest, "hex"), Buffer.from(e.prev, "hex")].map(netstring)));
}

function root(leaves) {
  if (leaves.length === 1) return hash(Buffer.concat([Buffer.from([0]), leaves[0]]));
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return hash(Buffer.concat([Buffer.from([1]), root(leaves.slice(0, split)), root(leaves.slice(split))]));
}

// Throws where anything is not as it should be; gives the numbers of entries and checkpoints.
function audit(text, point) {
  const rows = text.trim().split("\n").map((line) => JSON.parse(line));
  const entries = rows.flatMap((row) => row.entry ?? []), checkpoints = rows.flatMap((row) => row.checkpoint ?? []);
  const pending = new Set(rows.flatMap((row) => row.pending ?? []).map((p) => p.hash));
  const last = new Map();
  for (const e of entries) {
    const before = last.get(e.chain) ?? { seq: 0, hash: zeroes.toString("hex") };
    assert.equal(e.seq, before.seq + 1);
    assert.equal(e.prev, before.hash);
    assert.equal(entryHash(e).toString("hex"), e.hash);
    last.set(e.chain, e);
  }
  const held = new Map();
  let previous = zeroes;
  for (const c of checkpoints) {
    const packed = Buffer.from(c.leaves, "hex"), leaves = [];
    for (let at = 0; at < packed.length; at += 56) leaves.push(packed.subarray(at + 24, at + 56));
    for (const leaf of leaves) held.set(leaf.toString("hex"), c.number);
    const signed = `yimen ledger checkpoint 1\ndivision ${c.division}\nnumber ${c.number}\nat ${c.at}\nentries ${leaves.length}\nfirst ${c.first}\n` +
      `last ${c.last}\nroot ${root(leaves).toString("hex")}\nprevious ${previous.toString("hex")}\n`;
    assert.ok(sm2.doVerifySignature([...Buffer.from(signed)], c.signature, point, { hash: true }), `checkpoint ${c.number}`);
    previous = hash(Buffer.from(signed));
  }
  for (const e of entries) assert.ok(held.has(e.hash) !== pending.has(e.hash), `entry ${e.chain}/${e.seq} is in one place`);
  return [entries.length, checkpoints.length];
}

for (const kind of databases) describe(`the ledger on ${kind}`, () => {
  let server, text, point;
  before(async () => {
    server = await Server.start(kind);
    await new Visitor(server).signIn("zhangwei");
    await new Visitor(server).signIn("zhangwei", "wrong");
    const file = `${server.folder}/ledger.jsonl`, key = `${server.folder}/public.pem`;
    // The sign-ins are gathered into a checkpoint about a second later.
    for (let tries = 0; tries < 40; ++tries) {
      await new Promise((later) => setTimeout(later, 500));
      run(["ledger", "export", file, "--db", server.database]);
      text = readFileSync(file, "utf8");
      if (!text.includes('{"pending"')) break;
    }
    const der = execFileSync("openssl", ["pkey", "-in", `${server.keys}/ledger.pem`, "-pubout", "-outform", "DER"]);
    point = der.subarray(-65).toString("hex");
    writeFileSync(key, execFileSync("openssl", ["pkey", "-in", `${server.keys}/ledger.pem`, "-pubout"]));
    server.public_key = key;
    server.exported = file;
  });
  after(() => server?.stop());

  test("another implementation comes to the same hashes, roots and signatures", () => {
    const [entries, checkpoints] = audit(text, point);
    assert.ok(entries > 30 && checkpoints >= 1, `${entries} entries, ${checkpoints} checkpoints`);
  });

  test("it finds a changed word", () => {
    assert.throws(() => audit(text.replace("\"act\":\"sign_in\"", "\"act\":\"browse\""), point));
  });

  test("our own verification needs only the file and the public key", () => {
    assert.match(run(["ledger", "verify-export", server.exported, "--public-key", server.public_key]), /all as it was recorded/);
    writeFileSync(server.exported, text.replace("\"act\":\"sign_in\"", "\"act\":\"browse\""));
    assert.throws(() => run(["ledger", "verify-export", server.exported, "--public-key", server.public_key]), (error) => error.status === 1);
  });
});
