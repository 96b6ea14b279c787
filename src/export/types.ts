/**
 * Copies of what is shown, masked as shown, since all come through the content gate.
 *
 *     copyText(trace, request, { signal })    Promise<string>            for the clipboard                              copyText.ts
 *     copyPieces(trace, request, { signal })  AsyncGenerator<string>     the same piece by piece, for files             copyText.ts
 */

/** `conversation`: the messages of one call, which hold all that was said up to it. */
export type CopyScope = 'span' | 'subtree' | 'conversation' | 'trace';

/**
 * `json`: spanwise's own format; of a conversation its messages, tools and parameters. `otlp`: OTLP JSON; of a
 * conversation the span of the call.
 */
export type CopyFormat = 'json' | 'otlp' | 'markdown';

export interface CopyRequest {
  readonly scope: CopyScope;
  readonly format: CopyFormat;
  /** Of the span; not looked at for `trace`. */
  readonly index: number;
}
