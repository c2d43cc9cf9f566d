import type { Browser } from 'playwright-core';
import { describeInBrowser, openPage, startBrowser } from '../../support/browser.js';
import { NOW_MS, stopAll } from '../harness.js';
import { startWith } from './page.js';

describeInBrowser('the page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterEach(stopAll);
  afterAll(() => browser.close());

  test('loads with nothing that its policy forbids', async () => {
    const { service } = await startWith({ '/g': { s: [{ timestamp: NOW_MS, message: 'a line' }] } });
    const { page, complaints } = await openPage(browser, service.endpoint);
    await page.waitForLoadState('load');
    expect(await page.title()).toContain('CloudWatch Logs');
    expect(complaints).toEqual([]);
  });
});
