/** Gatehouse's mark: a gate with its portcullis raised. The same drawing as assets/icon.svg. */
export function Logo({ size = 18 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden focusable="false">
      <rect width="24" height="24" rx="5.6" fill="var(--mark-ground)" />
      <g fill="none" stroke="var(--mark-ink)" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round">
        <path d="M6.2 18.6V11a5.8 5.8 0 0 1 11.6 0v7.6" />
        <path d="M10 6.4v7.2M14 6.4v7.2M6.4 10.4h11.2" strokeWidth="1.5" />
      </g>
    </svg>
  );
}
