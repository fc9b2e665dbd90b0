"use strict";
// Sorts and searches the table; the page is whole without it.
(() => {
  const table = document.querySelector("table");
  const tools = document.querySelector(".tools");
  if (!table) {
    window.chiptrace = { ready: true };
    return;
  }
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const search = document.getElementById("search");
  const count = document.getElementById("count");
  const total = count.textContent;
  const texts = rows.map((row) => row.innerText.toLocaleLowerCase());
  const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const key = (row, column) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
  const numeric = (column) => heads[column].classList.contains("figure");
  const compare = (column, up) => (one, other) => {
    const [a, b] = [key(one, column), key(other, column)];
    if (a === "" || b === "") return (a === "") - (b === ""); // what is unbound comes last
    return (up ? 1 : -1) * (numeric(column) ? Number(a) - Number(b) : words.compare(a, b));
  };
  const sort = (column) => {
    const up = heads[column].getAttribute("aria-sort") !== "ascending";
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", up ? "ascending" : "descending");
    body.append(...[...rows].sort(compare(column, up)));
  };
  const find = () => {
    const wanted = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let seen = 0;
    rows.forEach((row, place) => {
      row.hidden = !wanted.every((word) => texts[place].includes(word));
      seen += !row.hidden;
    });
    count.textContent = wanted.length ? `${seen.toLocaleString("en")} of ${total}` : total;
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(column));
  });
  search.addEventListener("input", find);
  search.hidden = false;
  tools.hidden = false;
  window.chiptrace = { ready: true };
})();
