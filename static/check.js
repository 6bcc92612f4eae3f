// Finds out whether the host honours .htaccess.
//
// Contract: <li data-canary="…"> names a file that must not be sent. Its first child says that this
// is not known yet, <template data-case="refused"> and "sent" what is true in either case. Where
// .htaccess is honoured the program itself answers, with a policy among its headers; any other
// refusal says nothing (the file may not be there), and changes nothing.

const item = document.querySelector("[data-canary]");
const answer = await fetch(item.dataset.canary, { cache: "no-store" });
if (answer.ok || answer.headers.has("Content-Security-Policy")) {
  const known = answer.ok ? "sent" : "refused";
  // What is below stays where it is, if less is said.
  item.style.minBlockSize = getComputedStyle(item).blockSize;
  item.replaceChildren(item.querySelector(`[data-case="${known}"]`).content);
}
