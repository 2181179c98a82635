// Saves a section of a form by itself while somebody types. The server decides what follows: htmx puts the pieces that it answers
// with in their places (fields that come and go, computed values, what is wrong). Without this the same happens with each press of
// the button.
import htmx from "htmx.org/dist/htmx.esm.js";
import { isPressed, whenReleased } from "./pointer";

// Under the page's policy nothing may be evaluated and no style put in by a script; and only our own answers are taken.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.allowScriptTags = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyEnabled = false;

type Box = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function autosave(form: HTMLFormElement): void {
  const status = form.querySelector<HTMLElement>("[data-saved]");
  // By name, since a field that comes into sight anew is another element.
  const changed = new Set<string>();
  let sent: string[] = [];
  let typing = "";
  let waiting = 0;
  let sending = false;

  function say(text: string, failed = false): void {
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("y-saved--failed", failed);
  }
  say(form.dataset.idle ?? "");
  const fieldsOf = () => [...form.querySelectorAll<HTMLElement>("[data-field]")];

  // What the fields hold, and which fields the page shows.
  function pairs(names: string[]): [string, string][] {
    const all: [string, string][] = [["_csrf", String(new FormData(form).get("_csrf"))]];
    for (const field of fieldsOf()) {
      const name = field.dataset.field ?? "";
      if (!field.hidden) all.push(["_seen", name]);
      if (!names.includes(name)) continue;
      for (const box of field.querySelectorAll<Box>("input, textarea, select")) {
        const ticked = box instanceof HTMLInputElement && (box.type === "radio" || box.type === "checkbox");
        if (box.type === "file" || !box.name || (ticked && !(box as HTMLInputElement).checked)) continue;
        all.push([box.name, box.value]);
      }
    }
    if (typing) all.push(["_typing", typing]);
    return all;
  }
  function send(): void {
    clearTimeout(waiting);
    if (sending || changed.size === 0) return;
    sending = true;
    sent = [...changed];
    changed.clear();
    say(form.dataset.saving ?? "");
    htmx.trigger(form, "save", {});
  }
  // The mark of an error on a box follows what is told beside it.
  function mark(): void {
    for (const field of fieldsOf()) {
      field.classList.toggle("govuk-form-group--error", field.querySelector(".govuk-error-message") !== null);
      for (const box of field.querySelectorAll<Box>("[aria-describedby]")) {
        const wrong = (box.getAttribute("aria-describedby") ?? "").split(" ").some((id) => id.endsWith("-error") && document.getElementById(id)?.hasChildNodes());
        if (!("value" in box)) continue;
        box.classList.toggle(`govuk-${box.tagName === "INPUT" ? "input" : box.tagName.toLowerCase()}--error`, wrong && !box.matches("[type=radio], [type=checkbox], [type=file]"));
        if (wrong) box.setAttribute("aria-invalid", "true");
        else box.removeAttribute("aria-invalid");
      }
    }
  }
  form.addEventListener("htmx:configRequest", (event) => {
    const body = (event as CustomEvent).detail.formData as FormData;
    for (const name of [...body.keys()]) body.delete(name);
    for (const [name, value] of pairs(sent)) body.append(name, value);
  });
  form.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event as CustomEvent;
    if (!isPressed()) return;
    detail.shouldSwap = false;
    whenReleased(() => {
      htmx.swap(form, detail.serverResponse, { swapStyle: "none", swapDelay: 0, settleDelay: 0 });
      mark();
    });
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    const { successful } = (event as CustomEvent).detail;
    sending = false;
    if (successful) {
      status?.classList.remove("y-saved--failed");
      if (!isPressed()) mark();
    } else {
      for (const name of sent) changed.add(name);
      say(form.dataset.failed ?? "", true);
    }
    if (changed.size > 0) waiting = window.setTimeout(send, successful ? 300 : 3000);
  });
  function note(event: Event, wait: number): void {
    const box = event.target as HTMLInputElement;
    const name = box.closest<HTMLElement>("[data-field]")?.dataset.field;
    if (!name || box.type === "file") return;
    changed.add(name);
    typing = wait > 0 ? name : "";
    clearTimeout(waiting);
    waiting = window.setTimeout(send, wait);
  }
  form.addEventListener("input", (event) => note(event, 1200));
  form.addEventListener("change", (event) => note(event, 0));
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    changed.clear();
  });
  // What was typed a moment ago goes along when the page is left.
  window.addEventListener("pagehide", () => {
    const body = new URLSearchParams(pairs([...changed]));
    if (changed.size > 0) fetch(form.getAttribute("hx-post") ?? form.action, { method: "POST", keepalive: true, body }).catch(() => null);
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-autosave]")) autosave(form);
