import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/secret/secret.ts';
import { createKeyedHash } from '../../store/keyed-hash.ts';
import { readCode } from '../../../shared/typed/code.ts';
import { grouped, hashCode, isCode, newCode } from './one-time-code.ts';

const session = { id: 's1', operator: { id: 'o1' } } as Parameters<typeof isCode>[5];
const keyed = createKeyedHash(new Uint8Array(32).fill(7));

/** Pearson's chi-square statistic over cells with equal expected counts. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
describe('a one-time code', () => {
  it('has each of its million values with the same probability', () => {
    const codes = Array.from({ length: 100_000 }, () => newCode(6).expose());
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    for (let position = 0; position < 6; position += 1) {
      const counts = Array.from({ length: 10 }, () => 0);
      for (const code of codes) counts[Number(code[position])] = (counts[Number(code[position])] ?? 0) + 1;
      // With 9 degrees of freedom, chance exceeds 44.8 once in a million runs.
      expect(chiSquare(counts)).toBeLessThan(44.8);
    }
    const cells = Array.from({ length: 1000 }, () => 0);
    for (const code of codes) {
      // Groups neighbouring codes and adjacent digits into a thousand cells.
      const cell = Number(code.slice(0, 3));
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    // 999 degrees of freedom: mean 999, deviation 44.7; five and a half deviations.
    expect(chiSquare(cells)).toBeLessThan(1245);
    // Birthday problem: 100,000 draws of a million repeat 4,837 times on average, deviation about 66.
    const repeated = codes.length - new Set(codes).size;
    expect(Math.abs(repeated - 4837)).toBeLessThan(400);
  });

  it('is valid only for its own check, case, operator and session', () => {
    const stored = hashCode(keyed, new Secret('419203'), 'k1', 'c1', session);
    const other = { ...session, id: 's2' };
    const otherOperator = { ...session, operator: { ...session.operator, id: 'o2' } };
    expect(isCode(keyed, '419203', stored, 'k1', 'c1', session)).toBe(true);
    expect(isCode(keyed, '419203', stored, 'k2', 'c1', session)).toBe(false);
    expect(isCode(keyed, '419203', stored, 'k1', 'c2', session)).toBe(false);
    expect(isCode(keyed, '419203', stored, 'k1', 'c1', other)).toBe(false);
    expect(isCode(keyed, '419203', stored, 'k1', 'c1', otherOperator)).toBe(false);
    expect(isCode(keyed, '419203', null, 'k1', 'c1', session)).toBe(false);
  });

  it('is read with the spaces and hyphens of speech and print', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), (value) => {
        const code = String(value).padStart(6, '0');
        expect(readCode(grouped(code), 6)).toBe(code);
        expect(readCode(` ${code.slice(0, 2)}-${code.slice(2)} `, 6)).toBe(code);
      }),
    );
    expect(readCode('12345', 6)).toBeNull();
    expect(readCode('12345a', 6)).toBeNull();
    expect(readCode('1234567', 6)).toBeNull();
  });

  it('is compared in the same time whether it is right or wrong', () => {
    const stored = hashCode(keyed, new Secret('419203'), 'k1', 'c1', session);
    const ways = ['419203', '519203', '419204', '000000'];
    const once = (code: string) => {
      const begun = performance.now();
      for (let time = 0; time < 20; time += 1) isCode(keyed, code, stored, 'k1', 'c1', session);
      return performance.now() - begun;
    };
    for (const code of ways) once(code);
    // Runs alternate and the fastest one counts: other work of the machine makes a run longer, never shorter.
    const quickest = ways.map(() => Number.POSITIVE_INFINITY);
    for (let round = 0; round < 400; round += 1) {
      for (const [index, code] of ways.entries()) {
        quickest[index] = Math.min(quickest[index] ?? 0, once(code));
      }
    }
    const [right = 0, ...wrong] = quickest;
    // Such a clock cannot show single bytes, for which `timingSafeEqual` is responsible; it shows work that only one outcome does.
    for (const time of wrong) expect(Math.abs(time / right - 1)).toBeLessThan(0.25);
  });
});
