import { useState } from 'react';
import { Group, SegmentedControl, Text, useComputedColorScheme } from '@mantine/core';
import type { Value } from '../../../shared/bridge/contract.ts';
import { PaintedMail } from '../../parts/mail/painted-mail.tsx';
import { useTexts } from '../../texts/use-texts.ts';

/** The open email: as plain text, or drawn as its recipient sees it. */
export function OpenMail({ mail }: { readonly mail: Value<'outbox', 'get'> }) {
  const t = useTexts();
  const scheme = useComputedColorScheme('light');
  const [view, setView] = useState<'text' | 'html'>('text');
  return (
    <article className="step" data-testid="outbox-open-mail" aria-label={mail.subject}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Text component="h2" fz={16} fw={600} m={0}>
          <bdi>{mail.subject}</bdi>
        </Text>
        {mail.html !== null && (
          <SegmentedControl
            size="xs"
            data-testid="outbox-view"
            aria-label={t('outbox.views.label')}
            value={view}
            onChange={(value) => setView(value === 'html' ? 'html' : 'text')}
            data={[
              { value: 'text', label: t('outbox.views.text') },
              { value: 'html', label: t('outbox.views.html') },
            ]}
            style={{ flex: 'none' }}
          />
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t('outbox.from')}: {mail.from} · {t('outbox.to')}: {mail.to}
      </Text>
      {view === 'html' && mail.html !== null ? (
        <>
          <PaintedMail className="outbox-paper" html={mail.html} scheme={scheme} label={t('outbox.htmlOf')} />
          <Text size="xs" c="dimmed">
            {t('outbox.noLinks')}
          </Text>
        </>
      ) : (
        <Text mt={12} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {mail.text}
        </Text>
      )}
    </article>
  );
}
