import { useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import { Button, Group, Modal, Text } from '@mantine/core';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { isProposed, showSent } from '../protected-changes/sent-change.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { ProofField } from './proof-field.tsx';
import { useProof } from './use-proof.ts';

type Call<T> = () => Promise<Result<T>>;

/**
 * Runs calls that need a recent proof of identity: if the backend asks for one, a dialog collects it and the call is repeated. If the change was sent
 * to another administrator, a dialog says so. The component that uses this hook must render `dialog`.
 */
export function useProven(): {
  readonly run: <T>(call: Call<T>) => Promise<Result<T>>;
  readonly dialog: ReactNode;
} {
  const t = useTexts();
  const [open, setOpen] = useState(false);
  const proof = useProof();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const settle = useRef<(proved: boolean) => void>(() => undefined);

  const runProven = async <T,>(call: Call<T>): Promise<Result<T>> => {
    const first = await call();
    if (first.ok || first.failure.code !== 'session.reauthentication-required') return first;
    proof.clear();
    setFailure(null);
    setOpen(true);
    const proved = await new Promise<boolean>((resolve) => {
      settle.current = resolve;
    });
    setOpen(false);
    return proved ? call() : first;
  };
  const run = async <T,>(call: Call<T>): Promise<Result<T>> => {
    const result = await runProven(call);
    if (result.ok && isProposed(result.value)) showSent(result.value.protectedChange);
    return result;
  };
  const cancel = () => {
    proof.giveUp();
    settle.current(false);
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setBusy(true);
    setFailure(null);
    const result = await proof.prove();
    setBusy(false);
    if (result.ok) settle.current(true);
    else setFailure(result.failure);
  };
  const dialog = (
    <Modal opened={open} onClose={cancel} title={t('proof.title')} withCloseButton={false}>
      <form onSubmit={(event) => void submit(event)}>
        <Text size="sm" mb={8}>
          {t('proof.lead')}
        </Text>
        <ProofField proof={proof} />
        <FailureLine failure={failure} />
        <Group mt={16} justify="flex-end">
          <Button variant="default" onClick={cancel}>
            {t('proof.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('proof.button')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
  return { run, dialog };
}
