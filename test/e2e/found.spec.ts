import { expect, test } from '../fixtures/console.ts';
import { picture } from '../fixtures/picture.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';

test('a caller is found by what the telephone shows, what was pasted or a name that was misheard', async ({
  launchConsole,
}, testInfo) => {
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  for (const shown of ['0049 555 0100318', '+495550100318', 'tel:+49-555-0100-318', '555 0100 318 #12']) {
    await desk.search.fill(shown);
    await expect(desk.hits.first()).toContainText('Marlene Okafor');
    await expect(desk.hits.first()).toContainText(/phone/i);
  }
  for (const pasted of [
    'CORP\\m.okafor',
    'Okafor, Marlene <marlene.okafor@example.com>;',
    '“m.okafor”',
    '#E10318',
  ]) {
    await desk.search.fill(pasted);
    await expect(desk.hits.first()).toContainText('Marlene Okafor');
  }
  await desk.search.fill('Marlene Ocafor');
  await expect(desk.hits.first()).toContainText('Marlene Okafor');
  await expect(desk.hits.first()).toContainText('sounds like it');
  await picture(app, window, testInfo.outputPath.bind(testInfo), 'sounds-like');
});
