/** The inside of this element as HTML that reads the same, and opens its lists, without any script. */
export function stillOf(element: HTMLElement): string {
  const still = element.cloneNode(true) as HTMLElement;
  const copies = still.querySelectorAll("input, select, textarea");
  element.querySelectorAll("input, select, textarea").forEach((control, index) => {
    const copy = copies[index];
    if (copy) writeDown(control, copy);
  });
  for (const button of still.querySelectorAll("button[type=submit]")) {
    button.setAttribute("type", "button");
  }
  for (const root of still.querySelectorAll(".bk-choose, .bk-overflow")) openable(root);
  return still.innerHTML;
}

/** What a control holds is not in its attributes. */
function writeDown(control: Element, copy: Element): void {
  if (control instanceof HTMLTextAreaElement) copy.textContent = control.value;
  if (control instanceof HTMLSelectElement) {
    copy.querySelectorAll("option").forEach((option, index) => {
      option.toggleAttribute("selected", index === control.selectedIndex);
    });
  }
  if (!(control instanceof HTMLInputElement)) return;
  if (control.type === "checkbox" || control.type === "radio") {
    copy.toggleAttribute("checked", control.checked);
  } else {
    copy.setAttribute("value", control.value);
  }
}

/** A button and what it shows become what the browser opens by itself. */
function openable(root: Element): void {
  const toggle = root.querySelector("[aria-controls]");
  const panel = root.querySelector("[hidden]");
  if (!toggle || !panel) return;
  const summary = document.createElement("summary");
  const details = document.createElement("details");
  summary.className = toggle.className;
  summary.append(...toggle.childNodes);
  for (const name of ["id", "aria-label", "aria-labelledby", "aria-describedby"]) {
    const value = toggle.getAttribute(name);
    if (value !== null) summary.setAttribute(name, value);
  }
  details.className = root.className;
  panel.removeAttribute("hidden");
  details.append(summary, panel);
  root.replaceWith(details);
}
