import { Text } from '@mantine/core';
import type { Value } from '../../../../shared/bridge/contract.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { PaintedMail } from '../../../parts/mail/painted-mail.tsx';
import type { MailScheme } from '../../../parts/mail/paint-mail.ts';
import './mail-preview.css';

/** A mail as its recipient sees it: in a light and a dark mail program, and as plain text. */
export function MailPreview({ mail }: { readonly mail: Value<'settings', 'previewTemplate'> }) {
  const t = useTexts();
  return (
    <article
      className="mail-preview"
      data-testid="settings-templates-mail"
      aria-label={t('settings.templates.previewOf', { subject: mail.subject })}
    >
      <Text fw={600}>
        <bdi>{mail.subject}</bdi>
      </Text>
      <div className="mail-looks">
        <MailLook html={mail.html} scheme="light" />
        <MailLook html={mail.html} scheme="dark" />
        <figure>
          <figcaption>{t('settings.templates.looks.text')}</figcaption>
          <pre tabIndex={0}>{mail.text}</pre>
        </figure>
      </div>
      <Text size="xs" c="dimmed">
        {t('settings.templates.previewHint')}
      </Text>
    </article>
  );
}

function MailLook({ html, scheme }: { readonly html: string; readonly scheme: MailScheme }) {
  const t = useTexts();
  return (
    <figure>
      <figcaption>{t(`settings.templates.looks.${scheme}`)}</figcaption>
      <PaintedMail html={html} scheme={scheme} label={t(`settings.templates.lookOf.${scheme}`)} />
    </figure>
  );
}
