// The example in docs/api.md, as a reader would run it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { databases, Server } from "./server.mjs";

const [, example] = readFileSync("docs/api.md", "utf8").match(/```sh\n([\s\S]*?)```/);

for (const kind of databases) test(`the example of docs/api.md takes a case to its delivery on ${kind}`, async (t) => {
  const server = await Server.start(kind);
  t.after(() => server.stop());
  const said = execFileSync("bash", ["-euo", "pipefail", "-c", example], { encoding: "utf8", cwd: server.folder, env: { ...process.env, YIMEN: server.base } });
  const states = [...said.matchAll(/"state":"(\w+)"/g)].map(([, state]) => state);
  assert.deepEqual(states, ["submitted", "accepted", "under_review", "granted", "result_made", "closed"], said);
});
