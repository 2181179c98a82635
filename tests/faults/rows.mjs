// Looks into the database behind the server's back, as an auditor with a SQL prompt would.
import { execFileSync } from "node:child_process";

// The rows of each statement, as arrays of text (numbers too: ids are larger than JavaScript's). One process looks for all.
export function rowsOfEach(database, statements) {
  const mark = "- next -";
  const all = statements.map((sql) => `${sql}; SELECT '${mark}';`);
  const [command, args] = database.startsWith("sqlite:")
    ? ["sqlite3", ["-readonly", "-tabs", "-noheader", "-cmd", ".timeout 5000", database.slice(7), ...all]]
    : ["psql", [database, "-At", "-F", "\t", "-v", "ON_ERROR_STOP=1", ...all.flatMap((sql) => ["-c", sql])]];
  const text = execFileSync(command, args, { encoding: "utf8" });
  return text.split(`${mark}\n`).slice(0, -1).map((part) => part.split("\n").filter((line) => line !== "").map((line) => line.split("\t")));
}

export const rows = (database, sql) => rowsOfEach(database, [sql])[0];
export const number = (database, sql) => Number(rows(database, sql)[0][0]);
