// The bars of an overview, by the pixels that a reader sees.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import assert from "node:assert/strict";
import { openPage, startBrowser, startSite } from "./site.mjs";

const HEAD = "日時,サイト,状態,ステータスコード";
const EVERY = 5;
const DAY = 86_400_000;
const LAST = Date.parse("2024-11-30T00:00:00Z");

// Days before the last one, which is today.
const FIRST = 50;
const DAYS = { before: 55, empty: 20, maintenance: 15, failed: 10, good: 5 };

const date = (ago) => new Date(LAST - ago * DAY).toISOString().slice(0, 10);
const time = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

let logs;
let site;
let chromium;

before(async () => {
  logs = mkdtempSync(join(tmpdir(), "site-monitor-bars-"));
  const folder = join(logs, "acme", "web");
  mkdirSync(folder, { recursive: true });
  const months = new Map();
  for (let ago = FIRST; ago >= 0; ago -= 1) {
    if (ago === DAYS.empty) continue;
    for (let minutes = 0; minutes < 1440; minutes += EVERY) {
      const failed = ago === DAYS.failed && minutes === 600;
      const month = date(ago).slice(0, 7).replace("-", "");
      const row = `${date(ago)} ${time(minutes)}:00,https://acme.example/,${failed ? "異常,500" : "正常に稼働中,200"}`;
      months.set(month, [...(months.get(month) ?? [HEAD]), row]);
    }
  }
  for (const [month, rows] of months) writeFileSync(join(folder, `web_${month}.csv`), `${rows.join("\n")}\n`);
  const day = date(DAYS.maintenance);
  writeFileSync(join(logs, "acme", "notes.csv"), `開始,終了,サイト,種類,内容\n${day} 01:00,${day} 03:00,web,メンテナンス,更新\n`);
  site = await startSite(logs);
  chromium = await startBrowser();
});

afterEach(() => chromium.closePages());

after(async () => {
  await chromium?.stop();
  site?.stop();
  rmSync(logs, { recursive: true, force: true });
});

// The colours in a picture, by how many of its pixels have them. The page that decodes it is an
// empty one, whose policy does not forbid that.
async function colours(blank, png) {
  return blank.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const { data: bytes } = canvas.getImageData(0, 0, image.width, image.height);
    const count = {};
    for (let at = 0; at < bytes.length; at += 4) {
      const colour = `rgb(${bytes[at]}, ${bytes[at + 1]}, ${bytes[at + 2]})`;
      count[colour] = (count[colour] ?? 0) + 1;
    }
    return count;
  }, png.toString("base64"));
}

for (const [width, deviceScaleFactor, colorScheme] of [[1280, 1, "light"], [1280, 1, "dark"], [360, 1, "light"], [360, 3, "dark"]]) {
  test(`a failed check of 288, and every kind of day, is seen at ${width} px, ${deviceScaleFactor}x, ${colorScheme}`, async () => {
    const page = await openPage(chromium.browser, site, { viewport: { width, height: 800 }, deviceScaleFactor, colorScheme });
    const blank = await page.context().newPage();
    await page.goto(site.address);
    const bars = page.locator(".sites svg.days");
    const box = await bars.boundingBox();
    const token = (name) =>
      bars.evaluate((svg, name) => {
        const mark = document.createElementNS("http://www.w3.org/2000/svg", "path");
        mark.setAttribute("class", name);
        svg.append(mark);
        const { fill } = getComputedStyle(mark);
        mark.remove();
        return fill;
      }, name);
    const [red, green, planned] = [await token("day-down"), await token("day-up"), await token("day-planned")];
    const pitch = box.width / 90;
    const looks = {};
    for (const [name, ago] of Object.entries(DAYS)) {
      // Less the gap, and what a fraction of a pixel blends.
      const clip = { x: Math.ceil(box.x + (89 - ago) * pitch), y: box.y, width: Math.max(1, Math.floor(pitch) - 1), height: box.height };
      looks[name] = await colours(blank, await page.screenshot({ clip }));
    }
    const has = (name, colour) => (looks[name][colour] ?? 0) / Object.values(looks[name]).reduce((sum, one) => sum + one, 0);
    assert.ok(has("failed", red) > 0.25, JSON.stringify(looks.failed));
    assert.ok(has("failed", green) > 0.25, JSON.stringify(looks.failed));
    assert.ok(has("good", green) > 0.5, JSON.stringify(looks.good));
    assert.ok(has("maintenance", planned) > 0.25, JSON.stringify(looks.maintenance));
    for (const name of ["good", "maintenance", "empty", "before"]) assert.equal(has(name, red), 0, name);
    for (const name of ["empty", "before"]) assert.equal(has(name, green), 0, name);
    const kinds = new Set(Object.values(looks).map((look) => JSON.stringify(Object.entries(look).sort())));
    assert.equal(kinds.size, Object.keys(DAYS).length, JSON.stringify(looks));
  });
}
