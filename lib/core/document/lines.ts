/** Converts an offset in a text to a line and a column, both counted from 1. */
export interface Lines {
  linePos(offset: number): { readonly line: number; readonly col: number };
}

/** Returns the lines of the text, which are searched for when the first place is asked for. */
export function linesOf(text: string): Lines {
  let starts: number[] | undefined;
  return {
    linePos: (offset) => {
      starts ??= lineStarts(text);
      let low = 0;
      let high = starts.length;
      while (high - low > 1) {
        const middle = (low + high) >>> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle;
      }
      return { line: low + 1, col: offset - (starts[low] ?? 0) + 1 };
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
