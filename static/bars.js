// Day bars read out: the day under the pointer, or chosen with the arrow keys.
//
// Contract: <svg data-first="2024-09-02" data-days="- 288 288/3 …"> has a word for each day:
// "-" no checks, "p" only in planned time, "288" all up, "288/3" three of them failed. Sentences
// are in data-bar-none, data-bar-planned, data-bar-up and data-bar-down on <body>, with {date}, {total} and {down} as gaps.

const { onPage } = await import(`./page.js${new URL(import.meta.url).search}`);

const readOut = document.createElement("div");
readOut.className = "read-out";
readOut.hidden = true;
document.body.append(readOut);

function sentence(svg, day) {
  const word = svg.dataset.days.split(" ")[day];
  const date = new Date(`${svg.dataset.first}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + day);
  const [total, down] = word.split("/");
  const { barNone, barPlanned, barUp, barDown } = document.body.dataset;
  const text = { "-": barNone, p: barPlanned }[word] ?? (down ? barDown : barUp);
  const gaps = { date: date.toISOString().slice(0, 10), total, down };
  return text.replace(/\{(\w+)\}/g, (_, name) => gaps[name]);
}

function tell(svg, day) {
  const count = svg.dataset.days.split(" ").length;
  const text = sentence(svg, day);
  const box = svg.getBoundingClientRect();
  svg.setAttribute("aria-valuenow", day);
  svg.setAttribute("aria-valuetext", text);
  readOut.textContent = text;
  readOut.hidden = false;
  const middle = box.left + (box.width * (day + 0.5)) / count - readOut.offsetWidth / 2;
  const most = document.documentElement.clientWidth - readOut.offsetWidth - 4;
  readOut.style.left = `${scrollX + Math.max(4, Math.min(middle, most))}px`;
  readOut.style.top = `${scrollY + box.top - readOut.offsetHeight - 4}px`;
}

function hide() {
  readOut.hidden = true;
}

// The chosen day outlives a refresh of the page.
const chosen = new Map();

function enhance(svg, number) {
  const last = svg.dataset.days.split(" ").length - 1;
  const now = () => Number(svg.getAttribute("aria-valuenow"));
  const keys = {
    ArrowLeft: () => now() - 1,
    ArrowRight: () => now() + 1,
    Home: () => 0,
    End: () => last,
  };
  // The titles for readers without this module would be told twice.
  svg.querySelector(".day-titles")?.remove();
  svg.id = `bars-${number}`;
  svg.setAttribute("role", "slider");
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("aria-valuemin", "0");
  svg.setAttribute("aria-valuemax", last);
  const day = Math.min(last, chosen.get(svg.id) ?? last);
  svg.setAttribute("aria-valuenow", day);
  svg.setAttribute("aria-valuetext", sentence(svg, day));
  svg.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    if (!(event.key in keys)) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(last, keys[event.key]()));
    chosen.set(svg.id, next);
    tell(svg, next);
  });
  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect();
    const day = Math.floor(((event.clientX - box.left) / box.width) * (last + 1));
    tell(svg, Math.max(0, Math.min(last, day)));
  });
  svg.addEventListener("focus", () => tell(svg, now()));
  svg.addEventListener("pointerleave", hide);
  svg.addEventListener("blur", hide);
}

onPage(() => {
  hide();
  document.querySelectorAll("svg[data-days]").forEach((svg, number) => {
    if (!svg.hasAttribute("tabindex")) enhance(svg, number);
  });
});
