import type { ReactElement, ReactNode } from 'react';
import { Axis, Curve, Shape } from '@visx/visx';

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

/** A scale from numbers to pixels, as far as an axis asks it. */
export interface AxisScale {
  (value: number): number;
  range(): readonly [number, number];
}

export interface AreaStackProps<Datum, Key extends string> {
  readonly data: readonly Datum[];
  readonly keys: readonly Key[];
  value(datum: Datum, key: Key): number;
  x(point: { readonly data: Datum }): number;
  y0(point: readonly [number, number]): number;
  y1(point: readonly [number, number]): number;
  readonly curve?: unknown;
  children(drawn: {
    readonly stacks: readonly { readonly key: Key; readonly index: number }[];
    path(stack: { readonly key: Key }): string | null;
  }): ReactNode;
}

/** Areas on top of each other, the first key lowest. */
export const AreaStack = Shape.AreaStack as unknown as <Datum, Key extends string>(
  props: AreaStackProps<Datum, Key>,
) => ReactElement;

/** Straight from point to point. */
export const curveLinear: unknown = Curve.curveLinear;

export interface AxisProps {
  readonly scale: AxisScale;
  readonly left?: number;
  readonly top?: number;
  readonly tickValues: readonly number[];
  tickFormat(value: number): string;
  readonly tickLength?: number;
  readonly hideAxisLine?: boolean;
  readonly hideTicks?: boolean;
  readonly axisClassName?: string;
  readonly tickLabelProps?: object;
}

/** An axis whose looks are the stylesheet's. */
export const AxisLeft = Axis.AxisLeft as unknown as (props: AxisProps) => ReactElement;
