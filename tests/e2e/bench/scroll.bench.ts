import { expect, test } from '@playwright/test';
import { writeFileSync } from 'node:fs';

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
}

/** Scrolls the Dokumente of a Vorgang to the end, 200 pixels with each frame, and writes how the frames came as a row of a table. */
test('scroll', async ({ page, context }) => {
  const url = given('BENCH_URL');
  const [name = '', ...value] = given('BENCH_COOKIE').split('=');
  await context.addCookies([{ name, value: value.join('='), url }]);
  await page.goto(`${url}/vorgaenge/${given('BENCH_VORGANG')}`);
  await expect(page.getByRole('listbox').first().getByRole('option').first()).toBeVisible();
  const { times, rows } = await page.getByRole('listbox').first().evaluate(async (list) => {
    const gaps: number[] = [];
    let before = await new Promise<number>(requestAnimationFrame);
    let still = 0;
    // The end moves on while further pages come in; half a second without a move is the end.
    while (still < 30) {
      const top = list.scrollTop;
      list.scrollTop += 200;
      still = list.scrollTop === top ? still + 1 : 0;
      const now = await new Promise<number>(requestAnimationFrame);
      if (still === 0) gaps.push(now - before);
      before = now;
    }
    const last = [...list.querySelectorAll('[role=option]')].at(-1);
    return { times: gaps, rows: Number(last?.getAttribute('aria-posinset')) };
  });
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? NaN).toFixed(1);
  const perSecond = (1000 * times.length) / times.reduce((sum, time) => sum + time, 0);
  const late = times.filter((time) => time > 25).length;
  writeFileSync(
    given('BENCH_OUT'),
    `| its list scrolled through ${rows} rows in Chromium: frames per second; p50 and p99 of a frame; more than one frame late | ${perSecond.toFixed(1)}; ${at(0.5)} and ${at(0.99)} ms; ${late} of ${times.length} |\n`,
  );
  expect(rows).toBe(Number(given('BENCH_ROWS')));
});
