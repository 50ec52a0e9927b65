import { expect, test } from '../fixtures/console.ts';
import { picture } from '../fixtures/picture.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import { SettingsScreen } from '../screens/settings-screen.ts';

test('an administrator finds a rule of the policy, changes it by keyboard, and reads in words what was changed', async ({
  launchConsole,
}, testInfo) => {
  test.slow();
  const { app, window } = await launchConsole();
  const path = testInfo.outputPath.bind(testInfo);
  await new Entrance(window).setUpThisComputer();
  await new Desk(window).importSamples();
  await new Rail(window).open('settings');
  const contents = window.getByRole('navigation', { name: 'Settings sections' });
  await window.getByRole('heading', { name: 'New passwords' }).waitFor();
  for (const [topic, name] of [
    ['Policy', 'policy'],
    ['Verification', 'verification'],
    ['Temporary passwords and reset links', 'resets'],
    ['New passwords', 'passwords'],
    ['Self-service and user sign-in', 'users'],
  ] as const) {
    const link = contents.getByRole('link', { name: topic, exact: true });
    await link.focus();
    await window.keyboard.press('Enter');
    await expect(link).toHaveAttribute('aria-current', 'true');
    await picture(app, window, path, name);
  }

  const perAddress = window.getByLabel('Requests per hour for one email address');
  await perAddress.fill('0');
  await expect(window.getByText('Enter a whole number from 1 to 100000.')).toBeVisible();
  const save = new SettingsScreen(window).savePolicy;
  await expect(save).toBeDisabled();
  await perAddress.fill('2');
  await window.getByLabel('Refuse breached passwords').focus();
  await window.keyboard.press('Space');
  await window.getByText('Only for accounts in LDAP').focus();
  await window.keyboard.press('Enter');
  await window.keyboard.press('Tab');
  await window.keyboard.type('12');
  await expect(window.getByText('3 rules changed.')).toBeVisible();
  await picture(app, window, path, 'changed');
  await window.keyboard.press('Enter');
  await expect(window.getByText('No changes.')).toBeVisible();

  await contents.getByRole('link', { name: 'Policy', exact: true }).click();
  await window.getByRole('button', { name: 'Show history' }).click();
  await expect(window.getByText('Requests per hour for one email address: 3 → 2')).toBeVisible();
  await expect(window.getByText('Refuse breached passwords: no → yes')).toBeVisible();
  await expect(window.getByText(/\(LDAP\): not required → 12/)).toBeVisible();
  await picture(app, window, path, 'history');
});

test('a template is looked at as a light and a dark mail program show it, with every word of the text', async ({
  launchConsole,
}, testInfo) => {
  test.slow();
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  await new Desk(window).importSamples();
  await new Rail(window).open('settings');
  const which = new SettingsScreen(window).template;
  await which.waitFor();
  const names = await which.getByRole('option').allTextContents();
  expect(names.length).toBeGreaterThan(15);
  for (const name of names) {
    await which.selectOption(name);
    await new SettingsScreen(window).previewTemplate.click();
    const shown = await window.getByRole('article', { name: /^Preview of/ }).evaluate((article) => {
      const [light, dark] = [...article.querySelectorAll('[role=img]')].map(({ shadowRoot }) => shadowRoot);
      const button = dark?.querySelector('.go');
      return {
        text: article.querySelector('pre')?.textContent ?? '',
        light: light?.textContent ?? '',
        dark: dark?.textContent ?? '',
        paper: [light, dark].map(
          (root) => getComputedStyle(root?.querySelector('.paper') ?? article).backgroundColor,
        ),
        button: button ? getComputedStyle(button).backgroundColor : null,
      };
    });
    const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== '');
    for (const html of [shown.light, shown.dark]) {
      // Glued together where an element ends, so each word is looked for in it all.
      const missing = wordsOf(shown.text).filter((word) => !html.includes(word));
      // The address of the quiet button is not written out.
      expect(
        missing.filter((word) => !word.includes('/not-me/')),
        name,
      ).toEqual([]);
    }
    expect(shown.paper, name).toEqual(['rgb(255, 255, 255)', 'rgb(31, 32, 35)']);
    if (shown.button !== null) expect(shown.button, name).toBe('rgb(44, 192, 177)');
  }
  await which.selectOption('Reset link');
  await new SettingsScreen(window).previewTemplate.click();
  await window.getByRole('article', { name: /^Preview of/ }).scrollIntoViewIfNeeded();
  await picture(app, window, testInfo.outputPath.bind(testInfo), 'template');
});
