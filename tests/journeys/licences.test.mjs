// A company renews its drainage permit from "my licences" to the licence that takes its place.
import { databases } from "../http/server.mjs";
import { expect, test } from "./people.mjs";
import { pdf } from "./papers.mjs";

const company = "上海力向金属制品有限公司";
const newly = { premises: "food", discharging: "no", daily_discharge: "6", treatment: "yes", network: "municipal", in_person: "yes" };
const form = { contact_name: "李娜", contact_phone: "13817046622", delivery: "none", site_address: "上海市奉贤区南桥镇环城东路1号", floor_area: "120",
  activity: "中式正餐", daily_water: "6", outlets: "1", outlet_place: "店铺北侧", outlet_diameter: "160", water_sources: ["kitchen"], facility_kinds: ["grease_trap"], declared: "yes" };
const renewal = { daily_discharge: "8", tested: "no", key_list: "no", in_person: "yes" };

// The permit that is there to begin with, as programs would come by it.
async function permit(server) {
  const program = async (name, acting_for) => {
    const session = await (await server.get("/api/session", { method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ name, password: "yimen-demo-2026", acting_for }) })).json();
    return async (path, body, method = "POST") => {
      const upload = body instanceof FormData;
      const response = await server.get(path, { method, body: upload ? body : body && JSON.stringify(body),
        headers: { authorization: `Bearer ${session.token}`, ...(body && !upload && { "content-type": "application/json" }) } });
      const answer = await response.json();
      expect(response.ok, `${path}: ${JSON.stringify(answer)}`).toBe(true);
      return answer;
    };
  };
  const lina = await program("lina", "91310120MA1HQ5RT6E");
  const begun = await lina("/api/cases", { item: "drainage-permit-new", answers: newly });
  await lina(`/api/cases/${begun.id}/form`, { fields: form }, "PATCH");
  for (const material of ["drainage-plan", "pretreatment", "forecast-report"]) {
    const body = new FormData();
    body.append("material", material);
    body.append("file", new Blob([pdf(material)]), "材料.pdf");
    await lina(`/api/cases/${begun.id}/documents`, body);
  }
  await lina(`/api/cases/${begun.id}/submit`, {});
  await (await program("wangfang"))(`/api/work/${begun.id}/accept`, {});
  await (await program("zhaomin"))(`/api/work/${begun.id}/decision`, { decision: "grant" });
  return (await lina("/api/licences", undefined, "GET")).licences[0];
}

async function answer(person) {
  for (let questions = 0; questions < 8; ++questions) {
    const asked = person.page.locator("input[name=answering]");
    if (!(await asked.count())) return;
    const name = await asked.getAttribute("value");
    const number = person.page.locator(`main input[name=${name}]:not([type=radio])`);
    if (await number.count()) await person.type(number, renewal[name]);
    else await person.choose(`main input[name=${name}][value=${renewal[name]}]`);
    await person.press(person.button("catalogue.next"));
  }
}

const ways = { "in Chinese": {}, "with JavaScript off": { js: false }, "on a phone in English": { width: 390, lang: "en" } };
Object.entries(ways).forEach(([name, way], i) => {
  test(`a permit is renewed from my licences, ${name}`, async ({ somebody }) => {
    const kind = databases[i % databases.length];
    const come = (who) => somebody({ ...way, name: `renewal-${i}-${who}` }, kind);
    const applicant = await come("applicant");
    const old = await permit(applicant.server);
    await applicant.signIn("lina");
    if (!applicant.page.url().includes("/act-for")) await applicant.go("/act-for?return=/licences");
    await applicant.choose(applicant.page.getByRole("radio", { name: company }));
    await applicant.press("main button[type=submit]");
    await applicant.go(`/licences/${old.id}`);
    await applicant.sees("licences.do", "licences.do_renewal");
    await applicant.go("/licences");
    await applicant.press(`main a[href="/items/drainage-permit-renewal/guide?licence=${old.id}"]`);
    await answer(applicant);
    await applicant.press(applicant.link("catalogue.start_application"));
    await applicant.sees("cases.begin_about_text");
    // Whoever comes from one of them is not asked which.
    await expect(applicant.page.locator("[name=licence][type=radio]")).toHaveCount(0);
    await expect(applicant.page.locator("main")).toContainText(old.number);
    await applicant.press("main form[action='/cases'] button");

    // What the permit says is there already, and not to be changed here.
    await applicant.press('main a[href$="/form/applicant"]');
    for (const section of ["applicant", "contact"]) {
      await expect(applicant.page).toHaveURL(new RegExp(`/form/${section}$`));
      await applicant.press(applicant.button("cases.save_and_go_on"));
    }
    await expect(applicant.page.locator("main")).toContainText(old.number);
    await applicant.choose("[name=unchanged][value=yes]");
    await applicant.press(applicant.button("cases.save_and_go_on"));
    await expect(applicant.page).toHaveURL(/\/materials$/);
    await applicant.press('main a[href$="/check"]');
    await applicant.choose("[name=declared]");
    await applicant.press(applicant.button("cases.submit"));
    await applicant.sees("cases.submitted_title");
    const number = (await applicant.page.locator(".y-panel__number").innerText()).trim();

    const find = async (member, desk) => {
      await member.go(desk);
      await member.type("#q", number);
      await member.press(member.button("window.find"));
      await member.press(member.page.locator("table a").first());
    };
    const clerk = await come("clerk");
    await clerk.signIn("wangfang");
    await find(clerk, "/window");
    await clerk.press(clerk.button("window.accept"));
    const officer = await come("officer");
    await officer.signIn("zhaomin");
    await find(officer, "/review");
    await officer.press(officer.button("review.grant"));

    await applicant.go("/licences");
    const card = applicant.page.locator(".y-licence", { hasText: old.number });
    await expect(card).toHaveCount(1);
    await card.locator("summary").click();
    await expect(card.locator(`details a[href="/licences/${old.id}"]`)).toBeVisible();
    await applicant.look();
    await applicant.press(card.locator("h2 a"));
    const document = await applicant.fetch('main a[href$="/pdf"]');
    expect(document.headers()["content-type"]).toBe("application/pdf");

    const anybody = await come("anybody");
    await anybody.go(new URL(old.verify).pathname);
    await anybody.sees("licences.verdict_changed");
    await anybody.press(anybody.link("licences.succeeded_link"));
    await anybody.sees("licences.verdict_valid");
    await expect(anybody.page.locator("main")).toContainText(old.number);
  });
});
