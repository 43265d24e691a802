import { Component, type ReactNode } from 'react';
import type { Failure } from '../state/types.ts';
import { FailureNote } from './failure-note.tsx';

interface Props {
  /** What is inside, as the subject of a sentence: "The list of accounts". */
  what: string;
  children: ReactNode;
  /** Drawn in its place; `again` tries once more. A note where nothing is said. */
  instead?: (failure: Failure, again: () => void) => ReactNode;
  /** Once this is another value, what is inside is tried anew by itself. */
  renewOn?: unknown;
}
interface State {
  failed: boolean;
  renewOn: unknown;
}

/** Keeps a failure in drawing to the part that failed: the rest of the window goes on, and the part can be tried again. */
export class Boundary extends Component<Props, State> {
  override state: State = { failed: false, renewOn: this.props.renewOn };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps({ renewOn }: Props, state: State): State | null {
    return Object.is(renewOn, state.renewOn) ? null : { failed: false, renewOn };
  }

  override render(): ReactNode {
    const { what, children, instead = note } = this.props;
    if (!this.state.failed) return children;
    const failure: Failure = {
      kind: 'internal',
      message: `${what} can’t be shown.`,
      advice: 'Something in it can’t be drawn. The rest of the window works, and nothing is lost.',
    };
    return instead(failure, () => this.setState({ failed: false }));
  }
}

const note = (failure: Failure, again: () => void): ReactNode => (
  <FailureNote failure={failure} onRetry={again} />
);
