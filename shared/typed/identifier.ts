import { cleanText } from './clean-text.ts';
import { asciiDigits } from './digits.ts';

/** A telephone number as typed, in digits without a trunk prefix or an extension. */
export interface TypedPhone {
  /** All digits, with the country's calling code if the number begins with `+` or `00`, otherwise with leading zeros. */
  readonly digits: string;
  /** The number begins with a country's calling code. */
  readonly international: boolean;
  /** The number within its country, without the calling code and leading zeros. */
  readonly national: string;
}

/** What an operator or user typed or pasted to name an account. Nothing in it holds a password that was pasted after an identifier. */
export interface TypedIdentifier {
  /** The text without surrounding quotes, brackets, a scheme and trailing punctuation. Safe to show, search for and store. */
  readonly text: string;
  /** The user names that may be meant, the most literal first: as typed, without what surrounds it, without its domain. */
  readonly userNames: readonly string[];
  /** The email address in it, or null. Case and the notation of its domain are as typed. */
  readonly address: string | null;
  /** The domain that `@example.com` names, or null. */
  readonly domain: string | null;
  /** The employee numbers that may be meant, the most literal first. */
  readonly employeeNumbers: readonly string[];
  readonly phone: TypedPhone | null;
  /** What remains to be searched as words of a name: the name beside an address, or the address's local part. */
  readonly words: string;
}

const opening = `"'\`´“”„‟‘’‚‛«»‹›<([{「『《〈【`;
const closing = `"'\`´“”„‟‘’‚‛«»‹›>)]}」』》〉】;,.:!?|/\\、。`;
const addressIn = /[^\s<>()[\]{},;:|"“”„«»@]+@[^\s<>()[\]{},;:|/?&"“”„«»@]+/u;
const phoneScheme = /^(?:tel|callto|sips?):/iu;
/** Schemes of links, and what Teams, SharePoint and guests of Microsoft put before a name: `8:orgid:`, `i:0#.f|membership|`, `live.com#`. */
const scheme =
  /^(?:(?:mailto|smtp|tel|callto|sips?|im|xmpp|upn|skype|msteams|8:orgid):(?:\/\/)?|[ic]:0[^\s|]{1,4}\|(?:[a-z]+\|)?|live\.com#)/iu;
/** What precedes a value that was copied from a ticket or a form, in the languages of the console. */
const label =
  /^(?:user[ -]?(?:name|id)?|log[io]n(?: name)?|account(?: name)?|name|caller|from|to|cc|e-?mail(?: address)?|address|upn|uid|tel(?:ephone)?|phone|mobile|fax|call(?:er id)?|emp(?:loyee)? ?(?:number|no|id|nr)?\.?|(?:personnel|staff)(?: ?(?:number|no))?\.?|number|no|id|benutzer(?:name)?|anmeldename|konto|telefon|mobil|handy|von|an|pers(?:onal|\.)?[- ]?(?:nummer|nr)\.?|nummer|nr|identifiant|utilisateur|nom d'utilisateur|compte|courriel|t[ée]l[ée]phone|matricule|de|usuario|correo(?: electr[oó]nico)?|cuenta|tel[ée]fono|m[oó]vil|n[uú]mero|para|s?am ?account ?name|user ?principal ?name|mail|employee ?id|ユーザー名|ユーザーid|ログインid|氏名|名前|メール(?:アドレス)?|電話(?:番号)?|社員番号)"?\.? ?(?:[:=] ?|# ?)"?(?=.)/iu;
/** The same before a number, where no sign follows it: "Tel. 030 555", "Nr. 4711". A user name may be `n.4711`. */
const numberLabel =
  /^(?:tel(?:ephone|efon)?|t[ée]l(?:[ée]phone)?|phone|mob(?:ile?)?|m[oó]vil|handy|fax|emp(?:loyee)? ?(?:id|no|nr|number)|pers(?:onal|\.)?[- ]?(?:nummer|nr)|matricule|no|nr|num)(?:[.°º]\s*|\s+)(?=[+(\d]|\p{L}{1,4}[-. /_]?\d)|^n(?:[°º]\s*|\.?\s+)(?=[+(\d])/iu;
const minPhoneDigits = 3;
/** The address of a telephone in a switchboard, with the number that called before the @. */
const sipNumber = /sips?:(\+?[\d().-]+)@/iu;
/** The first part of a distinguished name with at least two parts: `CN=Doe\, Jane,OU=Staff`. */
const distinguishedName = /^(?:cn|uid)\s*=\s*((?:\\.|[^,+\\=])+),\s*(?:cn|ou|o|dc|l|c)\s*=/iu;

/** What a list or a quoted message puts before a name, and the signs for bold and other text in chat. */
const mark = /^(?:(?:[-*•·–—>|]|\d{1,2}[.)])\s+)+(?=\S)/u;
const emphasis = /^(\*{1,3}|_{1,3}|~{1,2}|\|\|)(?=\S)(.*\S)\1$/su;
/** The sign with which a caller hides or shows the own number: `*31#0151…`. */
const dialled = /^[*#]3[01]#(?=[\d+])/u;
/** The name in a path of Notes, Exchange or a directory: `CN=Jane Doe/OU=Berlin/O=Example`, `/o=Example/…/cn=jane.doe`. */
const pathName = /^cn=([^/=]+)(?:\/(?:ou|o|c)=[^/=]*)+$|^\/o=.*\/cn=([^/=]+)$/iu;
/** An address that is written so that robots do not find it: `jane.doe (at) example.com`, `jane.doe [at] example [dot] com`. */
const spelledAt =
  /^([^\s@()[\]]+) ?[([{] ?at ?[)\]}] ?([^\s@()[\]]+(?:(?: ?[([{] ?dot ?[)\]}] ?|\.)[^\s@()[\]]+)+)$/iu;

/** A text without the signs that lists and chat programs put around it. */
function unmarked(text: string): string {
  const path = pathName.exec(text);
  if (path) return path[1] ?? path[2] ?? text;
  const spelled = spelledAt.exec(text);
  if (spelled) return `${spelled[1]}@${(spelled[2] ?? '').replaceAll(/ ?[([{] ?dot ?[)\]}] ?/giu, '.')}`;
  return text.replace(mark, '').replace(emphasis, '$2').replace(dialled, '');
}

/** Removes quotes, brackets and trailing punctuation that were copied along with a value. */
function unwrap(text: string): string {
  let inner = text;
  for (;;) {
    let next = inner.trim();
    if (next.length > 1 && opening.includes(next.charAt(0))) next = next.slice(1);
    if (next.length > 1 && closing.includes(next.charAt(next.length - 1))) next = next.slice(0, -1);
    if (next === inner) return inner;
    inner = next;
  }
}

/** A login name and what is separated from it without a blank: `jane.doe:secret`. */
const nameAndSecret = /^[^\s@:;|]+[:;|](?=\S)/u;
/** The same with a blank, if the name is plainly no label. */
const loginAndSecret = /^[^\s@:;|]*[._\d\\][^\s@:;|]*\s*[:;|]/u;

/** The address in a text. A password may look like one, so it counts only where no user name stands before it: `jane.doe:P@ssw0rd`. */
function findAddress(text: string): RegExpExecArray | null {
  const found = addressIn.exec(text);
  if (!found || found.index === 0) return found;
  const before = text.slice(0, found.index);
  if (nameAndSecret.test(text) || (loginAndSecret.test(text) && !/[<([]/u.test(before))) return null;
  const isDotted = found[0].slice(found[0].lastIndexOf('@')).includes('.');
  return isDotted || /[<([\\"'\u2018-\u201F]$/u.test(before) ? found : null;
}

/**
 * The text up to a password that was pasted after an identifier, as in `jane.doe@example.com:secret`: nothing behind an address is of use, and no user name,
 * name or number has a colon, semicolon or bar.
 */
function withoutPassword(text: string): string {
  const address = findAddress(text);
  if (address) {
    const end = address.index + address[0].length;
    // Brackets and quotes stay, so that they can be removed in pairs.
    const closed = /^[>)\]}"'”’»]*/u.exec(text.slice(end))?.[0] ?? '';
    return text.slice(0, end) + closed;
  }
  const secret = addressIn.exec(text);
  const rest = secret ? text.slice(0, secret.index) : text;
  const separator = rest.search(/[:;|]/u);
  return separator < 1 ? rest : rest.slice(0, separator);
}

/** The length of the calling code (ITU-T E.164) with which a number begins. */
const callingCodeLength = (digits: string): number =>
  /^[17]/.test(digits)
    ? 1
    : /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/.test(digits)
      ? 2
      : 3;

/** Reads a telephone number as people write it and telephones display it; null for any other text. */
export function readPhone(typed: string): TypedPhone | null {
  const text = unwrap(cleanText(typed).replace(scheme, ''))
    .replace(/@.*$/u, '')
    .replace(/;[a-z-]+=.*$/iu, '')
    .replace(
      /(?<=\d[\s)]*)(?:#|,|;|\/\/|ext\.?|extension|x|dw|durchwahl|poste|anexo|int\.?)\s*:?\s*\d{1,6}$/iu,
      '',
    )
    .replaceAll(/\(\s*0\s*\)/gu, '')
    // A second number, and what the first one is: "0151 555 (privat)".
    .replace(/(?<=\d)\s+\/\s+(?=[+0]).*$|\s*\(\p{L}[^()]*\)?$/u, '')
    .trim();
  const ascii = asciiDigits(text);
  // Dots in a row are the mask of a number.
  if (!/^\+?[\d\s()/.\-\p{Pd}·•]+$/u.test(ascii) || /[·•]{2}/u.test(ascii)) return null;
  const digits = ascii.replaceAll(/\D/gu, '');
  if (digits.replace(/^0+/u, '').length < minPhoneDigits) return null;
  const isPrefixed = ascii.startsWith('+') || (digits.startsWith('00') && digits.length > 8);
  if (!isPrefixed) return { digits, international: false, national: digits.replace(/^0+/u, '') };
  const full = digits.replace(/^0+/u, '');
  const national = full.slice(callingCodeLength(full)).replace(/^0+/u, '');
  return { digits: full, international: true, national };
}

/** A number with the name of the caller before or behind it, as telephones display both. */
const calledAs =
  /^(?:\p{L}[\p{L}\p{M}\s.,'’:-]*\s)?(\+?[\d(][\d\s()/.\-\p{Pd}]{7,}\d)(?:\s+\p{L}[\p{L}\p{M}\s.,'’-]*)?$/u;

/** The number on the display of a telephone without the name beside it; the text itself if it has none. */
function numberOnDisplay(text: string): string {
  const number = calledAs.exec(text)?.[1];
  return number !== undefined && /^(?:\+|0|\(\+?0?)/u.test(number) ? number : text;
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts.filter((text) => text !== ''))];

/** Cells of a copied row: what follows a login name may be its password. */
const firstCell = (typed: string): string =>
  /^(?=[^\s]*[.\\_@\d])[^\s]+(?=\t)/u.exec(typed.trimStart())?.[0] ?? typed;

/** Reads what was typed or pasted to name an account: `CORP\user`, `Doe, Jane <jane.doe@example.com>`, `tel:+49…`, `#004711`. */
export function readIdentifier(typed: string): TypedIdentifier {
  const raw = cleanText(firstCell(typed));
  const pasted = unmarked(raw);
  const clean =
    distinguishedName.exec(pasted)?.[1]?.replaceAll(/\\(.)/gu, '$1').trim() ??
    pasted
      // Blanks that a keyboard put around the @, and the @ of a link.
      .replace(/^([^\s@]+)\s*(?:@|%40)\s*([^\s@]+\.[^\s@]+)$/u, '$1@$2')
      // A cell that Excel takes for text.
      .replace(/^=\s*(?=")/u, '');
  const called = sipNumber.exec(clean)?.[1];
  const labelled =
    called === undefined
      ? numberOnDisplay(clean.replace(label, '').replace(numberLabel, '').replace(/^#\s*/u, ''))
      : `tel:${called}`;
  const phone = readPhone(labelled);
  const isOfSwitchboard = /^\+?\d{7,}@[^.]*$/u.test(labelled);
  if (phone && (phoneScheme.test(labelled) || isOfSwitchboard || !addressIn.test(labelled)))
    return readNumber(isOfSwitchboard ? labelled.replace(/@.*$/u, '') : labelled, phone);
  const bare = unwrap(clean)
    .replace(scheme, '')
    .replace(label, '')
    .replace(numberLabel, '')
    .replace(scheme, '');
  const value = withoutPassword(unwrap(bare)).trim();
  const address = findAddress(value.replaceAll(/(?:mailto|smtp|sips?):/giu, ''))?.[0] ?? null;
  if (address !== null) {
    const ofDomain = /^[^\\\s@]+\\+(?=[^\\\s@]+@)/u;
    return readAddress(value.replace(ofDomain, ''), unwrap(address).replace(ofDomain, ''));
  }
  const text = unwrap(value.replace(/^#\s*/u, ''));
  const domain = /^@([^\s@]+)$/u.exec(text)?.[1] ?? null;
  const withoutDomain = text
    .replace(/^.*\\|^(?:\.|[A-Z][A-Z\d-]{0,14})\/|^(?:[\w-]+\.)+[\w-]+\/(?:.*\/)?(?=.)/u, '')
    .trim();
  const literals = [raw, clean].filter((candidate) => withoutPassword(candidate) === candidate);
  const literal = literals.length === 0 ? [value] : literals;
  return {
    text,
    // `@jane.doe` is a mention in chat, and could be a domain.
    userNames: distinct([...literal, text, withoutDomain, domain ?? '']),
    address: null,
    domain,
    employeeNumbers: distinct([...literal, text]),
    phone: null,
    words: domain === null ? withoutDomain : '',
  };
}

function readNumber(labelled: string, phone: TypedPhone): TypedIdentifier {
  const text = asciiDigits(unwrap(labelled.replace(scheme, '')));
  const isPlain = /^[\d ]+$/.test(text);
  const digits = text.replaceAll(' ', '');
  return {
    text,
    userNames: distinct([text, isPlain ? digits : '']),
    address: null,
    domain: null,
    employeeNumbers: distinct([text, ...(isPlain ? [digits, digits.replace(/^0+/u, '')] : [])]),
    phone,
    words: isPlain ? text : '',
  };
}

function readAddress(value: string, address: string): TypedIdentifier {
  const local = address.slice(0, address.lastIndexOf('@'));
  const name = unwrap(value.replace(address, ' ').replaceAll(/[<>()[\]]|(?:mailto|smtp|sips?):/giu, ' '));
  return {
    text: address,
    userNames: distinct([address, local.slice(local.lastIndexOf('\\') + 1)]),
    address,
    domain: null,
    employeeNumbers: [],
    phone: null,
    words: name === '' ? local : name,
  };
}

/** The part of a typed text that may be sent, shown and stored: all of it, unless a password was pasted after an identifier. */
export function withoutPastedPassword(typed: string): string {
  const clean = cleanText(firstCell(typed));
  const bare = clean.replace(scheme, '').replace(label, '');
  const isPhone = readPhone(bare) !== null && !addressIn.test(bare);
  if (isPhone || withoutPassword(bare) === bare) return firstCell(typed);
  // A punctuation mark at the end is no password.
  return /^[\s;:|,.]*$/u.test(bare.slice(withoutPassword(bare).length))
    ? firstCell(typed)
    : withoutPassword(bare);
}
