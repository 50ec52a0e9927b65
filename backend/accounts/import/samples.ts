import type { ImportMapping } from '../../../shared/api/import-file.ts';

const given =
  'Anna José Zoë Łukasz Søren Mehmet Aïcha Chloé Jürgen Ngozi Priya Hiroshi Björk Siobhán François Małgorzata Ivan Amélie Tomás Ingrid Kofi Lucía Åsa Dmitri Nadia Oliver Yuki Fatima Peter Grace'.split(
    ' ',
  );
const family =
  "Smith Müller García O'Brien Weiß Nowak Ødegaard Yılmaz Dubois Larsson Adeyemi Patel Tanaka Guðmundsdóttir Kowalczyk Fernández Petrov Lefèvre Novák Schäfer Mensah Rossi Østergård Çelik Nguyễn Haddad".split(
    ' ',
  );
const departments = ['Finance', 'Sales', 'Engineering', 'People', 'Legal', 'Logistics', 'Customer Care'];
const rightToLeft = ['ليلى حداد', 'דוד כהן', 'يوسف منصور', 'נועה לוי'];

const ascii = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i')
    .replaceAll('ð', 'd')
    .replaceAll(/[^a-z]/gu, '');

export const samplesMapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: {
    id: 0,
    userName: 1,
    displayName: 2,
    email: 3,
    phone: 4,
    employeeNumber: 5,
    department: 6,
    manager: 7,
    tier: 8,
    status: 9,
  },
};

function statusOf(at: number): string {
  if (at % 29 === 5) return 'disabled';
  if (at % 23 === 6) return 'locked';
  if (at % 41 === 7) return 'expired';
  return at % 37 === 8 ? 'no-local-password' : 'active';
}

function tierOf(at: number): string {
  if (at % 50 === 9) return 'privileged';
  return at % 11 === 4 ? 'sensitive' : 'standard';
}

/** 500 accounts of an invented company, the same each time. */
export function samplesCsv(): string {
  const lines: string[] = [];
  const managers = departments.map(
    (_name, at) => `${given[at % given.length]} ${family[(at * 7 + at) % family.length]}`,
  );
  for (let at = 0; at < 500; at += 1) {
    const [first = '', last = ''] = [
      given[at % given.length],
      family[(at * 7 + Math.floor(at / 30)) % family.length],
    ];
    const name =
      at % 100 === 42 ? (rightToLeft[Math.floor(at / 100)] ?? `${first} ${last}`) : `${first} ${last}`;
    const userName = `${ascii(first).slice(0, 1)}.${ascii(last)}${at}`;
    const email = at % 19 === 11 ? '' : `${ascii(first)}.${ascii(last)}${at}@example.com`;
    const phone = at % 17 === 12 ? '' : `+49 555 0100 ${String(1000 + at)}`;
    const department = departments[at % departments.length] ?? '';
    const manager = at < departments.length ? '' : (managers[at % departments.length] ?? '');
    const row =
      at === 318
        ? [
            'Marlene Okafor',
            'm.okafor',
            'marlene.okafor@example.com',
            '+49 555 0100 318',
            'standard',
            'active',
          ]
        : [name, userName, email, phone, tierOf(at), statusOf(at)];
    const [shown, login, mail, number, tier, status] = row;
    lines.push(
      [
        `sample-${at}`,
        login,
        shown,
        mail,
        number,
        `E${String(10_000 + at)}`,
        department,
        manager,
        tier,
        status,
      ].join(','),
    );
  }
  return lines.join('\r\n');
}
