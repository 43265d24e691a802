import { VisuallyHidden } from 'react-aria-components';
import { cutForMiddle } from './cut-for-middle.ts';
import style from './middle-text.module.css';

/** A text of which, where there is no room for all of it, the middle is left out: an address is told by its end. It is read out in one piece. */
export function MiddleText({ text }: { text: string }) {
  const [start, end] = cutForMiddle(text);
  if (end === '')
    return (
      <bdi className={style.text}>
        <span className={style.start}>{start}</span>
      </bdi>
    );
  return (
    <>
      <VisuallyHidden>{text}</VisuallyHidden>
      <bdi className={style.text} aria-hidden>
        <span className={style.start}>{start}</span>
        <span className={style.end}>{end}</span>
      </bdi>
    </>
  );
}
