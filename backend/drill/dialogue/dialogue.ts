/**
 * What one kind of caller says. `{{name}}`, `{{userName}}`, `{{department}}`, `{{manager}}`, `{{employeeNumber}}` and `{{code}}` are filled in.
 * One text of each list is drawn for the call.
 */
export interface Dialogue {
  readonly opening: readonly string[];
  readonly identity: readonly string[];
  /** The caller reads out a code that they have received. */
  readonly rightCode: readonly string[];
  /** The caller is asked for a code that they do not have; with `{{code}}` they make one up. */
  readonly noCode: readonly string[];
  /** Said at the number on file: by the caller if they pass the check, by the account's owner otherwise. */
  readonly callBack: readonly string[];
  readonly manager: readonly string[];
  readonly badge: readonly string[];
  /** The caller is asked about the three words that the desk has sent. */
  readonly phrase: readonly string[];
  /** The caller is told that there is no way around the check. */
  readonly noWayAround: readonly string[];
  /** What exposed the attacker, or showed that the caller was honest; shown after the call. */
  readonly tells: readonly string[];
}
