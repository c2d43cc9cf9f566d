import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Observable } from './observable.js';

/** Renders the component again when one of them changes. */
export function useChanges(...observed: readonly Observable[]): void {
  const again = useAgain();
  useEffect(() => {
    const ends = observed.map((each) => each.onChange(again));
    // What changed between rendering and here.
    again();
    return () => ends.forEach((end) => end());
  }, observed);
}

/** A function that renders the component again. */
export function useAgain(): () => void {
  const [, setCount] = useState(0);
  return useCallback(() => setCount((count) => count + 1), []);
}
