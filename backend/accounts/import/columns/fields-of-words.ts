import type { ImportField } from '../../../../shared/api/import-file.ts';
import { squash, squashedWords } from '../../../text/squash.ts';
import { divide } from '../values/pieces.ts';

/** Words that alone name a field. */
const words: Readonly<Partial<Record<ImportField, string>>> = {
  userName: `
    username userlogin login logon loginid logonid loginname logonname upn userprincipalname samaccountname benutzername anmeldename kennung kurzel loginnaam inlognaam gebruikersnaam
    identifiant nomeutente`,
  displayName: 'displayname fullname completename anzeigename nomcomplet nombrecompleto nomecompleto',
  givenName: 'firstname givenname forename vorname prenom voornaam',
  familyName: 'lastname surname familyname nachname familienname achternaam',
  email: 'mail email emailaddress mailaddress emailadresse smtpaddress courriel',
  phone: `
    phone telephone tel telefon telefono telefoon telefone phonenumber telephonenumber mobile mobil mobiltelefon cell cellphone handy movil celular
    mobiel portable gsm rufnummer`,
};
/** Words beside them that say which of several it is. A word that says whose it is otherwise, as in "Emergency contact phone", is not among them. */
const neutral = `
  e work business biz primary main office corporate company official electronic internet addr organisation organization internal legal preferred default network windows ad domain
  number no nr num code address value name user employee worker person staff of the current
  dienstlich dienstliche dienstl dienst geschaftlich geschaftliche gesch beruflich berufliche firma firmen intern haupt nummer adresse benutzer mitarbeiter
  edv it kis pc rz nutzer kunden system mandanten
  netwerk zakelijk zakelijke werk nummer medewerker
  professionnel professionnelle pro prof bureau travail numero de du salarie adresse
  trabajo corporativo corporativa laboral empresa numero del empleado
  lavoro ufficio aziendale numero di dipendente trabalho funcionario`;

const fieldOf = new Map<string, ImportField>();
for (const [field, list] of Object.entries(words) as [ImportField, string][])
  for (const word of squashedWords(list)) fieldOf.set(word, field);
const dictionary = new Set([...fieldOf.keys(), ...squashedWords(neutral)]);
const maxWord = Math.max(...[...dictionary].map(({ length }) => length));
const maxName = 60;

/**
 * The field of a column whose name is no known one but consists of known words: "Primary Work Email", "Telefon dienstl.", `BIZ_PHONE`. Null if it has
 * another word, which may make it the value of another person, or words for two fields.
 */
export function fieldOfWords(name: string): ImportField | null {
  const squashed = squash(name);
  if (squashed.length > maxName) return null;
  const pieces = divide(squashed, dictionary, maxWord) ?? [];
  const found = new Set(pieces.flatMap((piece) => fieldOf.get(piece) ?? []));
  const [field] = found;
  return field !== undefined && found.size === 1 ? field : null;
}
