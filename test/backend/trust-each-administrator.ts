import type { PolicyView } from '../../shared/api/policy-calls.ts';
import type { deskOf } from './desk-call.ts';

/**
 * Turns the second administrator off, for tests of other subjects on a desk with several administrators. Call it while there is only one, whose
 * change takes effect at once.
 */
export async function trustEachAdministrator({ call }: Pick<ReturnType<typeof deskOf>, 'call'>) {
  const { body } = await call<PolicyView>('GET', '/policy');
  const { version: basedOn, document } = body;
  const protectedChanges = { ...document.protectedChanges, secondAdministrator: false };
  const { status } = await call('PUT', '/policy', { basedOn, document: { ...document, protectedChanges } });
  if (status !== 200) throw new Error('The second administrator could not be turned off');
}
