// What a page shows before the app is there. It stands in a closed shadow root, which only the browser's own protocol sees into.
import type { CDPSession, Page } from "@playwright/test";

interface Node {
  nodeId: number;
  attributes?: string[];
  children?: Node[];
  shadowRoots?: Node[];
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function* within(node: Node): Generator<Node> {
  yield node;
  for (const child of [...(node.children ?? []), ...(node.shadowRoots ?? [])]) yield* within(child);
}

const classesOf = (node: Node) => {
  const at = (node.attributes ?? []).findIndex((name, index) => index % 2 === 0 && name === "class");
  return at < 0 ? [] : node.attributes![at + 1].split(" ");
};

/** Where the elements of a class are, in the first paint or, once that is gone, in the app. Those out of the window are left out. */
export async function boxesOf(page: Page, name: string): Promise<Box[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const { root } = (await session.send("DOM.getDocument", { depth: -1, pierce: true })) as { root: Node };
    const boxes: Box[] = [];
    for (const node of within(root)) {
      if (classesOf(node).includes(name)) boxes.push(...(await boxOf(session, node)));
    }
    const { width, height } = page.viewportSize()!;
    return boxes.filter((it) => it.y >= 0 && it.y + it.height <= height && it.x + it.width > 0 && it.x < width);
  } finally {
    await session.detach();
  }
}

async function boxOf(session: CDPSession, node: Node): Promise<Box[]> {
  try {
    const { model } = await session.send("DOM.getBoxModel", { nodeId: node.nodeId });
    const [x, y] = model.border;
    return [{ x, y, width: model.width, height: model.height }];
  } catch {
    // It is not shown.
    return [];
  }
}
