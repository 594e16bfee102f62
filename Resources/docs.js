"use strict";
(() => {
  const byId = id => document.getElementById(id);
  const all = selector => [...document.querySelectorAll(selector)];
  /* Whatever stands before the paths of the API where a proxy has put them deeper. */
  const root = location.pathname.replace(/\/api\/docs\/?$/, "");
  const operations = all("details.op");
  const boxes = operations.concat(all("details.shape"));

  function make(tag, properties, ...children) {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  }

  for (const part of all("[data-script]")) part.hidden = false;

  /* The search: every word has to stand somewhere in an endpoint or a shape. */
  const texts = new Map(boxes.map(box => [box, ""]));
  function textOf(box) {
    if (!texts.get(box)) texts.set(box, box.textContent.toLowerCase());
    return texts.get(box);
  }

  function search() {
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const box of boxes) box.hidden = !words.every(word => textOf(box).includes(word));
    for (const section of all("main section")) {
      section.hidden = !section.querySelector("details:not([hidden])");
    }
    for (const link of all("nav li a")) link.parentElement.hidden = byId(link.hash.slice(1)).hidden;
    const found = operations.filter(box => !box.hidden);
    byId("found").textContent = words.length ? found.length + " of " + operations.length + " endpoints" : "";
    if (words.length && found.length === 1) found[0].open = true;
  }
  byId("search").addEventListener("input", search);

  function openTarget() {
    const target = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    const box = target && target.closest("details");
    if (!box) return;
    if (box.hidden) {
      byId("search").value = "";
      search();
    }
    box.open = true;
    box.scrollIntoView();
  }
  addEventListener("hashchange", openTarget);

  /* The token: kept for this tab, so that a reload does not lose it. */
  const token = byId("access-token");
  try { token.value = sessionStorage.getItem("access-token") || ""; } catch { /* Storage may be switched off. */ }
  function keepToken() {
    try { sessionStorage.setItem("access-token", token.value.trim()); } catch { /* As above. */ }
  }
  token.addEventListener("input", keepToken);

  const signIn = byId("sign-in");
  if (signIn) {
    signIn.addEventListener("submit", async event => {
      event.preventDefault();
      const said = byId("signed-in");
      said.textContent = "…";
      try {
        const sent = { email: signIn.elements.email.value, password: signIn.elements.password.value };
        const answer = await fetch(root + signIn.dataset.path, {
          method: "POST", credentials: "omit", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) });
        const value = await answer.json();
        if (value.access) {
          token.value = value.access;
          keepToken();
          signIn.elements.password.value = "";
          said.textContent = "Signed in: the requests of this page are yours from now on.";
        } else if (value.challenge_token) {
          said.textContent = "Two factors are on. Finish with this challenge_token: " + value.challenge_token;
        } else {
          said.textContent = value.detail || JSON.stringify(value);
        }
      } catch {
        said.textContent = "The shop did not answer.";
      }
    });
  }

  /* Trying an endpoint. The document is fetched once, when the first form is asked for. */
  let loading;
  function loaded() {
    loading = loading || fetch(root + "/api/schema/", { credentials: "omit" }).then(answer => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).catch(error => {
      loading = undefined;
      throw error;
    });
    return loading;
  }

  function resolved(spec, node) {
    if (!node || !node.$ref) return node;
    return resolved(spec, node.$ref.slice(2).split("/").reduce((part, key) => part && part[key], spec));
  }

  function core(spec, schema) {
    const found = resolved(spec, schema) || {};
    return found.anyOf ? core(spec, found.anyOf[0]) : found;
  }

  /* A value that has what is required, for the reader to change. */
  function sample(spec, schema, depth) {
    const found = core(spec, schema);
    if (found.example !== undefined) return found.example;
    if (found.examples && found.examples.length) return found.examples[0];
    if (found.enum) return found.enum[0];
    if (found.type === "array") return depth > 4 ? [] : [sample(spec, found.items, depth + 1)];
    if (found.type === "object") {
      const names = Object.keys(found.properties || {}).filter(name => (found.required || []).includes(name));
      return Object.fromEntries(names.map(name => [name, sample(spec, found.properties[name], depth + 1)]));
    }
    if (found.type === "integer" || found.type === "number") return Math.max(found.minimum || 0, 1);
    if (found.type === "boolean") return false;
    if (found.format === "email") return "name@example.com";
    if (found.format === "decimal") return "1.00";
    return "";
  }

  function labeled(name, isRequired, input) {
    input.required = isRequired;
    return make("label", {}, name + (isRequired ? " (required)" : ""), input);
  }

  function isFile(schema) {
    return schema.contentMediaType !== undefined || schema.format === "binary";
  }

  function formOf(spec, box) {
    const operation = spec.paths[box.dataset.path][box.dataset.method];
    const form = make("form", {});
    form.append(make("p", { className: "kind" }, "This calls the shop itself: what it changes is changed."));
    const inputs = [];
    for (const parameter of (operation.parameters || []).map(one => resolved(spec, one))) {
      const input = make("input", { autocomplete: "off" });
      inputs.push({ place: parameter.in, name: parameter.name, input });
      form.append(labeled(parameter.name, parameter.required === true, input));
    }
    const [media, content] = Object.entries((resolved(spec, operation.requestBody) || {}).content || {})[0] || [];
    const parts = [];
    let text;
    if (media === "multipart/form-data") {
      const schema = core(spec, content.schema);
      for (const [name, given] of Object.entries(schema.properties || {})) {
        const input = make("input", { type: isFile(core(spec, given)) ? "file" : "text", autocomplete: "off" });
        parts.push({ name, input });
        form.append(labeled(name, (schema.required || []).includes(name), input));
      }
    } else if (media) {
      text = make("textarea", { spellcheck: false, value: JSON.stringify(sample(spec, content.schema, 0), null, 2) });
      form.append(labeled("Body, " + media, false, text));
    }
    const button = make("button", { type: "submit" }, "Send");
    const answer = make("div", { className: "answer" });
    answer.setAttribute("role", "status");
    form.append(make("div", {}, button));
    form.addEventListener("submit", async event => {
      event.preventDefault();
      button.disabled = true;
      answer.replaceChildren("…");
      try {
        answer.replaceChildren(...await send(box, operation, inputs, parts, text && { media, value: text.value }));
      } catch (error) {
        answer.replaceChildren(make("p", { className: "wrong" }, "It could not be sent: " + error.message));
      }
      button.disabled = false;
    });
    return make("div", {}, form, answer);
  }

  function bodyOf(parts, text) {
    if (text) return text.value;
    if (!parts.length) return undefined;
    const form = new FormData();
    for (const { name, input } of parts) {
      if (input.type === "file") {
        if (input.files.length) form.append(name, input.files[0]);
      } else if (input.value) {
        form.append(name, input.value);
      }
    }
    return form;
  }

  async function send(box, operation, inputs, parts, text) {
    let path = box.dataset.path;
    const query = new URLSearchParams();
    const headers = new Headers();
    for (const { place, name, input } of inputs.filter(one => one.input.value)) {
      if (place === "path") path = path.replace("{" + name + "}", input.value.split("/").map(encodeURIComponent).join("/"));
      if (place === "query") query.append(name, input.value);
      if (place === "header") headers.set(name, input.value);
    }
    if (token.value.trim() && (operation.security || []).length) headers.set("Authorization", "Bearer " + token.value.trim());
    if (text) headers.set("Content-Type", text.media);
    const target = root + path + (String(query) ? "?" + query : "");
    const method = box.dataset.method.toUpperCase();
    const start = performance.now();
    const answer = await fetch(target, { method, headers, body: bodyOf(parts, text), credentials: "omit", redirect: "manual" });
    return shown(answer, method + " " + target, Math.round(performance.now() - start));
  }

  const told = ["content-type", "location", "etag", "retry-after", "www-authenticate", "x-request-id"];

  async function shown(answer, line, milliseconds) {
    const headers = told.filter(name => answer.headers.has(name)).map(name => name + ": " + answer.headers.get(name));
    const type = answer.headers.get("content-type") || "";
    const parts = [
      make("p", {}, make("code", {}, line)),
      make("p", {}, make("strong", {}, answer.type === "opaqueredirect" ? "A redirect" : answer.status + " " + answer.statusText), " in " + milliseconds + " ms"),
      make("pre", {}, headers.join("\n")),
    ];
    if (/json|^text\//.test(type)) {
      const text = await answer.text();
      parts.push(make("pre", {}, /json/.test(type) ? indented(text) : text));
    } else {
      const bytes = await answer.blob();
      if (bytes.size) parts.push(make("a", { href: URL.createObjectURL(bytes), download: "answer" }, "Save " + bytes.size + " bytes"));
    }
    return parts;
  }

  function indented(text) {
    try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
  }

  for (const box of operations) {
    box.addEventListener("toggle", () => {
      if (!box.open || box.querySelector(".try")) return;
      const place = make("div", { className: "try" });
      const button = make("button", { type: "button" }, "Try it");
      button.addEventListener("click", async () => {
        button.disabled = true;
        try {
          place.replaceChildren(formOf(await loaded(), box));
        } catch {
          button.disabled = false;
          place.replaceChildren(button, " The document could not be loaded.");
        }
      });
      place.append(button);
      box.querySelector(".inside").append(place);
    });
  }

  openTarget();
})();
