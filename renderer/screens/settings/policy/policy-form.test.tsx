import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { defaultPolicy, type PolicyDocument } from '../../../../shared/api/policy.ts';
import { policyRules, type PolicyRule } from '../../../../shared/api/policy-rules.ts';
import type { Bridge } from '../../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../../bridge/console-bridge.ts';
import { setUpTexts } from '../../../texts/set-up-texts.ts';
import { PolicyForm } from './policy-form.tsx';
import { rulesThatDiffer, valueAt } from './rule-path.ts';
import { unitOf } from './rule-units.ts';

let saved: PolicyDocument[];
/** Whether the operator may see the logo. */
let mayRead: boolean;
beforeAll(() => setUpTexts());
beforeEach(() => {
  saved = [];
  mayRead = true;
});

const bridge = {
  settings: {
    changePolicy: ({ body }: { body: { document: PolicyDocument } }) => {
      saved.push(body.document);
      return Promise.resolve({ ok: true, value: null });
    },
    logo: () =>
      Promise.resolve(
        mayRead
          ? { ok: true, value: { logo: null } }
          : { ok: false, failure: { code: 'operator.not-allowed' } },
      ),
    dryRunPolicy: () => Promise.resolve({ ok: true, value: { resets: 0, byTodaysTier: 0, refused: [] } }),
  },
} as unknown as Bridge;

const show = (document: PolicyDocument = defaultPolicy, mayChange = true) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <BridgeOverride value={bridge}>
          <PolicyForm
            view={{
              version: 3,
              changedAt: new Date(0).toISOString(),
              changedBy: null,
              document,
              breachedList: 'none',
            }}
            mayChange={mayChange}
            onChanged={() => undefined}
            idOf={(topic) => topic}
            head={null}
          />
        </BridgeOverride>
      </MantineProvider>
    </QueryClientProvider>,
  );

const controlsOf = (path: string) => [
  ...document.querySelectorAll<HTMLInputElement>(`[data-rule="${path}"]`),
];
// A search by role reads the styles of every element.
const saveButton = () => screen.getByTestId<HTMLButtonElement>('settings-policy-save');
const save = () => act(async () => saveButton().click());
const type = (path: string, value: string) => {
  const [control] = controlsOf(path);
  if (control === undefined) throw new Error(`no control for ${path}`);
  fireEvent.change(control, { target: { value } });
};

/** Gives a rule another value by its control, as an administrator would. */
function alter(rule: PolicyRule, before: unknown): void {
  const { path, least, most, options } = rule;
  if (rule.kind === 'switch') return controlsOf(path)[0]?.click();
  if (rule.kind === 'many') return controlsOf(path).at(-1)?.click();
  if (rule.kind === 'choice') return type(path, options[(options.indexOf(String(before)) + 1) % 2] ?? '');
  if (rule.kind === 'amount') {
    const unit = unitOf(path);
    const middle = Math.round(((least ?? 0) + (most ?? 0)) / 2 / unit);
    return type(path, String(middle * unit === before ? middle + 1 : middle));
  }
  if (path.endsWith('.timeZone')) return type(path, 'Europe/Lisbon');
  if (path.endsWith('.phoneCountry')) return type(path, 'DE');
  if (path.endsWith('.exemptNetworks')) return type(path, '192.0.2.0/24');
  return type(path, rule.kind === 'amounts' ? '14, 7' : 'Acme');
}

// Draws the whole policy once for each of some eighty rules: longer than other tests take where the machine is busy.
it(
  'has a control for every rule of the policy that changes only this rule',
  { timeout: 60_000 },
  async () => {
    show();
    const state = screen.getByTestId('settings-policy-state');
    for (const [at, rule] of policyRules.entries()) {
      const { path } = rule;
      expect(controlsOf(path).length, `${path} has no control`).toBeGreaterThan(0);
      for (const control of controlsOf(path)) {
        const named =
          control.labels?.length ||
          control.getAttribute('aria-label') ||
          control.getAttribute('aria-labelledby');
        expect(named, `${path} has no name`).toBeTruthy();
      }
      act(() => alter(rule, valueAt(defaultPolicy, path)));
      const changed = at === 0 ? '1 rule changed.' : `${at + 1} rules changed.`;
      expect(state.textContent, `${path} changes another number of rules than one`).toBe(changed);
    }
    await save();
    expect(saved).toHaveLength(1);
    const after = saved[0] ?? defaultPolicy;
    expect(rulesThatDiffer(defaultPolicy, after).map(({ path }) => path)).toEqual(
      policyRules.map(({ path }) => path),
    );
  },
);

it('has a text for everything that it shows', () => {
  show();
  const shown = [
    document.body.textContent,
    ...[...document.querySelectorAll('[aria-label]')].map((one) => one.getAttribute('aria-label')),
  ].join(' ');
  expect(shown).toContain('Temporary password valid for (minutes)');
  expect(shown).toContain('5 minutes to 1 day');
  expect(shown).not.toMatch(/\b(?:policy|settings|case)\.\w+|returned an object|\{\{/);
});

it('does not save an invalid value', async () => {
  show();
  act(() => type('code.validFor', '11'));
  expect(screen.getByText('Enter a value from 1 minute to 10 minutes.')).toBeTruthy();
  expect(screen.getByText('1 rule is not valid. Correct the marked rule.')).toBeTruthy();
  expect(saveButton().disabled).toBe(true);
  act(() => type('code.validFor', ''));
  expect(saveButton().disabled).toBe(true);
  act(() => type('code.validFor', '10'));
  act(() => type('requiredReset.remindBefore', '3, soon'));
  expect(screen.getByText('Enter up to ten whole numbers from 0 to 90, separated by commas.')).toBeTruthy();
  act(() => type('requiredReset.remindBefore', '5 2'));
  act(() => type('passwords.demands.blocked', 'ab'));
  expect(screen.getByText(/Enter up to 1,000 words of 3 to 64 characters/)).toBeTruthy();
  act(() => type('passwords.demands.blocked', 'abc'));
  await save();
  expect(saved.at(-1)).toMatchObject({
    code: { validFor: 600 },
    requiredReset: { remindBefore: [5, 2] },
    passwords: { demands: { blocked: ['abc'] } },
  });
});

it('marks a default delivery that the tier does not allow', () => {
  show();
  act(() => controlsOf('temporaryPassword.modes')[0]?.click());
  expect(screen.getAllByText('This delivery is not allowed. Allow it, or choose another.')).toHaveLength(3);
  expect(saveButton().disabled).toBe(true);
});

it('restores the former policy when a requirement is turned off again', () => {
  show();
  const [special] = controlsOf('passwords.directories.ldap.special');
  act(() => special?.click());
  expect(screen.getByText('1 rule changed.')).toBeTruthy();
  act(() => special?.click());
  expect(screen.getByText('No changes.')).toBeTruthy();
});

it('says next to the rule for breached passwords that no list is set up', () => {
  show();
  expect(screen.getByText(/No list is set up, so no password is looked up/)).toBeTruthy();
});

it('shows every rule as text to an operator without the right to change it', () => {
  show(defaultPolicy, false);
  expect(controlsOf('code.validFor')[0]?.matches('fieldset:disabled *')).toBe(true);
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
});

it('offers a logo beside the help desk’s contact, to those who may set one', async () => {
  const { unmount } = show();
  const contact = await screen.findByTestId('settings-contact-logo');
  expect(contact.textContent).toContain('Logo in emails and on pages (optional)');
  expect(contact.querySelector('[data-testid="settings-logo-choose"]')?.textContent).toBe('Choose a picture');
  expect(saveButton().disabled).toBe(true);
  unmount();
  mayRead = false;
  await act(async () => void show());
  expect(screen.queryByTestId('settings-contact-logo')).toBeNull();
});
