/** What `work` comes to, or `otherwise` when that takes longer than `most` ms; the work goes on then. Rejects as `work` does. */
export async function within<T>(work: Promise<T>, most: number, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, most, otherwise);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
