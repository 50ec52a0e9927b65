import type { PasswordPart } from '../../../parts/spelling/spell-password.ts';

/** The content of the tiles while the password is hidden. It always has the same length, so that it does not reveal the password's. */
const masked = {
  words: ['•••••', '•••••', '•••••', '•••••', '•', '•'],
  groups: Array.from({ length: 10 }, () => '•'),
} as const;

interface PasswordTilesProps {
  /** Null while the password is hidden. */
  readonly parts: readonly PasswordPart[] | null;
  readonly style: 'groups' | 'words';
  /** The part that is being read out, as an index among those that have a tile. */
  readonly current: number;
  readonly label: string;
  readonly onChoose: (tile: number) => void;
}

/** A temporary password as the operator reads it out: a tile for each word, digit or character, with how it is pronounced. */
export function PasswordTiles({ parts, style, current, label, onChoose }: PasswordTilesProps) {
  return (
    <div
      className="password-line"
      data-style={style}
      role="group"
      aria-label={label}
      translate="no"
      dir="ltr"
    >
      {parts === null
        ? masked[style].map((text, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- masks have no other identity
            <span key={at} className="tile" aria-hidden>
              {text}
            </span>
          ))
        : groupsOf(parts).map((group, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- parts of one password have no other identity
            <span key={at} className="tile-group">
              {group.map((part) => (
                <Tile key={part.tile ?? 'between'} part={part} current={current} onChoose={onChoose} />
              ))}
            </span>
          ))}
    </div>
  );
}

/** Groups the parts that stay on one line: those up to a hyphen, and the hyphen. */
function groupsOf(parts: readonly PasswordPart[]): PasswordPart[][] {
  const groups: PasswordPart[][] = [[]];
  for (const part of parts) {
    groups.at(-1)?.push(part);
    if (part.tile === null) groups.push([]);
  }
  return groups.filter((group) => group.length > 0);
}

function Tile({
  part: { text, kind, caption, tile },
  current,
  onChoose,
}: Pick<PasswordTilesProps, 'current' | 'onChoose'> & { readonly part: PasswordPart }) {
  if (tile === null)
    return (
      <span className="tile-between" data-kind="sign">
        {text}
      </span>
    );
  return (
    // The tiles hold the password alone: captions are drawn from the attribute, so that selected text is what has to be typed.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- arrow keys do the same
    <span
      className="tile"
      data-kind={kind}
      data-caption={caption}
      data-current={tile === current}
      data-testid={`handover-tile-${tile + 1}`}
      onClick={() => onChoose(tile)}
    >
      <span>{capitalMarked(text)}</span>
    </span>
  );
}

/** Capitals are underlined, since some look like small letters. */
function capitalMarked(text: string) {
  const first = text.charAt(0);
  if (!/\p{Lu}/u.test(first)) return text;
  return (
    <>
      <u>{first}</u>
      {text.slice(1)}
    </>
  );
}
