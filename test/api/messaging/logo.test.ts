import { describe, expect } from 'vitest';
import { staffedTest } from '../../fixtures/api.ts';
import { pngOf } from '../../../backend/messaging/branding/png-for-test.ts';

const png = pngOf({ width: 120, height: 40 });

describe('the logo of the pages', () => {
  const it = staffedTest.extend('put', ({ administrator }) => async (bytes: Buffer) => {
    await administrator.prove();
    return administrator.call<{ detail?: string }>('PUT', '/settings/logo', {
      image: bytes.toString('base64'),
    });
  });

  it('replaces the product’s mark once an administrator has chosen it', async ({ put, backend }) => {
    const page = async () => (await backend.ask('GET', '/login')).text();
    expect(await page()).not.toContain('class="logo"');
    expect(await put(png)).toMatchObject({ status: 200, body: { logo: { width: 120, height: 40 } } });
    const [, path = ''] = /<img class="logo" src="([^"]+)"/.exec(await page()) ?? [];
    const picture = await backend.ask('GET', path);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(png);
  });

  it('is removed again', async ({ put, backend, administrator }) => {
    await put(png);
    expect(await administrator.call('DELETE', '/settings/logo')).toMatchObject({ body: { logo: null } });
    expect(await (await backend.ask('GET', '/login')).text()).not.toContain('class="logo"');
    expect((await backend.ask('GET', '/logo.png')).status).toBe(404);
  });

  it('is never an SVG, whose scripts could run', async ({ put, backend }) => {
    const answer = await put(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'));
    expect(answer).toMatchObject({
      status: 400,
      body: { detail: 'Only pictures in PNG format can be stored.' },
    });
    expect((await backend.ask('GET', '/logo.png')).status).toBe(404);
  });
});
