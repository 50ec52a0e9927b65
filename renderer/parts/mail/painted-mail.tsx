import { useEffect, useRef } from 'react';
import { paintMail, type MailScheme } from './paint-mail.ts';

interface PaintedMailProps {
  readonly html: string;
  readonly scheme: MailScheme;
  /** The name of the picture. */
  readonly label: string;
  readonly className?: string;
}

/** A mail's HTML part as a mail program draws it. Presented as an image, because the plain text beside it has the same content. */
export function PaintedMail({ html, scheme, label, className }: PaintedMailProps) {
  const paper = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = paper;
    if (current !== null)
      paintMail(current.shadowRoot ?? current.attachShadow({ mode: 'open' }), html, scheme);
  }, [html, scheme]);
  return <div ref={paper} role="img" aria-label={label} className={className} />;
}
