import { squashedWords } from '../../../text/squash.ts';
import { namesOfColumn } from './column-name.ts';

const prefixes = new Set(
  squashedWords(`
    tussenvoegsel tussenvoegsels tussenvgsl voorvoegsel voorvoegsels infix nameinfix surnameprefix lastnameprefix familynameprefix nameparticle
    namensvorsatz namensvorsatzwort vorsatzwort vorsatzworter`),
);
const secondNames = new Set(
  squashedWords(
    'segundoapellido apellido2 2apellido apellidomaterno secondlastname secondsurname lastname2 surname2',
  ),
);
const hasName = (names: ReadonlySet<string>, column: string): boolean =>
  namesOfColumn(column).some((name) => names.has(name));

/** Whether a column holds a part of the family name beside its main column: "Tussenvoegsel", "Segundo apellido". */
export const isSurnamePart = (column: string): boolean =>
  hasName(prefixes, column) || hasName(secondNames, column);

/** The family name in its columns: the prefix ("van den"), the first main name that is filled, the second family name. */
export function joinSurname(cells: readonly string[], columns: readonly string[]): string {
  const filled = (isWanted: (column: string) => boolean) =>
    cells.map((cell) => cell.trim()).filter((cell, at) => cell !== '' && isWanted(columns[at] ?? ''));
  const [main] = filled((column) => !isSurnamePart(column));
  return [
    ...filled((column) => hasName(prefixes, column)),
    ...(main === undefined ? [] : [main]),
    ...filled((column) => hasName(secondNames, column)),
  ].join(' ');
}
