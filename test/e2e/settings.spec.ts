import { expect, test } from '../fixtures/console.ts';
import { picture } from '../fixtures/picture.ts';
import { Desk } from '../screens/desk.ts';
import { administrator, Entrance, Lock } from '../screens/entrance.ts';
import { Rail } from '../screens/rail.ts';
import { SettingsScreen } from '../screens/settings-screen.ts';

test('an administrator changes a rule of the policy by keyboard', async ({ launchConsole }, testInfo) => {
  test.slow();
  const { app, window } = await launchConsole();
  const path = testInfo.outputPath.bind(testInfo);
  await new Entrance(window).setUpThisComputer();
  await new Desk(window).importSamples();
  await new SettingsScreen(window).open('policy.title');
  const settings = new SettingsScreen(window);
  await settings.topic('passwords').waitFor();
  for (const [title, name] of [
    ['policy.title', 'policy'],
    ['policy.topics.verification', 'verification'],
    ['policy.topics.resets', 'resets'],
    ['policy.topics.passwords', 'passwords'],
    ['policy.topics.users', 'users'],
  ] as const) {
    const link = settings.link(title);
    await link.focus();
    await window.keyboard.press('Enter');
    await expect(link).toHaveAttribute('aria-current', title === 'policy.title' ? 'page' : 'location');
    // The whole policy is one page, so only its first picture is of all of it.
    await picture(
      app,
      window,
      path,
      name,
      name === 'policy' ? 'main' : `[data-testid="settings-policy-${name}"]`,
    );
  }

  const perAddress = settings.rule('selfService.perAddress');
  await perAddress.fill('0');
  await expect(settings.topic('users')).toContainText('Enter a whole number from 1 to 100000.');
  await expect(settings.savePolicy).toBeDisabled();
  await perAddress.fill('2');
  await settings.rule('passwords.breached.refuse').focus();
  await window.keyboard.press('Space');
  await settings.passwordRulesOf('ldap').focus();
  await window.keyboard.press('Enter');
  await window.keyboard.press('Tab');
  await window.keyboard.type('12');
  await expect(settings.policyState).toHaveText('3 rules changed.');
  await picture(app, window, path, 'changed');
  await window.keyboard.press('Enter');
  await expect(settings.policyState).toHaveText('No changes.');

  await settings.link('policy.title').click();
  await settings.showPolicyHistory.click();
  for (const change of [
    'Requests per hour for one email address: 3 → 2',
    'Refuse breached passwords: no → yes',
    '(LDAP): not required → 12',
  ])
    await expect(settings.policyHistory).toContainText(change);
  await picture(app, window, path, 'history');
});

test('a template is previewed as light and dark mail programs show it, with every word of its plain text', async ({
  launchConsole,
}, testInfo) => {
  test.slow();
  const { app, window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  await new Desk(window).importSamples();
  await new SettingsScreen(window).open('settings.templates.title');
  const which = new SettingsScreen(window).template;
  await which.waitFor();
  const names = await which.getByRole('option').allTextContents();
  expect(names.length).toBeGreaterThan(15);
  for (const name of names) {
    await which.selectOption(name);
    await new SettingsScreen(window).previewTemplate.click();
    const shown = await new SettingsScreen(window).previewedMail.evaluate((article) => {
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
      // Words may be joined at element boundaries, so each word is searched for in the whole text.
      const missing = wordsOf(shown.text).filter((word) => !html.includes(word));
      // The address of the quiet button is not shown.
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
  await new SettingsScreen(window).previewedMail.scrollIntoViewIfNeeded();
  await picture(app, window, testInfo.outputPath.bind(testInfo), 'template');
});

test('unsaved changes of the settings survive a lock on the same page', async ({ launchConsole }) => {
  const { window } = await launchConsole({ RESET_DESK_SMTP_URL: '', RESET_DESK_PUBLIC_URL: '' });
  await new Entrance(window).setUpThisComputer();
  await new Desk(window).importSamples();
  const settings = new SettingsScreen(window);
  await settings.open('policy.title');
  await settings.rule('selfService.perAddress').fill('2');
  await settings.link('settings.mail.title').click();
  await settings.mail('transport').selectOption('smtp');
  await expect(settings.unreachableAddress).toContainText('127.0.0.1');
  await settings.mail('host').fill('relay.example.com');
  await settings.mail('password').fill('a mail password');

  await new Rail(window).lock();
  await new Lock(window).password.fill('wrong');
  await new Lock(window).unlock.click();
  await expect(window.getByRole('alert')).toHaveText('The password is wrong. Check it and try again.');
  await expect(new Lock(window).useCode).toHaveCount(0);
  await new Lock(window).password.fill(administrator.password);
  await new Lock(window).unlock.click();

  await expect(settings.mail('host')).toHaveValue('relay.example.com');
  await expect(settings.mail('password')).toHaveValue('');
  await settings.link('policy.title').click();
  await expect(settings.policyState).toHaveText('1 rule changed.');
});

test('a setting is found by a word of its label, changed, and discarded', async ({
  launchConsole,
}, testInfo) => {
  const { app, window } = await launchConsole();
  const path = testInfo.outputPath.bind(testInfo);
  await new Entrance(window).setUpThisComputer();
  const settings = new SettingsScreen(window);
  await new Rail(window).open('settings');
  await picture(app, window, path, 'groups');

  await settings.find('reset link valid');
  await picture(app, window, path, 'found');
  await settings.found('Reset link valid for (hours)').click();
  await expect(settings.rule('resetLink.validFor')).toBeFocused();

  await settings.find('client id');
  await settings.found('Client ID').first().click();
  const clientId = window.getByTestId('settings-provider-clientId');
  await expect(clientId).toBeFocused();
  const save = window.getByTestId('settings-provider-save');
  await expect(save).toBeDisabled();
  await clientId.fill('desk');
  await expect(save).toBeEnabled();
  await picture(app, window, path, 'changed-client');
  await window.getByTestId('settings-provider-discard').click();
  await expect(clientId).toHaveValue('');
  await expect(save).toBeDisabled();

  // A field that the environment sets, and that takes no focus.
  await settings.find('sender');
  await settings.found('Sender').click();
  await expect(window.locator('#settings-mail-title')).toBeFocused();
});
