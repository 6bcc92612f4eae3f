// Day bars read out: the day under the pointer, or chosen with the arrow keys.
//
// Contract: <svg data-first="2024-09-02" data-days="- 288*4 288/3/98.958% …"> has a word for each
// day, of four equal days once with "*4": "-" no checks, "b" before the first, "f" not begun, "p" only in planned time, "288" all up,
// "288/3/98.958%" three failed, "m120/288" 120 minutes of maintenance. Sentences are in data-bar-none,
// -before, -planned, -up, -down and -maintenance on <body>, with gaps such as {date} and {total}.

const { search } = new URL(import.meta.url);
const { onPage } = await import(`./page.js${search}`);
await import(`./days.js${search}`);

const readOut = document.createElement("div");
readOut.className = "read-out";
readOut.hidden = true;
document.body.append(readOut);

function words(svg) {
  const runs = svg.dataset.days.split(" ").map((run) => run.split("*"));
  return runs.flatMap(([word, times = 1]) => Array(Number(times)).fill(word));
}

function sentence(svg, day) {
  const word = words(svg)[day];
  const date = new Date(`${svg.dataset.first}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + day);
  const planned = word.match(/^m(\d+)\/(\d+)$/);
  const [total, down, uptime] = planned ? [planned[2]] : word.split("/");
  const { barNone, barBefore, barPlanned, barMaintenance, barUp, barDown } = document.body.dataset;
  const whole = { "-": barNone, b: barBefore, f: barBefore, p: barPlanned }[word];
  const text = whole ?? (planned ? barMaintenance : down ? barDown : barUp);
  const gaps = { date: date.toISOString().slice(0, 10), total, down, uptime, minutes: planned?.[1] };
  return text.replace(/\{(\w+)\}/g, (_, name) => gaps[name]);
}

function tell(svg, day) {
  const count = words(svg).length;
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

const hide = () => (readOut.hidden = true);

// The chosen day outlives a refresh of the page.
const chosen = new Map();

function enhance(svg, number) {
  const last = words(svg).length - 1;
  const now = () => Number(svg.getAttribute("aria-valuenow"));
  const keys = { ArrowLeft: () => now() - 1, ArrowRight: () => now() + 1, Home: () => 0, End: () => last };
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
