import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import { openForTest } from '../open-for-test.ts';

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ';',
  header: false,
  columns: { userName: 0, displayName: 1, email: 2, phone: 3, employeeNumber: 4 },
};
const people = [
  'jane.doe;Jane Doe;jane.doe@example.com;0151 5550110;004711',
  'kim.lee;Kim Lee;kim.lee@example.com;+49 (0)151 5550109;4712',
  'kmueller;Käthe Müller;k.m@example.com;;',
  'hmueller;Hans Mueller;h.m@example.com;;',
  'b123;Jörg Größer;b123@example.com;;5123',
  'b124;Åse Sørensen;b124@example.com;;',
  'b125;Aage Soerensen;b125@example.com;;',
  'b126;Kai Đoković;b126@bücher.example;;',
  'cjk1;佐藤太郎;cjk1@example.com;;',
  'cjk2;王小明;cjk2@example.com;;',
  'cjk3;김철수;cjk3@example.com;;',
  'cjk4;鈴木 花子;cjk4@example.com;;',
  'cjk5;タナカ ケン;cjk5@example.com;;',
  'vdb;Jan van den Berg;vdb@example.com;;',
  'vdb2;Piet Vandenberg;vdb2@example.com;;',
  'mcd;Fiona MacDonald;mcd@example.com;;',
  'mcd2;Ian McDonald;mcd2@example.com;;',
  "oneil;Siobhán O'Neil;oneil@example.com;;",
  'kor;Сергей Королёв;kor@example.com;;',
  'kor2;Anna Koroleva;kor2@example.com;;',
  'pap;Ελένη Παπαδοπούλου;pap@example.com;;',
  'mo;Marlene Okafor;mo@example.com;+1 555 010 0777;E318',
  'meier;Uta Meier;meier@example.com;;',
  'mayer;Udo Mayer;mayer@example.com;;',
  'mayerbeer;Ugo Mayerbeer;mayerbeer@example.com;;',
  'schmidt;Ina Schmidt;schmidt@example.com;;',
  'schmitt;Ida Schmitt;schmitt@example.com;;',
  'smith;Zed Smith;smith@example.com;;',
  'john;John Brown;john@example.com;;',
  'jon;Jon Green;jon@example.com;;',
  'cath;Catherine Black;cath@example.com;;',
  'kath;Kathryn White;kath@example.com;;',
  'hyphen;Käte Weiß-Jäger;hyphen@example.com;;',
  'arab;محمد عبد الله الخطيب;arab@example.com;;',
  'x801;José Garcia;x801@example.com;;A-00123',
  'x802;Jo Doe;x802@example.com;;B00456',
  'x803;陳偉麗;x803@example.com;;',
  'x804;张国荣;x804@example.com;;',
  'x805;渡邊 齋;x805@example.com;;',
  'x806;髙﨑 沢;x806@example.com;;',
];

describe('a name', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeAll(async () => {
    desk = await openForTest();
    await desk.importCsv(people.join('\n'), mapping);
  });
  afterAll(() => desk.close());
  const namesOf = async (text: string) => (await desk.find(text)).map(({ userName }) => userName);
  const exactNames = async (text: string) =>
    (await desk.find(text)).filter(({ similar }) => similar === null).map(({ userName }) => userName);

  it.each([
    ['Mueller', ['kmueller', 'hmueller']],
    ['Müller', ['kmueller', 'hmueller']],
    ['muller', ['kmueller', 'hmueller']],
    ['Kaethe Mueller', ['kmueller']],
    ['Joerg Groesser', ['b123']],
    ['jorg grosser', ['b123']],
    ['JÖRG GRÖẞER', ['b123']],
    ['Aase Soerensen', ['b124']],
    ['Sörensen', ['b124', 'b125']],
    ['Sorensen', ['b124', 'b125']],
    ['Åge', ['b125']],
    ['Djokovic', ['b126']],
    ['Dokovic', ['b126']],
    ['太郎', ['cjk1']],
    ['佐藤 太郎', ['cjk1']],
    ['佐藤', ['cjk1']],
    ['小明', ['cjk2']],
    ['王小明', ['cjk2']],
    ['철수', ['cjk3']],
    ['김 철수', ['cjk3']],
    ['鈴木花子', ['cjk4']],
    ['花子', ['cjk4']],
    ['たなか', ['cjk5']],
    ['ﾀﾅｶ ｹﾝ', ['cjk5']],
    ['vandenberg', ['vdb', 'vdb2']],
    ['van den berg', ['vdb', 'vdb2']],
    ['berg', ['vdb']],
    ['Mac Donald', ['mcd', 'mcd2']],
    ['mc donald', ['mcd', 'mcd2']],
    ['macdonald', ['mcd', 'mcd2']],
    ['McDonald', ['mcd', 'mcd2']],
    ['donald', ['mcd', 'mcd2']],
    ["o'neil", ['oneil']],
    ['oneil', ['oneil']],
    ['o neil', ['oneil']],
    ['O’Neil', ['oneil']],
    ['Korolev', ['kor', 'kor2']],
    ['sergey korolyov', ['kor']],
    ['sergei', ['kor']],
    ['Королёв', ['kor', 'kor2']],
    ['королев', ['kor', 'kor2']],
    ['Papadopoulou Eleni', ['pap']],
    ['παπαδοπουλου', ['pap']],
    ['weissjaeger', ['hyphen']],
    ['weissjager', ['hyphen']],
    ['عبدالله', ['arab']],
    ['خطيب', ['arab']],
    ['مُحَمَّد', ['arab']],
    ['JoDoe', ['x802']],
    ['DoeJo', ['x802']],
    ['jodoe', ['x802']],
    ['doejo', ['x802']],
    ['JoseGarcia', ['x801']],
    ['JoséGarcía', ['x801']],
    ['GarciaJose', ['x801']],
    ['josegarcia', ['x801']],
    ['josegar', ['x801']],
    ['garciajose', ['x801']],
    ['陈伟丽', ['x803']],
    ['伟丽', ['x803']],
    ['陳偉麗', ['x803']],
    ['張國榮', ['x804']],
    ['國榮', ['x804']],
    ['张国荣', ['x804']],
    ['渡辺', ['x805']],
    ['渡邉 斉', ['x805']],
    ['高崎', ['x806']],
    ['高崎 澤', ['x806']],
  ])('is found by %s', async (text, wanted) => {
    expect((await exactNames(text)).toSorted()).toEqual(wanted.toSorted());
  });

  it.each([
    ['Ocafor', 'mo', 'sound'],
    ['okafr', 'mo', 'sound'],
    ['okador', 'mo', 'spelling'],
    ['oakfor', 'mo', 'sound'],
    ['Marlene Ocafor', 'mo', 'sound'],
    ['ocafor marl', 'mo', 'sound'],
    ['Maier', 'meier', 'sound'],
    ['Meyer', 'mayer', 'sound'],
    ['Schmitt', 'schmidt', 'sound'],
    ['Schmidt', 'smith', 'sound'],
    ['Smith', 'schmitt', 'sound'],
    ['Jon', 'john', 'sound'],
    ['John', 'jon', 'sound'],
    ['Katherine', 'cath', 'sound'],
    ['Catherine', 'kath', 'sound'],
  ] as const)('that was heard or typed as %s is found as %s with a mark', async (text, userName, similar) => {
    const hits = await desk.find(text);
    const near = hits.filter((hit) => hit.similar !== null);
    expect(near).toContainEqual(expect.objectContaining({ userName, similar }));
    // These come after the hits for the typed text.
    const places = hits.map((hit) => Number(hit.similar !== null));
    expect(places).toEqual(places.toSorted());
  });

  it('that resembles only the beginning of another one does not find it', async () => {
    const userNames = (await desk.find('Meyer')).map(({ userName }) => userName);
    expect(userNames).toContain('mayer');
    expect(userNames).not.toContain('mayerbeer');
  });

  it.each(['kofaor', 'Ocafor Jane', 'oc', 'okafor1', 'xqzw'])('is not guessed from %s', async (text) => {
    expect(await desk.find(text)).toEqual([]);
  });

  it.each([
    ['+491515550110', 'jane.doe'],
    ['+49 151 5550110', 'jane.doe'],
    ['0049 151 5550110', 'jane.doe'],
    ['0151 5550110', 'jane.doe'],
    ['tel:+491515550110', 'jane.doe'],
    ['sip:+491515550110@pbx.example.com', 'jane.doe'],
    ['‪+49 151 5550110‬', 'jane.doe'],
    ['5550110', 'jane.doe'],
    ['5550110 #12', 'jane.doe'],
    ['+491515550109', 'kim.lee'],
    ['tel:+491515550109', 'kim.lee'],
    ['00491515550109', 'kim.lee'],
    ['0151-5550109', 'kim.lee'],
    ['+15550100777', 'mo'],
    ['5550100777', 'mo'],
    ['CORP\\jane.doe', 'jane.doe'],
    ['.\\jane.doe', 'jane.doe'],
    ['Doe, Jane <jane.doe@example.com>', 'jane.doe'],
    ['Doe, Jane <jane.doe@corp.example.com>', 'jane.doe'],
    ['<jane.doe@example.com>', 'jane.doe'],
    ['mailto:jane.doe@example.com', 'jane.doe'],
    ['jane.doe@example.com;', 'jane.doe'],
    ['"jane.doe@example.com"', 'jane.doe'],
    ['jane.doe@example.com\u200b', 'jane.doe'],
    ['jane.doe@corp.example.com', 'jane.doe'],
    ['jane.doe@example.com:Secret-1', 'jane.doe'],
    ['ｊａｎｅ．ｄｏｅ', 'jane.doe'],
    ['4711', 'jane.doe'],
    ['#004711', 'jane.doe'],
    ['00004711', 'jane.doe'],
    ['004712', 'kim.lee'],
    ['b126@bücher.example', 'b126'],
    ['b126@xn--bcher-kva.example', 'b126'],
    ['@bücher.example', 'b126'],
    ['@xn--bcher', 'b126'],
    ['+49 151 5550110 Jane Doe', 'jane.doe'],
    ['Tel. 0151 5550110', 'jane.doe'],
    ['Nr. 4711', 'jane.doe'],
    ['AzureAD\\jane.doe@example.com', 'jane.doe'],
    ['i:0#.w|corp\\jane.doe', 'jane.doe'],
    ['jane.doe P@ssw0rd', 'jane.doe'],
    ['A00123', 'x801'],
    ['a00123', 'x801'],
    ['A 00123', 'x801'],
    ['a.00123', 'x801'],
    ['A–00123', 'x801'],
    ['Nr. A00123', 'x801'],
    ['A001', 'x801'],
    ['B-00456', 'x802'],
    ['b 00456', 'x802'],
    ['B_00456', 'x802'],
    ['B-004', 'x802'],
  ])('of an account is not needed where it is known by %s', async (text, userName) => {
    expect((await namesOf(text))[0]).toBe(userName);
  });

  it('is not needed for an employee number in another notation, which counts as exact', async () => {
    expect((await desk.find('A00123'))[0]).toMatchObject({ userName: 'x801', exact: 'employee-number' });
    expect((await desk.find('B-00456'))[0]).toMatchObject({ userName: 'x802', exact: 'employee-number' });
    expect((await desk.find('A-0012'))[0]).toMatchObject({ userName: 'x801', exact: null });
  });

  it('in traditional characters is marked where it was typed in simplified ones', async () => {
    expect((await desk.find('陈伟'))[0]?.marks.displayName).toEqual([[0, 2]]);
  });

  it('is not needed to list the addresses of a domain', async () => {
    const { hits } = await desk.search.search('@example.com', 50, 900);
    expect(hits).toHaveLength(people.length - 1);
    expect(hits[0]).toMatchObject({ matchedBy: ['email'], exact: null });
  });

  it('is found by its new words alone after a change', async () => {
    await desk.importCsv('b123;Jürgen Weiß;b123@example.com;;5123', mapping);
    expect(await exactNames('Juergen Weiss')).toEqual(['b123']);
    expect(await exactNames('Joerg')).toEqual([]);
  });
});
