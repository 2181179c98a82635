// Suggestions under a search box while somebody types, after the combobox pattern of the ARIA practices. Without them the box
// searches as before.

interface Suggestion {
  name: string;
  path: string;
}

function suggest(input: HTMLInputElement): void {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "y-suggest";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let found: Suggestion[] = [];
  let chosen = -1;
  let waiting = 0;
  let composing = false;

  function mark(index: number): void {
    chosen = index;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${list.id}-${index}`);
  }
  function close(): void {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }
  function show(suggestions: Suggestion[]): void {
    found = suggestions;
    list.replaceChildren(
      ...suggestions.map((suggestion, i) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${i}`;
        option.className = "y-suggest__option";
        option.setAttribute("role", "option");
        option.textContent = suggestion.name;
        // Before the box loses its focus, which closes the list.
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => location.assign(suggestion.path));
        return option;
      }),
    );
    mark(-1);
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }
  async function ask(): Promise<void> {
    const query = input.value.trim();
    if (!query) return close();
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(query)}`).catch(() => null);
    // A slow answer to what stands there no longer is of no use.
    if (answer?.ok && input.value.trim() === query && document.activeElement === input) show((await answer.json()).suggestions);
  }

  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => (composing = false));
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(ask, 120);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (composing || list.hidden) return;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") mark((chosen + 1) % found.length);
    else if (event.key === "ArrowUp") mark(chosen > 0 ? chosen - 1 : found.length - 1);
    else if (event.key === "Enter" && chosen >= 0) location.assign(found[chosen].path);
    else return;
    event.preventDefault();
  });
}

for (const input of document.querySelectorAll<HTMLInputElement>("input[data-suggest]")) suggest(input);
