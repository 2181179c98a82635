// The programs that are measured, each on a free port with a folder of its own, and the load.
import { execFile, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = "build/release/yimen", loader = "build/release/yimen_load";
export const item = "/items/drainage-permit-new";
export const guidance = `${item}/guide?premises=food&discharging=no&daily_discharge=6&treatment=yes&network=municipal&in_person=yes`;
export const password = "yimen-demo-2026";

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function freePort() {
  return new Promise((found) => {
    const listener = createServer().listen(0, "127.0.0.1", () => {
      const { port } = listener.address();
      listener.close(() => found(port));
    });
  });
}

async function answers(port, path) {
  for (let tries = 0; tries < 4000; ++tries) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}${path}`)).ok) return;
    } catch {
      await sleep(2);
    }
  }
  throw new Error(`nothing answers on port ${port}`);
}

export function newDatabase(kind, folder) {
  if (kind === "sqlite") return `sqlite:${folder}/bench.db`;
  const server = process.env.YIMEN_TEST_POSTGRES, name = `bench_${Date.now()}`;
  execFileSync("psql", [server, "-qc", `CREATE DATABASE ${name}`]);
  return server.replace(/\/[^/]*$/, `/${name}`);
}

export class Yimen {
  static async start(kind = "sqlite", settings = []) {
    const yimen = new Yimen();
    yimen.folder = mkdtempSync(join(tmpdir(), "yimen-bench-"));
    yimen.database = newDatabase(kind, yimen.folder);
    await yimen.begin(settings);
    return yimen;
  }
  // Milliseconds from the start of the process to the first answered request, in `startup`.
  async begin(settings = []) {
    this.port = await freePort();
    const log = openSync(join(this.folder, "log"), "a");
    const began = performance.now();
    this.process = spawn(program, ["serve", "--demo", "--port", this.port, "--db", this.database, "--keys", `${this.folder}/keys`,
      "--uploads", `${this.folder}/uploads`, ...settings], { stdio: ["ignore", "ignore", log] });
    await answers(this.port, item);
    this.startup = performance.now() - began;
  }
  memory() { return Number(readFileSync(`/proc/${this.process.pid}/statm`, "utf8").split(" ")[1]) * 4096; }
  async session(name) {
    const answer = await fetch(`http://127.0.0.1:${this.port}/api/session`, { method: "POST",
      headers: { "content-type": "application/json", connection: "close" }, body: JSON.stringify({ name, password }) });
    return (await answer.json()).token;
  }
  end() {
    return new Promise((done) => {
      this.process.on("exit", done);
      this.process.kill("SIGTERM");
    });
  }
  async stop() {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

// Serves the given bytes from a file, with one worker.
export class Nginx {
  static async start(bytes, encoding) {
    const nginx = new Nginx();
    nginx.folder = mkdtempSync(join(tmpdir(), "yimen-nginx-"));
    nginx.port = await freePort();
    writeFileSync(join(nginx.folder, "page"), bytes, { mode: 0o644 });
    writeFileSync(join(nginx.folder, "conf"), `worker_processes 1; daemon off; pid ${nginx.folder}/pid; error_log ${nginx.folder}/error.log;
${process.getuid() === 0 ? "user root;" : ""}
events { worker_connections 2048; }
http { access_log off; sendfile on; tcp_nodelay on; keepalive_requests 100000000; open_file_cache max=10;
  client_body_temp_path ${nginx.folder}/b; proxy_temp_path ${nginx.folder}/p; fastcgi_temp_path ${nginx.folder}/f;
  uwsgi_temp_path ${nginx.folder}/u; scgi_temp_path ${nginx.folder}/s;
  server { listen 127.0.0.1:${nginx.port}; default_type "text/html; charset=utf-8"; root ${nginx.folder};
    ${encoding ? `add_header Content-Encoding ${encoding};` : ""} } }`);
    nginx.process = spawn("/usr/sbin/nginx", ["-c", join(nginx.folder, "conf"), "-p", nginx.folder], { stdio: "ignore" });
    await answers(nginx.port, "/page");
    return nginx;
  }
  stop() {
    return new Promise((done) => {
      this.process.on("exit", () => done(rmSync(this.folder, { recursive: true, force: true })));
      this.process.kill("SIGTERM");
    });
  }
}

function run(command, args) {
  return new Promise((done, failed) => execFile(command, args.map(String), { maxBuffer: 1 << 24 },
    (error, out, err) => (error ? failed(new Error(`${command} ${args[0]}: ${err || error.message}`)) : done(out))));
}

// One run of the load program; its figures.
export const load = async (kind, options) => JSON.parse(await run(loader, [kind, ...options]));

// Requests per second as wrk counts them.
export async function wrk(url, seconds, headers = []) {
  const out = await run("wrk", ["-t1", "-c256", `-d${seconds}s`, ...headers.flatMap((h) => ["-H", h]), url]);
  return Number(out.match(/Requests\/sec:\s*([\d.]+)/)[1]);
}

// Transactions per second of the database alone: one update of one row, one insert of another, committed. Its tables go afterwards, and
// with them what the database would have to tidy up while something else is measured.
export async function pgbench(seconds, clients) {
  const server = process.env.YIMEN_TEST_POSTGRES;
  await run("pgbench", ["-q", "-i", "-s", "10", server]);
  const out = await run("pgbench", ["-N", "-M", "prepared", "-c", clients, "-j", 1, "-T", seconds, server]);
  await run("pgbench", ["-q", "-i", "-I", "d", server]);
  await run("psql", [server, "-qc", "CHECKPOINT"]);
  return Number(out.match(/tps = ([\d.]+)/)[1]);
}
