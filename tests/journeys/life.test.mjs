// A drainage permit lived through from search to licence, by everybody who has a part in it, in each of the ways people come.
import { databases } from "../http/server.mjs";
import { answerGuidance } from "./guidance.mjs";
import { expect, test, ways } from "./people.mjs";
import { pdf } from "./papers.mjs";

const company = "上海力向金属制品有限公司";
const typed = {
  contact: { radio: { delivery: "none" } },
  site: { text: { floor_area: "1200", activity: "中式正餐，100个餐位" } },
  discharge: { text: { outlets: "1", outlet_place: "店铺北侧，接入南桥路污水管", outlet_diameter: "160" }, box: { water_sources: ["kitchen", "toilet"] } },
  facilities: { box: { facility_kinds: ["grease_trap"] } },
};

async function actFor(person, name) {
  await person.choose(person.page.getByRole("radio", { name }));
  await person.press("main button[type=submit]");
}

async function fillSections(applicant) {
  await applicant.press('main a[href$="/form/applicant"]');
  await applicant.press(applicant.button("cases.save_and_go_on"));
  for (const [section, fields] of Object.entries(typed)) {
    await expect(applicant.page).toHaveURL(new RegExp(`/form/${section}$`));
    if (section === "contact") {
      await applicant.type("[name=contact_phone]", "12345");
      await applicant.press(applicant.button("cases.save_and_go_on"));
      await expect(applicant.page.locator(".govuk-error-summary li")).toHaveCount(2);
      await applicant.type("[name=contact_phone]", "13800138012");
    }
    if (section === "site") {
      // Everything that is missing is told at once, and what was typed stays.
      await applicant.press(applicant.button("cases.save_and_go_on"));
      await expect(applicant.page.locator(".govuk-error-summary li")).toHaveCount(2);
      await expect(applicant.page.locator("[name=site_address]")).toHaveValue("上海市奉贤区金海公路6055号11幢");
    }
    for (const [name, value] of Object.entries(fields.text ?? {})) await applicant.type(`[name=${name}]`, value);
    for (const [name, value] of Object.entries(fields.radio ?? {})) await applicant.choose(`[name=${name}][value=${value}]`);
    for (const [name, values] of Object.entries(fields.box ?? {})) for (const value of values) await applicant.choose(`[name=${name}][value=${value}]`);
    await applicant.press(applicant.button("cases.save_and_go_on"));
  }
}

async function upload(applicant, code, name, bytes) {
  await applicant.attach(`#file-${code}`, { name, mimeType: "application/octet-stream", buffer: bytes });
  // With JavaScript the file is on its way already.
  if (applicant.way.js === false) await applicant.press(applicant.page.locator(`form[data-upload=${code}] button`));
}

const caseOf = (person) => person.page.url().match(/cases\/(\w+)/)[1];

async function handIn(applicant, button) {
  await applicant.press('main a[href$="/check"]');
  await applicant.press(applicant.button(button));
  await expect(applicant.page.locator(".govuk-error-summary li")).toHaveCount(1);
  await applicant.choose("[name=declared]");
  await applicant.press(applicant.button(button));
}

async function findCase(clerk, desk, number) {
  await clerk.go(desk);
  await clerk.type("#q", number);
  await clerk.press(clerk.button("window.find"));
  await clerk.press(clerk.page.locator("table a").first());
}

Object.entries(ways).forEach(([name, way], i) => {
  const kind = databases[(i + 1) % databases.length];
  test(`a drainage permit from search to licence, ${name}, on ${kind}`, async ({ somebody }) => {
    const come = (who) => somebody({ ...way, name: `${name.replace(/ /g, "-")}-${who}` }, kind);
    const applicant = await come("applicant");
    await applicant.go("/");
    await applicant.type("#q", i % 2 ? "psxk" : "排水");
    await applicant.press("main .y-search button");
    await applicant.press('main a[href="/items/drainage-permit-new"]');
    await applicant.press('main a[href^="/items/drainage-permit-new/guide"]');
    await applicant.press(applicant.button("catalogue.next"));
    await expect(applicant.page.locator(".govuk-error-summary")).toBeVisible();
    await answerGuidance(applicant);
    await applicant.sees("catalogue.result_heading", "catalogue.needed_heading", "catalogue.exempt_heading");
    const notice = await applicant.fetch(applicant.link("catalogue.download_notice"));
    expect(notice.headers()["content-type"]).toBe("application/pdf");
    await applicant.press(applicant.link("catalogue.start_application"));
    await applicant.type("#name", "lina");
    await applicant.type("#password", "yimen-demo-2026");
    await applicant.press("main button[type=submit]");
    if (applicant.page.url().includes("/act-for")) await actFor(applicant, company);
    await expect(applicant.page.locator("main")).toContainText(company);
    await applicant.press("main form[action='/cases'] button");
    const id = caseOf(applicant);

    await fillSections(applicant);
    await expect(applicant.page).toHaveURL(/\/materials$/);
    await upload(applicant, "drainage-plan", "病毒.pdf", Buffer.from("MZ\x90\x00 no document"));
    await expect(applicant.page.locator("#m-drainage-plan .govuk-error-message")).toBeVisible();
    await upload(applicant, "drainage-plan", "排水管网平面图.pdf", pdf("drainage plan"));
    await expect(applicant.page.locator("#m-drainage-plan .y-files__file")).toHaveCount(1);
    await upload(applicant, "pretreatment", "隔油池.pdf", pdf("grease trap"));
    await expect(applicant.page.locator("#m-pretreatment .y-files__file")).toHaveCount(1);
    await handIn(applicant, "cases.submit");
    await applicant.sees("cases.submitted_title");
    const number = (await applicant.page.locator(".y-panel__number").innerText()).trim();
    await applicant.press(applicant.link("cases.see_progress"));
    await applicant.sees("cases.progress", "cases.why_this_date");

    // At the window: everything that is wrong is asked for at once.
    const clerk = await come("clerk");
    await clerk.signIn("wangfang");
    await findCase(clerk, "/window", number);
    await clerk.press(clerk.link("window.ask_correction"));
    await clerk.press(clerk.button("window.send_correction"));
    await expect(clerk.page.locator(".govuk-error-summary")).toBeVisible();
    await clerk.choose("#m-drainage-plan");
    await clerk.type("#mr-drainage-plan", "图上没有标出排放口的口径");
    await clerk.press(clerk.button("window.send_correction"));

    await applicant.press(".y-nav a[href='/notifications']");
    await applicant.press(".y-nav a[href='/cases']");
    await applicant.press(`main a[href="/cases/${id}"]`);
    await expect(applicant.page.locator("main")).toContainText("图上没有标出排放口的口径");
    await applicant.press('main a[href*="/materials"]');
    await upload(applicant, "drainage-plan", "排水管网平面图（补正）.pdf", pdf("with diameters"));
    await expect(applicant.page.locator("#m-drainage-plan .y-files__file")).toHaveCount(2);
    await handIn(applicant, "cases.resubmit");

    await findCase(clerk, "/window", number);
    await clerk.press(clerk.button("window.accept"));

    // The situation is decided by one officer alone.
    const officer = await come("officer");
    await officer.signIn("liuqiang");
    await findCase(officer, "/review", number);
    await officer.press(officer.button("review.grant"));

    if (i % 2) {
      const issuing = await come("issuing");
      await issuing.signIn("sunli");
      await findCase(issuing, "/issuing", number);
      await issuing.press(issuing.button("issuing.make"));
      await issuing.press(issuing.button("issuing.deliver"));
      await expect(issuing.page.locator(".govuk-error-summary")).toBeVisible();
      await issuing.type("[name=received_by]", "李娜");
      await issuing.press(issuing.button("issuing.deliver"));
    } else {
      await applicant.go(`/cases/${id}`);
      await applicant.press(applicant.button("cases.take"));
    }

    await applicant.go("/licences");
    await applicant.press('main a[href^="/licences/"]');
    const document = await applicant.fetch('main a[href$="/pdf"]');
    expect(document.headers()["content-type"]).toBe("application/pdf");
    await applicant.go(`/cases/${id}`);
    await applicant.sees("window.state_closed");

    const auditor = await come("auditor");
    await auditor.signIn("zhengjie");
    await auditor.go("/audit");
    await auditor.type("#number", number);
    await auditor.press(auditor.button("audit.find"));
    await auditor.press(auditor.button("audit.verify"));
    await expect(auditor.page.locator(".y-finding--sound")).toBeVisible();
  });
});
