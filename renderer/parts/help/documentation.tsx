import { useEffect, useRef, useState } from 'react';
import { Modal, NativeSelect, Skeleton } from '@mantine/core';
import { useTexts } from '../../texts/use-texts.ts';
import { documentationPages, linkedPage, readPage, type DocumentationPage } from './documentation-pages.ts';
import { Markdown } from './markdown.tsx';
import './help.css';

/** The documentation pages about using and running the product. They are part of the console. */
export default function Documentation({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const [page, setPage] = useState<DocumentationPage>('operators');
  const [read, setRead] = useState<{ readonly page: DocumentationPage; readonly text: string } | null>(null);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let isOver = false;
    void readPage(page).then((text) => {
      if (isOver) return;
      setRead({ page, text });
      top.current?.scrollIntoView({ block: 'start' });
    });
    return () => {
      isOver = true;
    };
  }, [page]);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('help.documentation')}
      closeButtonProps={{ 'aria-label': t('help.close') }}
      transitionProps={{ duration: 0 }}
      data-testid="documentation"
    >
      <div ref={top}>
        <NativeSelect
          data-autofocus
          data-testid="documentation-page"
          label={t('help.page')}
          value={page}
          data={documentationPages.map((value) => ({ value, label: t(`help.pages.${value}`) }))}
          onChange={({ currentTarget }) => {
            const next = documentationPages.find((name) => name === currentTarget.value);
            if (next !== undefined) setPage(next);
          }}
        />
      </div>
      <article className="help-text" data-testid="documentation-text" aria-busy={read?.page !== page}>
        {read?.page === page ? (
          <Markdown
            text={read.text}
            follow={(href) => {
              const linked = linkedPage(page, href);
              return linked === null ? null : () => setPage(linked);
            }}
          />
        ) : (
          <Skeleton height={240} />
        )}
      </article>
    </Modal>
  );
}
