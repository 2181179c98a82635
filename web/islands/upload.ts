// Uploads files as soon as they are chosen, with a bar that shows how far it is, and puts the new list in place of the old one.
// Without this each material has its button.

function start(place: HTMLElement): void {
  const largest = Number(place.dataset.largest) << 20;

  function refuse(form: HTMLFormElement, text: string): void {
    const group = form.querySelector(".govuk-form-group");
    const row = form.querySelector(".y-upload__row");
    const input = form.querySelector<HTMLInputElement>("input[type=file]");
    if (!group || !row || !input) return;
    group.classList.add("govuk-form-group--error");
    form.querySelector(".govuk-error-message")?.remove();
    const error = document.createElement("p");
    error.className = "govuk-error-message";
    error.id = `${input.id}-error`;
    error.setAttribute("role", "alert");
    error.textContent = text;
    row.before(error);
    input.setAttribute("aria-describedby", `${input.id}-hint ${error.id}`);
    input.value = "";
  }

  function replace(html: string, focus: string): void {
    const page = new DOMParser().parseFromString(html, "text/html");
    const next = page.getElementById("materials");
    if (!next) return location.reload();
    place.replaceChildren(...next.childNodes);
    const old = document.querySelector(".y-form__steps");
    const steps = page.querySelector(".y-form__steps");
    if (old && steps) old.replaceWith(steps);
    prepare();
    document.getElementById(focus)?.focus();
  }

  function send(form: HTMLFormElement, input: HTMLInputElement): void {
    const files = [...(input.files ?? [])];
    const heavy = files.find((file) => file.size > largest);
    if (heavy) return refuse(form, (place.dataset.tooLarge ?? "").replace("{name}", heavy.name));
    const bar = document.createElement("progress");
    bar.className = "y-upload__progress";
    bar.max = 1;
    bar.setAttribute("aria-label", place.dataset.uploading ?? "");
    form.querySelector(".y-upload__row")?.append(bar);
    const body = new FormData(form);
    body.set("_key", crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (event) => (bar.value = event.loaded / event.total));
    request.addEventListener("load", () => replace(request.responseText, input.id));
    request.addEventListener("error", () => form.submit());
    request.send(body);
    input.disabled = true;
  }

  function prepare(): void {
    for (const form of place.querySelectorAll<HTMLFormElement>("form[data-upload]")) {
      const input = form.querySelector<HTMLInputElement>("input[type=file]");
      form.querySelector("button")?.setAttribute("hidden", "");
      input?.addEventListener("change", () => {
        if (input.files?.length) send(form, input);
      });
    }
  }
  prepare();
}

for (const place of document.querySelectorAll<HTMLElement>("[data-uploads]")) start(place);
