import { DRAG_FROM, wheelFactor } from '../parts/gestures.ts';

/** A picture that scrolls in an area, and is larger or smaller than it is. */
export interface PlaneView {
  /**
   * A picture of this size from now on: as large as it is, or smaller where it fits then and can still be read. What
   * begins at the height of `middle` is in view.
   */
  show(width: number, height: number, middle: number): void;
  zoom(factor: number): void;
  fit(): void;
  /** Scrolls a place of the picture into view. */
  bring(box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): void;
  end(): void;
}

const SMALLEST = 0.2;
const LARGEST = 2.5;
/** Smaller than this nothing can be read, so a picture begins at least as large. */
const READABLE = 0.88;
/** Around what is brought into view. */
const BESIDE = 40;

/** Zooms with Ctrl and the wheel under the pointer and drags with the mouse; all else is scrolling. */
export function watchPlane(area: HTMLElement): PlaneView {
  const ending = new AbortController();
  const { signal } = ending;
  let size = { width: 1, height: 1 };
  let scale = 1;
  const setScale = (next: number): void => {
    scale = Math.min(LARGEST, Math.max(SMALLEST, next));
    area.style.setProperty('--tv-graph-scale', String(scale));
    area.style.setProperty('--tv-graph-width', `${size.width * scale}px`);
    area.style.setProperty('--tv-graph-height', `${size.height * scale}px`);
  };
  const fitting = (): number => Math.min(area.clientWidth / size.width, area.clientHeight / size.height, 1);
  const zoomAt = (factor: number, x: number, y: number): void => {
    const before = scale;
    const [left, top] = [area.scrollLeft + x, area.scrollTop + y];
    setScale(scale * factor);
    area.scrollLeft = (left * scale) / before - x;
    area.scrollTop = (top * scale) / before - y;
  };

  area.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const frame = area.getBoundingClientRect();
      zoomAt(1 / wheelFactor(event.deltaY), event.clientX - frame.left, event.clientY - frame.top);
    },
    { signal, passive: false },
  );

  let from: { x: number; y: number; left: number; top: number; moved: boolean } | null = null;
  area.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || event.pointerType === 'touch') return;
      from = { x: event.clientX, y: event.clientY, left: area.scrollLeft, top: area.scrollTop, moved: false };
    },
    { signal },
  );
  area.ownerDocument.addEventListener(
    'pointermove',
    (event) => {
      if (!from) return;
      const [x, y] = [event.clientX - from.x, event.clientY - from.y];
      if (!from.moved && Math.hypot(x, y) < DRAG_FROM) return;
      from.moved = true;
      area.dataset['dragged'] = '';
      area.scrollLeft = from.left - x;
      area.scrollTop = from.top - y;
    },
    { signal },
  );
  const drop = (): void => {
    from = null;
    delete area.dataset['dragged'];
  };
  area.ownerDocument.addEventListener('pointerup', drop, { signal });
  area.ownerDocument.addEventListener('pointercancel', drop, { signal });
  // What was dragged was not pressed.
  area.addEventListener(
    'click',
    (event) => {
      if ('dragged' in area.dataset) event.stopPropagation();
    },
    { signal, capture: true },
  );

  return {
    show(width, height, middle) {
      size = { width, height };
      setScale(Math.min(1, Math.max(READABLE, fitting())));
      area.scrollTo(0, middle * scale - area.clientHeight / 2);
    },
    zoom: (factor) => zoomAt(factor, area.clientWidth / 2, area.clientHeight / 2),
    fit() {
      setScale(fitting());
      area.scrollTo(0, 0);
    },
    bring({ x, y, width, height }) {
      const move = (at: number, length: number, start: number, room: number): number => {
        if (at * scale - BESIDE < start) return at * scale - BESIDE;
        const end = (at + length) * scale + BESIDE;
        return end > start + room ? end - room : start;
      };
      area.scrollLeft = move(x, width, area.scrollLeft, area.clientWidth);
      area.scrollTop = move(y, height, area.scrollTop, area.clientHeight);
    },
    end: () => ending.abort(),
  };
}
