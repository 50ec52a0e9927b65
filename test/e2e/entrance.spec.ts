import { mkdir, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures/console.ts';
import { administrator, Entrance } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import { Desk } from '../screens/desk.ts';

test('each failed connection and sign-in has its own message', async ({ launchConsole }) => {
  const { window } = await launchConsole();
  const address = new Entrance(window).serverAddress;
  const connect = new Entrance(window).connect;
  for (const [typed, said] of [
    ['https://127.0.0.1:9', 'The server is not responding.'],
    ['http://reset.example.com', 'A server on another computer needs HTTPS.'],
    ['not an address', 'This is not an address.'],
  ] as const) {
    await address.fill(typed);
    await connect.click();
    await expect(new Entrance(window).connectFailure).toContainText(said);
    await expect(address).toHaveValue(typed);
  }

  const entrance = new Entrance(window);
  await entrance.setUpThisComputer();
  await new Rail(window).signOut();
  const userName = entrance.userName;
  const password = entrance.password;
  await userName.waitFor();
  const wrong = 'Not+the+password1';
  for (let tries = 0; tries < 12; tries += 1) {
    await entrance.signIn(wrong);
    await expect(new Entrance(window).submit).toBeEnabled();
    await entrance.failure.waitFor();
    await expect(userName).toHaveValue(administrator.userName);
    await expect(password).toHaveValue(wrong);
    const said = await entrance.failure.textContent();
    if (said?.includes('locked until') === true) break;
    expect(said).toContain('The user name or the password is wrong.');
  }
  await expect(entrance.failure).toContainText('This operator is locked until');
});

test('the sign-in form comes with the page and does not move when it gets its code', async ({
  launchConsole,
}) => {
  const first = await launchConsole();
  await new Entrance(first.window).setUpThisComputer();
  await new Rail(first.window).signOut();
  await new Entrance(first.window).userName.waitFor();
  await first.app.close();

  const { window } = await launchConsole();
  const entrance = new Entrance(window);
  await expect(entrance.password).toBeFocused();
  await expect(entrance.userName).toHaveValue(administrator.userName);
  // Toggled by the page's code, so it has arrived.
  await window.getByRole('button', { name: 'Toggle password visibility', includeHidden: true }).click();
  await expect(entrance.password).toHaveAttribute('type', 'text');
  const moved = await window.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const seen: PerformanceEntry[] = [];
        new PerformanceObserver((list) => seen.push(...list.getEntries())).observe({
          type: 'layout-shift',
          buffered: true,
        });
        type Shift = PerformanceEntry & {
          readonly sources: readonly {
            readonly node: Element | null;
            readonly previousRect: DOMRect;
            readonly currentRect: DOMRect;
          }[];
        };
        const [painted] = performance.getEntriesByName('first-paint');
        // Buffered entries arrive in a task of their own. The width of a text may change when its font arrives. Before the first paint, this test
        // itself has Chromium compute a layout without styles.
        requestIdleCallback(() =>
          resolve(
            (seen as Shift[])
              .filter(({ startTime }) => startTime >= (painted?.startTime ?? 0))
              .flatMap(({ sources }) => sources)
              .filter(
                ({ previousRect, currentRect }) =>
                  previousRect.y !== currentRect.y || previousRect.height !== currentRect.height,
              )
              .map(({ node }) => node?.className ?? ''),
          ),
        );
      }),
  );
  expect(moved).toEqual([]);
  // The styles of the rendered screen, which only the start page has.
  const styles = await window.locator('head style').allTextContents();
  expect(styles.filter((text) => text.includes('[data-first-style='))).toHaveLength(1);
});

test('the sign-in form can be filled in while the backend starts', async ({ launchConsole, userData }) => {
  const first = await launchConsole();
  await new Entrance(first.window).setUpThisComputer();
  await first.app.close();

  const second = await launchConsole();
  await new Entrance(second.window).signIn();
  await new Desk(second.window).empty.waitFor();
  await second.app.close();

  // A folder in the place of the key, so that the backend cannot start.
  const key = join(userData, 'backend', 'secret.key');
  await rename(key, `${key}.aside`);
  await mkdir(key);
  const third = await launchConsole();
  const entrance = new Entrance(third.window);
  await expect(entrance.unreachable).toContainText('The backend on this computer is not responding');
  await rmdir(key);
  await rename(`${key}.aside`, key);
  await entrance.retry.click();
  await entrance.signIn();
  await new Desk(third.window).empty.waitFor();
});
