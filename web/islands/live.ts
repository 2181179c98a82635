// Lists that others change while somebody looks: when news comes the page is fetched again and only the parts marked data-live are put
// in its place, so that nothing being typed, read or focused is lost. Without this the page shows what was true when it was opened.
import { whenReleased } from "./pointer";

const parts = [...document.querySelectorAll<HTMLElement>("[data-live][id]")].map((part) => part.id);
const first = document.querySelector<HTMLElement>("[data-live]");
const address = first?.dataset.live;
// A form with something wrong stands at an address that only takes what is sent: its lists say where they can be read.
const from = first?.dataset.liveFrom ?? location.href;

let source: EventSource | null = null;
let waiting = 0;

// Where the focus was, in words that hold in the new part too.
function focused(part: HTMLElement): string | null {
  const active = document.activeElement;
  return active && part.contains(active) ? active.getAttribute("href") : null;
}

function put(part: HTMLElement, fresh: HTMLElement): void {
  if (part.innerHTML === fresh.innerHTML) return;
  const href = focused(part);
  part.replaceChildren(...fresh.childNodes);
  if (href) part.querySelector<HTMLElement>(`[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
}

async function reload(): Promise<void> {
  const answer = await fetch(from, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of parts) {
    const part = document.getElementById(id), fresh = page.getElementById(id);
    if (part && fresh) whenReleased(() => put(part, fresh));
  }
}

// Many acts at once make one reload, and not every desk asks in the same moment.
function soon(): void {
  if (waiting) return;
  waiting = window.setTimeout(() => {
    waiting = 0;
    void reload();
  }, 300 + Math.random() * 700);
}

function listen(): void {
  if (!address || source || document.hidden) return;
  source = new EventSource(address);
  source.addEventListener("work", soon);
}

// A page nobody looks at holds no connection; it catches up when it is looked at again.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    source?.close();
    source = null;
  } else if (address) {
    listen();
    soon();
  }
});
listen();
