import type { ImportStatus } from '../../../../shared/api/import-file.ts';
import { isPlaceholder } from './cells.ts';
import { squash, squashedWords } from '../../../text/squash.ts';
import { flagsInMoreLanguages, statusWordsInMoreLanguages } from './status-in-more-languages.ts';

/** How the cells of a status column express a status. `blocked` and `locked` are flags whose yes means that the account cannot be used. */
export type StatusKind =
  'state' | 'blocked' | 'locked' | 'expired' | 'bits' | 'lockout-time' | 'blocked-since';

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
  const word = squash(text.replace(/^\$/u, ''));
  const sign = text.trim().replace(/\uFE0F$/u, '');
  if (/^[✓✔☑✅]$/u.test(sign)) return true;
  if (/^[✗✘☒❌☐]$/u.test(sign)) return false;
  return yes.has(word) ? true : no.has(word) ? false : null;
}

const statusWords: Readonly<Record<ImportStatus, readonly string[]>> = {
  active: squashedWords(`
    active enabled enable activated current employed working normal ok valid approved inservice currentemployee accountenabled accountisenabled loginallowed kontoaktiv kontoaktiviert provisioned recovery passwordexpired passwordreset
    pendinguseraction inuse signinallowed allowed unblocked unlocked live
    aktiv aktiviert aktive freigegeben beschaftigt angestellt imdienst nichtgesperrt entsperrt
    actif active activee actives employe enposte enservice
    activo activa habilitado habilitada activado activada alta enalta vigente
    actief ingeschakeld indienst attivo attiva abilitato abilitata inservizio ativo ativa ativado habilitado
    有効 在籍 在職 アクティブ`),
  'no-local-password': squashedWords('no-local-password nolocalpassword federated federatedonly'),
  expired: squashedWords(`
    expired accountexpired abgelaufen expire expiree caducado caducada vencido vencida scaduto scaduta verlopen expirado expirada 期限切れ`),
  locked: squashedWords(`
    locked lockedout lockout accountlocked gesperrt kontogesperrt ausgesperrt verrouille verrouillee vergrendeld ロック ロック済み ロックアウト`),
  disabled: squashedWords(`
    disabled disable inactive notactive notenabled softdeleted accountisdisabled blockedfromsignin kontodeaktiviert suspended suspend deprovisioned deactivated deactivate deleted archived terminated blocked signinblocked revoked staged pending
    pendingactivation pendinginvitation invited notactivated unprovisioned left leaver former formeremployee exited resigned retired dismissed separated
    withdrawn closed ended quit offboarded removed banned purged deceased cancelled canceled fired released discharged laidoff notemployed nolongeremployed
    unemployed inactif departed accountdisabled denied signindenied notallowed
    deaktiviert inaktiv ausgeschieden ausgetreten gekundigt entlassen geloscht archiviert stillgelegt blockiert ehemalig ehemaliger ehemalige beendet
    pensioniert imruhestand nichtaktiv abgemeldet
    desactive desactivee inactive inactives suspendu suspendue bloque bloquee supprime supprimee archive archivee licencie licenciee parti partie sorti sortie
    quitte demissionnaire retraite ferme termine radie
    deshabilitado deshabilitada inactivo inactiva suspendido suspendida bloqueado bloqueada desactivado desactivada eliminado eliminada baja debaja cesado
    cesada despedido despedida archivado jubilado cerrado finalizado
    uitgeschakeld gedeactiveerd inactief geblokkeerd verwijderd uitdienst geschorst gearchiveerd
    disattivato disattivata disabilitato disabilitata sospeso sospesa bloccato bloccata inattivo inattiva cessato cessata eliminato archiviato licenziato
    desativado desativada desabilitado desabilitada inativo inativa suspenso suspensa desligado desligada demitido excluido arquivado
    無効 退職 停止 削除 削除済み 休止 退社`),
};
const statusOfWord = new Map<string, ImportStatus>();
const addWords = (status: ImportStatus, list: readonly string[]): void => {
  for (const word of list) if (!statusOfWord.has(word)) statusOfWord.set(word, status);
};
for (const [status, list] of Object.entries(statusWords) as [ImportStatus, readonly string[]][])
  addWords(status, list);
for (const status of ['active', 'locked', 'disabled'] as const)
  addWords(status, squashedWords(statusWordsInMoreLanguages[status]));

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
  const flags = text.split(/[,;|]/u).map(squash);
  if (
    !flags.some((flag) =>
      /^(?:adsuf|uf)?(?:normalaccount|accountdisabled?|passwordnotrequired|dontexpirepassword)/u.test(flag),
    )
  )
    return null;
  const found: ImportStatus[] = [];
  if (flags.some((flag) => /^(?:adsuf|uf)?accountdisabled?$/u.test(flag))) found.push('disabled');
  if (flags.some((flag) => /^(?:adsuf|uf)?lockout$/u.test(flag))) found.push('locked');
  return found.length === 0 ? ['active'] : found;
}

const ifYes: Readonly<Partial<Record<StatusKind, ImportStatus>>> = {
  blocked: 'disabled',
  locked: 'locked',
  expired: 'expired',
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
  if (answer !== undefined) return [answer];
  if (kind === 'blocked-since' || kind === 'lockout-time') {
    if (nothing.test(value)) return [];
    return [kind === 'blocked-since' ? 'disabled' : 'locked'];
  }
  if (value === '' || isPlaceholder(value)) return [];
  const flag = readFlag(value);
  if (flag !== null && kind !== 'bits') {
    const flagged = ifYes[kind];
    if (flagged !== undefined) return [flag ? flagged : 'active'];
    return [flag ? 'active' : 'disabled'];
  }
  const known = statusOfWord.get(squash(value.replaceAll(/\([^)]*\)/gu, '')));
  if (known !== undefined) return [known];
  return readBits(value, kind === 'bits');
}

/** The key of a word in `ImportMapping.statuses`. */
export const statusWordKey = (text: string): string => text.trim().toLowerCase().slice(0, 100);
