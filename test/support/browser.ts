import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { describeWith, findProgram } from './tools.js';

/** CHROMIUM names one; else Debian's, else what other systems have. */
const found =
  process.env['CHROMIUM'] ||
  ['chromium', 'chromium-browser', 'google-chrome'].map(findProgram).find((path) => path !== undefined);

/** `describe`, where there is a browser. */
export const describeInBrowser = describeWith(found);

/** What a machine for tests can do: no sandbox as root, no GPU; and nothing that asks the network. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium. */
export async function startBrowser(flags: readonly string[] = []): Promise<Browser> {
  if (found === undefined)
    throw new Error(
      'There is no Chromium: install Debian’s package chromium, or name the program in CHROMIUM.',
    );
  return chromium.launch({ executablePath: found, args: [...FLAGS, ...flags] });
}

/** A page of its own session, and everything that it complained of: errors, and what its policy forbade. */
export interface WatchedPage {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Shown as most people have it, unless said otherwise. */
const SCREEN: BrowserContextOptions = {
  viewport: { width: 1280, height: 800 },
  colorScheme: 'light',
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
};

/** @param script runs before those of the page */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  script?: string,
): Promise<WatchedPage> {
  const context = await browser.newContext({ ...SCREEN, ...options });
  const page = await context.newPage();
  if (script !== undefined) await page.addInitScript(script);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  return { page, complaints };
}
