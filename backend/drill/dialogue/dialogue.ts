/**
 * What one kind of caller says. `{{name}}`, `{{userName}}`, `{{department}}`, `{{manager}}`, `{{employeeNumber}}` and `{{code}}` are filled in; where
 * there are several texts, one of them is drawn for the call.
 */
export interface Dialogue {
  readonly opening: readonly string[];
  readonly identity: readonly string[];
  /** Reading out a code that the caller has. */
  readonly rightCode: readonly string[];
  /** Asked for a code that the caller does not have: with `{{code}}` a made-up one is read out. */
  readonly noCode: readonly string[];
  /** What is heard at the number on file; the caller's own voice if they pass. */
  readonly callBack: readonly string[];
  readonly manager: readonly string[];
  readonly badge: readonly string[];
  /** Asked about the three words that the desk has sent. */
  readonly phrase: readonly string[];
  /** Told that there is no way around the check. */
  readonly noWayAround: readonly string[];
  /** What gives the caller away, or shows that they are honest; told after the call. */
  readonly tells: readonly string[];
}
