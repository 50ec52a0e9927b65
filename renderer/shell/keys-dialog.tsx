import { Button, Group, Kbd, Modal } from '@mantine/core';
import { shellTexts } from '../texts/en/shell.ts';
import { useWords } from '../texts/use-words.ts';

const { list } = shellTexts.keysDialog;

/** All keys, by where they work. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      title={words('shell.keysDialog.title')}
      centered
      withCloseButton={false}
      transitionProps={{ duration: 0 }}
    >
      {(['everywhere', 'search', 'case'] as const).map((where) => (
        <section key={where} className="keys-group">
          <h3>{words(`shell.keysDialog.${where}`)}</h3>
          <dl className="keys-list">
            {Object.entries(list[where]).map(([key, does]) => (
              <div key={key} style={{ display: 'contents' }}>
                <dt>
                  <Kbd>{key}</Kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Group justify="flex-end">
        <Button data-autofocus variant="default" onClick={onClose}>
          {words('shell.keysDialog.close')}
        </Button>
      </Group>
    </Modal>
  );
}
