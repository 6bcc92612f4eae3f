// Sorts the sites of each company by the heads above them.
//
// Contract: in .column-heads an element with data-column becomes a button that sorts the rows of
// every table.sites by that column, and the other way when it is pressed again; the first column
// sorts by the state that is the class of the row, worst first, another by the moment of a <time>
// in its cells, else by the number that their text begins with, else by the text; rows without a
// number come last. The tables' own heads, which are read out, have aria-sort. The order outlives
// a refresh of the page.

const { onPage } = await import(`./page.js${new URL(import.meta.url).search}`);

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
// The factor of a response time, so that 1.2 s is more than 900 ms.
const UNITS = { ms: 1, s: 1000 };
const STATES = ["down", "stale", "unconfirmed", "maintenance", "off", "up", "undated"];
let order = null;

function value(row, column) {
  const cell = row.cells[column];
  if (column === 0) return STATES.indexOf(row.className);
  const time = cell.querySelector("time");
  if (time) return Date.parse(time.dateTime);
  const text = cell.textContent.trim();
  const number = text.match(/^([\d.]+)\s*(%|ms|s)/);
  if (number) return Number(number[1]) * (UNITS[number[2]] ?? 1);
  return text === "" || text.startsWith("—") ? null : text;
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return collator.compare(String(a), String(b));
}

function sort() {
  const { column, descending } = order;
  for (const table of document.querySelectorAll("table.sites")) {
    const rows = [...table.tBodies[0].rows].map((row) => [value(row, column), row]);
    rows.sort(([a], [b]) => {
      if (a === null || b === null) return (a === null) - (b === null);
      return descending ? -compare(a, b) : compare(a, b);
    });
    table.tBodies[0].append(...rows.map(([, row]) => row));
    [...table.tHead.rows[0].cells].forEach((head, at) => {
      if (at === column) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }
  for (const button of document.querySelectorAll(".column-heads button")) {
    const { column: own } = button.parentElement.dataset;
    button.className = Number(own) === column ? (descending ? "descending" : "ascending") : "";
  }
}

onPage(() => {
  const heads = document.querySelector(".column-heads");
  if (!heads) return;
  if (heads.hasAttribute("aria-hidden")) {
    heads.removeAttribute("aria-hidden");
    for (const head of heads.querySelectorAll("[data-column]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.id = `sort-${head.dataset.column}`;
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const column = Number(head.dataset.column);
        order = { column, descending: order?.column === column && !order.descending };
        sort();
      });
    }
  }
  if (order) sort();
});
