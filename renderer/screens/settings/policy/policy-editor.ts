import { useCallback, useEffect, useMemo, useState } from 'react';
import { contradictionsIn } from '../../../../shared/api/policy-contradictions.ts';
import { policyDocument, type PolicyDocument } from '../../../../shared/api/policy.ts';
import { policyRules } from '../../../../shared/api/policy-rules.ts';
import { formDraft, useDrafts } from '../../../parts/drafts/drafts.tsx';
import { useTexts, type Translate } from '../../../texts/use-texts.ts';
import { rangeWords } from './rule-texts.ts';
import { withValueAt } from './rule-path.ts';
import { unitOf } from './rule-units.ts';

/** A policy that is being edited. */
export interface PolicyEditor {
  readonly document: PolicyDocument;
  /** Validation messages by the rule's path. */
  readonly faults: ReadonlyMap<string, string>;
  /** Sets the value at a rule's path; undefined removes it. */
  readonly set: (path: string, value: unknown) => void;
  /** Keeps the changes no longer: they were saved, or sent to another administrator. */
  readonly discard: () => void;
}

/** Validates with the schema that the backend uses, too. */
function faultsOf(document: PolicyDocument, t: Translate): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  for (const { path } of policyDocument.safeParse(document).error?.issues ?? []) {
    const at = path.join('.');
    const rule = policyRules.find(
      (candidate) => at === candidate.path || at.startsWith(`${candidate.path}.`),
    );
    if (rule === undefined) continue;
    const kind = rule.kind === 'amount' && unitOf(rule.path) === 1 ? 'whole' : rule.kind;
    faults.set(rule.path, t(`policy.faults.${kind}`, rangeWords(t, rule)));
  }
  for (const { path, why } of contradictionsIn(document)) {
    if (!faults.has(path)) faults.set(path, t(`policy.faults.${why}`));
  }
  return faults;
}

/** An editor that starts with the policy in force, or with the unsaved changes to this version from before a lock. */
export function usePolicyEditor(inForce: PolicyDocument, version: number): PolicyEditor {
  const t = useTexts();
  const drafts = useDrafts();
  const draft = formDraft(`policy ${version}`);
  const [document, setDocument] = useState(() => {
    const kept = drafts.get(draft);
    return kept === undefined ? inForce : (JSON.parse(kept) as PolicyDocument);
  });
  useEffect(() => {
    const isChanged = JSON.stringify(document) !== JSON.stringify(inForce);
    drafts.set(draft, isChanged ? JSON.stringify(document) : undefined);
  }, [drafts, draft, document, inForce]);
  const set = useCallback(
    (path: string, value: unknown) => setDocument((before) => withValueAt(before, path, value)),
    [],
  );
  const faults = useMemo(() => faultsOf(document, t), [document, t]);
  const discard = useCallback(() => {
    drafts.set(draft, undefined);
  }, [drafts, draft]);
  return { document, faults, set, discard };
}
