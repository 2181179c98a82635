// The description of the API that the server gives: a sound OpenAPI 3.1 document, complete, and true of the answers.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { databases, run, Server, Visitor } from "./server.mjs";

const methods = ["get", "put", "post", "delete", "patch"];
const routes = JSON.parse(run(["routes", "--json"])).filter((route) => route.pattern.startsWith("/api/"));
const operationsOf = (api) => Object.entries(api.paths).flatMap(([path, item]) =>
  methods.filter((method) => item[method]).map((method) => ({ path, method, item, operation: item[method] })));
const label = ({ method, path }) => `${method.toUpperCase()} ${path}`;

const pointer = (path) => path.map((part) => encodeURIComponent(String(part).replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
function resolve(api, node) {
  if (!node?.$ref) return node;
  return resolve(api, node.$ref.slice(2).split("/").reduce((at, part) => at?.[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")], api));
}

// Compiles the schema at a place of the document, with the document's own references.
class Schemas {
  constructor(api) {
    this.ajv = addFormats(new Ajv({ strict: true, strictTypes: false, strictTuples: false, strictRequired: false, allErrors: true }));
    this.ajv.addVocabulary(["example", "discriminator", "xml", "externalDocs", "openapi", "info", "servers", "security", "paths", "components", "tags"]);
    this.ajv.addSchema(api, "api");
  }
  at(...path) { return this.ajv.getSchema(`api#/${pointer(path)}`) ?? this.ajv.compile({ $ref: `api#/${pointer(path)}` }); }
}

// Every content of every answer, as {operation, status, type, path (of the schema in the document)}.
function answersOf(api) {
  return operationsOf(api).flatMap(({ path, method, operation }) => Object.entries(operation.responses).flatMap(([status, response]) => {
    const base = response.$ref ? response.$ref.slice(2).split("/") : ["paths", path, method, "responses", status];
    return Object.entries(resolve(api, response).content ?? {}).map(([type, media]) => ({ name: label({ method, path }), status, type, media, schema: [...base, "content", type, "schema"] }));
  }));
}

describe("the API's description", () => {
  let server, api;
  before(async () => {
    server = await Server.start("sqlite");
    api = await (await server.get("/api/openapi.json")).json();
  });
  after(async () => { await server?.stop(); });

  test("is an OpenAPI 3.1 document", async () => {
    assert.match(api.openapi, /^3\.1\./);
    const outcome = await new Validator().validate(structuredClone(api));
    assert.deepEqual(outcome.errors ?? [], []);
    assert.equal(outcome.valid, true);
  });

  test("names every route of the API, and no other", () => {
    assert.deepEqual(operationsOf(api).map(label).sort(), routes.map((route) => `${route.method} ${route.pattern}`).sort());
  });

  test("declares each place in a path", () => {
    for (const { path, item, operation, method } of operationsOf(api)) {
      const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
      const declared = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => resolve(api, one)).filter((one) => one.in === "path");
      assert.deepEqual(declared.map((one) => one.name).sort(), places, label({ method, path }));
      assert.ok(declared.every((one) => one.required === true), label({ method, path }));
    }
  });

  test("gives each operation an id of its own, a summary, and what is answered when it fails", () => {
    const ids = operationsOf(api).map(({ operation }) => operation.operationId);
    assert.equal(new Set(ids).size, ids.length);
    for (const one of operationsOf(api)) {
      assert.ok(one.operation.operationId && one.operation.summary, label(one));
      const route = routes.find((r) => r.pattern === one.path && r.method === one.method.toUpperCase());
      const statuses = Object.keys(one.operation.responses);
      assert.ok(statuses.some((status) => status.startsWith("2")), `${label(one)} says nothing of success`);
      if (!route.everybody) assert.ok(statuses.includes("401"), `${label(one)} does not say 401`);
      if (route.roles.length < 8) assert.ok(statuses.includes("403"), `${label(one)} does not say 403`);
    }
  });

  test("refers to nothing that is not there", () => {
    const walk = (node) => {
      if (node?.$ref) assert.ok(resolve(api, node), node.$ref);
      if (node && typeof node === "object") Object.values(node).forEach(walk);
    };
    walk(api);
  });

  test("has only schemas that compile, and examples that fit them", () => {
    const schemas = new Schemas(api);
    let compiled = 0;
    for (const { schema, media, name, status } of answersOf(api)) {
      const fits = schemas.at(...schema);
      ++compiled;
      for (const example of [media.example, ...Object.values(media.examples ?? {}).map((one) => resolve(api, one).value)].filter((one) => one !== undefined))
        assert.ok(fits(example), `${name} ${status}: ${JSON.stringify(fits.errors)}`);
    }
    for (const { path, method, operation } of operationsOf(api))
      for (const [type, media] of Object.entries(resolve(api, operation.requestBody)?.content ?? {})) {
        if (operation.requestBody.$ref || !media.schema) continue;
        const fits = schemas.at("paths", path, method, "requestBody", "content", type, "schema");
        if (media.example) assert.ok(fits(media.example), `${label({ method, path })}: ${JSON.stringify(fits.errors)}`);
      }
    for (const name of Object.keys(api.components.schemas ?? {})) schemas.at("components", "schemas", name);
    assert.ok(compiled > 20);
  });
});

for (const kind of databases) describe(`answers of the API on ${kind}`, () => {
  let server, api, answers, schemas;
  before(async () => {
    server = await Server.start(kind);
    api = await (await server.get("/api/openapi.json")).json();
    answers = answersOf(api);
    schemas = new Schemas(api);
  });
  after(async () => { await server?.stop(); });

  // The answer must be described for this status and type, and fit.
  async function assertDescribed(response, { method, path }) {
    const name = label({ method, path }), type = response.headers.get("content-type")?.split(";")[0];
    const described = answers.find((one) => one.name === name && one.status === String(response.status) && one.type === type);
    assert.ok(described, `${name} answered ${response.status} ${type}, which the description does not have`);
    if (!/json$/.test(type)) return response.body?.cancel();
    const body = await response.json(), fits = schemas.at(...described.schema);
    assert.ok(fits(body), `${name} ${response.status}: ${JSON.stringify(fits.errors)} of ${JSON.stringify(body).slice(0, 2000)}`);
    return body;
  }

  // What stands in a path: something that is there, found by asking, and otherwise something that is not.
  const there = { item: "drainage-permit-new" };
  const filled = (path, values) => path.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "000000000000");
  // What a query needs: the example, where a parameter is required.
  const query = ({ item, operation }) => {
    const needed = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => resolve(api, one)).filter((one) => one.in === "query" && one.required);
    return needed.length ? `?${new URLSearchParams(needed.map((one) => [one.name, one.example ?? one.schema?.example ?? "排水"]))}` : "";
  };

  test("GET answers fit their schemas: found, not found, and refused", async () => {
    const visitors = { nobody: new Visitor(server) };
    for (const account of ["lina", "wangfang", "liuqiang", "sunli", "zhouhai", "wulei", "zhengjie", "xujing"]) {
      visitors[account] = new Visitor(server);
      await visitors[account].enter(account);
    }
    await visitors.xujing.submit("/editing/items/drainage-permit-new", "/editing/items/drainage-permit-new/begin", {}); // a draft to ask for
    const succeeded = new Set();
    for (const one of operationsOf(api).filter(({ method }) => method === "get"))
      for (const [who, visitor] of Object.entries(visitors))
        for (const values of one.path.includes("{") ? [there, {}] : [there]) {
          const response = await visitor.get(filled(one.path, values) + query(one));
          if (response.status === 200) succeeded.add(label(one));
          await assertDescribed(response, one).catch((error) => { throw new Error(`as ${who}: ${error.message}`); });
        }
    const needsCase = (one) => /\{(?!item\})/.test(one.path); // there is none yet in a new district
    for (const one of operationsOf(api).filter((o) => o.method === "get" && !needsCase(o)))
      assert.ok(succeeded.has(label(one)), `${label(one)} never answered 200`);
  });

  test("a session begun, used and ended through the API is as described", async () => {
    const send = (method, path, body, token) => server.get(path, { method, body: body && JSON.stringify(body),
      headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) } });
    const session = { method: "post", path: "/api/session" };
    await assertDescribed(await send("POST", "/api/session", "no object"), session);
    await assertDescribed(await send("POST", "/api/session", { name: "lina", password: "wrong" }), session);
    const { token } = await assertDescribed(await send("POST", "/api/session", { name: "lina", password: "yimen-demo-2026" }), session);
    await assertDescribed(await send("GET", "/api/me", undefined, token), { method: "get", path: "/api/me" });
    await assertDescribed(await send("DELETE", "/api/me/sessions", undefined, token), { method: "delete", path: "/api/me/sessions" });
    assert.equal((await send("DELETE", "/api/session", undefined, token)).status, 204);
    await assertDescribed(await send("GET", "/api/me", undefined, token), { method: "get", path: "/api/me" });
  });
});
