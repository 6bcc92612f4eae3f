// What the browser tests share: the preview server with the sample logs, and Debian's
// Chromium. Each test gets pages that fail it on any console error or request elsewhere.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Starts the preview with the logs in `logs` (default: the sample logs); resolves to its address. */
export async function startSite(logs) {
  const env = { ...process.env };
  if (logs) env.SITE_MONITOR_LOGS = logs;
  const server = spawn("cargo", ["run", "--quiet", "--locked", "--example", "preview"], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const lines = createInterface({ input: server.stdout });
  for await (const line of lines) {
    const address = line.match(/http:\/\/\S+\//)?.[0];
    if (!address) continue;
    // The group, because cargo is the parent of the server itself.
    return { address, stop: () => process.kill(-server.pid) };
  }
  throw new Error("the preview ended before it named its address");
}

/** Starts Chromium with a new profile, and without its own background traffic. */
export async function startBrowser() {
  assert.ok(existsSync(CHROMIUM), `${CHROMIUM} is missing; run: apt-get install chromium`);
  const profile = mkdtempSync(join(tmpdir(), "site-monitor-chromium-"));
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    env: { ...process.env, HOME: profile },
  });
  return {
    browser,
    /** A page that nobody looks at any more goes on refreshing. */
    closePages: () => Promise.all(browser.contexts().map((context) => context.close())),
    stop: async () => {
      await browser.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Opens a page that collects what must not happen in `page.complaints`: console errors and
 * warnings (a violated policy is one), uncaught errors, requests to any other address.
 */
export async function openPage(browser, site, options = {}) {
  const context = await browser.newContext({ locale: "ja-JP", ...options });
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(site.address)) page.complaints.push(`asked for ${request.url()}`);
  });
  return page;
}
