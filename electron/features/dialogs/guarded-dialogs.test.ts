import { describe, expect, it } from 'vitest';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import { guardAtEntrance, guardDialogs } from './guarded-dialogs.ts';

function dialogs() {
  let why: 'console.locked' | 'console.signed-out' | null = null;
  const opened: string[] = [];
  const answers: ((path: string | null) => void)[] = [];
  const open = (name: string) => {
    opened.push(name);
    return new Promise<string | null>((resolve) => {
      answers.push(resolve);
    });
  };
  const guarded = guardDialogs(
    { chooseFile: () => open('open'), chooseTarget: (suggested) => open(suggested) },
    {
      assertUsable: () => {
        if (why !== null) throw new ConsoleFailure(why);
      },
    },
  );
  return {
    ...guarded,
    opened,
    answer: (path: string | null) => answers.shift()?.(path),
    end: (reason: typeof why) => (why = reason),
  };
}

it.each([
  ['does not open at a locked console', true, 'console.locked'],
  ['opens at the entrance, where no operator is signed in', false, '/somewhere/report.zip'],
] as const)('the file dialog of a report %s', async (_what, isLocked, outcome) => {
  const chooseFile = async () => '/somewhere/report.zip';
  const { chooseTarget } = guardAtEntrance(
    { chooseFile, chooseTarget: chooseFile },
    { isLocked: () => isLocked },
  );
  const chosen = await chooseTarget('report.zip').catch((failure: ConsoleFailure) => failure.message);
  expect(chosen).toBe(outcome);
});

describe('a file dialog for a call of the page', () => {
  it.each(['console.locked', 'console.signed-out'] as const)('does not open: %s', async (reason) => {
    const { chooseFile, chooseTarget, opened, end } = dialogs();
    end(reason);
    await expect(chooseFile()).rejects.toThrow(reason);
    await expect(chooseTarget('a.csv')).rejects.toThrow(reason);
    expect(opened).toEqual([]);
  });

  it('has no effect if the console was locked while it was open', async () => {
    const { chooseTarget, answer, end } = dialogs();
    const chosen = chooseTarget('a.csv');
    end('console.locked');
    answer('/somewhere/a.csv');
    await expect(chosen).rejects.toThrow('console.locked');
  });

  it('opens one at a time', async () => {
    const { chooseFile, chooseTarget, answer, opened } = dialogs();
    const first = chooseTarget('a.csv');
    expect(await Promise.all([chooseTarget('b.csv'), chooseFile()])).toEqual([null, null]);
    answer('/somewhere/a.csv');
    expect(await first).toBe('/somewhere/a.csv');
    const next = chooseFile();
    answer(null);
    expect(await next).toBeNull();
    expect(opened).toEqual(['a.csv', 'open']);
  });
});
