import { foldedWords } from '../../../text/fold.ts';

/** Characters of a text that are divided. A longer one is a sentence. */
const maxLength = 80;

/** The fewest words of the dictionary that together are the text; null if there are none. */
export function divide(
  text: string,
  dictionary: ReadonlySet<string>,
  maxWord: number,
): readonly string[] | null {
  const best: (readonly string[] | null)[] = [[]];
  for (let end = 1; end <= text.length; end += 1) {
    best[end] = null;
    for (let start = Math.max(0, end - maxWord); start < end; start += 1) {
      const before = best[start];
      const word = text.slice(start, end);
      if (!before || !dictionary.has(word)) continue;
      if ((best[end]?.length ?? Infinity) > before.length + 1) best[end] = [...before, word];
    }
  }
  return best[text.length] ?? null;
}

/**
 * Divides texts such as `isUserSuspended`, `Konto ist deaktiviert` and `inetUserStatus` into words of a dictionary. The result is null for a text with
 * any other word, which may change its meaning: `MFA enabled`, `Password expired`.
 */
export function piecesIn(dictionary: ReadonlySet<string>): (text: string) => readonly string[] | null {
  const maxWord = Math.max(...[...dictionary].map(({ length }) => length));
  return (text) => {
    if (text.length > maxLength) return null;
    const pieces: string[] = [];
    for (const { word } of foldedWords(text)) {
      const found = divide(word, dictionary, maxWord);
      if (found === null) return null;
      pieces.push(...found);
    }
    return pieces.length === 0 ? null : pieces;
  };
}

/** Words beside a status that say whose or which it is, and change nothing about it, in the languages of the column names. */
export const neutralWords = `
  account accounts user users person people employee worker staff member associate position assignment contract employment login logon sign in signin on is has was are the a an of to for current currently
  new access system record work profile identity directory ad ldap okta entra azure google workspace inet samba ns msds ds ms o365 m365 office365 windows domain hr hris sso idp
  status state stat date time flag indicator code xref ref key dt kz kennzeichen yn フラグ 区分
  konto kontos benutzer benutzers nutzer mitarbeiter mitarbeiters person ist hat wurde der die das des den von zur zum am anmeldung zugang vertrag zustand beschaftigung datum
  compte utilisateur salarie employe est du de la le l d des contrat etat statut acces connexion date
  cuenta usuario empleado esta del el los las estado acceso inicio sesion contrato situacion fecha
  gebruiker medewerker toegang utente dipendente conta usuario funcionario situacao colaborador
  zatrudnienia pracownika konta uzytkownika účtu zaměstnance uživatele сотрудника учётной учетной записи пользователя hesap çalışan durumu mi mı mu mü`;

/** Words that turn the meaning of a status around. */
export const negations: ReadonlySet<string> = new Set([
  'not',
  'non',
  'no',
  'un',
  'nicht',
  'pas',
  'nie',
  'niet',
]);
