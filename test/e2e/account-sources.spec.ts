import { expect, test } from '../fixtures/console.ts';
import { picture } from '../fixtures/picture.ts';
import { AccountSourcesSection } from '../screens/account-sources-section.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import { addressOf } from './caller.ts';

test('an administrator makes a token, with which a provider brings an account in by SCIM', async ({
  launchConsole,
}) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  await new Rail(window).open('settings');
  const sources = new AccountSourcesSection(window);
  await sources.open();
  await sources.addSource('Entra ID');
  const token = await sources.addToken('Entra provisioning');
  await picture(app, window, (name) => test.info().outputPath(name), 'token', '[role="dialog"]');
  await sources.closeToken();
  await expect(sources.tokens).toHaveAttribute('data-state', 'in-use');
  await expect(window.getByText(token)).toHaveCount(0);

  // The public address that the settings show is not reachable in a test.
  const backend = await addressOf(window);
  const here = (shown: string) => `${backend}${new URL(shown).pathname}`;
  const answer = await fetch(`${here(await sources.address(/Base address/))}/Users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({ userName: 'frida.berg', displayName: 'Frida Berg', externalId: 'f-1' }),
  });
  expect(answer.status).toBe(201);
  await expect(sources.cards).toContainText('1 account');

  await sources.readCompleteFiles();
  const upload = await fetch(`${here(await sources.address(/Upload/))}?name=staff.csv`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body: 'Login,Full name\nfrida.berg,Frida Berg',
  });
  expect(upload.status).toBe(202);
  // No operator has mapped these columns yet.
  await expect(sources.runs).toHaveAttribute('data-outcome', 'failed', { timeout: 40_000 });
  await sources.cards.scrollIntoViewIfNeeded();
  await picture(app, window, (name) => test.info().outputPath(name), 'source');

  await new Rail(window).open('desk');
  await new Desk(window).open('frida.berg');
});
