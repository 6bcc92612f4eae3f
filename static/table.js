// Tables sort by any column.
//
// Contract: <table id data-sortable> has one header row and one body; a column sorts unless its
// header has data-unsorted; a cell sorts by its
// data-value, else by the moment of a <time> in it, else by its text; numbers as numbers.
// The order outlives a refresh of the page.

const { onPage } = await import(`./page.js${new URL(import.meta.url).search}`);

const states = new Map();
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

function value(row, column) {
  const cell = row.cells[column];
  const text = cell.dataset.value ?? cell.querySelector("time")?.dateTime ?? cell.textContent.trim();
  const plain = text.replaceAll(",", "");
  return /^[+−-]?\d[\d.]*%?$/.test(plain) ? Number.parseFloat(plain.replace("−", "-")) : text;
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return collator.compare(String(a), String(b));
}

function sort(table, { column, descending }) {
  const rows = [...table.tBodies[0].rows].map((row) => [value(row, column), row]);
  rows.sort(([a], [b]) => (descending ? -compare(a, b) : compare(a, b)));
  table.tBodies[0].append(...rows.map(([, row]) => row));
  [...table.tHead.rows[0].cells].forEach((cell, at) => {
    if (at === column) cell.setAttribute("aria-sort", descending ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
  });
}

function addSorting(table, state) {
  [...table.tHead.rows[0].cells].forEach((cell, column) => {
    if ("unsorted" in cell.dataset) return;
    const button = document.createElement("button");
    button.type = "button";
    button.id = `${table.id}-sort-${column}`;
    button.append(...cell.childNodes);
    cell.append(button);
    button.addEventListener("click", () => {
      const descending = state.order?.column === column && !state.order.descending;
      state.order = { column, descending };
      sort(table, state.order);
    });
  });
  if (state.order) sort(table, state.order);
}

onPage(() => {
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    if (table.querySelector("thead button")) continue;
    const state = states.get(table.id) ?? {};
    states.set(table.id, state);
    addSorting(table, state);
  }
});
