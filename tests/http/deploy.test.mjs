// What deploy/ gives an administrator: a configuration file with every setting, a unit that systemd takes, a proxy that nginx takes.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import test from "node:test";
import { databases, run, Server, Visitor } from "./server.mjs";

const folder = mkdtempSync(join(tmpdir(), "yimen-deploy-"));
test.after(() => rmSync(folder, { recursive: true }));
const installed = (command) => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
// {setting: value} of a configuration file.
const settings = (text) => Object.fromEntries(text.split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.split(/ = ?/).map((part) => part.trim())));

test("the configuration file holds every setting, and the program reads it", () => {
  const file = settings(readFileSync("deploy/yimen.conf", "utf8"));
  const known = settings(run(["config"]));
  assert.deepEqual(Object.keys(file).sort(), Object.keys(known).sort());
  const read = run(["config", "--config", "deploy/yimen.conf"]);
  assert.deepEqual(settings(read), { ...file, db: "(set)" });
  assert.equal(read.match(/\[default\]/g), null);
});

test("what `yimen config` prints can be read again", () => {
  const copy = join(folder, "copy.conf");
  writeFileSync(copy, run(["config"]));
  const again = settings(run(["config", "--config", copy]));
  assert.deepEqual(again, { ...settings(run(["config"])), db: "(set)" });
});

test("systemd takes the unit", { skip: !installed("systemd-analyze") && "systemd is not installed" }, () => {
  const unit = join(folder, "yimen.service");
  const program = resolve(process.env.YIMEN_TEST_PROGRAM ?? "build/release/yimen");
  writeFileSync(unit, readFileSync("deploy/yimen.service", "utf8").replace("/usr/local/bin/yimen", program));
  const verified = spawnSync("systemd-analyze", ["verify", "--man=no", unit], { encoding: "utf8" });
  assert.equal(verified.status, 0, verified.stderr);
  assert.equal(verified.stderr, "");
});

test("nginx takes the proxy", { skip: !installed("nginx") && "nginx is not installed" }, () => {
  const at = (name) => join(folder, name);
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj", "/CN=yimen.example",
    "-keyout", at("key.pem"), "-out", at("certificate.pem")], { stdio: "ignore" });
  writeFileSync(at("site"), readFileSync("deploy/nginx.conf", "utf8").replace("/etc/ssl/certs/yimen.pem", at("certificate.pem")).replace("/etc/ssl/private/yimen.key", at("key.pem")));
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${at(kind)};`).join(" ");
  writeFileSync(at("nginx.conf"), `pid ${at("pid")}; events {} http { access_log off; ${temporary} include ${at("site")}; }`);
  const tested = spawnSync("nginx", ["-t", "-e", at("error.log"), "-c", at("nginx.conf")], { encoding: "utf8" });
  assert.equal(tested.status, 0, tested.stderr);
});

for (const kind of databases) test(`an installation on ${kind} begins with keys and a first administrator`, async (t) => {
  const prepared = Server.prepare(kind);
  const where = ["--db", prepared.database, "--keys", prepared.keys];
  await assert.rejects(Server.start(kind, { beside: prepared, demo: false }), /keys/);
  assert.match(run(["keys", "make", ...where]), /BEGIN PUBLIC KEY/);
  const add = (name, posts, password) => run(["staff", "add", "管理员", "--sign-in-name", name, "--posts", posts, ...where], { input: `${password}\n`, stdio: "pipe" });
  assert.throws(() => add("first", "administrator", "short"), /at least 10 characters/);
  assert.throws(() => add("first", "applicant", "a long sentence"), /is no post/);
  assert.match(add("first", "administrator,auditor", "a long sentence"), /can sign in as first/);
  assert.throws(() => add("first", "administrator", "a long sentence"), /signs in as first already/);

  const server = await Server.start(kind, { beside: prepared, demo: false });
  t.after(() => server.stop());
  assert.equal((await server.get("/demo")).status, 404);
  const visitor = new Visitor(server);
  assert.equal((await visitor.signIn("first", "a long sentence")).status, 303);
  assert.equal((await visitor.get("/admin")).status, 200);
  assert.equal((await visitor.get("/window")).status, 200); // as auditor
  assert.match(run(["ledger", "verify", ...where]), /all as it was recorded/);
});
