import { deskOf } from '../backend/desk-call.ts';
import { expect, test } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { administrator, Entrance } from '../screens/entrance.ts';
import { addressOf } from './caller.ts';

test('an operator’s token without the console gets no reset without assurance', async ({ launchConsole }) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  const url = await addressOf(window);
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const { userName, password } = administrator;
  const signedIn = (await (await ask('POST', '/api/v1/session', { userName, password })).json()) as {
    accessToken: string;
  };
  const curl = deskOf(ask, signedIn.accessToken);
  const opened = await curl.openCase('m.okafor');
  expect(await curl.mint(opened.id, 'temporary-password')).toMatchObject({ status: 403 });
  expect(await curl.reset(opened.id, 'made-up', 'temporary-password', 'made-up-key')).toMatchObject({
    status: 403,
    body: { code: 'assurance.not-enough' },
  });
  await desk.open('m.okafor');
  const { timeline } = new CaseScreen(window);
  await expect(timeline).toContainText('Reset refused');
  await expect(timeline).toContainText('Reset not permitted');
});
