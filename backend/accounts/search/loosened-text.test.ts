import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactsHeader, contactsMapping, openForTest } from '../open-for-test.ts';
import { loosenedText } from './loosened-text.ts';

describe('a pasted text for which nothing is found as it is', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeAll(async () => {
    desk = await openForTest();
    const people = [
      'jdoe,Jane Doe,jane@example.com,0151 5550110',
      'kmueller,Käthe Müller,k@example.com,+33 6 12 34 56 78',
      'nweiss,Dr. Nina Weiß,n@example.com,+1 (212) 555-0199',
      'jsmith,Jo Smith (Ward 4),j@example.com,',
      'sato,佐藤 太郎,sato@example.com,',
      'kimcs,김철수,kim@example.com,',
      'stjohn,Ivy St. John,ivy@example.com,',
      'mflour,Marc Saint-Flour,marc@example.com,',
      'vdberg,Jan van der Berg,jan.berg@example.com,',
    ];
    await desk.importCsv(contactsHeader + people.join('\n'), contactsMapping);
  });
  afterAll(() => desk.close());

  it.each([
    ['Doe, Jane (Sales)', 'jdoe'],
    ['Doe, Jane [EXT] (Sales)', 'jdoe'],
    ['jane doe - Ticket 4711', 'jdoe'],
    ['Ticket 4711 – jane doe', null],
    ['4711 - Jane Doe', 'jdoe'],
    ['jdoe (disabled)', 'jdoe'],
    ['https://example.com/users/jdoe', 'jdoe'],
    ['https://example.com/users/jdoe/?tab=1', 'jdoe'],
    ['Frau Käthe Müller', 'kmueller'],
    ['Frau Müller', 'kmueller'],
    ['Mme Müller', 'kmueller'],
    ['Herr Doktor Weiß', 'nweiss'],
    ['Mrs. Doe', 'jdoe'],
    ['49 151 5550110', 'jdoe'],
    ['491515550110', 'jdoe'],
    ['011 33 6 12 34 56 78', 'kmueller'],
    ['Jo Smith (Ward 4)', 'jsmith'],
    ['Jo Smith (Ward 5)', 'jsmith'],
    ['Doe Jane 4711', 'jdoe'],
    ['佐藤さん', 'sato'],
    ['佐藤 太郎 様', 'sato'],
    ['김철수 님', 'kimcs'],
    ['Ivy Saint John', 'stjohn'],
    ['Marc St. Flour', 'mflour'],
    ['Jan vd Berg', 'vdberg'],
    ['jan dot berg at example dot com', 'vdberg'],
    ['k at example punkt com', 'kmueller'],
    ['Anna Wüst', null],
  ])('%j finds %s', async (text, userName) => {
    const [hit] = await desk.find(text);
    expect(hit?.userName ?? null).toBe(userName);
  });

  it.each(['Frau', 'jane', '(x)', '-', '123 456 789', '', '('.repeat(500)])(
    '%j means nothing else',
    (text) => {
      expect(loosenedText(text)).toBeNull();
    },
  );
});
