import { describe, expect } from 'vitest';
import type { Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints, type EndpointName } from '../../../shared/api/endpoints.ts';
import { staffedTest as it } from '../../fixtures/api.ts';
import type { Member } from '../../backend/staffed-desk.ts';

const minute = 60_000;
const everyEndpoint = Object.values(endpoints) as readonly Endpoint[];
const writing = everyEndpoint.filter(({ method, right }) => method !== 'GET' && right !== null);

/** The reviewed calls that change something, or seem to, and need no proof. A new one needs a decision: declare `proof`, or give the reason here. */
const withoutProof: Partial<Readonly<Record<EndpointName, string>>> = {
  unmaskContact: 'shows contact data, with an event, in a case of the operator’s own',
  askApproval: 'asks; the approver proves themselves',
  withdrawApproval: 'takes something away and gives nothing',
  checkChain: 'verifies the log',
  testAuditStream: 'sends a test to what is stored',
  changeCase: 'a note in the operator’s own case',
  closeCase: 'ends the operator’s own case',
  openCase: 'begins work that a grant’s proof ends',
  openLinkedCase: 'begins work that a grant’s proof ends',
  refuseCase: 'ends the operator’s own case and makes the next one stricter',
  sendPhrase: 'sends a phrase to the owner’s address on file',
  answerCheck: 'evidence; the grant asks for the proof',
  startCheck: 'evidence; the grant asks for the proof',
  askCaller: 'a drill',
  beginDrill: 'a drill',
  endCall: 'a drill',
  leaveDrill: 'a drill',
  takeCall: 'a drill',
  cancelImport: 'stops a change',
  readOperatorList: 'reads a file and stores nothing',
  previewImport: 'reads a file and stores nothing',
  sendTestMail: 'sends a test through what is stored',
  previewTemplate: 'draws a mail',
  testTemplate: 'sends a test to the administrator',
  endOperatorSessions: 'takes something away and gives nothing',
  revokeSourceToken: 'takes something away and gives nothing',
  revokeOperatorLink: 'takes something away and gives nothing',
  changeOwnPassword: 'asks for the password itself',
  endOwnSessions: 'takes something away and gives nothing',
  checkNewPassword: 'judges a password and stores nothing',
  dryRunPolicy: 'computes and stores nothing',
  testProvider: 'reads the provider’s metadata',
  readDirectory: 'reads what the directory holds, as the schedule does',
  previewRequiredReset: 'counts and stores nothing',
  previewRequiredResetMail: 'draws a mail',
  handOver: 'ends a reset that had its proof',
  recordReveal: 'a reset that had its proof',
  resendResetLink: 'a reset that had its proof, to the same address',
  revokeReset: 'takes something away and gives nothing',
  signOut: 'takes something away and gives nothing',
  withdrawKnownChange: 'takes something away and gives nothing',
  withdrawProtectedChange: 'leaves everything as it is',
  sendTestText: 'sends a test through what is stored',
};

/** Ages the proofs by 16 minutes while the sessions stay in use. */
const age = async (members: readonly Member[], clock: { at: number }) => {
  for (let step = 0; step < 2; step += 1) {
    clock.at += 8 * minute;
    for (const member of members) {
      await member.renew();
      await member.call('GET', '/session');
    }
  }
};

const pathOf = ({ path }: Endpoint): string => path.replaceAll(/:\w+/g, 'none-such');

describe('a call that weakens a protection', () => {
  it.for(writing.map((endpoint) => [endpoint.id, endpoint] as const))(
    'is told from others for %s',
    ([id, { proof }]) => {
      const reason = withoutProof[id as EndpointName];
      expect(proof === undefined ? reason : (reason ?? proof)).toBe(proof ?? reason);
      expect(proof === undefined).toBe(reason !== undefined);
    },
  );

  it('needs a proof within the last 15 minutes', { timeout: 60_000 }, async ({ staffedDesk }) => {
    const { backend, ann } = staffedDesk;
    const petra = await staffedDesk.hire('petra', 'Petra Approver', ['approver']);
    await ann.prove();
    const asking = writing.filter(({ proof }) => proof === 'recent');
    const by = ({ right }: Endpoint) => (right === 'approvals.decide' ? petra : ann);
    const codes = async () =>
      Object.fromEntries(
        await Promise.all(
          asking.map(async (endpoint) => {
            const { body } = await by(endpoint).call<{ code?: string }>(
              endpoint.method,
              pathOf(endpoint),
              {},
            );
            return [endpoint.id, body.code === 'session.reauthentication-required'] as const;
          }),
        ),
      );
    await age([ann, petra], backend.clock);
    const last = (await backend.readAudit()).at(-1)?.seq ?? 0;
    expect(await codes()).toEqual(Object.fromEntries(asking.map(({ id }) => [id, true])));
    const recorded = (await backend.readAudit())
      .filter(({ seq, outcome }) => seq > last && outcome === 'refused')
      .map(({ facts }) => (JSON.parse(facts) as { call?: string }).call);
    expect(new Set(recorded)).toEqual(new Set(asking.map(({ id }) => id)));

    for (const member of [ann, petra]) await member.prove();
    expect(await codes()).toEqual(Object.fromEntries(asking.map(({ id }) => [id, false])));
  });
});
