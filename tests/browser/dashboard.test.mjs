// The dashboard in a real browser: with and without JavaScript, on a phone, in the dark.

import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { openPage, startBrowser, startSite } from "./site.mjs";

let site;
let chromium;

before(async () => {
  site = await startSite();
  chromium = await startBrowser();
});

after(async () => {
  await chromium?.stop();
  site?.stop();
});

const open = (options) => openPage(chromium.browser, site, options);
const sites = (page) => page.locator(".sites tbody tr");
const company = async (page) => page.locator("#company").evaluate((select) => select.value);

test("nothing leaves the site and nothing is complained about", async () => {
  const page = await open();
  const answer = await page.goto(site.address, { waitUntil: "networkidle" });
  assert.match(answer.headers()["content-security-policy"], /^default-src 'self';/);
  assert.equal(await sites(page).count(), 3);
  assert.deepEqual(page.complaints, []);
});

test("a choice acts without a reload and stays in the URL, and back leads back", async () => {
  const page = await open();
  await page.goto(site.address);
  await page.evaluate(() => (window.stillHere = true));
  await page.selectOption("#company", "hoshizora");
  await page.waitForURL(/\?company=hoshizora$/);
  assert.equal(await sites(page).count(), 1);
  await page.focus("#year_month");
  await page.selectOption("#year_month", "202410");
  await page.waitForURL(/\?company=hoshizora&year_month=202410$/);
  assert.match(await page.title(), /^hoshizora \/ 2024年10月/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "year_month");
  await page.goBack();
  await page.waitForURL(/\?company=hoshizora$/);
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll(".sites tbody tr").length === 3);
  assert.equal(await company(page), "all");
  assert.equal(await page.evaluate(() => window.stillHere), true);
  assert.deepEqual(page.complaints, []);
});

test("another company forgets the former one's site", async () => {
  const page = await open();
  await page.goto(`${site.address}?company=analyzegear&site=site2`);
  await page.selectOption("#company", "hoshizora");
  await page.waitForURL(/\?company=hoshizora$/);
  assert.equal(await sites(page).count(), 1);
});

test("without JavaScript the form does the same", async () => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`${site.address}?lang=en`);
  await page.selectOption("#company", "analyzegear");
  await page.selectOption("#year_month", "2024");
  await page.getByRole("button", { name: "Show" }).click();
  assert.match(page.url(), /\?company=analyzegear&site=all&year_month=2024&lang=en$/);
  assert.equal(await page.locator("#report tbody tr").count(), 2);
  assert.equal(await company(page), "analyzegear");
  assert.deepEqual(page.complaints, []);
});

for (const width of [320, 768, 1440]) {
  for (const path of ["", "?company=analyzegear&lang=en", "?company=analyzegear&site=site2", "?year_month=202411", "no/such/page"]) {
    test(`no sideways scrolling at ${width} px on /${path}`, async () => {
      const page = await open({ viewport: { width, height: 900 } });
      await page.goto(site.address + path);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(overflow, 0);
    });
  }
}

test("the page is dark where the reader's system is", async () => {
  const light = await open({ colorScheme: "light" });
  const dark = await open({ colorScheme: "dark" });
  const brightness = async (page) => {
    await page.goto(site.address);
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    return colour.match(/\d+/g).reduce((sum, part) => sum + Number(part), 0);
  };
  assert.ok((await brightness(light)) > 600);
  assert.ok((await brightness(dark)) < 150);
});

test("any column sorts, both ways, and the keyboard can do it", async () => {
  const page = await open();
  await page.goto(`${site.address}?lang=en`);
  const first = () => sites(page).first().locator(".url").textContent();
  await page.getByRole("button", { name: "Uptime" }).click();
  assert.equal(await first(), "https://blog.example.com/");
  await page.getByRole("button", { name: "Uptime" }).press("Enter");
  assert.equal(await first(), "https://shop.example/");
  assert.equal(await page.locator("th[aria-sort]").getAttribute("aria-sort"), "descending");
  await page.getByRole("button", { name: "Checks" }).click();
  assert.equal(await first(), "https://blog.example.com/");
});

test("the search field hides rows as one types, and a refresh keeps it", async () => {
  const page = await open();
  await page.clock.install();
  await page.goto(`${site.address}?lang=en`);
  await page.getByRole("button", { name: "Uptime" }).click();
  await page.getByRole("searchbox", { name: "Filter" }).fill("hoshi");
  const visible = () => page.locator(".sites tbody tr:visible").count();
  assert.equal(await visible(), 1);
  await page.evaluate(() => scrollTo(0, 120));
  const scroll = await page.evaluate(() => scrollY);
  const refreshed = page.waitForResponse((answer) => answer.url().endsWith("?lang=en"));
  await page.clock.fastForward(61_000);
  await refreshed;
  await page.waitForFunction(() => !document.querySelector("[aria-busy]"));
  assert.equal(await visible(), 1);
  assert.equal(await page.getByRole("searchbox").inputValue(), "hoshi");
  assert.equal(await page.evaluate(() => document.activeElement.type), "search");
  assert.equal(await page.evaluate(() => scrollY), scroll);
  assert.equal(await page.locator("th[aria-sort]").count(), 1);
  assert.deepEqual(page.complaints, []);
});

test("a refresh leaves selected text alone", async () => {
  const page = await open();
  await page.clock.install();
  await page.goto(site.address);
  await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("h1")));
  let asked = 0;
  page.on("request", (request) => (asked += request.url() === page.url() ? 1 : 0));
  await page.clock.fastForward(61_000);
  assert.equal(asked, 0);
  assert.notEqual(await page.evaluate(() => String(getSelection())), "");
});

test("ages go on without a request", async () => {
  const page = await open();
  await page.clock.install();
  await page.goto(`${site.address}?lang=en`);
  const age = page.locator("time[data-age]").nth(1);
  assert.match(await age.textContent(), /^[1-3] minutes? ago$/);
  await page.route("**", (route) => route.abort());
  await page.clock.fastForward(20 * 60_000);
  await page.waitForFunction(() => /^2\d minutes ago$/.test(document.querySelectorAll("time[data-age]")[1].textContent));
});

test("bars read out by pointer and by arrow keys", async () => {
  const page = await open();
  await page.goto(`${site.address}?company=analyzegear&site=site2&lang=en`);
  const bars = page.locator("svg[data-days]").first();
  await bars.focus();
  const readOut = page.locator(".read-out");
  assert.equal(await readOut.textContent(), "2024-11-30: checks: 12, failed: 3");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await readOut.textContent(), "2024-11-29: checks: 12, all up");
  assert.equal(await bars.getAttribute("aria-valuetext"), "2024-11-29: checks: 12, all up");
  await page.keyboard.press("Escape");
  assert.equal(await readOut.isVisible(), false);
  const box = await bars.boundingBox();
  await page.mouse.move(box.x + box.width - 1, box.y + box.height / 2);
  assert.equal(await readOut.textContent(), "2024-11-30: checks: 12, failed: 3");
  await page.mouse.move(0, 0);
  assert.equal(await readOut.isVisible(), false);
  assert.deepEqual(page.complaints, []);
});

test("nothing moves while the page is painted", async () => {
  const page = await open({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  for (const path of ["", "?year_month=202411", "?company=analyzegear&site=site1"]) {
    await page.goto(site.address + path, { waitUntil: "networkidle" });
    assert.equal(await page.evaluate(() => window.shift), 0, path);
  }
});

test("the report prints to A4 without the form", async () => {
  const page = await open();
  await page.goto(`${site.address}?year_month=202411`);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#selection-form").isVisible(), false);
  assert.equal(await page.locator("#report").isVisible(), true);
  const pdf = await page.pdf({ format: "A4" });
  assert.equal(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length, 1);
});

test("the check tells whether the host honours .htaccess", async () => {
  const page = await openPage(chromium.browser, site);
  await page.goto(`${site.address}?check=1&lang=en`);
  await page.getByText("The host honours .htaccess").waitFor();
  // A host that ignores it sends the file.
  const text = readFileSync(new URL("../../static/canary.csv", import.meta.url), "utf8");
  await page.route("**/canary.csv*", (route) => route.fulfill({ body: text, contentType: "text/csv" }));
  await page.reload();
  await page.getByText("The host ignores .htaccess").waitFor();
  assert.equal(await page.locator("[data-canary] .state-down").count(), 1);
  // A file that was not copied is refused by any host.
  await page.unroute("**/canary.csv*");
  await page.route("**/canary.csv*", (route) => route.fulfill({ status: 404, body: "Not Found" }));
  await page.reload();
  await page.waitForLoadState("networkidle");
  assert.equal(await page.locator("[data-canary] .state-undated").count(), 1);
  await page.context().close();
});

test("an inline script, style or handler that got into a page would not act", async () => {
  const page = await openPage(chromium.browser, site);
  for (const path of ["", "?company=analyzegear&site=site1", "?year_month=202411", "?check=1", "no/such/page"]) {
    const answer = await page.goto(`${site.address}${path}`);
    assert.doesNotMatch(answer.headers()["content-security-policy"], /unsafe|\*|data:|http/);
    const acted = await page.evaluate(async () => {
      document.body.insertAdjacentHTML("beforeend", '<p id="x" style="color: rgb(1, 2, 3)" onclick="window.acted = 1">x</p>');
      const script = document.createElement("script");
      script.textContent = "window.acted = 2";
      document.body.append(script);
      document.querySelector("#x").click();
      await new Promise((done) => setTimeout(done, 50));
      return [window.acted, getComputedStyle(document.querySelector("#x")).color === "rgb(1, 2, 3)"];
    });
    assert.deepEqual(acted, [undefined, false], path);
  }
  await page.context().close();
});

// Text that means nothing in two pieces: everything but names, URLs, headings and sentences.
const broken = (page) =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest('[dir="auto"], h1, h2, svg, option, .visually-hidden')) continue;
      const piece = /\d{4}-\d\d-\d\d \d\d:\d\d|\S+/g;
      for (const { 0: word, index } of node.data.matchAll(piece)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top)));
        if (lines.size > 1) found.push(word);
      }
    }
    return found;
  });

for (const width of [360, 768, 1024, 1216, 1440]) {
  test(`no date, number or word breaks at ${width} px`, async () => {
    const page = await open({ viewport: { width, height: 900 } });
    for (const path of ["?lang=en", "?company=analyzegear&site=site2&lang=en", "?year_month=202411&lang=en", "?year_month=2024&lang=en"]) {
      await page.goto(site.address + path);
      assert.deepEqual(await broken(page), [], path);
    }
  });
}

test("paper has tables and is white, whatever the reader's system and the width", async () => {
  const page = await open({ colorScheme: "dark", viewport: { width: 718, height: 1047 } });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const path of ["?year_month=202411&lang=en", "?company=analyzegear&site=site2&lang=en", "?lang=en"]) {
    await page.goto(site.address + path);
    const seen = await page.evaluate(() => ({
      rows: [...new Set([...document.querySelectorAll("tbody tr")].map((row) => getComputedStyle(row).display))],
      heads: [...new Set([...document.querySelectorAll("thead")].map((head) => getComputedStyle(head).display))],
      paper: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(document.querySelector("h1")).color.match(/\d+/g).reduce((sum, part) => sum + Number(part), 0) < 300,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }));
    assert.deepEqual(seen, { rows: ["table-row"], heads: ["table-header-group"], paper: "rgb(255, 255, 255)", ink: true, overflow: 0 }, path);
    assert.deepEqual(await broken(page), [], path);
  }
});

test("arrow keys pass through choices; Enter and leaving the field mean them", async () => {
  const page = await open();
  await page.goto(site.address);
  const before = await page.evaluate(() => history.length);
  await page.focus("#company");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await company(page), "hoshizora");
  assert.equal(page.url(), site.address);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\?company=hoshizora$/);
  assert.equal(await page.evaluate(() => history.length), before + 1);
  await page.keyboard.press("ArrowUp");
  assert.match(page.url(), /\?company=hoshizora$/);
  await page.keyboard.press("Tab");
  await page.waitForURL(/\?company=analyzegear$/);
  assert.equal(await page.evaluate(() => history.length), before + 2);
  assert.deepEqual(page.complaints, []);
});

test("a filter without a match says so, and codes are not sorted as text", async () => {
  const page = await open();
  await page.goto(`${site.address}?lang=en`);
  await page.getByRole("searchbox", { name: "Filter" }).fill("nothing like this");
  assert.equal(await page.getByRole("status").filter({ hasText: "No site matches." }).count(), 1);
  await page.getByRole("searchbox", { name: "Filter" }).fill("hoshi");
  assert.equal(await page.getByRole("status").filter({ hasText: "No site matches." }).count(), 0);
  assert.equal(await page.getByRole("button", { name: "Status codes" }).count(), 0);
  assert.equal(await page.getByRole("button", { name: "Uptime" }).count(), 1);
});

test("where rows are cards, nothing that nobody sees takes the focus", async () => {
  const page = await open({ viewport: { width: 800, height: 900 } });
  await page.goto(`${site.address}?lang=en`);
  await page.locator("#sites").waitFor();
  const hidden = await page.evaluate(() => {
    const buttons = [...document.querySelectorAll("thead button")];
    return [buttons.length > 0, buttons.filter((button) => (button.focus(), document.activeElement === button)).length];
  });
  assert.deepEqual(hidden, [true, 0]);
});

test("a refresh neither dims the page nor moves the focus to another link", async () => {
  const page = await open();
  await page.clock.install();
  await page.goto(`${site.address}?lang=en`);
  const second = page.locator(".where a").nth(1);
  await second.focus();
  const id = await second.evaluate((link) => [link.id, link.closest("tr").querySelector(".url").textContent]);
  await page.evaluate(() => {
    window.dimmed = 0;
    const main = document.querySelector("main");
    new MutationObserver(() => (window.dimmed += main.hasAttribute("aria-busy") ? 1 : 0)).observe(main, { attributes: true });
  });
  const refreshed = page.waitForResponse((answer) => answer.url().endsWith("?lang=en"));
  await page.clock.fastForward(61_000);
  await refreshed;
  await page.waitForFunction(() => document.activeElement !== document.body);
  const now = await page.evaluate(() => {
    const link = document.activeElement;
    return [link.id, link.closest("tr")?.querySelector(".url").textContent];
  });
  assert.deepEqual(now, id);
  assert.equal(await page.evaluate(() => window.dimmed), 0);
});

test("ages in Japanese read the same from server and script", async () => {
  const page = await open();
  await page.clock.install();
  await page.goto(site.address);
  await page.clock.fastForward(11_000);
  for (const age of await page.locator("time[data-age]").allTextContents()) assert.match(age, /^\d+(秒|分|時間|日)前$/);
});
