import { type FocusEvent, type RefObject, useEffect, useRef } from 'react';
import { useNavigation } from '../state/navigation.ts';
import {
  enterPanel,
  isInPanel,
  isTypingElsewhere,
  leavePanel,
  noteCameFrom,
  watchTyping,
} from './panel-focus.ts';

/**
 * The focus goes into the panel when the person asks for it, when it opens and they type nowhere else, and from one prompt to the next while
 * it is there. `what` names what the panel shows; it changes when another field is to have the focus. `byKey` is set where a key has led to
 * another prompt, and more such keys may follow.
 */
export function usePanelFocus(isShown: boolean, what: string, byKey: RefObject<boolean>) {
  const wanted = useNavigation((state) => state.promptFocus);
  const handled = useRef(wanted);
  const isInside = useRef(false);
  useEffect(watchTyping, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another prompt, or its answer, takes the field that had the focus away
  useEffect(() => {
    if (!isShown) return;
    const isNew = handled.current !== wanted;
    handled.current = wanted;
    const wants = isNew ? wanted.asked || !isTypingElsewhere() : isInside.current && !isTypingElsewhere();
    if (wants) enterPanel(byKey.current);
    byKey.current = false;
  }, [isShown, wanted, what]);

  useEffect(() => {
    if (!isShown) return;
    return () => {
      const had = isInside.current;
      isInside.current = false;
      if (had && (document.activeElement === document.body || isInPanel(document.activeElement)))
        leavePanel();
    };
  }, [isShown]);

  return {
    onFocus({ relatedTarget }: FocusEvent) {
      isInside.current = true;
      noteCameFrom(relatedTarget);
    },
    onBlur({ relatedTarget }: FocusEvent) {
      // A field that goes, or a window that is left, gives the focus to nobody.
      if (relatedTarget instanceof Element && !isInPanel(relatedTarget)) isInside.current = false;
    },
  };
}
