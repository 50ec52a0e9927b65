import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import type { ConnectionReportView, DirectoryView } from '../../../../shared/api/directories.ts';
import { setUpTexts } from '../../../texts/set-up-texts.ts';
import { ConnectionReport } from './connection-report.tsx';

beforeAll(() => setUpTexts());

type Server = ConnectionReportView['servers'][number];

/** Shows the report of one server, whose last step has this outcome. */
function show(
  kind: DirectoryView['settings']['kind'],
  outcome: Server['steps'][number]['outcome'],
  rights: Partial<Pick<Server, 'missingRights' | 'unknownRights'>>,
  { contactTimes = null, cannot = [] }: Partial<Pick<ConnectionReportView, 'cannot' | 'contactTimes'>> = {},
) {
  const server: Server = {
    server: 'ldap.example.com:636',
    steps: [{ step: 'rights', outcome, fault: outcome === 'failed' ? 'right-missing' : null }],
    certificate: null,
    missingRights: [],
    unknownRights: [],
    unknownNames: [],
    clockAhead: null,
    ...rights,
  };
  render(
    <MantineProvider>
      <ConnectionReport
        kind={kind}
        report={{ servers: [server], sample: null, policy: null, contactTimes, cannot }}
        onTrust={() => undefined}
      />
    </MantineProvider>,
  );
  return screen.getByTestId('directory-step-rights').textContent;
}

it('does not call rights OK that the directory does not report', () => {
  expect(show('ldap', 'unchecked', { unknownRights: ['reset-password', 'unlock'] })).toBe(
    'RightsPartly checked',
  );
  expect(screen.getByTestId('directory-unknown-rights').textContent).toContain('reset passwords, unlock');
});

it('names a missing right of Keycloak by its role, at a step that failed', () => {
  expect(show('keycloak', 'failed', { missingRights: ['unlock'] })).toContain('RightsFailed');
  expect(screen.getByTestId('directory-missing-rights').textContent).toContain('unlock (role manage-users)');
});

it('says that no account was found, which a wrong scope explains as well as a missing right', () => {
  show('ldap', 'failed', { missingRights: ['read-accounts'] });
  expect(screen.getByTestId('directory-no-account').textContent).toContain('units, groups and filter');
});

it('says how a realm without events is read', () => {
  show('keycloak', 'passed', {}, { contactTimes: 'none' });
  expect(screen.getByTestId('directory-contact-times').textContent).toContain('view-events');
});

it('says what the directory cannot do, and why', () => {
  const cannot = [
    { capability: 'endSessions', reason: 'not-in-this-kind' },
    { capability: 'temporaryExpires', reason: 'not-in-this-kind' },
    { capability: 'enable', reason: 'not-configured' },
  ] as const;
  show('ldap', 'passed', {}, { cannot: [...cannot] });
  const shown = screen.getByTestId('directory-limits').textContent;
  expect(shown).toContain(
    'This kind of directory does not offer: ending sessions, letting a temporary password expire (Reset Desk replaces it instead).',
  );
  expect(shown).toContain('The settings do not turn on: enabling and disabling accounts.');
});
