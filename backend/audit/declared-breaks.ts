import { z } from 'zod';
import type { AuditEventsTable } from '../store/tables.ts';
import type { Gap } from './verify/verdict.ts';

const gapFacts = z.object({ lostFrom: z.int(), lostTo: z.int() });
const keyFacts = z.object({ keyId: z.string() });

/** The missing events that an `audit.resumed` event declares; null for any other event. */
export function resumedGap({ action, facts, at }: AuditEventsTable): Gap | null {
  if (action !== 'audit.resumed') return null;
  const { data } = gapFacts.safeParse(JSON.parse(facts));
  return data ? { from: data.lostFrom, to: data.lostTo, at } : null;
}

/** Whether the event says that the key of this id replaced another one. */
export const isKeyReplacement = ({ action, facts }: AuditEventsTable, keyId: string): boolean =>
  action === 'audit.key-replaced' && keyFacts.safeParse(JSON.parse(facts)).data?.keyId === keyId;
