import type { z } from 'zod';
import { channel } from '../../shared/bridge/channels.ts';
import { failed, success, type Result } from '../../shared/errors/result.ts';
import { isFailure } from '../failure/console-failure.ts';
import type { Log } from '../log/log.ts';
import { plainIssue } from './plain-issue.ts';
import type { Sender } from './trusted-sender.ts';
import { unknownPart } from './unknown-part.ts';

/** The part of Electron's `ipcMain` that registers handlers. */
export interface HandlerPort {
  readonly handle: (name: string, listener: (event: Sender, args: unknown) => Promise<unknown>) => void;
}

interface Call {
  readonly args: z.ZodType;
  readonly value: z.ZodType;
}

interface Collaborators {
  readonly ipc: HandlerPort;
  readonly isTrusted: (sender: Sender) => boolean;
  readonly log: Log;
}

/**
 * Registers the handlers of all calls, which are the page's only way into main. Each call checks its sender, parses the
 * arguments and refuses keys that they do not declare, runs the handler, parses the value and answers a `Result`. It never throws to the page, and never logs arguments
 * or values. Throws if a call has no handler.
 */
export function registerHandlers<C extends Record<string, Record<string, Call>>>(
  contract: C,
  handlers: { readonly [G in keyof C]: { readonly [N in keyof C[G]]: (args: never) => Promise<unknown> } },
  { ipc, isTrusted, log }: Collaborators,
): void {
  for (const [group, calls] of Object.entries(contract)) {
    for (const [name, call] of Object.entries(calls)) {
      const run = handlers[group]?.[name] as ((args: unknown) => Promise<unknown>) | undefined;
      if (run === undefined) throw new Error(`no handler for ${channel(group, name)}`);
      ipc.handle(channel(group, name), (event, args) =>
        isTrusted(event)
          ? answer(channel(group, name), call, run, args, log)
          : refuse(channel(group, name), log),
      );
    }
  }
}

async function refuse(name: string, log: Log): Promise<Result<never>> {
  log.warn('bridge call from an untrusted sender refused', { call: name });
  return failed({ code: 'bridge.refused' });
}

async function answer(
  name: string,
  call: Call,
  run: (args: unknown) => Promise<unknown>,
  args: unknown,
  log: Log,
): Promise<Result<unknown>> {
  const parsed = call.args.safeParse(args ?? null);
  const unknown = parsed.success ? unknownPart(args, parsed.data) : null;
  if (!parsed.success || unknown !== null) {
    const fields = parsed.success
      ? [{ path: unknown ?? '', message: 'Not known' }]
      : parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: plainIssue(issue) }));
    log.warn('bridge call with wrong arguments refused', {
      call: name,
      paths: fields.map(({ path }) => path).join(' '),
    });
    return failed({ code: 'request.invalid', fields });
  }
  try {
    const value = await run(parsed.data);
    const checked = call.value.safeParse(value);
    if (checked.success) return success(checked.data);
    // The paths only: the issues also hold the value, which may be a secret.
    const paths = checked.error.issues.map(({ path }) => path.join('.')).join(' ');
    const reference = log.unexpected('bridge value does not match the contract', `${name}: ${paths}`);
    return failed({ code: 'internal.unexpected', reference });
  } catch (thrown) {
    if (isFailure(thrown)) return failed(thrown.failure);
    return failed({
      code: 'internal.unexpected',
      reference: log.unexpected(`bridge call ${name} failed`, thrown),
    });
  }
}
