import { describe, expect } from 'vitest';
import { apiTest as it } from '../../fixtures/api.ts';

describe('the record of a refused attempt', () => {
  it('names no case where the case of the call does not exist', async ({ backend, desk }) => {
    const { status } = await desk.mint('no-such-case', 'temporary-password');
    expect(status).toBe(404);
    const refused = (await backend.readAudit()).filter(({ outcome }) => outcome === 'refused');
    expect(refused.map(({ action, case_id: caseId }) => [action, caseId])).toEqual([['grant.refused', null]]);
  });
});
