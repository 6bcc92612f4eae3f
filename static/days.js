// The days of a site are links: the arrow keys go from one to the next, also to those that the tab
// key passes over, and the focused one is read out.
//
// Contract: in .three, each day is an <a> with a <title>, the oldest first. `bars.js` imports this
// and has made the .read-out. A link says its title by itself, so the text is only for the eye.

const dayOf = (event) => event.target.closest?.(".three a");

document.addEventListener("keydown", (event) => {
  const link = dayOf(event);
  if (!link) return;
  const days = [...link.closest(".three").querySelectorAll("a")];
  const at = days.indexOf(link);
  const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: days.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  days[Math.max(0, Math.min(days.length - 1, next))].focus();
});

document.addEventListener("focusin", (event) => {
  const link = dayOf(event);
  const readOut = document.querySelector(".read-out");
  if (!link || !link.matches(":focus-visible")) return;
  readOut.textContent = link.querySelector("title").textContent;
  readOut.hidden = false;
  const box = link.getBoundingClientRect();
  const middle = box.left + box.width / 2 - readOut.offsetWidth / 2;
  const most = document.documentElement.clientWidth - readOut.offsetWidth - 4;
  readOut.style.left = `${scrollX + Math.max(4, Math.min(middle, most))}px`;
  readOut.style.top = `${scrollY + box.top - readOut.offsetHeight - 4}px`;
});

document.addEventListener("focusout", (event) => {
  if (dayOf(event)) document.querySelector(".read-out").hidden = true;
});
