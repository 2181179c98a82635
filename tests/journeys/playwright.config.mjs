// Journeys of people through the live program, in Debian's Chromium. `npx playwright test --config tests/journeys/playwright.config.mjs`
// YIMEN_TEST_SHOTS=FOLDER keeps a picture of every page looked at.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  outputDir: join(tmpdir(), "yimen-journeys"),
  // One more than the least machine has cores: much of a journey is waiting.
  workers: 3,
  fullyParallel: true,
  // Much else runs on the same cores meanwhile, so what is expected may take its time; how fast pages are, bench/ tells.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: process.env.CI ? "line" : "list",
  use: {
    launchOptions: {
      executablePath: "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"],
    },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    trace: "off",
  },
});
