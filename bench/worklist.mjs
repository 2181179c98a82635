// A year's cases of a district in the database, as if they had been handed in and worked on: one real case, a million times with
// other numbers, people, departments, states and days.
import { execFileSync } from "node:child_process";
import { guidance, password } from "./programs.mjs";

const psql = (database, sql) => execFileSync("psql", [database, "-qAt", "-v", "ON_ERROR_STOP=1", "-c", sql], { encoding: "utf8" });

async function oneCase(port) {
  const ask = (path, token, body) => fetch(`http://127.0.0.1:${port}${path}`, { method: "POST",
    headers: { "content-type": "application/json", connection: "close", ...(token && { authorization: `Bearer ${token}` }) }, body: JSON.stringify(body) });
  const { token } = await (await ask("/api/session", "", { name: "lina", password, acting_for: "91310120MA1HQ5RT6E" })).json();
  const begun = await ask("/api/cases", token, { item: "drainage-permit-new", answers: Object.fromEntries(new URLSearchParams(guidance.split("?")[1])) });
  if (begun.status !== 201) throw new Error(`no case begun: ${begun.status} ${await begun.text()}`);
}

// Nine in ten are closed; of the others some wait for acceptance, some for a decision, a few are late.
export async function fill(yimen, count) {
  await oneCase(yimen.port);
  psql(yimen.database, `
    WITH offices AS (SELECT array_agg(id ORDER BY id) AS ids FROM authority),
    made AS (SELECT c.*, g, md5(g::text) AS chance, CASE WHEN g % 100 < 90 THEN 'closed' WHEN g % 100 < 93 THEN 'submitted' WHEN g % 100 < 96 THEN 'accepted'
        WHEN g % 100 < 98 THEN 'under_review' WHEN g % 100 = 98 THEN 'correction_requested' ELSE 'granted' END AS stands
      FROM (SELECT * FROM case_file LIMIT 1) AS c, generate_series(1, ${count}) AS g)
    INSERT INTO case_file (division, id, number, item, item_version, situation, answers, form, state, person, organisation, applicant_name, authority,
      channel, helped_by, made_at, changed_at, submitted_at, accepted_on, acceptance_due, promised_due, statutory_due, extension_days,
      decided_at, delivered_at, documents_digest, notices_digest, suspensions_digest)
    SELECT division, id - g, '310120' || lpad(g::text, 12, '0'), (ARRAY['drainage-permit-new', 'drainage-permit-change', 'food-business-licence',
      'company-registration', 'transfer-registration', 'residence-points', 'construction-permit', 'legal-aid'])[1 + g % 8], item_version,
      situation, answers, form, stands, person + g % 50000, organisation + g % 20000,
      '上海' || (ARRAY['奉贤', '南桥', '金汇', '青村', '庄行', '海湾', '柘林', '四团'])[1 + g % 8] || substr(chance, 1, 6) || '有限公司', offices.ids[1 + g % cardinality(offices.ids)],
      (ARRAY['online', 'window', 'kiosk'])[1 + g % 3], 0, made_at - g::bigint * 31000, changed_at - g::bigint * 30000, made_at - g::bigint * 30500,
      CASE WHEN stands IN ('submitted', 'correction_requested') THEN NULL ELSE to_char(current_date - g % 20, 'YYYY-MM-DD') END,
      to_char(current_date + g % 8 - 2, 'YYYY-MM-DD'),
      CASE WHEN stands IN ('submitted', 'correction_requested') THEN NULL ELSE to_char(current_date + g % 40 - 5, 'YYYY-MM-DD') END,
      CASE WHEN stands IN ('submitted', 'correction_requested') THEN NULL ELSE to_char(current_date + g % 40 + 15, 'YYYY-MM-DD') END,
      extension_days, NULL, NULL, documents_digest, notices_digest, suspensions_digest
    FROM made, offices`);
  // As the program counts them itself where it has to begin anew.
  psql(yimen.database, `
    INSERT INTO case_tally (division, authority, state, due, cases) SELECT division, authority, state,
      CASE WHEN state IN ('submitted', 'accepted', 'under_review') THEN coalesce(promised_due, acceptance_due, '9999-12-31') ELSE '' END, count(*)
      FROM case_file WHERE state <> 'draft' GROUP BY 1, 2, 3, 4;
    INSERT INTO case_tally (division, authority, state, due, cases) SELECT division, 0, state, due, sum(cases)::bigint FROM case_tally
      WHERE authority <> 0 GROUP BY division, state, due;
    INSERT INTO case_work (division, case_id, authority, state, due, name) SELECT division, id, authority, state,
      coalesce(promised_due, acceptance_due, '9999-12-31'), convert_to(applicant_name, 'UTF8') FROM case_file WHERE state <> 'draft'`);
  psql(yimen.database, "VACUUM ANALYZE");
}

// What people ask their worklist: all, one state, what is late or due soon, a name, a number.
export const asked = ["", "?state=submitted", "?state=accepted", "?due=late", "?due=soon", "?state=under_review&due=late",
  `?q=${encodeURIComponent("上海南桥")}`, "?q=310120000000012345", `?state=accepted&q=${encodeURIComponent("上海金汇")}`];
