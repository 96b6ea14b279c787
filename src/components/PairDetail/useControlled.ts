import { useCallback, useState } from 'react';

/** A value that the host owns, or the part where the host does not; and the way to change it. */
export function useControlled<Value, Given extends Value = Value>(
  given: Value | undefined,
  initial: Value,
  onChange: ((value: Given) => void) | undefined,
): readonly [Value, (value: Given) => void] {
  const [own, setOwn] = useState(initial);
  const change = useCallback(
    (value: Given) => {
      setOwn(value);
      onChange?.(value);
    },
    [onChange],
  );
  return [given === undefined ? own : given, change];
}
