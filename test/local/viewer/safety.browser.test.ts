import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { describeInBrowser, openPage, startBrowser } from '../../support/browser.js';
import { NOW_MS, rawHeaders, type Stage, stopAll } from '../harness.js';
import { startWith } from './page.js';

/** What would run if a part of a line became markup. */
const HOSTILE = [
  '<script>window.stolen = 1</script>',
  '<img src=x onerror="window.stolen = 1">',
  '{"level":"<img src=x onerror=window.stolen=1>","message":"<svg onload=window.stolen=1>","service":"\\"><script>window.stolen=1</script>","error":{"type":"<b>x</b>","message":"<iframe srcdoc=x>","stack":"<style>*{display:none}</style>"}}',
  '\u001b[31m<a href="javascript:window.stolen=1">red</a>\u001b[0m',
  `{"level":"constructor","message":"deep","a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  '{"__proto__":{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=window.stolen=1>"}},"message":"prototype"}',
];

function hostile(): Promise<Stage> {
  const logEvents = HOSTILE.map((message, index) => ({ timestamp: NOW_MS + index, message }));
  return startWith({ '/g': { '<img src=x onerror=alert(1)>': logEvents } });
}

describeInBrowser('log lines', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterEach(stopAll);
  afterAll(() => browser.close());

  test('are text in every part of the page, and the page needs nothing that its policy forbids', async () => {
    const { service } = await hostile();
    const { page, complaints } = await openPage(browser, service.endpoint);
    const list = page.getByRole('grid');
    await list.getByText('<script>window.stolen = 1</script>').waitFor();
    await list.getByText('<img src=x onerror="window.stolen = 1">').waitFor();
    for (let index = 0; index < HOSTILE.length; index += 1) {
      await list.locator(`[data-index="${index}"]`).click();
      await page.locator('.details').waitFor();
    }
    await page.getByRole('button', { name: /log groups/i }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Calls' }).click();
    await page.locator('.call-name').first().click();
    expect(
      await page.evaluate(
        '[window.stolen, document.querySelectorAll("#app :is(img, script, iframe, style, b)").length]',
      ),
    ).toEqual([undefined, 0]);
    expect(complaints).toEqual([]);
  });

  test('show marks of the writing direction as signs, in every part of the page', async () => {
    const mark = '\u202e';
    const line = {
      level: `${mark}l`,
      message: `${mark}m`,
      service: `${mark}s`,
      [`${mark}field`]: `${mark}v`,
      error: { type: `${mark}t`, message: `${mark}m`, stack: `E\n    at ${mark}f` },
    };
    const logEvents = [{ timestamp: NOW_MS, message: JSON.stringify(line) }];
    const { service } = await startWith({ '/g': { [`${mark}stream`]: logEvents } });
    const { page } = await openPage(browser, service.endpoint);
    await page.getByRole('grid').locator('[data-index="0"]').click();
    await page.getByRole('button', { name: 'Column U+202Efield' }).click();
    await page.locator('.facet-value').first().waitFor();
    await page.getByRole('button', { name: /log groups/i }).click();
    await page.locator('.twist').click();
    const shown = [await page.locator('#app').innerHTML()];
    await page.getByRole('button', { name: 'Calls' }).click();
    await page.locator('.call-name').first().click();
    shown.push(await page.locator('#app').innerHTML());
    for (const markup of shown) {
      expect(markup).toContain('U+202Estream');
      expect(markup).not.toContain(mark);
    }
  });

  test('could run nothing, were they markup', async () => {
    const { service } = await hostile();
    const { page } = await openPage(browser, service.endpoint);
    const outcome = await page.evaluate(`(async () => {
      const refused = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective));
      const image = document.createElement('img');
      const attempts = [
        () => (document.body.innerHTML = '<img src=x onerror="window.stolen=1">'),
        () => image.setAttribute('onerror', 'window.stolen = 1'),
        () => eval('window.stolen = 1'),
        () => setTimeout('window.stolen = 1'),
      ];
      // By a timer, because the browser lets the one who debugs it evaluate texts.
      const attempt = (work) => setTimeout(() => {
        try { work(); } catch (error) { refused.push(error.name); }
      });
      attempts.forEach(attempt);
      image.src = 'http://127.0.0.1:1/x';
      document.body.append(image);
      await fetch('http://127.0.0.1:1/').catch(() => 0);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { stolen: window.stolen, refused };
    })()`);
    expect(outcome).toEqual({
      stolen: undefined,
      refused: expect.arrayContaining([
        'require-trusted-types-for',
        'TypeError',
        'img-src',
        'EvalError',
        'connect-src',
      ]),
    });
  });
});

describeInBrowser('another page', () => {
  let browser: Browser;
  let other: Server;
  let stage: Stage;

  beforeAll(async () => {
    // As if its owner had pointed the name at this machine.
    browser = await startBrowser(['--host-resolver-rules=MAP evil.example 127.0.0.1']);
    other = createServer((_, response) =>
      response.setHeader('Content-Type', 'text/html').end('<p>other</p>'),
    );
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(async () => {
    stage = await startWith({ '/g': { s: [{ timestamp: NOW_MS, message: 'secret' }] } });
  });
  afterEach(stopAll);
  afterAll(async () => {
    await browser.close();
    other.close();
  });

  const portOf = (): string => new URL(stage.service.endpoint).port;

  /** What a script of the page gets from this server: each answer's status, or that there is none. */
  async function asked(url: string): Promise<unknown> {
    const { page } = await openPage(browser, url);
    const headers = JSON.stringify(rawHeaders('CreateLogGroup'));
    return page.evaluate(`(async () => {
      const call = { method: 'POST', headers: ${headers}, body: '{"logGroupName":"/evil"}' };
      const asks = [
        ...['', '/viewer/events', '/viewer/feed'].map((path) => fetch('${originOf(url)}' + path)),
        fetch('${originOf(url)}/', call),
        fetch('${originOf(url)}/', { method: 'POST', mode: 'no-cors', body: '{}' }),
        fetch('${originOf(url)}/viewer/faults', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '[]' }),
      ];
      return (await Promise.allSettled(asks)).map(({ value }) => value?.status ?? 'none');
    })()`);
  }

  function originOf(url: string): string {
    const { hostname } = new URL(url);
    return hostname === 'evil.example' ? `http://evil.example:${portOf()}` : stage.service.endpoint;
  }

  test('whose name leads here reads and writes nothing', async () => {
    const statuses = await asked(`http://evil.example:${portOf()}/`);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 403]);
    expect(
      (await stage.client.describeLogGroups({})).logGroups?.map(({ logGroupName }) => logGroupName),
    ).toEqual(['/g']);
  });

  test('of this machine reads and writes nothing', async () => {
    const { port } = other.address() as AddressInfo;
    const statuses = await asked(`http://127.0.0.1:${port}/`);
    // Status 0 is an answer that the page may not look at.
    expect(statuses).toEqual(['none', 'none', 'none', 'none', expect.anything(), 'none']);
    expect(
      (await stage.client.describeLogGroups({})).logGroups?.map(({ logGroupName }) => logGroupName),
    ).toEqual(['/g']);
  });

  test('cannot embed this one, its scripts or its data', async () => {
    const { port } = other.address() as AddressInfo;
    const { page, complaints } = await openPage(browser, `http://127.0.0.1:${port}/`);
    const loaded =
      await page.evaluate(`Promise.all(['script', 'img', 'iframe'].map((name) => new Promise((resolve) => {
      const element = document.createElement(name);
      element.onload = () => resolve(name === 'iframe' && element.contentDocument === null ? 'refused' : 'loaded');
      element.onerror = () => resolve('refused');
      element.src = '${stage.service.endpoint}' + (name === 'iframe' ? '/' : '/viewer/events');
      document.body.append(element);
    })))`);
    expect(loaded).toEqual(['refused', 'refused', 'refused']);
    expect(complaints.join('\n')).toMatch(/frame-ancestors/);
  });
});
