// A form with a field of every kind, filled in with and without JavaScript and on a phone.
import { expect, test, ways } from "./people.mjs";

const company = "上海力向金属制品有限公司";
const answers = { premises: "food", discharging: "no", daily_discharge: "6", treatment: "yes", network: "municipal", in_person: "yes" };
const begin = `/cases/new?${new URLSearchParams({ item: "drainage-permit-new", ...answers })}`;
const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

for (const name of ["in Chinese", "with JavaScript off", "on a phone"]) test(`every kind of field, ${name}`, async ({ somebody }) => {
  const person = await somebody({ name, ...ways[name] });
  await person.signIn("lina", `/sign-in?return=${encodeURIComponent(begin)}`);
  await person.choose(person.page.getByRole("radio", { name: company }));
  await person.press("main button[type=submit]");
  await person.press("main form[action='/cases'] button");
  const base = new URL(person.page.url()).pathname;

  await person.go(`${base}/form/site`);
  await person.page.locator("[name=site_address-place]").selectOption({ value: "310120101" });
  await person.type("[name=site_address]", "环城东路1号");
  await person.type("[name=floor_area]", "120");
  await person.type("[name=activity]", "中式正餐");
  await person.press(person.button("cases.save_and_go_on"));

  await expect(person.page).toHaveURL(/form\/discharge$/);
  await person.type("[name=outlets]", "2");
  await person.type("[name=outlet_place]", "店铺北侧");
  await person.type("[name=outlet_diameter]", "160");
  await person.choose("[name=water_sources][value=kitchen]");
  for (const [row, road] of ["南桥路", "环城路"].entries()) {
    await person.press("button[value='add:outlet_list']");
    await expect(person.page).toHaveURL(new RegExp(`#f-outlet_list-${row}$`));
    await person.type(`[name=outlet_list-${row}-road]`, road);
    await person.type(`[name=outlet_list-${row}-diameter]`, "160");
    await person.page.locator(`[name=outlet_list-${row}-well]`).selectOption({ value: "yes" });
  }
  await expect(person.page.locator("#field-daily_by_outlet output")).toHaveText(/^3 /);
  await expect(person.page.locator("[name=outlet_place]")).toHaveValue("店铺北侧");
  await person.press("button[value='remove:outlet_list:0']");
  await expect(person.page.locator("[name=outlet_list-0-road]")).toHaveValue("环城路");
  await person.press(person.button("cases.save_and_go_on"));

  await expect(person.page).toHaveURL(/form\/facilities$/);
  await person.choose("[name=facility_kinds][value=grease_trap]");
  await person.type("[name=keeper-name]", "王小明");
  await person.type("[name=keeper-number]", "310120199003071226");
  await person.choose("[name=has_cleaner][value=yes]");
  await person.press(person.button("cases.save_and_go_on"));
  // What was wrong is told beside its part, and what the answer called for has come.
  await expect(person.page.locator("#keeper-number-error")).not.toBeEmpty();
  await expect(person.page.locator("[name=cleaner-name]")).toBeVisible();
  await person.type("[name=keeper-number]", "310120199003071221");
  await person.type("[name=keeper-phone]", "13817046622");
  await person.type("[name=cleaner-name]", "上海某某环卫有限公司");
  await person.type("[name=cleaner-credit_code]", "91110000802100433b");
  await person.type("[name=cleaning_fee]", "1，200");
  await person.attach("[name=photos]", { name: "隔油池.png", mimeType: "image/png", buffer: png });
  await person.press("button[value='upload:photos']");
  await expect(person.page.getByRole("link", { name: "隔油池.png" })).toBeVisible();
  await expect(person.page.locator("[name=cleaner-name]")).toHaveValue("上海某某环卫有限公司");
  await person.press(person.button("cases.save_and_go_on"));
  await expect(person.page).toHaveURL(/materials$/);

  await person.go(`${base}/check`);
  for (const text of ["南桥镇", "环城路", "王小明", "91110000802100433B", "1200", "隔油池.png"]) await expect(person.page.locator("main")).toContainText(text);
  await expect(person.page.locator("[name=signed]")).toBeVisible();
});
