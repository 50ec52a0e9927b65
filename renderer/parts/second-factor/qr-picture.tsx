import { useMemo } from 'react';
import { create } from 'qrcode';

/** The quiet zone around the QR code in modules; scanners need four. */
const quiet = 4;

/** A QR code as a single path, dark on white in both colour schemes because scanners need that. */
export function QrPicture({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' });
    const dark: string[] = [];
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) {
        if (modules.get(row, column) === 1) dark.push(`M${column + quiet} ${row + quiet}h1v1h-1z`);
      }
    }
    return { size: modules.size + 2 * quiet, path: dark.join('') };
  }, [text]);
  return (
    <svg
      className="qr"
      data-testid="second-factor-qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
