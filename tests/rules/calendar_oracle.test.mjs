// Compares our calendar with npm's chinese-days, day by day. Ours is read from the folder YIMEN_CALENDAR_DUMP (2024.txt …), as
// the calendar's unit test writes it, or asked of the program (`yimen calendar dump YEAR`).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import chineseDays from "chinese-days";

const folder = process.env.YIMEN_CALENDAR_DUMP;
const program = process.env.YIMEN_PROGRAM ?? fileURLToPath(new URL("../../build/release/yimen", import.meta.url));
const skip = !folder && !existsSync(program) && "no program is built; the calendar's unit test compares every day too";

function dumped(year) {
  const text = folder ? readFileSync(join(folder, `${year}.txt`), "utf8")
    : execFileSync(program, ["calendar", "dump", String(year)], { encoding: "utf8" });
  return text.trimEnd().split("\n").map((line) => {
    const [date, kind, holiday = ""] = line.split(" ");
    return { date, kind, holiday };
  });
}

// The same names in both: chinese-days says 清明 for 清明节, and gives one name where two holidays meet.
const plain = (name) => name.replaceAll("节", "");

function expected(date) {
  const detail = chineseDays.getDayDetail(date);
  const weekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
  const [, holiday = ""] = detail.name.split(",");
  if (detail.work) return weekend ? { kind: "exchanged", holiday } : { kind: "working", holiday: "" };
  return holiday ? { kind: "holiday", holiday } : { kind: "weekend", holiday: "" };
}

for (const year of [2024, 2025, 2026]) {
  test(`each day of ${year} is what chinese-days says`, { skip }, () => {
    const days = dumped(year);
    assert.equal(days.length, year % 4 === 0 ? 366 : 365);
    for (const { date, kind, holiday } of days) {
      const theirs = expected(date);
      assert.equal(kind, theirs.kind, date);
      if (theirs.holiday) assert.ok(plain(holiday).split("、").includes(plain(theirs.holiday)), `${date}: ${holiday}, ${theirs.holiday}`);
      else assert.equal(holiday, "", date);
    }
  });
}
