// A client that takes one case after the other from draft to delivery through the API, each act by whom it belongs to. It keeps
// what was answered; an act that was not is sent again with its key.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { run } from "../http/server.mjs";
import { assertPlain503, reached } from "./acts.mjs";
import { rowsOfEach } from "./rows.mjs";

export const casesAreServed = JSON.parse(run(["routes", "--json"])).some((route) => route.method === "POST" && route.pattern === "/api/work/{id}/delivery");

const company = "91310120MA1HQ5RT6E";
const draft = { item: "drainage-permit-new",
  answers: { premises: "food", discharging: "no", daily_discharge: "6", treatment: "yes", network: "park", in_person: "yes" } };
const fields = { contact_name: "李娜", contact_phone: "13800138012", delivery: "none", site_address: "上海市奉贤区环城东路1号", floor_area: "1200",
  activity: "中式正餐，100个餐位", daily_water: "6", outlets: "1", outlet_place: "店铺北侧，接入南桥路污水管", outlet_diameter: "160",
  water_sources: ["kitchen", "toilet"], facility_kinds: ["grease_trap"], declared: "yes" };
const materials = ["drainage-plan", "pretreatment", "forecast-report"];

// Who does what, in order; `at` is the case's address for them.
const acts = [
  { who: "lina", path: () => "/api/cases", body: () => draft },
  { who: "lina", method: "PATCH", path: (id) => `/api/cases/${id}/form`, body: () => ({ fields }) },
  ...materials.map((material) => ({ who: "lina", path: (id) => `/api/cases/${id}/documents`, material })),
  { who: "lina", path: (id) => `/api/cases/${id}/submit`, body: () => ({}) },
  { who: "wangfang", path: (id) => `/api/work/${id}/accept`, body: () => ({}) },
  { who: "liuqiang", path: (id) => `/api/work/${id}/examination`, body: () => ({ advice: "grant", opinion: "材料齐全，符合条件。" }) },
  { who: "zhaomin", path: (id) => `/api/work/${id}/decision`, body: () => ({ decision: "grant", reasons: "符合条件。" }) },
  { who: "sunli", path: (id) => `/api/work/${id}/result`, body: () => ({}) },
  { who: "sunli", path: (id) => `/api/work/${id}/delivery`, body: () => ({ how: "window", received_by: "李娜" }) },
];

export class Cases {
  constructor(server) { Object.assign(this, { server, acknowledged: 0, unavailable: 0, begun: 0, finished: [], tokens: {}, pending: null, file: null, doneUnanswered: 0, lostUnanswered: 0 }); }

  async token(name) {
    if (this.tokens[name]) return this.tokens[name];
    const response = await reached(() => this.server.get("/api/session", { method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ name, password: "yimen-demo-2026", ...(name === "lina" ? { acting_for: company } : {}) }) }));
    assert.equal(response.status, 201, `${name} signs in`);
    return (this.tokens[name] = (await reached(() => response.json())).token);
  }
  async prepare() {
    for (const { who } of acts) await this.token(who);
    await this.pdf();
  }
  async pdf() {
    const query = new URLSearchParams(draft.answers);
    return (this.file_bytes ??= await reached(async () => (await this.server.get(`/items/drainage-permit-new/notice.pdf?${query}`)).arrayBuffer()));
  }
  step() { return this.pending ? this.sendPending() : this.act(); }
  async act() {
    this.file ??= { id: null, done: 0, documents: 0, state: null };
    const act = acts[this.file.done];
    await this.token(act.who);
    if (act.material) await this.pdf();
    this.pending = { act, key: randomUUID() };
    await this.sendPending();
  }
  async sendPending() {
    const { act, key } = this.pending;
    const headers = { authorization: `Bearer ${this.tokens[act.who]}`, "idempotency-key": key };
    let body;
    if (act.material) {
      body = new FormData();
      body.append("material", act.material);
      body.append("file", new Blob([this.file_bytes], { type: "application/pdf" }), "材料.pdf");
    } else {
      headers["content-type"] = "application/json";
      body = JSON.stringify(act.body());
    }
    const response = await reached(() => this.server.get(act.path(this.file.id), { method: act.method ?? "POST", headers, body }));
    const text = await reached(() => response.text());
    if (response.status === 503) {
      assertPlain503(response, text);
      ++this.unavailable;
      return;
    }
    assert.ok([200, 201].includes(response.status), `${act.who} at ${act.path(this.file.id)}: ${response.status} ${text}`);
    if (response.headers.get("idempotency-replayed")) ++this.doneUnanswered;
    this.pending = null;
    ++this.acknowledged;
    this.note(act, JSON.parse(text));
  }
  note(act, answer) {
    if (this.file.done === 0) {
      ++this.begun;
      this.file.id = answer.id;
    }
    if (act.material) ++this.file.documents;
    if (answer.state) this.file.state = answer.state;
    if (++this.file.done < acts.length) return;
    assert.equal(this.file.state, "closed");
    this.finished.push(this.file);
    this.file = null;
  }
  async settle() {
    if (this.pending) await this.sendPending();
    assert.equal(this.pending, null, "the server works again");
    await this.assertThere();
  }
  async assertThere() {
    for (const file of [this.finished.at(-1), this.finished[Math.floor(this.finished.length / 2)], this.file]) {
      if (!file?.id) continue;
      const response = await this.server.get(`/api/cases/${file.id}`, { headers: { authorization: `Bearer ${await this.token("lina")}` } });
      assert.equal(response.status, 200, `case ${file.id} is there`);
      const shown = await response.json();
      assert.equal(shown.state, file.state, `case ${file.id}`);
      assert.equal(shown.documents.length, file.documents, `documents of case ${file.id}`);
    }
  }
}

// Each key began one case, and each grant gave one licence: as many as were acknowledged, of all clients together.
export function assertNoCaseTwice(server, clients) {
  const begun = clients.reduce((sum, client) => sum + (client.begun ?? 0), 0);
  const [[[there]], granted, licences] = rowsOfEach(server.database, ["SELECT count(*) FROM case_file",
    "SELECT id FROM case_file WHERE decided_at IS NOT NULL ORDER BY id", "SELECT case_id FROM licence ORDER BY case_id"]);
  assert.equal(Number(there), begun, "as many cases as were begun");
  assert.deepEqual(licences, granted, "a licence for each grant");
}
