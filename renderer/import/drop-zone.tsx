import { useState } from 'react';
import { Button } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useWords } from '../texts/use-words.ts';

interface DropZoneProps {
  readonly onChoose: () => Promise<void>;
  readonly onDrop: (file: File) => Promise<void>;
}

/** Takes a file by dropping it, or by the system's dialog. */
export function DropZone({ onChoose, onDrop }: DropZoneProps) {
  const words = useWords();
  const [over, setOver] = useState(false);
  return (
    <div
      className="drop"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) void onDrop(file);
      }}
    >
      <IconFileSpreadsheet size={32} stroke={1.4} aria-hidden />
      <strong>{words('import.drop')}</strong>
      <p className="quiet">{words('import.dropText')}</p>
      <Button autoFocus onClick={() => void onChoose()}>
        {words('import.choose')}
      </Button>
    </div>
  );
}
