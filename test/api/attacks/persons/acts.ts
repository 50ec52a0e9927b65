import type { CaseView } from '../../../../shared/api/case.ts';
import type { FlagView } from '../../../../shared/api/flag.ts';
import type { Member } from '../../../backend/staffed-desk.ts';
import type { Refused, Scene } from '../scene.ts';

export const reason = 'as the table says';
export const flagOf = async (scene: Scene, accountId: string): Promise<string> => {
  const { body } = await scene.petra.call<{ flags: FlagView[] }>('GET', '/flags');
  return body.flags.find((flag) => flag.accountId === accountId)?.id ?? '';
};
export const clear = async (by: Member, flagId: string): Promise<Refused> => {
  await by.prove();
  return by.call('POST', `/flags/${flagId}/clear`, { reason });
};
export const lift = async (by: Member, accountId: string): Promise<Refused> => {
  await by.prove();
  return by.call('POST', `/accounts/${accountId}/lift-freeze`, { reason });
};
export const refuse = async (by: Member, account: string): Promise<CaseView> => {
  const view = await by.openCase(account);
  await by.call('POST', `/cases/${view.id}/refuse`, { reason: 'suspicious' });
  return view;
};
export const raise = async (
  by: Member,
  scope = 'all',
): Promise<Refused & { body: { proposed?: { id: string } | null } }> => {
  await by.prove();
  return by.call('POST', '/alert', { scope, reason: 'callers by the dozen' });
};
export const end = async (by: Member): Promise<Refused> => {
  await by.prove();
  return by.call('DELETE', '/alert');
};
