import { describe, expect, it } from 'vitest';
import { isSameManagerName, readManagerName } from './manager-name.ts';

describe('a manager', () => {
  it.each([
    ['CN=Eeva Salo,OU=Staff,DC=corp,DC=example,DC=com', ['eeva salo'], ['eeva', 'salo']],
    ['LDAP://dc1.example.com/CN=Eeva Salo,OU=Staff', ['eeva salo'], ['eeva', 'salo']],
    ['CN=Salo\\, Eeva,OU=Staff', ['salo, eeva'], ['eeva', 'salo']],
    ['cn=M\\c3\\bcller', ['müller'], ['muller']],
    ['uid=esalo,ou=people,dc=example', ['esalo'], ['esalo']],
    ['Salo, Eeva', ['salo, eeva'], ['eeva', 'salo']],
    ['EEVA SALO', ['eeva salo'], ['eeva', 'salo']],
    ['eeva.salo@example.com', ['eeva.salo@example.com', 'eeva.salo'], ['eeva', 'salo']],
    ['CORP\\esalo', ['esalo'], ['esalo']],
    ['Eeva Salo <eeva.salo@example.com>', ['eeva.salo@example.com', 'eeva.salo'], ['eeva', 'salo']],
    ['mailto:eeva.salo@example.com', ['eeva.salo@example.com', 'eeva.salo'], ['eeva', 'salo']],
    ['corp.example.com/Staff/Eeva Salo', ['eeva salo'], ['eeva', 'salo']],
    ['Salo, Eeva (IT)', ['salo, eeva (it)'], ['eeva', 'it', 'salo']],
  ])('%s is found by %j and %j', (text, keys, words) => {
    expect(readManagerName(text)).toMatchObject({ keys, words });
  });

  it.each([
    ['Eeva Salo (100002)', '100002', []],
    ['Salo, Eeva [esalo]', 'esalo', []],
    ['esalo - Eeva Salo', 'esalo', []],
    ['Eeva Salo | E-17', 'e-17', []],
    ['employeeNumber=100002,ou=people', '100002', []],
    ['Salo, Eeva (IT)', 'salo, eeva (it)', ['eeva', 'salo']],
    ['Dr. Eeva Salo', 'dr. eeva salo', ['eeva', 'salo']],
    ['Eeva Salo', 'eeva salo', []],
  ])('%s is found by the key %j, or else by the bare words %j', (text, key, bareWords) => {
    const read = readManagerName(text);
    expect(read?.keys).toContain(key);
    expect(read?.bareWords).toEqual(bareWords);
  });

  it.each([
    ['CN=Eeva Salo,OU=Staff', 'Salo, Eeva', true],
    ['EEVA SALO', 'Eeva Salo', true],
    ['Eeva Salo', 'Eeva Sala', false],
    [null, '', true],
    [null, 'Eeva Salo', false],
    ['-', '.', false],
  ])('%j and %j are the same name: %s', (one, other, same) => {
    expect(isSameManagerName(one, other)).toBe(same);
  });
});
