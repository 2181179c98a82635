// What JavaScript adds to filling in an application; that it is not needed, life.test.mjs shows.
import { expect, test } from "./people.mjs";

const answers = { premises: "food", discharging: "no", daily_discharge: "6", treatment: "yes", network: "municipal", in_person: "yes" };
const begin = `/cases/new?${new URLSearchParams({ item: "drainage-permit-new", ...answers })}`;

async function signInForCompany(person, to) {
  await person.signIn("lina", `/sign-in?return=${encodeURIComponent(to)}`);
  await person.choose(person.page.getByLabel("上海力向金属制品有限公司"));
  await person.press(person.button("identity.continue"));
}

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
  await expect(person.page.locator("[data-saved]")).toContainText(person.words("cases.saved_at"));
  const elsewhere = await somebody({ name: "elsewhere" });
  await signInForCompany(elsewhere, section);
  await expect(elsewhere.page.locator("#f-contact_name")).toHaveValue("王小明");
  await expect(elsewhere.page.locator("input[name=delivery][value=courier]")).toBeChecked();
});

test("a slow press is not lost to what comes and goes above it meanwhile", async ({ somebody }) => {
  const person = await somebody({ name: "slow-press", width: 390 });
  await signInForCompany(person, begin);
  await person.press("main form[action='/cases'] button");
  await person.go(`${new URL(person.page.url()).pathname}/form/contact`);
  await person.type("#f-contact_phone", "12345");
  await person.press(person.button("cases.save_and_go_on"));
  await expect(person.page.locator("#contact_phone-error")).not.toBeEmpty();
  await person.type("#f-contact_phone", "13800138012");
  const choice = person.page.locator("input[name=delivery][value=none]");
  await choice.scrollIntoViewIfNeeded();
  const { x, y, height } = await choice.boundingBox();
  await person.page.mouse.move(x + height / 2, y + 5);
  await person.page.mouse.down();
  await person.page.waitForTimeout(1000);
  await person.page.mouse.up();
  await expect(choice).toBeChecked();
  await expect(person.page.locator("#contact_phone-error")).toBeEmpty();
  await expect(person.page.locator("[data-saved]")).toContainText(person.words("cases.saved_at"));
});
