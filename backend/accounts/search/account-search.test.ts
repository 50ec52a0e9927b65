import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import { maskEmail, maskPhone } from '../../text/mask.ts';
import { openForTest } from '../open-for-test.ts';

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1, email: 2, phone: 3, employeeNumber: 4 },
};

describe('a search', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeAll(async () => {
    desk = await openForTest();
    await desk.importCsv(
      [
        'anna,Zed Smith-Jones,zed@example.com,,E100',
        'a.smith,Anna Smith,anna.smith@example.com,+49 555 0100 777,E1001',
        'j.weiss,Jörg Weiß,joerg@example.com,,',
        "s.obrien,Siobhán O'Brien,,,",
        'l.odegaard,Łucja Ødegaard,,,',
        'e7001,Eve Seven,,,',
        'g.hall,Gwen Hall,,,E700',
      ].join('\n'),
      mapping,
    );
  });
  afterAll(() => desk.close());
  const names = async (text: string) => (await desk.find(text)).map(({ userName }) => userName);

  it('ignores the order of words, accents and case', async () => {
    // The first is Smith by name and anna by user name.
    for (const text of ['smith ann', 'ANN SMI']) expect(await names(text)).toEqual(['anna', 'a.smith']);
    for (const text of ['jorg weiss', 'Weiß JÖ', 'j.weiss']) expect(await names(text)).toEqual(['j.weiss']);
    for (const text of ["o'brien", 'obrien', 'siobhan']) expect(await names(text)).toEqual(['s.obrien']);
    expect(await names('odegaard lucja')).toEqual(['l.odegaard']);
  });

  it('puts an exact user name, email, number or phone first and says which', async () => {
    expect(await desk.find('anna')).toMatchObject([
      { userName: 'anna', exact: 'user-name' },
      { exact: null },
    ]);
    expect(await desk.find('e100')).toMatchObject([{ userName: 'anna', exact: 'employee-number' }, {}]);
    expect(await desk.find('ZED@example.com')).toMatchObject([{ exact: 'email', matchedBy: ['email'] }]);
    expect(await desk.find('+49 (555) 0100-777')).toMatchObject([{ exact: 'phone', matchedBy: ['phone'] }]);
    expect(await desk.find('777')).toMatchObject([{ userName: 'a.smith', exact: null }]);
  });

  it('puts an exact match before what only begins with the text, whichever field it is in', async () => {
    // One account's user name starts with another's employee number, and one display name with another's user name.
    expect(await names('e700')).toEqual(['g.hall', 'e7001']);
  });

  it('marks what matched in the text as it is written', async () => {
    expect((await desk.find('weiss jo'))[0]?.marks.displayName).toEqual([
      [0, 2],
      [5, 9],
    ]);
  });

  it('treats metacharacters as text', async () => {
    for (const text of ['"', '%', '*', 'a" OR "b', 'NEAR(', "';drop", '\0', '*)(uid=*', '( AND']) {
      await expect(desk.find(text)).resolves.toBeInstanceOf(Array);
    }
    expect(await names('%')).toEqual([]);
    expect(await desk.search.search('s', 1, 900)).toMatchObject({ more: true, accounts: 7 });
    expect(await desk.search.search('odeg', 1, 900)).toMatchObject({ more: false });
  });
});

describe('a search of an operator whose scope is one department', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeAll(async () => {
    desk = await openForTest();
    await desk.importCsv(
      [
        'k.outside,Kim Outside,kim@example.org,+49 555 0200 888,E9009,Sales',
        'k.inside,Kim Inside,kim.in@example.com,+49 555 0200 999,E9010,Support',
      ].join('\n'),
      { ...mapping, columns: { ...mapping.columns, department: 5 } },
    );
  });
  afterAll(() => desk.close());
  const scope = { departments: ['Support'], tiers: [], directories: [] };
  const search = async (text: string) => (await desk.search.search(text, 20, 900, { scope })).hits;

  it.each(['kim@example.org', 'E9009', 'e90', '+49 555 0200 888', '888'])(
    'does not confirm "%s" of an account outside',
    async (text) => {
      expect((await search(text)).filter(({ userName }) => userName === 'k.outside')).toEqual([]);
    },
  );
  it.each(['kim.in@example.com', 'E9010', '+49 555 0200 999', '999'])(
    'finds an account inside by "%s"',
    async (text) => {
      expect((await search(text)).map(({ userName }) => userName)).toEqual(['k.inside']);
    },
  );
  it.each(['outside', 'k.outside', 'Kim'])('finds an account outside by its name: %s', async (text) => {
    expect(await search(text)).toContainEqual(
      expect.objectContaining({ userName: 'k.outside', outOfScope: true }),
    );
  });
  it('shows no contact data and no number of an account outside', async () => {
    const [found] = await search('k.outside');
    expect(found).toMatchObject({
      emailMasked: null,
      employeeNumber: null,
      matchedBy: [],
      exact: 'user-name',
      marks: { employeeNumber: [] },
    });
  });
  it('shows those of an account inside', async () => {
    expect(await search('k.inside')).toMatchObject([
      { emailMasked: 'k•••••n@example.com', employeeNumber: 'E9010', outOfScope: false },
    ]);
  });
});

describe('a mask', () => {
  it('keeps a hint alone', async () => {
    expect(maskEmail('marlene.okafor@example.com')).toBe('m•••••r@example.com');
    expect(maskEmail('bob@example.com')).toBe('b•••••@example.com');
    expect(maskEmail('no address')).toBe('•••');
    expect(maskPhone('+49 555 0100 318')).toBe('+49 ••• •••• 318');
    expect(maskPhone('0555 0100 318')).toBe('••• •••• 318');
    expect(maskPhone('555 123')).toBe('••• •••• 23');
    expect(maskPhone('112')).toBe('•••');
  });
});
