import { squash } from '../../../text/squash.ts';

const secrets = 'password passwd passwort kennwort motdepasse contrasena wachtwoord senha パスワード'
  .split(' ')
  .map(squash);

/** Whether a column's name says that it holds passwords, as in templates for bulk creation. A preview does not show such values. */
export function isSecretName(name: string): boolean {
  const squashed = squash(name);
  return secrets.some((secret) => squashed.includes(secret));
}

/** Characters of a column's name that are compared. */
export const maxName = 200;

/** Prefixes of exports that name every column by its path. */
const pathPrefix = /^(?:user|users|profile|attributes|account|employee|worker|person|fields)[.:/]\s*(?=\S)/iu;

/** The name of a column without remarks in brackets and without a preceding path. */
export function labelOf(column: string): string {
  let label = column
    .slice(0, maxName)
    .replaceAll(/\[[^\]]*\]|\([^)]*\)|<[^>]*>|\*/gu, ' ')
    .replace(/\brequired\b\s*$/iu, '');
  for (let shorter = label.trim(); ; label = shorter) {
    shorter = label.trim().replace(pathPrefix, '');
    if (shorter === label.trim()) return shorter;
  }
}

/**
 * The possible names of a column, squashed, the most specific first: an attribute in square brackets (`User name [userPrincipalName] Required`), then
 * the name without remarks in brackets and without a preceding path.
 */
export function namesOfColumn(column: string): string[] {
  const name = column.slice(0, maxName);
  const attributes = [...name.matchAll(/\[([\p{L}\d_.-]+)\]/gu)].map(([, attribute]) =>
    squash(attribute ?? ''),
  );
  const names = [...attributes, squash(labelOf(name)), squash(name)];
  return [...new Set(names.filter((text) => text !== ''))];
}
