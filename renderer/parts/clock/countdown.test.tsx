import { renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ClockOffsetProvider } from './server-clock.ts';
import { useClock, useOwnClock } from './countdown.ts';

it('counts by the server\u2019s clock what the server ends, and by its own what the console ends', () => {
  const ahead = 20 * 60_000;
  const { result } = renderHook(() => ({ server: useClock(false), local: useOwnClock(false) }), {
    wrapper: ({ children }) => <ClockOffsetProvider value={ahead}>{children}</ClockOffsetProvider>,
  });
  expect(Math.abs(result.current.server - result.current.local - ahead)).toBeLessThan(1000);
});
