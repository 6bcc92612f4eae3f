// Keeps the page up to date: once a minute, and when its tab is looked at again.
//
// Contract: none beyond page.js. While the reader has text selected or a list open, or the tab is hidden, nothing is asked.

const { busy, show } = await import(`./page.js${new URL(import.meta.url).search}`);

const MINUTE = 60_000;
let last = Date.now();
let composing = false;

function refresh() {
  const choosing = document.activeElement?.matches("select");
  if (composing || busy() || document.hidden || choosing || !getSelection().isCollapsed) return;
  last = Date.now();
  // A server that is away for a moment is no reason to disturb; the ages keep telling.
  show(location.href, { quiet: true }).catch(() => {});
}

// A text that is being composed, as Japanese is, must not lose its field.
document.addEventListener("compositionstart", () => (composing = true));
document.addEventListener("compositionend", () => (composing = false));
setInterval(refresh, MINUTE);
document.addEventListener("visibilitychange", () => {
  if (Date.now() - last >= MINUTE) refresh();
});
