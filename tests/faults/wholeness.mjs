// What must hold of the rows at any moment, whatever was cut off: an act is there with its entry in the ledger and its
// notification, or not at all.
import assert from "node:assert/strict";
import { run } from "../http/server.mjs";
import { number, rows } from "./rows.mjs";

export function assertWhole(server) {
  const count = (sql) => number(server.database, sql);
  assert.equal(count(`SELECT count(*) FROM session s WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e
    WHERE e.division = s.division AND e.chain = s.id AND e.kind = 'session' AND e.seq = 1)`), 0, "a session without its entry");
  assert.equal(count(`SELECT count(*) FROM ledger_entry e WHERE e.kind = 'session' AND NOT EXISTS (SELECT 1 FROM session s
    WHERE s.division = e.division AND s.id = e.chain)`), 0, "an entry without its session");
  const acts = (act) => count(`SELECT count(*) FROM ledger_entry WHERE act = '${act}'`);
  assert.equal(count("SELECT count(*) FROM authorisation WHERE valid_to >= '2029'"), acts("give_authorisation") - acts("revoke_authorisation"),
    "authorisations and their entries");
  assertCasesWhole(server);
}

// Each case stands in the state that its last entry says, and its applicant was told of what the centre did.
function assertCasesWhole(server) {
  const last = rows(server.database, `SELECT c.id, c.state, e.after_json FROM case_file c JOIN ledger_entry e
    ON e.division = c.division AND e.chain = c.id AND e.kind = 'case'
    WHERE e.seq = (SELECT max(seq) FROM ledger_entry l WHERE l.division = e.division AND l.chain = e.chain AND l.after_json LIKE '%"state"%')`);
  for (const [id, state, after] of last) assert.equal(JSON.parse(after).state, state, `case ${id} and its entry`);
  const count = (sql) => number(server.database, sql);
  assert.equal(last.length, count("SELECT count(*) FROM case_file"), "every case has entries");
  assert.equal(count("SELECT count(*) FROM case_file WHERE state <> 'draft' AND state <> 'withdrawn' AND number IS NULL"), 0, "submitted without a number");
}

export function assertLedger(server) {
  assert.match(run(["ledger", "verify", "--db", server.database, "--keys", server.keys]), /all as it was recorded/);
}
