import type { ReactElement } from 'react';
import { Shape } from '@visx/visx';

/**
 * The one place where visx is imported. It is compiled into the library as a chunk of its own, loaded when a drawing is
 * opened, so its types are not ours: hosts have no visx.
 */
export interface LinkProps {
  readonly data: { readonly source: Point; readonly target: Point };
  x(point: Point): number;
  y(point: Point): number;
  readonly className?: string;
  readonly [attribute: `data-${string}`]: string | undefined;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A smooth line between two points that leaves and arrives level. */
export const LinkHorizontal = Shape.LinkHorizontal as unknown as (props: LinkProps) => ReactElement;

export interface BarProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly className?: string;
  readonly [attribute: `data-${string}`]: string | undefined;
}

/** A bar of a chart. */
export const Bar = Shape.Bar as unknown as (props: BarProps) => ReactElement;
