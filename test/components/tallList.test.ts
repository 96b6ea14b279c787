import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTallList, TALLEST, type Scroller } from '../../src/components/TraceGrid/tallList.ts';

const VIEW = 600;

/** An element that scrolls as a browser's does: never beyond its ends. */
function elementOf(height: number): Scroller {
  let at = 0;
  return {
    clientHeight: VIEW,
    get scrollTop() {
      return at;
    },
    set scrollTop(wanted) {
      at = Math.max(0, Math.min(wanted, Math.min(height, TALLEST) - VIEW));
    },
  };
}

function listOf(height: number) {
  const list = createTallList();
  list.resize(height);
  return { list, element: elementOf(height) };
}

describe('a list that an element can hold', () => {
  it('is scrolled as the element is', () => {
    const { list, element } = listOf(1_000_000);
    for (const top of [0, 5, 400_000, 999_400]) {
      list.goTo(element, top);
      expect([element.scrollTop, list.look(element), list.shift]).toEqual([top, top, 0]);
      expect(list.settle(element)).toBe(false);
    }
  });
});

describe('a list that is taller than an element can be', () => {
  const height = 44_000_000;

  it('shows its ends at the ends of the element', () => {
    const { list, element } = listOf(height);
    expect(list.look(element)).toBe(0);
    element.scrollTop = TALLEST;
    expect(list.look(element)).toBe(height - VIEW);
    element.scrollTop = 0;
    expect(list.look(element)).toBe(0);
  });

  it('moves with the wheel, pixel by pixel, and rests without a move', () => {
    const { list, element } = listOf(height);
    list.goTo(element, 20_000_000);
    for (let step = 1; step <= 50; step += 1) {
      element.scrollTop += 100;
      expect(list.look(element)).toBe(20_000_000 + step * 100);
    }
    expect(list.settle(element)).toBe(true);
    expect(list.look(element)).toBe(20_005_000);
    expect(list.settle(element)).toBe(false);
  });

  it('comes to any place that is asked for, and what is on the page has a place in the element', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: height - VIEW }), (top) => {
        const { list, element } = listOf(height);
        list.goTo(element, top);
        expect(Math.abs(list.look(element) - top)).toBeLessThanOrEqual(2);
        expect(top - list.shift).toBeGreaterThanOrEqual(-2);
        expect(top - list.shift).toBeLessThanOrEqual(TALLEST - VIEW + 2);
      }),
    );
  });

  it('follows the thumb from end to end', () => {
    const { list, element } = listOf(height);
    let before = -1;
    for (let at = 0; at < TALLEST - VIEW; at += 250_000) {
      element.scrollTop = at;
      const top = list.look(element);
      expect(top).toBeGreaterThan(before);
      before = top;
    }
    expect(before).toBeGreaterThan(height - 2_000_000);
  });
});
