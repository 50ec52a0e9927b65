import { expect, onTestFinished, test, vi } from 'vitest';
import { createBadge } from './badge.ts';

const { setBadgeCount, createFromDataURL } = vi.hoisted(() => ({
  setBadgeCount: vi.fn<(count: number) => boolean>(() => true),
  createFromDataURL: (text: string) => text.slice(0, 14),
}));
vi.mock('electron', () => ({ app: { setBadgeCount }, nativeImage: { createFromDataURL } }));

function on(platform: NodeJS.Platform) {
  const { platform: before } = process;
  Object.defineProperty(process, 'platform', { value: platform });
  onTestFinished(() => {
    Object.defineProperty(process, 'platform', { value: before });
  });
  const setOverlayIcon = vi.fn<(overlay: unknown, description: string) => void>();
  return { setOverlayIcon, show: createBadge(() => ({ setOverlayIcon }) as never) };
}

test.for(['linux', 'darwin'] as const)('the icon of the console has the number on %s', (platform) => {
  const { show, setOverlayIcon } = on(platform);
  show(3);
  expect(setBadgeCount).toHaveBeenLastCalledWith(3);
  expect(setOverlayIcon).not.toHaveBeenCalled();
});

test('the button on the taskbar of Windows has a dot that says the number, and loses it', () => {
  const { show, setOverlayIcon } = on('win32');
  show(3);
  expect(setOverlayIcon).toHaveBeenLastCalledWith('data:image/png', '3 waiting in Reset Desk');
  show(0);
  expect(setOverlayIcon).toHaveBeenLastCalledWith(null, '');
});
