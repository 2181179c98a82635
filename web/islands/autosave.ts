// Saves a form by itself while somebody types, and shows the fields that the answers so far call for. The server decides both:
// without this the same happens with each press of the button.

function autosave(form: HTMLFormElement): void {
  const status = form.querySelector<HTMLElement>("[data-saved]");
  const changed = new Set<HTMLElement>();
  let waiting = 0;
  let sending: Promise<void> | null = null;

  function say(text: string, failed = false): void {
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("y-saved--failed", failed);
  }
  say(form.dataset.idle ?? "");
  function show(names: string[]): void {
    for (const field of form.querySelectorAll<HTMLElement>("[data-field]")) field.hidden = !names.includes(field.dataset.field ?? "");
  }
  function body(fields: Iterable<HTMLElement>): URLSearchParams {
    const all = new FormData(form);
    const sent = new URLSearchParams({ _csrf: String(all.get("_csrf")) });
    for (const field of fields) {
      for (const input of field.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")) {
        const box = input instanceof HTMLInputElement && (input.type === "radio" || input.type === "checkbox");
        if (!box || (input as HTMLInputElement).checked) sent.append(input.name, input.value);
      }
    }
    return sent;
  }
  async function send(): Promise<void> {
    clearTimeout(waiting);
    if (sending || changed.size === 0) return;
    const fields = [...changed];
    changed.clear();
    say(form.dataset.saving ?? "");
    sending = (async () => {
      const answer = await fetch(form.action, { method: "POST", headers: { accept: "application/json" }, body: body(fields) }).catch(() => null);
      const kept = answer?.ok && answer.headers.get("content-type")?.includes("json") ? await answer.json() : null;
      if (kept) show(kept.shown);
      else for (const field of fields) changed.add(field);
      say(kept ? kept.saved : (form.dataset.failed ?? ""), !kept);
    })();
    await sending;
    sending = null;
    if (changed.size > 0) waiting = window.setTimeout(send, 3000);
  }
  function note(event: Event, wait: number): void {
    const field = (event.target as HTMLElement).closest<HTMLElement>("[data-field]");
    if (!field) return;
    changed.add(field);
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
    if (changed.size > 0) fetch(form.action, { method: "POST", keepalive: true, headers: { accept: "application/json" }, body: body(changed) }).catch(() => null);
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-autosave]")) autosave(form);
