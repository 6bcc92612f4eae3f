// Ages go on: "3 minutes ago" becomes "4 minutes ago".
//
// Contract: <time datetime="…" data-age> holds an age as the server wrote it; data-now on <main>
// is the server's time when it did, so that the reader's own clock does not matter.

const { onPage } = await import(`./page.js${new URL(import.meta.url).search}`);

const UNITS = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];
const lang = document.documentElement.lang;
const format = new Intl.RelativeTimeFormat(lang, { numeric: "always" });
let written = 0;

function tick() {
  const now = Number(document.querySelector("main").dataset.now) + (performance.now() - written) / 1000;
  for (const time of document.querySelectorAll("time[data-age]")) {
    const age = Math.max(0, now - Date.parse(time.dateTime) / 1000);
    const [unit, size] = UNITS.find(([, size]) => age >= size) ?? UNITS.at(-1);
    const words = format.format(-Math.floor(age / size), unit);
    // Japanese has no blank between number and unit, as the server writes it.
    const text = lang === "ja" ? words.replaceAll(" ", "") : words;
    if (time.textContent !== text) time.textContent = text;
  }
}

onPage(() => {
  written = performance.now();
});
setInterval(tick, 10_000);
