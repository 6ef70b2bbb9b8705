/** How the report is looked at: on a phone, on a desk and on paper, in both colour schemes. */

/** One way to look at the page. */
export interface View {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
  readonly media: "screen" | "print";
}

const SIZES = [
  { name: "phone", width: 360, height: 800, media: "screen" },
  { name: "desktop", width: 1280, height: 900, media: "screen" },
  { name: "print", width: 794, height: 1123, media: "print" },
] as const;

/** Every size in both schemes; paper is the same in both, and that is looked at too. */
export const VIEWS: readonly View[] = SIZES.flatMap((size) =>
  (["light", "dark"] as const).map((scheme) => ({ ...size, scheme, name: `${size.name}-${scheme}` })),
);
