import { useState } from 'react';
import { Button, Group, Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CaseAction, CaseView } from '../../../shared/api/case.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useFocusReturn } from '../keys/use-focus-return.ts';
import { ProofField } from '../proof/proof-field.tsx';
import { useProof } from '../proof/use-proof.ts';
import { DeliveryChoice, type ChosenDelivery } from './delivery-choice.tsx';
import { useResetAttempt } from './use-reset-attempt.ts';

interface ConfirmResetDialogProps {
  readonly view: CaseView;
  readonly action: CaseAction;
  /** The sign-in method to remove. */
  readonly methodId?: string;
  /** The reset that this one replaces. */
  readonly insteadOf?: string;
  readonly onCancel: () => void;
  readonly onReset: () => void;
}

/** Confirms an action: names the user, lets the operator choose the delivery of a password, and does it once. */
export function ConfirmResetDialog({
  view,
  action,
  methodId,
  insteadOf,
  onCancel,
  onReset,
}: ConfirmResetDialogProps) {
  useFocusReturn();
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { reset, prove, proofNeeded, working, failure } = useResetAttempt({
    caseId: view.id,
    action,
    methodId,
    insteadOf,
    onReset,
  });
  const proof = useProof();
  const [chosen, setChosen] = useState<ChosenDelivery>({});
  const isPassword = action === 'temporary-password';
  const mayOpenMailbox = view.account.directory !== 'built-in';
  const choices = useQuery({
    queryKey: ['delivery-choices', view.id],
    queryFn: () => valueOf(bridge.cases.deliveryChoices({ params: { caseId: view.id } })),
    enabled: isPassword,
    retry: false,
    staleTime: 0,
  });
  const fate = chosen.oldPassword ?? choices.data?.fate ?? 'dies-now';
  const effect = chosen.credential === 'access-pass' ? 'access-pass' : fate;
  const textKey = isPassword ? `case.confirm.${action}.${effect}` : `case.confirm.${action}.text`;
  const values = {
    name: view.account.displayName,
    userName: view.account.userName,
    destination: view.account.emailMasked ?? '',
  };
  return (
    <Modal
      opened
      onClose={working ? () => undefined : onCancel}
      title={<bdi>{t(`case.confirm.${action}.title`, values)}</bdi>}
      centered
      size={540}
      withCloseButton={false}
      transitionProps={{ duration: 0 }}
    >
      <form
        data-testid="reset-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void (proofNeeded ? prove(proof.prove) : reset(chosen));
        }}
      >
        <Text mih={44}>
          {insteadOf !== undefined && <>{t(`case.confirm.instead.${action}`)} </>}
          {t(textKey, values)}
          {action === 'reset-link' && mayOpenMailbox && ` ${t('case.confirm.reset-link.mailbox')}`}
        </Text>
        {isPassword && !choices.isError && (
          <DeliveryChoice
            choices={choices.data ?? null}
            chosen={chosen}
            onChoose={setChosen}
            mayOpenMailbox={mayOpenMailbox}
          />
        )}
        {proofNeeded && <ProofField proof={proof} description={t('case.confirm.reauthenticate')} />}
        <FailureLine failure={failure} />
        <Group mt={16} justify="flex-end">
          <Button variant="default" data-testid="reset-cancel" onClick={onCancel} disabled={working}>
            {t('case.confirm.cancel')}
          </Button>
          <Button type="submit" data-testid="reset-confirm" data-autofocus aria-disabled={working}>
            {working
              ? t('case.confirm.working')
              : t(proofNeeded ? 'case.confirm.prove' : `case.reset.${action}`)}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
