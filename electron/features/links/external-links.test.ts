import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createOpenLoginPage } from './external-links.ts';

const { openExternal } = vi.hoisted(() => ({ openExternal: vi.fn<(url: string) => Promise<void>>() }));
vi.mock('electron', () => ({ shell: { openExternal } }));

describe('the page outside the console', () => {
  beforeEach(() => openExternal.mockReset().mockResolvedValue());
  const open = async (publicUrl: string | null) => {
    const about = publicUrl === null ? null : { publicUrl };
    await createOpenLoginPage({ about: () => about } as never)();
    return openExternal.mock.calls.map(([url]) => url);
  };

  it.each([
    ['https://desk.example.com', 'https://desk.example.com/login'],
    ['https://desk.example.com/base/', 'https://desk.example.com/base/login'],
    ['https://desk.example.com/?next=//evil', 'https://desk.example.com/login'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/login'],
    ['http://localhost:4000', 'http://localhost:4000/login'],
  ])('is the sign-in page of the server that says %s', async (publicUrl, address) => {
    expect(await open(publicUrl)).toEqual([address]);
  });

  it.each([
    null,
    '',
    'desk.example.com',
    'http://desk.example.com',
    'http://127.0.0.1.example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://desk.example.com/share',
    'data:text/html,x',
    'ms-settings:privacy',
    'https://user@desk.example.com',
    'https://:password@desk.example.com',
  ])('is not opened for a server that says %j', async (publicUrl) => {
    expect(await open(publicUrl)).toEqual([]);
  });
});
