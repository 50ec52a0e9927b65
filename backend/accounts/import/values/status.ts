import type { ImportStatus } from '../../../../shared/api/import-file.ts';
import { squash, squashedWords } from '../../../text/squash.ts';
import { isPlaceholder } from './cells.ts';
import { readDate } from './dates.ts';
import { negations, neutralWords, piecesIn } from './pieces.ts';
import { flagsInMoreLanguages, statusWordsInMoreLanguages } from './status-in-more-languages.ts';

/**
 * How the cells of a status column express a status. `blocked`, `locked` and `expired` are flags whose yes means that the account cannot be used,
 * `unlocked` and `unexpired` those whose no means it. `sap-lock` is the lock of a user of SAP as a number. In a column of `words`, a yes or no says nothing.
 */
export type StatusKind =
  | 'state'
  | 'blocked'
  | 'locked'
  | 'unlocked'
  | 'expired'
  | 'unexpired'
  | 'bits'
  | 'sap-lock'
  | 'lockout-time'
  | 'blocked-since'
  | 'words';

/** Words for yes and no. Single letters that other systems use for states (`T` for terminated) are not among them. */
const yes = new Set(
  squashedWords(
    `yes y true 1 -1 on x ja j wahr oui vrai si verdadero verdadeiro vero sim waar はい 有 ${flagsInMoreLanguages.yes}`,
  ),
);
const no = new Set(
  squashedWords(
    `no n false 0 off nein falsch non faux falso nao nee onwaar いいえ 無 ${flagsInMoreLanguages.no}`,
  ),
);

/** Reads a flag; null for any other text. */
export function readFlag(text: string): boolean | null {
  const word = squash(text.replace(/^\$/u, '').replace(/^([01])[.,]0+$/u, '$1'));
  const sign = text.trim().replace(/\uFE0F$/u, '');
  if (/^[✓✔☑✅🟢●•*○〇◯]$/u.test(sign)) return true;
  if (/^[✗✘☒❌🔴⛔🚫☐×✕✖]$/u.test(sign)) return false;
  return yes.has(word) ? true : no.has(word) ? false : null;
}

const statusWords: Readonly<Record<ImportStatus, readonly string[]>> = {
  active: squashedWords(`
    active enabled enable activated current employed working normal ok valid approved inservice currentemployee accountenabled accountisenabled loginallowed kontoaktiv kontoaktiviert provisioned recovery passwordexpired passwordreset
    inforza trabalhando enrolled enroled eingeschrieben immatrikuliert ingeschreven inscrit inscrite matriculado matriculada zulassig zugelassen registered pendinguseraction inuse signinallowed allowed unblocked unlocked live accountok
    aktiv aktiviert aktive freigegeben beschaftigt angestellt imdienst laufend nichtgesperrt entsperrt
    actif active activee actives employe enposte enservice present presente presents ouvert ouverte
    activo activa habilitado habilitada activado activada alta enalta vigente
    actief ingeschakeld indienst inforza attivo attiva abilitato abilitata inservizio ativo ativa ativado habilitado
    有効 在籍 在籍中 在職 在職中 勤務中 アクティブ`),
  'no-local-password': squashedWords('no-local-password nolocalpassword federated federatedonly'),
  expired: squashedWords(`
    expired accountexpired abgelaufen expire expiree caducado caducada vencido vencida scaduto scaduta verlopen expirado expirada 期限切れ`),
  locked: squashedWords(`
    locked lockedout lockout accountlocked frozen globallylocked lockedglobally lockedlocally lockedbyadministrator lockedbyincorrectlogons gesperrtglobal globalgesperrt
    lokalgesperrt gesperrtdurchadministrator administratorgesperrt vomadministratorgesperrt gesperrtdurchfalschanmeldungen gesperrtwegenfalschanmeldungen falschanmeldungengesperrt gesperrt kontogesperrt ausgesperrt verrouille verrouillee vergrendeld ロック ロック済み ロックアウト`),
  disabled: squashedWords(`
    disabled disable inactive tobedeleted delete invalid unenrolled deregistered graduated alumni alumnus alumna exmatriculated expelled droppedout notactive notenabled softdeleted accountisdisabled blockedfromsignin kontodeaktiviert suspended suspend deprovisioned deactivated deactivate deleted archived terminated blocked signinblocked revoked staged pending
    pendingactivation pendinginvitation invited notactivated unprovisioned left leaver former formeremployee exited resigned retired dismissed separated
    notregistered withdrawn closed ended quit exemployed offboarded removed banned purged deceased cancelled canceled fired released discharged laidoff notemployed nolongeremployed
    unemployed inactif departed accountdisabled denied signindenied notallowed nolongeractive unapproved exemployee retiree terminatedemployee
    deaktiviert inaktiv ausgeschieden ausgetreten gekundigt entlassen geloscht archiviert stillgelegt blockiert ehemalig ehemaliger ehemalige beendet
    exmatrikuliert ungultig pensioniert imruhestand inruhestand ruhestand nichtaktiv abgemeldet verstorben exmitarbeiter rentner rentnerin ausserdienst
    desactive desactivee inactive inactives suspendu suspendue bloque bloquee supprime supprimee archive archivee licencie licenciee parti partie sorti sortie
    quitte partis sorties decede retraitee demissionnaire retraite ferme termine radie
    deshabilitado deshabilitada inactivo inactiva suspendido suspendida bloqueado bloqueada desactivado desactivada eliminado eliminada baja debaja cesado bajavoluntaria bajadefinitiva exempleado terminado terminada
    cesada despedido despedida archivado jubilado cerrado finalizado
    uitgeschreven ongeldig uitgeschakeld gedeactiveerd inactief geblokkeerd verwijderd uitdienst geschorst gearchiveerd
    disattivato disattivata disabilitato disabilitata sospeso sospesa bloccato bloccata inattivo inattiva cessato cessata eliminato archiviato licenziato licenziata dimesso dimessa cessati
    desativado desativada desabilitado desabilitada inativo inativa suspenso suspensa desligado desligada demitido excluido arquivado
    無効 退職 退職済 退職済み 退職者 離職 離職済 停止 削除 削除済み 休止 退社`),
};
const statusOfWord = new Map<string, ImportStatus>();
const addWords = (status: ImportStatus, list: readonly string[]): void => {
  for (const word of list) if (!statusOfWord.has(word)) statusOfWord.set(word, status);
};
for (const [status, list] of Object.entries(statusWords) as [ImportStatus, readonly string[]][])
  addWords(status, list);
for (const status of ['active', 'locked', 'disabled'] as const)
  addWords(status, squashedWords(statusWordsInMoreLanguages[status]));

/** Words that say that a person has left or is shut out, which are also names of columns: "Resigned", "Cessato". */
export const wordsOfDisabled: ReadonlySet<string> = new Set(
  [...statusOfWord].flatMap(([word, status]) =>
    status === 'disabled' && (word.length > 3 || /\P{ASCII}/u.test(word)) ? [word] : [],
  ),
);

/** Bits of `userAccountControl`. */
const [accountDisable, lockout] = [0x2, 0x10];

/** Account types among the bits of `userAccountControl`, of which each account has one: a user, a computer, a trust. */
const accountTypes = [0x100, 0x200, 0x800, 0x1000, 0x2000] as const;

/** Whether a number can be the `userAccountControl` of an account. */
const isUserAccountControl = (bits: number): boolean =>
  accountTypes.filter((type) => (bits & type) !== 0).length === 1;

/**
 * Reads `userAccountControl`: as a number, in hexadecimal, or as names of its flags. In a column that is not known to be one of bits, a number that
 * cannot be a `userAccountControl` is a code of the exporting system: null.
 */
function readBits(text: string, isKnownToBeBits: boolean): ImportStatus[] | null {
  const number = /^(?:0x([\da-f]+)|(-?\d+))(?:\s*[(=:].*)?$/iu.exec(text);
  if (number) {
    const bits = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
    if (!Number.isSafeInteger(bits) || !(isKnownToBeBits || isUserAccountControl(bits))) return null;
    const found: ImportStatus[] = [];
    if ((bits & accountDisable) !== 0) found.push('disabled');
    if ((bits & lockout) !== 0) found.push('locked');
    return found.length === 0 ? ['active'] : found;
  }
  const names = text.split(/[,;|]/u).map(squash);
  if (
    !names.some((flag) =>
      /^(?:adsuf|uf)?(?:normalaccount|accountdisabled?|passwordnotrequired|dontexpirepassword)/u.test(flag),
    )
  )
    return null;
  const found: ImportStatus[] = [];
  if (names.some((flag) => /^(?:adsuf|uf)?accountdisabled?$/u.test(flag))) found.push('disabled');
  if (names.some((flag) => /^(?:adsuf|uf)?lockout$/u.test(flag))) found.push('locked');
  return found.length === 0 ? ['active'] : found;
}

/** Reads the flags of a Samba account, as in `[UD         ]`; null for any other text. */
function readSambaFlags(text: string): ImportStatus[] | null {
  const [, flags] = /^\[([A-Z]+) *\]$/u.exec(text) ?? [];
  if (flags === undefined) return null;
  const found: ImportStatus[] = [];
  if (flags.includes('D')) found.push('disabled');
  if (flags.includes('L')) found.push('locked');
  return found.length === 0 ? ['active'] : found;
}

/** Reads the lock of a user of SAP: 0 for none, 128 after wrong passwords, 32 and 64 by an administrator. */
function readSapLock(text: string): ImportStatus[] | null {
  if (!/^\d{1,3}$/u.test(text)) return null;
  const bits = Number(text);
  const found: ImportStatus[] = [];
  if ((bits & ~128) !== 0) found.push('disabled');
  if ((bits & 128) !== 0) found.push('locked');
  return found.length === 0 ? ['active'] : found;
}

const piecesOf = piecesIn(new Set([...statusOfWord.keys(), ...squashedWords(neutralWords), ...negations]));

/** The status of words that all say the same: "user disabled", "no longer an employee", "pas actif". */
function statusOfWords(text: string): ImportStatus | null {
  const known = statusOfWord.get(squash(text));
  if (known !== undefined) return known;
  const pieces = piecesOf(text) ?? [];
  const statuses = new Set(pieces.flatMap((piece) => statusOfWord.get(piece) ?? []));
  const [status] = statuses;
  if (status === undefined || statuses.size > 1) return null;
  const negated = pieces.filter((piece) => negations.has(piece)).length;
  if (negated === 0) return status;
  if (negated > 1 || status === 'expired' || status === 'no-local-password') return null;
  return status === 'active' ? 'disabled' : 'active';
}

/** What may stand in brackets behind a status and says nothing about it: a code, a yes, a number. */
const isCode = (text: string): boolean => /^[\w.-]{0,2}$|^\d+$/u.test(text) || readFlag(text) === true;

/** Reads words with a remark in brackets, after a code ("1 - Active") or before the date since when they hold. */
function readWords(value: string): ImportStatus[] | null {
  if (value.includes('?')) return null;
  // The assignments of Oracle: "Suspended - No Payroll".
  const [, assignment] =
    /^(.*\S)\s+-\s+(?:payroll eligible|no payroll|process when earning)$/iu.exec(value) ?? [];
  if (assignment !== undefined) return readWords(assignment);
  const remarks = [...value.matchAll(/\(([^)]*)\)/gu)].map(([, remark = '']) => remark.trim());
  const bare = value.replaceAll(/\([^)]*\)/gu, ' ').trim();
  const status = statusOfWords(bare);
  if (status !== null) {
    const others = remarks.filter((remark) => !isCode(remark)).map((remark) => statusOfWords(remark));
    // A remark that is not known may end what the word says: "Active (on leave)".
    if (status === 'active' && others.includes(null)) return null;
    return [...new Set([status, ...others.flatMap((other) => other ?? [])])];
  }
  const [, coded] = /^\(?(?:\d{1,3}\)?\s*[-–—:.=/]?|\p{Lu}\)?\s*[-–—:.=/])\s*(\p{L}.*)$/u.exec(value) ?? [];
  if (coded !== undefined) return readWords(coded);
  const [, dated, since] =
    /^(.*?\p{L})[\s,;:-]+(?:(?:am|on|le|el)\s+|(since|seit|depuis|desde)\s+)?(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{4})$/iu.exec(
      value,
    ) ?? [];
  if (dated === undefined) return null;
  const before = statusOfWords(dated);
  return before === null || (before === 'active' && since === undefined) ? null : [before];
}

const readings = new Map<string, ImportStatus[] | null>();
const keptReadings = 2000;

/** {@link readWords} for columns, whose words repeat. */
function readKnownWords(value: string): ImportStatus[] | null {
  const known = readings.get(value);
  if (known !== undefined) return known;
  const read = readWords(value);
  if (readings.size >= keptReadings) readings.clear();
  readings.set(value, read);
  return read;
}

/** The status that a yes means, and the one that a no means. */
const flags: Readonly<Partial<Record<StatusKind, readonly [yes: ImportStatus, no: ImportStatus]>>> = {
  blocked: ['disabled', 'active'],
  locked: ['locked', 'active'],
  unlocked: ['active', 'locked'],
  expired: ['expired', 'active'],
  unexpired: ['active', 'expired'],
};
const nothing =
  /^(?:|[-–—]+|n\/?a|null|\(null\)|none|\(none\)|never|<not set>|0|0001-01-01.*|1601-01-01.*)$/iu;

/**
 * Reads a cell of a status column: its statuses, an empty list if it states none, null for an unknown word. `answers` are the meanings that the
 * administrator gave to words, by the word in lower case.
 */
export function readStatus(
  text: string,
  kind: StatusKind,
  answers: Readonly<Record<string, ImportStatus | undefined>> = {},
): readonly ImportStatus[] | null {
  if (text.length > 200) return null;
  const value = text.trim();
  const answer = answers[statusWordKey(value)];
  // The meaning of an empty cell, of a yes and of a no is one of the column of states, not of flags.
  const isWord = value !== '' && readFlag(value) === null;
  if (answer !== undefined && (isWord || kind === 'state')) return [answer];
  if (kind === 'blocked-since' || kind === 'lockout-time') {
    if (nothing.test(value)) return [];
    return [kind === 'blocked-since' ? 'disabled' : 'locked'];
  }
  if (value === '' || isPlaceholder(value)) return [];
  if (kind === 'sap-lock') return readSapLock(value);
  const flag = readFlag(value);
  if (flag !== null && kind === 'words') return null;
  if (flag !== null && kind !== 'bits') {
    const [ifYes, ifNo] = flags[kind] ?? ['active', 'disabled'];
    return [flag ? ifYes : ifNo];
  }
  const read = readKnownWords(value) ?? readSambaFlags(value) ?? readBits(value, kind === 'bits');
  if (read !== null || (kind !== 'blocked' && kind !== 'locked')) return read;
  // Since when the account is blocked.
  const date = readDate(value);
  return date === null ? null : date.kind === 'never' ? [] : [kind === 'blocked' ? 'disabled' : 'locked'];
}

/** Whether cells are check marks, among which an empty cell says no: `x`, "✓". */
export const areCheckMarks = (cells: readonly string[]): boolean => {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return (
    filled.length > 0 &&
    filled.length < cells.length &&
    filled.every((cell) => /^(?:x|[✓✔☑✅●•*])\uFE0F?$/iu.test(cell))
  );
};

/** Whether the numbers of a column of states are codes of the exporting system, in which 1 need not mean active: `1`, `2`, `3`. */
export const areNumberCodes = (cells: readonly string[]): boolean =>
  cells.some((cell) => /^\s*\d{1,3}\s*$/u.test(cell) && readStatus(cell, 'state') === null);

/** The key of a word in `ImportMapping.statuses`. */
export const statusWordKey = (text: string): string => text.trim().toLowerCase().slice(0, 100);
