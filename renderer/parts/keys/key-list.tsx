import { Kbd } from '@mantine/core';
import { shellTexts } from '../../texts/en/shell.ts';

/** All keyboard shortcuts of the console and their effects. */
export function KeyList() {
  return (
    <dl className="facts" style={{ gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: 12 }}>
      {Object.entries(shellTexts.keyList).map(([key, effect]) => (
        <div key={key} style={{ display: 'contents' }}>
          <dt>
            <Kbd>{key}</Kbd>
          </dt>
          <dd>{effect}</dd>
        </div>
      ))}
    </dl>
  );
}
