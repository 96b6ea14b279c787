'use client';
import { Sign } from './icons.tsx';

interface ToolbarSwitchProps {
  readonly sign: 'path' | 'loop' | 'down';
  readonly label: string;
  readonly on: boolean;
  onToggle(): void;
}

/** A switch of the toolbar: its sign, and its word where there is room for it. */
export function ToolbarSwitch({ sign, label, on, onToggle }: ToolbarSwitchProps) {
  return (
    <button
      type="button"
      className="tv-button tv-line tv-toolbar-switch"
      title={label}
      aria-pressed={on}
      onClick={onToggle}
    >
      <Sign name={sign} />
      <span>{label}</span>
    </button>
  );
}
