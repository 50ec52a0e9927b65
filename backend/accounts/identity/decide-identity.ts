import type { HoldReason } from '../../../shared/api/held-row.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { haveNothingInCommon, type PersonFacts } from './in-common.ts';

/** The keys by which a source identifies a person, in normal form. */
export interface IdentityKeys {
  /** The configured directory that keeps the row's account; null for the built-in one. */
  readonly directoryId: string | null;
  readonly source: string;
  readonly sourceIdKey: string | null;
  readonly employeeNumberKey: string | null;
  readonly userNameKey: string;
  /** The user name at the former domain, if an announced change gave the domain of the user name a new name. */
  readonly formerUserNameKey?: string | null;
  readonly emailKey: string | null;
  readonly phoneDigits: string | null;
  readonly displayName: string;
}

/** An account that shares a key with a row. */
export interface Candidate {
  readonly account: AccountRow;
  /** The ids of the account: the one of its source, and those that decisions and other sources added. */
  readonly idKeys: ReadonlySet<string>;
}

/** Which account a row is about. */
export type Identity =
  | { readonly kind: 'new' }
  | {
      readonly kind: 'same';
      readonly account: AccountRow;
      /** The row's id becomes one of the account's. */
      readonly addsId: boolean;
      /** The row comes from another source than the account. The account keeps its user name and employee number. */
      readonly fromOtherSource: boolean;
    }
  | {
      readonly kind: 'held';
      readonly reason: HoldReason;
      /** The account that the row contradicts. */
      readonly account: AccountRow;
      /** Another account, to which the row's id or employee number belongs; null if there is none. */
      readonly match: AccountRow | null;
    };

const bothDiffer = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && one !== other;

/** Spreadsheets drop the zeros before a number, which therefore make no other person of the holder of a user name or id. */
export const withoutZeros = (number: string | null): string | null =>
  number !== null && /^\d+$/u.test(number) ? number.replace(/^0+(?=\d)/u, '') : number;

const numbersDiffer = (one: string | null, other: string | null): boolean =>
  bothDiffer(withoutZeros(one), withoutZeros(other));

const factsOf = (account: AccountRow): PersonFacts => ({
  userNameKey: account.user_name_key,
  displayName: account.display_name,
  emailKey: account.email_key,
  phoneDigits: account.phone_digits,
  employeeNumberKey: account.employee_number_key,
});

const idsDiffer = (keys: IdentityKeys, { idKeys }: Candidate): boolean =>
  keys.sourceIdKey !== null && idKeys.size > 0 && !idKeys.has(keys.sourceIdKey);

function same(keys: IdentityKeys, candidate: Candidate): Identity {
  const { account, idKeys } = candidate;
  return {
    kind: 'same',
    account,
    addsId: keys.sourceIdKey !== null && !idKeys.has(keys.sourceIdKey),
    // An id that was added to an account of the same source belongs to its second entry there, which has a user name of its own.
    fromOtherSource:
      account.source !== keys.source ||
      (keys.sourceIdKey !== null &&
        account.source_id_key !== null &&
        keys.sourceIdKey !== account.source_id_key &&
        idKeys.has(keys.sourceIdKey)),
  };
}

/** Decides a row without a known id: the employee number and the user name must agree. */
function decideWithoutId(keys: IdentityKeys, candidates: readonly Candidate[]): Identity {
  const byName =
    candidates.find(({ account }) => account.user_name_key === keys.userNameKey) ??
    candidates.find(({ account }) => account.user_name_key === keys.formerUserNameKey);
  const byNumber = candidates.filter(
    ({ account }) =>
      keys.employeeNumberKey !== null && account.employee_number_key === keys.employeeNumberKey,
  );
  const [firstByNumber] = byNumber;
  // Two entries of a directory are two accounts, whatever they share: an everyday one and an administrator's, for example.
  const isEntry = keys.directoryId !== null && keys.sourceIdKey !== null;
  const hold = (reason: HoldReason, { account }: Candidate, match: Candidate | undefined): Identity => ({
    kind: 'held',
    reason,
    account,
    match: match === undefined || match.account.id === account.id ? null : match.account,
  });
  if (byName === undefined) {
    if (isEntry) return { kind: 'new' };
    if (firstByNumber !== undefined) return hold('employee-number-taken', firstByNumber, undefined);
    const byAddress = candidates.find(
      ({ account }) =>
        keys.emailKey !== null && account.email_key === keys.emailKey && account.closed_at === null,
    );
    return byAddress === undefined ? { kind: 'new' } : hold('address-taken', byAddress, undefined);
  }
  const isOtherSource = byName.account.source !== keys.source;
  if (idsDiffer(keys, byName) && !isOtherSource) return hold('id-differs', byName, firstByNumber);
  if (numbersDiffer(keys.employeeNumberKey, byName.account.employee_number_key))
    return hold('employee-number-differs', byName, firstByNumber);
  if (firstByNumber !== undefined && !byNumber.includes(byName))
    return hold('employee-number-taken', firstByNumber, undefined);
  const isProved = byNumber.includes(byName);
  if (idsDiffer(keys, byName) && !isProved) return hold('other-source', byName, undefined);
  return !isProved && haveNothingInCommon(keys, factsOf(byName.account))
    ? hold('nothing-in-common', byName, undefined)
    : same(keys, byName);
}

/**
 * Whether an account can be the one that a row is about: it is kept in the row's directory. An id that a decision added also connects a source of the
 * built-in directory with an account that is kept elsewhere.
 */
const isWithinReach = ({ directoryId, sourceIdKey }: IdentityKeys, { account, idKeys }: Candidate): boolean =>
  account.directory_id === directoryId ||
  (directoryId === null && sourceIdKey !== null && idKeys.has(sourceIdKey));

/**
 * The one rule that assigns a person of a file, a directory or a feed to an account: by the stable id of the source, then the employee number, then
 * the user name, within one directory. A contradiction is held for a decision and never merged. `all` are the accounts that share one of the keys.
 */
export function decideIdentity(keys: IdentityKeys, all: readonly Candidate[]): Identity {
  const candidates = all.filter((candidate) => isWithinReach(keys, candidate));
  const { sourceIdKey } = keys;
  const byId = sourceIdKey === null ? undefined : candidates.find(({ idKeys }) => idKeys.has(sourceIdKey));
  if (byId === undefined) return decideWithoutId(keys, candidates);
  const { account } = byId;
  const identity = same(keys, byId);
  // The entry of another source has a user name and perhaps a number of its own, which the account does not take over.
  if (identity.kind === 'same' && identity.fromOtherSource) return identity;
  // A number alone may be corrected. With another user name as well, the source may have given the entry to another person.
  if (
    numbersDiffer(keys.employeeNumberKey, account.employee_number_key) &&
    account.user_name_key !== keys.userNameKey
  )
    return { kind: 'held', reason: 'employee-number-differs', account, match: null };
  const holder = candidates.find(
    ({ account: other }) => other.user_name_key === keys.userNameKey && other.id !== account.id,
  );
  return holder === undefined
    ? identity
    : { kind: 'held', reason: 'user-name-taken', account: holder.account, match: account };
}
