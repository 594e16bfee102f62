"use strict";
// Everything here is a comfort: each page works without it.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // The menu is closed on narrow screens until it is asked for.
  const menu = document.querySelector(".menu details");
  if (menu && matchMedia("(max-width: 760px)").matches) menu.open = false;

  // "/" goes to the search, unless something is being typed.
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      document.getElementById("find")?.focus();
    }
  });

  // One box ticks all of a page.
  for (const box of all("[data-all]")) {
    box.addEventListener("change", () => {
      for (const row of all("input[name=row]", box.closest("table"))) row.checked = box.checked;
    });
  }

  // A form that is sent is not sent twice.
  for (const form of all("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (event.submitter?.hasAttribute("formtarget")) return;
      setTimeout(() => all("button", form).forEach((button) => { button.disabled = true; }), 0);
      setTimeout(() => all("button", form).forEach((button) => { button.disabled = false; }), 8000);
    });
  }

  // What a form would make is shown anew while somebody types, each time in a frame of its own: what is there stays until the
  // new one has come, and going back leaves the page.
  for (const button of all("[data-preview]")) {
    const form = button.form;
    let shown = document.querySelector(`iframe[name="${button.formTarget}"]`);
    let coming;
    let pending;
    let number = 0;
    const show = () => {
      coming?.remove();
      const next = shown.cloneNode(false);
      next.removeAttribute("src");
      next.name = `preview-${++number}`;
      next.hidden = true;
      shown.after(next);
      coming = next;
      button.formTarget = next.name;
      form.requestSubmit(button);
      next.addEventListener("load", () => {
        shown.remove();
        next.hidden = false;
        shown = next;
        coming = undefined;
      }, { once: true });
    };
    form.addEventListener("input", () => {
      clearTimeout(pending);
      pending = setTimeout(show, 400);
    });
    button.addEventListener("click", (event) => {
      event.preventDefault();
      clearTimeout(pending);
      show();
    });
    if (form.querySelector(".problem")) show();
  }

  // Fields that name a row of another list offer what is found.
  for (const field of all("[data-lookup]")) {
    let pending;
    field.addEventListener("input", () => {
      clearTimeout(pending);
      pending = setTimeout(async () => {
        const answer = await fetch(`${field.dataset.lookup}&q=${encodeURIComponent(field.value)}`);
        if (!answer.ok) return;
        const options = await answer.json();
        field.list.replaceChildren(...options.map(({ value, text }) =>
          Object.assign(document.createElement("option"), { value, textContent: text })));
      }, 150);
    });
    // What is chosen for a list of rows becomes a box of its own.
    if ("many" in field.dataset) field.addEventListener("change", () => {
      const found = [...field.list.options].find(({ value }) => value === field.value);
      if (!found) return;
      const label = Object.assign(document.createElement("label"), { className: "inline" });
      const box = Object.assign(document.createElement("input"),
        { type: "checkbox", name: field.name, value: found.value, checked: true });
      label.append(box, ` ${found.textContent}`);
      field.closest(".finder").before(label);
      field.value = "";
    });
  }
})();
