/** A priority queue: the item that sorts first comes out first. */
export class Heap<Item> {
  private readonly items: Item[] = [];

  constructor(private readonly compare: (a: Item, b: Item) => number) {}

  public get size(): number {
    return this.items.length;
  }

  public push(item: Item): void {
    this.items.push(item);
    let child = this.items.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.swapUnlessOrdered(parent, child)) break;
      child = parent;
    }
  }

  public pop(): Item | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (last !== undefined && this.items.length > 0) {
      this.items[0] = last;
      this.sink();
    }
    return first;
  }

  private sink(): void {
    let parent = 0;
    for (;;) {
      const left = 2 * parent + 1;
      if (left >= this.items.length) return;
      const right = left + 1;
      const [a, b] = [this.items[left] as Item, this.items[right] as Item];
      const child = right < this.items.length && this.compare(b, a) < 0 ? right : left;
      if (!this.swapUnlessOrdered(parent, child)) return;
      parent = child;
    }
  }

  /** Swaps the two items unless they are in order; returns whether it swapped. */
  private swapUnlessOrdered(parent: number, child: number): boolean {
    const [above, below] = [this.items[parent] as Item, this.items[child] as Item];
    if (this.compare(above, below) <= 0) return false;
    this.items[parent] = below;
    this.items[child] = above;
    return true;
  }
}
