/** Bytes of the layers that belong to the learner: each image's own, without its parent's. */
export function ownBytes(
  images: readonly { id: string; own: boolean; size: number; raw: Record<string, unknown> }[],
): number {
  const sizes = new Map(images.map(({ id, size }) => [id, size]));
  return images
    .filter(({ own }) => own)
    .reduce((sum, { size, raw }) => sum + Math.max(0, size - (sizes.get(String(raw.ParentId ?? "")) ?? 0)), 0);
}
