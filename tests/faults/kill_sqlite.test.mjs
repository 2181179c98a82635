import test from "node:test";
import { databases } from "../http/server.mjs";
import { killAgainAndAgain } from "./kill.mjs";

test("on sqlite no acknowledged act is lost and none is half done, though the server is killed 50 times", { skip: !databases.includes("sqlite") && "there is no PostgreSQL" },
  async (t) => t.diagnostic(await killAgainAndAgain("sqlite", 50)));
