import { useEffect, useRef, useState } from 'react';
import { Button, Group, Modal, Text } from '@mantine/core';
import type { CaseView, GrantView, ResetAction } from '../../../shared/api/case.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useQuery } from '@tanstack/react-query';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useFocusReturn } from '../keys/use-focus-return.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { ProofField } from '../proof/proof-field.tsx';
import { useProof } from '../proof/use-proof.ts';
import { DeliveryChoice, type ChosenDelivery } from './delivery-choice.tsx';
import { FailureLine } from '../failure/failure-line.tsx';

interface ConfirmResetDialogProps {
  readonly view: CaseView;
  readonly action: ResetAction;
  /** The reset that this one comes instead of. */
  readonly insteadOf?: string;
  readonly onCancel: () => void;
  readonly onReset: () => void;
}

/** Failures after which a new grant is needed; with any other the same attempt is repeated, which cannot reset twice. */
const grantIsGone = new Set([
  'grant.expired',
  'grant.spent',
  'grant.not-found',
  'grant.policy-changed',
  'grant.other-session',
]);

/** Names the user, mints the grant while it is read, and spends it once. */
export function ConfirmResetDialog({ view, action, insteadOf, onCancel, onReset }: ConfirmResetDialogProps) {
  useFocusReturn();
  const t = useTexts();
  const bridge = useConsoleBridge();
  const attempt = useRef('');
  const grant = useRef<Promise<Result<GrantView>> | null>(null);
  const busy = useRef(false);
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const proof = useProof();
  const [chosen, setChosen] = useState<ChosenDelivery>({});
  const isPassword = action === 'temporary-password';
  const choices = useQuery({
    queryKey: ['delivery-choices', view.id],
    queryFn: () => valueOf(bridge.cases.deliveryChoices({ params: { caseId: view.id } })),
    enabled: isPassword,
    retry: false,
    staleTime: 0,
  });
  const [proofNeeded, setProofNeeded] = useState(false);

  const replacing = insteadOf === undefined ? {} : { insteadOf };
  function mint() {
    attempt.current = crypto.randomUUID();
    grant.current = bridge.cases.mintGrant({ params: { caseId: view.id }, body: { action, ...replacing } });
    return grant.current;
  }
  function refuse(reason: Failure) {
    if (grantIsGone.has(reason.code)) grant.current = null;
    if (reason.code === 'session.reauthentication-required') {
      grant.current = null;
      setProofNeeded(true);
      return;
    }
    setFailure(reason);
  }
  async function mintAndSay() {
    const minted = await mint();
    if (minted.ok) return;
    grant.current = null;
    refuse(minted.failure);
  }
  useEffect(() => {
    // A second mount (development's double effects) uses the grant that is already on its way.
    if (grant.current === null) void mintAndSay();
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the dialog opens
  }, []);

  async function once(work: () => Promise<void>) {
    if (busy.current) return;
    busy.current = true;
    setWorking(true);
    setFailure(null);
    await work();
    busy.current = false;
    setWorking(false);
  }
  const prove = () =>
    once(async () => {
      const proven = await proof.prove();
      if (!proven.ok) return setFailure(proven.failure);
      setProofNeeded(false);
      await mintAndSay();
    });
  const confirm = () =>
    once(async () => {
      const minted = await (grant.current ?? mint());
      if (!minted.ok) {
        grant.current = null;
        return refuse(minted.failure);
      }
      const done = await bridge.resets.reset({
        caseId: view.id,
        grantId: minted.value.id,
        action,
        ...replacing,
        ...chosen,
        attempt: attempt.current,
      });
      if (done.ok || done.failure.code === 'reset.outcome-unknown') onReset();
      else refuse(done.failure);
    });
  const fate = chosen.oldPassword ?? choices.data?.fate ?? 'dies-now';
  const textKey = isPassword ? `case.confirm.${action}.${fate}` : `case.confirm.${action}.text`;
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
        onSubmit={(event) => {
          event.preventDefault();
          void (proofNeeded ? prove() : confirm());
        }}
      >
        <Text mih={44}>
          {insteadOf !== undefined && <>{t(`case.confirm.instead.${action}`)} </>}
          {t(textKey, values)}
        </Text>
        {isPassword && !choices.isError && (
          <DeliveryChoice choices={choices.data ?? null} chosen={chosen} onChoose={setChosen} />
        )}
        {proofNeeded && <ProofField proof={proof} description={t('case.confirm.reauthenticate')} />}
        <FailureLine failure={failure} />
        <Group mt={16} justify="flex-end">
          <Button variant="default" onClick={onCancel} disabled={working}>
            {t('case.confirm.cancel')}
          </Button>
          <Button type="submit" data-autofocus aria-disabled={working}>
            {working
              ? t('case.confirm.working')
              : t(proofNeeded ? 'case.confirm.prove' : `case.reset.${action}`)}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
