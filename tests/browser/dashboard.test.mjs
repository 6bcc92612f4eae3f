// The dashboard in a real browser: with and without JavaScript, on a phone, in the dark.

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
  assert.equal(await sites(page).count(), 2);
  assert.equal(await company(page), "analyzegear");
  assert.deepEqual(page.complaints, []);
});

for (const width of [320, 768, 1440]) {
  for (const path of ["", "?company=analyzegear&lang=en", "no/such/page"]) {
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
