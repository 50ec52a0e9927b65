import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface DemoConsole {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly close: () => Promise<void>;
}

/** Starts a console on a user-data folder of its own. */
export async function startDemoConsole(
  environment: Readonly<Record<string, string>> = {},
): Promise<DemoConsole> {
  const userData = await mkdtemp(join(tmpdir(), 'reset-desk-demo-'));
  const app = await _electron.launch({
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root],
    cwd: root,
    colorScheme: null,
    env: {
      ...(process.env as Record<string, string>),
      RESET_DESK_USER_DATA: userData,
      ...environment,
    },
  });
  return {
    app,
    window: await app.firstWindow(),
    close: async () => {
      await app.close();
      await rm(userData, { recursive: true, force: true });
    },
  };
}

/** Takes a numbered picture of a console, dark and light, with a caption. */
export type Show = (console: DemoConsole, name: string, what: string) => Promise<void>;

/** `said` gets a line for each picture. */
export function createShow(out: string, said: (line: string) => void): Show {
  let number = 0;
  return async ({ app, window }, name, what) => {
    number += 1;
    const file = `${String(number).padStart(2, '0')}-${name}`;
    // A pointer on a button of the rail shows its tooltip over the screen.
    await window.mouse.move(0, 0);
    for (const scheme of ['dark', 'light'] as const) {
      await app.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source;
      }, scheme);
      await window.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor();
      await window.screenshot({ path: join(out, `${file}-${scheme}.png`) });
    }
    said(`${number}. ${what} (\`${file}-light.png\`, \`${file}-dark.png\`)`);
    console.log(`${number}. ${what}`);
  };
}
