import { Text } from '@mantine/core';

interface AccountNameProps {
  readonly account: { readonly displayName: string; readonly userName: string };
}

/** An account's display name with its user name beside it. Each keeps its own writing direction. */
export function AccountName({ account: { displayName, userName } }: AccountNameProps) {
  return (
    <>
      <bdi>{displayName}</bdi>{' '}
      <Text span size="sm" c="dimmed">
        <bdi>{userName}</bdi>
      </Text>
    </>
  );
}
