import { Button } from '@mantine/core';
import type { DeepLink } from '../../../shared/bridge/deep-link.ts';
import { useTexts } from '../../texts/use-texts.ts';

interface LinkBannerProps {
  readonly link: DeepLink;
  readonly isApprover: boolean;
  readonly onOpen: () => void;
  readonly onDismiss: () => void;
}

/** Offers the link of another program instead of opening it, because it must not take the operator away from a caller. */
export function LinkBanner({ link, isApprover, onOpen, onDismiss }: LinkBannerProps) {
  const t = useTexts();
  const isForOthers = link.kind === 'approval' && !isApprover;
  const target = link.kind === 'approval' ? { number: link.caseNumber } : { text: link.search };
  return (
    <div className="banner" role="status" data-testid="link-banner">
      <bdi>{t(`shell.link.${isForOthers ? 'forApprovers' : link.kind}`, target)}</bdi>{' '}
      {!isForOthers && (
        <Button size="compact-sm" variant="default" data-testid="link-open" onClick={onOpen}>
          {t('shell.link.open')}
        </Button>
      )}{' '}
      <Button size="compact-sm" variant="subtle" data-testid="link-dismiss" onClick={onDismiss}>
        {t('shell.dismiss')}
      </Button>
    </div>
  );
}
