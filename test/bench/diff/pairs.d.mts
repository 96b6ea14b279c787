export interface PairRequest {
  readonly size: number;
  readonly share: number;
  readonly regime?: 'same prompt' | 'other model' | 'no texts';
  readonly kinds?: readonly string[];
  readonly words?: number;
  readonly seed?: number;
}
export interface TracePair {
  readonly a: object;
  readonly b: object;
  readonly truth: ReadonlyMap<string, string>;
}
export declare const REGIMES: readonly NonNullable<PairRequest['regime']>[];
export declare function tracePair(request: PairRequest): TracePair;
export declare function unrelatedPair(request: {
  readonly size: number;
  readonly seed?: number;
  readonly sameNames?: boolean;
}): TracePair;
