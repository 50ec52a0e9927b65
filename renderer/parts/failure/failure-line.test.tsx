import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../../shared/errors/result.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { BannerShown } from './banner-shown.ts';
import { FailureLine } from './failure-line.tsx';

beforeAll(setUpTexts);

const failureWith = (code: string): Failure => ({ code }) as unknown as Failure;
const shownWith = (isBannerShown: boolean, props: Parameters<typeof FailureLine>[0]) => {
  const { unmount } = render(
    <MantineProvider>
      <BannerShown value={isBannerShown}>
        <FailureLine {...props} />
      </BannerShown>
    </MantineProvider>,
  );
  const shown = screen.queryByRole('alert')?.textContent ?? null;
  unmount();
  return shown;
};
const unreachable = failureWith('server.unreachable');

describe('while the banner says that there is no connection', () => {
  it.each([
    'server.unreachable',
    'server.timeout',
    'proxy.no-server',
    'proxy.timeout',
    'backend-process.failed',
  ])('a read that failed for it (%s) says it no second time', (code) => {
    expect(shownWith(true, { read: failureWith(code) })).toBeNull();
    expect(shownWith(false, { read: failureWith(code) })).not.toBeNull();
  });

  it('a read that failed for another reason says it', () => {
    expect(shownWith(true, { read: failureWith('server.certificate-expired') })).toContain('has expired');
  });

  it('an act of the operator that failed says so', () => {
    expect(shownWith(true, { failure: unreachable, read: unreachable })).toContain('not responding');
  });
});

it('the same fault of several fields is said once', () => {
  const fields = ['a', 'b'].map((path) => ({ path, message: 'Fill in this field.' }));
  const shown = shownWith(false, { failure: { code: 'request.invalid', fields } });
  expect(shown?.match(/Fill in this field\./gu)).toHaveLength(1);
});

it('a screen gives the failure of a query as that of a read', () => {
  const renderer = join(import.meta.dirname, '../..');
  const screens = globSync('{screens,parts}/**/*.tsx', { cwd: renderer }).filter(
    // A drill has no banner.
    (file) => !file.startsWith(join('screens', 'drill')),
  );
  expect(screens.length).toBeGreaterThan(100);
  const wrong = screens.filter((file) =>
    /\bfailure=\{[^}]*failureOf\(/.test(readFileSync(join(renderer, file), 'utf8')),
  );
  expect(wrong).toEqual([]);
});
