import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeTip, type Box } from '../../src/layout/gantt/placeTip.ts';

const ROOM: Box = { left: 0, top: 26, right: 800, bottom: 600 };
const SIZE = { width: 200, height: 100 };
const bar = (left: number, right: number, top: number): Box => ({ left, right, top, bottom: top + 24 });
const boxAt = ({ left, top }: { readonly left: number; readonly top: number }): Box => ({
  left,
  top,
  right: left + SIZE.width,
  bottom: top + SIZE.height,
});
const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe('a tooltip', () => {
  it('stands below its row', () =>
    expect(placeTip(100, { top: 200, bottom: 224 }, SIZE, ROOM, [bar(50, 300, 200)])).toEqual({ left: 112, top: 230 }));
  it('stands above at the lower edge', () =>
    expect(placeTip(100, { top: 560, bottom: 584 }, SIZE, ROOM, [bar(50, 300, 560)])).toEqual({ left: 112, top: 454 }));
  it('leaves the selected bar free', () => {
    const selected = bar(100, 400, 260);
    const at = placeTip(100, { top: 200, bottom: 224 }, SIZE, ROOM, [bar(50, 300, 200), selected]);
    expect(meet(boxAt(at), selected)).toBe(false);
  });
  it('goes beyond the selected bar where above there is no room', () => {
    expect(placeTip(100, { top: 50, bottom: 74 }, SIZE, ROOM, [bar(50, 700, 50), bar(50, 700, 74)])).toEqual({
      left: 112,
      top: 104,
    });
  });

  it('is inside the room, and never on the hovered bar where a place is free', () => {
    const bars = fc.record({
      left: fc.integer({ min: 0, max: 790 }),
      length: fc.integer({ min: 2, max: 800 }),
      row: fc.integer({ min: 0, max: 22 }),
    });
    fc.assert(
      fc.property(bars, bars, fc.double({ min: 0, max: 1, noNaN: true }), (hovered, selected, share) => {
        const [over, other] = [hovered, selected].map(({ left, length, row }) =>
          bar(left, Math.min(left + length, 800), 26 + row * 24),
        ) as [Box, Box];
        const at = boxAt(placeTip(over.left + share * (over.right - over.left), over, SIZE, ROOM, [over, other]));
        expect(at.left >= ROOM.left && at.right <= ROOM.right && at.top >= ROOM.top && at.bottom <= ROOM.bottom).toBe(
          true,
        );
        expect(meet(at, over)).toBe(false);
        expect(meet(at, other)).toBe(false);
      }),
    );
  });
});
