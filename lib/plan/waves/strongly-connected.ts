/**
 * Returns the strongly connected components of a directed graph, by Tarjan's algorithm (SIAM Journal on Computing 1, 1972)
 * without recursion: a chain of 10,000 servers must not overflow the stack. Components come dependencies first, which is the
 * order in which they can move.
 *
 * @param edges for each node, the nodes it points to
 * @returns the components, each sorted, every one after those it points to
 */
export function stronglyConnected(edges: readonly (readonly number[])[]): number[][] {
  const count = edges.length;
  const index = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const onStack = new Uint8Array(count);
  const next = new Int32Array(count);
  const stack: number[] = [];
  const components: number[][] = [];
  let counter = 0;

  for (let root = 0; root < count; root++) {
    if (at(index, root) !== -1) continue;
    const path = [root];
    while (path.length > 0) {
      const node = path[path.length - 1] ?? 0;
      if (at(index, node) === -1) {
        index[node] = low[node] = counter++;
        stack.push(node);
        onStack[node] = 1;
      }
      const targets = edges[node] ?? [];
      const position = at(next, node);
      const target = targets[position];
      if (target !== undefined) {
        next[node] = position + 1;
        if (at(index, target) === -1) path.push(target);
        else if (at(onStack, target) === 1) low[node] = Math.min(at(low, node), at(index, target));
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) low[parent] = Math.min(at(low, parent), at(low, node));
      if (at(low, node) === at(index, node)) components.push(popComponent(stack, onStack, node));
    }
  }
  return components;
}

function popComponent(stack: number[], onStack: Uint8Array, root: number): number[] {
  const component: number[] = [];
  for (;;) {
    const node = stack.pop();
    if (node === undefined) break;
    onStack[node] = 0;
    component.push(node);
    if (node === root) break;
  }
  return component.sort((a, b) => a - b);
}

/**
 * Returns the value at the position: the arrays are as long as the graph and the indices come from it, so it is always there.
 */
function at(array: Int32Array | Uint8Array, position: number): number {
  return array[position] ?? 0;
}
