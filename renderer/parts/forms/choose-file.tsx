import { useRef, type ReactNode } from 'react';
import { Button, FileButton, type ButtonProps } from '@mantine/core';

interface ChooseFileProps extends ButtonProps {
  /** The types of files, as in HTML. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
  /** Names the file field, which is not shown, and the button in their `data-testid`. */
  readonly inputTestId?: string;
  readonly 'data-testid'?: string;
  readonly children: ReactNode;
}

/** A button to choose a file. A file that was corrected in the meantime can be chosen again. */
export function ChooseFile({ accept, onFile, inputTestId, children, ...button }: ChooseFileProps) {
  const reset = useRef<() => void>(null);
  return (
    <FileButton
      accept={accept}
      resetRef={reset}
      inputProps={{ 'data-testid': inputTestId } as object}
      onChange={(file) => {
        // A field that still holds the file would not tell that it was chosen again.
        reset.current?.();
        if (file !== null) onFile(file);
      }}
    >
      {(props) => (
        <Button variant="default" {...button} {...props}>
          {children}
        </Button>
      )}
    </FileButton>
  );
}
