'use client';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { flushSync } from 'react-dom';
import type { AgentContext } from '../../analysis/contextWindow/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { contextScale, linearScale, roundTicks } from '../../layout/contextWindow/contextLayout.ts';
import { ownValue } from '../../model/ownValue.ts';
import { watchPrint } from '../canvas/watchPrint.ts';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import { AxisLeft } from '../visx.ts';
import { AREA, Areas, AXIS, CacheMap, CALLS_AXIS, MAP, MARKS } from './chartParts.tsx';
import { cacheWords, callSentence, lostWords, sizeWords, tickWords } from './callWords.ts';

interface ContextChartProps {
  readonly agent: AgentContext;
  readonly name: string;
  /** Where the keyboard is. */
  readonly place: number;
  readonly selected: number | null;
  readonly hovered: number | null;
  onHover(place: number | null): void;
  onPlace(place: number): void;
  onSelect(place: number): void;
}

/** A call is never narrower. */
const BAND = 4;
/** So many are marked in the picture; the table has all. */
const COMPACTIONS = 100;
/** PageUp and PageDown. */
const PAGE = 10;

/**
 * The window over the calls, and the map of the cache below it, call above call. A press selects a call. By keys it is
 * one slider: the arrows go from call to call, N and P from break to break, Enter selects.
 */
export function ContextChart(props: ContextChartProps) {
  const { agent, name, place, selected, hovered, onHover, onPlace, onSelect } = props;
  const { format } = useTraceContext();
  const words = useLaterLabels();
  const { calls } = agent;
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const [{ room, least }, setRoom] = useState({ room: 600, least: BAND });
  useBrowserLayoutEffect(() => {
    const element = frame.current!;
    const measure = (narrowest = BAND): void =>
      setRoom((former) => {
        const now = Math.max(160, element.clientWidth - AXIS);
        return former.room === now && former.least === narrowest ? former : { room: now, least: narrowest };
      });
    measure();
    const watch = new ResizeObserver(() => measure());
    watch.observe(element);
    // Paper does not scroll: all calls are on it.
    const unwatch = watchPrint(() => flushSync(() => measure(0)), measure);
    return () => {
      watch.disconnect();
      unwatch();
    };
  }, []);
  const band = Math.max(least, room / calls.length);
  const width = band * calls.length;
  const height = AREA + MARKS + MAP + CALLS_AXIS;
  const scale = useMemo(() => contextScale(calls), [calls]);
  const y = useMemo(() => linearScale(scale.top, [AREA, 0]), [scale]);
  const ticks = useMemo(() => roundTicks(scale.top), [scale]);
  const compactions = calls.flatMap(({ compacted }, at) => (compacted ? [at] : [])).slice(0, COMPACTIONS);
  const write = (value: number): string => tickWords(value, format);
  const center = (at: number): number => (at + 0.5) * band;

  const show = (at: number): void => {
    const { scrollLeft, clientWidth } = scroller.current!;
    const [from, to] = [at * band, (at + 1) * band];
    if (from < scrollLeft || to > scrollLeft + clientWidth) scroller.current!.scrollLeft = center(at) - clientWidth / 2;
  };
  useBrowserLayoutEffect(() => {
    if (selected !== null) show(selected);
    // Once for each selection.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [selected]);
  const takeFocus = useTraceStore((state) => state.takeFocus);
  const [seen] = useState(takeFocus);
  useEffect(() => {
    if (takeFocus && takeFocus !== seen) plot.current?.focus();
    // Once for each wish.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [takeFocus]);
  const placeAt = (event: PointerEvent<HTMLElement>): number => {
    const { left } = event.currentTarget.getBoundingClientRect();
    return Math.min(calls.length - 1, Math.max(0, Math.floor((event.clientX - left) / band)));
  };
  const breakFrom = (step: 1 | -1): number | undefined => {
    for (let at = place + step; at >= 0 && at < calls.length; at += step)
      if (calls[at]!.cache.cause !== null) return at;
    return undefined;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const last = calls.length - 1;
    const to = ownValue<number | undefined>(
      {
        ArrowRight: place + 1,
        ArrowUp: place + 1,
        ArrowLeft: place - 1,
        ArrowDown: place - 1,
        PageUp: place + PAGE,
        PageDown: place - PAGE,
        Home: 0,
        End: last,
        n: breakFrom(1) ?? place,
        p: breakFrom(-1) ?? place,
      },
      event.key,
    );
    if (to === undefined && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    onHover(null);
    if (to === undefined) return onSelect(place);
    const next = Math.min(last, Math.max(0, to));
    show(next);
    onPlace(next);
  };
  return (
    <div ref={frame} className="tv-context-chart">
      <svg className="tv-context-axis" width={AXIS} height={height} aria-hidden="true">
        <AxisLeft
          scale={y}
          left={AXIS}
          tickValues={ticks}
          tickFormat={write}
          tickLength={4}
          hideAxisLine
          hideTicks
          axisClassName="tv-context-ticks"
          tickLabelProps={TICK}
        />
        <text className="tv-context-maplabel" x={AXIS - 6} y={AREA + MARKS + MAP / 2} textAnchor="end">
          {words.contextCacheColumn}
        </text>
      </svg>
      <div ref={scroller} className="tv-context-scroller">
        <div
          ref={plot}
          className="tv-context-plot"
          role="slider"
          tabIndex={0}
          aria-label={`${name}. ${words.contextCalls}`}
          aria-valuemin={1}
          aria-valuemax={calls.length}
          aria-valuenow={place + 1}
          aria-valuetext={callSentence(calls[place]!, place, calls.length, words, format)}
          style={{ width, height }}
          onKeyDown={onKeyDown}
          onPointerMove={(event) => onHover(placeAt(event))}
          onPointerLeave={() => onHover(null)}
          onClick={(event) => onSelect(placeAt(event as unknown as PointerEvent<HTMLElement>))}
        >
          <svg width={width} height={height} aria-hidden="true">
            {ticks.map((tick) => (
              <line key={tick} className="tv-context-grid" x1="0" x2={width} y1={y(tick)} y2={y(tick)} />
            ))}
            <rect
              className="tv-context-here"
              data-hovered={hovered === null ? undefined : ''}
              x={(hovered ?? place) * band}
              y="0"
              width={band}
              height={AREA + MARKS + MAP}
            />
            <Areas calls={calls} band={band} unit={scale.unit} y={y} />
            <CacheMap calls={calls} band={band} />
            {scale.limitIsShown && scale.limit !== null ? (
              <g className="tv-context-limit">
                <line x1="0" x2={width} y1={y(scale.limit)} y2={y(scale.limit)} />
                <text x={6} y={y(scale.limit) + 13}>
                  {words.contextLimit(write(scale.limit))}
                </text>
              </g>
            ) : null}
            {compactions.map((at) => (
              <g key={at} className="tv-context-compacted">
                <line x1={at * band} x2={at * band} y1="18" y2={AREA} />
                <text
                  x={at * band + (at > calls.length / 2 ? -4 : 4)}
                  y="30"
                  textAnchor={at > calls.length / 2 ? 'end' : 'start'}
                >
                  {words.contextCompacted}
                </text>
              </g>
            ))}
            {selected === null ? null : (
              <rect
                className="tv-context-selected"
                x={selected * band + 0.5}
                y="0.5"
                width={Math.max(1, band - 1)}
                height={AREA + MARKS + MAP - 1}
              />
            )}
            <rect
              className="tv-context-focus"
              x={place * band}
              y="1"
              width={band}
              height={AREA + MARKS + MAP - 2}
              rx="2"
            />
            <g className="tv-context-ticks" transform={`translate(0 ${AREA + MARKS + MAP})`}>
              {ticksOf(calls.length, band).map((at) => (
                <text key={at} {...tickAt(at, calls.length, band)} y="14">
                  {format.count(at + 1)}
                </text>
              ))}
            </g>
          </svg>
          {hovered === null ? null : <Tip {...props} place={hovered} left={center(hovered)} width={width} />}
        </div>
      </div>
    </div>
  );
}

const TICK = { dx: -4, dy: '.32em', fontSize: undefined, fill: undefined, fontFamily: undefined, textAnchor: 'end' };

/** Below the middle of a call; of the last one of many before the end. */
const tickAt = (
  at: number,
  count: number,
  band: number,
): { readonly x: number; readonly textAnchor: 'middle' | 'end' } =>
  at === count - 1 && band < 24
    ? { x: count * band, textAnchor: 'end' }
    : { x: (at + 0.5) * band, textAnchor: 'middle' };

/** Numbers of calls with room between them. */
function ticksOf(count: number, band: number): readonly number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((each) => each * band >= 44) ?? 2000;
  return Array.from({ length: count }, (_, at) => at).filter(
    (at) => at === 0 || ((at + 1) % step === 0 && at > step / 2),
  );
}

interface TipProps extends ContextChartProps {
  readonly left: number;
  readonly width: number;
}

/** For the eye: the slider says the same to everybody. */
function Tip({ agent: { calls }, place, left, width }: TipProps) {
  const { format } = useTraceContext();
  const words = useLaterLabels();
  const call = calls[place]!;
  const lost = lostWords(call, words, format);
  return (
    <div
      className="tv-tip tv-context-tip"
      aria-hidden="true"
      data-side={left > width / 2 ? 'before' : undefined}
      style={{ left }}
    >
      <b>{words.contextCallNumber(format.count(place + 1))}</b>
      {call.input === null ? null : <div>{sizeWords(call.input, call.limit, words, format)}</div>}
      <div>{cacheWords(call, words, format)}</div>
      {lost === '' ? null : <div className="tv-context-tiplost">{lost}</div>}
    </div>
  );
}
