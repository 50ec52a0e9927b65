import type { ImportField } from '../../../../shared/api/import-file.ts';
import { squash, squashedWords } from '../../../text/squash.ts';
import type { StatusKind } from '../values/status.ts';
import { fieldNames, statusNames } from './column-names.ts';
import { labelOf, namesOfColumn } from './column-name.ts';
import { fieldOfWords } from './fields-of-words.ts';
import {
  hasSeveralStatuses,
  isExpiryOfWords,
  isStartOfWords,
  isLeavingOfWords,
  statusKindOfWords,
} from './names-of-words.ts';
import { fieldNamesInMoreLanguages, statusNamesInMoreLanguages } from './names-in-more-languages.ts';

const fields = Object.keys(fieldNames) as (keyof typeof fieldNames)[];
const ranks = new Map<string, Map<ImportField, number>>();
for (const field of fields) {
  const names = [...fieldNames[field], ...squashedWords(fieldNamesInMoreLanguages[field] ?? '')];
  for (const [rank, name] of names.entries()) {
    const known = ranks.get(name) ?? new Map<ImportField, number>();
    if (!known.has(field)) known.set(field, rank);
    ranks.set(name, known);
  }
}
const statusKinds = new Map<string, { kind: StatusKind; rank: number }>();
let rank = 0;
for (const [kind, names] of Object.entries(statusNames) as [StatusKind, readonly string[]][]) {
  for (const name of [...names, ...squashedWords(statusNamesInMoreLanguages[kind] ?? '')]) {
    if (!statusKinds.has(name)) statusKinds.set(name, { kind, rank: (rank += 1) });
  }
}

/** Columns of exports that fill no field, but help to recognise a header. */
const otherNames = new Set(
  squashedWords(`
    dn distinguishedname entrydn sid objectsid memberof title jobtitle description company companyname city postalcode country street streetaddress
    physicaldeliveryofficename office officelocation location usagelocation proxyaddresses whencreated whenchanged lastlogon lastlogontimestamp
    pwdlastset passwordlastset badpwdcount primarygroupid instancetype usncreated usnchanged initials wwwhomepage thumbnailphoto
    password initialpassword passwordprofile passwordhashfunction licenses creationtype directorysynced invitationstate identityissuer createddatetime
    agegroup consentprovidedforminor legalagegroupclassification alternateemailaddress lastsignin recoveryemail homesecondaryemail worksecondaryemail
    workaddress homeaddress employeetype employeetitle newprimaryemail orgunitpath costcenter building room position
    standort ort strasse plz titel funktion position stelle firma geschlecht gender birthdate geburtsdatum ville pays adresse fonction poste ciudad
    pais direccion cargo puesto notes comment bemerkung groups group roles role
    sitename computers extensionattribute1 preferredlanguage locale timezone secondaryemail middlename honorificprefix nickname passwordneverexpires
    passwordexpired passwordlastchanged`),
);

/** Behind all known names. */
const rankOfWords = 900;

/** The fields of a name that offers several: "User ID/Email". Empty if a part of it is unknown. */
function fieldsOfEither(label: string): ReturnType<typeof fieldsOfName> {
  const parts = label.split(/\s*\/\s*|\s+(?:or|oder|ou|o)\s+/iu);
  if (parts.length !== 2) return [];
  const found = parts.map((part) => [...(ranks.get(squash(part)) ?? [])]);
  if (found.some((known) => known.length === 0)) return [];
  return found.flat().map(([field, at]) => ({ field, rank: at + 0.5 }));
}

/** The field that a column's name stands for, best first; a lower rank is a better name. */
export function fieldsOfName(name: string): { readonly field: ImportField; readonly rank: number }[] {
  const found: { field: ImportField; rank: number }[] = [];
  for (const [at, known] of namesOfColumn(name).entries()) {
    for (const [field, position] of ranks.get(known) ?? []) {
      if (!found.some((other) => other.field === field)) found.push({ field, rank: position + at / 10 });
    }
    const status = statusKinds.get(known);
    if (status && !found.some(({ field }) => field === 'status'))
      found.push({ field: 'status', rank: status.rank + at / 10 });
  }
  if (found.length > 0) return found.toSorted((a, b) => a.rank - b.rank);
  const label = labelOf(name);
  if (isExpiryOfWords(label)) return [{ field: 'expiresAt', rank: rankOfWords }];
  const either = fieldsOfEither(label);
  if (either.length > 0) return either;
  if (statusKindOfWords(label) === null) {
    if (isStartOfWords(label)) return [{ field: 'startsAt', rank: rankOfWords }];
    if (hasSeveralStatuses(label)) return [{ field: 'status', rank: rankOfWords + 2 }];
    const field = fieldOfWords(label);
    return field === null ? [] : [{ field, rank: rankOfWords + 3 }];
  }
  const status = { field: 'status', rank: rankOfWords + 1 } as const;
  return isLeavingOfWords(label) ? [{ field: 'expiresAt', rank: rankOfWords }, status] : [status];
}

/**
 * How a status column with this name expresses a status. A label about blocking wins over its attribute: the bulk template of Entra ID calls
 * `accountEnabled` "Block sign in".
 */
export function statusKindOf(name: string): StatusKind {
  const kinds = namesOfColumn(name).flatMap((known) => statusKinds.get(known)?.kind ?? []);
  const kind = kinds.find((found) => found !== 'state') ?? kinds[0] ?? statusKindOfWords(labelOf(name));
  return kind ?? (hasSeveralStatuses(labelOf(name)) ? 'words' : 'state');
}

/** Whether a status column is about the employment rather than the account. */
export const isOfEmployment = (name: string): boolean =>
  /employ|worker|beschaftigung|mitarbeiter|personal|salarie|emplead|dipendente|medewerker|stat2/u.test(
    squash(name),
  );

/** How the values of a column of expiry dates are meant; null for what they say themselves. */
export type ExpiryUnit = 'days-since-1970' | 'days';

/**
 * How a column of expiry dates counts. `shadowExpire` counts days, which could be days of Excel. The last day of an employment or a contract is a day, although
 * personnel systems write midnight behind it; at that of an account's expiry, the account has expired.
 */
export function expiryUnitOf(name: string): ExpiryUnit | null {
  const names = namesOfColumn(name);
  if (names.includes('shadowexpire')) return 'days-since-1970';
  return names.some((known) => /expir|account|konto|login|ablauf|compte|cuenta/u.test(known)) ? null : 'days';
}

/** The known names of columns in exports, without accents and signs. */
export const knownNames: ReadonlySet<string> = new Set([
  ...ranks.keys(),
  ...statusKinds.keys(),
  ...otherNames,
]);

/** Whether exports have a column of this name. */
export const isKnownName = (name: string): boolean =>
  name.length <= 100 && namesOfColumn(name).some((known) => knownNames.has(known));

/** Names that only one system uses. */
const sources: readonly (readonly [source: string, names: readonly string[]])[] = [
  ['Google Workspace', ['orgunitpath', 'newprimaryemail']],
  ['Google Workspace', ['passwordhashfunction', 'orgunitpath']],
  ['Entra ID', ['userprincipalname', 'accountenabled']],
  ['Entra ID', ['userprincipalname', 'passwordprofile']],
  ['Microsoft 365', ['userprincipalname', 'blockcredential']],
  ['Microsoft 365', ['userprincipalname', 'licenses']],
  ['Active Directory', ['samaccountname', 'useraccountcontrol']],
  ['Active Directory', ['samaccountname', 'distinguishedname']],
  ['Active Directory', ['dn', 'samaccountname']],
  ['Active Directory', ['samaccountname', 'userprincipalname']],
  ['Okta', ['login', 'userstatus']],
  ['Okta', ['login', 'secondemail']],
  ['Jamf', ['username', 'realname', 'sitename']],
  ['Jamf', ['username', 'fullname', 'ldapserver']],
  ['Workday', ['supervisoryorganization', 'workerid']],
  ['Workday', ['employeeid', 'workeremail']],
  ['SAP', ['pernr']],
  ['Personio', ['supervisor', 'lastworkingday', 'status']],
];

/** The system that writes files with these columns; null if it is not known. */
export function sourceOf(columns: readonly string[]): string | null {
  const names = new Set(columns.flatMap(namesOfColumn));
  return sources.find(([, needed]) => needed.every((name) => names.has(name)))?.[0] ?? null;
}
