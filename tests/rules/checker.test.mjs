// The checker itself, on small made-up trees: it must be content with a sound one and see each kind of violation.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test from "node:test";
import { readGraph, withSection } from "./graph.mjs";
import { check } from "./inclusion.mjs";

const cmake = `
yimen_feature(base     PACKAGES icu)   # the order is the graph
yimen_feature(db       NEEDS base)
yimen_feature(web      NEEDS base)
yimen_feature(calendar NEEDS base PACKAGES yaml)
yimen_feature(cases
  NEEDS base db web calendar)
yimen_program(yimen SOURCE src/app NEEDS base db web calendar cases)
`;
const sound = {
  "CMakeLists.txt": cmake,
  "src/base/README.md": "Public headers: clock.h text.h\n",
  "src/base/clock.h": "#pragma once\n#include <string>\n",
  "src/base/secret.h": "",
  "src/db/README.md": "Public headers: database.h\n",
  "src/db/database.h": '#include "base/clock.h"\n',
  "src/web/README.md": "Public headers: router.h\n",
  "src/web/router.h": "",
  "src/calendar/calendar.h": '#include "base/clock.h"\n',
  "src/calendar/README.md": "# calendar\n",
  "src/calendar/because.h": "",
  "src/cases/cases.h": '#include "calendar/calendar.h"\n',
  "src/cases/store.h": '#include "cases/cases.h"\n#include "db/database.h"\n',
  "src/cases/store_parts.cc": '#include "cases/store.h"\nconst char* q = "SELECT a FROM b";\n',
  "src/cases/deciding.cc": '#include "cases/store.h"\n// "SELECT is told of in a comment"\n',
  "src/cases/pages.cc": '#include "cases/cases.h"\n#include "web/router.h"\n',
  "src/cases/cases_test.cc": '#include "db/database.h"\nconst char* q = "SELECT a FROM b";\n',
  "src/app/main.cc": '#include "cases/cases.h"\n#include "db/database.h"\n#include "web/router.h"\n',
};

function checked(changes = {}) {
  const root = mkdtempSync(join(tmpdir(), "yimen-rules-"));
  try {
    const tree = { ...sound, ...changes };
    tree["docs/architecture.md"] ??= withSection("# Architecture\n", readGraph(tree["CMakeLists.txt"]));
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return check(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

test("a sound tree is left in peace", () => assert.deepEqual(checked(), []));

const with_line = (path, line) => ({ [path]: `${sound[path] ?? ""}${line}\n` });
const long_file = (lines) => "int a;\n".repeat(lines);
// What is changed, and what the one complaint about it must say.
const violations = {
  "a foundation folder that includes a feature":
    [with_line("src/base/clock.h", '#include "calendar/calendar.h"'), /src\/base\/clock\.h:3: .*does not need/],
  "a foundation folder that needs a feature":
    [{ "CMakeLists.txt": cmake.replace("yimen_feature(web      NEEDS base)", "").replace("PACKAGES yaml)", "PACKAGES yaml)\nyimen_feature(web NEEDS base calendar)") },
      /web must know nothing of features/],
  "an include of a feature that is not needed":
    [with_line("src/calendar/calendar.h", '#include "db/database.h"'), /calendar\.h:2: .*does not need/],
  "an include of a feature needed only by way of another":
    [{ "CMakeLists.txt": cmake.replace("NEEDS base db web calendar)\nyimen_program", "NEEDS db web calendar)\nyimen_program"),
      ...with_line("src/cases/deciding.cc", '#include "base/clock.h"') }, /deciding\.cc:3: .*does not need/],
  "a need that stands below": [{ "CMakeLists.txt": cmake.replace("calendar NEEDS base", "calendar NEEDS base cases") },
    /calendar needs cases, which does not stand above/],
  "a circle": [{ "CMakeLists.txt": cmake.replace("calendar NEEDS base", "calendar NEEDS base calendar") }, /does not stand above/],
  "a private header of another feature": [with_line("src/cases/deciding.cc", '#include "calendar/because.h"'), /deciding\.cc:3: .*not public/],
  "a header its README does not list": [with_line("src/cases/deciding.cc", '#include "base/secret.h"'), /not public/],
  "a private header in a test": [with_line("src/cases/cases_test.cc", '#include "calendar/because.h"'), /not public/],
  "an own header in angle brackets": [with_line("src/cases/deciding.cc", "#include <calendar/because.h>"), /not public/],
  "a way around by dots": [with_line("src/cases/deciding.cc", '#include "../calendar/because.h"'), /\.\./],
  "a header that is not there": [with_line("src/cases/deciding.cc", '#include "cases/gone.h"'), /does not exist/],
  "rules that include the database": [with_line("src/cases/deciding.cc", '#include "db/database.h"'), /only store/],
  "a contract that includes the database": [with_line("src/cases/cases.h", '#include "db/database.h"'), /only store/],
  "pages that include the database": [with_line("src/cases/pages.cc", '#include "db/database.h"'), /only store/],
  "rules that include the web": [with_line("src/cases/deciding.cc", '#include "web/router.h"'), /only pages/],
  "a store that includes the web": [with_line("src/cases/store.h", '#include "web/router.h"'), /only pages/],
  "SQL in the rules": [with_line("src/cases/deciding.cc", 'tx.run("UPDATE a SET b = 1");'), /deciding\.cc:3: an SQL statement/],
  "SQL in pages": [with_line("src/cases/pages.cc", 'tx.query("SELECT a FROM b");'), /pages\.cc:3: an SQL statement/],
  "a file too long": [{ "src/cases/deciding.cc": long_file(401) }, /has 401 lines/],
  "a script too long": [{ "bin/lint": long_file(500) }, /bin\/lint: has 500 lines/],
  "something left for later": [with_line("src/cases/deciding.cc", "// " + "TO" + "DO"), /deciding\.cc:3: .*unfinished/],
  "something left for later in a page": [{ "web/templates/a.mustache": "FIX" + "ME\n" }, /a\.mustache:1: .*unfinished/],
  "a folder without a line": [{ "src/halls/halls.h": "" }, /src\/halls: has no line/],
  "a graph that is not drawn": [{ "docs/architecture.md": "# Architecture\n" }, /architecture\.md/],
  "a graph drawn otherwise":
    [{ "docs/architecture.md": withSection("", readGraph(cmake.replace("web calendar)\nyimen_program", "web)\nyimen_program"))) }, /architecture\.md/],
};
for (const [name, [changes, complaint]] of Object.entries(violations))
  test(`the checker sees ${name}`, () => {
    const wrong = checked(changes);
    assert.equal(wrong.length, 1, wrong.join("\n"));
    assert.match(wrong[0], complaint);
  });

test("a file of exactly 400 lines is not too long", () => assert.deepEqual(checked({ "src/cases/deciding.cc": long_file(400) }), []));

test("a new section takes the place of the old and leaves the prose", () => {
  const graph = readGraph(cmake);
  const once = withSection("# A\n\nbefore\n", graph);
  assert.equal(withSection(once + "\nafter\n", graph), once + "\nafter\n");
});
