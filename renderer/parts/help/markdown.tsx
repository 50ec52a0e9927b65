import { Fragment, type ReactNode } from 'react';
import { Anchor, Code, List, Table, Text, Title } from '@mantine/core';
import { lexer, type Token, type Tokens } from 'marked';

interface MarkdownProps {
  readonly text: string;
  /** Opens a link's page; null for a link without a target here, which is shown as plain text. */
  readonly follow: (href: string) => (() => void) | null;
}

/** Shows Markdown as elements. HTML within it is shown as text and never interpreted. */
export function Markdown({ text, follow }: MarkdownProps) {
  return <>{blocks(lexer(text), follow)}</>;
}

type Follow = MarkdownProps['follow'];

const each = (tokens: readonly Token[] | undefined, draw: (token: Token) => ReactNode): ReactNode[] =>
  // The text is never edited, so the order of its parts is stable.
  (tokens ?? []).map((token, index) => <Fragment key={index}>{draw(token)}</Fragment>);

const blocks = (tokens: readonly Token[] | undefined, follow: Follow) =>
  each(tokens, (token) => block(token, follow));
const inlines = (tokens: readonly Token[] | undefined, follow: Follow) =>
  each(tokens, (token) => inline(token, follow));

function block(token: Token, follow: Follow): ReactNode {
  switch (token.type) {
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      return (
        <Title order={depth === 1 ? 2 : 3} fz={depth === 1 ? 20 : 16} mt={depth === 1 ? 0 : 20} mb={8}>
          {inlines(tokens, follow)}
        </Title>
      );
    }
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      return (
        <List type={ordered ? 'ordered' : 'unordered'} my={8} size="sm">
          {items.map((item, index) => (
            <List.Item key={index}>{blocks(item.tokens, follow)}</List.Item>
          ))}
        </List>
      );
    }
    case 'table':
      return <DrawnTable table={token as Tokens.Table} follow={follow} />;
    case 'code':
      return (
        <Code block my={8} className="help-code">
          {(token as Tokens.Code).text}
        </Code>
      );
    case 'paragraph':
      return (
        <Text size="sm" my={8}>
          {inlines((token as Tokens.Paragraph).tokens, follow)}
        </Text>
      );
    case 'space':
      return null;
    default:
      return inline(token, follow);
  }
}

function DrawnTable({ table, follow }: { readonly table: Tokens.Table; readonly follow: Follow }) {
  return (
    <Table.ScrollContainer minWidth={420} my={8}>
      <Table fz="sm">
        <Table.Thead>
          <Table.Tr>
            {table.header.map((cell, index) => (
              <Table.Th key={index}>{inlines(cell.tokens, follow)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.rows.map((row, rowIndex) => (
            <Table.Tr key={rowIndex}>
              {row.map((cell, index) => (
                <Table.Td key={index}>{inlines(cell.tokens, follow)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function inline(token: Token, follow: Follow): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong>{inlines((token as Tokens.Strong).tokens, follow)}</strong>;
    case 'em':
      return <em>{inlines((token as Tokens.Em).tokens, follow)}</em>;
    case 'codespan':
      return <Code>{(token as Tokens.Codespan).text}</Code>;
    case 'br':
      return <br />;
    case 'link': {
      const { href, tokens } = token as Tokens.Link;
      const open = follow(href);
      const words = inlines(tokens, follow);
      if (open === null) return words;
      return (
        <Anchor component="button" type="button" fz="inherit" onClick={open}>
          {words}
        </Anchor>
      );
    }
    default: {
      const { tokens, text, raw } = token as Tokens.Generic & { readonly text?: string };
      return tokens === undefined ? (text ?? raw) : inlines(tokens, follow);
    }
  }
}
