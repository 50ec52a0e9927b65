import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { policyFor } from '../../../shared/password-policy/policy.ts';
import {
  owner,
  sections,
  tablePolicies,
  verdictTable,
} from '../../../shared/password-policy/verdict-table.ts';
import { describePolicy } from '../../../shared/password-policy/texts/explain.ts';
import { PasswordRules } from './password-rules.tsx';
import { usePasswordVerdict } from './use-password-verdict.ts';

afterEach(cleanup);

function Form({ password, policy }: { password: string; policy: (typeof tablePolicies)[number] }) {
  const form = policyFor(sections[policy]);
  const verdict = usePasswordVerdict(password, form, owner);
  return (
    <MantineProvider>
      <PasswordRules id="rules" policy={form} verdict={verdict} empty={password === ''} tried />
      {verdict !== null && <p>judged</p>}
    </MantineProvider>
  );
}

it.each(tablePolicies)('shows the verdict and the texts of the table in the console: %s', async (policy) => {
  const rows = verdictTable.filter((row) => row.policy === policy);
  const shown = render(<Form password="" policy={policy} />);
  await screen.findByText('judged');
  for (const { password, rules, words } of rows) {
    shown.rerender(<Form password={password} policy={policy} />);
    expect([password, screen.queryByRole('alert')?.textContent ?? '']).toEqual([password, words.join(' ')]);
    const unkept = describePolicy(policyFor(sections[policy])).filter(({ rule }) => rules.includes(rule));
    const marked = screen.getAllByRole('listitem').filter((item) => item.dataset['kept'] === 'false');
    expect(marked.map(({ textContent }) => textContent.replace('· ', ''))).toEqual(
      unkept.map((rule) => rule.words),
    );
  }
});
