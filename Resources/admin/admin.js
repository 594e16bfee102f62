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
  for (const form of all("form[method=post]:not([data-scan])")) {
    form.addEventListener("submit", (event) => {
      if (event.submitter?.hasAttribute("formtarget")) return;
      setTimeout(() => all("button", form).forEach((button) => { button.disabled = !event.defaultPrevented; }), 0);
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

  // A form that is sent while another one of the page holds what is not saved asks first.
  const unsaved = document.querySelector("[data-unsaved]")?.dataset.unsaved;
  const touched = new Set();
  for (const form of unsaved ? all("form.edit, form.drop") : []) {
    form.addEventListener("input", () => touched.add(form));
    form.addEventListener("submit", (event) => {
      const others = [...touched].filter((other) => other !== form);
      if (others.length && !confirm(unsaved)) event.preventDefault();
    });
  }

  // Files that are dropped are uploaded.
  for (const form of all("form[data-drop]")) {
    const field = form.querySelector("input[type=file]");
    const mark = (isOver) => (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.classList.toggle("over", isOver);
    };
    form.addEventListener("dragover", mark(true));
    form.addEventListener("dragleave", mark(false));
    form.addEventListener("drop", (event) => {
      mark(false)(event);
      if (!event.dataTransfer?.files.length) return;
      field.files = event.dataTransfer.files;
      form.requestSubmit();
    });
  }

  // Elements of a list are dragged by their handles; where one is dropped, the new order is sent.
  for (const list of all("[data-order]")) {
    let dragged;
    for (const handle of all(".handle", list)) {
      const item = handle.closest("li");
      handle.hidden = false;
      handle.addEventListener("pointerdown", () => { item.draggable = true; });
      handle.addEventListener("pointerup", () => { item.draggable = false; });
      item.addEventListener("dragstart", (event) => {
        dragged = item;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", "row");
        item.classList.add("dragged");
      });
      item.addEventListener("dragover", (event) => {
        if (!dragged) return;
        event.preventDefault();
        if (dragged === item) return;
        const behind = dragged.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING;
        if (behind) item.after(dragged); else item.before(dragged);
      });
      item.addEventListener("drop", (event) => { if (dragged) event.preventDefault(); });
      item.addEventListener("dragend", () => {
        item.draggable = false;
        item.classList.remove("dragged");
        const order = all("input[name=row]", list).map((row) => row.value).join();
        dragged = undefined;
        if (order !== list.dataset.order) list.closest("form").requestSubmit();
      });
    }
    list.dataset.order = all("input[name=row]", list).map((row) => row.value).join();
  }

  // A grid gets as many new rows as are asked for.
  for (const button of all("[data-add-row]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const form = button.closest("form");
      const row = all("tr[data-new]", form).pop();
      if (!row) return;
      const old = row.dataset.new;
      const fresh = `new${Number(old.slice(3)) + 1}`;
      const copy = row.cloneNode(true);
      copy.dataset.new = fresh;
      for (const field of all("input, select", copy)) {
        field.name = field.name.replace(`cell.${old}.`, `cell.${fresh}.`);
        field.id = field.id.replace(`-${old}-`, `-${fresh}-`);
        field.setAttribute("aria-label", (field.getAttribute("aria-label") ?? "").replace(/\d+$/, fresh.slice(3)));
        field.removeAttribute("aria-invalid");
        field.removeAttribute("aria-describedby");
        if (field.type === "checkbox") field.checked = field.defaultChecked;
        else if (field.tagName === "INPUT") field.value = field.defaultValue = "";
      }
      for (const error of all(".error", copy)) error.remove();
      const name = Object.assign(document.createElement("input"), { type: "hidden", name: "new", value: fresh });
      form.append(name);
      row.after(copy);
      copy.querySelector("input, select")?.focus();
    });
  }

  // An address holds what was asked for, not what was left blank.
  for (const form of all("form[method=get], form.find")) {
    form.addEventListener("submit", () => {
      const blank = all("input, select", form).filter((field) => field.name && !field.value && !field.disabled);
      blank.forEach((field) => { field.disabled = true; });
      setTimeout(() => blank.forEach((field) => { field.disabled = false; }), 0);
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
        field.list.replaceChildren(...options.map(({ value, text, key }) => {
          const option = Object.assign(document.createElement("option"), { value, textContent: text });
          if (key) option.dataset.key = key;
          return option;
        }));
      }, 150);
    });
    const chosen = () => [...field.list.options].find(({ value, dataset }) => dataset.key && value === field.value);
    // What is chosen is sent by its key: others may have the same name.
    const [shown, key] = ["shown", "key"].map((mark) => field.parentElement.querySelector(`[data-${mark}]`));
    if (key) field.addEventListener("input", () => {
      const found = chosen();
      if (!found) return;
      shown.value = field.value;
      key.value = found.dataset.key;
    });
    // What is chosen for a list of rows becomes a box of its own.
    if (field.dataset.many) field.addEventListener("change", () => {
      const found = chosen();
      if (!found) return;
      const label = Object.assign(document.createElement("label"), { className: "inline" });
      const box = Object.assign(document.createElement("input"),
        { type: "checkbox", name: field.dataset.many, value: found.dataset.key, checked: true });
      label.append(box, ` ${found.textContent}`);
      field.closest(".finder").before(label);
      field.value = "";
    });
  }

  // What is to be kept on paper is printed.
  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // Who has signed in again goes on to what they had typed.
  for (const form of all("form[data-continue]")) form.requestSubmit();
})();
