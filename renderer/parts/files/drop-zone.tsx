import { useState, type DragEvent, type ReactNode } from 'react';

interface DropZoneProps {
  readonly className: string;
  /** The first of the files that were dropped; undefined for something that is no file. */
  readonly onFile: (file: File | undefined) => void;
  readonly children: ReactNode;
}

/** A place to drop a file on; `data-over` while one is held over it. What is in it offers the same by keyboard. */
export function DropZone({ className, onFile, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const leave = ({ currentTarget, relatedTarget }: DragEvent) => {
    // Going over what is in it is not leaving it.
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
