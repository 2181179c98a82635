// Improves pages that already work without it.
import "./autosave";
import "./live";
import "./suggest";
import "./upload";

// A second click on the same form sends nothing; the server would answer it with the first answer anyway.
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
// A page that comes back from the browser's memory may send again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset.sent;
});

// An error summary takes the focus, so that screen readers begin with it.
document.querySelector<HTMLElement>(".govuk-error-summary")?.focus();
