import { useState, type DragEvent, type ReactNode } from 'react';

interface DropZoneProps {
  readonly className: string;
  /** Gets the first dropped file; undefined if something other than a file was dropped. */
  readonly onFile: (file: File | undefined) => void;
  readonly children: ReactNode;
}

/** An area that accepts a dropped file; `data-over` is true while a file is dragged over it. Its children offer the same by keyboard. */
export function DropZone({ className, onFile, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const leave = ({ currentTarget, relatedTarget }: DragEvent) => {
    // Moving over a child also fires dragleave.
    if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
  };
  return (
    <div
      className={className}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={leave}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFile(event.dataTransfer.files[0]);
      }}
    >
      {children}
    </div>
  );
}
