// A clerk and somebody at the window: one sitting from guidance to acceptance, in each of the ways people work.
import { databases } from "../http/server.mjs";
import { answerGuidance } from "./guidance.mjs";
import { expect, test, ways } from "./people.mjs";
import { pdf } from "./papers.mjs";

const company = "上海力向金属制品有限公司";

// Nobody stays unknown: each way has somebody of its own.
const strangers = [{ number: "110105199003078836", name: "王小明" }, { number: "310120197502034012", name: "周梅" }, { number: "310120198811110028", name: "顾小芳" }];

async function upload(clerk, code, name) {
  await clerk.attach(`#file-${code}`, { name, mimeType: "application/octet-stream", buffer: pdf(code) });
  if (clerk.way.js === false) await clerk.press(clerk.page.locator(`form[data-upload=${code}] button`));
  await expect(clerk.page.locator(`#m-${code} .y-files__file`)).toHaveCount(1);
}

// Left empty first: everything wrong is told beside its field, and what was typed stays.
async function sayForWhom(clerk, { number, name, phone, code, organisation }, letter) {
  await clerk.type("#name", name);
  await clerk.press(clerk.button("window.help_begin"));
  await expect(clerk.page.locator(".govuk-error-summary li")).toHaveCount(4);
  await expect(clerk.page.locator("#name")).toHaveValue(name);
  await clerk.type("#number", number);
  await clerk.type("#phone", phone);
  await clerk.type("#organisation", organisation);
  await clerk.type("#credit_code", code);
  await clerk.press(clerk.button("window.help_begin"));
  if (!letter) return;
  await expect(clerk.page.locator("#letter_seen-error")).toBeVisible();
  await clerk.choose("#letter_seen");
  await clerk.press(clerk.button("window.help_begin"));
}

async function fill(clerk) {
  const go = () => clerk.press(clerk.button("cases.save_and_go_on"));
  await clerk.press('main a[href$="/form/applicant"]');
  await go();
  await clerk.choose("[name=delivery][value=none]");
  await go();
  await clerk.type("[name=floor_area]", "1200");
  await clerk.type("[name=activity]", "中式正餐，100个餐位");
  await go();
  await clerk.type("[name=outlets]", "1");
  await clerk.type("[name=outlet_place]", "店铺北侧，接入南桥路污水管");
  await clerk.type("[name=outlet_diameter]", "160");
  await clerk.choose("[name=water_sources][value=kitchen]");
  await go();
  await clerk.choose("[name=facility_kinds][value=grease_trap]");
  await go();
}

Object.entries(ways).forEach(([name, way], i) => {
  const kind = databases[i % databases.length];
  test(`a drainage permit applied for at a window in one sitting, ${name}, on ${kind}`, async ({ somebody }) => {
    const clerk = await somebody({ ...way, name: `help-${name.replace(/ /g, "-")}` }, kind);
    await clerk.signIn("wangfang");
    await clerk.go("/window");
    await clerk.press(clerk.link("window.help_somebody"));
    await clerk.type("#q", "psxk");
    await clerk.press("main .y-search button");
    await clerk.press('main a[href="/items/drainage-permit-new"]');
    await clerk.press('main a[href^="/items/drainage-permit-new/guide"]');
    await answerGuidance(clerk);
    await clerk.press(clerk.link("catalogue.start_help"));

    // One whom the register knows as the company's agent, and one who comes with a letter of authorisation.
    const stranger = i % 2 === 1;
    const who = stranger ? { ...strangers[(i - 1) / 2], phone: "13900001234" } : { number: "310120199003071221", name: "李娜", phone: "13800138012" };
    await sayForWhom(clerk, { ...who, code: "91310120MA1HQ5RT6E", organisation: company }, stranger);
    await expect(clerk.page).toHaveURL(/\/window\/drafts\/\w+$/);
    await clerk.sees("window.help_for");
    const id = clerk.page.url().match(/drafts\/(\w+)/)[1];

    await fill(clerk);
    await expect(clerk.page).toHaveURL(/\/materials$/);
    await upload(clerk, "drainage-plan", "排水管网平面图.pdf");
    await upload(clerk, "pretreatment", "隔油池.pdf");
    // Nothing is held yet of somebody who was not on the register: the clerk scans their card.
    if (stranger) await upload(clerk, "identity-card", "身份证.pdf");

    // Put aside and found again.
    await clerk.go("/window/help");
    await clerk.press(`main a[href="/window/drafts/${id}"]`);
    // Nearly thrown away.
    await clerk.press(clerk.link("window.discard"));
    await clerk.sees("window.discard_lead");
    await clerk.press(clerk.link("window.discard_no"));
    await clerk.press('main a[href$="/check"]');
    await clerk.sees("window.help_declaration");
    await clerk.choose("[name=declared]");
    await clerk.press(clerk.button("cases.submit"));
    await clerk.sees("cases.submitted_title");
    await expect(clerk.page.locator(".y-panel__number")).toHaveText(/\d/);
    await expect(clerk.page.locator(`main a[href^="/window/cases/${id}/notices/"]`)).toBeVisible();
    await clerk.press(clerk.link("window.help_accept"));
    await clerk.press(clerk.button("window.accept"));
    await clerk.sees("window.state_accepted");
    await clerk.go("/window/help");
    await expect(clerk.page.locator(`main a[href="/window/drafts/${id}"]`)).toHaveCount(0);
  });
});
