const given =
  'Anna Ann Andrea Peter Paul Maria Marlene José Zoë Łukasz Søren Mehmet Aïcha Jürgen Ngozi Priya'.split(' ');
const family =
  'Smith Müller García Weiß Nowak Anders Dubois Larsson Adeyemi Patel Tanaka Okafor Petrov Novák Schäfer Mensah'.split(
    ' ',
  );

/** Some accounts have names in other scripts, by the remainder of their number. */
const otherScripts: Readonly<Record<number, string>> = {
  7: '佐藤太郎',
  8: '김철수',
  9: 'Сергей Королёв',
  10: 'Ελένη Παπαδοπούλου',
};

/** One invented account, the same for the same number: names are as unevenly distributed as in a company. */
export function benchAccount(at: number): { userName: string; name: string; email: string } {
  const draw = (salt: number) => ((at * 2_654_435_761 + salt * 40_503) >>> 0) / 2 ** 32;
  const pick = (list: readonly string[], salt: number) =>
    list[Math.floor(draw(salt) ** 2 * list.length)] ?? '';
  const [first, last] = [pick(given, 1), pick(family, 7919)];
  const rare = at.toString(36);
  const userName = `${first.slice(0, 1).toLowerCase()}.${rare}`;
  const name = otherScripts[at % 500] ?? `${first} ${last} ${rare}`;
  return { userName, name, email: `${userName}@example.com` };
}

/** The phone number of an account on file. */
export const benchPhone = (at: number): string => `+49 555 ${1_000_000 + at}`;

/** `count` rows of CSV with a header, in chunks of about 64 KiB, never all in memory. */
export function* benchCsv(count: number): Generator<Buffer> {
  let text = 'username,name,email,phone,employee number,department\n';
  for (let at = 0; at < count; at += 1) {
    const { userName, name, email } = benchAccount(at);
    text += `${userName},${name},${email},${benchPhone(at)},E${at},Department ${at % 40}\n`;
    if (text.length > 65_536) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(text);
}
