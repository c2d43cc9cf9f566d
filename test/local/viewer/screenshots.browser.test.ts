import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, openPage, startBrowser } from '../../support/browser.js';
import { root } from '../../support/imports.js';
import { DAY_MS, NOW_MS, type Stage, startEmpty, stopAll } from '../harness.js';
import { logSample, SAMPLE_GROUPS } from './sample.js';

const FOLDER = 'docs/images';
const MAX_BYTES = 200_000;
const VIEWPORT = { width: 1120, height: 630 };
const THEMES = ['light', 'dark'] as const;
/** For documents the port is the default one: it is in the picture. */
const PORT = 4588;

/** Pictures of the page, by what they show. Each is taken in light and in dark. */
const SCENES: Readonly<Record<string, (page: Page, endpoint: string) => Promise<void>>> = {
  logs: async (page, endpoint) => {
    await page.goto(`${endpoint}/?${new URLSearchParams({ filter: '{ $.level = "error" }' }).toString()}`);
    await page.locator('.row[data-index]').last().click();
    await page.locator('.details').waitFor();
    await page.getByRole('navigation', { name: 'Values to filter by' }).getByText('PaymentError').waitFor();
  },
  tail: async (page, endpoint) => {
    await page.goto(endpoint);
    await page.locator('.row[data-index]').first().waitFor();
    await page.getByRole('navigation', { name: 'Values to filter by' }).getByText('checkout').waitFor();
  },
  insights: async (page, endpoint) => {
    const query = `# What went wrong, and when
filter level in ["info", "warn", "error"]
| stats count(*) as events by bin(1m) as minute, level
| sort minute desc`;
    await page.goto(`${endpoint}/?${new URLSearchParams({ tab: 'insights', query }).toString()}`);
    await page.locator('.chart-line').first().waitFor({ state: 'attached' });
    await page.locator('.result-row[data-index]').first().waitFor();
  },
  calls: async (page, endpoint) => {
    await page.goto(`${endpoint}/?tab=calls`);
    await page.locator('tr.call', { hasText: 'ThrottlingException' }).click();
    await page.getByText('Rate exceeded').waitFor();
  },
};

function fileOf(scene: string, theme: string): string {
  return join(root, FOLDER, `viewer-${scene}-${theme}.png`);
}

/** In `UPDATE_DOCS=1` they are taken anew. */
describeInBrowser('the pictures in the documents', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterEach(stopAll);
  afterAll(() => browser.close());

  test.each(Object.keys(SCENES).flatMap((scene) => THEMES.map((theme) => [scene, theme] as const)))(
    'show %s in %s, and are small',
    async (scene, theme) => {
      if (process.env['UPDATE_DOCS']) await take(browser, scene, theme);
      expect(statSync(fileOf(scene, theme)).size).toBeLessThan(MAX_BYTES);
      expect(readFileSync(join(root, 'docs/local.md'), 'utf8')).toContain(
        `images/viewer-${scene}-${theme}.png`,
      );
    },
  );

  test('can be taken: each scene comes about', async () => {
    const stage = await shop();
    for (const scene of Object.values(SCENES)) {
      const { page, complaints } = await openPage(browser, 'about:blank');
      await scene(page, stage.service.endpoint);
      expect(complaints).toEqual([]);
    }
  });
});

async function take(browser: Browser, scene: string, colorScheme: (typeof THEMES)[number]): Promise<void> {
  const { service } = await shop(PORT);
  const { page } = await openPage(browser, 'about:blank', { colorScheme, viewport: VIEWPORT });
  await SCENES[scene]!(page, service.endpoint);
  await page.getByText('live', { exact: true }).waitFor();
  mkdirSync(join(root, FOLDER), { recursive: true });
  await page.screenshot({ path: fileOf(scene, colorScheme) });
}

/** A server with the sample, of which a call was throttled, and the event of another one rejected. */
async function shop(port = 0): Promise<Stage> {
  const stage = await startEmpty({ port });
  await logSample(stage.client, NOW_MS);
  const put = (ageMs: number): Promise<unknown> => {
    const logEvents = [{ timestamp: NOW_MS - ageMs, message: 'a line' }];
    const call = { logGroupName: SAMPLE_GROUPS[0], logStreamName: 'api-1', logEvents };
    return stage.raw('PutLogEvents', call, { headers: { 'User-Agent': 'fapilog-cloudwatch/0.1.0' } });
  };
  await put(20 * DAY_MS);
  await fetch(`${stage.service.endpoint}/viewer/faults`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify([{ kind: 'throttle', operation: 'PutLogEvents', probability: 1 }]),
  });
  await put(0);
  return stage;
}
