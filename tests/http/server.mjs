// Starts the program people run on a free port, with the demonstration district in a database of its own, and stops it again.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";

const program = process.env.YIMEN_TEST_PROGRAM ?? "build/release/yimen";

function freePort() {
  return new Promise((found) => {
    const listener = createServer().listen(0, "127.0.0.1", () => {
      const { port } = listener.address();
      listener.close(() => found(port));
    });
  });
}

// SQLite always; PostgreSQL where bin/with-postgres started one.
export const databases = process.env.YIMEN_TEST_POSTGRES ? ["sqlite", "postgresql"] : ["sqlite"];

function newDatabase(kind, folder) {
  if (kind === "sqlite") return `sqlite:${folder}/test.db`;
  const server = process.env.YIMEN_TEST_POSTGRES;
  const name = `http_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  execFileSync("psql", [server, "-qc", `CREATE DATABASE ${name}`]);
  return server.replace(/\/[^/]*$/, `/${name}`);
}

export function run(args, options = {}) {
  return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], ...options });
}

export class Server {
  // A folder and an empty database for one or more servers that will be started `beside` this.
  static prepare(kind) {
    const folder = mkdtempSync(join(tmpdir(), "yimen-http-"));
    return { folder, database: newDatabase(kind, folder), keys: `${folder}/keys` };
  }
  // `beside`: another server whose database, keys and folder are shared (a second node, or the same after its end).
  // `settings`: flags of `yimen serve`, as [name, value, …].
  static async start(kind, { settings = [], beside = null, within = [], demo = true } = {}) {
    const server = new Server();
    Object.assign(server, beside ? { folder: beside.folder, database: beside.database } : Server.prepare(kind));
    server.keys = `${server.folder}/keys`;
    server.settings = [...(demo ? ["--demo"] : []), ...settings];
    server.within = within;
    server.port = await freePort();
    await server.begin();
    return server;
  }
  // Starts the program (again, after kill) where it was. `within`: a command that runs it under a limit.
  async begin() {
    const command = [...this.within, program, "serve", "--port", this.port, "--db", this.database, "--keys", this.keys,
      "--uploads", `${this.folder}/uploads`, ...this.settings];
    this.process = spawn(command[0], command.slice(1), { stdio: ["ignore", "pipe", "pipe"] });
    this.log = "";
    this.process.stderr.on("data", (text) => (this.log = (this.log + text).slice(-100_000)));
    await new Promise((ready, failed) => {
      this.process.stdout.on("data", (text) => String(text).includes("serves at") && ready());
      this.process.on("exit", (code) => failed(new Error(`the program ended with ${code}: ${this.log}`)));
    });
  }
  // As a power cut would: SIGKILL, nothing is said to it. Resolves when it is gone.
  kill() {
    return new Promise((gone) => {
      this.process.removeAllListeners("exit");
      this.process.on("exit", gone);
      this.process.kill("SIGKILL");
    });
  }
  get base() { return `http://localhost:${this.port}`; }
  get(path, options = {}) { return fetch(this.base + path, { redirect: "manual", ...options }); }
  // Resolves with the exit code.
  stop() {
    return new Promise((stopped) => {
      this.process.removeAllListeners("exit");
      this.process.on("exit", (code) => {
        rmSync(this.folder, { recursive: true, force: true });
        stopped(code);
      });
      this.process.kill("SIGTERM");
    });
  }
}

// The value of a hidden field of a page; "" where there is none.
export const hidden = (html, name) => html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? "";
// What a form sends: the page's hidden fields, the names of the fields that stand on it, and what was typed.
export const pairs = (html, fields) => [["_csrf", hidden(html, "_csrf")], ["_key", hidden(html, "_key")],
  ...[...html.matchAll(/name="_field" value="([^"]*)"/g)].map((found) => ["_field", found[1]]),
  ...Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))];
// The text of a page that answers with `status`.
export async function page(visitor, path, status = 200) {
  const response = await visitor.get(path);
  assert.equal(response.status, status, path);
  return response.text();
}

// A browser as far as HTTP goes: keeps cookies and fills in the hidden fields of forms.
export class Visitor {
  constructor(server) { this.server = server; this.cookies = new Map(); }
  async get(path, headers = {}) { return this.keep(await this.server.get(path, { headers: { ...headers, cookie: this.cookie() } })); }
  async submit(page, action, fields) {
    const html = await (await this.get(page)).text();
    return this.post(action, { _csrf: hidden(html, "_csrf"), _key: hidden(html, "_key"), ...fields });
  }
  async post(path, fields, headers = {}) {
    return this.keep(await this.server.get(path, { method: "POST", headers: { ...headers, cookie: this.cookie() }, body: new URLSearchParams(fields) }));
  }
  // Becomes one of the demonstration's identities, as its page does: without a password.
  enter(account) { return this.submit("/demo", "/demo", { account }); }
  signIn(name, password = "yimen-demo-2026") { return this.submit("/sign-in", "/sign-in", { name, password }); }
  cookie() { return [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; "); }
  keep(response) {
    for (const line of response.headers.getSetCookie?.() ?? (response.headers.get("set-cookie") ?? "").split(/,(?=[^;]+=)/)) {
      const [pair] = line.split(";");
      const equals = pair.indexOf("=");
      if (equals < 1) continue;
      const [name, value] = [pair.slice(0, equals).trim(), pair.slice(equals + 1)];
      if (value) this.cookies.set(name, value); else this.cookies.delete(name);
    }
    return response;
  }
}
