// Looks into the database behind the server's back, as an auditor with a SQL prompt would.
import { execFileSync } from "node:child_process";

// Rows as arrays of text (numbers too: ids are larger than JavaScript's).
export function rows(database, sql) {
  const [command, args] = database.startsWith("sqlite:")
    ? ["sqlite3", ["-readonly", "-tabs", "-noheader", "-cmd", ".timeout 5000", database.slice(7), sql]]
    : ["psql", [database, "-At", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", sql]];
  return execFileSync(command, args, { encoding: "utf8" }).split("\n").filter((line) => line !== "").map((line) => line.split("\t"));
}

export const number = (database, sql) => Number(rows(database, sql)[0][0]);
