export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect className="logo-ground" width="32" height="32" rx="9" />
      <path className="logo-fish" d="M4.5 16c3.5-5.5 12-7 17-1.5l5.5-4v11l-5.5-4C16.5 23 8 21.5 4.5 16z" />
      <circle className="logo-ground" cx="10.5" cy="14.8" r="1.4" />
    </svg>
  );
}
