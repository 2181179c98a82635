// Notices over HTTP, from what is handed in to the proof that another machine checks. What each kind says is tested beside its
// source.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { databases, run, Server, Visitor } from "./server.mjs";

const answers = { premises: "food", discharging: "no", daily_discharge: "35", treatment: "yes", network: "municipal", in_person: "yes" };
const form = {
  organisation_name: "上海力向金属制品有限公司", credit_code: "91310120MA1HQ5RT6E", legal_representative: "陈建国", registered_address: "上海市奉贤区南桥镇",
  contact_name: "李娜", contact_phone: "13817046622", delivery: "none", site_address: "上海市奉贤区南桥镇环城东路1号", floor_area: "120", activity: "中式正餐",
  daily_water: "6", outlets: "1", outlet_place: "店铺北侧", outlet_diameter: "160", water_sources: ["kitchen"], facility_kinds: ["grease_trap"], declared: "yes",
};
const nobody = "0000000000001.AAAAAAAAAAAAAAAAAAAAAA";

for (const kind of databases) describe(`notices on ${kind}`, () => {
  let server, lina, wang, id, paths;
  const asProgram = async (name, acting_for) => {
    const headers = { "content-type": "application/json" };
    const response = await server.get("/api/session", { method: "POST", headers, body: JSON.stringify({ name, password: "yimen-demo-2026", acting_for }) });
    const authorization = `Bearer ${(await response.json()).token}`;
    const ask = (path, options = {}) => server.get(path, { ...options, headers: { authorization, ...options.headers } });
    const send = async (path, body = {}, method = "POST") => {
      const answer = await ask(path, { method, headers, body: JSON.stringify(body) });
      assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
      return answer.json();
    };
    return { ask, send };
  };
  // The notice in a file of its own: its path.
  const kept = async (path, name) => {
    const response = await lina.ask(path);
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get("content-type"), "application/pdf");
    assert.match(decodeURIComponent(response.headers.get("content-disposition")), /^inline; .*(凭证|通知书|告知书).*\.pdf$/);
    const file = `${server.folder}/${name}.pdf`;
    writeFileSync(file, Buffer.from(await response.arrayBuffer()));
    return file;
  };
  const tool = (name, ...args) => execFileSync(name, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const scanned = (file) => {
    tool("pdftoppm", "-r", "150", "-png", file, `${file}-page`);
    const pages = readdirSync(server.folder).filter((name) => `${server.folder}/${name}`.startsWith(`${file}-page`));
    return pages.map((name) => { try { return tool("zbarimg", "-q", "--raw", `${server.folder}/${name}`).trim(); } catch { return ""; } }).join("");
  };

  before(async () => {
    server = await Server.start(kind);
    lina = await asProgram("lina", form.credit_code);
    wang = await asProgram("wangfang");
    ({ id } = await lina.send("/api/cases", { item: "drainage-permit-new", answers }));
    await lina.send(`/api/cases/${id}/form`, { fields: form }, "PATCH");
    const pdf = await (await server.get(`/items/drainage-permit-new/notice.pdf?${new URLSearchParams(answers)}`)).blob();
    for (const material of ["drainage-plan", "pretreatment", "forecast-report"]) {
      const body = new FormData();
      body.append("material", material);
      body.append("file", pdf, "平面图.pdf");
      assert.ok((await lina.ask(`/api/cases/${id}/documents`, { method: "POST", body })).ok);
    }
    await lina.send(`/api/cases/${id}/submit`);
    await wang.send(`/api/work/${id}/accept`);
    const html = await (await wang.ask(`/window/cases/${id}`)).text();
    paths = [...new Set([...html.matchAll(/\/window(\/cases\/\w+\/notices\/\w+)/g)].map(([, path]) => path))];
    assert.equal(paths.length, 2);
  });
  after(async () => { await server?.stop(); });

  test("an address that nobody printed finds nothing, on the page and in the API", async () => {
    for (const path of [`/verify/notices/${nobody}`, `/verify/notices/${nobody}/proof.json`, "/verify/notices/x"]) {
      const response = await server.get(path);
      assert.equal(response.status, 404, path);
      assert.match(await response.text(), /没有这份文书/);
    }
    const problem = await server.get(`/api/verify/notices/${nobody}?lang=en`);
    assert.equal(problem.status, 404);
    assert.match(problem.headers.get("content-type"), /application\/problem\+json/);
    assert.equal((await problem.json()).code, "no_notice");
  });

  test("a notice is for its applicant and for staff who may see the case", async () => {
    const path = "/cases/0000000000001/notices/0000000000001";
    assert.match((await server.get(path)).headers.get("location"), /^\/sign-in\?return=/);
    const applicant = new Visitor(server);
    await applicant.signIn("lina");
    assert.equal((await applicant.get(path)).status, 404);
    assert.equal((await applicant.get(`/window${path}`)).status, 403);
    const clerk = new Visitor(server);
    await clerk.signIn("wangfang");
    assert.equal((await clerk.get(`/window${path}`)).status, 404);
    assert.equal((await clerk.get(path)).status, 403);
  });

  test("the receipt is signed, sealed and leads to its verification", async () => {
    const file = await kept(paths[0], "receipt");
    assert.match(tool("pdftotext", file, "-"), /申请收件凭证[^]*平面图\.pdf/);
    assert.match(tool("pdfsig", "-nocert", file), /Total document signed[^]*Signature is Valid/);
    const address = scanned(file);
    assert.ok(address.startsWith(`http://localhost:${server.port}/verify/notices/`), address);
    const page = await (await fetch(address)).text();
    assert.match(page, /核验通过/);
    assert.ok(!page.includes("力向金属"));
    const found = await (await server.get(`/api${new URL(address).pathname}`)).json();
    assert.equal(found.outcome, "verified");
    assert.ok(found.steps.every((step) => step.holds));
    assert.match(tool("pdftotext", file, "-"), new RegExp(found.entry_hash));
  });

  test("staff see the same notice, in English where they ask", async () => {
    const response = await wang.ask(`/window${paths[1]}?lang=en`);
    const file = `${server.folder}/staff.pdf`;
    writeFileSync(file, Buffer.from(await response.arrayBuffer()));
    assert.match(tool("pdftotext", file, "-"), /Notice of acceptance[^]*The Chinese text is the official one/);
  });

  test("both proofs, of the page and in the PDF, hold on another machine", async () => {
    const key = `${server.folder}/public.pem`, check = (file) => run(["ledger", "verify-proof", file, "--public-key", key]);
    writeFileSync(key, await (await server.get("/verify/ledger-key.pem")).text());
    const pdf = await kept(paths[1], "acceptance");
    tool("pdfdetach", "-save", "1", "-o", `${server.folder}/whole.json`, pdf);
    assert.match(check(`${server.folder}/whole.json`), /^acceptance \w+-A\d{4}, accept_case, .*: as it was recorded$/m);
    writeFileSync(`${server.folder}/page.json`, await (await fetch(`${scanned(pdf)}/proof.json`)).text());
    assert.match(check(`${server.folder}/page.json`), /as it was recorded/);
    const changed = readFileSync(`${server.folder}/whole.json`, "utf8").replace("上海力向", "上海方向");
    writeFileSync(`${server.folder}/changed.json`, changed);
    assert.throws(() => check(`${server.folder}/changed.json`), (error) => error.status === 1 && /FAILS +what the notice says/.test(error.stdout));
  });

  test("a notice whose row was changed is not verified any more", async () => {
    const address = new URL(scanned(await kept(paths[1], "before"))).pathname;
    const change = "UPDATE case_notice SET content = REPLACE(content, '2026', '2025') WHERE kind = 'acceptance'";
    if (kind === "sqlite")
      execFileSync("python3", ["-c", `import sqlite3; c = sqlite3.connect('${server.database.slice(7)}'); c.execute("""${change}"""); c.commit()`]);
    else execFileSync("psql", [server.database, "-qc", change]);
    assert.equal((await (await server.get(`/api${address}`)).json()).outcome, "not_verified");
    assert.match(await (await server.get(address)).text(), /核验未通过/);
  });

  test("anybody can have the ledger's public key, and independent programs read it", async () => {
    const response = await server.get("/verify/ledger-key.pem");
    assert.equal(response.status, 200);
    const file = `${server.folder}/public.pem`;
    writeFileSync(file, await response.text());
    assert.match(execFileSync("openssl", ["pkey", "-pubin", "-in", file, "-noout", "-text"], { encoding: "utf8" }), /SM2/);
  });

  test("what is no proof, or a proof of something else, is refused by the command", async () => {
    const key = `${server.folder}/public.pem`;
    writeFileSync(key, await (await server.get("/verify/ledger-key.pem")).text());
    const check = (content) => {
      const file = `${server.folder}/proof.json`;
      writeFileSync(file, content);
      return run(["ledger", "verify-proof", file, "--public-key", key]);
    };
    assert.throws(() => check("{}"), (error) => error.status === 1 && /is no proof of a notice/.test(error.stderr));
    assert.throws(() => check('{"yimen_proof":1,"entry":{},"proof":"AQ"}'), (error) => error.status === 1 && /NOT PROVED/.test(error.stdout));
  });

  // Last, since it uses up what this address may ask.
  test("trying addresses is slowed down", async () => {
    let last;
    for (let i = 0; i < 70; ++i) last = await server.get(`/api/verify/notices/${nobody}`);
    assert.equal(last.status, 429);
    assert.ok(last.headers.get("retry-after"));
  });
});
