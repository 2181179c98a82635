// Finding an item and learning what to bring, in each of the ways people come.
import { databases } from "../http/server.mjs";
import { expect, test, ways } from "./people.mjs";

const answers = { premises: "food", discharging: "yes", daily_discharge: "8", treatment: "yes", network: "municipal", in_person: "yes" };

export async function answerGuidance(person) {
  for (let questions = 0; questions < 12; ++questions) {
    const name = await person.page.locator("input[name=answering]").getAttribute("value").catch(() => null);
    if (!name || !(await person.page.locator(`main [name=${name}]`).count())) return;
    const number = person.page.locator(`main input[name=${name}]:not([type=radio])`);
    if (await number.count()) await person.type(number, answers[name]);
    else await person.choose(`main input[name=${name}][value=${answers[name]}]`);
    await person.press(person.button("catalogue.next"));
    if (!(await person.page.locator("input[name=answering]").count())) return;
  }
}

Object.entries(ways).forEach(([name, way], i) => {
  const kind = databases[i % databases.length];
  test(`from search to the list of what to bring, ${name}, on ${kind}`, async ({ somebody }) => {
    const person = await somebody({ ...way, name: name.replace(/ /g, "-") }, kind);
    await person.go("/");
    await person.type("#q", i % 2 ? "psxk" : "排水");
    await person.press("main .y-search button");
    await person.press('main a[href="/items/drainage-permit-new"]');
    await person.press('main a[href^="/items/drainage-permit-new/guide"]');
    await person.press(person.button("catalogue.next"));
    await expect(person.page.locator(".govuk-error-summary")).toBeVisible();
    await answerGuidance(person);
    await person.sees("catalogue.result_heading", "catalogue.needed_heading", "catalogue.exempt_heading");
    const notice = await person.fetch(person.link("catalogue.download_notice"));
    expect(notice.headers()["content-type"]).toBe("application/pdf");
  });
});

test("every public page, at three widths and in both languages", async ({ somebody }) => {
  for (const width of [390, 1280, 1920])
    for (const lang of ["zh", "en"]) {
      const person = await somebody({ width, lang, name: `public-${lang}-${width}` });
      for (const path of ["/", "/items", "/items?theme=food", "/search?q=%E5%BC%80%E9%A5%AD%E5%BA%97", "/search?q=zzzz", "/items/drainage-permit-new",
        "/items/food-business-licence", "/demo", "/sign-in", "/nowhere"]) await person.go(path);
    }
});
