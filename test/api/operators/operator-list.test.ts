import { expect } from 'vitest';
import { everyAccount } from '../../../shared/api/operator.ts';
import type { OperatorListRow } from '../../../shared/api/operator-list.ts';
import { trustEachAdministrator } from '../../backend/trust-each-administrator.ts';
import { sharedDeskTest as it } from '../../fixtures/api.ts';

const base64 = (text: string, encoding: BufferEncoding = 'utf8') =>
  Buffer.from(text, encoding).toString('base64');
interface Read {
  readonly rows: OperatorListRow[];
  readonly columns: Readonly<Record<string, string | null>>;
}

it('a list of operators is read with the reason for each row that cannot be invited', async ({
  administrator,
}) => {
  const file = [
    'Name;E-Mail;Login;Rolle;Team',
    'Lea Leser;lea.leser@example.com;lea;Operator;',
    'Max Mehr;max.mehr@example.com;;Agent, Teamleiter;',
    'Ada Admin;ada@example.com;ada;Admin;',
    'Ohne Rolle;ohne@example.com;ohne;;',
    'Falsche Rolle;falsch@example.com;falsch;Chef;',
    'Ohne Adresse;;ohne2;Operator;',
    'Kaputt;kaputt@;kaputt;Operator;',
    'Lea Zweite;lea2@example.com;LEA;Operator;',
    'Team Unbekannt;team@example.com;team;Operator;Nirgends',
    ';leer@example.com;leer;Operator;',
  ].join('\r\n');
  const { body } = await administrator.call<Read>('POST', '/operators/list', {
    file: base64(file, 'latin1'),
  });
  expect(body.columns).toMatchObject({
    displayName: 'Name',
    email: 'E-Mail',
    userName: 'Login',
    roles: 'Rolle',
  });
  expect(
    body.rows.map(({ line, userName, roles, problem }) => [line, userName, roles.join('+'), problem]),
  ).toEqual([
    [2, 'lea', 'operator', null],
    [3, 'max.mehr', 'operator+approver', null],
    [4, 'ada', 'administrator', null],
    [5, 'ohne', '', 'role-missing'],
    [6, 'falsch', '', 'role-unknown'],
    [7, 'ohne2', 'operator', 'email-missing'],
    [8, 'kaputt', 'operator', 'email-invalid'],
    [9, 'LEA', 'operator', 'user-name-taken'],
    [10, 'team', 'operator', 'department-unknown'],
    [11, 'leer', 'operator', 'name-missing'],
  ]);
  const { body: known } = await administrator.call<{ operators: { userName: string }[] }>(
    'GET',
    '/operators',
  );
  expect(known.operators.map(({ userName }) => userName)).not.toContain('lea');
});

it('the people of a list are invited, each with an email, except for those who cannot be', async ({
  administrator,
  staffedDesk,
}) => {
  const person = (userName: string, email: string) => ({
    displayName: `Listed ${userName}`,
    userName,
    email,
    roles: ['operator'],
    scope: everyAccount,
  });
  const operators = [
    person('nora', 'nora@example.com'),
    person('nora', 'n2@example.com'),
    person('oskar', 'oskar@example.com'),
  ];
  const answer = await administrator.call<{
    invited: { userName: string; state: string; link: object | null }[];
    refused: { userName: string; problem: string }[];
  }>('POST', '/operators/invitations', { operators });
  expect(answer.status).toBe(200);
  expect(answer.body.invited).toMatchObject([
    { userName: 'nora', state: 'invited', link: { purpose: 'invitation' } },
    { userName: 'oskar', state: 'invited', link: { purpose: 'invitation' } },
  ]);
  expect(answer.body.refused).toEqual([{ userName: 'nora', problem: 'user-name-taken' }]);
  const again = await administrator.call('POST', '/operators/invitations', {
    operators: operators.slice(0, 1),
  });
  expect(again.body).toMatchObject({ code: 'operator.user-name-taken' });
  const events = await staffedDesk.backend.readAudit();
  expect(
    events.filter(({ action, facts }) => action === 'operator.invited' && /nora|oskar/u.test(facts)).length,
  ).toBe(2);
});

it('an administrator with a scope invites from a list into this scope only', async ({
  administrator,
  staffedDesk,
}) => {
  await trustEachAdministrator(administrator);
  const limited = await staffedDesk.hire('lim', 'Lim Limited', ['administrator'], {
    departments: ['People'],
  });
  const file = ['Name;E-Mail;Rolle;Team', 'Ina Inside;ina@example.com;Operator;']
    .concat('Pia People;pia@example.com;Operator;People', 'Otto Outside;otto@example.com;Operator;Sales')
    .join('\n');
  const { body } = await limited.call<Read>('POST', '/operators/list', { file: base64(file) });
  expect(body.rows.map(({ userName, scope, problem }) => [userName, scope.departments, problem])).toEqual([
    ['ina', ['People'], null],
    ['pia', ['People'], null],
    ['otto', ['Sales'], 'out-of-scope'],
  ]);
  const inviting = (rows: readonly OperatorListRow[]) =>
    limited.call<{ code?: string; invited?: object[] }>('POST', '/operators/invitations', {
      operators: rows.map(({ displayName, userName, email, roles, scope }) => ({
        displayName,
        userName,
        email,
        roles,
        scope,
      })),
    });
  expect((await inviting(body.rows)).body.code).toBe('session.not-permitted');
  expect((await inviting(body.rows.slice(0, 2))).body.invited).toHaveLength(2);
});
