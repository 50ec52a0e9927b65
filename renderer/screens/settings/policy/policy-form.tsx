import { useState, type ReactNode } from 'react';
import { Text } from '@mantine/core';
import type { PolicyView } from '../../../../shared/api/policy-calls.ts';
import type { Failure } from '../../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { SaveBar } from '../../../parts/forms/save-bar.tsx';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useUnsaved } from '../../../parts/unsaved/unsaved.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { usePolicyEditor } from './policy-editor.ts';
import { PolicyTopicCard } from './policy-topic-card.tsx';
import { policyTopics, type PolicyTopic } from './policy-topics.ts';
import { PolicyTrial } from './policy-trial.tsx';
import { rulesThatDiffer } from './rule-path.ts';

interface PolicyFormProps {
  readonly view: PolicyView;
  readonly mayChange: boolean;
  /** The form is to start again from the policy in force. */
  readonly onChanged: () => void;
  /** The element id of a topic. */
  readonly idOf: (topic: PolicyTopic) => string;
  readonly head: ReactNode;
}

/** Every rule of the policy by topic; a bar at the bottom shows the effect of the changes and saves them. */
export function PolicyForm({ view, mayChange, onChanged, idOf, head }: PolicyFormProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const editor = usePolicyEditor(view.document, view.version);
  const { document, faults } = editor;
  const [failure, setFailure] = useState<Failure | null>(null);
  const changed = mayChange ? rulesThatDiffer(document, view.document).length : 0;
  const invalid = faults.size;
  useUnsaved(t('policy.title'), changed > 0 || invalid > 0);
  const startAgain = () => {
    editor.discard();
    onChanged();
  };
  const save = async () => {
    const body = { basedOn: view.version, document };
    const result = await run(() => bridge.settings.changePolicy({ body }));
    setFailure(result.ok ? null : result.failure);
    // Whether they are in force or were sent to another administrator, they are no longer unsaved.
    if (result.ok) startAgain();
  };
  const state =
    invalid > 0
      ? t('policy.wrong', { count: invalid })
      : t(changed === 0 ? 'policy.unchanged' : 'policy.changed', { count: changed });
  return (
    <form
      noValidate
      className="policy-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed > 0 && invalid === 0) void save();
      }}
    >
      {head}
      {dialog}
      {policyTopics.map((topic) => (
        <div key={topic} id={idOf(topic)} tabIndex={-1}>
          <fieldset className="plain" disabled={!mayChange}>
            <PolicyTopicCard topic={topic} editor={editor} breachedList={view.breachedList} />
          </fieldset>
        </div>
      ))}
      {mayChange && (
        <div className="policy-bar">
          <FailureLine failure={failure} />
          {changed > 0 && invalid === 0 && <PolicyTrial document={document} />}
          <div>
            <Text size="sm" role="status" data-testid="settings-policy-state">
              {state}
            </Text>
            <SaveBar
              name="settings-policy"
              isChanged={changed > 0 || invalid > 0}
              isInvalid={invalid > 0}
              onDiscard={startAgain}
            />
          </div>
        </div>
      )}
    </form>
  );
}
