import { useState } from 'react';
import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CaseView } from '../../../shared/api/case.ts';
import type { SignInMethodsView } from '../../../shared/api/sign-in-methods.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { formatPastTime } from '../../parts/clock/format-time.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { ConfirmResetDialog } from '../../parts/reset/confirm-reset-dialog.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { useApprovalRequest } from './use-approval-request.ts';

const action = 'remove-sign-in-method';

interface SignInMethodsProps {
  readonly view: CaseView;
  readonly onCase: (view: CaseView) => void;
}

/** The sign-in methods that the account's directory keeps, read when the operator asks for them, each with the removal. */
export function SignInMethods({ view, onCase }: SignInMethodsProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [isShown, setShown] = useState(false);
  const [removing, setRemoving] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ['sign-in-methods', view.id, view.assurance.earned, view.approval.request?.state],
    queryFn: () => valueOf(bridge.cases.signInMethods({ params: { caseId: view.id } })),
    enabled: isShown,
    retry: false,
    staleTime: 0,
  });
  const { ask, failure } = useApprovalRequest(view, onCase);
  const close = () => {
    setRemoving(null);
    void query.refetch();
  };
  return (
    <div className="note" data-testid="case-methods">
      <Group gap={12}>
        <Button
          variant="default"
          size="xs"
          data-testid="case-methods-show"
          aria-expanded={isShown}
          onClick={() => setShown(!isShown)}
        >
          {t(isShown ? 'case.methods.hide' : 'case.methods.show')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('case.methods.hint')}
        </Text>
      </Group>
      {isShown && query.isPending && (
        <Skeleton role="progressbar" height={40} mt={8} aria-label={t('case.methods.loading')} />
      )}
      {isShown && <FailureLine failure={failure} read={failureOf(query.error)} />}
      {isShown && query.data !== undefined && (
        <>
          <Obstacle answer={query.data} />
          {query.data.obstacle === 'approval-needed' && (
            <Button size="xs" mt={8} data-testid="case-methods-ask" onClick={() => void ask(action)}>
              {t(`case.approval.askFor.${action}`)}
            </Button>
          )}
          <MethodList answer={query.data} onRemove={setRemoving} />
        </>
      )}
      {removing !== null && (
        <ConfirmResetDialog
          view={view}
          action={action}
          methodId={removing}
          onCancel={close}
          onReset={close}
        />
      )}
    </div>
  );
}

/** Why no method can be removed now; nothing if one can. */
function Obstacle({ answer: { obstacle, earned, needed } }: { readonly answer: SignInMethodsView }) {
  const t = useTexts();
  if (obstacle === null) return null;
  return (
    <Text size="sm" c="dimmed" mt={8} id="about-methods">
      {obstacle === 'assurance'
        ? t('case.methods.points', { earned, needed })
        : t(`case.reset.obstacles.${obstacle}`)}
    </Text>
  );
}

function MethodList({
  answer: { methods, obstacle },
  onRemove,
}: {
  readonly answer: SignInMethodsView;
  readonly onRemove: (methodId: string) => void;
}) {
  const t = useTexts();
  if (methods.length === 0) {
    return (
      <Text size="sm" mt={8}>
        {t('case.methods.none')}
      </Text>
    );
  }
  return (
    <ul className="method-list" aria-label={t('case.methods.title')}>
      {methods.map(({ id, kind, label, addedAt }) => {
        const name = [t(`case.methods.kinds.${kind}`), label].filter((part) => part !== null).join(' · ');
        const isPossible = obstacle === null && kind !== 'other';
        return (
          <li key={id} data-testid={`case-method-${kind}`}>
            <Text size="sm">
              <bdi>{name}</bdi>
              {addedAt !== null && ` · ${t('case.methods.added', { time: formatPastTime(addedAt) })}`}
            </Text>
            <Button
              variant="default"
              size="xs"
              data-testid={`case-method-remove-${kind}`}
              aria-label={t('case.methods.removeOf', { method: name })}
              aria-disabled={!isPossible}
              data-disabled={!isPossible}
              aria-describedby={obstacle === null ? undefined : 'about-methods'}
              onClick={() => isPossible && onRemove(id)}
            >
              {t('case.methods.remove')}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
