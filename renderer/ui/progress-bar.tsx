import { ProgressBar as AriaProgressBar } from 'react-aria-components';
import style from './progress-bar.module.css';

interface Props {
  label: string /** 0 to 1. */;
  value: number;
  tone?: 'accent' | 'ok' | 'wait' | 'bad';
}

/** A thin bar; its label is for screen readers, words stand beside it. */
export function ProgressBar({ label, value, tone = 'accent' }: Props) {
  return (
    <AriaProgressBar aria-label={label} value={value * 100} className={`${style.bar} ${style[tone]}`}>
      {({ percentage }) => (
        <span className={style.fill} style={{ transform: `scaleX(${(percentage ?? 0) / 100})` }} />
      )}
    </AriaProgressBar>
  );
}
