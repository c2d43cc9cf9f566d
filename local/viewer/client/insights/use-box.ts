import { useLayoutEffect, useState } from 'preact/hooks';

/** How large an element is, and how far it is scrolled, in pixels. */
export interface Box {
  readonly width: number;
  readonly height: number;
  readonly top: number;
}

/** Renders the component again when its element is resized or scrolled. */
export function useBox(reference: { readonly current: HTMLElement | null }): Box {
  const [box, setBox] = useState<Box>({ width: 0, height: 0, top: 0 });
  useLayoutEffect(() => {
    const element = reference.current!;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height, scrollTop: top } = element;
      setBox((now) =>
        now.width === width && now.height === height && now.top === top ? now : { width, height, top },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  return box;
}
