// From the list of what to bring to the case number, in each of the ways people come.
import { databases } from "../http/server.mjs";
import { expect, test, ways } from "./people.mjs";

const answers = { premises: "food", discharging: "no", daily_discharge: "6", treatment: "yes", network: "municipal", in_person: "yes" };
const begin = `/cases/new?${new URLSearchParams({ item: "drainage-permit-new", ...answers })}`;

async function signInForCompany(person, to) {
  await person.signIn("lina", `/sign-in?return=${encodeURIComponent(to)}`);
  await person.choose(person.page.getByLabel("上海力向金属制品有限公司"));
  await person.press(person.button("identity.continue"));
}

async function upload(person, pdf, materials) {
  for (const material of materials) {
    const place = `#m-${material}`;
    await person.attach(`${place} input[type=file]`, { name: `${material}.pdf`, mimeType: "application/pdf", buffer: pdf });
    if (person.way.js === false) await person.press(`${place} .y-upload__row button`);
    await expect(person.page.locator(`${place} .y-files a`)).toContainText(`${material}.pdf`);
  }
  await person.look();
}

Object.entries(ways).forEach(([name, way], i) => {
  const kind = databases[i % databases.length];
  test(`from a draft to a case number, ${name}, on ${kind}`, async ({ somebody }) => {
    test.setTimeout(240_000);
    const person = await somebody({ ...way, name: `apply-${name.replace(/ /g, "-")}` }, kind);
    await signInForCompany(person, begin);
    await person.sees("cases.begin_whom", "cases.begin_prefilled");
    await person.press("main form[action='/cases'] button");
    const base = new URL(person.page.url()).pathname;
    const onwards = () => person.press("main form[data-autosave] button:not([name])");
    await person.press(`main a[href="${base}/form/applicant"]`);
    await onwards();
    await person.type("#f-contact_phone", "12345");
    await onwards();
    await expect(person.page.locator(".govuk-error-summary li")).toHaveCount(2);
    await person.type("#f-contact_phone", "13800138012");
    await person.choose("input[name=delivery][value=none]");
    await onwards();
    await person.type("#f-floor_area", "１２０");
    await person.type("#f-activity", "中式正餐");
    await onwards();
    await person.type("#f-outlets", "1");
    await person.type("#f-outlet_place", "店铺北侧");
    await person.type("#f-outlet_diameter", "160");
    await person.choose("input[name=water_sources][value=kitchen]");
    await onwards();
    await person.choose("input[name=facility_kinds][value=grease_trap]");
    await onwards();
    const notice = await person.page.request.get(`${person.server.base}/items/drainage-permit-new/notice.pdf?${new URLSearchParams(answers)}`);
    await upload(person, await notice.body(), ["drainage-plan", "pretreatment", "forecast-report"]);
    await person.press(person.button("cases.go_on_to_check"));
    await person.press(person.button("cases.submit"));
    await expect(person.page.locator(".govuk-error-summary li")).toHaveCount(1);
    await person.choose("#f-declared");
    await person.press(person.button("cases.submit"));
    await person.sees("cases.submitted_title", "cases.submitted_next");
    await expect(person.page.locator(".y-panel__number")).toContainText(/^\d{6}-\d{8}-\d+/);
    await person.press(person.button("cases.see_progress"));
    await person.sees("cases.progress", "cases.why_this_date");
    await person.press(".y-nav a[href='/notifications']");
    await person.press(".y-nav a[href='/cases']");
    await expect(person.page.locator(`main a[href="${base}"]`)).toBeVisible();
  });
});

test("what is typed is saved by itself, and what an answer calls for appears at once", async ({ somebody }) => {
  const person = await somebody({ name: "autosave" });
  await signInForCompany(person, begin);
  await person.press("main form[action='/cases'] button");
  const section = `${new URL(person.page.url()).pathname}/form/contact`;
  await person.go(section);
  await expect(person.page.locator("#f-delivery_address")).toBeHidden();
  await person.choose("input[name=delivery][value=courier]");
  await expect(person.page.locator("#f-delivery_address")).toBeVisible();
  await person.type("#f-contact_name", "王小明");
  await expect(person.page.locator("[data-saved]")).toContainText(person.words("cases.saved_at"), { timeout: 5000 });
  const elsewhere = await somebody({ name: "elsewhere" });
  await signInForCompany(elsewhere, section);
  await expect(elsewhere.page.locator("#f-contact_name")).toHaveValue("王小明");
  await expect(elsewhere.page.locator("input[name=delivery][value=courier]")).toBeChecked();
});
