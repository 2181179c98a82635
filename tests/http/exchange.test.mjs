// The national interchange tables over the program as people run it, beside a server that serves.
import { strict as assert } from "node:assert";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { databases, run, Server } from "./server.mjs";

const basic = "up_task_general_basic.csv";
const header = "task_code,catalog_code,task_name,task_type,dept_code,dept_name,project_type,server_type,by_law,accept_condition,anticipate_day,promise_day,transact_addr,transact_time,link_way,supervise_way";
const row = (serial, days = 7) => `11310120MB2F70014440001170097${serial},0001170097${serial},测试事项${serial},01,11310120MB2F700144,,2,1,《条例》,条件,20,${days},一号窗口,周一,12345,12345`;

function refused(args) {
  try {
    run(args);
  } catch (error) {
    assert.equal(error.status, 1);
    return error.stdout;
  }
  assert.fail("it was not refused");
}

for (const kind of databases) {
  test(`what is exported is imported back, as CSV and as a workbook, on ${kind}`, async () => {
    const server = await Server.start(kind), empty = Server.prepare(kind), at = (name) => join(server.folder, name);
    try {
      run(["catalogue", "export", "--format", "csv", at("first"), "--db", server.database]);
      run(["catalogue", "export", "--format", "xlsx", at("all.xlsx"), "--db", server.database]);
      assert.match(run(["catalogue", "import", at("all.xlsx"), "--db", empty.database]), /^imported: \d{4} new items, 0 next versions, 0 as/);
      run(["catalogue", "export", "--format", "csv", at("second"), "--db", empty.database]);
      assert.equal(readdirSync(at("first")).length, 6);
      for (const name of readdirSync(at("first"))) assert.deepEqual(readFileSync(join(at("second"), name)), readFileSync(join(at("first"), name)), name);
      assert.match(run(["catalogue", "import", at("first"), "--db", server.database]), /0 new items, 0 next versions, \d{4} as they are published already/);
    } finally {
      await server.stop();
    }
  });

  test(`a list with one fault changes nothing, mended it is on offer within seconds, on ${kind}`, async () => {
    const server = await Server.start(kind), list = join(server.folder, "list");
    try {
      mkdirSync(list);
      writeFileSync(join(list, basic), `${header}\n${row("01")}\n${row("02", "无")}\n`);
      const said = refused(["catalogue", "import", list, "--db", server.database]);
      assert.equal(said.split("\n")[0], "up_task_general_basic, row 3, promise_day: \"无\" must be a whole number from 0 to 365");
      const page = `${server.base}/items/11310120mb2f7001444000117009701`;
      assert.equal((await fetch(page)).status, 404);
      writeFileSync(join(list, basic), `${header}\n${row("01")}\n${row("02")}\n`);
      assert.match(run(["catalogue", "import", list, "--check", "--db", server.database]), /would bring 2 new items/);
      assert.equal((await fetch(page)).status, 404);
      run(["catalogue", "import", list, "--db", server.database]);
      let answer;
      for (let tries = 0; tries < 100 && (answer = await fetch(page)).status === 404; ++tries) await new Promise((done) => setTimeout(done, 100));
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), /测试事项01/);
      assert.match(run(["ledger", "verify", "--db", server.database, "--keys", server.keys]), /all as it was recorded/);
    } finally {
      await server.stop();
    }
  });
}

test("help names the commands", () => {
  assert.match(run(["catalogue", "import", "--help"]), /--check/);
  assert.match(run(["catalogue", "export", "--help"]), /csv/);
});
