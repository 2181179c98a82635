// The ready-made table editor (dmn-js) over an item's decision model, on the one page that asks for it. What is changed is kept aside
// by itself and saved for everybody by the button.
import Modeler from "dmn-js/lib/Modeler";
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "dmn-js/dist/assets/dmn-js-literal-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression-controls.css";
import "dmn-js/dist/assets/dmn-font/css/dmn.css";

// The editor knows DMN 1.3; the tables of 1.5 are the same under another namespace.
const ours = "https://www.omg.org/spec/DMN/20230324/MODEL/";
const theirs = "https://www.omg.org/spec/DMN/20191111/MODEL/";
const inside = (xml: string): string => xml.replaceAll(ours, theirs);
const outside = (xml: string): string => xml.replaceAll(theirs, ours);

interface View {
  type: string;
  element: { id: string; name?: string };
}

async function edit(form: HTMLFormElement): Promise<void> {
  const find = <T extends Element>(what: string): T => form.querySelector<T>(`[data-${what}]`)!;
  const status = find<HTMLElement>("status"), save = find<HTMLButtonElement>("save"), tabs = find<HTMLElement>("views");
  const source = find<HTMLTextAreaElement>("xml"), seen = form.querySelector<HTMLInputElement>("input[name=seen]")!;
  const say = (text: string, failed = false): void => {
    status.textContent = text;
    status.classList.toggle("y-saved--failed", failed);
  };
  say(form.dataset.loading ?? "");
  const modeler = new Modeler({ container: find<HTMLElement>("canvas"), common: { expressionLanguages: { options: [{ value: "feel", label: "FEEL" }], defaults: { editor: "feel" } } } });
  let changed = false, waiting = 0, sending = false;

  async function send(then: string): Promise<void> {
    clearTimeout(waiting);
    if (sending) return;
    sending = true;
    changed = false;
    say(form.dataset.saving ?? "");
    const { xml } = await modeler.saveXML({ format: true });
    const all = new FormData(form);
    const body = new URLSearchParams({ _csrf: String(all.get("_csrf")), _key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, seen: seen.value, xml: outside(xml), then });
    const answer = await fetch(form.action, { method: "POST", headers: { accept: "application/json" }, body }).catch(() => null);
    const said = answer?.headers.get("content-type")?.includes("json") ? await answer.json() : null;
    sending = false;
    if (!answer?.ok) changed = true;
    if (said?.seen && (then === "save" || answer?.ok) && then !== "keep") seen.value = said.seen;
    say(said?.text ?? said?.title ?? form.dataset.failed ?? "", !answer?.ok);
  }
  function note(): void {
    changed = true;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void send("keep"), 1500);
  }
  function list(): void {
    const views: View[] = modeler.getViews();
    const active: View | undefined = modeler.getActiveView();
    tabs.replaceChildren(
      ...views.filter((view) => view.type === "decisionTable" || view.type === "literalExpression").map((view) => {
        const item = document.createElement("li"), link = document.createElement("button");
        item.className = "y-tabs__item";
        link.className = "y-tabs__link";
        link.type = "button";
        link.textContent = view.element.name || view.element.id;
        if (active?.element.id === view.element.id) link.setAttribute("aria-current", "true");
        link.addEventListener("click", () => void modeler.open(view));
        item.append(link);
        return item;
      }),
    );
  }
  let watched: unknown = null;
  modeler.on("views.changed", () => {
    list();
    const viewer = modeler.getActiveViewer();
    if (viewer && viewer !== watched) {
      watched = viewer;
      viewer.on("commandStack.changed", note);
      viewer.on("elements.changed", note);
    }
  });
  form.addEventListener("submit", (event) => {
    if ((event.submitter as HTMLButtonElement | null)?.value === "theirs") return;
    event.preventDefault();
    void send("save");
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  try {
    await modeler.importXML(inside(source.value), { open: false });
    const first = (modeler.getViews() as View[]).find((view) => view.type === "decisionTable");
    if (first) await modeler.open(first);
    list();
    save.disabled = false;
    say("");
  } catch (error) {
    console.warn(error);
    say(form.dataset.broken ?? "", true);
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-model]")) void edit(form);
