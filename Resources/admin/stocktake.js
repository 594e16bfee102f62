"use strict";
// Everything here is a comfort: a stocktake works without it.
(() => {
  // What was counted outlives a tab that is closed by mistake, until it is booked.
  const isBegun = (text) => (text ?? "").includes("\n");
  const keep = (text) => {
    try {
      if (isBegun(text)) localStorage.setItem("stocktake", text); else localStorage.removeItem("stocktake");
    } catch { /* A browser may keep nothing. */ }
  };
  const kept = () => { try { return localStorage.getItem("stocktake"); } catch { return null; } };
  if (document.querySelector("[data-booked]")) keep(document.querySelector("[name=state]").value);

  // A stocktake takes scans without a new page for each: they wait in a line, and the field keeps the focus.
  const sheet = document.querySelector("form[data-scan]");
  if (sheet) {
    const parts = ["place", "heard", "counted"];
    const { code, quantity } = sheet.elements;
    const waiting = [];
    let isBusy = false;
    const show = (page) => {
      const fresh = parts.map((id) => page.getElementById(id));
      if (!fresh.every(Boolean)) return false;
      parts.forEach((id, place) => document.getElementById(id).replaceChildren(...fresh[place].childNodes));
      return true;
    };
    const say = (text) => {
      const line = Object.assign(document.createElement("p"), { className: "problem", textContent: text });
      document.getElementById("heard").replaceChildren(line);
    };
    // The next scan takes the place of what was said about this one: what was not found stays in a list.
    const miss = (text) => {
      if (!text) return;
      const list = document.getElementById("missed");
      list.append(Object.assign(document.createElement("li"), { textContent: text }));
      list.hidden = false;
      navigator.vibrate?.(300);
    };
    const work = async () => {
      if (isBusy) return;
      isBusy = true;
      while (waiting.length) {
        const body = new URLSearchParams(new FormData(sheet));
        for (const [name, value] of Object.entries(waiting[0])) body.set(name, value);
        try {
          const answer = await fetch(sheet.action, { method: "POST", body });
          if (!show(new DOMParser().parseFromString(await answer.text(), "text/html"))) throw new Error(answer.status);
        } catch {
          say(`${sheet.dataset.scan} (${waiting.length})`);
          break;
        }
        waiting.shift();
        keep(sheet.elements.state.value);
        miss(document.querySelector("#heard .problem")?.textContent);
      }
      isBusy = false;
    };
    sheet.addEventListener("submit", (event) => {
      const isScan = !event.submitter || event.submitter.value === "count";
      if (!isScan && !waiting.length) return;
      event.preventDefault();
      if (isScan && code.value.trim()) {
        waiting.push({ do: "count", code: code.value, quantity: quantity.value });
        code.value = quantity.value = "";
      }
      code.focus();
      work();
    });

    const begun = kept();
    if (isBegun(sheet.elements.state.value)) {
      keep(sheet.elements.state.value);
    } else if (isBegun(begun)) {
      const offer = document.getElementById("kept");
      offer.hidden = false;
      offer.querySelector("button").addEventListener("click", () => { sheet.elements.state.value = begun; });
    }
  }
})();
