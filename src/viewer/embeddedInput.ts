/** The bytes of an input that stands in the page itself: packed, as text, in elements that are no script. */
export async function embeddedInput(place: number): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const blocks = document.querySelectorAll(`script[data-input="${place}"]`).values();
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const { done, value } = blocks.next();
      if (done) controller.close();
      else controller.enqueue(bytesOf(value.textContent));
    },
  });
  return packed.pipeThrough(new DecompressionStream('gzip')).getReader();
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}
