import test from "node:test";
import { databases } from "../http/server.mjs";
import { killAgainAndAgain } from "./kill.mjs";

test("on postgresql no acknowledged act is lost and none is half done, though the server is killed 50 times", { skip: !databases.includes("postgresql") && "there is no PostgreSQL" },
  async (t) => t.diagnostic(await killAgainAndAgain("postgresql", 50)));
