// A PostgreSQL cluster that a test may stop, freeze and start: its own, so that nobody else misses it.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

const installed = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql").sort((a, b) => a - b).at(-1) : null;

export class Cluster {
  static async start() {
    const cluster = new Cluster();
    const { YIMEN_TEST_POSTGRES, YIMEN_TEST_POSTGRES_FOLDER, ...env } = process.env;
    cluster.process = spawn("bin/with-postgres", ["sh", "-c", 'echo "$YIMEN_TEST_POSTGRES $YIMEN_TEST_POSTGRES_FOLDER"; cat'], { env, stdio: ["pipe", "pipe", "inherit"] });
    [cluster.url, cluster.folder] = await new Promise((ready) => cluster.process.stdout.once("data", (text) => ready(String(text).trim().split(" "))));
    return cluster;
  }
  control(...args) {
    const tool = `/usr/lib/postgresql/${installed}/bin/pg_ctl`;
    const owner = process.getuid() === 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : [];
    const [command, ...rest] = [...owner, tool, "-D", this.folder, "-l", `${this.folder}/server.log`, "-w", ...args];
    execFileSync(command, rest, { cwd: "/", stdio: "ignore" });
  }
  crash() { this.control("-m", "immediate", "stop"); }
  restart() { this.control("start"); }
  // Every process of the cluster, by the parent that its file names.
  processes() {
    const parent = readFileSync(`${this.folder}/postmaster.pid`, "utf8").split("\n")[0];
    const children = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim().split(" ");
    return [parent, ...children].filter(Boolean).map(Number);
  }
  freeze() { for (const pid of (this.frozen = this.processes())) process.kill(pid, "SIGSTOP"); }
  thaw() { for (const pid of this.frozen.reverse()) process.kill(pid, "SIGCONT"); }
  end() {
    return new Promise((ended) => { this.process.on("exit", ended); this.process.stdin.end(); });
  }
}
