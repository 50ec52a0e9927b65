/** A folder directly under a part of the project. */
export interface Wing {
  readonly name: string;
  /** What the folder holds, for docs/architecture.md. */
  readonly holds: string;
}

/** A part of the project, such as the backend, with its wings from the highest to the lowest. */
export interface Part {
  readonly name: string;
  /** The parts that it may import, besides itself. */
  readonly imports: readonly string[];
  /** Wings of one row may not import each other; a wing may import every wing in a lower row. */
  readonly rows: readonly (readonly Wing[])[];
  /** Files directly under the part that every wing may import. Other such files are entry points, which no wing imports. */
  readonly base: readonly string[];
}

const wing = (name: string, holds: string): Wing => ({ name, holds });

/** The order of the parts and wings. `npm run check` enforces it, and docs/architecture.md is drawn from it. */
export const parts: readonly Part[] = [
  {
    name: 'backend',
    imports: ['shared'],
    base: ['refusal.ts'],
    rows: [
      [wing('app', 'Composition: builds the services and connects them. Commands and configuration.')],
      [wing('drill', 'Practice calls in a separate environment.')],
      [wing('web', 'The Reset API over HTTP and the self-service pages.')],
      [wing('self-service', 'Tasks of account owners: sign-in, passwords and contact data.')],
      [wing('protected-changes', 'Changes that need a second administrator: proposals and their execution.')],
      [
        wing(
          'casework',
          'A case from opening to handover: checks, decision, approvals, grants, resets, alerts.',
        ),
      ],
      [
        wing('operators', 'Operators, their sessions and how they sign in.'),
        wing(
          'credentials',
          'Second factors, recovery codes and contact data of account owners, and changes to them.',
        ),
      ],
      [wing('messaging', 'Mail, text messages and notifications.')],
      [wing('accounts', 'Accounts, their search index and imports.')],
      [
        wing('directories', 'The port to directories of accounts and passwords, and its adapters.'),
        wing('live', 'Events for connected consoles.'),
        wing('audit', 'Reading, verifying, exporting and streaming the audit log; evidence packs.'),
      ],
      [
        wing('authorization', 'Which operator may do what.'),
        wing('passwords', 'Hashing, generating and screening passwords.'),
      ],
      [wing('policy', 'The policy in force and its history.')],
      [
        wing(
          'outbound',
          'Connections to other servers: certificates, time and size limits, and explanations of failures.',
        ),
      ],
      [wing('store', 'Tables, migrations and the only way to write, which also appends to the audit log.')],
      [
        wing('text', 'Folding and masking of text.'),
        wing('network', 'Addresses of hosts and networks.'),
        wing('scheduling', 'Repeating work at an interval, and values that are read again after a while.'),
      ],
    ],
  },
  {
    name: 'renderer',
    imports: ['shared'],
    base: [],
    rows: [
      [wing('app', 'Start, lock and the shell around the screens.')],
      [wing('screens', 'One folder for each screen.')],
      [wing('parts', 'Components and hooks that several screens use.')],
      [wing('bridge', 'Access to the main process.')],
      [wing('texts', 'The catalogues of texts.'), wing('theme', 'Colours, fonts and spacing.')],
    ],
  },
  {
    name: 'electron',
    imports: ['shared'],
    base: [],
    rows: [
      [
        wing('app', 'Composition of the main process.'),
        wing('backend-command', 'Runs the backend without a window.'),
        wing('preload', 'The bridge as the page sees it.'),
      ],
      [wing('features', 'One folder for each capability; each registers its own handlers.')],
      [wing('shell', 'The window, its menu, and the guards around the page.')],
      [
        wing(
          'services',
          'Access from main to the Reset API, the keychain, the backend process and the settings file.',
        ),
      ],
      [wing('bridge', 'Registers handlers for calls of the page and sends it events.')],
      [
        wing('failure', 'Failures that the console itself reports.'),
        wing('log', 'The log and its redaction.'),
      ],
      [
        wing('limits', 'Limits on how often something happens.'),
        wing('code-cache', 'Loads bundles with V8’s compiled code.'),
      ],
    ],
  },
  {
    name: 'shared',
    imports: [],
    base: [],
    rows: [
      [
        wing('bridge', 'The contract between page and main process.'),
        wing('embedded', 'Messages between main and the embedded backend.'),
        wing('texts', 'Words that the console and the backend share.'),
      ],
      [
        wing('api', 'The Reset API, declared once.'),
        wing('managed', 'The settings that an organisation manages for its consoles.'),
      ],
      [
        wing('errors', 'The closed set of error codes.'),
        wing('password-policy', 'The password engine of console, pages and backend.'),
        wing('secret', 'Values that are never printed.'),
        wing('updates', 'The format of the update feed.'),
        wing('typed', 'Readers of typed or pasted text: identifiers, codes and temporary passwords.'),
      ],
    ],
  },
];
