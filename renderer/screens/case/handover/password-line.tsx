import { classifyCharacters } from './password-characters.ts';

/** As many dots whatever the length, so that the mask tells nothing. */
const mask = '•'.repeat(16);

/** The password, or dots in the same space. */
export function PasswordLine({
  value,
  label,
  style,
}: {
  readonly value: string | null;
  readonly label: string;
  /** Words take two lines, whose room is kept from the beginning. */
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
