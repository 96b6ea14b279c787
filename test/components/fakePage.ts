/** As much of an element as gestures look at: a box 1,012 pixels wide, its data, and what lies around it by selector. */
export class FakeElement extends EventTarget {
  readonly dataset: Record<string, string> = {};
  readonly clientWidth = 1012;
  readonly clientLeft = 0;
  captured: number | null = null;
  focused: string | null = null;
  readonly #around: Readonly<Record<string, FakeElement>>;

  constructor(around: Readonly<Record<string, FakeElement>> = {}, data: Readonly<Record<string, string>> = {}) {
    super();
    this.#around = around;
    Object.assign(this.dataset, data);
  }

  getBoundingClientRect(): { readonly left: number; readonly width: number } {
    return { left: 0, width: this.clientWidth };
  }

  closest(selectors: string): FakeElement | null {
    return (
      selectors
        .split(', ')
        .map((selector) => this.#around[selector])
        .find(Boolean) ?? null
    );
  }

  querySelector(selector: string): { focus(): void } {
    return {
      focus: () => {
        this.focused = selector;
      },
    };
  }

  setPointerCapture(pointer: number): void {
    this.captured = pointer;
  }
}

/** For functions that ask for an element of the page. */
export const asElement = (fake: FakeElement): HTMLElement => fake as unknown as HTMLElement;

/** Sends an event with these fields, a mouse's unless they say otherwise; answers whether the page may act on it too. */
export function send(
  to: FakeElement,
  type: string,
  fields: Readonly<Record<string, unknown>>,
  at: FakeElement = to,
): boolean {
  const event = new Event(type, { bubbles: true, cancelable: true });
  const all = { button: 0, pointerId: 1, pointerType: 'mouse', isPrimary: true, clientY: 0, target: at, ...fields };
  for (const [name, value] of Object.entries(all)) Object.defineProperty(event, name, { value });
  return to.dispatchEvent(event);
}
