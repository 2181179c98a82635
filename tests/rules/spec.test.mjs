// What DMN 1.5 says an expression comes to, chapter by chapter: spec/*.txt holds "expression ==> value" a line.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { ours, program } from "./feelin.mjs";

const skip = !existsSync(program) && "no program is built";
const folder = new URL("spec/", import.meta.url);

for (const name of readdirSync(folder).sort())
  test(`every expression of ${name} comes to what the specification says`, { skip }, () => {
    const lines = readFileSync(new URL(name, folder), "utf8").split("\n").filter((line) => line.includes(" ==> "));
    const wanted = lines.map((line) => line.split(" ==> "));
    const got = ours(wanted.map(([expression]) => expression));
    assert.deepEqual(wanted.map(([expression], i) => `${expression} ==> ${got[i]}`), lines);
  });
