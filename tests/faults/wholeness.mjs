// What must hold of the rows at any moment, whatever was cut off: an act is there with its entry in the ledger and its
// notification, or not at all.
import assert from "node:assert/strict";
import { run } from "../http/server.mjs";
import { number, rowsOfEach } from "./rows.mjs";

const acts = (act) => `(SELECT count(*) FROM ledger_entry WHERE act = '${act}')`;
const told = `(SELECT count(*) FROM ledger_entry WHERE kind = 'case' AND after_json LIKE '%"notice":%')`;

// Each gives how many rows, or by how many, it is broken.
const broken = {
  "sessions without their entry": `SELECT count(*) FROM session s WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e
    WHERE e.division = s.division AND e.chain = s.id AND e.kind = 'session' AND e.seq = 1)`,
  "entries without their session": `SELECT count(*) FROM ledger_entry e WHERE e.kind = 'session' AND NOT EXISTS (SELECT 1 FROM session s
    WHERE s.division = e.division AND s.id = e.chain)`,
  "authorisations beside their entries": `SELECT (SELECT count(*) FROM authorisation WHERE valid_to >= '2029') - ${acts("give_authorisation")} + ${acts("revoke_authorisation")}`,
  "entries of cases that are not there": `SELECT count(*) FROM ledger_entry e WHERE e.kind = 'case' AND NOT EXISTS (SELECT 1 FROM case_file c
    WHERE c.division = e.division AND c.id = e.chain)`,
  "cases handed in without a number": "SELECT count(*) FROM case_file WHERE submitted_at IS NOT NULL AND number IS NULL",
  "cases that worklists find elsewhere": `SELECT count(*) FROM case_file c LEFT JOIN case_work w ON w.division = c.division AND w.case_id = c.id
    WHERE (c.state <> 'draft' OR c.helped_by <> 0) AND (w.state IS NULL OR w.state <> c.state OR w.authority <> c.authority
      OR w.due <> coalesce(c.promised_due, c.acceptance_due, '9999-12-31'))`,
  "notices beside their entries": `SELECT (SELECT count(*) FROM case_notice) - ${told}`,
  "notifications beside their entries": `SELECT (SELECT count(*) FROM notification) - ${told}`,
  "notices nobody was told of": `SELECT count(*) FROM case_notice n WHERE NOT EXISTS (SELECT 1 FROM notification m
    WHERE m.division = n.division AND m.case_id = n.case_id AND m.kind = n.kind)`,
  "documents without their bytes": `SELECT count(*) FROM case_document d WHERE NOT EXISTS (SELECT 1 FROM document_part p
    WHERE p.division = d.division AND p.content = d.content)`,
  "licences of cases that were not decided": `SELECT count(*) FROM licence l WHERE NOT EXISTS (SELECT 1 FROM case_file c
    WHERE c.division = l.division AND c.id = l.case_id AND c.decided_at IS NOT NULL)`,
};
const cases = "SELECT id, state FROM case_file ORDER BY id";
// The last entry of each case that says a state.
const entries = `SELECT chain, after_json FROM ledger_entry e WHERE kind = 'case' AND seq = (SELECT max(seq) FROM ledger_entry l
  WHERE l.division = e.division AND l.chain = e.chain AND l.after_json LIKE '%"state"%') ORDER BY chain`;
const counted = "SELECT state, count(*) FROM case_file WHERE state <> 'draft' GROUP BY state ORDER BY state";
// The counts of worklists, which are kept beside the cases.
const kept = `SELECT state, sum(cases) FROM (SELECT state, cases FROM case_tally WHERE authority = 0
  UNION ALL SELECT became, 1 FROM case_move UNION ALL SELECT was, -1 FROM case_move WHERE was <> '') AS moved
  GROUP BY state HAVING sum(cases) <> 0 ORDER BY state`;

export function assertWhole(server) {
  const tallied = number(server.database, "SELECT count(*) FROM schema_version WHERE name LIKE '%worklist%'") > 0;
  const [states, last, ...rest] = rowsOfEach(server.database, [cases, entries, ...(tallied ? [counted, kept] : []), ...Object.values(broken)]);
  assert.deepEqual(last.map(([id, after]) => [id, JSON.parse(after).state]), states, "each case stands where its last entry says");
  if (tallied) assert.deepEqual(rest[1], rest[0], "the counts of worklists and the cases");
  const found = Object.keys(broken).map((what, n) => [what, rest[n + (tallied ? 2 : 0)][0][0]]).filter(([, count]) => count !== "0");
  assert.deepEqual(found, []);
}

export function assertLedger(server) {
  assert.match(run(["ledger", "verify", "--db", server.database, "--keys", server.keys]), /all as it was recorded/);
}
