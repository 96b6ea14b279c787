import fc from 'fast-check';

/** Bytes of which one is another, one more, one less, or the last: mostly a byte that means something in JSON. */
export const changedByte = (whole: Uint8Array): fc.Arbitrary<Uint8Array<ArrayBuffer>> =>
  fc
    .tuple(
      fc.nat(whole.length - 1),
      fc.constantFrom('set', 'put', 'cut', 'end'),
      fc.oneof(fc.nat(255), fc.constantFrom(...Array.from('"\\,:[]{}0e-\n', (char) => char.charCodeAt(0)))),
    )
    .map(([at, how, byte]) => {
      const parts = {
        set: [whole.subarray(0, at), [byte], whole.subarray(at + 1)],
        put: [whole.subarray(0, at), [byte], whole.subarray(at)],
        cut: [whole.subarray(0, at), [], whole.subarray(at + 1)],
        end: [whole.subarray(0, at), [], []],
      }[how as 'set'];
      return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
    });
