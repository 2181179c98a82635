// A list of items is handed in with a mistake, mended, and confirmed by a second analyst; an applicant finds what it brought.
import { databases } from "../http/server.mjs";
import { expect, test } from "./people.mjs";

const header = "task_code,catalog_code,task_name,task_type,dept_code,dept_name,project_type,server_type,by_law,accept_condition,anticipate_day,promise_day,transact_addr,transact_time,link_way,supervise_way";
const row = (serial, days) => `11310120MB2F70014440001170099${serial},0001170099${serial},水域作业备案第${serial}项,01,11310120MB2F700144,,2,1,《条例》第一条,材料齐全,20,${days},一号窗口,周一至周五,12345,12345`;
const list = (...rows) => ({ name: "up_task_general_basic.csv", mimeType: "text/csv", buffer: Buffer.from(`\uFEFF${[header, ...rows].join("\r\n")}\r\n`) });

async function upload(person, file) {
  await person.go("/editing");
  await person.press(person.link("editing.import_link"));
  await person.page.setInputFiles("#files", file);
  await person.press(person.button("editing.import_upload"));
  await over(person);
}
async function over(person) {
  for (let tries = 0; tries < 600 && await person.link("editing.import_look_again").count(); ++tries) {
    await person.page.waitForTimeout(200);
    await person.page.reload();
  }
  await person.look();
}

const serial = (at) => String(10 + at);
for (const [at, [name, way]] of [["on a phone without JavaScript", { js: false, width: 390 }], ["in English", { lang: "en" }]].entries())
  for (const kind of databases) test(`a list is imported ${name}, on ${kind}`, async ({ somebody }) => {
    const one = serial(at * 10), two = serial(at * 10 + 1);
    const xu = await somebody({ ...way, name: `import-xu-${at}-${kind}` }, kind), gao = await somebody({ ...way, name: `import-gao-${at}-${kind}` }, kind);
    await xu.signIn("xujing");
    await upload(xu, list(row(one, 7), row(two, "七")));
    await xu.sees("editing.import_text_faulty");
    await expect(xu.page.locator("#lines")).toContainText("promise_day");
    await upload(xu, list(row(one, 7), row(two, 5)));
    await xu.sees("editing.import_waits_for_another");
    const path = new URL(xu.page.url()).pathname;

    await gao.signIn("gaoyuan");
    await gao.go("/editing/import");
    await gao.press(`a[href="${path}"]`);
    await expect(gao.page.locator("#lines")).toContainText(`水域作业备案第${one}项`);
    await gao.press(gao.button("editing.import_confirm"));
    await over(gao);
    await gao.sees("editing.import_text_published");
    await gao.go("/editing/import");

    const zhang = await somebody({ name: `import-zhang-${at}-${kind}` }, kind);
    await zhang.go(`/items/11310120mb2f70014440001170099${two}`);
    await expect(zhang.page.locator("h1")).toContainText(`水域作业备案第${two}项`);
  });
