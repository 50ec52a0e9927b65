import { squash, squashedWords } from '../../../text/squash.ts';
import { negations, neutralWords, piecesIn } from '../values/pieces.ts';
import { wordsOfDisabled, type StatusKind } from '../values/status.ts';
import { fieldNames, statusNames } from './column-names.ts';
import { statusNamesInMoreLanguages } from './names-in-more-languages.ts';

const statusWords = new Map<string, StatusKind>();
for (const [kind, names] of Object.entries(statusNames) as [StatusKind, readonly string[]][]) {
  for (const name of [...names, ...squashedWords(statusNamesInMoreLanguages[kind] ?? '')])
    if (!statusWords.has(name)) statusWords.set(name, kind);
}
for (const word of wordsOfDisabled) if (!statusWords.has(word)) statusWords.set(word, 'blocked');
/** Names of flags, whose dates say since when. */
const isFlagName: ReadonlySet<string> = new Set(statusNames.blocked);
/** Nouns for a status, which leave the meaning to the words beside them. */
const statusNouns = new Set(
  squashedWords(
    'status state zustand statut etat situation estado situacion stato situacao accountstatus userstatus',
  ),
);
/** Words that say since when something holds. */
const sinceWords = squashedWords('since seit depuis desde dal sinds sedan siden od с z');
const statusPieces = piecesIn(
  new Set([
    ...statusWords.keys(),
    ...statusNouns,
    ...sinceWords,
    ...squashedWords(neutralWords),
    ...negations,
  ]),
);
const dateWords = new Set(['date', 'datum', 'fecha', 'data', ...sinceWords]);
const opposites: Readonly<Partial<Record<StatusKind, StatusKind>>> = {
  state: 'blocked',
  blocked: 'state',
  locked: 'unlocked',
  expired: 'unexpired',
};

/**
 * How a column expresses a status whose name is no known one but consists of words that are: "Okta status", "Konto ist deaktiviert",
 * `isAccountNonLocked`. Null if another word makes it the status of something else, or if it has two statuses, as `LockoutEnabled` has.
 */
export function statusKindOfWords(name: string): StatusKind | null {
  const pieces = statusPieces(name.replaceAll(/active directory/giu, ' ')) ?? [];
  const kinds = pieces.flatMap((piece) => (statusNouns.has(piece) ? [] : (statusWords.get(piece) ?? [])));
  const [kind] = kinds;
  if (kind === undefined) return pieces.some((piece) => statusNouns.has(piece)) ? 'state' : null;
  // "Fecha alta" is the first day of an employment.
  if (kinds.length > 1 || (kind === 'state' && pieces.some((piece) => dateWords.has(piece)))) return null;
  const negated = pieces.filter((piece) => negations.has(piece)).length;
  return negated === 0 ? kind : negated === 1 ? (opposites[kind] ?? null) : null;
}

/** Whether a name consists of words for several statuses: "Enabled/Disabled". Only the words in the cells of such a column are clear. */
export function hasSeveralStatuses(name: string): boolean {
  const pieces = statusPieces(name) ?? [];
  const kinds = pieces.flatMap((piece) => (statusNouns.has(piece) ? [] : (statusWords.get(piece) ?? [])));
  return kinds.length > 1 && !pieces.some((piece) => dateWords.has(piece));
}

/** Whether a name says that a person has left, so that a date in the column is the last day: "Resigned", "Baja". */
export const isLeavingOfWords = (name: string): boolean =>
  (statusPieces(name) ?? []).some((piece) => wordsOfDisabled.has(piece) && !isFlagName.has(piece));

const expiryNames = new Set(fieldNames.expiresAt);
const expiryPieces = piecesIn(
  new Set([
    ...expiryNames,
    ...squashedWords(`${neutralWords} krbprincipal principal time zeit heure hora utc`),
  ]),
);

/**
 * Divides each word of a name, or else all of it: a known name may be of several words, as in "Fecha fin de contrato". Then a short word counts for nothing, so that
 * "Inaktiv seit" is not "in" and "aktiv seit".
 */
function piecesOfName(pieces: typeof expiryPieces, name: string): readonly string[] {
  const ofWords = pieces(name);
  if (ofWords !== null) return ofWords;
  const ofAll = pieces(squash(name)) ?? [];
  return ofAll.some((piece) => piece.length < 3) ? [] : ofAll;
}

/** Whether a name consists of words that include one for an expiry date: "Ablaufdatum des Kontos", `krbPrincipalExpiration`. */
export const isExpiryOfWords = (name: string): boolean =>
  piecesOfName(expiryPieces, name).some((piece) => expiryNames.has(piece));

const startNames = new Set(fieldNames.startsAt);
const startPieces = piecesIn(
  new Set([...startNames, ...squashedWords(`${neutralWords} original first time zeit`)]),
);

/** Words for what an employee gets anew in the course of an employment, whose first day is not that of the person. */
const isOfPart = /position|contract|contrat|vertrag|assignment|puesto|stelle/iu;

/** Whether a name consists of words that include one for a first day: `Employee_HireDate`, "Datum Eintritt". */
export const isStartOfWords = (name: string): boolean =>
  !isOfPart.test(name) && piecesOfName(startPieces, name).some((piece) => startNames.has(piece));
