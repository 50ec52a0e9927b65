import { describe, expect, it } from 'vitest';
import { LdapResult } from '../ldap/ldap-requests.ts';
import { serviceAccountFault, verifyOutcomeOf, writeFault } from './diagnostic-codes.ts';

/** A refused bind in the wording of Windows. */
const windows = (data: string) =>
  new LdapResult(
    49,
    `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data ${data}, v4563`,
  );
/** The same in the wording of Samba. */
const samba = (data: string) =>
  new LdapResult(
    49,
    `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${data}, v1db1`,
  );

describe('the code of a refused sign-in', () => {
  it.each([
    ['525', 'wrong', 'service-account-wrong', 'wrong-password'],
    ['52e', 'wrong', 'service-account-wrong', 'wrong-password'],
    ['530', 'not-now', 'service-account-wrong', 'wrong-password'],
    ['531', 'not-now', 'service-account-wrong', 'wrong-password'],
    ['532', 'expired', 'service-password-expired', null],
    ['533', 'disabled', 'service-account-wrong', 'disabled'],
    ['701', 'disabled', 'service-account-wrong', 'expired'],
    ['773', 'must-change', 'service-account-wrong', 'must-change'],
    ['775', 'locked', 'service-account-wrong', 'locked'],
    ['999', 'wrong', 'service-account-wrong', 'wrong-password'],
  ])('%s means “%s” for a user and “%s” for the service account', (data, outcome, code, detail) => {
    for (const result of [windows(data), samba(data.toUpperCase())]) {
      expect(verifyOutcomeOf(result)).toBe(outcome);
      expect(serviceAccountFault(result, 'dc1:636')).toMatchObject({ code, detail });
    }
  });
  it('is "wrong" where the text has none', () => {
    expect(verifyOutcomeOf(new LdapResult(49, 'Ungültige Anmeldeinformationen'))).toBe('wrong');
  });
  it('of another result is an answer that is not known', () => {
    expect(serviceAccountFault(new LdapResult(8, 'strong auth required'), 'dc1:636')).toMatchObject({
      code: 'answer-invalid',
      serverCode: '8',
    });
  });
});

describe('the code of a refused write', () => {
  it.each([
    [
      19,
      '0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0',
      'password-refused',
      '19/52d',
    ],
    [
      53,
      '0000052D: Constraint violation - check_password_restrictions: the password is too short',
      'password-refused',
      '53/52d',
    ],
    [19, '00000056: AtrErr: DSID-03191083, #1: 0: 00000056: problem 1005', 'current-password-wrong', '19/56'],
    [
      50,
      '00000005: SecErr: DSID-031A1256, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0',
      'right-missing',
      '50/5',
    ],
    [50, '00002098: SecErr: DSID-03150F94, problem 4003', 'right-missing', '50/2098'],
    [32, '0000208D: NameErr: DSID-03100241, problem 2001 (NO_OBJECT), data 0', 'account-gone', '32/208d'],
    [
      53,
      '0000001F: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0',
      'answer-invalid',
      '53/1f',
    ],
    [51, '', 'answer-invalid', '51'],
  ])('%i “%s” means “%s”', (code, text, meaning, serverCode) => {
    const fault = writeFault(new LdapResult(code, text), 'dc1:636');
    expect(fault).toMatchObject({ code: meaning, serverCode });
    expect(fault.message).not.toContain('DSID');
  });
});
