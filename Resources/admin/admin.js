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
    form.addEventListener("submit", () => {
      setTimeout(() => all("button", form).forEach((button) => { button.disabled = true; }), 0);
      setTimeout(() => all("button", form).forEach((button) => { button.disabled = false; }), 8000);
    });
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
  }
})();
