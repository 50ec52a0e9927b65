import { classifyCharacters } from './password-characters.ts';

/** A fixed number of dots, so that the mask does not reveal the length. */
const mask = '•'.repeat(16);

/** The password, or a mask in the same space. */
export function PasswordLine({
  value,
  label,
  style,
}: {
  readonly value: string | null;
  readonly label: string;
  /** Words need two lines, whose space is always reserved. */
  readonly style: 'groups' | 'words';
}) {
  return (
    <div
      className="password-line"
      data-style={style}
      role="group"
      aria-label={label}
      translate="no"
      dir="ltr"
    >
      {value === null ? (
        <span aria-hidden>{mask}</span>
      ) : (
        classifyCharacters(value).map(({ text, kind }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- runs of one password have no other identity
          <span key={index} data-kind={kind}>
            {text}
          </span>
        ))
      )}
    </div>
  );
}
