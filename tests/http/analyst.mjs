// An analyst in front of the editing pages, over plain HTTP: opens a form, changes some boxes, and sends it as a browser would.
import assert from "node:assert/strict";
import { hidden, Visitor } from "./server.mjs";

export const text = async (response) => response.text();
// The hidden fields and the address of the form that holds `within`.
const formOf = (html, within = "y-edit") => html.match(new RegExp(`<form[^>]*${within}[^>]*>`))?.[0] ?? "";
export const actionOf = (html, within) => formOf(html, within).match(/action="([^"]*)"/)?.[1].replaceAll("&amp;", "&");

// What a browser would send of the part's form: every box as it stands.
export function boxes(html) {
  const form = html.slice(html.indexOf("y-edit")), fields = [];
  const decoded = (value) => value.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = tag.match(/name="([^"]*)"/)?.[1], value = tag.match(/value="([^"]*)"/)?.[1] ?? "";
    if (!name || name === "_field") continue;
    if (/type="(radio|checkbox)"/.test(tag) && !/ checked/.test(tag)) continue;
    fields.push([name, decoded(value)]);
  }
  for (const [, name, value] of form.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>\n?([^<]*)<\/textarea>/g)) fields.push([name, decoded(value)]);
  for (const [, tag, options] of form.matchAll(/(<select[^>]*>)([\s\S]*?)<\/select>/g)) fields.push([tag.match(/name="([^"]*)"/)[1], options.match(/value="([^"]*)" selected/)?.[1] ?? ""]);
  return fields;
}

export class Analyst extends Visitor {
  static async enter(server, account) {
    const analyst = new Analyst(server);
    await analyst.signIn(account);
    return analyst;
  }
  async page(path, status = 200) {
    const response = await this.get(path);
    const html = await text(response);
    assert.equal(response.status, status, `${path}: ${html.match(/<h1[^>]*>[^<]*/)?.[0]}`);
    return html;
  }
  // Opens the form, changes some boxes, and sends it as it was opened.
  async open(path) {
    const html = await this.page(path);
    return { html, action: actionOf(html), fields: boxes(html) };
  }
  send({ action, fields }, changes = {}) {
    const sent = fields.filter(([name]) => !(name in changes));
    for (const [name, value] of Object.entries(changes)) for (const one of [value].flat()) sent.push([name, one]);
    return this.post(action, sent);
  }
  async change(path, changes, status = 303) {
    const response = await this.send(await this.open(path), changes);
    const html = await text(response);
    assert.equal(response.status, status, `${path}: ${[...html.matchAll(/error-message[^>]*>(?:<span[^<]*<\/span>)?([^<]*)/g)].map(([, m]) => m)}`);
    return html;
  }
  // A button of its own: begin, check, publish, withdraw, discard, move.
  async act(page, path, fields = {}) {
    const html = await this.page(page);
    return this.post(path, { _csrf: hidden(html, "_csrf"), _key: `${hidden(html, "_key")}${path}`, ...fields });
  }
  async acted(page, path, fields, status = 303) {
    const response = await this.act(page, path, fields);
    assert.equal(response.status, status, `${path}: ${(await text(response)).match(/error-summary__body[\s\S]{0,300}/)?.[0]}`);
    return response;
  }
}
