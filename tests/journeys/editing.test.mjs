// An analyst who has never seen the code makes an item with two situations by pages alone, another checks and publishes it, and an
// applicant applies for it; then the next version, under which what was begun before goes on.
import { databases } from "../http/server.mjs";
import { expect, test, ways } from "./people.mjs";

const save = (person) => person.press(person.button("editing.save").filter({ visible: true }).last());

async function fill(person, path, fields, options = []) {
  if (path) await person.go(path);
  for (const [name, value, kind] of options) if (kind === "first") await person.choose(`.y-edit [name="${name}"][value="${value}"]`);
  for (const [name, value] of Object.entries(fields)) await person.type(`.y-edit [name="${name}"]`, value);
  for (const [name, value] of options) await person.choose(`.y-edit [name="${name}"][value="${value}"]`);
  await save(person);
  await expect(person.page.locator(".govuk-error-summary")).toHaveCount(0);
}
const both = (name, zh, en) => ({ [`${name}.zh`]: zh, [`${name}.en`]: en });

async function writeItem(xu, item, base) {
  await xu.go("/editing");
  await xu.press(xu.link("editing.new_item"));
  await xu.type("#name_zh", "临街店铺设置遮阳棚备案");
  await xu.type("#name_en", "Filing of awnings over shop fronts");
  await xu.type("#item", item);
  await xu.page.selectOption("#department", "greening");
  await xu.press(xu.button("editing.begin_new"));
  await expect(xu.page).toHaveURL(new RegExp(`${base}$`));
  await xu.go(`${base}/basics`);
  await xu.page.locator("#b-themes").selectOption("open-business");
  await fill(xu, "", { ...both("summary", "在店铺门前设置遮阳棚前备案。", "File before putting an awning over a shop front."), ...both("for_whom", "临街店铺", "Shops on a street"),
    ...both("conditions", "不占用盲道", "Paths for the blind stay free"), ...both("result_name", "备案回执", "Filing receipt"), words: "遮阳棚\n雨棚" });
  await fill(xu, `${base}/codes`, { catalogue_code: "312019901001" }, [["item_type", "20"], ["project_type", "2"], ["channels", "online"], ["channels", "window"]]);
  await fill(xu, `${base}/law/new`, { ...both("title", "上海市市容环境卫生管理条例", "Regulation on City Appearance"), ...both("text", "设置遮阳棚应当符合规定。", "Awnings must meet the rules.") });
  await fill(xu, `${base}/questions/new`, { name: "width", ...both("label", "遮阳棚伸出多宽？", "How far does the awning reach out?"), ...both("unit", "米", "m") }, [["kind", "number", "first"]]);
  await fill(xu, `${base}/situations/new`, { name: "narrow", ...both("title", "窄棚，当场备案", "Narrow, filed at once"), "promised.days": "0", "statutory.days": "20" }, [["on_the_spot", "true"], ["review_plan", "sole"]]);
  await fill(xu, `${base}/situations/new`, { name: "wide", ...both("title", "宽棚", "Wide"), "promised.days": "5", "statutory.days": "20" }, [["review_plan", "examiner_verifier"]]);
  await fill(xu, `${base}/materials/new`, { code: "drawing", ...both("name", "遮阳棚图纸", "Drawing of the awning"), ...both("explanation", "标明伸出的宽度", "Showing how far it reaches out"), ...both("format", "电子", "Electronic") }, [["file_types", "pdf"]]);
}

// A form of its own, from the standard one: a table with a column, shown for wide awnings alone; the preview tries it.
async function writeForm(xu, base) {
  await xu.go(`${base}/sections`);
  await xu.press(xu.button("editing.standard_begin"));
  await fill(xu, `${base}/fields-3/new`, { ...both("label", "遮阳棚清单", "Awnings"), visible: "width > 1.5" }, [["kind", "table", "first"]]);
  await expect(xu.page).toHaveURL(/columns-3-5$/);
  await fill(xu, new URL(`${xu.page.url()}/new`).pathname, { ...both("label", "长度", "Length"), ...both("unit", "米", "m") }, [["kind", "number", "first"]]);
  await xu.go(`${base}/fields-3/new`);
  await xu.type('.y-edit [name="label.zh"]', "说明");
  await xu.type('.y-edit [name="label.en"]', "Why");
  await xu.choose('.y-edit [name="kind"][value="text"]');
  await xu.type('.y-edit [name="visible"]', "widht > 1");
  await save(xu);
  await expect(xu.page.locator("#b-visible-error")).toBeVisible();
  await xu.go(`${base}/fields-3/new`);
  await expect(xu.page.locator('.y-edit [name="visible"]')).toHaveValue("widht > 1");
  await xu.press(xu.button("editing.forget_mine"));
}

async function tryForm(xu, base) {
  await xu.go(`${base}/preview`);
  await expect(xu.page.locator("#field-awnings")).toBeHidden();
  await xu.type("#a-width", "2");
  await xu.press(xu.button("editing.preview_act"));
  await expect(xu.page.locator("#field-awnings")).toBeVisible();
  await expect(xu.page.locator("#field-place")).toBeHidden();
  await xu.choose("[name=has_place][value=yes]");
  await expect(xu.page.locator("#field-place")).toBeVisible();
  await xu.press(xu.button("editing.preview_check"));
  await expect(xu.page.locator("#request-error")).not.toBeEmpty();
}

async function writeRules(xu, base) {
  await xu.go(`${base}/rules`);
  await xu.press(xu.button("editing.rules_begin"));
  await xu.press(`a[href="${base}/rules/situation"]`);
  await xu.type('textarea[name="r0.i0"]', "<= 1.5");
  await xu.type('textarea[name="r0.n0"]', "市容环境卫生管理条例");
  await save(xu);
  await xu.press(`a[href="${base}/rules/materials"]`);
  await xu.press(xu.button("editing.add_row"));
  await xu.type('textarea[name="r0.i0"]', "> 1.5");
  await xu.type('textarea[name="r0.o0"]', '"drawing"');
  await xu.type('textarea[name="r0.o1"]', '"needed"');
  await save(xu);
  await fill(xu, `${base}/examples/new`, { name: "wide-awning", "answers.width": "2" }, [["situation", "wide"], ["needed", "drawing"]]);
}

async function publish(gao, base) {
  await gao.go(`${base}/check`);
  await expect(gao.page.locator("body")).toContainText(gao.words("editing.nothing_wrong"));
  await gao.press(gao.button("editing.check_act"));
  await gao.go(`${base}/compare`);
  await gao.go(`${base}/publish`);
  await gao.press(gao.page.locator(".y-edit button[type=submit]"));
  await gao.sees("editing.notice_published");
}

// Through the guidance into the form, to the number of a case.
async function handIn(lina, item) {
  await lina.go(`/cases/new?item=${item}&width=1`);
  await lina.press("main form[action='/cases'] button");
  const base = new URL(lina.page.url()).pathname;
  await lina.go(`${base}/form/matter`);
  await expect(lina.page.locator("#field-awnings")).toBeHidden();
  await lina.type("[name=request]", "在店铺门前设置一米宽的遮阳棚");
  await lina.choose("[name=has_place][value=no]");
  await lina.press(lina.button("cases.save_and_go_on"));
  await lina.choose("[name=delivery][value=none]");
  await lina.press(lina.button("cases.save_and_go_on"));
  await lina.go(`${base}/check`);
  await lina.choose("[name=declared]");
  await lina.press(lina.button("cases.submit"));
  await expect(lina.page.locator("main")).toContainText(/\d{6}/);
  await expect(lina.page.locator(".govuk-error-summary")).toHaveCount(0);
}

async function apply(zhang, item) {
  await zhang.go(`/items/${item}/guide`);
  await zhang.type("main input[name=width]", "2");
  await zhang.press(zhang.button("catalogue.next"));
  await expect(zhang.page.locator("body")).toContainText("遮阳棚图纸");
}

for (const kind of databases) test(`an item made in the browser, published and applied for, on ${kind}`, async ({ somebody }) => {
  const item = "awning-filing", base = `/editing/items/${item}`;
  const xu = await somebody({ name: `editing-xu-${kind}` }, kind), gao = await somebody({ name: `editing-gao-${kind}` }, kind);
  await xu.signIn("xujing");
  await gao.signIn("gaoyuan");
  await writeItem(xu, item, base);
  await writeForm(xu, base);
  await writeRules(xu, base);
  await tryForm(xu, base);
  for (const path of ["", "/questions", "/situations", "/materials", "/sections", "/sections/new", "/fields-3", "/fields-3/5", "/preview", "/examples", "/law", "/law/new", "/rules", "/rules/situation", "/check"]) await xu.go(base + path);
  await publish(gao, base);

  const zhang = await somebody({ name: `editing-zhang-${kind}` }, kind);
  await zhang.signIn("lina");
  if (await zhang.page.getByRole("radio", { name: "上海力向金属制品有限公司" }).count()) {
    await zhang.choose(zhang.page.getByRole("radio", { name: "上海力向金属制品有限公司" }));
    await zhang.press("main button[type=submit]");
  }
  await apply(zhang, item);
  await handIn(zhang, item);
  const begun = await zhang.page.request.get(`${zhang.server.base}/items/${item}`);
  expect(await begun.text()).toContain("临街店铺设置遮阳棚备案");

  // The next version asks for nothing more; what was begun under the first goes on under it.
  const ask = (path, body, headers = {}) => fetch(zhang.server.base + path, { method: body ? "POST" : "GET", headers: { "content-type": "application/json", ...headers }, body: body && JSON.stringify(body) });
  const { token } = await (await ask("/api/session", { name: "lina", password: "yimen-demo-2026", acting_for: "91310120MA1HQ5RT6E" })).json();
  const bearer = { authorization: `Bearer ${token}` };
  const begin = async () => (await ask("/api/cases", { item, answers: { width: "2" } }, bearer)).json();
  const first = await begin();
  expect(first.situation).toBe("wide");
  await gao.go(base);
  await gao.press(gao.button("editing.begin_draft"));
  await fill(gao, `${base}/situations/2`, both("title", "宽棚（第二版）", "Wide (version 2)"));
  await gao.go(`${base}/check`);
  await publish(xu, base);
  const second = await begin();
  const page = async (id) => (await ask(`/cases/${id}`, undefined, bearer)).text();
  expect(await page(first.id), "begun under version 1").not.toContain("第二版");
  expect(await page(second.id), "begun under version 2").toContain("第二版");
});

test("the table editor opens, on a screen and without its script", async ({ somebody }) => {
  const base = "/editing/items/drainage-permit-new";
  const xu = await somebody({ name: "editing-editor" });
  await xu.signIn("xujing");
  await xu.go(base);
  await xu.press(xu.button("editing.begin_draft"));
  // The editor is made by others: it is looked at for what it does, and for errors.
  await xu.page.goto(xu.server.base + `${base}/rules-editor`);
  await expect(xu.page.locator("[data-canvas] td.input-cell").first()).toBeVisible();
  expect(xu.wrong).toEqual([]);
  const plain = await somebody({ name: "editing-plain", js: false, width: 390 });
  await plain.signIn("gaoyuan");
  for (const path of ["/rules-editor", "/rules", "/rules/situation", "/materials", "/materials/1", "/questions/1", "/compare", "/check", "/preview"]) await plain.go(base + path);
});

test("a part is found and changed by keyboard only, in elder mode", async ({ somebody }) => {
  const gao = await somebody({ keyboard: true, elder: true, name: "editing-keyboard" });
  await gao.signIn("gaoyuan");
  await gao.go("/editing/items/vehicle-washing-filing");
  await gao.press(gao.button("editing.begin_draft"));
  await gao.press(`a[href$="/vehicle-washing-filing/basics"]`);
  await gao.type("#b-hours-zh", "周一至周五");
  await gao.type("#b-hours-en", "Monday to Friday");
  await save(gao);
  await gao.sees("editing.notice_saved");
});

test("two who edit at once see each other, and what was typed survives a closed browser", async ({ somebody }) => {
  const base = "/editing/items/abstraction-permit-new";
  const xu = await somebody({ name: "editing-first" });
  await xu.signIn("xujing");
  await xu.go(base);
  await xu.press(xu.button("editing.begin_draft"));
  await xu.go(`${base}/basics`);
  await xu.type("#b-hours-zh", "周一至周四");
  await expect(xu.page.locator("[data-saved]")).toContainText(xu.words("editing.kept_at"));
  // Another opens the same part: the first is told without doing anything, and again once something is saved.
  const gao = await somebody({ name: "editing-second" });
  await gao.signIn("gaoyuan");
  await gao.go(`${base}/basics`);
  await expect(gao.page.locator("#company")).toContainText("徐静");
  await expect(xu.page.locator("#company")).toContainText("高远");
  await fill(gao, "", { "hours.zh": "每天", "hours.en": "Every day" });
  await expect(xu.page.locator("#company")).toContainText(/高远 于/);
  await xu.page.close();
  const back = await somebody({ name: "editing-back" });
  await back.signIn("xujing");
  await back.go(`${base}/basics`);
  await back.sees("editing.conflict_heading");
  await expect(back.page.locator("#b-hours-zh")).toHaveValue("周一至周四");
  await expect(back.page.locator(".y-theirs__text").first()).toContainText("每天");
});

test("a broken model is refused with a clear answer and changes nothing", async ({ somebody }) => {
  const base = "/editing/items/abstraction-permit-renewal";
  const xu = await somebody({ name: "editing-hostile", ...ways["on a phone"] });
  await xu.signIn("xujing");
  await xu.go(base);
  await xu.press(xu.button("editing.begin_draft"));
  await xu.go(`${base}/rules`);
  for (const [name, content] of [["entity.dmn", '<!DOCTYPE d [<!ENTITY a "b">]><definitions>&a;</definitions>'], ["broken.dmn", "<definitions"]]) {
    await xu.go(`${base}/rules`);
    await xu.attach("#file-model", { name, mimeType: "application/xml", buffer: Buffer.from(content) });
    await xu.press(xu.button("editing.upload").last());
    await xu.sees("editing.upload_wrong");
  }
  await xu.go(base);
  await expect(xu.page.locator("#company")).toContainText("第 1 次修改");
});
