import * as aboutApi from './about.ts';
import * as accountSourcesApi from './account-sources.ts';
import * as accountLinkApi from './account-link.ts';
import * as accountStateApi from './account-state.ts';
import * as heldRowApi from './held-row.ts';
import * as knownChangeApi from './known-change.ts';
import * as accountApi from './account.ts';
import * as alertApi from './alert.ts';
import * as approvalApi from './approval.ts';
import * as auditApi from './audit.ts';
import * as auditStreamApi from './audit-stream.ts';
import * as caseCallsApi from './case-calls.ts';
import * as checkCallsApi from './check-calls.ts';
import * as deskApi from './desk.ts';
import * as directoriesApi from './directories.ts';
import * as drillApi from './drill.ts';
import * as evidencePackApi from './evidence-pack.ts';
import * as flagApi from './flag.ts';
import * as freezeApi from './freeze.ts';
import type { Endpoint, EndpointsOf } from './endpoint.ts';
import * as heldChangeApi from './held-change.ts';
import * as importApi from './import.ts';
import * as liveApi from './live.ts';
import * as mailApi from './mail.ts';
import * as mailTemplateApi from './mail-template.ts';
import * as operatorListApi from './operator-list.ts';
import * as operatorsApi from './operators.ts';
import * as ownAccountApi from './own-account.ts';
import * as passwordCheckApi from './password-check.ts';
import * as policyCallsApi from './policy-calls.ts';
import * as logoApi from './logo.ts';
import * as policyTrialApi from './policy-trial.ts';
import * as protectedChangeApi from './protected-change.ts';
import * as directorySignInApi from './directory-sign-in.ts';
import * as providerApi from './provider.ts';
import * as requiredResetApi from './required-reset.ts';
import * as resetApi from './reset.ts';
import * as secondFactorApi from './second-factor.ts';
import * as signInMethodsApi from './sign-in-methods.ts';
import * as sessionApi from './session.ts';
import * as serverNoticeApi from './server-notice.ts';
import * as serverStatusApi from './server-status.ts';
import * as textApi from './text.ts';
import * as trustApi from './trust.ts';

/** Every file of this folder that declares endpoints. */
const modules = [
  aboutApi,
  accountApi,
  accountLinkApi,
  accountSourcesApi,
  accountStateApi,
  alertApi,
  approvalApi,
  auditApi,
  auditStreamApi,
  caseCallsApi,
  checkCallsApi,
  deskApi,
  directoriesApi,
  drillApi,
  evidencePackApi,
  flagApi,
  freezeApi,
  heldChangeApi,
  heldRowApi,
  importApi,
  knownChangeApi,
  liveApi,
  mailApi,
  mailTemplateApi,
  operatorListApi,
  operatorsApi,
  ownAccountApi,
  passwordCheckApi,
  policyCallsApi,
  policyTrialApi,
  protectedChangeApi,
  directorySignInApi,
  providerApi,
  requiredResetApi,
  resetApi,
  secondFactorApi,
  sessionApi,
  signInMethodsApi,
  serverNoticeApi,
  serverStatusApi,
  textApi,
  trustApi,
  logoApi,
] as const;

type UnionToIntersection<U> = (U extends unknown ? (value: U) => void : never) extends (
  value: infer I,
) => void
  ? I
  : never;

/** The whole Reset API by name. The backend serves exactly these and `/openapi.json` describes exactly these. */
export type Endpoints = EndpointsOf<UnionToIntersection<(typeof modules)[number]>>;
export type EndpointName = keyof Endpoints;

const isEndpoint = (exported: unknown): exported is Endpoint =>
  typeof exported === 'object' && exported !== null && 'method' in exported && 'path' in exported;

function collect(): Endpoints {
  const found: Record<string, Endpoint> = {};
  for (const [name, exported] of modules.flatMap((module) => Object.entries(module))) {
    if (!isEndpoint(exported)) continue;
    if (exported.id !== name) throw new Error(`The endpoint ${name} has the id ${exported.id}`);
    if (name in found) throw new Error(`Two files declare the endpoint ${name}`);
    found[name] = exported;
  }
  return found as unknown as Endpoints;
}

/** The whole Reset API, collected from the files of this folder; an endpoint is named nowhere but in its declaration. */
export const endpoints: Endpoints = collect();
