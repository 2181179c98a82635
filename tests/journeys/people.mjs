// Somebody in front of a browser: speaks Chinese or English, perhaps without JavaScript, on a phone, with large print or by keyboard only.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { Server } from "../http/server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// What axe has passed, by a file for each, which all workers of this run share; the runner empties its folder when it begins.
const audited = join(tmpdir(), "yimen-journeys", `audited-${process.ppid}`);
mkdirSync(audited, { recursive: true });
const texts = Object.fromEntries(readdirSync("web/texts").filter((file) => file.endsWith(".json"))
  .map((file) => [file.slice(0, -5), JSON.parse(readFileSync(join("web/texts", file), "utf8"))]));

export const ways = {
  "in Chinese": {},
  "in English": { lang: "en" },
  "with JavaScript off": { js: false },
  "on a phone": { width: 390 },
  "in elder mode": { elder: true },
  "by keyboard only": { keyboard: true },
};

export class Person {
  constructor(page, server, way = {}) {
    Object.assign(this, { page, server, way, lang: way.lang ?? "zh", looked: 0 });
    this.wrong = [];
    page.on("pageerror", (error) => this.wrong.push(error.message));
    page.on("console", (line) => line.type() === "error" && !/status of (4|5)\d\d/.test(line.text()) && this.wrong.push(line.text()));
  }

  // The words a page shows for a text, up to its first {placeholder}.
  words(key) {
    const [feature, ...rest] = key.split(".");
    const text = texts[feature]?.[rest.join(".")]?.[this.lang];
    if (!text) throw new Error(`no text ${key} in ${this.lang}`);
    return text.split("{")[0];
  }

  async go(path) {
    const url = new URL(path, this.server.base);
    if (!this.chosen) {
      url.searchParams.set("lang", this.lang);
      if (this.way.elder) url.searchParams.set("elder", "1");
      this.chosen = true;
    }
    await this.page.goto(String(url));
    await this.look();
  }

  async signIn(name, from = "/sign-in") {
    await this.go(from);
    await this.type("#name", name);
    await this.type("#password", "yimen-demo-2026");
    await this.press("main button[type=submit]");
  }

  // Everything a page must hold to, whoever looks at it.
  async look() {
    const { page } = this;
    expect(await page.getAttribute("html", "lang")).toBe(this.lang === "en" ? "en" : "zh-CN");
    // axe needs timers, which do not run where JavaScript is off; the other ways look at the same markup.
    if (this.way.js !== false) await this.audit();
    const { wide, window } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, window: globalThis.innerWidth }));
    expect(wide, `${page.url()} is not wider than the window`).toBeLessThanOrEqual(window);
    expect(this.wrong, `${page.url()} runs without errors`).toEqual([]);
    await this.keep();
  }

  // A page that differs from one already audited in nothing but tokens and numbers of cases, at the same width, has no news for axe.
  async audit() {
    const { page } = this;
    const markup = (await page.content()).replace(/(name="_(?:csrf|key)" value=")[^"]*/g, "$1").replace(/\b[0-9A-HJKMNP-TV-Z]{13}\b|\d{8,}/g, "");
    const seen = join(audited, `${page.viewportSize().width}-${createHash("sha256").update(markup).digest("hex")}`);
    if (existsSync(seen)) return;
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"],
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    const told = violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.slice(0, 5).map((n) => `${n.target} ${n.html.slice(0, 160)}`).join("\n  ")}`);
    expect(told, `${page.url()} is accessible`).toEqual([]);
    writeFileSync(seen, "");
  }

  async keep() {
    const folder = process.env.YIMEN_TEST_SHOTS;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    const where = new URL(this.page.url()).pathname.replace(/[^a-z-]+/g, "_").slice(0, 60);
    await this.page.screenshot({ path: join(folder, `${this.way.name ?? "zh"}-${String(++this.looked).padStart(2, "0")}${where}.png`), fullPage: true });
  }

  // By keyboard: whatever is acted on must be reachable with Tab, with a focus that can be seen.
  async reach(locator) {
    const target = locator.filter({ visible: true }).first();
    await expect(target).toBeVisible();
    if (!this.way.keyboard) return target;
    for (let presses = 0; presses < 200; ++presses) {
      if (await target.evaluate((e) => e === document.activeElement)) {
        const seen = await target.evaluate((e) => {
          const style = getComputedStyle(e), label = e.labels?.[0] && getComputedStyle(e.labels[0], "::before");
          return style.outlineStyle !== "none" || style.boxShadow !== "none" || (label && (label.boxShadow !== "none" || label.outlineStyle !== "none"));
        });
        expect(seen, "the focus can be seen").toBe(true);
        return target;
      }
      // Of several radio buttons only the chosen or the first takes Tab; arrows lead to the others.
      const sibling = await target.evaluate((e) => e.type === "radio" && document.activeElement.type === "radio" && document.activeElement.name === e.name);
      await this.page.keyboard.press(sibling ? "ArrowDown" : "Tab");
    }
    throw new Error(`${locator} cannot be reached by keyboard`);
  }

  async type(where, text) {
    const target = await this.reach(this.find(where));
    if (!this.way.keyboard) return target.fill(text);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.type(text);
  }
  async choose(where) {
    const target = await this.reach(this.find(where));
    if (!this.way.keyboard) return target.check();
    if (!(await target.isChecked())) await this.page.keyboard.press("Space");
  }
  async attach(where, files) { await this.find(where).first().setInputFiles(files); }
  // Follows a link or sends a form, and looks at what comes.
  async press(where) {
    const target = await this.reach(this.find(where));
    const before = this.page.url();
    const arrived = this.page.waitForEvent("load");
    await (this.way.keyboard ? this.page.keyboard.press("Enter") : target.click());
    await arrived;
    await this.look();
    return before;
  }
  // What a link leads to, without leaving the page.
  async fetch(where) {
    const target = await this.reach(this.find(where));
    return this.page.request.get(new URL(await target.getAttribute("href"), this.page.url()).href);
  }
  find(where) { return typeof where === "string" ? this.page.locator(where) : where; }
  button(key) { return this.page.getByRole("button", { name: this.words(key) }); }
  link(key) { return this.page.getByRole("link", { name: this.words(key) }); }
  async sees(...keys) { for (const key of keys) await expect(this.page.locator("body")).toContainText(this.words(key)); }
}

export const test = base.extend({
  // One program a worker and database, with the demonstration district.
  servers: [async ({}, use) => {
    const running = new Map();
    await use(async (kind) => {
      if (!running.has(kind)) running.set(kind, await Server.start(kind));
      return running.get(kind);
    });
    for (const server of running.values()) await server.stop();
  }, { scope: "worker" }],
  // somebody(way, kind): a new browser for a person who comes to the district on that database.
  somebody: async ({ browser, servers }, use) => {
    const contexts = [];
    await use(async (way = {}, kind = "sqlite") => {
      const width = way.width ?? 1280;
      const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, javaScriptEnabled: way.js ?? true,
        locale: way.lang === "en" ? "en-GB" : "zh-CN", timezoneId: "Asia/Shanghai", acceptDownloads: true });
      contexts.push(context);
      return new Person(await context.newPage(), await servers(kind), way);
    });
    for (const context of contexts) await context.close();
  },
});
export { expect };
