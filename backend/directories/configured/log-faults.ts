import { DirectoryFault, type DirectoryFaultCode } from '../external/directory-fault.ts';
import type { ExternalDirectory } from '../external/external-directory.ts';

/** What a directory answers about one account or password, which is no fault of the connection or the service account. */
const answers: ReadonlySet<DirectoryFaultCode> = new Set([
  'password-refused',
  'current-password-wrong',
  'account-gone',
  'not-possible',
]);

type Call = (...given: readonly unknown[]) => Promise<unknown> | AsyncIterable<unknown>;

export type NoteFault = (facts: Readonly<Record<string, string>>) => void;

/** The facts of a fault for the log: its code, the server that was asked and that server's own code. Neither a name nor a secret is among them. */
const factsOf = (call: string, { code, detail, server, serverCode }: DirectoryFault) => ({
  call,
  fault: code,
  ...(detail !== null && { detail }),
  ...(server !== null && { server }),
  ...(serverCode !== null && { serverCode }),
});

/** The parts of a directory that have calls of their own. */
const partsWithCalls: ReadonlySet<string | symbol> = new Set(['accessPasses', 'signInMethods']);

/** The same directory, which notes the faults of its calls, of its parts' and of a prepared reset's, before it throws them. */
export function withNotedFaults(external: ExternalDirectory, note: NoteFault): ExternalDirectory {
  const noted = (call: string, thrown: unknown): unknown => {
    if (thrown instanceof DirectoryFault && !answers.has(thrown.code)) note(factsOf(call, thrown));
    return thrown;
  };
  const notedPages = async function* <T>(call: string, pages: AsyncIterable<T>): AsyncIterable<T> {
    try {
      yield* pages;
    } catch (thrown) {
      throw noted(call, thrown);
    }
  };
  const withNotes = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (_target, name) => {
        const part: unknown = target[name as keyof T];
        if (partsWithCalls.has(name) && typeof part === 'object' && part !== null) return withNotes(part);
        if (typeof part !== 'function') return part;
        return (...given: readonly unknown[]) => {
          const answer = (part as Call)(...given);
          if (Symbol.asyncIterator in answer) return notedPages(String(name), answer);
          const answered = answer.catch((thrown: unknown) => {
            throw noted(String(name), thrown);
          });
          return name === 'prepareReset'
            ? (answered as ReturnType<ExternalDirectory['prepareReset']>).then(withNotes)
            : answered;
        };
      },
    });
  return withNotes(external);
}
