import { Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { Button } from '../ui/button.tsx';
import { sanitizeLines, sanitizeText } from '../ui/sanitize-text.ts';
import style from './prompts.module.css';

const longest = 100_000;

interface Props {
  name: string;
  content: string | undefined;
}

/** What an agreement says, as text that does nothing, behind a button; or that nobody told it. */
export function AgreementText({ name, content }: Props) {
  if (content === undefined)
    return <p className={style.read}>Its text did not come with it. The vendor’s own pages have it.</p>;
  const shown = sanitizeText(name, 60);
  return (
    <Disclosure className={style.read ?? ''}>
      {({ isExpanded }) => (
        <>
          <Heading level={3}>
            <Button
              slot="trigger"
              size="small"
              variant="link"
              aria-label={`${isExpanded ? 'Close' : 'Read'} ${shown}`}
            >
              {isExpanded ? 'Close' : 'Read'}
            </Button>
          </Heading>
          <DisclosurePanel>
            {isExpanded && (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
              <section className={style.text} aria-label={`Text of ${shown}`} tabIndex={0}>
                {sanitizeLines(content, longest)}
              </section>
            )}
          </DisclosurePanel>
        </>
      )}
    </Disclosure>
  );
}
