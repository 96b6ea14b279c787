import type { ComponentProps, CSSProperties, JSXElementConstructor } from 'react';
import type * as spanwise from 'spanwise';

type Exports = typeof spanwise;
type IsCapital<Name> = Name extends Capitalize<Name & string> ? true : false;

/** The names of all components that the package exports. */
type Part = {
  [Name in keyof Exports]: IsCapital<Name> extends true
    ? Exports[Name] extends (props: never) => unknown
      ? Name
      : never
    : never;
}[keyof Exports];

/** What each part takes, by the type that the package exports for it. */
interface PropsOf {
  ColumnMenu: spanwise.ColumnMenuProps;
  ContextWindow: spanwise.ContextWindowProps;
  PairDetail: spanwise.PairDetailProps;
  AgentGraph: spanwise.AgentGraphProps;
  SpanDetail: spanwise.SpanDetailProps;
  TraceDiff: spanwise.TraceDiffProps;
  TraceDiagnostics: spanwise.TraceDiagnosticsProps;
  TraceFindings: spanwise.TraceFindingsProps;
  TraceFlameGraph: spanwise.TraceFlameGraphProps;
  TraceGantt: spanwise.TraceGanttProps;
  TraceHeader: spanwise.TraceHeaderProps;
  TraceList: spanwise.TraceListProps;
  TraceMinimap: spanwise.TraceMinimapProps;
  TraceProvider: spanwise.TraceProviderProps;
  TraceSearch: spanwise.TraceSearchProps;
  TraceSession: spanwise.TraceSessionProps;
  TraceSpeedups: spanwise.TraceSpeedupsProps;
  TraceStatistics: spanwise.TraceStatisticsProps;
  TraceTranscript: spanwise.TraceTranscriptProps;
  TraceTree: spanwise.TraceTreeProps;
  TraceViewer: spanwise.TraceViewerProps;
}

type Taken<Name extends Part> =
  Exports[Name] extends JSXElementConstructor<never> ? ComponentProps<Exports[Name]> : never;

type Verdict<Name extends Part> = Name extends keyof PropsOf
  ? 'ref' extends keyof Taken<Name>
    ? { className: string; style: CSSProperties } extends Pick<
        Taken<Name> & Record<'className' | 'style', unknown>,
        'className' | 'style'
      >
      ? 'className' | 'style' extends keyof PropsOf[Name]
        ? PropsOf[Name] extends Omit<Taken<Name>, 'ref'>
          ? never
          : 'takes more than its type says'
        : 'has no className or style'
      : 'has another className or style'
    : 'takes no ref'
  : 'has no exported type of props';

type Wrong = { [Name in Part]: [Verdict<Name>] extends [never] ? never : [Name, Verdict<Name>] }[Part];

type Nothing<Found extends never> = Found;

/** Compiles where every part holds; else the error says which does not, and how. */
export type Held = Nothing<Wrong>;
/** And there is a part for each line above. */
export type There = Nothing<Exclude<keyof PropsOf, Part>>;
