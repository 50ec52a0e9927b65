import { describe, expect, it } from 'vitest';
import { followSteps, identifierSteps } from './identifier-steps.ts';

const rowOf = (id: number, directory: string | null, name: string, email: string, number: string) => ({
  id,
  directory_id: directory,
  user_name_key: name,
  email_key: email,
  employee_number_key: number,
});
const rows = [
  rowOf(1, null, 'front1', 'front@example.com', '900'),
  rowOf(2, null, 'front2', 'front@example.com', '0900'),
  rowOf(3, null, 'jane.doe', 'jane@example.com', '004711'),
  rowOf(4, null, 'kim', 'kim@example.com', '12'),
  rowOf(5, 'ldap', 'kim', 'k@example.com', '012'),
  rowOf(6, 'keycloak', 'kim.k', 'kim@example.com', '12'),
  rowOf(7, 'ldap', 'reception', 'front@example.com', '7'),
  rowOf(8, null, 'lee', 'lee@example.com', 'a-00123'),
  rowOf(9, null, 'mia', 'mia@example.com', 'b00456'),
  rowOf(10, null, 'ned', 'ned@example.com', 'c-1'),
  rowOf(11, null, 'oda', 'oda@example.com', 'c1'),
  rowOf(12, 'ldap', 'pia', 'pia@example.com', 'd-7'),
  rowOf(13, null, 'pia.p', 'pia@example.com', 'd7'),
];
const found = (typed: string) => followSteps(identifierSteps(typed), rows).map(({ id }) => id);

describe('what a user typed', () => {
  it.each([
    ['front1', 1],
    ['CORP\\jane.doe', 3],
    ['jane@example.com', 3],
    ['4711', 3],
    ['900', 1],
    ['0900', 2],
    ['A00123', 8],
    ['A 00123', 8],
    ['a/00123', 8],
    ['B-00456', 9],
    ['B_00456', 9],
    ['C-1', 10],
    ['C1', 11],
  ])('names one account: %s', (typed, id) => {
    expect(found(typed)).toEqual([id]);
  });

  it.each(['front@example.com', 'somebody@example.com', 'C 1'])(
    'names no account where several have it, or none: %s',
    (typed) => {
      expect(found(typed)).toEqual([]);
    },
  );

  it.each([
    ['kim', [4, 5]],
    ['CORP\\kim', [4, 5]],
    ['kim@example.com', [4, 6]],
    ['12', [4, 6]],
  ])('names the account in each directory that has one: %s', (typed, ids) => {
    expect(found(typed)).toEqual(ids);
  });

  it('names no account where two directories have different numbers that look alike', () => {
    expect(found('0012')).toEqual([]);
    expect(found('D 7')).toEqual([]);
  });
});
