import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { sidebarWidth } from '#contract/limits.ts';
import { changeSidebar } from '../state/sidebar.ts';
import { useApp } from '../state/store.ts';
import style from './shell.module.css';

const { least, most } = sidebarWidth;
/** px; narrower than this while it is dragged, and only icons are left. */
const collapsesBelow = 140;
const iconsOnly = 56;
const step = 16;
/** Of the window's width, so that the page keeps room. */
const share = '45vw';

type Frame = RefObject<HTMLDivElement | null>;

const setWidth = (frame: Frame, width: string | null) => {
  if (width === null) frame.current?.style.removeProperty('--side-width');
  else frame.current?.style.setProperty('--side-width', width);
};

/** Returns the ref of the frame that the sidebar stands in; it has the width that is kept. */
export function useSideWidth(): Frame {
  const frame = useRef<HTMLDivElement>(null);
  const width = useApp((app) => app.sidebar.width);
  const collapsed = useApp((app) => app.sidebar.collapsed);
  useLayoutEffect(() => {
    if (collapsed) setWidth(frame, `${iconsOnly}px`);
    else setWidth(frame, width === null ? null : `min(${width}px, ${share})`);
  }, [width, collapsed]);
  return frame;
}

const within = (width: number) => Math.round(Math.min(most, Math.max(least, width)));

/** The sidebar's edge: dragged, or moved by arrow keys, it changes the width; a double click or Enter brings the usual one back. */
export function SideEdge({ frame }: { frame: Frame }) {
  const kept = useApp((app) => app.sidebar.width);
  const collapsed = useApp((app) => app.sidebar.collapsed);
  const [dragged, setDragged] = useState<number | null>(null);
  const edge = useRef<HTMLDivElement>(null);
  const now = () => Math.round(edge.current?.parentElement?.offsetWidth ?? least);

  function drag({ clientX, buttons }: PointerEvent) {
    if (dragged === null || buttons === 0) return;
    setDragged(clientX);
    setWidth(frame, clientX < collapsesBelow ? `${iconsOnly}px` : `min(${within(clientX)}px, ${share})`);
  }

  function drop() {
    if (dragged === null) return;
    setDragged(null);
    if (dragged < collapsesBelow) void changeSidebar({ collapsed: true });
    else void changeSidebar({ collapsed: false, width: within(dragged) });
  }

  function onKeyDown(event: KeyboardEvent) {
    const by: Record<string, number | undefined> = { ArrowLeft: -step, ArrowRight: step };
    const ends: Record<string, number | undefined> = { Home: least, End: most };
    const move = by[event.key];
    const width = ends[event.key] ?? (move === undefined ? undefined : within(now() + move));
    if (event.key === 'Enter') void changeSidebar({ width: null, collapsed: false });
    else if (width === undefined) return;
    else if (collapsed) void changeSidebar({ collapsed: move !== undefined && move < 0 });
    else void changeSidebar({ width });
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a thematic break can't be moved
    <div
      ref={edge}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the sidebar"
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={collapsed ? least : (kept ?? within(now()))}
      aria-valuetext={collapsed ? 'icons only' : kept === null ? 'as suits the window' : `${kept} pixels`}
      tabIndex={0}
      title="Drag, or use arrow keys; a double click brings the usual width back"
      className={style.edge}
      data-dragging={dragged === null ? undefined : true}
      onMouseDown={(event) => {
        // Or the browser would begin to drag a row that lies under it.
        event.preventDefault();
        event.currentTarget.focus();
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragged(event.clientX);
      }}
      onPointerMove={drag}
      onPointerUp={drop}
      onDoubleClick={() => void changeSidebar({ width: null, collapsed: false })}
      onKeyDown={onKeyDown}
    />
  );
}
