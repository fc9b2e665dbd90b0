// Makes tables sortable, and the start page's text box an editor whose answers are tables.
// Whatever comes from the graph becomes text, never markup.
"use strict";

const collate = new Intl.Collator(undefined, { numeric: true });

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const body = table.tBodies[0];
      const words = (row) => row.cells[column].textContent.trim();
      const rows = [...body.rows].sort((one, other) => {
        const [a, b] = [words(one), words(other)];
        if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
        return (down ? -1 : 1) * compare(a, b);
      });
      body.append(...rows);
    });
  });
}

function compare(a, b) {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? collate.compare(a, b) : x - y;
}

function make(name, words, attributes = {}) {
  const element = document.createElement(name);
  element.textContent = words;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

// Signs that turn a line round or that nobody sees, out of the way.
const clean = (words) => words.replace(/[\p{Cc}\p{Cf}]/gu, (sign) => (/\s/.test(sign) ? sign : ""));

function short(iri, prefixes) {
  for (const [prefix, name] of Object.entries(prefixes)) {
    if (iri.startsWith(name) && /^[\w.-]+$/.test(iri.slice(name.length))) return `${prefix}:${iri.slice(name.length)}`;
  }
  return iri;
}

function address(iri, pages) {
  for (const { namespace, path } of pages) {
    if (iri.startsWith(namespace)) return path + encodeURIComponent(iri.slice(namespace.length));
  }
  return /^https?:\/\/[^\s]+$/i.test(iri) ? iri : "";
}

function cell(term, known) {
  const td = document.createElement("td");
  if (!term) return td;
  const words = clean(term.value ?? "");
  if (words.length > 60) td.className = "long";
  const href = term.type === "uri" ? address(term.value, known.pages) : "";
  if (href) {
    const link = make("a", short(words, known.prefixes), { href, title: words });
    if (!href.startsWith("/")) { link.rel = "noopener noreferrer nofollow"; link.className = "out"; }
    td.append(link);
  } else {
    td.append(make("bdi", term.type === "uri" ? short(words, known.prefixes) : words));
  }
  return td;
}

const MOST_ROWS = 2000;

function table(answer, known) {
  const names = answer.head.vars;
  const rows = answer.results.bindings.slice(0, MOST_ROWS);
  const found = document.createElement("table");
  const head = found.createTHead().insertRow();
  for (const name of names) head.append(make("th", name, { scope: "col" }));
  const body = found.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const name of names) line.append(cell(Object.hasOwn(row, name) ? row[name] : null, known));
  }
  sortable(found);
  const box = make("div", "", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Answers" });
  box.append(found);
  return box;
}

const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";

async function ask(query, known) {
  const answer = document.getElementById("answer");
  const state = document.getElementById("state");
  state.className = "";
  state.textContent = "Asking…";
  try {
    const reply = await fetch("/sparql", {
      method: "POST",
      headers: { Accept: ACCEPT, "Content-Type": "application/sparql-query" },
      body: query,
    });
    const words = await reply.text();
    if (!reply.ok) throw new Error(clean(words.trim()) || `The server says ${reply.status}.`);
    show(words, reply.headers.get("Content-Type") ?? "", { answer, state, known });
  } catch (error) {
    answer.replaceChildren();
    state.className = "wrong";
    state.textContent = error.message;
  }
}

function show(words, kind, { answer, state, known }) {
  if (!kind.includes("json")) {
    answer.replaceChildren(make("pre", clean(words), { tabindex: "0" }));
    state.textContent = "";
    return;
  }
  const found = JSON.parse(words);
  if (typeof found.boolean === "boolean") {
    answer.replaceChildren();
    state.textContent = found.boolean ? "Yes." : "No.";
    return;
  }
  const number = found.results.bindings.length;
  const some = number > MOST_ROWS ? `, the first ${MOST_ROWS.toLocaleString("en")} shown` : "";
  state.textContent = `${number.toLocaleString("en")} ${number === 1 ? "row" : "rows"}${some}`;
  answer.replaceChildren(number ? table(found, known) : "");
}

async function start(form) {
  const box = document.getElementById("query");
  const known = { words: [], pages: [], prefixes: {} };
  try {
    Object.assign(known, await (await fetch("/terms.json")).json());
  } catch { /* an editor without completion is still one */ }
  const host = document.getElementById("host");
  let editor = { text: () => box.value };
  const run = () => ask(editor.text(), known);
  if (window.chiptraceEditor) {
    host.hidden = false;
    box.hidden = true;
    editor = window.chiptraceEditor(host, box.value, known.words, run);
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  const link = document.getElementById("link");
  link.hidden = false;
  link.addEventListener("click", () => {
    history.replaceState(null, "", `/?query=${encodeURIComponent(editor.text())}#editor`);
    document.getElementById("state").textContent = "The address above now leads to this query.";
  });
  window.chiptrace = { ready: true, text: () => editor.text() };
  if (new URLSearchParams(location.search).has("query")) run();
}

document.querySelectorAll("table.sortable").forEach(sortable);
const form = document.getElementById("ask");
if (form) start(form);
