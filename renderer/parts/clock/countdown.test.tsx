import { renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ClockOffsetProvider } from './server-clock.ts';
import { useClock, useOwnClock } from './countdown.ts';

it('uses the server\u2019s clock for the server\u2019s deadlines and the local clock for the console\u2019s', () => {
  const ahead = 20 * 60_000;
  const { result } = renderHook(() => ({ server: useClock(false), local: useOwnClock(false) }), {
    wrapper: ({ children }) => <ClockOffsetProvider value={ahead}>{children}</ClockOffsetProvider>,
  });
  expect(Math.abs(result.current.server - result.current.local - ahead)).toBeLessThan(1000);
});
