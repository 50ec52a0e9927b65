import { z } from 'zod';
import type { Endpoint } from '../api/endpoint.ts';
import { deliveryChannel, deliveryMode, oldPasswordFate } from '../api/delivery.ts';
import { endpoints } from '../api/endpoints.ts';
import { liveEvent } from '../api/live.ts';
import { recoveryCodes, secondFactorOffer } from '../api/own-account.ts';
import { sessionView } from '../api/session.ts';
import { consoleState, connectionState, backendProcessState, spellingName } from './state.ts';
import type { calls, CallGroup, CallName, EventName } from './channels.ts';
import type { Result } from '../errors/result.ts';

/** One call across the bridge: what goes in, what comes out. `null` for nothing. */
interface Call<A extends z.ZodType = z.ZodType, V extends z.ZodType = z.ZodType> {
  readonly args: A;
  readonly value: V;
}

const call = <A extends z.ZodType, V extends z.ZodType>(args: A, value: V): Call<A, V> => ({ args, value });
const nothing = z.null();

type PartOf<E, Name extends string> =
  E extends Record<Name, infer S extends z.ZodType> ? S : z.ZodOptional<z.ZodUndefined>;

/** A call that is one endpoint of the Reset API and nothing more: same input, same answer. */
function apiCall<const E extends Endpoint>(endpoint: E) {
  const absent = z.undefined().optional();
  const args = z.object({
    params: (endpoint.params ?? absent) as PartOf<E, 'params'>,
    query: (endpoint.query ?? absent) as PartOf<E, 'query'>,
    body: (endpoint.body ?? absent) as PartOf<E, 'body'>,
  });
  return { args, value: endpoint.answer as E['answer'], endpoint };
}

const serverAddress = z.string().trim().min(1).max(2000);
const chosenFile = z.object({ token: z.string(), fileName: z.string(), bytes: z.int() });
const byReset = z.object({ resetId: z.string() });

/** What a person types to prove an operator; goes in, never comes back. */
const credentials = z.object({ userName: z.string().max(200), password: z.string().max(2000) });

const codeOnly = z.object({ code: z.string().max(100) });

/** Password or code: what an operator proves themselves with once more. */
const proof = z.union([z.object({ password: z.string().max(2000) }), codeOnly]);

const entered = z.object({
  session: sessionView,
  /** Why the sign-in was not remembered although asked to be; null when it was, or was not asked. */
  notRemembered: z.enum(['keychain.missing', 'keychain.locked', 'keychain.failed']).nullable(),
});
const furtherStep = z.object({ step: z.enum(['code', 'enrol']) });

/** Groups that a drill has a double of. */
const accounts = {
  search: apiCall(endpoints.searchAccounts),
  get: apiCall(endpoints.getAccount),
  unmask: apiCall(endpoints.unmaskContact),
  timeline: apiCall(endpoints.getTimeline),
};
const cases = {
  open: apiCall(endpoints.openCase),
  get: apiCall(endpoints.getCase),
  list: apiCall(endpoints.listCases),
  change: apiCall(endpoints.changeCase),
  refuse: apiCall(endpoints.refuseCase),
  close: apiCall(endpoints.closeCase),
  startCheck: apiCall(endpoints.startCheck),
  answerCheck: apiCall(endpoints.answerCheck),
  mintGrant: apiCall(endpoints.mintGrant),
  deliveryChoices: apiCall(endpoints.getDeliveryChoices),
  sendPhrase: apiCall(endpoints.sendPhrase),
};
const resets = {
  /**
   * Spends a grant. Main keeps the temporary password; the page learns only that there is one. `attempt` is the page's
   * name for this press of the button: the same attempt again is the same reset.
   */
  reset: call(
    z.object({
      caseId: z.string(),
      grantId: z.string(),
      action: z.enum(['temporary-password', 'reset-link']),
      deliveryMode: deliveryMode.optional(),
      oldPassword: oldPasswordFate.optional(),
      sentBy: deliveryChannel.optional(),
      insteadOf: z.string().optional(),
      attempt: z.string().min(8).max(100),
    }),
    z.object({ reset: endpoints.reset.answer.shape.reset, secretHeld: z.boolean() }),
  ),
  /** A new link by mail; the one before is void. */
  resend: apiCall(endpoints.resendResetLink),
  /** Taken back unused; main forgets the temporary password. */
  revoke: apiCall(endpoints.revokeReset),
};
const handover = {
  /** The temporary password, for as long as it is shown; recorded by the backend before it is given. */
  reveal: call(byReset, z.object({ value: z.string(), concealAt: z.iso.datetime() })),
  conceal: call(byReset, nothing),
  /** Copies without showing; `clearedAt` is when the clipboard is emptied. */
  copy: call(byReset, z.object({ clearedAt: z.iso.datetime() })),
  /** The same as reveal, recorded as spelled. */
  spell: call(byReset, z.object({ value: z.string(), concealAt: z.iso.datetime() })),
  /** The caller has it: main and backend forget it, the case is closed. */
  done: call(byReset, nothing),
  /** Leaving the page: main forgets it. */
  forget: call(byReset, nothing),
};

export const contract = {
  app: {
    /** Everything that the first paint needs, in one call. */
    start: call(nothing, consoleState),
    openExternal: call(z.object({ target: z.enum(['login-page', 'documentation']) }), nothing),
    copyDiagnostics: call(nothing, nothing),
    appearance: call(z.object({ scheme: z.enum(['system', 'light', 'dark']) }), nothing),
    /** In which language passwords are read out: kept for this computer. */
    spelling: call(z.object({ name: spellingName }), nothing),
  },
  server: {
    connect: call(z.object({ address: serverAddress }), consoleState),
    disconnect: call(nothing, consoleState),
    useThisComputer: call(nothing, consoleState),
    restartBackend: call(nothing, consoleState),
  },
  session: {
    setUp: call(
      z.object({
        displayName: z.string().max(400),
        userName: z.string().max(400),
        password: z.string().max(2000),
        /** Only for a server: the embedded backend's code is known to main. */
        setupCode: z.string().max(200).optional(),
      }),
      sessionView,
    ),
    /** The first step; the second, where there is one, follows with a code. */
    signIn: call(credentials.extend({ remember: z.boolean() }), z.union([entered, furtherStep])),
    answerCode: call(codeOnly, entered),
    /** What an authenticator takes up, for an operator who has none yet. */
    offerEnrolment: call(nothing, secondFactorOffer),
    /** The first code of the new authenticator: signs in, and gives the recovery codes this once. */
    confirmEnrolment: call(codeOnly, entered.extend(recoveryCodes.shape)),
    /** In the system's browser; answers when it has come back. */
    signInWithProvider: call(z.object({ remember: z.boolean() }), z.union([entered, furtherStep])),
    /** The same in the system's browser; answers when it has come back. */
    proveWithProvider: call(nothing, sessionView),
    cancelSignIn: call(nothing, nothing),
    signOut: call(nothing, nothing),
    lock: call(nothing, nothing),
    /** Proves the operator once more, and unlocks a console that is locked. */
    reauthenticate: call(proof, sessionView),
    /** The operator did something: keeps the idle lock away. */
    activity: call(nothing, nothing),
  },
  accounts,
  imports: {
    /** Opens the system's file dialog; null when nothing was chosen. */
    choose: call(nothing, chosenFile.nullable()),
    /** A file dropped on the window; its path is found in the preload and never shown to the page. */
    dropped: call(z.object({ path: z.string().min(1).max(4096) }), chosenFile),
    preview: call(
      z.object({ token: z.string(), query: endpoints.previewImport.query }),
      endpoints.previewImport.answer,
    ),
    run: call(
      z.object({ token: z.string(), mapping: endpoints.createImport.body.shape.mapping }),
      endpoints.createImport.answer,
    ),
    progress: apiCall(endpoints.getImport),
    cancel: apiCall(endpoints.cancelImport),
    refusals: apiCall(endpoints.listImportRefusals),
    /** Asks where to, writes the report there; null when the dialog was cancelled, else the file's name. */
    saveReport: call(z.object({ importId: z.string() }), z.string().nullable()),
    samples: apiCall(endpoints.importSamples),
  },
  cases,
  fourEyes: {
    ask: apiCall(endpoints.askApproval),
    list: apiCall(endpoints.listApprovals),
    get: apiCall(endpoints.getApproval),
    decide: apiCall(endpoints.decideApproval),
    flags: apiCall(endpoints.listFlags),
    clearFlag: apiCall(endpoints.clearFlag),
    alert: apiCall(endpoints.getAlert),
    raise: apiCall(endpoints.raiseAlert),
    second: apiCall(endpoints.secondAlert),
    end: apiCall(endpoints.endAlert),
  },
  resets,
  handover,
  operators: {
    list: apiCall(endpoints.listOperators),
    invite: apiCall(endpoints.inviteOperator),
    sendLink: apiCall(endpoints.sendOperatorLink),
    revokeLink: apiCall(endpoints.revokeOperatorLink),
    change: apiCall(endpoints.changeOperator),
    setState: apiCall(endpoints.setOperatorState),
    unlock: apiCall(endpoints.unlockOperator),
    resetSecondFactor: apiCall(endpoints.resetSecondFactor),
    sessions: apiCall(endpoints.listOperatorSessions),
    endSessions: apiCall(endpoints.endOperatorSessions),
  },
  self: {
    get: apiCall(endpoints.getSelf),
    changePassword: apiCall(endpoints.changeOwnPassword),
    offerSecondFactor: apiCall(endpoints.offerSecondFactor),
    confirmSecondFactor: apiCall(endpoints.confirmSecondFactor),
    renewRecoveryCodes: apiCall(endpoints.renewRecoveryCodes),
    sessions: apiCall(endpoints.listOwnSessions),
    endSessions: apiCall(endpoints.endOwnSessions),
    /** To the clipboard, from which they are taken back after a while. */
    copyRecoveryCodes: call(recoveryCodes, z.object({ clearedAt: z.iso.datetime() })),
    /** Asks where to, writes the recovery codes there; null when the dialog was cancelled, else the file's name. */
    saveRecoveryCodes: call(recoveryCodes, z.string().nullable()),
  },
  provider: {
    get: apiCall(endpoints.getProvider),
    change: apiCall(endpoints.changeProvider),
    test: apiCall(endpoints.testProvider),
  },
  drills: {
    /** Also takes up a drill that runs, such as after the console was closed. */
    list: apiCall(endpoints.listDrills),
    begin: apiCall(endpoints.beginDrill),
    /** These mean the drill that was begun or taken up. */
    takeCall: call(nothing, endpoints.takeCall.answer),
    ask: call(endpoints.askCaller.body, endpoints.askCaller.answer),
    endCall: call(nothing, endpoints.endCall.answer),
    leave: call(nothing, nothing),
  },
  /** The same calls as those of the desk; main sends them to the drill's own desk. */
  practiceAccounts: accounts,
  practiceCases: cases,
  practiceFourEyes: { ask: apiCall(endpoints.askApproval) },
  practiceResets: resets,
  practiceHandover: handover,
  audit: {
    events: apiCall(endpoints.listAudit),
    chain: apiCall(endpoints.getChain),
    check: apiCall(endpoints.checkChain),
    streams: apiCall(endpoints.getAuditStreams),
    changeSyslog: apiCall(endpoints.changeSyslogStream),
    changeWebhook: apiCall(endpoints.changeWebhookStream),
    testStream: apiCall(endpoints.testAuditStream),
  },
  /** Each asks where to, and answers the file's name, or null when the dialog was cancelled. */
  downloads: {
    saveAudit: call(z.object({ query: endpoints.exportAudit.query }), z.string().nullable()),
    saveMissing: call(z.object({ requiredResetId: z.string().max(100) }), z.string().nullable()),
    saveEvidence: call(
      z.object({
        caseId: z.string().max(100),
        caseNumber: z.int(),
        format: endpoints.getEvidencePack.query.shape.format.unwrap(),
      }),
      z.string().nullable(),
    ),
  },
  desk: { get: apiCall(endpoints.getDesk) },
  requiredResets: {
    list: apiCall(endpoints.listRequiredResets),
    get: apiCall(endpoints.getRequiredReset),
    accounts: apiCall(endpoints.listRequiredResetAccounts),
    choices: apiCall(endpoints.getRequiredResetChoices),
    preview: apiCall(endpoints.previewRequiredReset),
    previewMail: apiCall(endpoints.previewRequiredResetMail),
    start: apiCall(endpoints.startRequiredReset),
    stop: apiCall(endpoints.stopRequiredReset),
  },
  heldChanges: {
    list: apiCall(endpoints.listHeldChanges),
    get: apiCall(endpoints.getHeldChange),
    decide: apiCall(endpoints.decideHeldChange),
  },
  frozen: { list: apiCall(endpoints.listFrozen), lift: apiCall(endpoints.liftFreeze) },
  outbox: {
    list: apiCall(endpoints.listOutbox),
    get: apiCall(endpoints.getOutboxMail),
    listTexts: apiCall(endpoints.listOutboxTexts),
    getText: apiCall(endpoints.getOutboxText),
    showFolder: call(nothing, nothing),
  },
  settings: {
    mail: apiCall(endpoints.getMailSettings),
    changeMail: apiCall(endpoints.changeMailSettings),
    testMail: apiCall(endpoints.sendTestMail),
    policy: apiCall(endpoints.getPolicy),
    changePolicy: apiCall(endpoints.changePolicy),
    dryRunPolicy: apiCall(endpoints.dryRunPolicy),
    policyVersions: apiCall(endpoints.listPolicyVersions),
    texts: apiCall(endpoints.getTextSettings),
    changeTexts: apiCall(endpoints.changeTextSettings),
    testText: apiCall(endpoints.sendTestText),
    templates: apiCall(endpoints.listTemplates),
    changeTemplate: apiCall(endpoints.changeTemplate),
    previewTemplate: apiCall(endpoints.previewTemplate),
    testTemplate: apiCall(endpoints.testTemplate),
  },
} as const satisfies { [G in keyof typeof calls]: Record<CallName<G>, Call> };

export const eventContract = {
  connection: connectionState,
  /** The session changed without being asked to: locked by idleness, expired, ended elsewhere. */
  session: z.object({ change: z.enum(['locked', 'expired', 'signed-out', 'unlocked']) }),
  clipboard: z.object({
    state: z.enum(['holding', 'cleared', 'replaced']),
    clearedAt: z.iso.datetime().nullable(),
  }),
  backendProcess: backendProcessState,
  navigate: z.object({
    to: z.enum(['search', 'desk', 'queue', 'cases', 'settings', 'import', 'lock', 'keys']),
  }),
  appearance: z.object({ dark: z.boolean() }),
  /** The window lost focus, was hidden, or the screen was locked: whatever secret is shown must go. */
  concealSecrets: z.object({ why: z.enum(['blur', 'lock', 'hidden', 'expired', 'signed-out']) }),
  /** What the backend told this console; `caught-up` when the stream was opened and everything may have changed. */
  live: z.discriminatedUnion('type', [...liveEvent.options, z.object({ type: z.literal('caught-up') })]),
  /** Requests that wait for the operator of a console that is locked; no more is said there. */
  waiting: z.object({ waiting: z.int() }),
} as const satisfies Record<EventName, z.ZodType>;

export type Contract = typeof contract;

/** What the page passes to a call: nothing where the call takes nothing. */
export type Args<G extends CallGroup, N extends keyof Contract[G]> = Contract[G][N] extends {
  args: infer A extends z.ZodType;
}
  ? z.input<A>
  : never;
export type Value<G extends CallGroup, N extends keyof Contract[G]> = Contract[G][N] extends {
  value: infer V extends z.ZodType;
}
  ? z.output<V>
  : never;
export type EventValue<E extends EventName> = z.output<(typeof eventContract)[E]>;

/** The bridge as the page sees it on `window`. */
export type Bridge = {
  readonly [G in CallGroup]: {
    readonly [N in keyof Contract[G]]: null extends Args<G, N>
      ? () => Promise<Result<Value<G, N>>>
      : (args: Args<G, N>) => Promise<Result<Value<G, N>>>;
  };
} & {
  /** Listens until the returned function is called. */
  readonly on: <E extends EventName>(event: E, listener: (value: EventValue<E>) => void) => () => void;
  /** The path of a dropped file, or an empty string for something that is no file. */
  readonly pathOf: (file: object) => string;
};
