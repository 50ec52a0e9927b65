import { textOf } from '../external/json-fields.ts';
import type { GraphClient } from './graph-client.ts';

/** Milliseconds for which the domains are cached. They change seldom, and each read of an account needs them. */
const keptMs = 300_000;

/** The tenant's federated domains, whose passwords another identity provider manages. */
export function createPasswordDomains(client: GraphClient, now: () => number) {
  let known: { readonly federated: Promise<ReadonlySet<string>>; readonly at: number } | null = null;

  async function read(): Promise<ReadonlySet<string>> {
    const federated = new Set<string>();
    for await (const page of client.pages('/domains?$select=id,authenticationType', 'read-domains'))
      for (const { id, authenticationType } of page)
        if (authenticationType !== 'Managed') federated.add(textOf(id)?.toLowerCase() ?? '');
    return federated;
  }

  return {
    /** In lower case. Throws `right-missing` without the permission to read domains. */
    federated: (): Promise<ReadonlySet<string>> => {
      if (known === null || now() - known.at > keptMs) {
        const federated = read();
        const kept = { federated, at: now() };
        known = kept;
        federated.catch(() => {
          if (known === kept) known = null;
        });
      }
      return known.federated;
    },
  };
}
export type PasswordDomains = ReturnType<typeof createPasswordDomains>;
